"""Papers to pictures and to the printer.

PDFium is not thread-safe: ``page_images``, ``wanted_images``, ``first_page`` and ``page_count`` belong to the papers
worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
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


def wanted_images(pdf: bytes, dpi: float, wanted: Callable[[int], bool]) -> dict[int, QImage]:
    """The pages of ``pdf`` that are still wanted when their turn comes, by number from 1; faults as ``page_images``."""
    with _opened(pdf) as document:
        numbers = range(1, len(document) + 1)
        return {number: _image(document, number - 1, dpi) for number in numbers if wanted(number)}


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

    def ask(pages: int) -> None:
        job = _Job(pages, printed, failed)
        # The pages are drawn while the question stands there: nobody waits for them before it.
        draw = partial(wanted_images, pdf, PRINT_DPI, job.wants)
        tasks.run(draw, job.drawn, job.not_drawn, owner=parent, lane=Lane.PAPERS)
        job.chosen(dialogs.printer(parent, title, pages))

    tasks.run(lambda: page_count(pdf), ask, failed, owner=parent, lane=Lane.PAPERS)


class _Job:
    """One paper on its way to a printer: its pages and the printer's name come in either order."""

    def __init__(self, pages: int, printed: Callable[[str], None], failed: Callable[[Fault], None]) -> None:
        self._pages = pages
        self._printed = printed
        self._failed = failed
        self._printer: QPrinter | None = None
        self._images: dict[int, QImage] | Fault | None = None
        self._wanted = range(1, pages + 1)

    def wants(self, page: int) -> bool:
        """Whether a page is to be drawn, as far as was answered yet. Asked by the worker between two pages."""
        return page in self._wanted  # only ever replaced as a whole, by fewer

    def drawn(self, images: dict[int, QImage]) -> None:
        self._images = images
        self._go_on()

    def not_drawn(self, fault: Fault) -> None:
        self._images = fault
        self._go_on()

    def chosen(self, printer: QPrinter | None) -> None:
        if printer is None:
            self._wanted = range(0)
        elif first := printer.fromPage():
            self._wanted = range(first, min(printer.toPage(), self._pages) + 1)
        self._printer = printer
        self._go_on()

    def _go_on(self) -> None:
        printer, images = self._printer, self._images
        if printer is None or images is None:
            return
        if isinstance(images, Fault):
            self._failed(images)
            return
        try:
            print_images([images[page] for page in self._wanted], printer)
        except Fault as fault:
            self._failed(fault)
            return
        if len(self._wanted) < self._pages:
            self._failed(Fault(FaultCode.PRINTED_IN_PART, printed=len(self._wanted), pages=self._pages))
        else:
            self._printed(printer.printerName())
