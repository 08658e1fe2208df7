"""Papers leave no copy behind: not after a look, a print, a file, a viewer, a cancelled question or a pulled plug."""

from __future__ import annotations

from pathlib import Path

from tests.desks import START
from tests.e2e.processes import Child

PICTURES = (b"%PDF", b"%!PS", b"\x89PNG", b"\xff\xd8\xff", b"BM", b"II*\x00", b"MM\x00*")
"""How a paper, or a picture of one, begins."""
PLACES = ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
ACTS = ("previewed", "cancelled", "saved", "printed", "refused", "waiting")


def _papers(*folders: Path) -> list[str]:
    held = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in held if path.read_bytes().lstrip().startswith(PICTURES)]


def test_no_copy_of_a_sheet_stays_in_a_folder_that_nobody_chose(clinic: Path, tmp_path: Path) -> None:
    places = {name: tmp_path / name.lower() for name in PLACES}
    target = tmp_path / "chosen"
    for folder in (*places.values(), target):
        folder.mkdir(mode=0o700)
    environment = {name: str(folder) for name, folder in places.items()}
    with Child("hand_over", clinic, now=START.isoformat(), target=str(target), environment=environment) as child:
        for act in ACTS:
            child.until(at=act)
            assert (act, _papers(clinic, *places.values())) == (act, [])
        child.kill()
    assert _papers(clinic, *places.values()) == []
    # Only what somebody chose a place for is there, whole, and nothing half written beside it.
    assert sorted(path.name for path in target.iterdir()) == ["printed.pdf", "sheet.pdf"]
    assert len(_papers(target)) == 2
