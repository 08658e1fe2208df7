"""What the three acts of a repeated visit say, in full: nothing is confirmed that does not stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.client import ROMAN, AllergyState
from needlelog.domain.findings import Finding
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import PlannedZone
from needlelog.i18n import record_date
from needlelog.knowledge.model import Knowledge, PreparationItem
from needlelog.workflow.again import Again
from needlelog.workflow.last_time import LastTime
from ui.screens.session.columns import Columns
from ui.screens.session.consultation.groups import group_titles
from ui.screens.session.consultation.still_so import KnownLines, UnsettledLines
from ui.screens.session.taken import taken_text
from ui.toolkit.buttons import button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.notice import Notice


class _Body(QWidget):
    wanted = Signal(str)
    """The entry (``Item.field``) or the key of the part where something is said by itself."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE)

    def way(self, text: str, name: str, field: str) -> QWidget:
        """A quiet button that leads to where something is said by itself."""
        made = button(self.kit.theme, text, "quiet")
        made.setAccessibleName(name)
        made.clicked.connect(lambda: self.wanted.emit(field))
        return made


class StillSoBody(_Body):
    """Allergies first, then what the file and the last visit say."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        tr = kit.tr
        self._unsettled = UnsettledLines(kit)
        self._allergies = label("", "lead", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._allergies, 1)
        row.addWidget(self.way(tr("Different today"), tr("Different today: allergies"), "allergies"))
        line = QFrame()
        line.setProperty("surface", "row")
        line.setLayout(row)
        row.setContentsMargins(0, 0, 0, SPACE)
        self._new = Notice(kit.theme, "stop", tr("To the allergies"))
        self._new.answered.connect(partial(self.wanted.emit, "allergies"))
        self._lines = KnownLines(kit)
        self._lines.question_wanted.connect(lambda entry: self.wanted.emit(f"screening:{entry}"))
        self.column.setContentsMargins(0, 0, 0, SPACE)
        self.column.addWidget(self._unsettled)
        self.column.addWidget(line)
        self.column.addWidget(self._new)
        self.column.addWidget(self._lines)

    def show_known(self, again: Again, draft: SessionDraft, findings: Sequence[Finding]) -> None:
        """Show what one "still so" confirms; new allergies are not part of it, and it says so."""
        tr, client = self.kit.tr, again.client
        self._unsettled.show_findings(findings)
        named = ", ".join(
            f"{one.substance} ({one.reaction})" if one.reaction else one.substance for one in client.allergies
        )
        texts = {
            AllergyState.NONE_KNOWN: tr("No known allergies"),
            AllergyState.NOT_RECORDED: tr("Allergies not recorded: ask now"),
            AllergyState.UNAVAILABLE: tr("Allergies could not be asked"),
        }
        self._allergies.setText(texts.get(client.allergy_state, tr("Allergies: {named}", named=named)))
        set_tone(self._allergies, "stop" if client.allergies else "")
        alike = again.allergies_stand or draft.consultation.allergies_confirmed_at is not None
        day = record_date(again.day)
        self._new.say(
            ""
            if alike
            else tr("The allergies are not those confirmed on {day}: they are confirmed by themselves.", day=day)
        )
        answers = {one.contraindication: one for one in draft.consultation.screening}
        self._lines.show_known(again.known, answers)


class AfreshBody(_Body):
    """Every question as it is read out, by group, in two columns; each group has the way to its own answers."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._notice = Notice(kit.theme, "hold")
        sides = (QWidget(), QWidget())
        self._sides = tuple(QVBoxLayout(side) for side in sides)
        for inside in self._sides:
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(SPACE * 2)
        self.column.setContentsMargins(0, 0, 0, SPACE)
        self.column.addWidget(self._notice)
        self.column.addWidget(Columns(*sides, gap=SPACE * 4))
        self._shown: tuple[object, ...] = ()

    def show_questions(self, again: Again, draft: SessionDraft, preparation: Mapping[str, PreparationItem]) -> None:
        """Show what one "none applies" answers, and name what it does not."""
        tr = self.kit.tr
        alone = "; ".join(tr(one.title) for one in again.by_themselves(draft))
        others = "; ".join(tr(one.title) for one in again.not_denied(draft))
        lines = (
            tr("Not denied today: {questions}.", questions=others) if others else "",
            tr("Answered by themselves, not here: {questions}.", questions=alone) if alone else "",
        )
        self._notice.say("\n".join(line for line in lines if line))
        prepared = {one.item for one in draft.consultation.preparation}
        asked = again.afresh(draft)
        shown = (asked, frozenset(prepared))
        if shown == self._shown:
            return
        self._shown = shown
        for column in self._sides:
            clear(column)
        kept = [tr(one.question) for one in preparation.values() if one.id not in prepared]
        groups: list[tuple[str, str, str, Sequence[str]]] = []
        if kept:
            groups.append((tr("Prepared as asked"), tr("Not kept"), "preparation", kept))
        for group, title in group_titles(tr).items():
            entries = [one for one in asked if one.group == group]
            if entries:
                said = [tr(one.question) for one in entries]
                groups.append((title, tr("One applies"), f"screening:{entries[0].id}", said))
        heights = [0, 0]
        for title, verb, field, texts in groups:
            side = 0 if heights[0] <= heights[1] else 1
            heights[side] += 2 + len(texts)
            self._sides[side].addWidget(self._group(title, verb, field, texts))
        for column in self._sides:
            column.addStretch(1)

    def _group(self, title: str, verb: str, field: str, texts: Sequence[str]) -> QWidget:
        tr = self.kit.tr
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(title, "strong", wrap=True), 1)
        head.addWidget(self.way(verb, tr("{verb}: {group}", verb=verb, group=title), field))
        column.addLayout(head)
        for text in texts:
            column.addWidget(label(text, "body", wrap=True))
        return made


class PlanBody(_Body):
    """Concern, skin type, zones with depth and device, products, and how the skin took it then."""

    def __init__(self, kit: Kit, knowledge: Knowledge) -> None:
        super().__init__(kit)
        self._knowledge = knowledge
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.column.addLayout(self._rows)

    def show_plan(self, again: Again, draft: SessionDraft, names: Mapping[object, str]) -> None:
        """Show what one "as on that day" settles."""
        tr, known, part = self.kit.tr, self._knowledge, draft.consultation
        clear(self._rows)
        concerns = part.concerns or tuple(
            one for one in again.last.draft.consultation.concerns if one in again.concerns
        )
        named = ", ".join(tr(known.concerns[one].name) for one in concerns if one in known.concerns)
        skin = tr("Skin type {type}", type=ROMAN[part.fitzpatrick]) if part.fitzpatrick else tr("No skin type on file")
        self._row(tr("Concern"), f"{named or tr('None named then')}   \u00b7   {skin}", "concerns")
        devices = dict.fromkeys(names.get(one.device_id, "") for one in part.plan.zones)
        zones = ", ".join(self._zone(one) for one in part.plan.zones)
        used = ", ".join(one for one in devices if one)
        told = [one for one in (zones or tr("No zone"), used.replace(" ", "\u00a0")) if one]
        self._row(tr("Zones and depths"), "\u00a0\u00a0\u00b7  ".join(told), "plan")
        products = ", ".join(names.get(one.product_id, "") for one in part.plan.products)
        if products:
            self._row(tr("Products"), products, "")

    def _zone(self, one: PlannedZone) -> str:
        zone = self._knowledge.zones.get(one.zone)
        name = self.kit.tr(zone.name) if zone else one.zone
        if one.depth_mm is None:
            return name
        return self.kit.tr("{zone} {depth} mm", zone=name, depth=f"{one.depth_mm:.2f}").replace(" ", "\u00a0")

    def taken_then(self, before: LastTime) -> str:
        """How the skin took the visit that is repeated, then and since; nothing where nothing was noted."""
        taken = before.taken(before.zones, self._knowledge.scales)
        told = taken_text(self.kit.tr, self._knowledge, taken, before.red_on_day)
        return self.kit.tr("{day}, worst: {reactions}", day=record_date(before.day), reactions=told) if told else ""

    def _row(self, name: str, text: str, field: str) -> None:
        tr, line = self.kit.tr, QFrame()
        line.setProperty("surface", "row")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, SPACE // 2, 0, SPACE // 2)
        row.setSpacing(SPACE * 2)
        caption = label(name, "body", muted=True, wrap=True)
        caption.setFixedWidth(self.kit.theme.px(140))
        row.addWidget(caption)
        row.addWidget(label(text, "lead" if field else "body", wrap=True), 1)
        if field:
            row.addWidget(self.way(tr("Different today"), tr("Different today: {what}", what=name), field))
        self._rows.addWidget(line)
