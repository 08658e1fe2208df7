"""One start of the real program in a process of its own: ``python -m tests.e2e.child SCENARIO JSON``.

It prints one JSON object a line: what the screen says is saved. The process that started it may kill it after any.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from tests.e2e.driver import Person, leave
from ui.application import Program, make_application, protect_process

Scenario = Callable[[Person, dict[str, Any]], None]
MODULES = (
    "tests.e2e.visit_scenarios",
    "tests.e2e.keyboard_scenarios",
    "tests.e2e.clinic_scenarios",
    "tests.e2e.plug_scenarios",
    "tests.e2e.asking_scenarios",
    "tests.e2e.repeat_scenarios",
    "tests.e2e.paper_scenarios",
    "tests.e2e.wording_scenarios",
)


class ChairClock:
    """Time at the chair: runs from a given moment, jumps on when told to. A slow one makes every save slow."""

    def __init__(self, start: datetime, slow_s: float = 0) -> None:
        self._start = start
        self._began = time.monotonic()
        self._slow_s = slow_s

    def now(self) -> datetime:
        """The moment, UTC."""
        if self._slow_s:
            end = time.monotonic() + self._slow_s
            while time.monotonic() < end:
                pass
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def pass_(self, **span: float) -> None:
        """Let time go by."""
        self._start += timedelta(**span)


def say(**facts: Any) -> None:
    """One line to whoever watches."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def _scenario(name: str) -> Scenario:
    for module in MODULES:
        found = getattr(import_module(module), name, None)
        if found is not None:
            made: Scenario = found
            return made
    raise LookupError(name)


def _cut_the_cable() -> None:
    """Whatever wants to talk to anyone ends this process."""

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and arguments[0].family != socket.AF_UNIX:
            leave(f"something wanted to talk to {arguments[1]}")

    sys.addaudithook(heard)


def main() -> int:
    """Start the program and let the person of the scenario work in it."""
    name, given = sys.argv[1], json.loads(sys.argv[2])
    from tests.desks import CHEAP

    protect_process()
    _cut_the_cable()
    # A disk with little left: files cannot grow beyond this many bytes.
    if "file_bytes" in given:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (given["file_bytes"], resource.RLIM_INFINITY))
    start = datetime.fromisoformat(given["now"]) if "now" in given else datetime.now(UTC)
    clock = ChairClock(start, given.get("slow_s", 0))
    application = make_application()
    program = Program(application, Path(given["folder"]), clock=clock, cost=CHEAP)
    person = Person(application, program)
    code = 0

    def work() -> None:
        nonlocal code
        try:
            person.until(program.window.isActiveWindow, "an active window")
            _scenario(name)(person, given)
            say(at="end")
        except BaseException:  # noqa: BLE001 - the report of a failed scenario
            traceback.print_exc()
            sys.stderr.flush()
            code = 3
            os._exit(code)
        program.close()
        application.quit()

    program.start()
    program.window.activateWindow()
    QTimer.singleShot(0, work)
    application.exec()
    return code


if __name__ == "__main__":
    sys.exit(main())
