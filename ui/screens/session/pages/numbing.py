"""Step 4: what numbs the skin, how much of it, where, and for how long; the clock is read, never counted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.findings import Finding, StepId
from needlelog.domain.materials import AnaestheticLimits, Product, ProductKind
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.rules.anaesthetic import doubted_weight
from needlelog.rules.label_figures import layer_of
from needlelog.rules.limits_in_force import change_said, in_force
from needlelog.rules.no_anaesthetic import reasons_against
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from ui.screens.session.again_page import AgainPage, in_a_line, in_lines
from ui.screens.session.card_list import CardList
from ui.screens.session.finding_lines import FindingLines
from ui.screens.session.material_picker import MaterialPicker
from ui.screens.session.materials_page import confirmed, planned_of
from ui.screens.session.numbing_card import AppliedLastTime, NumbingCard
from ui.screens.session.page import ScanTaken
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.record_card import plain_number
from ui.screens.session.scanned_lots import lot_findings, lot_words, record_for
from ui.screens.session.written_reasons import Reasons, ask_reasons
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.elided import ElidedLabel

_EARLY_SIGNS = "anaesthetic-early"


class NumbingPage(AgainPage):
    """Any number of applications, each with its own clock."""

    step = StepId.NUMBING

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self.records = QVBoxLayout()
        self.records.setSpacing(SPACE)
        self.column.addLayout(self.records)
        self._list: CardList[Numbing, NumbingCard] = CardList(self.records, self._make_card)
        self.cards = self._list.cards
        self.against = FindingLines(kit)
        self.column.addWidget(self.against)
        title = self.tr_("Tap what is applied")
        self.picker = MaterialPicker(kit, desk, title, self.recalled, ProductKind.ANAESTHETIC)
        self.picker.taken.connect(self._on_taken)
        self.picker.code_entered.connect(self.code_entered)
        self.picker.reload()
        self.column.addWidget(self.picker)
        self.signs = self._build_signs()
        self.column.addWidget(self.signs)
        self.column.addStretch(1)

    def _build_signs(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("surface", "raised")
        entry = self.desk.knowledge.reactions.get(_EARLY_SIGNS)
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(IconMark(self.kit.theme, "warning", "hold", 24))
        words = QVBoxLayout()
        words.setSpacing(2)
        if entry is not None:
            sources = "; ".join(self.desk.knowledge.cited(source) for source in entry.sources)
            words.addWidget(label(self.tr_(entry.name), "strong", wrap=True))
            said = self.tr_("{what} {do}", what=self.tr_(entry.expected), do=self.tr_(entry.escalate))
            words.addWidget(label(said, "body", wrap=True))
            source = ElidedLabel(self.tr_("Source: {source}", source=sources), "caption")
            set_tone(source, "muted")
            words.addWidget(source)
        row.addLayout(words, 1)
        return frame

    def records_of(self, draft: SessionDraft) -> tuple[Numbing, ...]:
        return draft.numbing

    def with_records(self, draft: SessionDraft, records: tuple[Numbing, ...]) -> SessionDraft:
        return draft.with_(numbing=records)

    # painting

    def show_draft(self, draft: SessionDraft) -> None:
        self._list.match(draft.numbing)
        people, zones, around = self.people(), self._zones_offered(draft), self.presenter.around
        for numbing in draft.numbing:
            last = self._last_applied(numbing)
            known = (around.products, around.knowledge)
            card, counting = self.cards[numbing.id], in_force(numbing, *known)
            card.show_limits(counting, change_said(numbing, *known, self.tr_), layer_of(counting, around))
            card.show_numbing(numbing, draft, zones, people, last, self._doubt(draft))
        recorded = frozenset(one.product_id for one in draft.numbing if one.product_id)
        self.picker.show_allergies(self.presenter.client)
        self.picker.show_choice(recorded, planned_of(draft, self.picker))
        self.show_offer(draft)
        self.signs.setVisible(bool(draft.numbing) and _EARLY_SIGNS in self.desk.knowledge.reactions)
        self.show_findings()

    def _doubt(self, draft: SessionDraft) -> str:
        return self.tr_("For an adult? Check it.") if doubted_weight(draft, self.presenter.around) else ""

    def show_findings(self) -> None:
        draft = self.presenter.draft
        # Once a cream is on record its own card says what speaks against it.
        self.against.show_findings(() if draft.numbing else reasons_against(draft, self.presenter.around), draft)
        for numbing in draft.numbing:
            if numbing.id in self.cards:
                self.cards[numbing.id].show_findings(self._findings_of(numbing), draft)

    def tick(self) -> None:
        for card in self.cards.values():
            card.tick()

    def entered(self) -> None:
        super().entered()
        self.picker.reload()
        self.show_draft(self.presenter.draft)
        waiting = next((card for card in self.cards.values() if card.numbing.removed_at is None), None)
        if waiting is None:
            self.picker.focus_first()
        elif waiting.numbing.on_at is None:
            waiting.timer.apply.setFocus()
        else:
            waiting.timer.remove.setFocus()

    def leaving(self) -> None:
        self._leaving = True
        for card in tuple(self.cards.values()):
            card.leave()
        self._leaving = False

    def in_use(self, record: Numbing) -> bool:
        return record.on_at is not None

    def put_back(self, record_id: UUID) -> None:
        card = self.cards[record_id]
        card.lot.put_back()
        card.on_at.put_back(card.numbing.on_at)

    def focus_field(self, field: str) -> None:
        kind, _, value = field.partition(":")
        for card in self.cards.values():
            numbing = card.numbing
            if kind == "lot" and value == numbing.name:
                self.show_lot_of(card)
                return
            if kind == "numbing" and value == str(numbing.id):
                self.bring_up(card)
                self._urgent(card).setFocus()
                return
        self.picker.focus_first()

    def _urgent(self, card: NumbingCard) -> QWidget:
        running = card.numbing.on_at is not None and card.numbing.removed_at is None
        return card.timer.remove if running else card.grams

    def _make_card(self, numbing: Numbing) -> NumbingCard:
        card = NumbingCard(self.kit, self.desk, numbing, self.zone_name_of_clock, self.visit_day, self.recalled)
        card.change_requested.connect(self.change_as_asked)
        card.apply_requested.connect(self._on_apply)
        card.off_requested.connect(self._on_off)
        card.weighed.connect(self._on_weighed)
        card.remove_requested.connect(self.take_off)
        card.lot.code_entered.connect(self.code_entered)
        return card

    def _zones_offered(self, draft: SessionDraft) -> tuple[str, ...]:
        planned = tuple(one.zone for one in draft.consultation.plan.zones)
        return tuple(dict.fromkeys((*planned, *draft.treated_zones)))

    def _findings_of(self, numbing: Numbing) -> tuple[Finding, ...]:
        of_lot = lot_findings(self.presenter.findings, self.step, numbing.name, numbing.lot)
        own = f"numbing:{numbing.id}"
        # That it is still on is what the timer itself says.
        return tuple(
            one
            for one in self.presenter.findings
            if one.step is self.step and (one in of_lot or (one.field == own and one.code != "numbing-on"))
        )

    # a visit that repeats another

    def again_verb(self) -> str:
        return self.tr_("Apply now")

    def again_records(self, last: SessionDraft) -> tuple[Numbing, ...]:
        found, now = [], self.now()
        for before in last.numbing:
            product = self.product_again(before.product_id)
            if product is None:
                return ()
            amounts = {"applied_g": before.applied_g, "area_cm2": before.area_cm2}
            found.append(self._new(product).with_(on_at=now, **amounts))
        return tuple(found)

    def again_words(self, record: Numbing) -> str:
        tr, parts = self.tr_, [record.name]
        if record.applied_g is not None:
            parts.append(tr("{grams} g", grams=plain_number(record.applied_g)))
        if record.area_cm2 is not None:
            parts.append(tr("{area} cm²", area=plain_number(record.area_cm2)))
        names = [tr(self.desk.knowledge.zones[zone].name) for zone in record.zones]
        parts.append(", ".join(names))
        return in_lines(in_a_line(parts), self.lot_in_words(record))

    def after_again(self, before: SessionDraft, records: tuple[Numbing, ...]) -> None:
        """It is on the skin now: its clock runs, and taking it off is due next."""
        for one in records:
            self._open(self.cards[one.id])
        # The button that had the focus is gone; a stray key must not take it off again.
        self.cards[records[0].id].edit.setFocus()
        names = ", ".join(one.name for one in records)
        said = self.tr_("{name} on at {time}", name=names, time=self.clock_time(self.now()))
        self.offer_undo(said, lambda: self.take_again_back(before, records))

    def _all_off(self) -> bool:
        """Whether nothing is on the skin any more, and no application lacks anything or has a finding."""
        every = self.presenter.draft.numbing
        off = all(one.removed_at is not None and not self.cards[one.id].lacking() for one in every)
        return off and not any(self._findings_of(one) for one in every)

    # changes

    def _on_taken(self, product: Product) -> None:
        draft = self.presenter.draft
        waiting = next((one for one in draft.numbing if one.product_id == product.id and one.on_at is None), None)
        if waiting is not None:
            self._open(self.cards[waiting.id])
            return
        numbing = self.without_stopped_lot(self._new(product))
        reasons = ask_reasons(self.kit, self, self.presenter.against_product(self.step, product))
        if reasons is not None:
            self._record(numbing, product, reasons)

    def _on_weighed(self, kilograms: Decimal | None) -> None:
        self.presenter.edit(
            lambda draft: draft.with_(consultation=draft.consultation.with_(weight_kg=kilograms or None))
        )

    def _new(self, product: Product) -> Numbing:
        limits = product.anaesthetic or AnaestheticLimits()
        entry = self.desk.knowledge.products.get(product.knowledge_id)
        return Numbing(
            id=uuid4(),
            product_id=product.id,
            name=product.name,
            strength=", ".join(f"{agent} {plain_number(percent)} %" for agent, percent in limits.agents),
            limits=limits,
            usual_to_min=entry.usual_to_min if entry else None,
            zones=self._zones_offered(self.presenter.draft),
            by=self.by,
            **self.lot_of_new(product),
        )

    def _record(self, numbing: Numbing, product: Product, reasons: Reasons = ()) -> bool:
        self.presenter.refresh()
        now = self.now()

        def change(draft: SessionDraft) -> SessionDraft:
            recorded = confirmed(draft.with_(numbing=(*draft.numbing, numbing)), product.id)
            return self.reasoned(recorded, reasons, now)

        if not self.presenter.edit(change):
            return False
        self._open(self.cards[numbing.id])
        return True

    def kinds_taken(self) -> tuple[ProductKind, ...]:
        return (ProductKind.ANAESTHETIC,)

    def take_scan(self, scanned: Scanned) -> ScanTaken | None:
        product = scanned.product
        if product is None:
            return None
        lot = self.scanned_lot(scanned)
        said = ScanTaken(lot_words(self.tr_, scanned))
        # What was on the skin and taken off again came from the tube it was recorded from.
        open_ones = [one for one in self.presenter.draft.numbing if one.removed_at is None or not one.lot]
        known = record_for(scanned, open_ones)
        if known is None:
            numbing = self._new(product).with_(**lot)
            return replace(said, undo=lambda: self.take_off(numbing.id)) if self._record(numbing, product) else None
        self.change_record(known.id, lot)
        self.bring_up(self.cards[known.id])
        before = {"lot": known.lot, "expires_on": known.expires_on}
        return said if before == lot else replace(said, undo=lambda: self.change_record(known.id, before))

    def _open(self, card: NumbingCard) -> None:
        self.present(card)
        card.timer.apply.setFocus()

    def _last_applied(self, numbing: Numbing) -> AppliedLastTime | None:
        signed = self.last_visit
        if signed is None or numbing.product_id is None:
            return None
        same = (one for one in signed.draft.numbing if one.product_id == numbing.product_id)
        found = next((one for one in same if one.applied_g is not None or one.area_cm2 is not None), None)
        return AppliedLastTime(self.day_of(signed), found.applied_g, found.area_cm2) if found else None

    def _on_apply(self, numbing_id: UUID) -> None:
        now = self.now()
        if not self.change_as_asked(numbing_id, {"on_at": now}):
            return
        self.cards[numbing_id].timer.remove.setFocus()
        self.offer_undo(
            self.tr_("{name} on at {time}", name=self._name(numbing_id), time=self.clock_time(now)),
            lambda: self.change_record(numbing_id, {"on_at": None, "removed_at": None}),
        )

    def _on_off(self, numbing_id: UUID) -> None:
        now = self.now()
        self.change_record(numbing_id, {"removed_at": now})
        # The button that had the focus is gone; a stray key must not fall into the next entry.
        self.cards[numbing_id].edit.setFocus()
        said = self.tr_("{name} removed at {time}", name=self._name(numbing_id), time=self.clock_time(now))

        def put_back() -> None:
            self.change_record(numbing_id, {"removed_at": None})

        again = self.presenter.again(self.last_visit)
        if again is not None and not self.presenter.held_back(self.step) and self._all_off():
            self.went_on.emit(said, put_back)
        else:
            self.offer_undo(said, put_back)

    def _name(self, numbing_id: UUID) -> str:
        return next((one.name for one in self.presenter.draft.numbing if one.id == numbing_id), "")
