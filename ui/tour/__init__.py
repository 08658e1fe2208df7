"""The tour: the real window led through a first run and a whole visit, photographed screen by screen.

It clicks, types and draws as a person does and calls no service, so it shows, and tries, what a practitioner gets.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FAILED = 1


def run_tour(folder: Path) -> int:
    """Lead the tour and save its pictures and papers into ``folder``; 0 only when every step of it worked.

    Where there is no display it works without one. What went wrong is said in one sentence on stderr.
    """
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.tour.route import lead

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lead(folder, _say)
    except Exception as error:  # noqa: BLE001 - whatever it was, the tour did not work, and that is the answer
        sys.stderr.write(f"The tour stopped: {_in_words(error)}\n")
        return FAILED
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _in_words(error: BaseException) -> str:
    from needlelog.bootstrap import words
    from needlelog.errors import Fault
    from ui.tour.faults import TourStopped

    if isinstance(error, Fault):
        return str(words().fault(error))
    return str(error) if isinstance(error, TourStopped | OSError) else f"{type(error).__name__}: {error}"
