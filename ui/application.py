"""Starts the window: the process made safe, Qt, the look, the doors, and what happens when there is a bug."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from needlelog.bootstrap import door as make_door
from needlelog.bootstrap import words
from needlelog.cli import Request
from needlelog.clock import Clock, SteadyClock
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Sentence
from needlelog.services.door import Door
from needlelog.vault.key_file import Cost
from ui.main_window.window import PROGRAM, MainWindow
from ui.toolkit.dialogs import Dialogs
from ui.toolkit.kit import Kit
from ui.toolkit.plain import PlainText
from ui.toolkit.screen import ToClients, ToToday
from ui.toolkit.screen_fonts import lend_fonts
from ui.toolkit.tasks import Tasks
from ui.toolkit.theme import Theme

if TYPE_CHECKING:
    import socket

    from needlelog.services.desk import Desk

PAUSE_S = 1.0
"""No pass over any zone is done within a second of the one before."""
DEMO_COST = Cost(memory_kib=64, passes=1, lanes=1)
"""The made-up clinic has no secret to keep."""
_PR_SET_DUMPABLE = 4
_ENDS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))


def run(request: Request) -> int:
    """Do what was asked for; returns the exit code, raises ``Fault`` for what stands in the way of a window."""
    protect_process()
    if request.tour is not None:
        gc.enable()
        from ui.tour import run_tour

        return run_tour(request.tour)
    check_platform()
    application = make_application()
    with contextlib.ExitStack() as held:
        folder = request.data_dir
        if request.demo:
            import tempfile

            # The system's own rights keep this folder for this user alone; it goes with the window.
            folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="needlelog-demo-"))) / "clinic"
        program = Program(application, folder, demo=request.demo)
        held.callback(program.close)
        program.start()
        return application.exec()


def protect_process() -> None:
    """New files for this user alone, and no image of the memory on disk after a crash."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        # A system that collects crashes through a pipe does not ask for that limit; this also keeps other programs of
        # the same user from reading the memory.
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def make_application() -> QApplication:
    """The Qt application, with sharp text at every screen scale."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application runs already")
    application.setApplicationName(PROGRAM)
    application.setApplicationDisplayName(PROGRAM)
    application.setDesktopFileName("needlelog")
    if not QFontDatabase.families():
        lend_fonts()
    return application


class Program:
    """The window with everything it is handed; ``start`` shows it, ``close`` ends the workers."""

    def __init__(
        self,
        application: QApplication,
        folder: Path | None,
        *,
        clock: Clock | None = None,
        cost: Cost | None = None,
        demo: bool = False,
    ) -> None:
        self._application = application
        self._clock = clock or SteadyClock()
        self._cost = DEMO_COST if demo else cost
        self._demo = demo
        self._telling = False
        tr = words()
        theme = Theme(application)
        dialogs = Dialogs(theme, tr)
        self.kit = Kit(theme, tr, Tasks(), dialogs, self._clock, pause_s=PAUSE_S)
        self.door = self._door_of(folder)
        self.window = MainWindow(self.kit, self.door, self._door_of, demo=demo)
        self.window.painted.connect(self._warm_up)
        self._former_hook = sys.excepthook
        self._wakeup: tuple[socket.socket, socket.socket, QSocketNotifier] | None = None

    def _door_of(self, folder: Path | None) -> Door:
        return make_door(folder, clock=self._clock, tr=self.kit.tr, cost=self._cost)

    def start(self) -> None:
        """Show the window; a bug from now on ends in one calm sentence."""
        sys.excepthook = self._bug
        if self._demo:
            from ui.screens.unlock.preparing import PreparingScreen

            self.window.show_front(PreparingScreen(self.kit))
        else:
            self.window.start()
        self.window.show_fitting()

    def close(self) -> None:
        """End the workers and give the process back as it was."""
        self.window.close()
        self.kit.tasks.close()
        if self._wakeup is not None:
            signal.set_wakeup_fd(-1)
            self._wakeup[2].setEnabled(False)
            for end in self._wakeup[:2]:
                end.close()
            self._wakeup = None
        sys.excepthook = self._former_hook

    def _warm_up(self) -> None:
        # After this turn of the loop, so that the painted window is on the screen before the heavy loading begins.
        QTimer.singleShot(0, self.window, self._load)

    def _load(self) -> None:
        # Not before the first picture: the first event handed to Python makes a class of every kind of event there is.
        # What stands until then is made by ``label``, which is plain by itself.
        self._application.installEventFilter(PlainText(self._application))
        lend_fonts()
        self._listen_for_the_end()
        if self._demo:
            self.door.enter()
            self.kit.tasks.run(self._made_up, self.window.open_desk, self._cannot_start)
        else:
            self.kit.tasks.run(self._load_rest, self._load_screens, self._cannot_start, owner=self.window)

    def _load_rest(self) -> None:
        from ui.toolkit.loading import give_large_blocks_back, lasting_modules

        give_large_blocks_back()
        with lasting_modules():
            self.door.warm_up()

    def _made_up(self) -> Desk:
        self._load_rest()
        from needlelog.demo import build_demo

        return build_demo(self.door, self._clock.now())

    def _load_screens(self, _: None = None) -> None:
        # The first screens behind the lock; here, because Qt's classes are best made in the thread that uses them.
        from ui.main_window.routes import screen_class

        for number, route in enumerate((ToToday, ToClients)):
            QTimer.singleShot(number, self.window, lambda wanted=route: screen_class(wanted))

    def _cannot_start(self, fault: Fault) -> None:
        self.kit.dialogs.tell(self.window, self.kit.tr.fault(fault))

    def _bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from needlelog.logs import bug_note, note_bug

        if issubclass(kind, KeyboardInterrupt):
            self.window.close()
            return
        if isinstance(error, Fault):
            self._tell_once(self.kit.tr.fault(error))
            return
        noted = note_bug(self.door.folder.logs, bug_note(kind, trace, self._clock.now()))
        tr = self.kit.tr
        where = tr("A note without any client's data is in {path}.", path=noted) if noted else ""
        what = tr("Something went wrong inside NeedleLog. What was shown as saved is safe.")
        self._tell_once(Sentence(what, where))

    def _tell_once(self, sentence: Sentence) -> None:
        if self._telling:
            return
        self._telling = True
        try:
            self.kit.dialogs.tell(self.window, sentence)
        finally:
            self._telling = False

    def _listen_for_the_end(self) -> None:
        # Python handles signals between bytecodes only: a byte through a socket wakes the Qt loop for it.
        if sys.platform == "win32":
            return
        import socket

        ours, theirs = socket.socketpair()
        for end in (ours, theirs):
            end.setblocking(False)
        signal.set_wakeup_fd(theirs.fileno())
        for number in _ENDS:
            signal.signal(number, lambda *_: None)
        notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, self.window)

        def heard() -> None:
            with contextlib.suppress(OSError):
                ours.recv(64)
            # Whoever asks twice is not kept waiting.
            for number in _ENDS:
                signal.signal(number, signal.SIG_DFL)
            modal = QApplication.activeModalWidget()
            if modal is not None:
                modal.close()
            self.window.close()

        notifier.activated.connect(heard)
        self._wakeup = (ours, theirs, notifier)


def check_platform(environment: dict[str, str] | None = None) -> None:
    """Raise ``Fault`` (NO_DISPLAY, SYSTEM_LIBRARY_MISSING) for what would otherwise end in Qt's abort."""
    environment = dict(os.environ) if environment is None else environment
    asked = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if sys.platform != "linux" or asked in ("offscreen", "minimal"):
        return
    name = asked or ("wayland" if _wayland_answers(environment) else "xcb")
    plugin = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms" / f"libq{name}.so"
    if not plugin.exists():
        if name == "wayland" and not asked:
            plugin = plugin.with_name("libqxcb.so")
            name = "xcb"
        else:
            raise Fault(FaultCode.SYSTEM_LIBRARY_MISSING, name=plugin.name)
    load(plugin)
    if name == "xcb" and not _x_answers():
        raise Fault(FaultCode.NO_DISPLAY)


def load(plugin: Path) -> None:
    """Load a plugin as Qt will; raises ``Fault(SYSTEM_LIBRARY_MISSING)`` with the library that is not there."""
    import ctypes

    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        raise Fault(FaultCode.SYSTEM_LIBRARY_MISSING, name=str(error).split(":")[0]) from error


def _wayland_answers(environment: dict[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    import socket

    path = Path(environment.get("XDG_RUNTIME_DIR", "/")) / name
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(str(path))
        return True
    return False


def _x_answers() -> bool:
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise Fault(FaultCode.SYSTEM_LIBRARY_MISSING, name="libxcb.so.1") from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not broken
