"""What is said of the last scan, above the page: one sentence, at most one way on, and a way to close it."""

from __future__ import annotations

from collections.abc import Callable

from needlelog.i18n import Words
from ui.toolkit.plain import caption
from ui.toolkit.theme import Theme
from ui.widgets.notice import Notice


class ScanNotice(Notice):
    """Hidden while there is nothing to say of a scan."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, "hold")
        self._on: Callable[[], None] | None = None
        self.way_on = self.add_verb("", "secondary")
        self.way_on.clicked.connect(self._go_on)
        self.close_it = self.add_verb(words("Close"), "quiet")
        self.close_it.clicked.connect(self.quiet)

    def say(self, text: str, tone: str | None = None, verb: str = "", way_on: Callable[[], None] | None = None) -> None:
        """Say this; ``verb`` names what a tap on the first button does."""
        self._on = way_on
        self.way_on.setText(caption(verb))
        self.way_on.setAccessibleName(verb)
        self.way_on.setVisible(bool(verb))
        super().say(text, tone)

    def quiet(self) -> None:
        """There is nothing more to say."""
        self.say("")

    def _go_on(self) -> None:
        way_on, self._on = self._on, None
        self.quiet()
        if way_on is not None:
            way_on()
