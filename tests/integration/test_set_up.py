"""Setting up a clinic, also when the power goes half-way."""

from __future__ import annotations

from pathlib import Path

import pytest

from needlelog import bootstrap
from needlelog.errors import Fault, FaultCode
from needlelog.paths import DataFolder, FolderKind, classify
from needlelog.vault import RecoveryKey
from tests.desks import CHEAP, PASSPHRASE, StandingClock, a_door, a_test_clinic, set_up_desk


class PowerCutError(Exception):
    """Stands for the end of the program at this very line."""


@pytest.mark.parametrize(
    "where",
    [
        "needlelog.storage.clinic.ClinicRepository.save",
        "needlelog.storage.clinic.PractitionerRepository.add",
        "needlelog.vault.vault.write_key_file",
        "needlelog.services.materials.Materials.fill",
        "pathlib.Path.unlink",
    ],
)
def test_a_set_up_that_was_cut_off_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def set_up(name: str) -> None:
        door = a_door(tmp_path, StandingClock())
        try:
            door.set_up(
                a_test_clinic().with_(name=name),
                practitioner="Ana",
                credentials="",
                passphrase=PASSPHRASE,
                recovery=RecoveryKey.new(),
            ).close()
        finally:
            door.leave()

    def cut(*_given: object, **_named: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as cut_off:
        cut_off.setattr(where, cut)
        with pytest.raises(PowerCutError):
            set_up("First")
    assert classify(tmp_path) is FolderKind.NEW
    set_up("Second")
    assert classify(tmp_path) is FolderKind.CLINIC
    assert not DataFolder(tmp_path).unfinished.exists()
    with pytest.raises(Fault) as caught:
        set_up("Third")
    assert caught.value.code is FaultCode.DATA_FOLDER_FOREIGN
    door = a_door(tmp_path, StandingClock())
    desk = door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
    assert desk.practice.clinic().name == "Second"
    desk.close()
    door.leave()


def test_a_stranger_beside_an_unfinished_set_up_is_still_a_stranger(tmp_path: Path) -> None:
    DataFolder(tmp_path).unfinished.touch()
    (tmp_path / "tax.ods").touch()
    assert classify(tmp_path) is FolderKind.FOREIGN


def test_a_mark_of_set_up_that_comes_back_after_a_power_cut_costs_nothing(tmp_path: Path) -> None:
    door = a_door(tmp_path, StandingClock())
    set_up_desk(door).close()
    folder = DataFolder(tmp_path)
    folder.unfinished.touch()
    assert not door.is_new
    with pytest.raises(Fault) as caught:
        set_up_desk(door)
    assert caught.value.code is FaultCode.DATA_FOLDER_FOREIGN
    desk = door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
    assert desk.practice.clinic().name == a_test_clinic().name
    # Later the keys may be lost: the records must not be taken for the beginning of a new clinic.
    desk.close()
    folder.keys.unlink()
    assert not door.is_new
    door.leave()


def test_nobody_unlocks_what_another_program_holds(tmp_path: Path) -> None:
    first = a_door(tmp_path, StandingClock())
    set_up_desk(first).close()
    second = bootstrap.door(tmp_path, clock=StandingClock(), cost=CHEAP)
    with pytest.raises(Fault) as caught:
        second.unlock(second.tiles()[0].practitioner_id, PASSPHRASE)
    assert caught.value.code is FaultCode.DATA_IN_USE
    first.leave()
    second.unlock(second.tiles()[0].practitioner_id, PASSPHRASE).close()
    second.leave()
