"""One line of the paper: its shipped and its own words, why it is there, and the plain ways to leave it out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.documents.wording import EMPHATIC
from needlelog.domain.own_texts import SheetKind
from needlelog.services.desk import Desk
from needlelog.services.templates import Checked
from ui.screens.templates.contents import TextLine
from ui.screens.templates.part_field import PartField
from ui.screens.templates.rule_card import RuleCard
from ui.screens.templates.wording import Wording
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.notice import Notice
from ui.widgets.scroll_column import ScrollColumn, growing


class LineForm(ScrollColumn):
    """``changed`` at each keystroke and tap; ``rested`` when an entry is left; ``asked`` carries a place to look up."""

    changed = Signal()
    rested = Signal()
    asked = Signal(str)

    def __init__(self, kit: Kit, desk: Desk, examples: Mapping[str, str]) -> None:
        super().__init__(kit.tr("The chosen text"), margins=(0, 0, SPACE, 2 * SPACE))
        self._kit = kit
        self._desk = desk
        self._examples = examples
        self._line: TextLine | None = None
        self._wording: Wording | None = None
        self.parts: dict[str, PartField] = {}

    def show_line(
        self,
        line: TextLine,
        place: str,
        sheet: SheetKind,
        wording: Wording,
        *,
        right_to_left: bool,
        shipped_then: str = "",
    ) -> None:
        """Show this line of the group called ``place``, from its head.

        ``shipped_then`` is the version of the shipped texts beside which the clinic's own were written.
        """
        self.empty()
        self._line, self._wording = line, wording
        tr, theme = self._kit.tr, self._kit.theme
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(label(place, "body", muted=True))
        self.title = label(line.name, "heading", wrap=True)
        column.addWidget(self.title)
        self.add(growing(head))
        self.left_out = Notice(theme, "hold", tr("Put it back"), icon="minus")
        self.left_out.answered.connect(self._on_put_back)
        self.add(growing(self.left_out))
        card = Card()
        card.body.setSpacing(2 * SPACE)
        self.parts = {}
        for key in line.keys:
            part = self._part(key, sheet, wording, right_to_left=right_to_left, shipped_then=shipped_then)
            self.parts[key] = part
            card.add(part)
        card.add(self._ways(line))
        self._card = card
        self.add(growing(card))
        if line.rule:
            rule = RuleCard(self._kit, self._desk, line.rule)
            rule.asked.connect(self.asked)
            self.add(growing(rule))
        self._show_state()
        self.verticalScrollBar().setValue(0)

    @property
    def key(self) -> str:
        """That of the line which is shown; "" for none."""
        return self._line.key if self._line is not None else ""

    def _part(
        self, key: str, sheet: SheetKind, wording: Wording, *, right_to_left: bool, shipped_then: str
    ) -> PartField:
        part = PartField(
            self._kit,
            key,
            wording.shipped.texts[key],
            self._desk.templates.placeholders(sheet, key, wording.shipped.language),
            self._examples,
            caption=self._caption(key),
            right_to_left=right_to_left,
            takes_bold=sheet is not SheetKind.CONSENT and key.partition(".")[0] in EMPHATIC,
        )
        part.show_text(wording.text(key))
        part.said.connect(self._on_said)
        part.rested.connect(self.rested)
        then = wording.shipped_then(key)
        if then:
            part.show_shipped_then(then, shipped_then)
        return part

    def _caption(self, key: str) -> str:
        tr = self._kit.tr
        if self._line is None or len(self._line.keys) < 2:
            return tr("Your wording")
        if key.endswith(".brief"):
            return tr("Your wording, in short on the aftercare sheet")
        return tr("Your wording, on the preparation sheet")

    def _ways(self, line: TextLine) -> QWidget:
        tr, theme = self._kit.tr, self._kit.theme
        held = QWidget()
        flow = FlowLayout(held)
        self.ship = button(theme, tr("As shipped"), "secondary", "undo")
        self.ship.setToolTip(tr("Take the shipped words again"))
        self.ship.clicked.connect(self._on_as_shipped)
        flow.addWidget(self.ship)
        self.leave = button(theme, tr("Leave it out"), "quiet", "minus")
        self.leave.clicked.connect(self._on_leave_out)
        if line.out:
            flow.addWidget(self.leave)
        return held

    # what is said of it

    def show_checked(self, checked: Checked) -> None:
        """Tell how plainly each text speaks, and what it says less than the shipped one."""
        wrong = {key for key, _ in checked.faults}
        weaker = {one.key: one.said for one in checked.weakened if one.key not in wrong}
        for key, part in self.parts.items():
            part.show_weaker(weaker.get(key, ""))
            part.show_reading(checked.by_key.get(key))

    def show_wrong(self, sentences: Mapping[str, str]) -> None:
        """Say at each entry, by key, what keeps it from being kept."""
        for key, part in self.parts.items():
            part.show_wrong(sentences.get(key, ""))

    def start(self) -> None:
        """Take the focus, at the first entry that is wrong or else at the first."""
        parts = list(self.parts.values())
        wrong = next((part for part in parts if part.field.is_marked()), None)
        if parts and self._card.isVisibleTo(self):
            (wrong or parts[0]).editor.setFocus()

    # what is done to it

    def _on_said(self, key: str, text: str) -> None:
        if self._wording is not None:
            self._wording.say(key, text)
            self._show_state()
            self.changed.emit()

    def _on_as_shipped(self) -> None:
        if self._line is None or self._wording is None:
            return
        self._wording.as_shipped(self._line)
        self._fill()

    def _on_leave_out(self) -> None:
        if self._line is None or self._wording is None:
            return
        self._wording.leave_out(self._line)
        self._fill()
        self.left_out.setFocus()

    def _on_put_back(self) -> None:
        if self._line is None or self._wording is None:
            return
        self._wording.put_back(self._line)
        self._fill()
        self.start()

    def _fill(self) -> None:
        if self._wording is None:
            return
        for key, part in self.parts.items():
            part.show_text(self._wording.text(key))
        self._show_state()
        self.changed.emit()
        self.rested.emit()

    def _show_state(self) -> None:
        if self._line is None or self._wording is None:
            return
        tr = self._kit.tr
        out = self._wording.is_out(self._line)
        self.left_out.say(tr("This line is left out: no client reads it.") if out else "")
        self._card.setVisible(not out)
        self.ship.setEnabled(self._wording.is_own(self._line))
