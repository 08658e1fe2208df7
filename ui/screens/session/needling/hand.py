"""What comes into the hand by itself or by a scan; what speaks against a cartridge is said before it does."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from needlelog.clock import local
from needlelog.domain.findings import Finding, Level, StepId
from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.rules.traceability import LotInUse
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from needlelog.workflow.again import Again
from ui.screens.session.needling.at_hand import cartridge_in_use
from ui.screens.session.needling.cartridge import CartridgeInUse, Lots
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.page import ScanTaken
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.scanned_lots import lot_words
from ui.screens.session.written_reasons import ask_reasons
from ui.toolkit.kit import Kit
from ui.widgets.toast import Toast


class Hand(QObject):
    """Fills ``setting``: proposes only what goes with the device in it, and nothing in the place of a choice."""

    def __init__(
        self, kit: Kit, desk: Desk, presenter: SessionPresenter, last: SignedSession | None, page: QWidget
    ) -> None:
        super().__init__(page)
        self._kit = kit
        self._desk = desk
        self._presenter = presenter
        self._last = last
        self._page = page
        self._toast: Toast | None = None
        today = local(kit.clock.now(), presenter.draft.time_zone).date()
        self.setting = SettingPanel(kit, desk, today, Lots(self._recalled, self._against))
        self.setting.put_aside.connect(self._on_put_aside)
        self.setting.taken_all_the_same.connect(self._on_taken_all_the_same)

    def tell_by(self, toast: Toast) -> None:
        """Say there what went out of the hand or came into it by itself."""
        self._toast = toast

    def take(self, draft: SessionDraft) -> None:
        """On a repeated visit the cartridge in use is in the hand before the time-out, and read out there."""
        again, device = self._presenter.again(self._last), self.setting.device()
        held = self.setting.cartridge.value() is not None
        if again is None or device is None or draft.needling.passes or held:
            return
        self._propose(again, device)

    def take_scan(self, scanned: Scanned) -> ScanTaken | None:
        """Put a scanned cartridge or device into the hand; None where it does not go there."""
        before = self.setting.cartridge.value()
        if not self.setting.take_scan(scanned):
            return None
        device = scanned.product is not None and scanned.product.kind is ProductKind.DEVICE
        text = scanned.product.name if scanned.product and device else lot_words(self._kit.tr, scanned)
        undo = None if device or before is None else (lambda: self.setting.cartridge.take(before))
        return ScanTaken(text, undo)

    def _propose(self, again: Again, device: Product) -> None:
        now = self._kit.clock.now()
        day = local(now, self._presenter.draft.time_zone).date()
        found = cartridge_in_use(self._desk, self._presenter, again.last, device.id, day, now)
        if found is not None:
            self.setting.propose(found)

    def _on_put_aside(self, aside: CartridgeInUse | None) -> None:
        """What was proposed for one device does not go with another: its own is proposed, and what went is said."""
        tr, device, again = self._kit.tr, self.setting.device(), self._presenter.again(self._last)
        if device is None:
            return
        if again is not None and not self.setting.cartridge.half_typed():
            self._propose(again, device)
        new = self.setting.cartridge.value()
        now = tr("Choose the cartridge for {device}.", device=device.name)
        if new is not None:
            now = tr("In hand: {name}, lot {lot}.", name=new.name, lot=new.lot)
        if aside is not None:
            now = tr("Lot {lot} was put aside. {now}", lot=aside.lot, now=now)
        if self._toast is not None and (aside is not None or new is not None):
            self._toast.offer(now)

    def _recalled(self, cartridge: CartridgeInUse) -> bool:
        return self._presenter.around.shelf.recall(cartridge.name, cartridge.lot) is not None

    def _against(self, cartridge: CartridgeInUse) -> tuple[Finding, ...]:
        """What stops a cartridge before it is taken in the hand; the clinic's lots are looked at afresh."""
        presenter = self._presenter
        presenter.refresh()
        used = LotInUse(StepId.NEEDLING, cartridge.name, cartridge.lot, cartridge.expires_on, self._kit.clock.now())
        return tuple(one for one in presenter.findings_of_lot(used) if one.level is Level.STOP)

    def _on_taken_all_the_same(self, cartridge: CartridgeInUse, against: tuple[Finding, ...]) -> None:
        reasons = ask_reasons(self._kit, self._page, against)
        if reasons is None:
            return
        self.setting.cartridge.take(cartridge)
        for finding, reason in reasons:
            self._presenter.override(finding, reason)
