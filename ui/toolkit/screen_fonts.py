"""The fonts for paper, lent to the screen for the scripts that the machine has no font of its own for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase

from needlelog.paths import resources

_System = QFontDatabase.WritingSystem

LENT: tuple[tuple[str, tuple[_System, ...]], ...] = (
    ("NotoSans-Regular", (_System.Latin, _System.Greek, _System.Cyrillic, _System.Vietnamese)),
    ("NotoSans-Bold", (_System.Latin, _System.Greek, _System.Cyrillic, _System.Vietnamese)),
    ("DejaVuSans", (_System.Hebrew, _System.Arabic)),
    ("DejaVuSans-Bold", (_System.Hebrew, _System.Arabic)),
    ("DroidSansFallback", (_System.SimplifiedChinese, _System.Japanese, _System.Korean)),
)
"""Each file with the scripts it can stand in for."""


def fonts_to_lend(known: frozenset[_System]) -> tuple[str, ...]:
    """The files that a machine with fonts for the ``known`` scripts lacks."""
    return tuple(name for name, scripts in LENT if not known.issuperset(scripts))


def lend_fonts(folder: Path | None = None) -> tuple[str, ...]:
    """Load what the machine lacks; returns the files lent. A file that cannot be read is passed over.

    Costs some milliseconds for each file, so it waits until the first picture is painted, unless there is no font at
    all to paint it with.
    """
    lacking = fonts_to_lend(frozenset(QFontDatabase.writingSystems()))
    place = folder or resources() / "fonts"
    return tuple(name for name in lacking if QFontDatabase.addApplicationFont(str(place / f"{name}.ttf")) >= 0)
