"""The program as a process: what it loads before it is seen, and how it says that it cannot start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.frames import make_clinic

ROOT = Path(__file__).resolve().parents[2]

FIRST_PAINT = """
import gc
import linecache
import sys
gc.disable()
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit
from ui.application import Program, make_application
app = make_application()
program = Program(app, Path(sys.argv[1]))
def painted():
    heavy = "sqlmodel sqlalchemy sqlcipher3 pydantic cryptography alembic reportlab pypdfium2 PIL".split()
    print(sorted(set(heavy) & set(sys.modules)), isinstance(app.focusWidget(), QLineEdit))
    # Behind what the program itself sends to the worker after its first picture.
    QTimer.singleShot(0, lambda: program.kit.tasks.run(lambda: None, lambda _: loaded(), print))
def loaded():
    print("sqlmodel" in sys.modules, gc.isenabled(), [name for name in linecache.cache if "sqlalchemy" in name])
    program.window.close()
    app.quit()
program.window.painted.connect(painted)
program.start()
app.exec()
program.close()
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**kept, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_nothing_heavy_is_loaded_before_the_unlock_screen_is_painted(tmp_path: Path) -> None:
    """And afterwards it is, without the sources of it all being kept, and memory is collected again."""
    make_clinic(tmp_path / "clinic")
    done = run("-c", FIRST_PAINT, str(tmp_path / "clinic"), QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))
    assert done.stdout.splitlines() == ["[] True", "True True []"], done.stderr


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "There is no display"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "There is no display"),
        ({"DISPLAY": ":4711"}, "There is no display"),
        ({"QT_QPA_PLATFORM": "nosuch"}, "libqnosuch.so"),
    ],
)
def test_a_missing_display_is_one_sentence_and_no_abort(environment: dict[str, str], said: str, tmp_path: Path) -> None:
    for arguments in (("--demo",), ("--data-dir", str(tmp_path / "clinic"))):
        done = run("main.py", *arguments, **environment)
        assert done.returncode == 2
        assert said in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "clinic").exists()


def test_help_and_version_need_no_display() -> None:
    assert "--data-dir" in run("main.py", "--help").stdout
    assert run("main.py", "--version").stdout.startswith("NeedleLog ")


END = """
import os, signal, sys, tempfile
from pathlib import Path
from PySide6.QtCore import QTimer
from ui.application import Program, make_application
app = make_application()
program = Program(app, Path(sys.argv[1]))
program.window.painted.connect(lambda: QTimer.singleShot(200, lambda: os.kill(os.getpid(), signal.SIGTERM)))
program.start()
print(app.exec())
program.close()
"""


def test_a_request_to_end_closes_the_window_and_lets_the_folder_go(tmp_path: Path) -> None:
    make_clinic(tmp_path / "clinic")
    done = run("-c", END, str(tmp_path / "clinic"), QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))
    assert done.stdout.strip() == "0", done.stderr
    assert done.returncode == 0
    assert (tmp_path / "clinic" / "clinic.lock").read_bytes() == b""
