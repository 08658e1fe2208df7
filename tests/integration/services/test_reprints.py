"""A kept paper is the very bytes that were given, however long ago; one that is not is found and not handed out."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from main import main
from needlelog.domain.papers import HandOver, Paper, PaperKind, SheetForm
from needlelog.domain.reactions import Seriousness
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from tests.desks import PASSPHRASE, StandingClock
from tests.integration.services.test_proof import VISIT, Clinic


@pytest.fixture
def clinic(tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    monkeypatch.setenv("KEY", PASSPHRASE)
    made = Clinic(tmp_path / "clinic", clock, monkeypatch)
    with made.opened() as desk:
        client = desk.clients.get(made.visit.client.id)
        desk.papers.give_made(desk.papers.aftercare(made.visit.draft, client), HandOver.PRINTED)
    return made


def kept(desk: Desk, clinic: Clinic) -> Paper:
    """The sheet; the visit's other paper stands for one and is no PDF."""
    return max(desk.papers.of_session(clinic.visit.id), key=lambda paper: paper.size_bytes)


def verify(clinic: Clinic, *more: str) -> int:
    return main(["verify", "--data-dir", str(clinic.folder), "--passphrase-env", "KEY", *more])


def given(clinic: Clinic) -> bytes:
    """The sheet as the client got it."""
    with clinic.opened() as desk:
        return desk.papers.data(kept(desk, clinic).id)


def change_a_byte(clinic: Clinic, at: int) -> None:
    """One bit of the stored sheet, by whoever has the key."""
    data, paper = max(clinic.tamper("SELECT data, id FROM paper"), key=lambda row: len(row[0]))
    changed = bytearray(data)
    changed[at] ^= 1
    clinic.tamper("UPDATE paper SET data = ? WHERE id = ?", bytes(changed), paper)


def test_a_reprint_is_byte_for_byte_what_was_given(clinic: Clinic, clock: StandingClock, tmp_path: Path) -> None:
    first = given(clinic)
    clock.moment += timedelta(days=400)
    with clinic.opened() as desk:
        # Whatever is written on a sheet made now would be another one.
        desk.practice.save(desk.practice.clinic().with_(name="Another Name", phone="+44 20 7946 0000"))
        desk.clients.save(desk.clients.get(clinic.visit.client.id).with_(full_name="Ana Kowalska", language="fr"))
    with clinic.opened() as desk:
        paper = kept(desk, clinic)
        again = desk.papers.data(paper.id)
        desk.papers.give_again(paper, HandOver.PRINTED)
        assert again == first
        assert hashlib.sha256(again).hexdigest() == paper.sha256
        assert len(PdfReader(BytesIO(again)).pages) == 2
        assert [one.sha256 for one in desk.papers.hand_overs(paper.id)] == [paper.sha256] * 2
    saved = tmp_path / "reprint.pdf"
    saved.write_bytes(again)
    assert verify(clinic) == 0
    assert verify(clinic, "--paper", str(saved)) == 0


@pytest.mark.parametrize("where", [0, 1000, -40], ids=["first", "within", "near the end"])
def test_one_changed_bit_of_a_stored_paper_is_found_and_it_is_not_handed_out(
    clinic: Clinic, where: int, capsys: pytest.CaptureFixture[str]
) -> None:
    change_a_byte(clinic, where)
    says = f"A paper of {VISIT} (seal 4) is not what was sealed."
    assert says in [flaw.says for flaw in clinic.check().flaws]
    assert verify(clinic) == 1
    told = capsys.readouterr().out
    assert says in told
    assert "Keep the data folder as it is and restore the last backup beside it." in told
    with clinic.opened() as desk:
        paper = kept(desk, clinic)
        with pytest.raises(Fault) as refused:
            desk.papers.data(paper.id)
    assert refused.value.code is FaultCode.PAPER_DAMAGED


def test_a_changed_copy_outside_is_not_taken_for_the_paper(
    clinic: Clinic, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = given(clinic)
    changed = bytearray(data)
    changed[1000] ^= 1
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(bytes(changed))
    assert verify(clinic, "--paper", str(copy)) == 1
    assert "it is no paper that is kept here" in capsys.readouterr().out
    copy.write_bytes(data)
    assert verify(clinic, "--paper", str(copy)) == 0
    assert "It is, byte for byte, the aftercare sheet" in capsys.readouterr().out


@pytest.fixture
def with_every_paper(clinic: Clinic) -> Clinic:
    """The same clinic with a paper of each kind: with the visit, and one with the client alone."""
    with clinic.opened() as desk:
        visit, client = clinic.visit, desk.clients.get(clinic.visit.client.id)
        for after in (visit.id, None):
            before = desk.papers.preparation(
                client, at=None, concerns=("acne-scars",), zones=("forehead",), form=SheetForm(), after=after
            )
            desk.papers.give_made(before, HandOver.PRINTED)
        desk.papers.give_made(desk.papers.record(visit), HandOver.SAVED)
        desk.papers.give_made(desk.papers.consent(visit, client), HandOver.PRINTED)
        desk.adverse_events.open(visit.id, "Hives", Seriousness.NOT_SERIOUS, zones=("forehead",), action_taken="Cooled")
        (event,) = desk.adverse_events.of(visit)
        desk.papers.event_report(visit, event, desk.adverse_events.involved(visit, event))
    return clinic


def test_a_paper_of_each_kind_is_kept_whole_and_one_changed_byte_in_any_of_them_is_found(
    with_every_paper: Clinic, clock: StandingClock
) -> None:
    clinic = with_every_paper
    clock.moment += timedelta(days=400)
    with clinic.opened() as desk:
        papers = (*desk.papers.of_session(clinic.visit.id), *desk.papers.of_client(clinic.visit.client.id))
        whole = {paper.id: desk.papers.data(paper.id) for paper in papers}
        assert all(hashlib.sha256(whole[paper.id]).hexdigest() == paper.sha256 for paper in papers)
    assert {paper.kind for paper in papers} == set(PaperKind)
    assert len(papers) == len(clinic.tamper("SELECT id FROM paper"))
    assert clinic.check().flaws == ()

    for paper in papers:
        data = whole[paper.id]
        changed = bytearray(data)
        changed[len(data) // 2] ^= 1
        clinic.tamper("UPDATE paper SET data = ? WHERE id = ?", bytes(changed), paper.id.hex)
        (flaw,) = clinic.check().flaws
        assert "is not what was sealed" in flaw.says, paper.kind
        with clinic.opened() as desk, pytest.raises(Fault) as refused:
            desk.papers.data(paper.id)
        assert refused.value.code is FaultCode.PAPER_DAMAGED
        clinic.tamper("UPDATE paper SET data = ? WHERE id = ?", data, paper.id.hex)
    assert verify(clinic) == 0
