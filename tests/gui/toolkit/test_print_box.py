"""Nothing is printed on a printer whose name nobody saw."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from needlelog.i18n import Words
from ui.toolkit.dialogs import Dialogs
from ui.toolkit.print_box import MOST_COPIES, PrintBox
from ui.toolkit.printing import page_images, print_images
from ui.toolkit.theme import Theme


def named(name: str) -> QPrinter:
    """A printer that goes by this name: nothing is set up where tests run."""

    class Named(QPrinter):
        def printerName(self) -> str:
            return name

    return Named()


def box_for(qtbot: QtBot, theme: Theme, printer: QPrinter, pages: int = 2) -> PrintBox:
    box = PrintBox(theme, Words(), None, "Aftercare sheet", pages, printer)
    qtbot.addWidget(box)
    return box


def verb(box: QDialog, text: str) -> QPushButton:
    return next(one for one in box.findChildren(QPushButton) if one.text() == text)


def sign(box: QDialog, name: str) -> QToolButton:
    return next(one for one in box.findChildren(QToolButton) if one.accessibleName() == name)


def texts(box: QDialog) -> dict[str, str]:
    return {one.text(): str(one.property("role")) for one in box.findChildren(QLabel)}


def test_the_name_stands_large_and_printing_waits_for_a_tap(qtbot: QtBot, theme: Theme) -> None:
    box = box_for(qtbot, theme, named("Front desk <b>& HP"))
    assert texts(box)["Front desk <b>& HP"] == "title"
    assert {"2 pages", "1 copy"} <= set(texts(box))
    assert verb(box, "Print").isEnabled()
    verb(box, "Print").click()
    assert box.result() == QDialog.DialogCode.Accepted


def test_without_a_printer_there_is_nothing_to_print_on(qtbot: QtBot, theme: Theme) -> None:
    box = box_for(qtbot, theme, named(""))
    assert "No printer is set up" in texts(box)
    assert not verb(box, "Print").isEnabled()
    assert "Set one up in the system's settings, or save the paper as a PDF instead." in texts(box)
    assert sign(box, "One copy more").isHidden() or not sign(box, "One copy more").isVisibleTo(box)


def test_copies_are_counted_within_their_limits(qtbot: QtBot, theme: Theme) -> None:
    printer = named("HP")
    box = box_for(qtbot, theme, printer)
    assert not sign(box, "One copy less").isEnabled()
    for _ in range(MOST_COPIES + 3):
        sign(box, "One copy more").click()
    assert (printer.copyCount(), sign(box, "One copy more").isEnabled()) == (MOST_COPIES, False)
    sign(box, "One copy less").click()
    assert printer.copyCount() == MOST_COPIES - 1
    assert f"{MOST_COPIES - 1} copies" in texts(box)


def test_what_the_systems_dialog_chose_is_shown_before_printing(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    printer = QPrinter()
    box = box_for(qtbot, theme, printer, pages=4)
    asked: list[bool] = []
    box.settings_asked.connect(lambda: asked.append(True))
    verb(box, "Other printer or settings…").click()
    assert asked == [True]
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setFromTo(2, 3)
    box.show_printer()
    assert {"Into the file out.pdf", "pages 2 to 3 of 4"} <= set(texts(box))
    assert verb(box, "Print").isEnabled()


@pytest.mark.real_dialogs
def test_escape_gives_no_printer(qtbot: QtBot, theme: Theme, words: Words) -> None:
    from tests.gui.toolkit.test_dialogs import once_open

    once_open(lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape))
    assert Dialogs(theme, words).printer(None, "Aftercare sheet", 2) is None


def test_copies_that_the_printer_does_not_make_are_drawn(qapp: object, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(420, 595))
    for _ in range(2):
        canvas.showPage()
    canvas.save()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setCopyCount(3)
    print_images(page_images(made.getvalue(), 72), printer)
    assert len(pypdf.PdfReader(tmp_path / "out.pdf").pages) == 6
