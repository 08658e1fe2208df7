"""A machine without a font for a script borrows the one for paper; one that has it keeps its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication

from ui.toolkit.screen_fonts import LENT, fonts_to_lend, lend_fonts

System = QFontDatabase.WritingSystem
ALL = frozenset(script for _, scripts in LENT for script in scripts)


def test_only_what_is_lacking_is_lent() -> None:
    assert fonts_to_lend(ALL) == ()
    assert fonts_to_lend(ALL - {System.SimplifiedChinese}) == ("DroidSansFallback",)
    assert fonts_to_lend(ALL - {System.Hebrew}) == ("DejaVuSans", "DejaVuSans-Bold")
    assert fonts_to_lend(frozenset()) == tuple(name for name, _ in LENT)


def test_a_folder_without_the_fonts_stops_nothing(qapp: QApplication, tmp_path: Path) -> None:
    assert lend_fonts(tmp_path) == ()


def test_afterwards_each_script_of_a_client_can_be_seen(qapp: QApplication) -> None:
    lend_fonts()
    assert fonts_to_lend(frozenset(QFontDatabase.writingSystems())) == ()
    assert lend_fonts() == ()
    assert all(map(_some_family_has, "李김"))


def _some_family_has(character: str) -> bool:
    for script in (System.SimplifiedChinese, System.Korean):
        for family in QFontDatabase.families(script):
            if QRawFont.fromFont(QFont(family), script).supportsCharacter(ord(character)):
                return True
    return False
