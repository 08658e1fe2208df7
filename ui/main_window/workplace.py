"""The unlocked program: a rail of places, the present screen, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from needlelog.errors import Fault
from needlelog.services.door import Door
from ui.main_window.routes import PLACE_OF, is_passing, is_root
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.toolkit.screen import (
    Lock,
    Route,
    Screen,
    StartVisit,
    ToClient,
    ToClients,
    ToKnowledge,
    ToLot,
    ToProducts,
    ToSession,
    ToSettings,
    ToSetup,
    ToToday,
    ToUnlock,
)
from ui.widgets.nav_rail import NavRail, Place
from ui.widgets.phrases import moment_text

if TYPE_CHECKING:
    from needlelog.domain.session import DraftSummary
    from needlelog.services.desk import Desk
    from ui.main_window.routes import ScreenMaker

_PLACES: dict[str, Route] = {
    "today": ToToday(),
    "clients": ToClients(),
    "products": ToProducts(),
    "knowledge": ToKnowledge(),
    "lots": ToLot(),
    "settings": ToSettings(),
    "lock": Lock(),
}


@dataclass(slots=True)
class _Stop:
    """One step of the way here; its screen is made again after a lock when somebody comes back to it."""

    route: Route
    screen: Screen | None = None


class Workplace(QWidget):
    """Shows the screen of a route and remembers the way back; asks to be locked."""

    lock_asked = Signal()
    title_changed = Signal(str)
    arrived = Signal(object)
    """The screen that came to the front."""

    def __init__(self, kit: Kit, desk: Desk, door: Door, make_screen: ScreenMaker, *, lockable: bool = True) -> None:
        super().__init__()
        self.kit = kit
        self.desk = desk
        self._door = door
        self._make_screen = make_screen
        self._way: list[_Stop] = []
        tr = kit.tr
        upper = [
            Place("back", tr("Back"), "back", tr("Back (Alt+Left)")),
            Place("today", tr("Today"), "home"),
            Place("clients", tr("Clients"), "people", tr("Clients (Ctrl+K)")),
            Place("products", tr("Products"), "box"),
            Place("lots", tr("Lots"), "barcode", tr("Who was treated with a lot?")),
            Place(
                "knowledge", tr("Library"), "book", tr("Library: depths, contraindications and all else, with sources")
            ),
        ]
        lower = [Place("settings", tr("Settings"), "settings")]
        if lockable:
            lower.append(Place("lock", tr("Lock"), "lock", tr("Lock (Ctrl+L)")))
        self.rail = NavRail(kit.theme, tr, upper, lower)
        self.rail.asked.connect(self._to_place)
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)

    @property
    def screen_now(self) -> Screen | None:
        """The screen at the front."""
        return self._way[-1].screen if self._way else None

    def routes(self) -> tuple[Route, ...]:
        """The way here, by ids only, to find it again after unlocking."""
        return tuple(stop.route if stop.screen is None else stop.screen.way_back(stop.route) for stop in self._way)

    def resume(self, routes: Sequence[Route]) -> None:
        """Come back to the last of ``routes``, with the same way back."""
        self._way = [_Stop(route) for route in routes]
        while self._way and not self._show_last():
            self._way.pop()
        if not self._way:
            self.go(ToToday())

    def go(self, route: Route) -> None:
        """Show the screen of ``route``, unless the present one has something left to save."""
        if isinstance(route, Lock | ToUnlock | ToSetup):
            self.lock_asked.emit()
            return
        if not self.leave():
            return
        if isinstance(route, StartVisit):
            started = self._start_visit(route)
            if started is None:
                self._activate()
                return
            route = started
        before = list(self._way)
        self._walk_to(route)
        if self._show_last():
            for stop in before:
                if stop not in self._way:
                    self._drop(stop)
            return
        self._way = before
        self._activate()

    def back(self) -> None:
        """To the screen before this one; what is no longer there is passed over."""
        if len(self._way) < 2 or not self.leave():
            return
        self._drop(self._way.pop())
        while self._way and not self._show_last():
            self._drop(self._way.pop())
        if not self._way:
            self.go(ToToday())

    def leave(self) -> bool:
        """Let the present screen save what is open; False when it could not."""
        now = self.screen_now
        return now is None or now.deactivate()

    def keep(self) -> bool:
        """Let the present screen save what is open without a question; False when it could not."""
        now = self.screen_now
        return now is None or now.keep()

    def chose_to_stay(self) -> bool:
        """Whether somebody was asked when ``leave`` came to nothing: then nobody asks again."""
        now = self.screen_now
        return now is not None and now.asks_before_leaving

    def forget_others(self) -> None:
        """Make every screen but the present one anew when somebody comes back to it."""
        for stop in self._way[:-1]:
            if stop.screen is not None:
                stop.route = stop.screen.way_back(stop.route)
            self._drop(stop)
            stop.screen = None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.back()
            return
        super().mouseReleaseEvent(event)

    def _to_place(self, place: str) -> None:
        if place == "back":
            self.back()
        else:
            self.go(_PLACES[place])

    def _start_visit(self, asked: StartVisit) -> ToSession | None:
        """The visit to go to: a new one, or one that is still open and was chosen instead; None to stay here."""
        try:
            open_ones = self.desk.sessions.open_for(asked.client_id)
            if open_ones:
                resume = self._resume_first(open_ones[0])
                if resume is None or resume:
                    return ToSession(open_ones[0].id) if resume else None
            return ToSession(self.desk.sessions.start(asked.client_id, repeat=asked.repeat).id)
        except Fault as fault:
            self.kit.dialogs.tell(self, self.kit.tr.fault(fault))
            return None

    def _resume_first(self, left: DraftSummary) -> bool | None:
        """Whether the visit that is still open is resumed (True), another started (False), or neither."""
        tr = self.kit.tr
        begun = moment_text(left.started_at, self.desk.practice.clinic().time_zone)
        return self.kit.dialogs.ask_either(
            self,
            tr("This client still has an open visit"),
            tr("It was started {when}. Resume it, or start another?", when=begun),
            tr("Resume"),
            tr("Start another"),
        )

    def _walk_to(self, route: Route) -> None:
        root = is_root(route)
        to_visit = self._way_to_visit(route) if root else []
        known = next((index for index, stop in enumerate(self._way) if stop.route == route), None)
        if known is not None and known >= len(to_visit):
            self._way = self._way[: known + 1]
        elif root:
            self._way = [*to_visit, _Stop(route)]
        else:
            kept = self._way[:-1] if self._way and is_passing(self._way[-1].route, route) else self._way
            self._way = [*kept, _Stop(route)]

    def _way_to_visit(self, route: Route) -> list[_Stop]:
        """The way to the visit that one only looks something up for; with Today and Clients one begins afresh."""
        if isinstance(route, ToToday | ToClients):
            return []
        visits = [index for index, stop in enumerate(self._way) if isinstance(stop.route, ToSession)]
        return self._way[: visits[-1] + 1] if visits else []

    def _show_last(self) -> bool:
        stop = self._way[-1]
        try:
            if stop.screen is None:
                stop.screen = self._make(stop.route)
            self._stack.setCurrentWidget(stop.screen)
            self._activate()
        except Fault as fault:
            self._drop(stop)
            stop.screen = None
            self.kit.dialogs.tell(self, self.kit.tr.fault(fault))
            return False
        return True

    def _activate(self) -> None:
        stop = self._way[-1] if self._way else None
        if stop is None or stop.screen is None:
            return
        self._stack.setCurrentWidget(stop.screen)
        self.rail.mark(PLACE_OF.get(type(stop.route), "clients"))
        self.rail.button("back").setVisible(len(self._way) > 1)
        self.rail.set_narrow(stop.screen.needs_room)
        stop.screen.activate()
        self.title_changed.emit(stop.screen.title)
        self.arrived.emit(stop.screen)

    def _make(self, route: Route) -> Screen:
        screen = self._make_screen(self.kit, self.desk, self._door, route)
        screen.go.connect(self.go)
        screen.title_changed.connect(self._retitle)
        changed = getattr(screen, "knowledge_changed", None)
        if changed is not None:
            changed.connect(self.forget_others)
        self._stack.addWidget(screen)
        return screen

    def _retitle(self, title: str) -> None:
        if self.sender() is self.screen_now:
            self.title_changed.emit(title)

    def _drop(self, stop: _Stop) -> None:
        if stop.screen is not None:
            discard(stop.screen)

    def visit_here(self) -> Route:
        """Where "new visit" leads from here: a visit of the client who shows, or the list to choose one."""
        now = self._way[-1].route if self._way else None
        return StartVisit(now.client_id) if isinstance(now, ToClient) else ToClients()
