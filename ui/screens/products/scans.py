"""What a scan means on the list of products: show the product of the pack, and count it in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from needlelog.domain.materials import Product, ProductKind
from needlelog.errors import Fault
from needlelog.services.desk import Desk
from needlelog.services.stock import Scanned
from ui.toolkit.kit import Kit
from ui.widgets.scan_notice import ScanNotice

_NEW = "new"


class StockScans(QObject):
    """``show`` puts a product to the front and says whether it could; ``add_new`` opens the form for one."""

    def __init__(
        self,
        kit: Kit,
        desk: Desk,
        notice: ScanNotice,
        show: Callable[[Scanned], bool],
        add_new: Callable[[], bool],
    ) -> None:
        super().__init__(notice)
        self._kit = kit
        self._desk = desk
        self._notice = notice
        self._show = show
        self._add_new = add_new
        self._waiting: Scanned | None = None

    def take(self, text: str) -> None:
        """Read a code and show what it is."""
        self._notice.quiet()
        self._waiting = None
        try:
            scanned = self._desk.stock.scan(text)
        except Fault as fault:
            self._say(fault)
            return
        if scanned.product is not None:
            self._show(scanned)
        elif scanned.code.gtin:
            self._ask(scanned)
        else:
            said = self._kit.tr("This code does not say which product it is. Scan the other code of the pack first.")
            self._notice.say(said, "hold")

    def product_added(self, product: Product) -> None:
        """A new product was put on the list: it is what the waiting pack holds."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._remember(waiting, product)

    def forget(self) -> None:
        """No pack waits for its product any more."""
        self._waiting = None

    def _ask(self, scanned: Scanned) -> None:
        tr = self._kit.tr
        products = self._desk.materials.all()
        consumed = sorted(products, key=lambda one: one.kind is ProductKind.DEVICE)
        options = [(str(one.id), one.name) for one in consumed]
        chosen = self._kit.dialogs.ask_choice(
            self._notice.window(),
            tr("Which product is this pack?"),
            tr("Its number {gtin} is new here. It is asked once and remembered.", gtin=scanned.code.gtin),
            [(_NEW, tr("It is not on the list yet")), *options],
        )
        if chosen == _NEW:
            if self._add_new():
                self._waiting = scanned
                self._notice.say(
                    tr("Describe the product and save it: pack {gtin} is noted with it.", gtin=scanned.code.gtin),
                    "accent",
                )
            return
        product = next((one for one in consumed if str(one.id) == chosen), None)
        if product is not None:
            self._remember(scanned, product)

    def _remember(self, scanned: Scanned, product: Product) -> None:
        try:
            pack = self._desk.stock.keep_pack(product.id, scanned.code.gtin)
        except Fault as fault:
            self._say(fault)
            return
        self._notice.quiet()
        self._show(self._desk.stock.known(scanned.code, product, pack))

    def _say(self, fault: Fault) -> None:
        said = self._kit.tr.fault(fault)
        self._notice.say(f"{said.what} {said.way_out}", "hold")
