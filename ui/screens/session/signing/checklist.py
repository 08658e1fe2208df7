"""What the record needs, done or missing, each one tap from its place; then the signature."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from needlelog.domain.findings import Gate
from needlelog.errors import Fault, FaultCode
from needlelog.rules.items import Item
from needlelog.services.desk import Desk
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.signing.price import PriceCard
from ui.toolkit.buttons import button
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card


class SigningChecklist(QWidget):
    """``signed`` carries the id of the signed visit."""

    signed = Signal(object)

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter) -> None:
        super().__init__()
        self._kit = kit
        self._desk = desk
        self._presenter = presenter
        self._rows: dict[str, QPushButton] = {}
        tr = kit.tr
        card = Card(tr("What the record needs"))
        self._columns = 0
        self._order: list[str] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE)
        card.add(self._grid)
        sign = Card(tr("Sign the visit"))
        self._standing = label("", "lead", wrap=True)
        self._sign = button(kit.theme, tr("Sign and lock"), "primary", "pen", chair=True)
        self._sign.clicked.connect(self._on_sign_clicked)
        self._open = button(kit.theme, tr("Show what is open"), "secondary", "info")
        self._open.clicked.connect(presenter.findings_wanted)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addWidget(self._standing, 1)
        row.addWidget(self._open, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        sign.add(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE * 2)
        column.addWidget(sign)
        column.addWidget(card)
        self.price = PriceCard(kit, presenter)
        column.addWidget(self.price)
        column.addStretch(1)

    def refresh(self) -> None:
        """Paint from the saved draft."""
        tr = self._kit.tr
        self.price.show_draft(self._presenter.draft)
        items = self._presenter.items
        if [item.key for item in items] != list(self._rows):
            self._rebuild(items)
        overridden = {override.finding.key for override in self._presenter.draft.overrides}
        for item in items:
            self._show(item, item.finding_key in overridden)
        self._place()
        shut = self._presenter.open_findings(Gate.SIGNING)
        self._sign.setEnabled(not shut)
        left = self._not_answered()
        self._open.setVisible(bool(shut or left))
        if shut:
            said = tr.plural("{count} point is still open.", "{count} points are still open.", len(shut))
        elif left:
            said = tr("Nothing is missing.")
        else:
            said = tr("Everything is there. After signing nothing can be changed, only added to.")
        self._standing.setText(" ".join(filter(None, (said, left))))
        set_tone(self._standing, "hold" if shut or left else "ok")

    def _not_answered(self) -> str:
        """Which precautions nobody has considered; "" for none."""
        left = [one.title for one in self._presenter.unanswered if one.is_precaution]
        if not left:
            return ""
        return self._kit.tr.plural(
            "{count} precaution was not answered: {titles}.",
            "{count} precautions were not answered: {titles}.",
            len(left),
            titles="; ".join(left),
        )

    def _rebuild(self, items: tuple[Item, ...]) -> None:
        for row in self._rows.values():
            discard(row)
        self._rows = {}
        for item in items:
            row = button(self._kit.theme, item.text, "quiet")
            row.setProperty("align", "left")
            row.clicked.connect(partial(self._presenter.show_field.emit, item.step, item.field))
            self._rows[item.key] = row
        self._columns = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Two columns where the longest line has room in both, otherwise one."""
        widest = max((row.sizeHint().width() for row in self._rows.values()), default=0)
        columns = 2 if self.width() >= 2 * widest + SPACE * 9 else 1
        done = {item.key for item in self._presenter.items if item.done}
        order = sorted(self._rows, key=lambda key: key in done)  # what is missing stands first
        if (columns, order) == (self._columns, self._order):
            return
        self._columns, self._order = columns, order
        for place, key in enumerate(order):
            self._grid.addWidget(self._rows[key], place // columns, place % columns)

    def _show(self, item: Item, reasoned: bool) -> None:
        tr, row = self._kit.tr, self._rows[item.key]
        if item.done:
            icon, tone, word = "check", "ok", tr("Done")
        elif reasoned:
            icon, tone, word = "info", "hold", tr("Missing, with a reason")
        else:
            icon, tone, word = "missing", "stop", tr("Missing")
        text = tr("{word}: {item}", word=word, item=item.text)
        row.setText(caption(text))
        row.setAccessibleName(text)
        self._kit.theme.set_icon(row, icon, tone, 24)

    def _on_sign_clicked(self) -> None:
        tr = self._kit.tr
        self.price.leaving()
        if not self._presenter.flush():
            return
        # Time has passed since the rules looked: what is said here is what will be sealed.
        self._presenter.refresh()
        self.refresh()
        shut = self._presenter.open_findings(Gate.SIGNING)
        if shut:
            self._kit.dialogs.tell(self, tr.fault(Fault(FaultCode.NOT_READY_TO_SIGN, count=len(shut))))
            return
        left = self._not_answered()
        said = tr(
            "{name} signs. The record is sealed; later you can add to it, not change it.", name=self._desk.me.signature
        )
        sure = self._kit.dialogs.ask(
            self,
            tr("Sign this visit?"),
            tr("{said}\n{left} The record will say so.", said=said, left=left) if left else said,
            tr("Sign and lock"),
            tr("Not yet"),
        )
        if not sure:
            return
        try:
            signed = self._desk.sessions.sign(self._presenter.flow)
        except Fault as fault:
            self._kit.dialogs.tell(self, tr.fault(fault))
            self._presenter.refresh()
            self.refresh()
            return
        self.signed.emit(signed.id)
