"""Papers become pictures and reach the printer that was named, or the fault says so."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from tests.gui.answers import ScriptedDialogs
from ui.toolkit.printing import page_images, print_images, print_pdf
from ui.toolkit.tasks import InlineTasks, Lane


@pytest.fixture(scope="module")
def sheet() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(420, 595))
    for _ in range(2):
        canvas.rect(100, 100, 200, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def printer_into(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_each_page_is_a_picture_of_its_own_size(qapp: object, sheet: bytes) -> None:
    images = page_images(sheet, 72)
    assert [(image.width(), image.height()) for image in images] == [(420, 595)] * 2
    assert images[0].pixelColor(5, 5).lightness() == 255
    assert images[0].pixelColor(200, 300).lightness() == 0


def test_what_is_no_pdf_is_a_damaged_paper(qapp: object) -> None:
    with pytest.raises(Fault) as caught:
        page_images(b"no pdf", 72)
    assert caught.value.code is FaultCode.PAPER_DAMAGED


def test_both_pages_reach_the_printer(
    qtbot: QtBot, sheet: bytes, tmp_path: Path, tasks: InlineTasks, dialogs: ScriptedDialogs
) -> None:
    import pypdf

    parent = QWidget()
    qtbot.addWidget(parent)
    dialogs.will_answer(printer_into(tmp_path / "out.pdf"))
    printed: list[str] = []
    print_pdf(parent, sheet, dialogs, tasks, printed.append, lambda fault: pytest.fail(str(fault)))
    assert len(printed) == 1
    assert len(pypdf.PdfReader(tmp_path / "out.pdf").pages) == 2


def test_pages_printed_alone_are_no_printed_paper(
    qtbot: QtBot, sheet: bytes, tmp_path: Path, tasks: InlineTasks, dialogs: ScriptedDialogs
) -> None:
    import pypdf

    parent = QWidget()
    qtbot.addWidget(parent)
    printer = printer_into(tmp_path / "out.pdf")
    printer.setFromTo(2, 2)
    dialogs.will_answer(printer)
    printed, failed = list[str](), list[Fault]()
    print_pdf(parent, sheet, dialogs, tasks, printed.append, failed.append)
    assert len(pypdf.PdfReader(tmp_path / "out.pdf").pages) == 1
    assert printed == []
    assert [fault.code for fault in failed] == [FaultCode.PRINTED_IN_PART]
    assert "1 of 2 pages" in Words().fault(failed[0]).what


def test_nothing_is_said_when_the_user_cancels(
    qtbot: QtBot, sheet: bytes, tasks: InlineTasks, dialogs: ScriptedDialogs
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialogs.will_answer(None)
    heard: list[object] = []
    print_pdf(parent, sheet, dialogs, tasks, heard.append, heard.append)
    assert heard == []


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_a_fault(qapp: object, sheet: bytes, tmp_path: Path) -> None:
    printer = printer_into(tmp_path / "no" / "such" / "folder" / "out.pdf")
    with pytest.raises(Fault) as caught:
        print_images(page_images(sheet, 72), printer)
    assert caught.value.code is FaultCode.PRINTER_FAILED


class HeldTasks(InlineTasks):
    """Does the work when it is let go, one at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Callable[[], None]] = []

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Fault], None],
        *,
        owner: QObject | None = None,
        lane: Lane = Lane.DATA,
    ) -> None:
        run = super().run
        self.held.append(lambda: run(work, done, failed, owner=owner, lane=lane))


@pytest.mark.parametrize("chosen", [True, False])
def test_the_printer_is_asked_for_before_the_pages_are_drawn(
    qtbot: QtBot, sheet: bytes, tmp_path: Path, dialogs: ScriptedDialogs, chosen: bool
) -> None:
    parent, tasks = QWidget(), HeldTasks()
    qtbot.addWidget(parent)
    dialogs.will_answer(printer_into(tmp_path / "out.pdf") if chosen else None)
    printed: list[str] = []
    print_pdf(parent, sheet, dialogs, tasks, printed.append, lambda fault: pytest.fail(str(fault)))
    tasks.held.pop(0)()
    assert [one.kind for one in dialogs.asked] == ["printer"]
    assert (printed, (tmp_path / "out.pdf").exists()) == ([], False)
    (drawing,) = tasks.held
    drawing()
    assert (len(printed), (tmp_path / "out.pdf").exists()) == (chosen, chosen)


def test_what_cannot_be_drawn_is_said_once_and_not_printed(
    qtbot: QtBot, tmp_path: Path, tasks: InlineTasks, dialogs: ScriptedDialogs
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    failed: list[Fault] = []
    print_pdf(parent, b"no pdf", dialogs, tasks, lambda _: pytest.fail("printed"), failed.append)
    assert [fault.code for fault in failed] == [FaultCode.PAPER_DAMAGED]
    assert dialogs.asked == []
