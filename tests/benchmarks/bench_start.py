"""From the start of the process to an unlock screen one can type into, against a bare PySide6 window;
and from the right passphrase to the client list, against bare sqlmodel and one SQLCipher query.

Run: ``python -m tests.benchmarks.bench_start``
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.desks import CHEAP, StandingClock, a_door, set_up_desk

ROUNDS = 9
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
import sys
from pathlib import Path
from PySide6.QtWidgets import QLineEdit
from ui.application import Program, make_application
app = make_application()
program = Program(app, Path(sys.argv[1]))
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


def _run(code: str, *arguments: str) -> tuple[float, str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
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


def main() -> None:
    """Print both ratios; the runs take turns, so that a busy machine slows both alike."""
    with tempfile.TemporaryDirectory() as folder:
        clinic = Path(folder) / "clinic"
        door = a_door(clinic, StandingClock())
        set_up_desk(door).close()
        door.leave()
        bare, ours = [], []
        for _ in range(ROUNDS):
            bare.append(_run(BARE_WINDOW)[0])
            ours.append(_run(OURS, str(clinic))[0])
        print(f"typable unlock screen: {median(ours) * 1000:.0f} ms, {median(ours) / median(bare):.2f} bare windows")
        bare, ours = [], []
        for number in range(ROUNDS):
            bare.append(float(_run(BARE_QUERY, str(Path(folder) / f"bare{number}.db"))[1]))
            ours.append(float(_run(OUR_LIST, str(clinic))[1]))
        print(
            f"passphrase to client list (keys at {CHEAP.memory_kib} KiB): {median(ours) * 1000:.0f} ms, "
            f"{median(ours) / median(bare):.2f} of bare sqlmodel and one query"
        )


if __name__ == "__main__":
    main()
