"""The base of the pages whose record is a list of products as they were used: cleansing, serum, cooling."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.findings import Finding
from needlelog.domain.materials import MaterialUse, Product, ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from needlelog.workflow.again import used_again
from ui.screens.session.again_page import AgainPage, in_a_line, in_lines
from ui.screens.session.card_list import CardList
from ui.screens.session.material_picker import MaterialPicker
from ui.screens.session.materials_page import confirmed, planned_of
from ui.screens.session.page import ScanTaken
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.record_card import plain_number
from ui.screens.session.scanned_lots import lot_findings, lot_words, record_for
from ui.screens.session.use_card import LastTime, UseCard, UseFacts, minutes_of
from ui.screens.session.written_reasons import Reasons, ask_reasons
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE


class UsesPage(AgainPage):
    """A page whose record is a list of ``MaterialUse``."""

    kinds: tuple[ProductKind, ...]
    facts = UseFacts()

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self.picker = MaterialPicker(kit, desk, self.picker_title(), self.recalled, *self.kinds)
        self.picker.taken.connect(self._on_taken)
        self.picker.code_entered.connect(self.code_entered)
        self.picker.reload()
        self.column.addWidget(self.picker)
        self.records = QVBoxLayout()
        self.records.setSpacing(SPACE)
        self.column.addLayout(self.records)
        self._list: CardList[MaterialUse, UseCard] = CardList(self.records, self._make_card)
        self.cards = self._list.cards
        self.build_below()
        self.column.addStretch(1)

    # what each page says

    def picker_title(self) -> str:
        """What stands above the products."""
        raise NotImplementedError

    def build_below(self) -> None:
        """Whatever stands under the list."""

    def zones_at_first(self, draft: SessionDraft) -> tuple[str, ...]:
        """The zones that a new use is put on."""
        return (draft.treated_zones or self._zones_offered(draft)) if self.facts.zones else ()

    def worker(self) -> str:
        """Who a new use is recorded for."""
        return self.by

    # painting

    def show_draft(self, draft: SessionDraft) -> None:
        uses = self.records_of(draft)
        self._list.match(uses)
        people, zones = self.people(), self._zones_offered(draft)
        for use in uses:
            self.cards[use.id].show_use(use, draft, zones, people, self._last_use(use))
        recorded = frozenset(use.product_id for use in uses if use.product_id)
        self.picker.show_allergies(self.presenter.client)
        self.picker.show_choice(recorded, planned_of(draft, self.picker))
        self.show_offer(draft)
        self.show_findings()

    def show_findings(self) -> None:
        draft = self.presenter.draft
        for use in self.records_of(draft):
            if use.id in self.cards:
                self.cards[use.id].show_findings(self._findings_of(use), draft)

    def tick(self) -> None:
        for card in self.cards.values():
            card.tick()

    def entered(self) -> None:
        super().entered()
        self.picker.reload()
        self.show_draft(self.presenter.draft)
        self.picker.focus_first()

    def leaving(self) -> None:
        self._leaving = True
        for card in tuple(self.cards.values()):
            card.leave()
        self._leaving = False

    def put_back(self, record_id: UUID) -> None:
        self.cards[record_id].lot.put_back()

    def focus_field(self, field: str) -> None:
        name = field.partition(":")[2]
        card = next((one for one in self.cards.values() if one.use.name == name), None)
        if card is None:
            self.picker.focus_first()
            return
        self.show_lot_of(card)

    def again_verb(self) -> str:
        return self.tr_("Applied, and next")

    def again_records(self, last: SessionDraft) -> tuple[MaterialUse, ...]:
        draft, now = self.presenter.draft, self.now()
        found = []
        for before in self.records_of(last):
            product = self.product_again(before.product_id)
            if product is None:
                return ()
            found.append(used_again(before, self.new_use(product, draft, now)))
        return tuple(found)

    def again_words(self, record: MaterialUse) -> str:
        parts = [record.name]
        if record.amount is not None:
            parts.append(f"{plain_number(record.amount)} {self.tr_(record.amount_unit)}".strip())
        if record.duration_s:
            parts.append(self.tr_("{minutes} min", minutes=plain_number(minutes_of(record.duration_s))))
        names = [self.tr_(self.desk.knowledge.zones[zone].name) for zone in record.zones]
        parts.append(", ".join(names))
        return in_lines(in_a_line(parts), self.lot_in_words(record))

    def _last_use(self, use: MaterialUse) -> LastTime | None:
        signed = self.last_visit
        if signed is None or use.product_id is None:
            return None
        amounts = (one for one in self.records_of(signed.draft) if one.product_id == use.product_id)
        found = next((one for one in amounts if one.amount is not None), None)
        if found is None or found.amount is None:
            return None
        return LastTime(self.day_of(signed), found.amount, found.amount_unit)

    def _make_card(self, use: MaterialUse) -> UseCard:
        card = UseCard(self.kit, self.desk, use, self.facts, self.zone_name_of_clock, self.visit_day, self.recalled)
        card.change_requested.connect(self.change_as_asked)
        card.remove_requested.connect(self.take_off)
        card.stop_requested.connect(self._on_stop)
        card.lot.code_entered.connect(self.code_entered)
        return card

    def _open(self, card: UseCard) -> None:
        for other in self.cards.values():
            if other is not card:
                other.set_open(False)
        card.set_open(True)
        self.bring_up(card)

    def _zones_offered(self, draft: SessionDraft) -> tuple[str, ...]:
        planned = tuple(one.zone for one in draft.consultation.plan.zones)
        return tuple(dict.fromkeys((*draft.treated_zones, *planned)))

    def _findings_of(self, use: MaterialUse) -> tuple[Finding, ...]:
        found = self.presenter.findings
        return lot_findings(found, self.step, use.name, use.lot)

    # changes

    def new_use(self, product: Product, draft: SessionDraft, now: datetime) -> MaterialUse:
        """The record that one tap on ``product`` makes."""
        return MaterialUse(
            id=uuid4(),
            product_id=product.id,
            kind=product.kind,
            name=product.name,
            amount_unit=product.amount_unit,
            zones=self.zones_at_first(draft),
            at=now,
            by=self.worker(),
            **self.lot_of_new(product),
        )

    def _on_taken(self, product: Product) -> None:
        draft = self.presenter.draft
        known = next((use for use in self.records_of(draft) if use.product_id == product.id), None)
        if known is not None:
            self._open(self.cards[known.id])
            return
        reasons = ask_reasons(self.kit, self, self.presenter.against_product(self.step, product))
        if reasons is not None:
            self._record(self.without_stopped_lot(self.new_use(product, draft, self.now())), product, reasons)

    def _record(self, use: MaterialUse, product: Product, reasons: Reasons = ()) -> bool:
        self.presenter.refresh()
        now = self.now()

        def change(draft: SessionDraft) -> SessionDraft:
            recorded = confirmed(self.with_records(draft, (*self.records_of(draft), use)), product.id)
            return self.reasoned(recorded, reasons, now)

        if not self.presenter.edit(change):
            return False
        for card in self.cards.values():
            card.set_open(False)
        self.present(self.cards[use.id])
        return True

    def kinds_taken(self) -> tuple[ProductKind, ...]:
        return self.kinds

    def take_scan(self, scanned: Scanned) -> ScanTaken | None:
        product = scanned.product
        if product is None:
            return None
        lot = self.scanned_lot(scanned)
        said = ScanTaken(lot_words(self.tr_, scanned))
        known = record_for(scanned, self.records_of(self.presenter.draft))
        if known is None:
            use = self.new_use(product, self.presenter.draft, self.now()).with_(**lot)
            taken = self._record(use, product)
            return replace(said, undo=lambda: self.take_off(use.id)) if taken else None
        self.change_record(known.id, lot)
        self.present(self.cards[known.id])
        before = {"lot": known.lot, "expires_on": known.expires_on}
        return said if before == lot else replace(said, undo=lambda: self.change_record(known.id, before))

    def _on_stop(self, use_id: UUID) -> None:
        now = self.now()
        use = next((one for one in self.records_of(self.presenter.draft) if one.id == use_id), None)
        if use is None or use.started_at is None:
            return
        seconds = max(0, int((now - use.started_at).total_seconds()))
        self.change_record(use_id, {"duration_s": seconds})
        # The button that had the focus is gone; a stray key must not start it again.
        self.cards[use_id].edit.setFocus()
        self.offer_undo(
            self.tr_("{name} stopped", name=use.name), lambda: self.change_record(use_id, {"duration_s": None})
        )
