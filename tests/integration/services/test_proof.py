"""Proof: what a check finds when a file or a row is no longer what was signed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from main import main
from needlelog.domain.papers import HandOver
from needlelog.domain.session import Photo, SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.services.desk import Desk
from needlelog.services.proof import Findings
from needlelog.storage.chain import seal_fingerprint, text_fingerprint
from needlelog.storage.connection import connect
from tests import builders
from tests.desks import PASSPHRASE, StandingClock, a_door, set_up_desk
from tests.gui.screens.clinic_days import add_client, treat

VISIT = "the visit of C-0001 on 20-Nov-2026"


class Clinic:
    """A closed clinic on disk with one signed visit, two photos and a sheet, and its key."""

    def __init__(self, folder: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.clock = clock
        keys: list[bytes] = []
        monkeypatch.setattr("needlelog.services.opening.Database.create", self._noting(keys, "create"))
        door = a_door(folder, clock)
        desk = set_up_desk(door)
        self.key = keys[0]
        client = add_client(desk, "Ana Nowak")
        self.photos = tuple(desk.pictures.take_in(picture(shade), view="face_front") for shade in (40, 80))
        consultation = builders.a_consultation(photos=self.photos)
        self.visit: SignedSession = treat(desk, clock, client, clock.now(), consultation=consultation)
        desk.close()
        door.leave()

    @staticmethod
    def _noting(keys: list[bytes], name: str) -> object:
        from needlelog.storage.database import Database

        plain = getattr(Database, name)

        def noted(path: Path, key: bytes) -> Database:
            keys.append(key)
            return plain(path, key)  # type: ignore[no-any-return]

        return noted

    def file_of(self, photo: Photo) -> Path:
        """Where the photo lies."""
        return self.folder / "photos" / photo.sha256[:2] / photo.sha256

    @contextmanager
    def opened(self) -> Iterator[Desk]:
        """The clinic, unlocked."""
        door = a_door(self.folder, self.clock)
        desk = door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
        try:
            yield desk
        finally:
            desk.close()
            door.leave()

    def check(self) -> Findings:
        """What a whole check finds."""
        with self.opened() as desk:
            return desk.proof.whole()

    def tamper(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Change the database with the right key and without the guards; returns what the statement found."""
        with closing(connect(self.folder / "clinic.db", self.key)) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f'DROP TRIGGER "{name}"')
            connection.execute("PRAGMA ignore_check_constraints = ON")
            return connection.execute(statement, values).fetchall()


def picture(shade: int) -> bytes:
    """A small photo."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8), (shade, 90, 70)).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def clinic(tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    return Clinic(tmp_path / "clinic", clock, monkeypatch)


def said(found: Findings) -> list[str]:
    return [flaw.says for flaw in found.flaws]


def test_a_clinic_as_it_was_left_has_no_flaw(clinic: Clinic) -> None:
    found = clinic.check()
    assert (found.flaws, found.notes, found.photos) == ((), (), 2)


def test_one_flipped_byte_of_a_photo_is_found_and_named(clinic: Clinic) -> None:
    file = clinic.file_of(clinic.photos[0])
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    sha256 = clinic.photos[0].sha256
    assert said(clinic.check()) == [f"A photo of {VISIT} was altered: photos/{sha256[:2]}/{sha256}."]


def test_a_photo_put_in_the_place_of_another_is_found(clinic: Clinic) -> None:
    first, second = (clinic.file_of(photo) for photo in clinic.photos)
    first.write_bytes(second.read_bytes())
    assert len(said(clinic.check())) == 1


def test_a_photo_that_is_gone_is_found_and_named(clinic: Clinic) -> None:
    sha256 = clinic.photos[1].sha256
    clinic.file_of(clinic.photos[1]).unlink()
    assert said(clinic.check()) == [f"A photo of {VISIT} is missing: photos/{sha256[:2]}/{sha256}."]
    with clinic.opened() as desk:
        assert [flaw.session_id for flaw in desk.proof.of_visit(clinic.visit.id).flaws] == [clinic.visit.id]


def test_a_file_that_no_visit_names_is_told_and_takes_nothing_from_the_records(clinic: Clinic) -> None:
    (clinic.folder / "photos" / "ab").mkdir(exist_ok=True)
    (clinic.folder / "photos" / "ab" / "strange.jpg").write_bytes(b"x")
    found = clinic.check()
    assert (found.flaws, found.notes) == ((), ("No visit names the file photos/ab/strange.jpg.",))


def test_photos_of_open_and_discarded_visits_belong_to_them(clinic: Clinic) -> None:
    with clinic.opened() as desk:
        for shade in (120, 160):
            draft = desk.sessions.start(clinic.visit.client.id)
            flow, _ = desk.sessions.resume(draft.id)
            photo = desk.pictures.take_in(picture(shade), view="face_left")

            def with_photo(draft: SessionDraft, photo: Photo = photo) -> SessionDraft:
                return draft.with_(consultation=draft.consultation.with_(photos=(photo,)))

            flow.edit(with_photo)
        desk.sessions.discard(draft.id, "Client left")
    found = clinic.check()
    assert (found.flaws, found.notes, found.photos) == ((), (), 4)
    clinic.file_of(photo).unlink()
    assert [flaw.session_id for flaw in clinic.check().flaws] == [draft.id]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (
            "UPDATE paper SET data = CAST(x'58' || substr(data, 2) AS BLOB)",
            f"A paper of {VISIT} (seal 1) is not what was sealed.",
        ),
        (
            "UPDATE handover SET how = 'shown'",
            f"The note how a paper of {VISIT} was handed over (seal 2) is not what was sealed.",
        ),
        (
            "DELETE FROM handover",
            "The note how a paper of a visit that cannot be named was handed over (seal 2) is gone.",
        ),
        (
            "UPDATE session SET practitioner = 'Eve'",
            f"The record of {VISIT} (seal 3): the history does not show what was signed.",
        ),
        (
            "UPDATE session SET content = replace(content, 'Mara', 'Eve')",
            f"The record of {VISIT} (seal 3) is not what was sealed.",
        ),
        ("UPDATE session SET content = '{'", f"The record of {VISIT} (seal 3) is not what was sealed."),
        (
            "DELETE FROM seal WHERE kind = 'handover'",
            f"The note how a paper of {VISIT} was handed over was put in without a seal.",
        ),
    ],
)
def test_a_row_changed_behind_the_guards_is_said_in_a_sentence(clinic: Clinic, statement: str, says: str) -> None:
    clinic.tamper(statement)
    assert says in said(clinic.check())


def test_a_sheet_taken_out_with_a_chain_forged_to_match_is_missed_by_its_record(clinic: Clinic) -> None:
    clinic.tamper("DELETE FROM handover")
    clinic.tamper("DELETE FROM paper")
    clinic.tamper("DELETE FROM seal WHERE kind <> 'session'")
    seal = clinic.visit.seal
    forged = seal_fingerprint(1, seal.kind, seal.subject_id, seal.content_sha256, "", seal.at)
    clinic.tamper(f"UPDATE seal SET sequence = 1, previous_sha256 = '', sha256 = '{forged}'")
    assert f"The record of {VISIT} (seal 1): a sheet it says was given is not kept so." in said(clinic.check())


def test_a_record_from_before_sheets_kept_their_facts_is_as_it_was_signed(clinic: Clinic) -> None:
    ((content,),) = clinic.tamper("SELECT content FROM session")
    older = content.replace('"printed":"",', "").replace('"around":"",', "")
    assert older != content
    sha256, seal = text_fingerprint(older), clinic.visit.seal
    forged = seal_fingerprint(seal.sequence, seal.kind, seal.subject_id, sha256, seal.previous_sha256, seal.at)
    clinic.tamper("UPDATE session SET content = ?, content_sha256 = ?", older, sha256)
    clinic.tamper("UPDATE seal SET content_sha256 = ?, sha256 = ? WHERE kind = 'session'", sha256, forged)
    # As in a clinic from before there was such a note.
    (clinic.folder / "seals.head").unlink()
    clinic.tamper("DELETE FROM head_begun")
    assert said(clinic.check()) == []
    with clinic.opened() as desk:
        given = desk.history.visit(clinic.visit.id).draft.aftercare.given[0]
        assert (given.printed, given.around) == ("", "")


def test_a_discarded_visit_is_sealed(clinic: Clinic) -> None:
    with clinic.opened() as desk:
        desk.sessions.discard(desk.sessions.start(clinic.visit.client.id).id, "Client left")
    assert clinic.check().flaws == ()
    clinic.tamper("UPDATE discarded_draft SET reason = 'Nothing happened'")
    assert said(clinic.check()) == [f"The discarded content of {VISIT} (seal 4) is not what was sealed."]


def test_a_sheet_given_again_after_signing_is_proven_too(clinic: Clinic) -> None:
    with clinic.opened() as desk:
        (paper,) = desk.papers.of_session(clinic.visit.id)
        desk.papers.give_again(paper, HandOver.SAVED)
    assert clinic.check().flaws == ()
    clinic.tamper("UPDATE handover SET at = '2020-01-01 00:00:00' WHERE sequence = 2")
    assert len(said(clinic.check())) == 1


def test_the_verb_says_what_it_found_and_leaves_with_its_code(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KEY", PASSPHRASE)
    asked = ["verify", "--data-dir", str(clinic.folder), "--passphrase-env", "KEY"]
    assert main(asked) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert first == "Every record and paper is as it was signed, and 2 photos were opened and are whole."
    assert second == f"The last seal has number 3 and fingerprint {clinic.visit.seal.sha256}."
    assert third.startswith("No seal was taken off the end as far back as seal 0.")
    clinic.file_of(clinic.photos[0]).unlink()
    assert main(asked) == 1
    told = capsys.readouterr()
    assert f"A photo of {VISIT} is missing: photos/" in told.out
    assert "Ana" not in told.out + told.err
    monkeypatch.setenv("KEY", "wrong")
    assert main(asked) == 2
    assert "passphrase" in capsys.readouterr().err
    assert main([*asked, "--as", "Nobody"]) == 2
    assert "Mara Lindqvist" in capsys.readouterr().err


def test_the_verb_makes_no_clinic_where_there_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--data-dir", str(tmp_path / "none")]) == 2
    assert "There is no clinic in" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
