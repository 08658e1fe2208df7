"""What may be put into a text: each placeholder with what it means and what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from needlelog.documents.placeholders import Placeholder
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.flow_layout import FlowLayout


class PlaceholderList(QWidget):
    """Closed until somebody wants one; ``wanted`` carries the one that was tapped, as it is written.

    ``bold_wanted``: the words that are marked are to be in bold, in a text that ``takes_bold``.
    """

    wanted = Signal(str)
    bold_wanted = Signal()

    def __init__(
        self, kit: Kit, offered: Sequence[Placeholder], examples: Mapping[str, str], *, takes_bold: bool
    ) -> None:
        super().__init__()
        self._kit = kit
        self.puts: dict[str, QPushButton] = {}
        self.open = button(kit.theme, kit.tr("Put in a placeholder…"), "quiet", "plus")
        self.open.setProperty("align", "left")
        self.open.clicked.connect(self._on_open)
        self._rows = QWidget()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        for row, one in enumerate(offered):
            self._add(grid, row, one, examples.get(one.name, ""))
        self._rows.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bold = button(kit.theme, kit.tr("Bold"), "quiet")
        self.bold.setToolTip(kit.tr("Set the marked words in bold"))
        self.bold.clicked.connect(self.bold_wanted)
        head = QWidget()
        flow = FlowLayout(head)
        flow.addWidget(self.open)
        if takes_bold:
            flow.addWidget(self.bold)
        column.addWidget(head)
        column.addWidget(self._rows)

    def _add(self, grid: QGridLayout, row: int, one: Placeholder, example: str) -> None:
        tr = self._kit.tr
        told = tr("{meaning}, for example: {example}", meaning=one.meaning, example=example) if example else one.meaning
        if one.needed:
            told = tr("{meaning}. It should stay in this text.", meaning=told)
        made = button(self._kit.theme, one.written, "secondary")
        made.setAccessibleName(tr("Put in {placeholder}", placeholder=one.written))
        made.setAccessibleDescription(told)
        made.clicked.connect(self._wanter(one.written))
        self.puts[one.name] = made
        grid.addWidget(made, row, 0)
        grid.addWidget(label(told, "caption", muted=True, wrap=True), row, 1)

    def _wanter(self, written: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(written)

    def _on_open(self) -> None:
        opened = self._rows.isHidden()
        self._rows.setVisible(opened)
        tr = self._kit.tr
        name = tr("Close the list") if opened else tr("Put in a placeholder…")
        self.open.setText(name)
        self.open.setAccessibleName(name)
        self._kit.theme.set_icon(self.open, "minus" if opened else "plus", "accent", 24)
