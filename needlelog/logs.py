"""Notes about bugs for whoever mends them: where in the program, never what was in the data."""

from __future__ import annotations

import contextlib
import platform
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from needlelog import __version__
from needlelog.errors import Fault
from needlelog.files import make_private, write_whole

FILE = "bugs.txt"
SIZE_LIMIT = 256 * 1024
"""The oldest notes go when the file would become longer, in bytes."""


def bug_note(kind: type[BaseException], trace: TracebackType | None, at: datetime) -> str:
    """Type and places of an error. Its message is left out: it may quote what was typed."""
    frames = traceback.extract_tb(trace)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
    head = f"{at.isoformat(timespec='seconds')} NeedleLog {__version__} Python {platform.python_version()}"
    return "\n".join([head, f"{kind.__module__}.{kind.__qualname__}", *places, ""])


def fault_note(fault: Fault, at: datetime) -> str:
    """A fault of the program's own files that was got round, with the values that name its place."""
    head = f"{at.isoformat(timespec='seconds')} NeedleLog {__version__} Python {platform.python_version()}"
    values = ", ".join(f"{name} {value}" for name, value in fault.values.items())
    return "\n".join([head, f"{fault.code.value}: {values}", ""])


def note_bug(folder: Path, note: str) -> Path | None:
    """Add ``note`` to the file of bugs in ``folder``; None when even that could not be written."""
    path = folder / FILE
    with contextlib.suppress(Fault, OSError):
        make_private(folder)
        before = path.read_bytes() if path.exists() else b""
        write_whole(path, (before + note.encode() + b"\n")[-SIZE_LIMIT:])
        return path
    return None
