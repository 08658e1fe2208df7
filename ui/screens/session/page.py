"""The base of the nine pages: shows the draft, sends changes, never keeps state of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.findings import StepId
from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.i18n import record_time
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE


@dataclass(frozen=True, slots=True)
class ScanTaken:
    """What a scan did to the record, in words, and how to take it back."""

    text: str
    undo: Callable[[], None] | None = None


class StepPage(QWidget):
    """One step of the visit. ``show_draft`` paints from the draft; edits go to ``presenter.edit``.

    The shell calls ``entered`` when the page comes up, ``leaving`` before it goes, and ``focus_field`` when a
    finding or a missing item leads here. The shell owns banner, rail, timers, saving, Back and Next.
    """

    step: StepId
    wide = False
    """Whether the page fills the height by itself, down to ``least_height``."""

    broad = False
    """Whether the page needs the width more than the rail needs the titles of the steps."""

    LEAST_PX = 460

    next_requested = Signal()
    """The last entry of the page was finished by Enter."""

    went_on = Signal(str, object)
    """One tap said all that this step asks: what it said, and how it is taken back; the next step is due."""

    turned = Signal()
    """Another part of the page is shown."""

    code_entered = Signal(str)
    """A pack's code was typed into the field for codes."""

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self.desk = desk
        self.presenter = presenter
        self.tr_ = kit.tr
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE * 2)

    def least_height(self) -> int:
        """The height in px below which a wide page is scrolled."""
        return self.kit.theme.px(self.LEAST_PX)

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint everything from ``draft``; called after each change. Must not disturb an entry being typed."""
        raise NotImplementedError

    def goes_back(self) -> bool:
        """Turn to what came before on this page, when Back is asked for; False when the step before comes next."""
        return False

    def has_before(self) -> bool:
        """Whether there is something before on this page."""
        return False

    def goes_on(self) -> bool:
        """Turn to what comes next on this page, when Next is asked for; False when the next step comes next."""
        return False

    def entered(self) -> None:
        """The page comes up: read lists again, put the focus on the first entry."""

    def leaving(self) -> None:
        """The page goes: commit what is half-typed where it is right."""

    def focus_field(self, field: str) -> None:
        """Put the focus on this entry (``Item.field`` or ``Finding.field``)."""

    def bring_up(self, part: QWidget) -> None:
        """Scroll ``part`` into sight once the layout has settled."""
        QTimer.singleShot(0, part, lambda: self._scroll_to(part))

    def _scroll_to(self, part: QWidget) -> None:
        parent = self.parentWidget()
        area = parent.parentWidget() if parent else None
        if not isinstance(area, QScrollArea):
            return
        if part.height() > area.viewport().height():
            # What does not fit is read from its top, where the action is.
            area.verticalScrollBar().setValue(part.mapTo(self, QPoint(0, 0)).y())
        else:
            area.ensureWidgetVisible(part, 0, SPACE)

    def kinds_taken(self) -> tuple[ProductKind, ...]:
        """The kinds of product that are recorded on this page."""
        return ()

    def take_scan(self, scanned: Scanned) -> ScanTaken | None:
        """Put product, lot and expiry of a scanned pack into the record; None where nothing was changed.

        Only for a known product of one of ``kinds_taken``.
        """
        del scanned
        return None

    def say_taken(self, taken: ScanTaken) -> None:
        """Say what a scan did, and offer to take it back."""

    def take_new_product(self, scanned: Scanned, done: Callable[[Product], object]) -> bool:
        """Open the form for a product that is not on the list yet; ``done`` gets it. False where there is no form."""
        del scanned, done
        return False

    def now(self) -> datetime:
        """The present moment, UTC."""
        return self.kit.clock.now()

    def clock_time(self, moment: datetime) -> str:
        """``14:22`` on the clinic's wall clock."""
        return record_time(local(moment, self.presenter.draft.time_zone))

    @property
    def by(self) -> str:
        """Who is working now, as it goes into the record."""
        return self.desk.me.signature
