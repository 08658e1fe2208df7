"""The base of the pages where products are recorded: a picker above, what was used below, every removal undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.findings import Finding
from needlelog.domain.materials import MaterialUse, Product, ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import PlannedProduct
from needlelog.services.desk import Desk
from ui.screens.session.material_picker import MaterialPicker
from ui.screens.session.page import StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.use_card import UseCard, UseFacts
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

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self._toast: Toast | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.tick)
        self.column.setContentsMargins(0, 0, SPACE, SPACE * 2)
        presenter.findings_changed.connect(self._on_findings)

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

    def people(self) -> tuple[str, ...]:
        """Everybody who works here as they sign, whoever is unlocked first."""
        everybody = (one.signature for one in self.desk.practice.practitioners() if one.active)
        return tuple(dict.fromkeys((self.by, *everybody)))

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
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(part, 0, SPACE * 2)

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
        self.cards: dict[UUID, UseCard] = {}
        self.picker = MaterialPicker(kit, desk, self.picker_title(), *self.kinds)
        self.picker.taken.connect(self._on_taken)
        self.picker.reload()
        self.column.addWidget(self.picker)
        self.records = QVBoxLayout()
        self.records.setSpacing(SPACE * 1)
        self.column.addLayout(self.records)
        self.build_below()
        self.column.addStretch(1)

    # what each page says

    def picker_title(self) -> str:
        """What stands above the products."""
        raise NotImplementedError

    def uses_of(self, draft: SessionDraft) -> tuple[MaterialUse, ...]:
        """The list in ``draft``."""
        raise NotImplementedError

    def with_uses(self, draft: SessionDraft, uses: tuple[MaterialUse, ...]) -> SessionDraft:
        """``draft`` with this list."""
        raise NotImplementedError

    def build_below(self) -> None:
        """Whatever stands under the list."""

    def zones_at_first(self, draft: SessionDraft) -> tuple[str, ...]:
        """The zones that a new use is put on."""
        return draft.treated_zones if self.facts.zones else ()

    def worker(self) -> str:
        """Who a new use is recorded for."""
        return self.by

    # painting

    def show_draft(self, draft: SessionDraft) -> None:
        uses = self.uses_of(draft)
        self._match_cards(uses)
        people, zones = self.people(), self._zones_offered(draft)
        for use in uses:
            self.cards[use.id].show_use(use, draft, zones, people)
        recorded = frozenset(use.product_id for use in uses if use.product_id)
        self.picker.show_choice(recorded, planned_of(draft, self.picker))
        self.show_findings()

    def show_findings(self) -> None:
        draft = self.presenter.draft
        for use in self.uses_of(draft):
            if use.id in self.cards:
                self.cards[use.id].show_findings(self._findings_of(use), draft)

    def tick(self) -> None:
        for card in self.cards.values():
            card.tick()

    def entered(self) -> None:
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
        self._open(card)
        card.lot.setFocus()

    def _match_cards(self, uses: Sequence[MaterialUse]) -> None:
        wanted = {use.id for use in uses}
        for use_id in [one for one in self.cards if one not in wanted]:
            gone = self.cards.pop(use_id)
            self.records.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for index, use in enumerate(uses):
            if use.id not in self.cards:
                self.cards[use.id] = self._make_card(use)
                self.records.insertWidget(index, self.cards[use.id])
                self.cards[use.id].show()

    def _make_card(self, use: MaterialUse) -> UseCard:
        card = UseCard(self.kit, self.desk, use, self.facts, self.zone_name_of_clock, self.visit_day)
        card.change_requested.connect(self._on_change)
        card.remove_requested.connect(self._on_remove)
        card.stop_requested.connect(self._on_stop)
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
        key = f"expired:{use.name}:{use.lot}:{use.expires_on.isoformat() if use.expires_on else ''}"
        return tuple(one for one in found if one.key == key and one.step is self.step)

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
        )

    def _on_taken(self, product: Product) -> None:
        draft = self.presenter.draft
        known = next((use for use in self.uses_of(draft) if use.product_id == product.id), None)
        if known is not None:
            self._open(self.cards[known.id])
            return
        use = self.new_use(product, draft, self.now())
        self.presenter.refresh()
        if self.presenter.edit(lambda draft: confirmed(self.with_uses(draft, (*self.uses_of(draft), use)), product.id)):
            self._open(self.cards[use.id])

    def _on_change(self, use_id: UUID, fields: dict[str, Any]) -> None:
        self.presenter.edit(
            lambda draft: self.with_uses(
                draft, tuple(use.with_(**fields) if use.id == use_id else use for use in self.uses_of(draft))
            )
        )

    def _on_stop(self, use_id: UUID) -> None:
        now = self.now()
        use = next((one for one in self.uses_of(self.presenter.draft) if one.id == use_id), None)
        if use is None or use.started_at is None:
            return
        seconds = max(0, int((now - use.started_at).total_seconds()))
        self._on_change(use_id, {"duration_s": seconds})
        self.offer_undo(
            self.tr_("{name} stopped", name=use.name), lambda: self._on_change(use_id, {"duration_s": None})
        )

    def _on_remove(self, use_id: UUID) -> None:
        uses = self.uses_of(self.presenter.draft)
        index = next((place for place, use in enumerate(uses) if use.id == use_id), None)
        if index is None:
            return
        gone = uses[index]
        self.presenter.edit(
            lambda draft: self.with_uses(draft, tuple(use for use in self.uses_of(draft) if use.id != use_id))
        )
        self.offer_undo(self.tr_("{name} removed", name=gone.name), lambda: self._put_back(gone, index))

    def _put_back(self, use: MaterialUse, index: int) -> None:
        def change(draft: SessionDraft) -> SessionDraft:
            uses = self.uses_of(draft)
            if any(one.id == use.id for one in uses):
                return draft
            return self.with_uses(draft, (*uses[:index], use, *uses[index:]))

        self.presenter.edit(change)
