"""Papers to pictures and to the printer.

PDFium is not thread-safe: ``page_images``, ``first_page`` and ``page_count`` belong to the papers worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from needlelog.errors import Fault, FaultCode
from ui.toolkit.tasks import Lane, Tasks

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument
    from PySide6.QtPrintSupport import QPrinter

    from ui.toolkit.dialogs import Dialogs

POINTS_PER_INCH = 72
PRINT_DPI = 300


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The first page of a paper as a picture, and how many pages there are."""

    image: QImage
    pages: int


def page_images(pdf: bytes, dpi: float, *, after: int = 0) -> list[QImage]:
    """Each page of ``pdf`` behind the first ``after`` as an opaque picture; raises ``Fault(PAPER_DAMAGED)``."""
    with _opened(pdf) as document:
        return [_image(document, number, dpi) for number in range(after, len(document))]


def first_page(pdf: bytes, dpi: float) -> FirstPage:
    """What can be looked at before the other pages are drawn; raises ``Fault(PAPER_DAMAGED)``."""
    with _opened(pdf) as document:
        return FirstPage(_image(document, 0, dpi), len(document))


def page_count(pdf: bytes) -> int:
    """How many pages ``pdf`` has; raises ``Fault(PAPER_DAMAGED)``."""
    with _opened(pdf) as document:
        return len(document)


@contextmanager
def _opened(pdf: bytes) -> Iterator[PdfDocument]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise Fault(FaultCode.PAPER_DAMAGED) from error
    try:
        yield document
    finally:
        document.close()


def _image(document: PdfDocument, number: int, dpi: float) -> QImage:
    page = document[number]
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, prefer_bgrx=True)
    buffer = bytes(bitmap.buffer)
    image = QImage(buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    bitmap.close()
    page.close()
    return image


def print_images(images: list[QImage], printer: QPrinter) -> None:
    """Put each picture on one sheet, as large as the sheet allows; raises ``Fault(PRINTER_FAILED)``.

    Copies that the printer does not make by itself are drawn one whole set after the other.
    """
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise Fault(FaultCode.PRINTER_FAILED, printer=printer.printerName())
    try:
        for number, image in enumerate(images * copies):
            if number and not printer.newPage():
                raise Fault(FaultCode.PRINTER_FAILED, printer=printer.printerName())
            sheet = QRectF(painter.viewport())
            size = image.size().toSizeF()
            scale = min(sheet.width() / size.width(), sheet.height() / size.height())
            width, height = size.width() * scale, size.height() * scale
            painter.drawImage(QRectF((sheet.width() - width) / 2, (sheet.height() - height) / 2, width, height), image)
    finally:
        ended = painter.end()
    if not ended:
        raise Fault(FaultCode.PRINTER_FAILED, printer=printer.printerName())


def print_pdf(
    parent: QWidget,
    pdf: bytes,
    dialogs: Dialogs,
    tasks: Tasks,
    printed: Callable[[str], None],
    failed: Callable[[Fault], None],
    title: str = "NeedleLog",
) -> None:
    """Let the user choose a printer and print ``pdf`` on it; ``printed`` hears the printer's name.

    ``failed`` hears ``PRINTER_FAILED`` when the printer refuses, ``PRINTED_IN_PART`` when some pages were chosen and
    printed, and ``PAPER_DAMAGED`` when ``pdf`` is no PDF; nobody hears anything when the user cancels.
    """

    job = _Job(printed, failed)

    def ask(pages: int) -> None:
        # The pages are drawn while the question stands there: nobody waits for them before it.
        tasks.run(lambda: page_images(pdf, PRINT_DPI), job.drawn, job.not_drawn, owner=parent, lane=Lane.PAPERS)
        job.chosen(dialogs.printer(parent, title, pages))

    tasks.run(lambda: page_count(pdf), ask, failed, owner=parent, lane=Lane.PAPERS)


class _Job:
    """One paper on its way to a printer: its pages and the printer's name come in either order."""

    def __init__(self, printed: Callable[[str], None], failed: Callable[[Fault], None]) -> None:
        self._printed = printed
        self._failed = failed
        self._printer: QPrinter | None = None
        self._images: list[QImage] | Fault | None = None

    def drawn(self, images: list[QImage]) -> None:
        self._images = images
        self._go_on()

    def not_drawn(self, fault: Fault) -> None:
        self._images = fault
        self._go_on()

    def chosen(self, printer: QPrinter | None) -> None:
        self._printer = printer
        self._go_on()

    def _go_on(self) -> None:
        printer, images = self._printer, self._images
        if printer is None or images is None:
            return
        if isinstance(images, Fault):
            self._failed(images)
            return
        first, last = printer.fromPage(), printer.toPage()
        chosen = images[first - 1 : last] if first else images
        try:
            print_images(chosen, printer)
        except Fault as fault:
            self._failed(fault)
            return
        if len(chosen) < len(images):
            self._failed(Fault(FaultCode.PRINTED_IN_PART, printed=len(chosen), pages=len(images)))
        else:
            self._printed(printer.printerName())
