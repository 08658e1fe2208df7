"""The base of the pages where products are recorded: a picker above, what was used below, every removal undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from needlelog.clock import local
from needlelog.domain.findings import Level
from needlelog.domain.materials import Product
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.domain.treatment import PlannedProduct
from needlelog.rules.before_use import against_lot
from needlelog.rules.traceability import LotInUse
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from needlelog.workflow.reasons import with_reason
from ui.screens.session.material_picker import MaterialPicker
from ui.screens.session.numbing_card import NumbingCard
from ui.screens.session.page import ScanTaken, StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.record_card import RecordCard
from ui.screens.session.use_card import UseCard
from ui.screens.session.written_reasons import Reasons, ask_reasons
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
        self._leaving = False
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

    def change_as_asked(self, record_id: UUID, fields: dict[str, Any]) -> bool:
        """Replace fields that somebody entered on a card; what must not be used wants a written reason first.

        False where none is given: the record stays as it was. What is half-typed when the page is left is kept, and
        its finding stands.
        """
        record = next((one for one in self.records_of(self.presenter.draft) if one.id == record_id), None)
        if record is None:
            return False
        then = record.with_(**fields)
        begins = self.in_use(then) and not self.in_use(record)
        if self._leaving or not (begins or ("lot" in fields and self.in_use(then))):
            self.change_record(record_id, fields)
            return True
        against = self.presenter.against_record(then, lambda draft: self.replaced(draft, then))
        reasons = ask_reasons(self.kit, self, against if begins else against_lot(then, against))
        if reasons is None:
            self.put_back(record_id)
            return False
        now = self.now()
        return self.presenter.edit(lambda draft: self.reasoned(self.replaced(draft, then), reasons, now))

    def replaced(self, draft: SessionDraft, record: Any) -> SessionDraft:
        """``draft`` with ``record`` in the place of the one with its id."""
        records = tuple(record if one.id == record.id else one for one in self.records_of(draft))
        return self.with_records(draft, records)

    def reasoned(self, draft: SessionDraft, reasons: Reasons, at: datetime) -> SessionDraft:
        """``draft`` with these reasons on record."""
        for finding, reason in reasons:
            draft = with_reason(draft, finding, reason, by=self.by, at=at)
        return draft

    def in_use(self, record: Any) -> bool:
        """Whether what ``record`` tells of has touched the skin."""
        del record
        return True

    def put_back(self, record_id: UUID) -> None:
        """Show a record as it stands: what was entered on its card is not taken."""
        raise NotImplementedError

    def take_off(self, record_id: UUID) -> None:
        """Take one record off the visit, and offer to put it back where it stood."""
        records = self.records_of(self.presenter.draft)
        index = next((place for place, one in enumerate(records) if one.id == record_id), None)
        if index is None:
            return
        gone, before = records[index], self.presenter.draft
        self.presenter.edit(
            lambda draft: self.with_records(draft, tuple(one for one in self.records_of(draft) if one.id != record_id))
        )
        self.offer_undo(
            self.tr_("{name} taken off the record", name=gone.name), lambda: self._put_back(gone, index, before)
        )

    def _put_back(self, gone: Any, index: int, before: SessionDraft) -> None:
        def change(draft: SessionDraft) -> SessionDraft:
            records = self.records_of(draft)
            if any(one.id == gone.id for one in records):
                return draft
            # The answers that went with it come back with it.
            reasons = (one for one in before.overrides if draft.override_of(one.finding.key) is None)
            considered = (one for one in before.considered if draft.considered_of(one.finding.key) is None)
            back = self.with_records(draft, (*records[:index], gone, *records[index:]))
            return back.with_(overrides=(*back.overrides, *reasons), considered=(*back.considered, *considered))

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

    def recalled(self, name: str, lot: str) -> bool:
        """Whether this lot of the product of this name stands recalled, as the rules saw it last."""
        return self.presenter.around.shelf.recall(name, lot) is not None

    def without_stopped_lot(self, record: Any) -> Any:
        """``record`` without the lot it was assumed to come from, where that must not be used: nobody has chosen it."""
        used = LotInUse(self.step, record.name, record.lot, record.expires_on, self.now())
        stopped = record.lot and any(one.level is Level.STOP for one in self.presenter.findings_of_lot(used))
        return record.with_(lot="", expires_on=None) if stopped else record

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
