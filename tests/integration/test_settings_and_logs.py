"""The settings of a computer, the notes about bugs, and the emergency number, in real files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.emergency import emergency_number
from needlelog.logs import SIZE_LIMIT, bug_note, note_bug
from needlelog.paths import resources
from needlelog.settings import Scheme, Settings, read_settings, write_settings

NOW = datetime(2026, 11, 20, 13, 40, tzinfo=UTC)


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    kept = Settings(Scheme.DARK, 150, 0)
    write_settings(tmp_path / "settings.json", kept)
    assert read_settings(tmp_path / "settings.json") == kept


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"scheme": "pink", "text_percent": 9000, "idle_minutes": -1}',
        '{"text_percent": "150"}',
        "[" * 5000,
        '{"scheme": ["dark"], "text_percent": {}, "idle_minutes": null}',
    ],
)
def test_settings_that_make_no_sense_are_the_usual_ones(tmp_path: Path, content: str) -> None:
    (tmp_path / "settings.json").write_text(content)
    assert read_settings(tmp_path / "settings.json") == Settings()


def test_a_note_says_where_but_never_what_was_typed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Nowak") as raised:
        int("Ana Nowak, 12-Mar-1988")
    note = bug_note(ValueError, raised.value.__traceback__, NOW)
    path = note_bug(tmp_path / "logs", note)
    assert path is not None
    text = path.read_text()
    assert "builtins.ValueError" in text
    assert "test_settings_and_logs.py" in text
    assert "Nowak" not in text


def test_the_notes_keep_a_bounded_size(tmp_path: Path) -> None:
    for _ in range(3):
        note_bug(tmp_path, "x" * SIZE_LIMIT)
    path = note_bug(tmp_path, "the last one\n")
    assert path is not None
    assert path.stat().st_size <= SIZE_LIMIT
    assert path.read_text().rstrip().endswith("the last one")


def test_a_note_that_cannot_be_written_is_no_second_bug(tmp_path: Path) -> None:
    (tmp_path / "logs").write_bytes(b"no folder")
    assert note_bug(tmp_path / "logs", "x") is None


def test_the_emergency_number_of_a_country() -> None:
    folder = resources() / "knowledge"
    assert emergency_number(folder, "GB") == "999"
    assert emergency_number(folder, "US") == "911"
    assert emergency_number(folder, "ZZ") == ""


def test_a_missing_or_broken_list_of_numbers_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault) as raised:
        emergency_number(tmp_path, "GB")
    assert raised.value.code is FaultCode.RESOURCE_MISSING
    (tmp_path / "emergency.toml").write_text("number = [")
    with pytest.raises(Fault) as raised:
        emergency_number(tmp_path, "GB")
    assert raised.value.code is FaultCode.KNOWLEDGE_BROKEN
