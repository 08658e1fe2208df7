"""Damaged reference files: the clinic opens on the set that was whole last, says so, and never takes another."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from needlelog.domain.clinic_values import ClinicValue
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.paths import resources
from needlelog.services.desk import Desk
from needlelog.services.door import Door
from needlelog.verbs import verify
from tests.desks import CHEAP, PASSPHRASE, StandingClock, set_up_desk


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """The program's own data with reference files that may be broken."""
    folder = tmp_path / "resources"
    shutil.copytree(resources() / "knowledge", folder / "knowledge")
    shutil.copytree(resources() / "consent", folder / "consent")
    return folder


@pytest.fixture
def door(tmp_path: Path, shipped: Path, clock: StandingClock) -> Iterator[Door]:
    made = Door(tmp_path / "clinic", shipped, clock, Words(), CHEAP)
    made.enter()
    yield made
    made.leave()


Break = Callable[[str, str, str], None]


@pytest.fixture
def break_(shipped: Path) -> Break:
    """Put something else in the place of a text in one file."""

    def change(file: str, old: str, new: str) -> None:
        path = shipped / "knowledge" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def _reopened(door: Door, desk: Desk) -> Desk:
    desk.close()
    return door.unlock(str(desk.me.id), PASSPHRASE)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "Forehead"\n', "", "name"),
        ('default_from_mm = "0.25"', 'default_from_cm = "0.25"', "default_from_cm"),
        ('default_from_mm = "0.25"', 'default_from_mm = "0.25 cm"', "default_from_mm"),
    ],
    ids=["missing key", "wrong unit in the key", "wrong unit in the value"],
)
def test_a_damaged_file_is_named_and_the_last_good_set_is_used(
    door: Door, break_: Break, old: str, new: str, key: str
) -> None:
    desk = set_up_desk(door)
    before = desk.knowledge
    assert desk.reference.trouble is None
    break_("sites.toml", old, new)
    again = _reopened(door, desk)
    try:
        trouble = again.reference.trouble
        assert trouble is not None
        assert trouble.fault.code is FaultCode.KNOWLEDGE_BROKEN
        named = (trouble.fault.values["file"], trouble.fault.values["entry"], trouble.fault.values["key"])
        assert named == ("sites.toml", "forehead", key)
        assert trouble.version == before.version
        assert again.knowledge == before
    finally:
        again.close()


def test_the_check_without_a_window_and_the_log_say_so_too(
    door: Door, break_: Break, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_desk(door).close()
    break_("sites.toml", 'name = "Forehead"\n', "")
    door.leave()
    assert verify(door, Words(), name="", passphrase=lambda: PASSPHRASE) == 0
    said = capsys.readouterr().out
    for part in ("Note: ", "sites.toml", "forehead", "key name", "last good set"):
        assert part in said
    note = (door.folder.logs / "bugs.txt").read_text(encoding="utf-8")
    assert "knowledge-broken: file sites.toml, entry forehead, key name" in note


def test_own_values_hold_on_the_last_good_set_too(door: Door, break_: Break) -> None:
    desk = set_up_desk(door)
    desk.reference.decide(("sites", "forehead", "warn_above_mm"), "0.9", "Ours")
    before = desk.knowledge
    break_("sites.toml", 'name = "Forehead"\n', "")
    again = _reopened(door, desk)
    assert again.knowledge == before
    again.close()


def test_a_missing_file_is_the_same(door: Door, shipped: Path) -> None:
    desk = set_up_desk(door)
    (shipped / "knowledge" / "scales.toml").unlink()
    again = _reopened(door, desk)
    assert again.reference.trouble is not None
    assert again.reference.trouble.fault.values == {"name": "scales.toml"}
    again.close()


def test_a_clinic_is_not_begun_on_damaged_files(door: Door, break_: Break) -> None:
    break_("sites.toml", 'name = "Forehead"\n', "")
    with pytest.raises(Fault) as caught:
        set_up_desk(door)
    assert caught.value.code is FaultCode.KNOWLEDGE_BROKEN
    assert door.is_new


@pytest.mark.parametrize("harm", ["altered", "cut", "gone", "another clinic's"])
def test_without_a_whole_last_good_set_it_does_not_open_on_any(
    door: Door, break_: Break, shipped: Path, clock: StandingClock, tmp_path: Path, harm: str
) -> None:
    desk = set_up_desk(door)
    kept = door.folder.reference
    if harm == "altered":
        sealed = bytearray(kept.read_bytes())
        sealed[len(sealed) // 2] ^= 1
        kept.write_bytes(bytes(sealed))
    elif harm == "cut":
        kept.write_bytes(kept.read_bytes()[:100])
    elif harm == "gone":
        kept.unlink()
    else:
        other = Door(tmp_path / "other", shipped, clock, Words(), CHEAP)
        set_up_desk(other).close()
        other.leave()
        kept.write_bytes(other.folder.reference.read_bytes())
    break_("sites.toml", 'name = "Forehead"\n', "")
    with pytest.raises(Fault) as caught:
        _reopened(door, desk)
    assert caught.value.code is FaultCode.KNOWLEDGE_BROKEN


def test_a_newer_set_takes_the_place_of_the_kept_one(door: Door, break_: Break) -> None:
    desk = set_up_desk(door)
    break_("sites.toml", 'warn_above_mm = "0.75"', 'warn_above_mm = "0.7"')
    newer = _reopened(door, desk)
    assert newer.reference.trouble is None
    version = newer.knowledge.version
    break_("sites.toml", 'name = "Forehead"\n', "")
    again = _reopened(door, newer)
    assert again.reference.trouble is not None
    assert again.knowledge.version == version
    again.close()


def test_the_kept_set_cannot_be_read_without_the_key(door: Door) -> None:
    desk = set_up_desk(door)
    assert b"forehead" not in door.folder.reference.read_bytes()
    desk.close()


def test_a_disk_that_takes_nothing_keeps_no_clinic_shut(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise Fault(FaultCode.DISK_FULL)

    monkeypatch.setattr("needlelog.services.last_good.write_whole", full)
    desk = set_up_desk(door)
    assert desk.reference.trouble is None
    assert not door.folder.reference.exists()
    desk.close()


def test_an_own_value_whose_entry_went_is_named_and_ours_counts(door: Door, break_: Break) -> None:
    desk = set_up_desk(door)
    desk.reference.decide(("sites", "forehead", "warn_above_mm"), "0.9", "Ours")
    desk.reference.decide(("sites", "cheek", "warn_above_mm"), "1.2", "Ours")
    # A later program knows the forehead by a lower limit, under which this value cannot stand.
    break_(
        "sites.toml",
        'warn_above_mm = "0.75"\nconfirm_above_mm = "1.5"',
        'warn_above_mm = "0.75"\nconfirm_above_mm = "0.8"',
    )
    again = _reopened(door, desk)
    try:
        (misfit,) = again.reference.misfits
        assert isinstance(misfit, ClinicValue)
        assert misfit.place == ("sites", "forehead", "warn_above_mm")
        assert again.knowledge.sites["forehead"].own == ()
        assert again.knowledge.sites["cheek"].own
        (notice,) = again.reference.notices()
        assert "Forehead, Warn above 0.9 mm" in notice
        again.reference.decide(("sites", "forehead", "warn_above_mm"), "0.78", "Below the new limit")
        assert again.reference.notices() == ()
    finally:
        again.close()
