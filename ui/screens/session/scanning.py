"""What a scanned pack means in a visit: which product, on which step, and what speaks against its lot.

Nothing is put into the record before it is known what the pack is and that it may be used; whatever a code says that
is no pack's is one sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from needlelog.domain.findings import Finding, Level, StepId
from needlelog.domain.materials import Product, ProductKind
from needlelog.errors import Fault, FaultCode
from needlelog.rules.traceability import LotInUse
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from ui.screens.session.page import StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.written_reasons import Reasons, ask_reasons
from ui.toolkit.kit import Kit
from ui.widgets.scan_notice import ScanNotice
from ui.widgets.trade_words import product_kind

STEP_OF: Mapping[ProductKind, StepId] = {
    ProductKind.CLEANSER: StepId.CLEANSING,
    ProductKind.ANAESTHETIC: StepId.NUMBING,
    ProductKind.DEVICE: StepId.NEEDLING,
    ProductKind.CARTRIDGE: StepId.NEEDLING,
    ProductKind.SERUM: StepId.SERUM,
    ProductKind.COOLING: StepId.COOLING,
    ProductKind.ADDON: StepId.COOLING,
}
"""Where what was scanned is recorded; what the client takes home is recorded without a lot."""


class VisitScans(QObject):
    """Takes what a scanner typed to the page it belongs to."""

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        presenter: SessionPresenter,
        page: Callable[[], StepPage],
        go_to: Callable[[StepId], object],
        notice: ScanNotice,
    ) -> None:
        super().__init__(notice)
        self._kit = kit
        self._desk = desk
        self._presenter = presenter
        self._page = page
        self._go_to = go_to
        self._notice = notice
        self._last: Product | None = None

    def take(self, text: str) -> None:
        """Read a code and do what it asks for."""
        self._notice.quiet()
        try:
            scanned = self._desk.stock.scan(text)
        except Fault as fault:
            self._say(fault)
            return
        if not scanned.code.gtin:
            if self._last is None:
                self._notice.say(
                    self._kit.tr("This code does not say which product it is. Scan the other code of the pack first."),
                    "hold",
                )
                return
            scanned = self._desk.stock.known(scanned.code, self._last)
        if not self._says_enough(scanned):
            self._say(Fault(FaultCode.SCAN_WITHOUT_LOT))
            return
        if scanned.product is None:
            self._ask_product(scanned)
        else:
            self._take_known(scanned)

    def _says_enough(self, scanned: Scanned) -> bool:
        """A device is known by its number; whatever else is used up must say which lot it is."""
        device = scanned.product is not None and scanned.product.kind is ProductKind.DEVICE
        unsure = FaultCode.SCAN_LOT_UNSURE in scanned.code.notes
        return device or bool(scanned.lot_code) or (unsure and scanned.product is not None)

    def _say(self, fault: Fault) -> None:
        said = self._kit.tr.fault(fault)
        self._notice.say(f"{said.what} {said.way_out}", "hold")

    # which product

    def _ask_product(self, scanned: Scanned) -> None:
        tr, page = self._kit.tr, self._page()
        kinds = page.kinds_taken() or tuple(STEP_OF)
        products = [one for kind in kinds for one in self._desk.materials.all(kind)]
        options = [(str(one.id), one.name) for one in products]
        new = "new"
        if page.kinds_taken():
            options.append((new, tr("It is not on the list yet")))
        chosen = self._kit.dialogs.ask_choice(
            page.window(),
            tr("Which product is this pack?"),
            tr("Its number {gtin} is new here. It is asked once and remembered.", gtin=scanned.code.gtin),
            options,
        )
        if chosen == new:
            page.take_new_product(scanned, lambda product: self._remember(scanned, product))
            return
        product = next((one for one in products if str(one.id) == chosen), None)
        if product is not None:
            self._remember(scanned, product)

    def _remember(self, scanned: Scanned, product: Product) -> None:
        try:
            pack = self._desk.stock.keep_pack(product.id, scanned.code.gtin)
        except Fault as fault:
            self._say(fault)
            return
        self._take_known(self._desk.stock.known(scanned.code, product, pack))

    # where it belongs

    def _take_known(self, scanned: Scanned) -> None:
        product = scanned.product
        if product is None:
            return
        self._last = product
        tr, step = self._kit.tr, STEP_OF.get(product.kind)
        if step is None:
            self._notice.say(
                tr("{name} goes home with the client. Note it with the aftercare.", name=product.name), "accent"
            )
            return
        if product.kind not in self._page().kinds_taken():
            self._offer_to_go(scanned, product, step)
            return
        if product.kind is ProductKind.DEVICE:
            self._record(scanned, ())
            return
        against = (*self._stops(scanned, product, step), *self._presenter.against_product(step, product))
        if against:
            self._stop(scanned, against)
        else:
            self._record(scanned, ())

    def _offer_to_go(self, scanned: Scanned, product: Product, step: StepId) -> None:
        tr, steps = self._kit.tr, self._presenter.flow.steps
        number, title = next((place, tr(one.title)) for place, one in enumerate(steps, 1) if one.id is step)

        def go() -> None:
            self._go_to(step)
            self._take_known(scanned)

        self._notice.say(
            tr(
                "{name} ({kind}) is recorded in step {number}, {step}.",
                name=product.name,
                kind=product_kind(tr, product.kind),
                number=number,
                step=title,
            ),
            "accent",
            tr("Go there and record it"),
            go,
        )

    # what speaks against it

    def _findings(self, scanned: Scanned, product: Product, step: StepId) -> tuple[Finding, ...]:
        used = LotInUse(
            step,
            product.name,
            scanned.lot_code,
            scanned.expires_on,
            self._kit.clock.now(),
            serial=scanned.code.serial if step is StepId.NEEDLING else "",
        )
        self._presenter.refresh()
        return self._presenter.findings_of_lot(used)

    def _stops(self, scanned: Scanned, product: Product, step: StepId) -> tuple[Finding, ...]:
        return tuple(one for one in self._findings(scanned, product, step) if one.level is Level.STOP)

    def _stop(self, scanned: Scanned, against: tuple[Finding, ...]) -> None:
        tr = self._kit.tr
        said = " ".join(f"{one.title}. {one.detail}" for one in against)
        self._notice.say(
            tr("{said} Nothing was recorded.", said=said),
            "stop",
            tr("Use it all the same"),
            lambda: self._go_on(scanned, against),
        )

    def _go_on(self, scanned: Scanned, against: tuple[Finding, ...]) -> None:
        """Needles are asked about when the pass is recorded, as ever; for anything else the reason is asked now."""
        now = tuple(one for one in against if one.step is not StepId.NEEDLING)
        reasons = ask_reasons(self._kit, self._page(), now)
        if reasons is None:
            return
        self._notice.quiet()
        self._record(scanned, reasons)

    # recording

    def _record(self, scanned: Scanned, reasons: Reasons) -> None:
        page, product = self._page(), scanned.product
        taken = page.take_scan(scanned)
        if product is None:
            return
        if taken is None:
            self._notice.say(
                self._kit.tr(
                    "{name} cannot be chosen in this visit. Look at its entry under Products.", name=product.name
                ),
                "hold",
            )
            return
        for finding, reason in reasons:
            self._presenter.override(finding, reason)
        page.say_taken(taken)
        self._warn(scanned, product)

    def _warn(self, scanned: Scanned, product: Product) -> None:
        """What is worth a look although the pack may be used."""
        tr = self._kit.tr
        sentences = [tr.fault(Fault(note)) for note in scanned.code.notes if note is not FaultCode.SCAN_WITHOUT_LOT]
        said = [f"{one.what} {one.way_out}" for one in sentences]
        if product.kind is not ProductKind.DEVICE:
            step = STEP_OF[product.kind]
            found = self._findings(scanned, product, step)
            said += [f"{one.title}. {one.detail}" for one in found if one.level is Level.NOTE and one.detail]
        if said:
            self._notice.say(" ".join(said), "hold")
