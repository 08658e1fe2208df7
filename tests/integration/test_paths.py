"""What stands in a folder, seen without touching it."""

from __future__ import annotations

from pathlib import Path

import pytest

from needlelog.bootstrap import door
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.paths import DataFolder, FolderKind, classify, default_data_dir, in_sync_folder, is_writable, on_network


def test_empty_or_not_yet_made_is_new(tmp_path: Path) -> None:
    assert classify(tmp_path) is FolderKind.NEW
    assert classify(tmp_path / "clinic") is FolderKind.NEW
    assert not (tmp_path / "clinic").exists()
    DataFolder(tmp_path).lock.touch()
    (tmp_path / ".keys.json.abc.part").touch()
    assert classify(tmp_path) is FolderKind.NEW


def test_a_drive_that_is_not_connected_is_missing_not_new(tmp_path: Path) -> None:
    assert classify(tmp_path / "drive" / "clinic") is FolderKind.MISSING


def test_the_default_folder_is_new_on_a_bare_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no" / "such"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert classify(default_data_dir()) is FolderKind.NEW


@pytest.mark.parametrize("name", ["clinic.db", "keys.json"])
def test_an_empty_database_is_a_damaged_clinic_not_a_new_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert classify(tmp_path) is FolderKind.CLINIC


def test_something_else_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "tax.ods").write_bytes(b"x")
    assert classify(tmp_path) is FolderKind.FOREIGN
    assert classify(tmp_path / "tax.ods") is FolderKind.FOREIGN


def test_photos_without_records_are_not_the_place_for_a_new_clinic(tmp_path: Path) -> None:
    DataFolder(tmp_path).photos.mkdir()
    DataFolder(tmp_path).lock.touch()
    assert classify(tmp_path) is FolderKind.PHOTOS_ONLY
    with pytest.raises(Fault) as caught:
        door(tmp_path).enter()
    assert caught.value.code is FaultCode.DATA_FOLDER_PHOTOS_ONLY
    assert str(tmp_path) in str(Words().fault(caught.value))
    (tmp_path / "tax.ods").touch()
    assert classify(tmp_path) is FolderKind.FOREIGN


def test_writing_is_tried(tmp_path: Path) -> None:
    assert is_writable(tmp_path)
    assert not list(tmp_path.iterdir())
    assert not is_writable(tmp_path / "gone")


@pytest.mark.parametrize(
    ("path", "program"),
    [
        ("/home/ana/Dropbox/clinic", "Dropbox"),
        ("/home/ana/OneDrive - Studio/clinic", "OneDrive"),
        ("/Users/ana/Library/Mobile Documents/clinic", "iCloud Drive"),
        ("/Users/ana/Google Drive/My Clinic", "Google Drive"),
        ("/home/ana/dropboxed/clinic", None),
        ("/home/ana/.local/share/NeedleLog", None),
    ],
)
def test_synchronised_folders_are_known_by_name(path: str, program: str | None) -> None:
    assert in_sync_folder(Path(path)) == program


def test_shares_are_known_by_name() -> None:
    assert on_network(Path("//server/share"))
    assert not on_network(Path("/srv/share"))
