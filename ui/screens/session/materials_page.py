"""The base of the pages where products are recorded: a picker above, what was used below, every removal undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.findings import Finding, Override
from needlelog.domain.materials import MaterialUse, Product, ProductKind
from needlelog.domain.session import SessionDraft, SignedSession
from needlelog.domain.treatment import PlannedProduct
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from ui.screens.session.card_list import CardList
from ui.screens.session.material_picker import MaterialPicker
from ui.screens.session.numbing_card import NumbingCard
from ui.screens.session.page import ScanTaken, StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.record_card import RecordCard
from ui.screens.session.scanned_lots import lot_findings, lot_words, record_for
from ui.screens.session.use_card import LastTime, UseCard, UseFacts
from ui.screens.session.written_reasons import ask_reasons
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE
from ui.widgets.toast import Toast

TICK_MS = 1000


def confirmed(draft: SessionDraft, product_id: UUID) -> SessionDraft:
    """``draft`` with this product's place in the plan confirmed."""
    plan = draft.consultation.plan
    products = tuple(
        one.with_(confirmed=True) if one.product_id == product_id and not one.confirmed else one
        for one in plan.products
    )
    if products == plan.products:
        return draft
    return draft.with_(consultation=draft.consultation.with_(plan=plan.with_(products=products)))


def planned_of(draft: SessionDraft, picker: MaterialPicker) -> tuple[PlannedProduct, ...]:
    """What the plan holds of the products that ``picker`` offers."""
    return tuple(one for one in draft.consultation.plan.products if picker.product(one.product_id))


class MaterialsPage(StepPage):
    """What every page with products has: a tick while it is seen, a toast, the people who work here."""

    picker: MaterialPicker

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self._toast: Toast | None = None
        self._last_visit: SignedSession | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.tick)
        self.column.setContentsMargins(0, 0, SPACE, SPACE * 2)
        presenter.findings_changed.connect(self._on_findings)

    def records_of(self, draft: SessionDraft) -> tuple[Any, ...]:
        """The page's records in ``draft``: uses of products, or applications of an anaesthetic."""
        raise NotImplementedError

    def with_records(self, draft: SessionDraft, records: tuple[Any, ...]) -> SessionDraft:
        """``draft`` with these in place of the page's records."""
        raise NotImplementedError

    def change_record(self, record_id: UUID, fields: dict[str, Any]) -> None:
        """Replace these fields of one record."""
        self.presenter.edit(
            lambda draft: self.with_records(
                draft,
                tuple(one.with_(**fields) if one.id == record_id else one for one in self.records_of(draft)),
            )
        )

    def take_off(self, record_id: UUID) -> None:
        """Take one record off the visit, and offer to put it back where it stood."""
        records = self.records_of(self.presenter.draft)
        index = next((place for place, one in enumerate(records) if one.id == record_id), None)
        if index is None:
            return
        gone, reasons = records[index], self.presenter.draft.overrides
        self.presenter.edit(
            lambda draft: self.with_records(draft, tuple(one for one in self.records_of(draft) if one.id != record_id))
        )
        self.offer_undo(
            self.tr_("{name} taken off the record", name=gone.name), lambda: self._put_back(gone, index, reasons)
        )

    def _put_back(self, gone: Any, index: int, reasons: tuple[Override, ...]) -> None:
        def change(draft: SessionDraft) -> SessionDraft:
            records = self.records_of(draft)
            if any(one.id == gone.id for one in records):
                return draft
            # The reasons that went with it come back with it.
            went = tuple(one for one in reasons if draft.override_of(one.finding.key) is None)
            back = self.with_records(draft, (*records[:index], gone, *records[index:]))
            return back.with_(overrides=(*back.overrides, *went))

        self.presenter.edit(change)

    def tick(self) -> None:
        """A second has passed while the page is seen."""

    def show_findings(self) -> None:
        """Paint what the rules say; called when only the findings changed."""

    def offer_undo(self, text: str, undo: Any) -> None:
        """Say what was done and offer to take it back."""
        if self._toast is None:
            self._toast = Toast(self.kit.theme, self.tr_, self.parentWidget() or self)
        self._toast.offer(text, undo)

    @property
    def toast(self) -> Toast | None:
        """The last offer to undo, once there was one."""
        return self._toast

    @property
    def ticking(self) -> bool:
        """Whether the page reads the clock by itself: only while it is seen."""
        return self._tick.isActive()

    def say_taken(self, taken: ScanTaken) -> None:
        self.offer_undo(taken.text, taken.undo)

    def people(self) -> tuple[str, ...]:
        """Everybody who works here as they sign, whoever is unlocked first."""
        everybody = (one.signature for one in self.desk.practice.practitioners() if one.active)
        return tuple(dict.fromkeys((self.by, *everybody)))

    def entered(self) -> None:
        """Look up the client's last visit: it can tell how much was used then."""
        self._last_visit = self.desk.history.latest(self.presenter.draft.client_id)

    @property
    def last_visit(self) -> SignedSession | None:
        """The client's last signed visit, as it was when the page came up."""
        return self._last_visit

    def day_of(self, signed: SignedSession) -> date:
        """The calendar day of a signed visit on its own clock."""
        return local(signed.draft.started_at, signed.draft.time_zone).date()

    def lot_of_new(self, product: Product) -> dict[str, Any]:
        """The lot that a new record of ``product`` starts with: the one used last, while it is in date."""
        lot = self.desk.materials.lot_at_hand(product.id, self.visit_day())
        return {"lot": lot.code, "expires_on": lot.expires_on} if lot else {}

    def present(self, card: RecordCard) -> None:
        """Bring a card just recorded into view; it opens only where something is missing, at that place."""
        card.set_open(False)
        card.open_missing()
        self.bring_up(card)

    def show_lot_of(self, card: UseCard | NumbingCard) -> None:
        """Lead to the lot of a record: to what it lacks, or to all its details."""
        if card.lacks_lot():
            card.open_missing()
        else:
            card.set_open(True)
            card.lot.chips.setFocus()
        self.bring_up(card)

    def scanned_lot(self, scanned: Scanned) -> dict[str, Any]:
        """Lot and last good day of a scanned pack as a record has them; the lot is noted on the clinic's list."""
        if scanned.product is not None and scanned.lot_code:
            self.desk.materials.remember_lot(scanned.product.id, scanned.lot_code, scanned.expires_on)
        return {"lot": scanned.lot_code, "expires_on": scanned.expires_on}

    def take_new_product(self, scanned: Scanned, done: Callable[[Product], object]) -> bool:
        del scanned
        self.picker.open_form()
        if self.picker.form is not None:
            self.picker.form.added.connect(done)
        self.bring_up(self.picker)
        return True

    def visit_day(self) -> date:
        """The calendar day of the visit in the clinic's zone."""
        draft = self.presenter.draft
        return local(draft.started_at, draft.time_zone).date()

    def zone_name_of_clock(self) -> str:
        """The IANA name of the zone that the visit's times are shown in."""
        return self.presenter.draft.time_zone

    def bring_up(self, part: QWidget) -> None:
        """Scroll ``part`` into sight once the layout has settled."""
        QTimer.singleShot(0, part, lambda: self._scroll_to(part))

    def _scroll_to(self, part: QWidget) -> None:
        parent = self.parentWidget()
        area = parent.parentWidget() if parent else None
        if not isinstance(area, QScrollArea):
            return
        if part.height() > area.viewport().height():
            # What does not fit is read from its top, where the action is.
            area.verticalScrollBar().setValue(part.mapTo(self, QPoint(0, 0)).y())
        else:
            area.ensureWidgetVisible(part, 0, SPACE)

    def _on_findings(self) -> None:
        if self.isVisible():
            self.show_findings()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tick()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()


class UsesPage(MaterialsPage):
    """A page whose record is a list of ``MaterialUse``."""

    kinds: tuple[ProductKind, ...]
    facts = UseFacts()

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self.picker = MaterialPicker(kit, desk, self.picker_title(), *self.kinds)
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
        for card in tuple(self.cards.values()):
            card.leave()

    def focus_field(self, field: str) -> None:
        name = field.partition(":")[2]
        card = next((one for one in self.cards.values() if one.use.name == name), None)
        if card is None:
            self.picker.focus_first()
            return
        self.show_lot_of(card)

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
        card = UseCard(self.kit, self.desk, use, self.facts, self.zone_name_of_clock, self.visit_day)
        card.change_requested.connect(self.change_record)
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
        reasons = ask_reasons(self.kit, self, self.presenter.allergies_against(self.step, product))
        if reasons is None or not self._record(self.new_use(product, draft, self.now()), product):
            return
        for finding, reason in reasons:
            self.presenter.override(finding, reason)

    def _record(self, use: MaterialUse, product: Product) -> bool:
        self.presenter.refresh()
        if not self.presenter.edit(
            lambda draft: confirmed(self.with_records(draft, (*self.records_of(draft), use)), product.id)
        ):
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
