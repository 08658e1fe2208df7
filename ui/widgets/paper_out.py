"""A paper that is made on the spot and not kept: to the printer, or to a file the practitioner names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from needlelog.errors import Fault
from needlelog.files import save_chosen
from ui.toolkit.kit import Kit
from ui.toolkit.printing import PRINT_DPI, page_images, print_images
from ui.toolkit.tasks import Lane
from ui.widgets.notice import Notice


def print_paper(owner: QWidget, kit: Kit, make: Callable[[], bytes], title: str, notice: Notice) -> None:
    """Make the paper off the UI thread, ask for a printer, print; ``notice`` says how it went."""

    def done(images: list[QImage]) -> None:
        printer = kit.dialogs.printer(owner, title, len(images))
        if printer is None:
            return
        try:
            print_images(images, printer)
        except Fault as fault:
            notice.say(str(kit.tr.fault(fault)), "stop")
        else:
            notice.say(kit.tr("Sent to the printer."), "ok")

    def failed(fault: Fault) -> None:
        notice.say(str(kit.tr.fault(fault)), "stop")

    kit.tasks.run(lambda: page_images(make(), PRINT_DPI), done, failed, owner=owner, lane=Lane.PAPERS)


def save_paper(owner: QWidget, kit: Kit, make: Callable[[], bytes], suggested: str, notice: Notice) -> None:
    """Ask where, make the paper off the UI thread and write it there; ``notice`` says how it went."""
    path = kit.dialogs.pdf_to_save(owner, kit.tr("Save as PDF"), suggested)
    if path is None:
        return

    def write() -> Path:
        save_chosen(path, make())
        return path

    def done(written: Path) -> None:
        notice.say(kit.tr("Saved as {name}.", name=written.name), "ok")

    def failed(fault: Fault) -> None:
        notice.say(str(kit.tr.fault(fault)), "stop")

    kit.tasks.run(write, done, failed, owner=owner, lane=Lane.PAPERS)
