"""A paper that was just made, in a view: its first page as soon as that is drawn, the others after it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from needlelog.errors import Fault
from ui.toolkit.printing import FirstPage, first_page, page_images
from ui.toolkit.tasks import Lane, Tasks
from ui.widgets.paper_view import PREVIEW_DPI, PaperView


def looked_at(data: bytes) -> FirstPage:
    """The first page as the view shows it; on the papers worker. Raises ``Fault(PAPER_DAMAGED)``."""
    return first_page(data, PREVIEW_DPI)


class PaperPages(QObject):
    """Fills one view."""

    def __init__(self, view: PaperView, tasks: Tasks, failed: Callable[[Fault], None]) -> None:
        super().__init__(view)
        self._view = view
        self._tasks = tasks
        self._failed = failed
        self._shown = b""

    def show(self, data: bytes, first: FirstPage) -> None:
        """Show the first page of this paper and fetch the others."""
        self._shown = data
        self._view.show_pages([first.image], first.pages)
        if first.pages > 1:

            def others() -> tuple[bytes, list[QImage]]:
                return data, page_images(data, PREVIEW_DPI, after=1)

            self._tasks.run(others, self._on_others, self._failed, owner=self, lane=Lane.PAPERS)

    def clear(self) -> None:
        """Show none."""
        self._shown = b""
        self._view.show_pages([])

    def _on_others(self, found: tuple[bytes, list[QImage]]) -> None:
        data, images = found
        if data is self._shown:
            self._view.add_pages(images)
