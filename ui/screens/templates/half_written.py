"""Wording that is half-written: made durable while somebody writes, and there again after a lock or a lost program."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from needlelog.domain.own_texts import OwnTextsDraft
from needlelog.errors import Fault
from needlelog.i18n import Words
from ui.screens.templates.contents import listed
from ui.screens.templates.workbench import Workbench
from ui.toolkit.kit import Kit
from ui.widgets.notice import Notice
from ui.widgets.phrases import moment_text

PAUSE_MS = 250
"""What is written reaches the disk this long after the last key."""

MOST_MS = 2000
"""And at the latest this long after the first one that is not there yet; what the disk refused is tried as often."""

MOST_NAMED = 3
"""Lines; the others are counted."""


class HalfWritten(QObject):
    """What is being written on the paper that is open. ``settled`` comes when the disk took it, or did not."""

    settled = Signal()

    def __init__(self, kit: Kit, zone: str, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._zone = zone
        self._bench: Workbench | None = None
        self.saved_at: datetime | None = None
        """When the disk took all that is being written; None while it has not."""

        self.restored = Notice(kit.theme, "accent", icon="history")
        self.refused = Notice(kit.theme, "stop")
        self._since = QElapsedTimer()
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.timeout.connect(self.save)

    def open(self, bench: Workbench) -> None:
        """Go on with what was being written on this paper, and say so; nothing is said where nothing was."""
        self.forget()
        self._bench = bench
        draft = bench.restore()
        if draft is not None:
            self.saved_at = draft.saved_at
            self.restored.say(restored_told(self._kit.tr, bench, draft, self._zone))

    def take_along(self, bench: Workbench) -> None:
        """Go on with what the disk refused when the clinic was locked."""
        self._bench = bench
        self.changed()

    def changed(self) -> None:
        """Something was written that is not on the disk yet; whoever goes on writing has seen what came back."""
        self.saved_at = None
        self.restored.say("")
        if not self._since.isValid():
            self._since.start()
        if self._since.elapsed() >= MOST_MS:
            self.save()
        else:
            self._gather.start(PAUSE_MS)

    def flush(self) -> None:
        """Make durable now what waits."""
        if self._gather.isActive():
            self.save()

    def save(self) -> None:
        """Make what is being written durable; what the disk does not take stays here, and it is tried again."""
        self._gather.stop()
        self._since.invalidate()
        if self._bench is None:
            return
        tr = self._kit.tr
        try:
            draft = self._bench.save_draft()
        except Fault as fault:
            self.saved_at = None
            self.refused.say(tr("What you are writing is not saved yet. {fault}", fault=str(tr.fault(fault))))
            self._gather.start(MOST_MS)
        else:
            self.saved_at = draft.saved_at if draft is not None else None
            self.refused.say("")
        self.settled.emit()

    def forget(self) -> None:
        """It was put to use, or thrown away: nothing waits any more, and nothing is to be said of it."""
        self._gather.stop()
        self._since.invalidate()
        self.saved_at = None
        self.restored.say("")
        self.refused.say("")


def restored_told(tr: Words, bench: Workbench, draft: OwnTextsDraft, zone: str) -> str:
    """That ``draft`` is back, what it changes, and what has come since that it does not know of."""
    names = bench.changed()
    named = listed(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        named = tr("{names} and {count} more", names=named, count=len(names) - MOST_NAMED)
    when = moment_text(draft.saved_at, zone)
    said = [tr("What you were writing on {when} is back, and not in use yet: {names}.", when=when, names=named)]
    number = bench.current.number if bench.current is not None else 0
    if draft.beside != number:
        before, now = version_told(tr, draft.beside), version_told(tr, number)
        told = tr(
            "It was begun on {before}, and now {now} is in use: look at that under “Versions” first.",
            before=before,
            now=now,
        )
        said.append(told)
    shipped = bench.wording.shipped.version
    if draft.shipped != shipped:
        told = tr(
            "The shipped texts have changed since, from version {before} to {now}.", before=draft.shipped, now=shipped
        )
        said.append(told)
    return " ".join(said)


def version_told(tr: Words, number: int) -> str:
    """A version by its number, 0 for the shipped texts, within a sentence."""
    return tr("version {number}", number=number) if number else tr("the shipped wording")
