"""Before the clinic's own wording counts: what it says less than the shipped one, why, and who has reviewed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.documents.beside_signs import BesideSign, Sign
from needlelog.documents.emphasis import WRITTEN
from needlelog.documents.weakened import Weakened
from needlelog.domain.entry import parse_reason
from needlelog.domain.own_texts import OwnTextsVersion
from needlelog.domain.text import check_line
from needlelog.domain.value import LINE_LIMIT
from needlelog.i18n import Words
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_style
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.line_fields import LineField
from ui.widgets.notice import Notice
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.scroll_column import ScrollColumn, growing
from ui.widgets.tick_row import TickRow

REASON_LIMIT = 1000

_SIGNS: Mapping[Sign, tuple[str, Callable[[Words], str]]] = {
    "leave": ("leave", lambda tr: tr("Do not")),
    "do": ("do", lambda tr: tr("Do")),
}
"""The icon of each sign of the paper, and what it says."""


class KeepPage(ScrollColumn):
    """What is asked before the foot's button may be pressed; ``history_asked`` wants to see what others kept."""

    history_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.tr("Before it counts"), margins=(0, 0, SPACE, 2 * SPACE))
        self._kit = kit
        self._right_to_left = False
        self.reason: ParagraphField[str] | None = None
        self.reviewed: LineField[str] | None = None
        self.confirmed: dict[str, TickRow] = {}
        """By the key of each line that prints beside a sign: whether somebody has read the two together."""

        self._unread: dict[str, Notice] = {}

    def show_step(
        self,
        changed: Sequence[str],
        weakened: Sequence[tuple[str, Weakened]],
        beside: Sequence[tuple[str, BesideSign]],
        current: OwnTextsVersion | None,
        *,
        right_to_left: bool = False,
    ) -> None:
        """Say what was ``changed``, by its names, and what is ``weakened``, and ask for what is needed.

        What stands ``beside`` a sign is shown with it, as it prints, to be read and confirmed line by line.
        """
        self.empty()
        self._right_to_left = right_to_left
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
        self.confirmed, self._unread = {}, {}
        if beside:
            self.add(growing(self._beside_card(beside)))
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
            entry = self.reason if self.reason.fault() is not None else self.reviewed
            next(iter((*self.confirmed.values(), entry.editor))).setFocus()

    def check(self) -> tuple[str, str, tuple[str, ...]] | None:
        """The reason, who reviewed it and what was confirmed, or None while one of them cannot be so, which is said."""
        if self.reason is None or self.reviewed is None:
            return None
        right = [self.reason.check(), self.reviewed.check()]
        for key, box in self.confirmed.items():
            said = self._kit.tr("Read it beside its sign, and confirm it.")
            self._unread[key].say("" if box.isChecked() else said)
        unread = [box for box in self.confirmed.values() if not box.isChecked()]
        if unread or not all(right):
            wrong = unread[0] if unread else (self.reason if not right[0] else self.reviewed).editor
            wrong.setFocus()
            self.ensureWidgetVisible(wrong)
            return None
        return self.reason.value() or "", self.reviewed.value() or "", tuple(self.confirmed)

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
        for name, one in weakened:
            card.add(self._told("warning", "hold", name, one.said))
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

    def _beside_card(self, beside: Sequence[tuple[str, BesideSign]]) -> Card:
        """Each line as it prints beside its sign, and the question that no list of words can answer."""
        tr = self._kit.tr
        card = Card(tr.plural("One line prints beside a sign", "{count} lines print beside a sign", len(beside)))
        card.body.setSpacing(SPACE + SPACE // 2)
        for name, one in beside:
            card.add(self._beside(name, one))
        return card

    def _beside(self, name: str, one: BesideSign) -> QWidget:
        tr, theme = self._kit.tr, self._kit.theme
        sign, means = _SIGNS[one.sign]
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        printed = QFrame()
        set_style(printed, "surface", "raised")
        row = QHBoxLayout(printed)
        row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        row.setSpacing(SPACE)
        mark = IconMark(theme, sign, "stop" if one.sign == "leave" else "accent", 24)
        mark.setAccessibleName(means(tr))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        text = label(one.text.replace(WRITTEN, ""), "strong", wrap=True)
        if self._right_to_left:
            printed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        row.addWidget(text, 1)
        column.addWidget(printed)
        if one.doubt:
            column.addWidget(self._told("warning", "hold", one.doubt, ""))
        asked = {
            "leave": tr("The sign says “do not”. Does this line still say what not to do?"),
            "do": tr("The sign says “do”. Does this line still say what to do?"),
        }[one.sign]
        column.addWidget(label(asked, "body", wrap=True))
        box = TickRow(tr("Yes, the two go together"))
        box.setMinimumHeight(theme.px(48))
        box.setAccessibleName(tr("Yes, the two go together: {name}", name=name))
        box.setAccessibleDescription(f"{means(tr)}: {one.text}. {one.doubt} {asked}")
        self.confirmed[one.key] = box
        column.addWidget(box)
        self._unread[one.key] = Notice(theme, "stop", slim=True)
        column.addWidget(self._unread[one.key])
        return held

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
