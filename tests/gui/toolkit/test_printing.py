"""Papers become pictures and reach the printer that was named, or the fault says so."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from tests.gui.answers import ScriptedDialogs
from ui.toolkit.printing import page_images, print_images, print_pdf
from ui.toolkit.tasks import InlineTasks, Lane, Tasks


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


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows by one with each page that is drawn."""
    import pypdfium2

    drawn: list[object] = []
    render = pypdfium2.PdfPage.render

    def counted(page: pypdfium2.PdfPage, **how: Any) -> Any:
        drawn.append(page)
        return render(page, **how)

    monkeypatch.setattr(pypdfium2.PdfPage, "render", counted)
    return drawn


@pytest.mark.parametrize(("pages", "drawn"), [((2, 2), 1), ((1, 2), 2), ((2, 9), 1), (None, 0)])
def test_only_pages_that_were_chosen_are_drawn_after_the_answer(
    qtbot: QtBot,
    sheet: bytes,
    tmp_path: Path,
    dialogs: ScriptedDialogs,
    rendered: list[object],
    pages: tuple[int, int] | None,
    drawn: int,
) -> None:
    parent, tasks, heard = QWidget(), HeldTasks(), list[object]()
    qtbot.addWidget(parent)
    printer = printer_into(tmp_path / "out.pdf") if pages else None
    if printer and pages:
        printer.setFromTo(*pages)
    dialogs.will_answer(printer)
    print_pdf(parent, sheet, dialogs, tasks, heard.append, heard.append)
    while tasks.held:
        tasks.held.pop(0)()
    assert (len(rendered), len(heard)) == (drawn, 1 if pages else 0)


class AnswerWhileDrawing(ScriptedDialogs):
    """Cancels the printer while the first page is being drawn, and lets the drawing go on afterwards."""

    def __init__(self) -> None:
        super().__init__()
        self.drawing, self.answered = threading.Event(), threading.Event()

    def printer(self, parent: QWidget | None, title: str, pages: int) -> QPrinter | None:
        assert self.drawing.wait(10)
        QTimer.singleShot(0, self.answered.set)
        return None


def test_a_cancelled_printer_stops_the_drawing_of_pages(
    qtbot: QtBot, sheet: bytes, rendered: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    parent, tasks, dialogs, heard = QWidget(), Tasks(), AnswerWhileDrawing(), list[object]()
    qtbot.addWidget(parent)
    render = pypdfium2.PdfPage.render

    def slow(page: pypdfium2.PdfPage, **how: Any) -> Any:
        dialogs.drawing.set()
        assert dialogs.answered.wait(10)
        return render(page, **how)

    monkeypatch.setattr(pypdfium2.PdfPage, "render", slow)
    print_pdf(parent, sheet, dialogs, tasks, heard.append, heard.append)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)
    tasks.close()
    assert (len(rendered), heard) == (1, [])


def test_what_cannot_be_drawn_is_said_once_and_not_printed(
    qtbot: QtBot, tmp_path: Path, tasks: InlineTasks, dialogs: ScriptedDialogs
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    failed: list[Fault] = []
    print_pdf(parent, b"no pdf", dialogs, tasks, lambda _: pytest.fail("printed"), failed.append)
    assert [fault.code for fault in failed] == [FaultCode.PAPER_DAMAGED]
    assert dialogs.asked == []
