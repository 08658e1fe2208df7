"""Who was treated with lot X: typed or scanned, on the screen and on paper, with the recalls that hold."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.domain.follow_up import Reached, recall_moment
from needlelog.domain.stock import Recall, Treated
from needlelog.domain.text import LEAST_IN_REASON, fold
from needlelog.errors import Fault, FaultCode
from needlelog.exchange.codes import looks_scanned, may_be_scan
from needlelog.i18n import record_date
from needlelog.services.desk import Desk
from ui.screens.lots.recall_cards import RecallCard
from ui.screens.lots.treated_list import TreatedList
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.plain import caption
from ui.toolkit.printing import page_images
from ui.toolkit.screen import Screen, ToClient, ToLot
from ui.toolkit.tasks import Lane
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import Notice
from ui.widgets.paper_out import print_paper, save_paper
from ui.widgets.paper_view import PREVIEW_DPI, PaperView
from ui.widgets.scan_notice import ScanNotice
from ui.widgets.scan_watch import ScanWatch
from ui.widgets.scroll_column import ScrollColumn, growing
from ui.widgets.search_box import SearchBox
from ui.widgets.trade_words import reached

_ALL = "*"


_NOBODY = "nobody:"


class LotsScreen(Screen):
    """The search above; below it the clients, or while nothing is searched the recalls."""

    def __init__(self, kit: Kit, desk: Desk, lot: str = "", parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Lots"), parent)
        self._kit = kit
        self._desk = desk
        self._zone = desk.practice.clinic().time_zone
        self._lot = ""
        self._found: tuple[Treated, ...] = ()
        self.recall_cards: list[RecallCard] = []
        self._build()
        self.search.setText(lot)
        self._look(lot)

    # building

    def _build(self) -> None:
        tr, theme = self._kit.tr, self._kit.theme
        self.search = SearchBox(theme, tr, tr("Lot"), tr("Scan the pack, or type the lot number"))
        self.search.searched.connect(self._on_searched)
        self.notice = ScanNotice(theme, tr)
        self.scan_watch = ScanWatch(self, may_be_scan)
        self.scan_watch.scanned.connect(self.take_code)
        self._overview = ScrollColumn(tr("Recalled lots"), margins=(0, 0, SPACE, 2 * SPACE), spacing=SPACE)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._overview)
        self._stack.addWidget(self._build_result())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(label(tr("Who was treated with a lot?"), "title"))
        whole.addWidget(self.search)
        whole.addWidget(self.notice)
        self.damaged = Notice(theme, "hold", slim=True)
        whole.addWidget(self.damaged)
        whole.addWidget(self._stack, 1)

    def _build_result(self) -> QWidget:
        tr, theme = self._kit.tr, self._kit.theme
        self.summary = label("", "heading", wrap=True)
        self.preview = button(theme, tr("Preview"), "secondary", "sheet")
        self.preview.clicked.connect(self._on_preview)
        self.save = button(theme, tr("Save as PDF"), "secondary", "save")
        self.save.clicked.connect(self._on_save)
        self.print = button(theme, tr("Print the list"), "primary", "printer")
        self.print.clicked.connect(self._on_print)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.summary, 1)
        for made in (self.preview, self.save, self.print):
            head.addWidget(made)
        self.products = ChipRow(theme, tr("Product"), [], clearable=False)
        self.products.changed.connect(lambda _: self._show_treated())
        self.recalled = Notice(theme, "stop")
        self.end = self.recalled.add_verb(tr("End the recall"))
        self.end.clicked.connect(self._on_end)
        self.recall = button(theme, tr("Recall this lot"), "danger", "warning")
        self.recall.clicked.connect(self._on_recall)
        self.paper_notice = Notice(theme, "ok")
        self.list = TreatedList(self._kit, self._desk.knowledge, self._zone)
        self.list.row_chosen.connect(self._on_row)
        self.list.called_asked.connect(self._on_called)
        self._rows = ScrollColumn(tr("Clients treated with this lot"), margins=(0, 0, SPACE, 2 * SPACE))
        self._rows.add(growing(self.list))
        self._view = PaperView(theme, tr)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._rows)
        self._pages.addWidget(self._view)
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addLayout(head)
        column.addWidget(self.products)
        column.addWidget(self.recalled)
        column.addWidget(self.paper_notice)
        column.addWidget(self._pages, 1)
        column.addWidget(self.recall, 0, Qt.AlignmentFlag.AlignLeft)
        return result

    # coming and going

    def activate(self) -> None:
        """Search again: visits and recalls may have been added."""
        self._look(self._lot)
        self.search.setFocus()

    # searching

    def take_code(self, text: str) -> None:
        """Search for the lot that a scanned code names."""
        self.notice.quiet()
        try:
            scanned = self._desk.stock.scan(text)
        except Fault as fault:
            self._say(fault)
            return
        if not scanned.lot_code:
            self._say(Fault(FaultCode.SCAN_WITHOUT_LOT))
            return
        self.search.setText(scanned.lot_code)
        self._look(scanned.lot_code, scanned.product.name if scanned.product else "")
        if FaultCode.SCAN_LOT_UNSURE in scanned.code.notes:
            self._say(Fault(FaultCode.SCAN_LOT_UNSURE))

    def _on_searched(self, text: str) -> None:
        if looks_scanned(text):
            self.take_code(text)
        elif text.strip() != self._lot:
            self.notice.quiet()
            self._look(text)

    def _look(self, lot: str, product: str = "") -> None:
        held = self.products.value() if lot.strip() == self._lot else None
        self._lot = lot.strip()
        self.paper_notice.say("")
        self._pages.setCurrentWidget(self._rows)
        self._name_preview()
        if not self._lot:
            self._show_overview()
            self._stack.setCurrentWidget(self._overview)
            self.damaged.say(self._desk.proof.met())
            return
        self._found = self._desk.follow_ups.with_calls(self._desk.stock.treated_with(self._lot))
        names = {fold(one.use.product): one.use.product for one in self._found}
        tr = self._kit.tr
        self.products.set_options([(_ALL, tr("All products")), *names.items()])
        wanted = fold(product) if fold(product) in names else held if held in names else None
        self.products.set_value(wanted or (next(iter(names)) if len(names) == 1 else _ALL))
        self.products.setVisible(len(names) > 1)
        self._show_treated()
        self._stack.setCurrentIndex(1)
        self.damaged.say(self._desk.proof.met())

    def treated(self) -> tuple[Treated, ...]:
        """What is listed: everything found, or what was done with the chosen product."""
        chosen = self.products.value()
        return tuple(one for one in self._found if chosen in (_ALL, fold(one.use.product)))

    def _show_treated(self) -> None:
        tr, listed = self._kit.tr, self.treated()
        clients = len({one.use.client_id for one in listed})
        if listed:
            count = tr.plural("{count} client", "{count} clients", clients)
            visits = len({one.use.session_id for one in listed})
            in_visits = tr.plural("{count} visit", "{count} visits", visits)
            self.summary.setText(tr("Lot {lot}: {clients}, {visits}", lot=self._lot, clients=count, visits=in_visits))
        else:
            self.summary.setText(tr("Nobody was treated with lot {lot}", lot=self._lot))
        self.list.setVisible(bool(listed))
        self.list.show_treated(listed)
        for made in (self.preview, self.save, self.print):
            made.setVisible(bool(listed))
        self._show_recall()

    def _show_recall(self) -> None:
        recall, product = self._recall_here(), self._one_product()
        tr = self._kit.tr
        said = ""
        if recall is not None:
            day = record_date(local(recall.at, self._zone).date())
            text = "{product}, lot {lot}, stands recalled since {day} ({name}): {reason}"
            said = tr(text, product=recall.product, lot=recall.lot, day=day, name=recall.by, reason=recall.reason)
        self.recalled.say(said)
        self.recall.setVisible(recall is None and product is not None)

    def _one_product(self) -> Treated | None:
        listed = self.treated()
        return listed[0] if listed and len({fold(one.use.product) for one in listed}) == 1 else None

    def _recall_here(self) -> Recall | None:
        return next((one.recall for one in self.treated() if one.recall is not None), None)

    def _show_overview(self) -> None:
        tr = self._kit.tr
        self._overview.empty()
        self.recall_cards = []
        recalls = self._desk.stock.recalls()
        if not recalls:
            text = tr("Type or scan a lot to see who was treated with it. Lots marked as recalled are listed here.")
            self._overview.add(EmptyState(self._kit.theme, "barcode", tr("No lot stands recalled"), text))
            return
        clients: dict[object, set[object]] = {}
        for recall, use in self._desk.stock.treated_with_recalled():
            clients.setdefault(recall.id, set()).add(use.client_id)
        self._overview.add(label(tr("Recalled lots"), "heading"))
        for recall in recalls:
            card = RecallCard(self._kit, recall, len(clients.get(recall.id, ())), self._zone)
            card.chosen.connect(self._goer(recall.lot))
            self.recall_cards.append(card)
            self._overview.add(growing(card))

    # asking

    def _goer(self, lot: str) -> Callable[[], None]:
        return lambda: self.go.emit(ToLot(lot))

    def _on_row(self, row: int) -> None:
        self.go.emit(ToClient(self.treated()[row].use.client_id))

    def _on_called(self, row: int) -> None:
        one, tr = self.treated()[row], self._kit.tr
        if one.recall is None:
            return
        recall = one.recall
        options = [(how.value, reached(tr, how)) for how in Reached]
        how = self._kit.dialogs.ask_choice(
            self,
            tr("{name} was told of the recall", name=one.use.client_name),
            tr("How? It is added to the record of the visit, with your name and the time."),
            [
                *options,
                (_NOBODY + Reached.PHONE.value, tr("Tried by phone, nobody was reached")),
                (_NOBODY + Reached.MESSAGE.value, tr("Message sent, no answer yet")),
            ],
        )
        if how is not None and how.startswith(_NOBODY):
            tried = Reached(how.removeprefix(_NOBODY))
            self._try(
                lambda: self._desk.follow_ups.not_reached(
                    one.use.session_id,
                    recall_moment(recall.id),
                    tried,
                    tr("Recall of lot {lot}", lot=recall.lot),
                )
            )
        elif how is not None:
            self._try(lambda: self._desk.follow_ups.called(one.use.session_id, recall.id, Reached(how)))

    def _on_recall(self) -> None:
        one, tr = self._one_product(), self._kit.tr
        if one is None:
            return
        reason = self._kit.dialogs.ask_text(
            self,
            tr("Recall lot {lot} of {name}?", lot=one.use.lot, name=one.use.product),
            tr("Why? Everybody who was treated with it is flagged until the recall is ended."),
            tr("Recall this lot"),
            True,
            (tr("Maker's recall letter"), tr("Notice of the authority"), tr("Our own suspicion, maker asked")),
            least=LEAST_IN_REASON,
        )
        if reason:
            self._try(lambda: self._desk.stock.recall(one.use.product, one.use.lot, reason))

    def _on_end(self) -> None:
        recall, tr = self._recall_here(), self._kit.tr
        if recall is None:
            return
        reason = self._kit.dialogs.ask_text(
            self,
            tr("End the recall of lot {lot} of {name}?", lot=recall.lot, name=recall.product),
            tr("Why? The flags of its clients go; the entry of the recall stays."),
            tr("End the recall"),
            True,
            (tr("Maker's letter: this lot is not affected"), tr("All clients spoken to"), tr("Marked by mistake")),
            least=LEAST_IN_REASON,
        )
        if reason:
            self._try(lambda: self._desk.stock.end_recall(recall.product, recall.lot, reason))

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Fault as fault:
            self._say(fault)
            return
        self._look(self._lot)

    def _say(self, fault: Fault) -> None:
        said = self._kit.tr.fault(fault)
        self.notice.say(f"{said.what} {said.way_out}", "hold")

    # on paper

    def _make(self) -> Callable[[], bytes]:
        lot, listed = self._lot, self.treated()
        return lambda: self._desk.papers.lot_list(lot, listed)

    def _on_print(self) -> None:
        print_paper(self, self._kit, self._make(), self._kit.tr("Lot list"), self.paper_notice)

    def _on_save(self) -> None:
        save_paper(self, self._kit, self._make(), self._kit.tr("lot-list") + ".pdf", self.paper_notice)

    def _on_preview(self) -> None:
        if self._pages.currentWidget() is self._view:
            self._pages.setCurrentWidget(self._rows)
            self._name_preview()
            return
        make = self._make()
        self._kit.tasks.run(
            lambda: page_images(make(), PREVIEW_DPI), self._on_pages, self._on_failed, owner=self, lane=Lane.PAPERS
        )

    def _on_pages(self, pages: list[QImage]) -> None:
        self._view.show_pages(pages)
        self._pages.setCurrentWidget(self._view)
        self._name_preview()

    def _on_failed(self, fault: Fault) -> None:
        self.paper_notice.say(str(self._kit.tr.fault(fault)), "stop")

    def _name_preview(self) -> None:
        tr = self._kit.tr
        text = tr("Back to the list") if self._pages.currentWidget() is self._view else tr("Preview")
        self.preview.setText(caption(text))
        self.preview.setAccessibleName(text)
