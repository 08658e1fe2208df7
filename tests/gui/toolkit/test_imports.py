"""What the unlock screen loads: QtWidgets and nothing that takes long."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import ui

HEAVY = (
    "pydantic",
    "sqlmodel",
    "sqlalchemy",
    "reportlab",
    "pypdfium2",
    "PIL",
    "alembic",
    "PySide6.QtPrintSupport",
)
# They stand on screens that come after unlocking, and show the trade's values.
AFTER_UNLOCKING = {
    "client_facts",
    "client_list",
    "clinic_form",
    "finding_bar",
    "follow_up_card",
    "handing_over",
    "photo_strip",
    "reaction_row",
    "red_flags",
    "series_words",
    "sheet_form_row",
    "skin_grades",
    "still_zone_map",
    "trade_words",
    "withdrawing",
    "zone_map_dress",
}


def test_toolkit_and_widgets_load_nothing_heavy() -> None:
    root = Path(ui.__file__).parent
    modules = [
        ".".join(("ui", *path.relative_to(root).with_suffix("").parts))
        for folder in ("toolkit", "widgets")
        for path in sorted((root / folder).glob("*.py"))
        if not path.stem.startswith(("__", "zone_map")) and path.stem not in AFTER_UNLOCKING
    ]
    code = f"import sys, {', '.join(modules)}; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=root.parent, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
