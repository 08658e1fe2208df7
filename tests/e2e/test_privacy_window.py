"""Without the passphrase the files are noise: nothing that was typed is found outside the encrypted database."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from needlelog.domain.text import fold
from tests.desks import START
from tests.e2e.processes import Child

CLIENT = {
    "Full name": "Żaneta Qwzyxvundelstöm",
    "Date of birth": "12 3 1988",
    "Phone": "0770 9831 4477",
    "Address": "Pfauenaugengasse 4711",
    "Notes": "Schnabeltierphobie",
}
MARKS = {
    "allergy": "Zirkonquarkextrakt",
    "words": "Mondscheinnarbenwunsch",
    "note": "Aloekristallkompresse",
    "bug": "Fehlermeldungsklartext",
}


def _forms(mark: str) -> list[bytes]:
    texts = {mark, fold(mark), mark.casefold(), mark.replace(" ", "")}
    return [form for text in texts for form in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"))]


def _spelt(mark: str, said: bytes) -> bool:
    """Whether ``mark`` stands in what was said, in letters or as JSON spells them."""
    return any(form in said for form in (*_forms(mark), json.dumps(mark).strip('"').encode()))


def _found(folder: Path) -> list[str]:
    marks = [mark for entry, mark in CLIENT.items() if entry != "Date of birth"] + list(MARKS.values())
    held = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [
        f"{mark!r} in {path.name}"
        for mark in marks
        for path, content in held.items()
        if any(form in content for form in _forms(mark))
    ]


def test_no_word_of_a_client_leaves_the_database(clinic: Path, tmp_path: Path) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    with Child(
        "marked_visit", clinic, now=START.isoformat(), client=CLIENT, environment={"TMPDIR": str(passing)}, **MARKS
    ) as child:
        child.until(at="saved")
        with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(clinic / "clinic.db") as plain:
            plain.execute("SELECT count(*) FROM sqlite_master").fetchone()
        plain.close()
        locked = child.until(at="locked")
        child.until(at="waiting")
        assert _found(clinic) == []
        assert _found(passing) == []
        child.kill()
        told = " ".join(locked["texts"])
        left = [mark for mark in (*CLIENT.values(), *MARKS.values()) if mark in told]
        assert left == []
        assert (clinic / "logs" / "bugs.txt").read_text().count("RuntimeError") == 1
        errors = child.errors()
        assert [mark for mark in (*CLIENT.values(), *MARKS.values()) if mark in errors] == []
        said = child.raw
        assert b'"locked"' in said
        assert [mark for mark in (*CLIENT.values(), *MARKS.values()) if _spelt(mark, said)] == []
    assert _found(clinic) == []
    assert _found(passing) == []
