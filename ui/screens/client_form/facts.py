"""Medical history: standing facts with their dates, each linked to a contraindication where one fits."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from needlelog.domain.client import Client, Fact, FactKind
from needlelog.domain.entry import parse_line, parse_partial_date
from needlelog.domain.partial_date import PartialDate, record_partial_date
from needlelog.domain.value import LINE_LIMIT
from needlelog.knowledge.model import Contraindication
from ui.screens.client_form.rows import Entry, EntryRows
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.line_fields import DateField, LineField
from ui.widgets.trade_words import fact_kind


class FactEntry(Entry):
    """One standing fact."""

    def __init__(self, kit: Kit, contraindications: tuple[Contraindication, ...], today: date) -> None:
        super().__init__()
        self._kit = kit
        self._today = today
        self._stored: Fact | None = None
        tr, theme = kit.tr, kit.theme
        what, since, until = tr("What"), tr("Since"), tr("Until")
        self.kind = ChoiceField[FactKind](theme, tr, tr("Kind"), [(kind, fact_kind(tr, kind)) for kind in FactKind])
        self.kind.set_value(FactKind.CONDITION)
        self.what = LineField[str](
            theme, tr, what, lambda text: parse_line(text, field=what, limit=LINE_LIMIT, required=True), required=True
        )
        self.since = DateField[PartialDate](
            theme,
            tr,
            since,
            lambda text: parse_partial_date(text, field=since, today=today),
            record_partial_date,
            hint=tr("Day, month or year: 12 3 2020, 03/2020, 2020"),
        )
        self.until = DateField[PartialDate](
            theme,
            tr,
            until,
            lambda text: parse_partial_date(text, field=until, today=today, future=True),
            record_partial_date,
            hint=tr("Leave empty if it still applies"),
        )
        self._titles = {one.id: tr(one.title) for one in contraindications}
        # What follows from something known already, such as the age, is nobody's fact to note, nor is what is to come.
        facts = (one for one in contraindications if one.derived_from is None and not one.ahead)
        named = [(one.id, self._titles[one.id]) for one in facts]
        self._links = [("", tr("None of these")), *named]
        self.link = ChoiceField[str](theme, tr, tr("Linked contraindication"), self._links)
        self.link.set_value("")
        self._lay_out()
        for field in (self.kind, self.what, self.since, self.until, self.link):
            field.edited.connect(self.edited)
        self.setFocusProxy(self.what)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(4)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.kind, 0, 0, 1, 1, top)
        grid.addWidget(self.what, 0, 1, 1, 2, top)
        grid.addWidget(self.link, 1, 0, 1, 1, top)
        grid.addWidget(self.since, 1, 1, 1, 1, top)
        grid.addWidget(self.until, 1, 2, 1, 1, top)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 2)

    def is_blank(self) -> bool:
        texts = (self.what.raw_text(), self.since.raw_text(), self.until.raw_text())
        return not any(text.strip() for text in texts)

    def is_right(self) -> bool:
        right = all([self.what.check(), self.since.check(), self.until.check()])
        since, until = self.since.value(), self.until.value()
        if right and since and until and until.last_day < since.first_day:
            self.until.show_finding(self._kit.tr("This is before “Since”. Check both dates."))
            return False
        return right

    def said(self) -> str:
        return self.what.raw_text().strip() or self.since.raw_text().strip()

    def show_fact(self, fact: Fact) -> None:
        """Show what is stored."""
        self._stored = fact
        self.kind.set_value(fact.kind)
        self.what.set_value(fact.text)
        self.since.set_value(fact.since)
        self.until.set_value(fact.until)
        offered = {key for key, _ in self._links}
        if fact.contraindication in self._titles and fact.contraindication not in offered:
            self.link.set_choices([*self._links, (fact.contraindication, self._titles[fact.contraindication])])
        self.link.set_value(fact.contraindication)

    def fact(self) -> Fact:
        """The fact, once every field is right; a new one is noted today."""
        fact_id: UUID = self._stored.id if self._stored else uuid4()
        return Fact(
            id=fact_id,
            kind=self.kind.value() or FactKind.CONDITION,
            text=self.what.value() or "",
            contraindication=self.link.value() or "",
            since=self.since.value(),
            until=self.until.value(),
            noted_on=self._stored.noted_on if self._stored else self._today,
        )


class HistoryCard(Card):
    """All standing facts."""

    edited = Signal()

    def __init__(self, kit: Kit, contraindications: tuple[Contraindication, ...], today: date) -> None:
        super().__init__(kit.tr("Medical history and medicines"))
        tr = kit.tr
        said = tr(
            "Conditions, medicines and procedures that matter at every visit. Each visit still asks its own questions."
        )
        self.add(label(said, "body", muted=True, wrap=True))
        self.rows = EntryRows[FactEntry](kit, tr("Add a fact"), lambda: FactEntry(kit, contraindications, today))
        self.add(self.rows)
        self.rows.edited.connect(self.edited)

    def show_client(self, client: Client) -> None:
        """Show what is stored."""
        self.rows.clear()
        for fact in client.facts:
            self.rows.add().show_fact(fact)

    def is_right(self) -> bool:
        """Check every row."""
        checked = [entry.is_right() for entry in self.rows.entries()]
        return all(checked)

    def changes(self) -> dict[str, Any]:
        """The facts in their order."""
        return {"facts": tuple(entry.fact() for entry in self.rows.entries())}
