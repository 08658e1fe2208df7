"""The window itself: who may come in, what shows, when it locks and how it closes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QClipboard, QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from needlelog.errors import Fault
from needlelog.services.door import Door
from needlelog.settings import Scheme, Settings, read_settings
from ui.main_window.alarm_bar import AlarmBar
from ui.main_window.clock_notice import ClockNotice
from ui.main_window.enter_key import EnterKey
from ui.main_window.numbing_watch import NumbingWatch
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.toolkit.screen import Route, Screen, ToClients, ToSession
from ui.toolkit.tab_order import step_focus
from ui.toolkit.theme import DARK, LIGHT
from ui.widgets.idle_watch import IdleWatch
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from needlelog.services.desk import Desk
    from needlelog.vault.key_file import KeyHolder
    from ui.main_window.routes import ScreenMaker
    from ui.main_window.workplace import Workplace

PROGRAM = "NeedleLog"
LEAST_SIZE = (1000, 700)
USUAL_SIZE = (1280, 800)
FRAME_HEIGHT = 40
"""Width and height, px; the least fits 1024 x 768 with the frame that the system puts around a window."""
_TOKENS = {Scheme.SYSTEM: None, Scheme.LIGHT: LIGHT, Scheme.DARK: DARK}


class MainWindow(QMainWindow):
    """One clinic's window. ``open_door`` makes the door of another folder that was chosen."""

    painted = Signal()
    """The first picture is on the screen: heavy parts may be loaded now."""

    def __init__(
        self,
        kit: Kit,
        door: Door,
        open_door: Callable[[Path], Door],
        *,
        make_screen: ScreenMaker | None = None,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self.kit = kit
        self._door = door
        self._open_door = open_door
        self._make_screen = make_screen
        self._demo = demo
        self._settings = Settings()
        self._front: Screen | None = None
        self._work: Workplace | None = None
        self._resume: tuple[Route, ...] = ()
        self._last_holder = ""
        self._was_painted = False
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*USUAL_SIZE)
        self.setWindowTitle(PROGRAM)
        self._lay_out()
        EnterKey(self)
        self._watch = IdleWatch(kit.clock, self)
        self._watch.warned.connect(self._warn_of_lock)
        self._watch.stayed.connect(lambda: self.strip.say(""))
        self._watch.expired.connect(self._lock_when_idle)
        # Nobody was away for the hours that a clock jumps.
        self.clock_notice.followed.connect(self._watch_touch)
        self.numbing = NumbingWatch(kit, self.alarms, self)
        self._shortcuts()

    def show_fitting(self) -> None:
        """Show the window; where the usual size and a frame do not fit on the screen, as large as the screen."""
        room = self.screen().availableGeometry()
        fitting = QSize(*USUAL_SIZE).boundedTo(room.size())
        if fitting.width() == USUAL_SIZE[0] and room.height() >= USUAL_SIZE[1] + FRAME_HEIGHT:
            self.show()
            return
        # What arranges windows may take no notice of "maximised", or be missing: the size is right without it too.
        self.resize(fitting)
        self.move(room.topLeft())
        self.showMaximized()

    def _lay_out(self) -> None:
        tr = self.kit.tr
        middle = QWidget()
        middle.setProperty("ground", "true")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.watermark = Notice(self.kit.theme, "hold", icon="info", slim=True)
        self.watermark.setProperty("surface", "demo")
        self.watermark.say(tr("Demo clinic – nothing here is real") if self._demo else "")
        column.addWidget(self.watermark)
        self.clock_notice = ClockNotice(self.kit)
        column.addWidget(self.clock_notice)
        self.alarms = AlarmBar(self.kit.theme, tr)
        self.alarms.visit_wanted.connect(self._to_visit)
        column.addWidget(self.alarms)
        self._pages = QStackedWidget()
        column.addWidget(self._pages, 1)
        self.strip = Notice(self.kit.theme, "hold", tr("Stay"), icon="lock")
        self.strip.answered.connect(self._watch_touch)
        self.strip.hide()
        column.addWidget(self.strip)
        self.setCentralWidget(middle)

    def _shortcuts(self) -> None:
        for keys, action in (
            ("Ctrl+K", self._search),
            ("Ctrl+L", self.lock),
            ("Ctrl+N", self._new_visit),
            ("Alt+Left", self._back),
            ("F1", self.show_shortcuts),
        ):
            QShortcut(QKeySequence(keys), self, action)

    # the way in

    @property
    def front(self) -> Screen | None:
        """The screen before the lock: set-up, unlock or trouble; None while the clinic is open."""
        return self._front

    @property
    def work(self) -> Workplace | None:
        """The open clinic; None while it is locked."""
        return self._work

    def start(self) -> None:
        """Hold the data folder and show the way in; a folder that cannot be used is said, not raised."""
        self._enter(self._door)

    def open_desk(self, desk: Desk) -> None:
        """Show the open clinic, where it was left before it was locked."""
        from ui.main_window.routes import make_screen
        from ui.main_window.workplace import Workplace

        maker = self._make_screen or make_screen
        self._work = Workplace(self.kit, desk, self._door, maker, lockable=not self._demo)
        self._work.lock_asked.connect(self.lock)
        self._work.title_changed.connect(self._retitle)
        self._work.arrived.connect(self._arrived)
        self._pages.addWidget(self._work)
        self._pages.setCurrentWidget(self._work)
        self._drop_front()
        self._last_holder = str(desk.me.id)
        self._watch.start(0 if self._demo else self._settings.idle_minutes)
        resume, self._resume = self._resume, ()
        self._work.resume(resume)
        self.numbing.watch(desk)
        self.clock_notice.watch(desk)

    def lock(self) -> bool:
        """Save, close the database, forget every screen, and ask for a passphrase; False when something stays open."""
        return self._lock(ask=True)

    def _lock(self, *, ask: bool) -> bool:
        if self._work is None or self._demo:
            return False
        if not (self._work.leave() if ask else self._work.keep()):
            if not (ask and self._work.chose_to_stay()):
                self.strip.say(self.kit.tr("Not locked: something here is not saved yet."), "hold")
            return False
        self._resume = self._work.routes()
        self._close_desk()
        self._enter(self._door)
        return True

    def show_front(self, screen: Screen) -> None:
        """Show a screen that stands before the lock."""
        self._drop_front()
        self._front = screen
        self._pages.addWidget(screen)
        self._pages.setCurrentWidget(screen)
        self.setWindowTitle(PROGRAM)
        screen.activate()

    def _enter(self, door: Door) -> None:
        try:
            door.enter()
            new = door.is_new
            holders = () if new else door.tiles()
        except Fault as fault:
            self._show_trouble(fault, door)
            return
        self._door = door
        self.use_settings(read_settings(door.folder.settings))
        if new:
            self._show_setup()
        else:
            self._show_unlock(holders)

    def _show_setup(self) -> None:
        from ui.screens.setup.screen import SetupScreen

        screen = SetupScreen(self.kit, self._door)
        screen.set_up.connect(self.open_desk)
        screen.folder_asked.connect(self._move_setup)
        self.show_front(screen)

    def _move_setup(self, folder: Path) -> None:
        from ui.screens.setup.screen import SetupScreen

        setup = self._front
        if not isinstance(setup, SetupScreen) or folder == self._door.folder.root:
            return
        other = self._open_door(folder)
        try:
            other.enter()
            new = other.is_new
        except Fault as fault:
            other.leave()
            setup.show_problem(fault)
            return
        self._door.leave()
        self._door = other
        if new:
            setup.use_door(other)
        else:
            self._enter(other)

    def _show_unlock(self, holders: tuple[KeyHolder, ...]) -> None:
        from ui.screens.unlock.screen import UnlockScreen

        screen = UnlockScreen(self.kit, self._door, holders, self._last_holder)
        screen.unlocked.connect(self.open_desk)
        screen.troubled.connect(lambda fault: self._show_trouble(fault, self._door))
        self.show_front(screen)

    def _show_trouble(self, fault: Fault, door: Door) -> None:
        from ui.screens.trouble.screen import TroubleScreen

        door.leave()
        self._door = door
        screen = TroubleScreen(self.kit, fault, door.folder.root)
        screen.retry_asked.connect(lambda: self._enter(self._door))
        screen.folder_asked.connect(self._choose_folder)
        screen.quit_asked.connect(self.close)
        self.show_front(screen)

    def _choose_folder(self) -> None:
        chosen = self.kit.dialogs.folder_path(self, self.kit.tr("Choose the clinic's folder"))
        if chosen is not None:
            self._enter(self._open_door(chosen))

    def _drop_front(self) -> None:
        if self._front is not None:
            discard(self._front)
            self._front = None

    # while it is open

    def use_settings(self, settings: Settings) -> None:
        """Wear the look of ``settings`` and lock after its minutes."""
        before, self._settings = self._settings, settings
        if (before.scheme, before.text_percent) != (settings.scheme, settings.text_percent):
            self.kit.theme.use(_TOKENS[settings.scheme], settings.text_percent / 100)
        if self._work is not None:
            self._work.forget_others()
            self._watch.start(0 if self._demo else settings.idle_minutes)

    def show_shortcuts(self) -> None:
        """Say which keys do what."""
        from ui.toolkit.boxes import QuestionBox

        tr = self.kit.tr
        lines = (
            tr("Ctrl+K – find a client"),
            tr("Ctrl+N – new visit"),
            tr("Ctrl+L – lock"),
            tr("Alt+Left – back"),
            tr("Enter – next field, or the button that is framed; Tab and Shift+Tab – forward and back"),
            tr("Ctrl+Enter – next step of the visit, Ctrl+Shift+Enter – step back"),
            tr("F8 – pass done"),
            tr("Ctrl+Z – take back what was just done, while it is offered"),
            tr("F1 – this list"),
        )
        box = QuestionBox(self.kit.theme, self, tr("Keys"), "\n".join(lines), icon="keypad")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.add_choice(tr("Close"), "primary", accepts=True).setFocus()
        box.open()

    def _search(self) -> None:
        if self._work is not None:
            self._work.go(ToClients())

    def _new_visit(self) -> None:
        if self._work is not None:
            self._work.go(self._work.visit_here())

    def _back(self) -> None:
        if self._work is not None:
            self._work.back()

    def _to_visit(self, visit: UUID, entry: str) -> None:
        if self._work is None:
            return
        self._work.go(ToSession(visit))
        screen = self._work.screen_now
        if screen is not None:
            screen.show_entry(entry)

    def _retitle(self, title: str) -> None:
        self.setWindowTitle(f"{title} · {PROGRAM}" if title else PROGRAM)

    def _arrived(self, screen: Screen) -> None:
        changed = getattr(screen, "settings_changed", None)
        if changed is not None:
            changed.connect(self.use_settings, Qt.ConnectionType.UniqueConnection)

    def _warn_of_lock(self, seconds: int) -> None:
        text = "Nobody has touched NeedleLog for a while: it locks in {count} s."
        self.strip.say(self.kit.tr(text, count=seconds), "hold")

    def _watch_touch(self) -> None:
        self._watch.touch()
        self.strip.say("")

    def _lock_when_idle(self) -> None:
        self.strip.say("")
        modal = QApplication.activeModalWidget()
        if modal is not None:
            # An open question gets its safe answer first, and the code that asked it runs on before the lock.
            modal.close()
            self._watch.again()
            return
        # A question that nobody answers would keep the clinic open.
        if not self._lock(ask=False):
            self._watch.start(self._settings.idle_minutes)

    # the end

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_focus(self, forward) or super().focusNextPrevChild(forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self._close_desk()
        self.numbing.stop()
        self.kit.tasks.drain()
        self._door.leave()
        event.accept()

    def _may_close(self) -> bool:
        if self._work is None or self._work.leave():
            return True
        return not self._work.chose_to_stay() and self._leave_anyway()

    def _leave_anyway(self) -> bool:
        tr = self.kit.tr
        return self.kit.dialogs.ask(
            self,
            tr("Something could not be saved"),
            tr("If you close now, the last change on this page is lost."),
            tr("Close anyway"),
            tr("Stay"),
            danger=True,
        )

    def _close_desk(self) -> None:
        self._watch.stop()
        self.strip.say("")
        if self._work is None:
            return
        _forget_copied()
        self.numbing.locked()
        self.clock_notice.locked()
        self.kit.tasks.drain()
        work, self._work = self._work, None
        discard(work)
        work.desk.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted and self._front is not None:
            self._was_painted = True
            self.painted.emit()


def _forget_copied() -> None:
    """Take out of the clipboard what was copied here; what another program put there stays."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
