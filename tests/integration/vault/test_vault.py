"""The vault with real key files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from needlelog.errors import Fault, FaultCode
from needlelog.paths import DataFolder
from needlelog.vault import Cost, DatabaseKey, RecoveryKey, Vault
from tests.clocks import FixedClock

PASSPHRASE = "lantern orbit mustard"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


class Clinic:
    """One vault in one folder, with what it was made from."""

    def __init__(self, root: Path) -> None:
        self.folder = DataFolder(root)
        self.clock = FixedClock()
        self.key = DatabaseKey.new()
        self.recovery = RecoveryKey.new()
        self.vault = self.reopen()
        self.vault.create("ana", "Ana Nowak", PASSPHRASE, self.recovery, self.key)

    def reopen(self) -> Vault:
        """The vault as the next start sees it."""
        return Vault(self.folder.keys, self.folder.tries, self.clock, CHEAP)


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)


def code_of(caught: pytest.ExceptionInfo[Fault]) -> FaultCode:
    return caught.value.code


def test_passphrase_and_recovery_key_open_the_same_database(clinic: Clinic) -> None:
    vault = clinic.reopen()
    assert vault.unlock("ana", PASSPHRASE).raw == clinic.key.raw
    typed = RecoveryKey.parse(clinic.recovery.text().lower())
    assert vault.unlock_with_recovery(typed).raw == clinic.key.raw


def test_default_cost_opens_too(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    key = DatabaseKey.new()
    vault = Vault(folder.keys, folder.tries, FixedClock())
    vault.create("ana", "Ana", PASSPHRASE, RecoveryKey.new(), key)
    assert vault.unlock("ana", PASSPHRASE).raw == key.raw
    stored = json.loads(folder.keys.read_text())["practitioners"][0]["argon2id"]
    assert (stored["memory_kib"], stored["passes"], stored["lanes"]) == (65536, 3, 4)


def test_accents_may_be_composed_otherwise(clinic: Clinic) -> None:
    clinic.vault.reset_passphrase(clinic.key, "ana", "cr\u00e8me br\u00fbl\u00e9e to go")
    assert clinic.vault.unlock("ana", "cre\u0300me bru\u0302le\u0301e to go").raw == clinic.key.raw


def test_neither_key_nor_passphrase_stands_in_a_file(clinic: Clinic) -> None:
    with pytest.raises(Fault):
        clinic.vault.unlock("ana", "not the passphrase")
    for file in clinic.folder.root.iterdir():
        content = file.read_bytes()
        assert clinic.key.raw not in content
        assert clinic.key.raw.hex().encode() not in content
        assert PASSPHRASE.encode() not in content
        for group in clinic.recovery.groups:
            assert group.encode() not in content


def test_key_files_are_private(clinic: Clinic) -> None:
    assert clinic.folder.keys.stat().st_mode & 0o777 == 0o600


def test_wrong_passphrase_says_so_and_changes_nothing(clinic: Clinic) -> None:
    before = clinic.folder.keys.read_bytes()
    with pytest.raises(Fault) as caught:
        clinic.vault.unlock("ana", "lantern orbit mustarD")
    assert code_of(caught) is FaultCode.PASSPHRASE_WRONG
    assert clinic.folder.keys.read_bytes() == before


def test_wait_grows_from_the_fourth_wrong_try_and_outlives_a_restart(clinic: Clinic) -> None:
    for _ in range(4):
        with pytest.raises(Fault) as caught:
            clinic.vault.unlock("ana", "wrong wrong wrong")
        assert code_of(caught) is FaultCode.PASSPHRASE_WRONG
    again = clinic.reopen()
    with pytest.raises(Fault) as caught:
        again.unlock("ana", PASSPHRASE)
    assert code_of(caught) is FaultCode.PASSPHRASE_TOO_SOON
    assert caught.value.values["seconds"] == 5
    clinic.clock.advance(seconds=5)
    with pytest.raises(Fault) as caught:
        again.unlock("ana", "wrong wrong wrong")
    assert code_of(caught) is FaultCode.PASSPHRASE_WRONG
    clinic.clock.advance(seconds=9)
    with pytest.raises(Fault) as caught:
        clinic.reopen().unlock("ana", PASSPHRASE)
    assert caught.value.values["seconds"] == 1
    clinic.clock.advance(seconds=1)
    assert clinic.reopen().unlock("ana", PASSPHRASE).raw == clinic.key.raw


def test_the_right_passphrase_ends_the_count(clinic: Clinic) -> None:
    for _ in range(3):
        for _ in range(3):
            with pytest.raises(Fault):
                clinic.vault.unlock("ana", "wrong wrong wrong")
        assert clinic.vault.unlock("ana", PASSPHRASE).raw == clinic.key.raw


def test_a_clock_set_back_does_not_lock_out_for_years(clinic: Clinic) -> None:
    for _ in range(4):
        with pytest.raises(Fault):
            clinic.vault.unlock("ana", "wrong wrong wrong")
    clinic.clock.advance(seconds=-3 * 365 * 86400)
    with pytest.raises(Fault) as caught:
        clinic.vault.unlock("ana", PASSPHRASE)
    assert caught.value.values["seconds"] == 5
    clinic.clock.advance(seconds=5)
    assert clinic.vault.unlock("ana", PASSPHRASE).raw == clinic.key.raw


def test_a_damaged_count_does_not_shut_the_practitioner_out(clinic: Clinic) -> None:
    clinic.folder.tries.write_bytes(b"\x00{")
    assert clinic.vault.unlock("ana", PASSPHRASE).raw == clinic.key.raw


def test_damage_is_told_from_a_wrong_passphrase_at_every_byte(clinic: Clinic) -> None:
    whole = clinic.folder.keys.read_bytes()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        if not damaged.decode(errors="replace").strip() or bytes(damaged).split() == whole.split():
            continue
        clinic.folder.keys.write_bytes(bytes(damaged))
        with pytest.raises(Fault) as caught:
            clinic.vault.practitioners()
        assert code_of(caught) is FaultCode.KEY_FILE_DAMAGED, place


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"<html>", b"\x00" * 300, b"[" * 100_000])
def test_something_else_is_a_damaged_key_file(clinic: Clinic, content: bytes) -> None:
    clinic.folder.keys.write_bytes(content)
    with pytest.raises(Fault) as caught:
        clinic.vault.unlock("ana", PASSPHRASE)
    assert code_of(caught) is FaultCode.KEY_FILE_DAMAGED


def _rewrite(path: Path, **changes: object) -> None:
    """Change the key file as somebody would who knows its format but not the key."""
    import hashlib

    content = json.loads(path.read_text()) | changes
    content.pop("checksum")
    plain = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    path.write_text(json.dumps(content | {"checksum": hashlib.sha256(plain).hexdigest()}))


def test_a_newer_key_file_is_refused(clinic: Clinic) -> None:
    _rewrite(clinic.folder.keys, version=2)
    with pytest.raises(Fault) as caught:
        clinic.vault.unlock("ana", PASSPHRASE)
    assert code_of(caught) is FaultCode.KEY_FILE_NEWER


def test_a_change_on_purpose_is_found_after_unlocking(clinic: Clinic) -> None:
    entries = json.loads(clinic.folder.keys.read_text())["practitioners"]
    entries[0]["name"] = "Somebody Else"
    _rewrite(clinic.folder.keys, practitioners=entries)
    with pytest.raises(Fault) as caught:
        clinic.vault.unlock("ana", PASSPHRASE)
    assert code_of(caught) is FaultCode.KEY_FILE_DAMAGED


def test_a_cost_that_would_freeze_the_program_is_refused(clinic: Clinic) -> None:
    entries = json.loads(clinic.folder.keys.read_text())["practitioners"]
    entries[0]["argon2id"]["memory_kib"] = 1 << 40
    _rewrite(clinic.folder.keys, practitioners=entries)
    with pytest.raises(Fault) as caught:
        clinic.vault.unlock("ana", PASSPHRASE)
    assert code_of(caught) is FaultCode.KEY_FILE_DAMAGED


def test_another_clinics_recovery_key_is_wrong(clinic: Clinic) -> None:
    with pytest.raises(Fault) as caught:
        clinic.vault.unlock_with_recovery(RecoveryKey.new())
    assert code_of(caught) is FaultCode.RECOVERY_KEY_WRONG


def test_two_practitioners_one_leaves(clinic: Clinic) -> None:
    clinic.vault.add_practitioner(clinic.key, "bo", "Bo Ek", "granite teapot weasel")
    assert [holder.name for holder in clinic.vault.practitioners()] == ["Ana Nowak", "Bo Ek"]
    assert clinic.vault.unlock("bo", "granite teapot weasel").raw == clinic.key.raw
    clinic.vault.rename(clinic.key, "bo", "Bo Ek-Lund")
    assert clinic.vault.practitioners()[1].name == "Bo Ek-Lund"
    assert clinic.vault.unlock("bo", "granite teapot weasel").raw == clinic.key.raw
    clinic.vault.remove(clinic.key, "ana")
    assert [holder.practitioner_id for holder in clinic.vault.practitioners()] == ["bo"]
    with pytest.raises(ValueError, match="last"):
        clinic.vault.remove(clinic.key, "bo")


def test_change_of_passphrase(clinic: Clinic) -> None:
    clinic.vault.change_passphrase("ana", PASSPHRASE, "granite teapot weasel")
    assert clinic.vault.unlock("ana", "granite teapot weasel").raw == clinic.key.raw
    with pytest.raises(Fault) as caught:
        clinic.vault.unlock("ana", PASSPHRASE)
    assert code_of(caught) is FaultCode.PASSPHRASE_WRONG
    with pytest.raises(Fault) as caught:
        clinic.vault.change_passphrase("ana", "granite teapot weasel", "short")
    assert code_of(caught) is FaultCode.PASSPHRASE_TOO_WEAK


def test_a_new_recovery_sheet_makes_the_old_one_worthless(clinic: Clinic) -> None:
    fresh = RecoveryKey.new()
    clinic.vault.replace_recovery(clinic.key, fresh)
    assert clinic.vault.unlock_with_recovery(fresh).raw == clinic.key.raw
    with pytest.raises(Fault):
        clinic.vault.unlock_with_recovery(clinic.recovery)


def test_only_the_open_key_may_change_the_file(clinic: Clinic) -> None:
    with pytest.raises(Fault):
        clinic.vault.add_practitioner(DatabaseKey.new(), "eve", "Eve", "granite teapot weasel")
    assert len(clinic.vault.practitioners()) == 1


def test_a_second_clinic_is_not_written_over_the_first(clinic: Clinic) -> None:
    before = clinic.folder.keys.read_bytes()
    with pytest.raises(Fault):
        clinic.vault.create("bo", "Bo", PASSPHRASE, RecoveryKey.new(), DatabaseKey.new())
    assert clinic.folder.keys.read_bytes() == before


def test_sub_keys_differ_and_sealed_bytes_are_bound(clinic: Clinic) -> None:
    photos, papers = clinic.key.sealer("photos"), clinic.key.sealer("papers")
    sealed = photos.seal(b"picture", b"one")
    assert photos.open(sealed, b"one") == b"picture"
    for sealer, about in ((photos, b"two"), (papers, b"one")):
        with pytest.raises(ValueError, match="seal"):
            sealer.open(sealed, about)
    assert clinic.key.raw.hex() not in repr(clinic.key) + repr(photos)
