"""From the start of the process to an unlock screen one can type into, against a bare PySide6 window;
and from the right passphrase to the client list, against bare sqlmodel and one SQLCipher query.

Run: ``python -m tests.benchmarks.bench_start``. Compiled modules are kept in a folder of its own and one run of each is
not counted, so that it measures a program that was started before, also where Python may write no ``__pycache__``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.desks import CHEAP, StandingClock, a_door, set_up_desk

ROUNDS = 15
ROOT = Path(__file__).resolve().parents[2]

BARE_WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        sys.stdout.write("painted")
        sys.stdout.flush()
        sys.exit(0)
app = QApplication([])
window = Window()
window.setCentralWidget(QLineEdit())
window.show()
app.exec()
"""

OURS = """
import gc
import sys
from needlelog.cli import read_arguments
request = read_arguments(["--data-dir", sys.argv[1]])
gc.disable()
from PySide6.QtWidgets import QLineEdit
from ui.application import Program, make_application
app = make_application()
program = Program(app, request.data_dir)
def painted():
    assert isinstance(app.focusWidget(), QLineEdit) and app.focusWidget().isEnabled()
    sys.stdout.write("painted")
    sys.stdout.flush()
    sys.exit(0)
program.window.painted.connect(painted)
program.start()
app.exec()
"""

BARE_QUERY = """
import sys
from time import perf_counter
start = perf_counter()
from sqlmodel import Field, Session, SQLModel, create_engine, select
import sqlcipher3.dbapi2 as sqlcipher
class Row(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
def connect():
    made = sqlcipher.connect(sys.argv[1], check_same_thread=False)
    made.execute("PRAGMA key = \\"x'" + "11" * 32 + "'\\"")
    return made
engine = create_engine("sqlite://", module=sqlcipher, creator=connect)
SQLModel.metadata.create_all(engine)
with Session(engine) as session:
    session.exec(select(Row)).all()
sys.stdout.write(str(perf_counter() - start))
"""

OUR_LIST = """
import sys
from pathlib import Path
from time import perf_counter
from PySide6.QtCore import QTimer
from needlelog.bootstrap import door, words
from tests.desks import CHEAP, PASSPHRASE
from ui.application import Program, make_application
from ui.toolkit.screen import ToClients
app = make_application()
program = Program(app, Path(sys.argv[1]), cost=CHEAP)
window = program.window
started = []
def enter():
    program.kit.tasks.drain()
    started.append(perf_counter())
    window.front.passphrase.line.setText(PASSPHRASE)
    window.front.passphrase.line.returnPressed.emit()
    program.kit.tasks.drain()
    window.work.go(ToClients())
    window.repaint()
    sys.stdout.write(str(perf_counter() - started[0]))
    sys.stdout.flush()
    program.close()
    app.quit()
window.painted.connect(lambda: QTimer.singleShot(0, enter))
program.start()
app.exec()
"""


def _run(compiled: Path, code: str, *arguments: str) -> tuple[float, str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    start = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read(1)
        seconds = perf_counter() - start
        said += process.stdout.read()
    return seconds, said


def _pairs(one: Callable[[int], float], other: Callable[[int], float]) -> tuple[float, float]:
    """The middle of the first in seconds and of its ratio to the other; they take turns, so that a busy machine slows
    both alike, and the first turn of each is not counted."""
    turns = [(one(number), other(number)) for number in range(ROUNDS + 1)][1:]
    return median(first for first, _ in turns), median(first / second for first, second in turns)


def main() -> None:
    """Print both ratios."""
    with tempfile.TemporaryDirectory() as folder:
        clinic, compiled = Path(folder) / "clinic", Path(folder) / "compiled"
        door = a_door(clinic, StandingClock())
        set_up_desk(door).close()
        door.leave()
        took, ratio = _pairs(
            lambda _: _run(compiled, OURS, str(clinic))[0],
            lambda _: _run(compiled, BARE_WINDOW)[0],
        )
        print(f"typable unlock screen: {took * 1000:.0f} ms, {ratio:.2f} bare windows (aim 1.5)")
        took, ratio = _pairs(
            lambda _: float(_run(compiled, OUR_LIST, str(clinic))[1]),
            lambda number: float(_run(compiled, BARE_QUERY, str(Path(folder) / f"bare{number}.db"))[1]),
        )
        print(
            f"passphrase to client list (keys at {CHEAP.memory_kib} KiB): {took * 1000:.0f} ms, "
            f"{ratio:.2f} of bare sqlmodel and one query (aim 2.0)"
        )


if __name__ == "__main__":
    main()
