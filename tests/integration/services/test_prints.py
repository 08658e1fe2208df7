"""A print held against the records: by the code typed from it, or as the file somebody brings along."""

from __future__ import annotations

from pathlib import Path

import pytest

from main import main
from needlelog.domain.client import Client
from needlelog.domain.papers import HandOver
from needlelog.domain.seal_code import SealCode
from needlelog.domain.signed import SignedSession
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from needlelog.services.prints import Match, Verdict
from needlelog.storage.database import Database
from tests.desks import PASSPHRASE, StandingClock, a_door, set_up_desk
from tests.gui.screens.clinic_days import add_client, treat
from tests.integration.documents.papers import text_of


@pytest.fixture
def client(desk: Desk) -> Client:
    return add_client(desk, "Łukasz O'Brien <b>& Søn")


@pytest.fixture
def visit(desk: Desk, clock: StandingClock, client: Client) -> SignedSession:
    return treat(desk, clock, client, clock.now())


def code_of(desk: Desk, visit: SignedSession) -> str:
    """The code as it stands on the print."""
    text = text_of(desk.papers.record(visit).data)
    return text.split("under Settings, Records: ")[1].split()[0]


def test_the_code_of_every_signed_paper_names_its_visit(
    desk: Desk, visit: SignedSession, client: Client, tmp_path: Path
) -> None:
    code = code_of(desk, visit)
    found = desk.prints.of_code(code.lower().replace("-", " "))
    assert found == Verdict(
        Match.WHOLE,
        "It belongs to the visit of C-0001 on 20-Nov-2026, and that record is unchanged since it was signed.",
        (f"Signed by Mara Lindqvist, RN, seal {visit.seal.sequence}.",),
        visit.id,
    )
    consent = desk.papers.consent(visit, client)
    assert code in text_of(consent.data)
    path = tmp_path / "consent.pdf"
    path.write_bytes(consent.data)
    (same,) = desk.prints.of_file(path)
    assert (same.match, same.session_id) == (Match.WHOLE, visit.id)
    assert "hold its words against a new print" in same.notes[-1]


def test_a_file_that_was_handed_over_is_known_byte_for_byte(
    desk: Desk, visit: SignedSession, client: Client, tmp_path: Path
) -> None:
    paper = desk.papers.give_made(desk.papers.consent(visit, client), HandOver.SAVED)
    path = tmp_path / "paper.pdf"
    path.write_bytes(desk.papers.data(paper.id))
    own, coded = desk.prints.of_file(path)
    assert own.says == "It is, byte for byte, the consent that was made on 20-Nov-2026 and is kept here."
    assert coded.match is Match.WHOLE
    desk.papers.withdraw(paper, "Wrong client")
    own, _ = desk.prints.of_file(path)
    assert own.match is Match.MARKED
    assert "withdrawn on 20-Nov-2026" in own.says
    path.write_bytes(desk.papers.data(paper.id).replace(b"NeedleLog", b"NeedleLag", 1))
    (altered,) = desk.prints.of_file(path)
    assert "not kept here" in altered.notes[-1]


def test_what_was_noted_since_is_said(desk: Desk, visit: SignedSession) -> None:
    code = code_of(desk, visit)
    desk.sessions.add_addendum(visit.id, "Called: all well.")
    assert "1 addendum was written since" in desk.prints.of_code(code).notes[-1]
    desk.sessions.invalidate(visit.id, "Recorded for the wrong client")
    found = desk.prints.of_code(code)
    assert found.match is Match.MARKED
    assert "marked as entered in error on 20-Nov-2026" in found.says


def test_a_changed_record_is_told(
    desk: Desk, visit: SignedSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_of(desk, visit)
    database: Database = desk.papers._repository._database
    with database.writing() as session:
        rows = session.connection()
        rows.exec_driver_sql("DROP TRIGGER session_never_changed")
        rows.exec_driver_sql("UPDATE session SET content = replace(content, 'cheek_left', 'cheek_right')")
    found = desk.prints.of_code(code)
    assert (found.match, found.session_id) == (Match.NONE, visit.id)
    assert found.says == (
        f"It belongs to the visit of C-0001 on 20-Nov-2026, and that record is not what was signed "
        f"(seal {visit.seal.sequence})."
    )


def test_other_codes_are_told_in_one_sentence(desk: Desk, visit: SignedSession) -> None:
    first = desk.papers._first_seal()
    number, sha256 = visit.seal.sequence, visit.seal.sha256
    for code, said in (
        (SealCode.of("77" * 32, number, sha256), "This is the code of another clinic: no record here bears it."),
        (SealCode.of(first, 9999, sha256), "Seal 9999, which this code names, is not there any more."),
        (SealCode.of(first, number, "00" * 32), f"Seal {number} is not the one on this print"),
        (SealCode.of(first, 1, first), "Seal 1 is not the one on this print"),
    ):
        found = desk.prints.of_code(str(code))
        assert (found.match, found.session_id) == (Match.NONE, None)
        assert found.says.startswith(said)


def test_before_anything_is_sealed_every_code_is_of_another_clinic(desk: Desk) -> None:
    code = str(SealCode.of("77" * 32, 3, "00" * 32))
    assert desk.prints.of_code(code).says.startswith("Nothing is sealed in this clinic yet")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FaultCode.FILE_NOT_A_PDF),
        (b"no pdf", FaultCode.FILE_NOT_A_PDF),
        (b"%PDF-1.7 torn", FaultCode.FILE_NOT_A_PDF),
        (b"\x89PNG\r\n", FaultCode.FILE_NOT_A_PDF),
    ],
)
def test_a_file_that_is_no_paper_is_said_so(desk: Desk, tmp_path: Path, data: bytes, code: FaultCode) -> None:
    path = tmp_path / "Łukasz & Søn.pdf"
    path.write_bytes(data)
    with pytest.raises(Fault) as refused:
        desk.prints.of_file(path)
    assert refused.value.code is code


def test_a_file_that_is_not_there_or_huge_is_refused(desk: Desk, tmp_path: Path) -> None:
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(201_000_000)
    for path, code in ((tmp_path / "none.pdf", FaultCode.READ_FAILED), (huge, FaultCode.FILE_TOO_LARGE)):
        with pytest.raises(Fault) as refused:
            desk.prints.of_file(path)
        assert refused.value.code is code


def test_a_pdf_without_a_code_is_said_to_have_none(desk: Desk, visit: SignedSession, tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(desk.papers.lot_list("LOT-1", ()))
    (found,) = desk.prints.of_file(path)
    assert found.says == "No code of a record stands in list.pdf, and it is no paper that is kept here."


def test_the_verb_says_which_record_it_is_and_ends_with_its_code(
    tmp_path: Path, clock: StandingClock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    door = a_door(tmp_path / "other", clock)
    desk = set_up_desk(door)
    visit = treat(desk, clock, add_client(desk, "Ana Nowak"), clock.now())
    code, paper = code_of(desk, visit), tmp_path / "record.pdf"
    paper.write_bytes(desk.papers.record(visit).data)
    desk.close()
    door.leave()
    monkeypatch.setenv("KEY", PASSPHRASE)
    key = ["verify", "--data-dir", str(tmp_path / "other"), "--passphrase-env", "KEY"]
    assert main([*key, "--code", code]) == 0
    assert "It belongs to the visit of C-0001" in capsys.readouterr().out
    assert main([*key, "--paper", str(paper)]) == 0
    said = capsys.readouterr().out
    assert "hold its words against a new print" in said
    assert "Nowak" not in said
    assert main([*key, "--code", str(SealCode.of("77" * 32, 3, "00" * 32))]) == 1
    assert capsys.readouterr().out == "This is the code of another clinic: no record here bears it.\n"
    for wrong in (["--code", ""], ["--code", "AB"], ["--code", "A" * 20], ["--paper", str(tmp_path / "none.pdf")]):
        assert main([*key, *wrong]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(SystemExit):
        main([*key, "--code", code, "--paper", str(paper)])
