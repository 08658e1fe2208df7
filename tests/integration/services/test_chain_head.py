"""A seal that is missing at the end of the chain is missed, and a power cut is not taken for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from needlelog.domain.signed import Addendum
from needlelog.errors import Fault, FaultCode
from tests.desks import StandingClock
from tests.integration.services.test_proof import Clinic, said

CUT = "Seals are missing at the end: seal 4 was made, and the last one there is 3."


GONE = (
    "The note of the last seal is missing: seals.head was deleted, or the folder was copied without it. So it cannot "
    "be told whether seals are missing at the end, as when an older database is put back."
)


@pytest.fixture
def clinic(tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """A clinic with three seals of a visit and a fourth of an addendum."""
    made = Clinic(tmp_path / "clinic", clock, monkeypatch)
    addendum(made, "Called: all well.")
    return made


def addendum(clinic: Clinic, text: str) -> Addendum:
    with clinic.opened() as desk:
        return desk.sessions.add_addendum(clinic.visit.id, text)


def head(clinic: Clinic) -> Path:
    return clinic.folder / "seals.head"


def cut(clinic: Clinic) -> None:
    """Take the last record off with its seal, as somebody with the key can."""
    clinic.tamper("DELETE FROM addendum")
    clinic.tamper("DELETE FROM seal WHERE sequence = 4")


def test_a_tail_that_was_taken_off_is_missed_and_stays_missed(clinic: Clinic) -> None:
    cut(clinic)
    assert said(clinic.check()) == [CUT]
    assert said(clinic.check()) == [CUT]
    with clinic.opened() as desk:
        assert CUT in [flaw.says for flaw in desk.proof.of_visit(clinic.visit.id).flaws]


def test_what_is_sealed_after_the_cut_does_not_cover_it(clinic: Clinic) -> None:
    cut(clinic)
    addendum(clinic, "Called: not well.")
    addendum(clinic, "Called again.")
    assert said(clinic.check()) == ["Seal 4 is not the one that was made."]


def test_a_power_cut_between_the_two_writes_is_no_flaw(clinic: Clinic) -> None:
    before = head(clinic).read_bytes()
    addendum(clinic, "Called again.")
    head(clinic).write_bytes(before)
    assert clinic.check().flaws == ()
    assert head(clinic).read_bytes() != before
    clinic.tamper("DELETE FROM addendum WHERE text = 'Called again.'")
    clinic.tamper("DELETE FROM seal WHERE sequence = 5")
    assert len(said(clinic.check())) == 1


def test_a_copy_of_the_folder_is_whole_and_an_older_database_alone_is_not(clinic: Clinic, tmp_path: Path) -> None:
    shutil.copytree(clinic.folder, tmp_path / "copy")
    addendum(clinic, "Called again.")
    kept, clinic.folder = clinic.folder, tmp_path / "copy"
    assert clinic.check().flaws == ()
    shutil.copy(kept / "seals.head", tmp_path / "copy" / "seals.head")
    assert said(clinic.check()) == [
        "Seals are missing at the end: seal 5 was made, and the last one there is 4.",
    ]


def test_a_head_that_was_altered_is_said(clinic: Clinic) -> None:
    data = bytearray(head(clinic).read_bytes())
    data[-1] ^= 1
    head(clinic).write_bytes(bytes(data))
    assert said(clinic.check()) == [
        "The note of the last seal was altered or is damaged: seals.head. "
        "So it cannot be told whether seals are missing at the end."
    ]


def test_an_older_database_put_back_without_the_head_is_said_and_stays_said(clinic: Clinic) -> None:
    before = (clinic.folder / "clinic.db").read_bytes()
    addendum(clinic, "Called again.")
    (clinic.folder / "clinic.db").write_bytes(before)
    head(clinic).unlink()
    assert said(clinic.check()) == [GONE]
    addendum(clinic, "Called once more.")
    found = clinic.check()
    assert (said(found), found.end_lost) == ([GONE], True)
    assert not head(clinic).exists()


def test_a_head_begun_anew_says_who_did_so_and_from_where_it_proves_the_end(clinic: Clinic) -> None:
    first = clinic.check().last
    assert first is not None
    assert (first.number, first.kept_since) == (4, 0)
    head(clinic).unlink()
    with clinic.opened() as desk:
        for reason, code in (("  ", FaultCode.REASON_MISSING), ("ok", FaultCode.REASON_TOO_SHORT)):
            with pytest.raises(Fault) as refused:
                desk.proof.begin_end_anew(reason)
            assert refused.value.code is code
        desk.proof.begin_end_anew("Moved to a new computer without this file.")
        with pytest.raises(Fault) as refused:
            desk.proof.begin_end_anew("Once more.")
        assert refused.value.code is FaultCode.RECORD_CHANGED_ELSEWHERE
    addendum(clinic, "Called again.")
    found = clinic.check()
    assert found.last is not None
    assert (found.flaws, found.end_lost, found.last.number, found.last.kept_since) == ((), False, 6, 4)
    (note,) = found.notes
    assert note == "The note of the last seal was begun anew on 20-Nov-2026 by Mara Lindqvist, RN, after seal 4."
    clinic.tamper("UPDATE head_begun SET reason = 'None at all.' WHERE reason <> ''")
    assert said(clinic.check()) == [
        "The note that the end of the seals was begun anew (seal 5) is not what was sealed."
    ]


def test_a_damaged_head_can_be_begun_anew_too(clinic: Clinic) -> None:
    head(clinic).write_bytes(b"nothing of ours")
    assert clinic.check().end_lost
    with clinic.opened() as desk:
        desk.proof.begin_end_anew("The disk was repaired.")
    assert clinic.check().flaws == ()


def test_a_clinic_from_before_the_mark_goes_on_with_its_head(clinic: Clinic) -> None:
    clinic.tamper("DELETE FROM head_begun")
    assert clinic.check().flaws == ()
    head(clinic).unlink()
    assert said(clinic.check()) == [GONE]


def test_a_copy_of_the_whole_folder_is_fine(clinic: Clinic, tmp_path: Path) -> None:
    shutil.copytree(clinic.folder, tmp_path / "copy")
    clinic.folder = tmp_path / "copy"
    assert clinic.check().flaws == ()
    assert clinic.check().notes == ()


def test_a_disk_that_takes_no_head_takes_no_record_with_it(clinic: Clinic) -> None:
    head(clinic).unlink()
    head(clinic).mkdir()
    addendum(clinic, "Called again.")
    with clinic.opened() as desk:
        assert [one.text for one in desk.history.visit(clinic.visit.id).addenda] == [
            "Called: all well.",
            "Called again.",
        ]
