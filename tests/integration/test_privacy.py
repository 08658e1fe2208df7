"""Without the passphrase the files are noise: every byte of every file of a used clinic, open and closed."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from PIL import Image

from needlelog.paths import DataFolder
from needlelog.vault import RecoveryKey
from tests.desks import PASSPHRASE, StandingClock, a_door, a_test_clinic
from tests.integration.storage import builders

WORDS = (
    builders.MARKER,
    "Marker",
    "Zażółć",
    "Seaside",
    "isotretinoin",
    "Fainted",
    "Hyaluronic",
    "XPORTRAIT",
    PASSPHRASE,
)


def spellings(word: str) -> list[bytes]:
    """A word in the encodings that hold the whole of it: what is left of one is short enough to stand in noise."""
    found = [word.encode("utf-8"), word.encode("utf-16-le")]
    if all(ord(letter) < 256 for letter in word):
        found.append(word.encode("latin-1"))
    return found


def assert_silent(root: Path, expected: set[str]) -> None:
    """No word stands in any file, in the encodings a program would write."""
    files = [one for one in root.rglob("*") if one.is_file()]
    assert expected <= {one.name for one in files}
    for file in files:
        found = file.read_bytes()
        for word in WORDS:
            for written in spellings(word):
                assert written not in found, (file.name, word)


def test_no_word_of_a_client_stands_in_any_file(tmp_path: Path) -> None:
    clock = StandingClock()
    door = a_door(tmp_path, clock)
    desk = door.set_up(
        a_test_clinic(), practitioner="Ana", credentials="RN", passphrase=PASSPHRASE, recovery=RecoveryKey.new()
    )
    client = desk.clients.add(builders.client())
    draft = desk.sessions.start(client.id)
    picture = Image.new("RGB", (80, 60), "red")
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "XPORTRAIT"
    picture.save(file, "JPEG", exif=exif)
    photo = desk.pictures.take_in(file.getvalue(), view="face_front")
    assert desk.pictures.thumbnail(photo, 40)
    flow, _ = desk.sessions.resume(draft.id)
    full = builders.draft(client.id)
    flow.edit(lambda one: one.with_(consultation=full.consultation, serums=full.serums, reactions=full.reactions))
    assert desk.clients.find("zazolc")
    folder = DataFolder(tmp_path)
    assert_silent(tmp_path, {"clinic.db", "clinic.db-wal", "clinic.db-shm", "keys.json", "clinic.lock", photo.sha256})
    desk.close()
    assert_silent(tmp_path, {"clinic.db", "keys.json", "clinic.lock", photo.sha256})
    door.leave()
    assert folder.database.stat().st_mode & 0o777 == 0o600
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_no_image_of_the_memory_is_made_after_a_crash() -> None:
    asks = "import ctypes; from ui.application import protect_process; protect_process(); "
    said = "import resource; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE))"
    done = subprocess.run([sys.executable, "-c", asks + said], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["0", "0", "0"]
