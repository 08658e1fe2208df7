"""One entry of the reference data as it is read: meaning, figures, where sources differ, sources, what was decided."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.clinic_values import ClinicValue
from needlelog.domain.findings import Source
from needlelog.i18n import record_date, record_time
from needlelog.knowledge.contents import CHAPTERS, Line, chapter_of, title_of
from needlelog.knowledge.figures import KINDS
from needlelog.knowledge.model import Entry, FoundingFact, Variant
from needlelog.knowledge.own_values import spoken
from needlelog.services.reference import Reference
from ui.screens.knowledge.decision_form import DecisionForm
from ui.screens.knowledge.figure_rows import FigureCard
from ui.screens.knowledge.meaning import plain_words
from ui.screens.knowledge.particulars import facts
from ui.screens.knowledge.reliance import marks, source_kind, source_seen
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card, hairline
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.scroll_column import ScrollColumn, growing


def breakable(address: str) -> str:
    """An address that may wrap: it has no blanks, so a mark of no width stands after each slash."""
    return address.replace("/", "/\u200b")


class EntryView(ScrollColumn):
    """``asked`` carries the place of another entry that was tapped; ``changed`` is said when a decision was kept."""

    asked = Signal(str)
    changed = Signal()

    def __init__(self, kit: Kit, reference: Reference, zone: str) -> None:
        super().__init__(kit.tr("The chosen entry"), margins=(0, 0, SPACE, 2 * SPACE))
        self._kit = kit
        self._reference = reference
        self._zone = zone
        self.place = ""
        self.figures: FigureCard | None = None
        self._told: tuple[Variant, ...] = ()
        """The values of the sources for the entry that shows."""

    def show_entry(self, place: str, lines: tuple[Line, ...]) -> None:
        """Show this entry from its head; one that is not there shows nothing."""
        self.empty()
        self.figures = None
        self.place = place
        entry = self._reference.entry(place)
        if entry is None:
            return
        self.add(growing(self._head(entry, chapter_of(lines, place))))
        table, _, id_ = place.partition(":")
        if self._reference.figures(table, id_):
            self.figures = FigureCard(self._kit, self._reference, place, self._zone)
            self.figures.changed.connect(self._on_changed)
            self.figures.grown.connect(self._on_grown)
            self.add(growing(self.figures))
        for card in (
            self._facts(entry),
            self._variants(entry),
            self._others(entry, place),
            self._sources(entry),
            self._history(self._reference.history(table, id_)),
        ):
            if card is not None:
                self.add(growing(card))
        self.verticalScrollBar().setValue(0)

    @property
    def form(self) -> DecisionForm | None:
        """The form in which an own value is being written."""
        return self.figures.form if self.figures is not None else None

    def _on_changed(self, key: str) -> None:
        self.changed.emit()
        if self.figures is not None:
            self.figures.row(key).change.setFocus()

    def _on_grown(self) -> None:
        # The column knows how far it may scroll only after this round.
        QTimer.singleShot(0, self, self._show_form)

    def _show_form(self) -> None:
        form = self.form
        if form is not None:
            self.ensureWidgetVisible(form, 0, SPACE)

    # the parts

    def _head(self, entry: Entry, chapter: str) -> QWidget:
        tr = self._kit.tr
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        name = next((one.name for one in CHAPTERS if one.id == chapter), "")
        column.addWidget(label(tr(name), "body", muted=True))
        title = tr("Founding fact {id}", id=entry.id) if isinstance(entry, FoundingFact) else title_of(entry, tr)
        self.title = label(title, "title", wrap=True)
        column.addWidget(self.title)
        shown = marks(tr, entry)
        if shown:
            area = QWidget()
            flow = FlowLayout(area)
            for text, tone in shown:
                mark = label(text, "caption")
                mark.setProperty("surface", tone)
                mark.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
                flow.addWidget(mark)
            column.addWidget(area)
        first, *rest = plain_words(tr, entry, self._reference.knowledge) or ("",)
        if first:
            column.addWidget(label(first, "lead", wrap=True))
        for paragraph in rest:
            column.addWidget(label(paragraph, "body", wrap=True))
        return held

    def _facts(self, entry: Entry) -> Card | None:
        told = facts(self._kit.tr, entry, self._reference.knowledge)
        if not told:
            return None
        card = Card(self._kit.tr("In detail"))
        for caption, text in told:
            card.add(self._said(caption, text))
        return card

    def _said(self, caption: str, text: str) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(caption, "caption", muted=True, wrap=True))
        column.addWidget(label(text, "body", wrap=True))
        return held

    def _variants(self, entry: Entry) -> Card | None:
        if not entry.variants:
            return None
        tr = self._kit.tr
        card = Card(tr("Sources differ") if entry.differs else tr("What sources say"))
        card.body.setSpacing(SPACE + SPACE // 2)
        if entry.differs:
            lead = tr("Every value that was found. Where they differ, the safer one is used.")
            card.add(label(lead, muted=True, wrap=True))
        table = self.place.partition(":")[0]
        own = {value.key: value for value in entry.own}
        self._told = entry.variants
        for key in dict.fromkeys(variant.key for variant in entry.variants):
            kind = KINDS.get(table, {}).get(key)
            if kind is not None:
                card.add(label(tr(kind.name), "strong", wrap=True))
            if key in own:
                said = f"{spoken(tr, own[key].value)} {tr(kind.unit) if kind else ''}".strip()
                card.add(self._variant(said, tr("used: this clinic's own value"), own[key].by, used=True))
            for variant in entry.variants:
                if variant.key == key:
                    card.add(self._given(variant, replaced=key in own))
        return card

    def _given(self, variant: Variant, *, replaced: bool) -> QWidget:
        tr = self._kit.tr
        sources = "; ".join(breakable(self._reference.knowledge.cited(source)) for source in variant.sources)
        alone = sum(one.key == variant.key for one in self._told) < 2
        used = tr("as shipped") if replaced else tr("used") if alone else tr("used: the safer value")
        return self._variant(
            tr(variant.value), used if variant.used else "", sources, used=variant.used and not replaced
        )

    def _variant(self, value: str, use: str, sources: str, *, used: bool) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        theme = self._kit.theme
        row.addWidget(IconMark(theme, "check" if used else "dot", "ok" if used else "muted", 20))
        words = QVBoxLayout()
        words.setSpacing(0)
        said = f"{value}  –  {use}" if use else value
        words.addWidget(label(said, "strong" if used else "body", wrap=True))
        words.addWidget(label(sources, "caption", muted=True, wrap=True))
        row.addLayout(words, 1)
        return held

    def _others(self, entry: Entry, place: str) -> Card | None:
        knowledge, tr = self._reference.knowledge, self._kit.tr
        led = tuple(getattr(entry, "serves", ()))
        for table in (knowledge.conflicts, knowledge.founding):
            name = "conflicts" if table is knowledge.conflicts else "founding"
            led += tuple(f"{name}:{one.id}" for one in table.values() if place in one.serves)
        if not led:
            return None
        card = Card(tr("See also"))
        card.body.setSpacing(0)
        for other in led:
            there = knowledge.entry(other)
            if there is not None:
                way = button(self._kit.theme, title_of(there, tr), "quiet", "next")
                way.setProperty("align", "left")
                way.clicked.connect(self._asker(other))
                way.setMinimumWidth(1)
                card.add(way)
        return card

    def _asker(self, place: str) -> Callable[[], None]:
        return lambda: self.asked.emit(place)

    def _sources(self, entry: Entry) -> Card:
        tr = self._kit.tr
        card = Card(tr("Sources"))
        card.body.setSpacing(SPACE)
        for source in entry.sources:
            card.add(self._source(source))
        card.add(hairline())
        card.add(label(tr("Collected on {day}", day=record_date(entry.collected_on)), "caption", muted=True))
        return card

    def _source(self, source: Source) -> QWidget:
        tr = self._kit.tr
        parts = (source_kind(tr, source.kind), source_seen(tr, source))
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        said = self._reference.knowledge.cited(source)
        for text, role in ((said, "body"), (source.address if said != source.address else "", "caption")):
            if text:
                shown = label(breakable(text), role, wrap=True)
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                column.addWidget(shown)
        column.addWidget(label("  ·  ".join(part for part in parts if part), "caption", muted=True, wrap=True))
        return held

    def _history(self, decisions: tuple[ClinicValue, ...]) -> Card | None:
        if not decisions:
            return None
        tr = self._kit.tr
        card = Card(tr("Decisions of this clinic"))
        card.body.setSpacing(SPACE + SPACE // 2)
        for decision in decisions:
            kind = KINDS[decision.kind][decision.key]
            there = local(decision.at, self._zone)
            when = f"{record_date(there.date())} {record_time(there)}  ·  {decision.by}"
            name, ours = tr(kind.name), spoken(tr, decision.ours) or tr("no figure")
            unit = tr(kind.unit)
            if decision.value:
                what = tr(
                    "{name}: {value} {unit} instead of {ours} {unit}",
                    name=name,
                    value=spoken(tr, decision.value),
                    ours=ours,
                    unit=unit,
                )
            else:
                what = tr("{name}: ours taken back, {ours} {unit}", name=name, ours=ours, unit=unit)
            card.add(self._said(when, f"{what.strip()}\n{decision.reason}"))
        return card
