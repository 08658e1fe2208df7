"""The figures of an entry: each with its value, the clinic's own beside ours, and the way to change it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.i18n import record_date
from needlelog.knowledge.figures import Figure, weighs_less
from needlelog.knowledge.model import OwnValue
from needlelog.services.reference import Reference
from ui.screens.knowledge.decision_form import DecisionForm
from ui.screens.knowledge.meaning import figure_text
from ui.toolkit.buttons import button, icon_button
from ui.toolkit.discard import discard
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card, hairline


class FigureRow(QWidget):
    """One figure. ``opened`` before a form comes up, ``grown`` once it has its place, ``changed`` once it is kept."""

    changed = Signal()
    opened = Signal()
    grown = Signal()

    def __init__(self, kit: Kit, reference: Reference, figure: Figure, own: OwnValue | None, zone: str) -> None:
        super().__init__()
        self._kit = kit
        self._reference = reference
        self.figure = figure
        self.form: DecisionForm | None = None
        tr, name = kit.tr, kit.tr(figure.kind.name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(label(name, "body", wrap=True), 1)
        value = figure_text(tr, figure, figure.value)
        self.value = label(value, "heading" if figure.value else "body", muted=not figure.value)
        row.addWidget(self.value)
        self.change = icon_button(kit.theme, "edit", tr("Use our own value… {name}", name=name), "accent")
        self.change.setToolTip(tr("Use our own value…"))
        self.change.clicked.connect(self._on_change)
        row.addWidget(self.change)
        self._column.addLayout(row)
        self.back: QPushButton | None = None
        if own is not None:
            self._column.addWidget(self._own(own, zone))
        self.setAccessibleName(f"{name}: {value}")

    def _own(self, own: OwnValue, zone: str) -> QWidget:
        tr, kit = self._kit.tr, self._kit
        frame = QFrame()
        frame.setProperty("surface", "accent")
        row = QHBoxLayout(frame)
        row.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        words = QVBoxLayout()
        words.setSpacing(2)
        ours = figure_text(tr, self.figure, own.ours)
        words.addWidget(label(tr("Our own value; as shipped: {ours}", ours=ours), "strong", wrap=True))
        words.addWidget(label(own.reason, "body", wrap=True))
        day = record_date(local(own.at, zone).date())
        words.addWidget(label(f"{own.by}, {day}", "caption", muted=True, wrap=True))
        if weighs_less(self.figure, own.ours, own.value):
            less = label(tr("Less careful than the value we ship."), "caption", wrap=True)
            set_tone(less, "hold")
            words.addWidget(less)
        row.addLayout(words, 1)
        back = self.back = button(kit.theme, tr("Take ours back"), "quiet")
        back.setAccessibleName(tr("Take ours back: {name}", name=tr(self.figure.kind.name)))
        back.clicked.connect(self._on_back)
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _on_change(self) -> None:
        self._open(back=False)

    def _on_back(self) -> None:
        self._open(back=True)

    def _open(self, *, back: bool) -> None:
        self.opened.emit()
        if self.form is not None:
            # Somebody chose to stay with what is being written.
            return
        self.form = DecisionForm(self._kit, self._reference, self.figure, back=back)
        self.form.decided.connect(self.changed)
        self.form.left.connect(self._on_left)
        self._column.addWidget(self.form)
        self.form.grown.connect(self.grown)
        self.form.start()

    def _on_left(self) -> None:
        self.close_form()
        self.change.setFocus()

    def close_form(self) -> None:
        """Take the form away with what stands in it."""
        if self.form is not None:
            discard(self.form)
            self.form = None


class FigureCard(Card):
    """The figures of one entry, at most one of them being changed. ``changed`` is said when a decision was kept."""

    changed = Signal(str)
    grown = Signal()

    def __init__(self, kit: Kit, reference: Reference, place: str, zone: str) -> None:
        super().__init__(kit.tr("Figures"))
        table, _, id_ = place.partition(":")
        entry = reference.entry(place)
        own = {value.key: value for value in entry.own} if entry is not None else {}
        self.rows: list[FigureRow] = []
        self.add(label(kit.tr("Your clinic may use its own value; ours stays beside it."), muted=True, wrap=True))
        for figure in reference.figures(table, id_):
            if self.rows:
                self.add(hairline())
            row = FigureRow(kit, reference, figure, own.get(figure.key), zone)
            row.opened.connect(lambda opened=row: self._on_opened(opened))
            row.grown.connect(self.grown)
            row.changed.connect(lambda key=figure.key: self.changed.emit(key))
            self.rows.append(row)
            self.add(row)
        self.body.setSpacing(SPACE)

    @property
    def form(self) -> DecisionForm | None:
        """The form that is open."""
        return next((row.form for row in self.rows if row.form is not None), None)

    def row(self, key: str) -> FigureRow:
        """The row of this figure."""
        return next(row for row in self.rows if row.figure.key == key)

    def _on_opened(self, opened: FigureRow) -> None:
        for row in self.rows:
            if row is not opened or (row.form is not None and not row.form.unsaved):
                row.close_form()
