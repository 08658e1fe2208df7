"""The zone map: the client's skin as seven drawings and one list, where zones are chosen and show what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from needlelog.i18n import Words
from ui.widgets.elided import ElidedLabel
from ui.widgets.zone_map_canvas import ZoneCanvas
from ui.widgets.zone_map_drawing import Drawing, read_drawing
from ui.widgets.zone_map_ink import Inks
from ui.widgets.zone_map_legend import Legend
from ui.widgets.zone_map_lens import MOST
from ui.widgets.zone_map_list import ZoneList, sought
from ui.widgets.zone_map_marks import BARE, MapColours, ZoneMark, zone_in_words
from ui.widgets.zone_map_rows import ZoneRow
from ui.widgets.zone_map_tabs import ViewTabs

__all__ = ["MapColours", "ZoneMap", "ZoneMark", "view_names"]

_LIST_WIDTH = 288
_LEAST_DRAWING = 320
_ROOMY_WINDOW = 1100
_ROOMY_MAP = 820
"""In a window or a place narrower than these the list waits behind a button, px."""


def view_names(tr: Words) -> dict[str, str]:
    """Each view's name, in the order of the tabs."""
    return {
        "face_front": tr("Face"),
        "face_left": tr("Left side"),
        "face_right": tr("Right side"),
        "neck": tr("Neck"),
        "scalp": tr("Scalp"),
        "body_front": tr("Body front"),
        "body_back": tr("Body back"),
    }


def short_view_names(tr: Words) -> dict[str, str]:
    """The same in one word each, where the tabs have little room."""
    return {
        "face_front": tr("Face"),
        "face_left": tr("Left"),
        "face_right": tr("Right"),
        "neck": tr("Neck"),
        "scalp": tr("Scalp"),
        "body_front": tr("Front"),
        "body_back": tr("Back"),
    }


QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own word for a width without a limit, which the binding leaves out."""


class ZoneMap(QWidget):
    """Zones to tap, by drawing or by list. The signals tell what people did; setters are silent."""

    zone_tapped = Signal(str)
    selection_changed = Signal(list)
    view_changed = Signal(str)

    def __init__(
        self,
        tr: Words,
        maps: Path,
        zone_names: Mapping[str, str],
        colours: MapColours,
        ramp_edges_mm: Sequence[Decimal],
        parent: QWidget | None = None,
    ) -> None:
        """``maps`` holds one SVG per view, ``ramp_edges_mm`` parts the colours of ``ramp``.

        Raises ``Fault(RESOURCE_MISSING)`` for a drawing that is not there.
        """
        super().__init__(parent)
        self._tr = tr
        self._names = dict(zone_names)
        self._views = view_names(tr)
        self._drawings: dict[str, Drawing] = {view: read_drawing(maps / f"{view}.svg") for view in self._views}
        self._edges_mm = tuple(ramp_edges_mm)
        self._inks = Inks(colours, self._edges_mm)
        self._marks: dict[str, ZoneMark] = {}
        self._selected: frozenset[str] = frozenset()
        self._multi = True
        self._choice_ended = False
        self._view = next(iter(self._views))
        self._roomy: bool | None = None
        self._build()
        self.set_colours(colours)
        self.show_view(self._view)

    def _build(self) -> None:
        tr = self._tr
        self.tabs = ViewTabs(tr, self._views, short_view_names(tr), self._inks.colours, self)
        self.canvas = ZoneCanvas(tr, self._inks, self)
        self.list = ZoneList(tr, self._inks, self)
        self.legend = Legend(tr, self._inks, self)
        self.readout = ElidedLabel(parent=self)
        self.readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.list_button = QPushButton(tr("List"), self)
        self.list_button.setAccessibleName(tr("List of zones"))
        self.list_button.setCheckable(True)
        self.list_button.setMinimumHeight(48)
        self.list_button.toggled.connect(self._show_list)

        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.canvas, 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addWidget(self.readout, 1)
        left.addWidget(self.legend)
        self.smaller = self._zoom_button(tr("Shrink the map"), "\u2212", -1)
        self.larger = self._zoom_button(tr("Enlarge the map"), "+", 1)
        self.smaller.setEnabled(False)
        self.canvas.zoomed.connect(self._show_zoom)
        self._drawn = QWidget(self)
        self._drawn.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._drawn, 1)
        body.addWidget(self.list)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tabs, 1)
        head.addWidget(self.list_button)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(8)
        page.addLayout(head)
        page.addLayout(body, 1)
        page.addLayout(self.foot)

        self.tabs.view_wanted.connect(self._open_view)
        self.canvas.tapped.connect(self._tap)
        self.canvas.pointed.connect(self._point)
        self.list.tapped.connect(self._tap)
        self.list.pointed.connect(self._point)
        self.list.search_changed.connect(self._fill_list)

    def _zoom_button(self, name: str, sign: str, steps: int) -> QPushButton:
        made = QPushButton(sign)
        made.setProperty("bare", "true")
        made.setFixedSize(48, 48)
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys + and - do it on the drawing itself
        made.clicked.connect(lambda: self.canvas.zoom_by(steps))
        self.canvas.corner.addWidget(made)
        return made

    def _show_zoom(self, zoom: float) -> None:
        self.smaller.setEnabled(zoom > 1.0)
        self.larger.setEnabled(zoom < MOST)

    # what the owner says

    def set_colours(self, colours: MapColours) -> None:
        """Wear these colours from now on."""
        self._inks = Inks(colours, self._edges_mm)
        self.tabs.set_colours(colours)
        self.canvas.set_inks(self._inks)
        self.list.set_inks(self._inks)
        self.legend.set_inks(self._inks)
        palette = self.readout.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colours.ink)
        self.readout.setPalette(palette)

    def set_marks(self, marks: Mapping[str, ZoneMark]) -> None:
        """Show what is known of each zone; zones left out are bare."""
        self._marks = dict(marks)
        self.canvas.set_marks(self._marks)
        self._fill_list()
        self._say("")

    def selected(self) -> frozenset[str]:
        """The selected zones."""
        return self._selected

    def set_selected(self, zones: Iterable[str]) -> None:
        """Select these zones, in silence; zones without a name here are left out."""
        self._selected = frozenset(zone for zone in zones if zone in self._names)
        self._choice_ended = False
        self._show_selection()

    def end_choice(self) -> None:
        """What is selected has had what was meant for it: it stays selected, but the next tap selects afresh."""
        self._choice_ended = True

    def set_multi(self, multi: bool) -> None:
        """Whether a tap adds to and takes from the selection, or replaces it."""
        self._multi = multi

    def view(self) -> str:
        """The view that is shown."""
        return self._view

    def show_view(self, view: str) -> None:
        """Show this view; raises ``KeyError`` for one that there is not."""
        drawing = self._drawings[view]
        self._view = view
        self.tabs.set_view(view)
        zones = {zone: drawn for zone, drawn in drawing.zones.items() if zone in self._names}
        self.canvas.set_drawing(Drawing(drawing.view_box, drawing.figure, zones, drawing.features, drawing.sides))
        self.canvas.setAccessibleName(self._tr("Zone map, {view}", view=self._views[view]))
        self._fill_list()
        self._say("")

    def view_of(self, zone: str) -> str:
        """The view in which a zone is tapped: the present one if it is drawn there, else the first with it."""
        for view in (self._view, *self._views):
            if zone in self._drawings[view].zones:
                return view
        return ""

    def zone_text(self, zone: str) -> str:
        """A zone as it is said aloud: ``Left cheek, 1.00 mm, 2 passes, last visit 0.75 mm``."""
        mark = self._marks.get(zone, BARE)
        return zone_in_words(self._tr, self._names[zone], mark, selected=zone in self._selected)

    # what people do

    def _open_view(self, view: str) -> None:
        self.list.search.clear()
        if view != self._view:
            self.show_view(view)
            self.view_changed.emit(view)

    def _tap(self, zone: str) -> None:
        view = self.view_of(zone)
        if view and view != self._view:
            self.show_view(view)
            self.view_changed.emit(view)
        if self._multi and not self._choice_ended:
            self._selected = self._selected ^ {zone}
        else:
            self._selected = frozenset({zone})
        self._choice_ended = False
        self.canvas.set_focused_zone(zone)
        self.list.set_current_zone(zone)
        self._show_selection()
        self._say(zone)
        self.zone_tapped.emit(zone)
        self.selection_changed.emit(sorted(self._selected))

    def _point(self, zone: str) -> None:
        if self.sender() is self.list:
            self.canvas.set_pointed(zone)
            self.canvas.set_focused_zone(zone)
        elif zone and self.canvas.hasFocus():
            self.list.set_current_zone(zone)
        self._say(zone)

    # what is shown

    def _show_selection(self) -> None:
        self.canvas.set_selected(self._selected)
        self.tabs.set_counts(
            {view: len(self._selected & drawing.zones.keys()) for view, drawing in self._drawings.items()}
        )
        self._fill_list()

    def _say(self, zone: str) -> None:
        """Write a zone under the drawing, or what there is to do."""
        text = self.zone_text(zone) if zone in self._names else self._tr("Tap a zone to choose it")
        self.readout.setText(text)
        self.canvas.setAccessibleDescription(text)

    def _fill_list(self) -> None:
        wanted = self.list.wanted()
        here = self._drawings[self._view].zones
        if wanted:
            found = [zone for zone, name in self._names.items() if wanted in sought(name)]
        else:
            found = [zone for zone in self._names if zone in here]
        self.list.set_rows(
            [
                ZoneRow(
                    zone,
                    self._names[zone],
                    self._marks.get(zone, BARE),
                    zone in self._selected,
                    "" if zone in here else self._views.get(self.view_of(zone), ""),
                )
                for zone in found
            ]
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    def least_width(self) -> int:
        """How narrow it may become with its list behind the button, in pixels."""
        head = self.tabs.minimumSizeHint().width() + 8 + self.list_button.sizeHint().width()
        return max(self._drawn.minimumSizeHint().width(), head, self.foot.minimumSize().width())

    def _show_list(self, on: bool) -> None:
        self.list.setVisible(on)
        self._share_width()

    def _share_width(self) -> None:
        """Where list and drawing would both be too narrow to read, the list stands alone."""
        beside = self.width() >= _LIST_WIDTH + _LEAST_DRAWING
        self._drawn.setVisible(beside or self.list.isHidden())
        self.list.setMinimumWidth(_LIST_WIDTH if beside else 0)
        self.list.setMaximumWidth(_LIST_WIDTH if beside else QWIDGETSIZE_MAX)

    def _make_room(self) -> None:
        """Put the list behind its button where there is little room; a choice stays until the width changes side."""
        beside = self.width() >= _LIST_WIDTH + max(_LEAST_DRAWING, self._drawn.minimumSizeHint().width() + 16)
        roomy = beside and self.window().width() >= _ROOMY_WINDOW and self.width() >= _ROOMY_MAP
        if roomy != self._roomy:
            self._roomy = roomy
            self.list_button.setVisible(not roomy)
            self.list_button.setChecked(False)
            self.list.setVisible(roomy)
        self._share_width()
