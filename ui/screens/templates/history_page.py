"""Every version of the clinic's own wording: who kept it when and why, what changed with it, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from needlelog.documents.sheet_texts import SheetTexts
from needlelog.domain.own_texts import OwnTextsVersion
from needlelog.i18n import Words
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.difference_view import DifferenceView
from ui.widgets.phrases import moment_text
from ui.widgets.scroll_column import ScrollColumn, growing

SHIPPED = 0
"""The number by which one goes back to the texts as they came with the program."""


class HistoryPage(ScrollColumn):
    """``back_asked`` carries the number of a version that is to count again; ``left`` goes back to the texts."""

    back_asked = Signal(int)
    left = Signal()

    def __init__(self, kit: Kit, zone: str) -> None:
        super().__init__(kit.tr("Versions"), margins=(0, 0, SPACE, 2 * SPACE))
        self._kit = kit
        self._zone = zone
        self.ways: dict[int, QPushButton] = {}
        self.differences: dict[int, list[DifferenceView]] = {}

    def show_versions(
        self,
        versions: Sequence[OwnTextsVersion],
        shipped: SheetTexts,
        names: Mapping[str, str],
        *,
        current: int,
        right_to_left: bool,
    ) -> None:
        """Show ``versions``, the newest first; ``names`` are those of the texts by key, ``current`` is what counts."""
        self.empty()
        tr, theme = self._kit.tr, self._kit.theme
        self.ways, self.differences = {}, {}
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(tr("Versions"), "title"), 1)
        self.back = button(theme, tr("Back to the texts"), "secondary", "back")
        self.back.clicked.connect(self.left)
        row.addWidget(self.back)
        self.add(growing(head))
        for place, version in enumerate(versions):
            before = versions[place + 1] if place + 1 < len(versions) else None
            card = self._card(version, current)
            changed = changed_texts(before, version, shipped)
            self._tell_changes(card, version.number, changed, names, right_to_left=right_to_left)
            self.add(growing(card))
        self.add(growing(self._shipped_card(shipped, current)))
        self.verticalScrollBar().setValue(0)

    def _card(self, version: OwnTextsVersion, current: int) -> Card:
        tr, number = self._kit.tr, version.number
        title = (
            tr("Version {number}, in use", number=number)
            if number == current
            else tr("Version {number}", number=number)
        )
        way = None if number == current else self._way(number, tr("Go back to version {number}", number=number))
        card = Card(title, way)
        card.body.setSpacing(SPACE)
        when = f"{moment_text(version.at, self._zone)}  ·  {version.by}"
        card.add(label(when, "body", muted=True, wrap=True))
        if version.reason:
            card.add(label(tr("Reason: {reason}", reason=version.reason), "body", wrap=True))
        if version.reviewed_by:
            card.add(label(tr("Reviewed by {name}", name=version.reviewed_by), "body", wrap=True))
        return card

    def _tell_changes(
        self,
        card: Card,
        number: int,
        changed: Mapping[str, tuple[str, str]],
        names: Mapping[str, str],
        *,
        right_to_left: bool,
    ) -> None:
        tr = self._kit.tr
        self.differences[number] = []
        if not changed:
            card.add(label(tr("The same texts as before."), "body", muted=True))
        for key, (old, new) in changed.items():
            held = QWidget()
            column = QVBoxLayout(held)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2)
            column.addWidget(label(told_of(tr, names.get(key, key), old, new), "strong", wrap=True))
            # What was left out is told whole: the words of a rule are what one looks for.
            view = DifferenceView(self._kit.theme, tr, right_to_left=right_to_left)
            view.show_difference(old, new)
            self.differences[number].append(view)
            column.addWidget(view)
            card.add(held)

    def _shipped_card(self, shipped: SheetTexts, current: int) -> Card:
        tr = self._kit.tr
        way = self._way(SHIPPED, tr("Go back to the shipped wording")) if current else None
        title = tr("As shipped") if current else tr("As shipped, in use")
        card = Card(title, way)
        card.add(label(tr("Version {version} of the shipped texts.", version=shipped.version), "body", muted=True))
        return card

    def _way(self, number: int, name: str) -> QPushButton:
        made = button(self._kit.theme, self._kit.tr("Go back to this"), "secondary", "undo")
        made.setAccessibleName(name)
        made.clicked.connect(self._asker(number))
        self.ways[number] = made
        return made

    def _asker(self, number: int) -> Callable[[], None]:
        return lambda: self.back_asked.emit(number)


def changed_texts(
    before: OwnTextsVersion | None, after: OwnTextsVersion, shipped: SheetTexts
) -> dict[str, tuple[str, str]]:
    """What stood there and what stands there now, by the keys of what changed, in the order of the paper."""
    old, new = before.texts if before else {}, after.texts
    # What was worded anew came in the place of what was shipped then, as far as that was kept.
    then = {**shipped.texts, **((before.base if before else None) or {}), **(after.base or {})}
    told = ((key, old.get(key, then[key]), new.get(key, then[key])) for key in shipped.texts)
    return {key: (was, now) for key, was, now in told if was != now}


def told_of(tr: Words, name: str, old: str, new: str) -> str:
    """The text by its name, and whether it went or came as a whole."""
    if not new:
        return tr("Left out: {name}", name=name)
    return tr("Put back: {name}", name=name) if not old else name
