"""Where things lie: the program's resources and the clinic's data folder. Nothing here writes a clinic's data."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from needlelog.errors import Fault, FaultCode

PROGRAM = "NeedleLog"
# What NeedleLog itself may leave in a folder before a clinic stands in it.
OWN_LEFTOVERS = frozenset({"clinic.lock", "logs"})
PART_SUFFIX = ".part"


class FolderKind(StrEnum):
    """What stands in a folder that is to hold a clinic."""

    NEW = "new"
    CLINIC = "clinic"
    FOREIGN = "foreign"
    PHOTOS_ONLY = "photos-only"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The places inside one clinic's data folder."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLCipher database."""
        return self.root / "clinic.db"

    @property
    def head(self) -> Path:
        """The sealed note of the last seal."""
        return self.root / "seals.head"

    @property
    def keys(self) -> Path:
        """The wrapped keys."""
        return self.root / "keys.json"

    @property
    def tries(self) -> Path:
        """The count of wrong passphrases."""
        return self.root / "tries.json"

    @property
    def unfinished(self) -> Path:
        """Stands while a clinic is being set up. Without keys beside it nothing was entered yet, and all is made anew.

        A power cut may bring a removed file back, so beside keys it means nothing.
        """
        return self.root / "setup.part"

    def forget_unfinished(self) -> None:
        """Take the mark of set-up away; one that cannot be removed means nothing beside keys."""
        with contextlib.suppress(OSError):
            self.unfinished.unlink(missing_ok=True)

    @property
    def made_at_set_up(self) -> tuple[Path, ...]:
        """The files that set-up makes."""
        logs = (self.root / f"{self.database.name}{suffix}" for suffix in ("-wal", "-shm", "-journal"))
        return (self.keys, self.tries, self.database, self.head, self.reference, *logs)

    @property
    def reference(self) -> Path:
        """The reference data as it was last found whole, sealed."""
        return self.root / "reference.sealed"

    @property
    def settings(self) -> Path:
        """How the program looks and when it locks."""
        return self.root / "settings.json"

    @property
    def lock(self) -> Path:
        """The file that is held locked while the clinic is open."""
        return self.root / "clinic.lock"

    @property
    def photos(self) -> Path:
        """The folder of sealed photos."""
        return self.root / "photos"

    @property
    def logs(self) -> Path:
        """The folder of logs."""
        return self.root / "logs"


def resources() -> Path:
    """The folder of the program's own data, beside ``main.py``; raises ``Fault(RESOURCE_MISSING)``."""
    folder = Path(__file__).resolve().parent.parent / "resources"
    if not folder.is_dir():
        raise Fault(FaultCode.RESOURCE_MISSING, name="resources")
    return folder


def default_data_dir() -> Path:
    """The folder where this person's clinic lives when none is named."""
    import platformdirs

    return platformdirs.user_data_path(PROGRAM, appauthor=False)


def classify(folder: Path) -> FolderKind:
    """What stands in ``folder``, without touching it; raises ``Fault(DATA_FOLDER_READ_ONLY)`` if it cannot be listed.

    A folder that is not there is new when the folder around it is; otherwise a drive is probably not connected,
    and a second, empty clinic must not be offered in its place. Nor may one begin over photos: set-up makes none, so
    they are what is left of a clinic whose records went astray.
    """
    try:
        if not folder.exists():
            reachable = folder.parent.is_dir() or folder == default_data_dir()
            return FolderKind.NEW if reachable else FolderKind.MISSING
        if not folder.is_dir():
            return FolderKind.FOREIGN
        names = {entry.name for entry in folder.iterdir()}
    except OSError as error:
        raise Fault(FaultCode.DATA_FOLDER_READ_ONLY, path=folder) from error
    data = DataFolder(folder)
    if data.unfinished.name in names and data.keys.name not in names:
        names -= {path.name for path in data.made_at_set_up}
    if data.database.name in names or data.keys.name in names:
        return FolderKind.CLINIC
    strangers = {name for name in names - OWN_LEFTOVERS if not name.endswith(PART_SUFFIX)}
    if strangers == {data.photos.name}:
        return FolderKind.PHOTOS_ONLY
    return FolderKind.FOREIGN if strangers else FolderKind.NEW


def is_writable(folder: Path) -> bool:
    """Whether a file can be made in ``folder`` (tried, because permission bits do not tell on every system)."""
    trial = folder / f".trial-{os.getpid()}{PART_SUFFIX}"
    try:
        os.close(os.open(trial, os.O_CREAT | os.O_WRONLY, 0o600))
        trial.unlink()
    except OSError:
        return False
    return True


# Parts of paths by which the usual synchronising programs are known. They copy a database while it is written.
_SYNC_FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "cloudstorage": "a cloud drive",
    "nextcloud": "Nextcloud",
    "syncthing": "Syncthing",
}


def in_sync_folder(folder: Path) -> str | None:
    """The name of the synchronising program whose folder this seems to be, or ``None``.

    Such a program copies the database while it is written; a warning, because only the name is known.
    """
    for part in reversed(folder.absolute().parts):
        lowered = part.casefold()
        for mark, name in _SYNC_FOLDERS.items():
            if lowered == mark or lowered.startswith((f"{mark} ", f"{mark}-")):
                return name
    return None


def on_network(folder: Path) -> bool:
    """Whether ``folder`` is named as a share (``\\\\server\\share``), where write-ahead logging does not work."""
    return str(folder).startswith(("\\\\", "//"))
