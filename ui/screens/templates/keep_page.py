"""Before the clinic's own wording counts: what it says less than the shipped one, why, and who has reviewed it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from needlelog.documents.weakened import Weakened
from needlelog.domain.entry import parse_reason
from needlelog.domain.own_texts import OwnTextsVersion
from needlelog.domain.text import check_line
from needlelog.domain.value import LINE_LIMIT
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.line_fields import LineField
from ui.widgets.notice import Notice
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.scroll_column import ScrollColumn, growing

REASON_LIMIT = 1000


class KeepPage(ScrollColumn):
    """What is asked before the foot's button may be pressed; ``history_asked`` wants to see what others kept.

    ``leave_out_asked`` carries the key of a text that allows what is printed as forbidden.
    """

    history_asked = Signal()
    leave_out_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.tr("Before it counts"), margins=(0, 0, SPACE, 2 * SPACE))
        self._kit = kit
        self.reason: ParagraphField[str] | None = None
        self.reviewed: LineField[str] | None = None
        self.leave: dict[str, QPushButton] = {}

    def show_step(
        self,
        changed: Sequence[str],
        weakened: Sequence[tuple[str, Weakened]],
        current: OwnTextsVersion | None,
    ) -> None:
        """Say what was ``changed``, by its names, and what is ``weakened``, and ask for what is needed."""
        self.empty()
        tr, theme = self._kit.tr, self._kit.theme
        self.add(growing(label(tr("Before it counts"), "title", wrap=True)))
        number = (current.number if current else 0) + 1
        lead = tr(
            "It becomes version {number}. Every paper made from then on has it; those already given stay as they are.",
            number=number,
        )
        self.add(growing(label(lead, "body", muted=True, wrap=True)))
        self.notice = Notice(theme, "stop")
        self.look = self.notice.add_verb(tr("See what was kept"))
        self.look.clicked.connect(self.history_asked)
        self.add(growing(self.notice))
        self.reason = self._reason_field(required=bool(weakened))
        self.reviewed = self._reviewed_field()
        if weakened:
            self.add(growing(self._weakened_card(weakened)))
        if changed:
            self.add(growing(self._changed_card(changed, reason=not weakened)))
        card = Card()
        card.add(self.reviewed)
        if current is not None and current.reviewed_by and changed:
            told = tr(
                "{name} reviewed version {number}. With other texts that no longer holds, unless it is said again.",
                number=current.number,
                name=current.reviewed_by,
            )
            card.add(label(told, "body", wrap=True))
        self.add(growing(card))
        self.verticalScrollBar().setValue(0)

    def written(self) -> tuple[str, str]:
        """The reason and who reviewed it, as they stand."""
        if self.reason is None or self.reviewed is None:
            return "", ""
        return self.reason.raw_text(), self.reviewed.raw_text()

    def write(self, reason: str, reviewed: str) -> None:
        """Go on with what stood in the two entries."""
        if self.reason is not None and self.reviewed is not None:
            self.reason.set_raw_text(reason)
            self.reviewed.set_raw_text(reviewed)

    def start(self) -> None:
        """Take the focus at what is asked for."""
        if self.reason is not None and self.reviewed is not None:
            (self.reason if self.reason.fault() is not None else self.reviewed).editor.setFocus()

    def check(self) -> tuple[str, str] | None:
        """The reason and who reviewed it, or None while one of them cannot be so; that is said at its entry."""
        if self.reason is None or self.reviewed is None:
            return None
        right = [self.reason.check(), self.reviewed.check()]
        if not all(right):
            (self.reason if not right[0] else self.reviewed).editor.setFocus()
            return None
        return self.reason.value() or "", self.reviewed.value() or ""

    def say(self, sentence: str, *, kept_meanwhile: bool = False) -> None:
        """Say why it could not be kept."""
        self.notice.say(sentence)
        self.look.setVisible(kept_meanwhile)
        self.verticalScrollBar().setValue(0)

    # the parts

    def _weakened_card(self, weakened: Sequence[tuple[str, Weakened]]) -> Card:
        tr = self._kit.tr
        card = Card(
            tr.plural(
                "One text says less than the shipped one",
                "{count} texts say less than the shipped ones",
                len(weakened),
            )
        )
        card.body.setSpacing(SPACE + SPACE // 2)
        self.leave = {}
        for name, one in weakened:
            card.add(self._told("warning", "hold", name, one.said))
            if one.kind == "turned":
                card.body.addWidget(self._way_out(name, one.key), 0, Qt.AlignmentFlag.AlignLeft)
        if self.reason is not None:
            card.add(self.reason)
        return card

    def _changed_card(self, changed: Sequence[str], *, reason: bool) -> Card:
        tr = self._kit.tr
        card = Card(tr.plural("One line changed", "{count} lines changed", len(changed)))
        card.body.setSpacing(SPACE // 2)
        for name in changed:
            card.add(self._told("edit", "accent", name, ""))
        if reason and self.reason is not None:
            card.body.addSpacing(SPACE)
            card.add(self.reason)
        return card

    def _told(self, icon: str, tint: str, name: str, said: str) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(IconMark(self._kit.theme, icon, tint, 20))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(name, "strong" if said else "body", wrap=True))
        if said:
            words.addWidget(label(said, "body", wrap=True))
        row.addLayout(words, 1)
        return held

    def _way_out(self, name: str, key: str) -> QPushButton:
        tr = self._kit.tr
        leave = button(self._kit.theme, tr("Leave it out"), "secondary", "minus")
        leave.setAccessibleName(tr("Leave it out: {name}", name=name))
        # The page is made anew by what is asked for, and with it the button that is still being pressed.
        leave.clicked.connect(lambda: self.leave_out_asked.emit(key), Qt.ConnectionType.QueuedConnection)
        self.leave[key] = leave
        return leave

    def _reason_field(self, *, required: bool) -> ParagraphField[str]:
        tr = self._kit.tr
        caption = tr("Why it says less") if required else tr("Why it was changed")

        def parse(text: str) -> str:
            return parse_reason(text, field=caption, limit=REASON_LIMIT)

        hint = tr("It is kept with the version.") if required else tr("It may stay empty; it is kept with the version.")
        return ParagraphField(self._kit.theme, tr, caption, parse, lines=2, required=required, hint=hint)

    def _reviewed_field(self) -> LineField[str]:
        tr = self._kit.tr
        caption = tr("Reviewed by a clinician")
        return LineField(
            self._kit.theme,
            tr,
            caption,
            lambda text: check_line(text, limit=LINE_LIMIT, field=caption),
            hint=tr("Name of the clinician who has read every text of this paper; empty if nobody has."),
        )
