"""What every screen is handed: the look, the words, the workers, the dialogs and the time."""

from __future__ import annotations

from dataclasses import dataclass

from needlelog.clock import Clock
from needlelog.i18n import Words
from ui.toolkit.dialogs import Dialogs
from ui.toolkit.tasks import Tasks
from ui.toolkit.theme import Theme


@dataclass(frozen=True, slots=True)
class Kit:
    """The doors of the window; made once by the application, by fakes in tests."""

    theme: Theme
    tr: Words
    tasks: Tasks
    dialogs: Dialogs
    clock: Clock
    pause_s: float = 0.0
    """For so many seconds after a record was made, a further tap is taken for the same one; 0 takes each for itself."""
