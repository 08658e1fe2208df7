"""The base of the pages that a repeated visit can record at one tap: as then, from the lots in use now, and on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from needlelog.domain.findings import Finding
from needlelog.domain.materials import Product
from needlelog.domain.session import SessionDraft
from needlelog.domain.text import fold_lot
from needlelog.i18n import record_date
from needlelog.rules.traceability import LotInUse
from needlelog.services.desk import Desk
from needlelog.workflow.again import Again
from ui.screens.session.again_offer import AgainOffer
from ui.screens.session.materials_page import MaterialsPage, confirmed
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.kit import Kit
from ui.widgets.phrases import unbroken


class AgainPage(MaterialsPage):
    """The offer stands above the picker while nothing is on record; the rules are asked before it is made."""

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self.offer = AgainOffer(kit)
        self.offer.taken.connect(lambda: self._record_again(self.again_records))
        self.offer.begun.connect(lambda: self._record_again(self.begun_records))
        self.column.addWidget(self.offer)

    def again_verb(self) -> str:
        """What one tap says of the records of the visit that is repeated."""
        raise NotImplementedError

    def again_records(self, last: SessionDraft) -> tuple[Any, ...]:
        """The records of ``last`` as they would be made now, each from the lot in use now; none where one cannot be."""
        raise NotImplementedError

    def begun_verb(self, records: tuple[Any, ...]) -> str:
        """What one tap says of them where they only begin now; "" where there is no such difference."""
        del records
        return ""

    def begun_records(self, last: SessionDraft) -> tuple[Any, ...]:
        """The same as ``again_records``, as they would be made where they only begin now."""
        return self.again_records(last)

    def again_words(self, record: Any) -> str:
        """One of them in a line."""
        raise NotImplementedError

    def with_again(self, draft: SessionDraft, records: tuple[Any, ...], now: datetime) -> SessionDraft:
        """``draft`` with these recorded ``now``."""
        del now
        draft = self.with_records(draft, records)
        for one in records:
            draft = confirmed(draft, one.product_id)
        return draft

    def show_offer(self, draft: SessionDraft) -> None:
        """Offer what was recorded at the visit that is repeated, while nothing is on record today."""
        again = None if self.records_of(draft) else self.presenter.again(self._last_visit)
        records = self.again_records(again.last.draft) if again else ()
        if again is None or not records:
            self.offer.hide()
            return
        against = self._against(again, records)
        title = self.tr_("As on {day}", day=record_date(again.day))
        lots = self._lots_in_words(again.last.draft, records)
        words = [self.again_words(one) for one in records]
        verbs = (self.again_verb(), self.begun_verb(records))
        self.offer.show_offer(title, words, verbs, against, draft, lots=lots)

    def _lots_in_words(self, last: SessionDraft, records: tuple[Any, ...]) -> str:
        """Whether the lots are those of then, for the button that records them; "" where none has one."""
        tr, then = self.tr_, {(one.product_id, fold_lot(one.lot)) for one in self.records_of(last)}
        lots = [one for one in records if one.lot]
        new = [one.lot for one in lots if (one.product_id, fold_lot(one.lot)) not in then]
        if new:
            return tr("New lot: {lots}", lots=", ".join(dict.fromkeys(new)))
        return tr.plural("Same lot as then", "Same lots as then", len(lots)) if lots else ""

    def _record_again(self, records_of: Callable[[SessionDraft], tuple[Any, ...]]) -> None:
        # What has come to be known since it was offered counts: another visit may have used the lot up.
        self.presenter.refresh()
        again = self.presenter.again(self._last_visit)
        records = records_of(again.last.draft) if again else ()
        before, now = self.presenter.draft, self.now()
        if again is None or not records or self._against(again, records):
            self.show_offer(before)
            return
        if self.presenter.edit(lambda draft: self.with_again(draft, records, now)):
            self.after_again(before, records)

    def _against(self, again: Again, records: tuple[Any, ...]) -> tuple[Finding, ...]:
        """What the rules hold against it; a lot that was known then and is not now, too."""
        now = self.now()
        found = list(self.presenter.findings_of_change(lambda x: self.with_again(x, records, now)))
        had_lot = {one.product_id for one in self.records_of(again.last.draft) if one.lot}
        for one in records:
            if not one.lot and one.product_id in had_lot:
                found += self.presenter.findings_of_lot(LotInUse(self.step, one.name, "", None, now))
        return tuple({one.key: one for one in found}.values())

    def after_again(self, before: SessionDraft, records: tuple[Any, ...]) -> None:
        """Recorded: on to the next step, unless something here holds it back."""
        said = ", ".join(one.name for one in records)
        if self.presenter.held_back(self.step):
            self.offer_undo(said, lambda: self.take_again_back(before, records))
        else:
            self.went_on.emit(said, lambda: self.take_again_back(before, records))

    def take_again_back(self, before: SessionDraft, records: tuple[Any, ...]) -> None:
        """Take off what one tap recorded; what was recorded since stays."""
        del before
        gone = {one.id for one in records}
        self.presenter.edit(
            lambda draft: self.with_records(draft, tuple(one for one in self.records_of(draft) if one.id not in gone))
        )

    def product_again(self, product_id: UUID | None) -> Product | None:
        """The product of the earlier visit, while it is on the list and bears nothing the client is allergic to."""
        product = self.picker.product(product_id)
        return None if product is None or self.picker.allergies_met(product) else product

    def lot_in_words(self, record: Any) -> str:
        """The lot that one tap would record."""
        if not record.lot:
            return ""
        if record.expires_on is None:
            return self.tr_("Lot in use: {lot}", lot=record.lot)
        return unbroken(self.tr_("Lot in use: {lot}, to {day}", lot=record.lot, day=record_date(record.expires_on)))


def in_a_line(parts: Iterable[str]) -> str:
    """The parts that say anything, in a line that breaks after a dot and never before it."""
    return "\u00a0\u00a0\u00b7  ".join(part for part in parts if part)


def in_lines(*lines: str) -> str:
    """The lines that say anything: what keeps together would leave a dot behind where it goes to a line of its own."""
    return "\n".join(one for one in lines if one)
