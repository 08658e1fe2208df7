"""A paper on the screen: its pages one below the other, as they will be printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QScroller, QVBoxLayout, QWidget

from needlelog.i18n import Words
from ui.toolkit.buttons import button, icon_button
from ui.toolkit.discard import discard
from ui.toolkit.labels import label
from ui.toolkit.plain import caption
from ui.toolkit.theme import Theme

PREVIEW_DPI = 144
"""Render pages at this for ``PaperView``: sharp up to 150 %."""
_SCREEN_DPI = 96
AROUND = 8
"""White space around the pages, px."""
_EDGE = 1
_STEPS = (50, 75, 100, 125, 150, 200)


class PaperView(QWidget):
    """Pages with zoom; Ctrl+wheel, + and - zoom, 0 fits the width; Home, End and a finger go to every page."""

    zoom_changed = Signal(int)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._images: tuple[QImage, ...] = ()
        self._zoom: int | None = None
        self._sheets: list[QLabel] = []
        self._count = 0
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        # Always there: a bar that comes and goes would change the width that the pages fit into.
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setAccessibleName(words("Pages"))
        self._area.viewport().installEventFilter(self)
        QScroller.grabGesture(self._area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(AROUND, AROUND, AROUND, AROUND)
        self._column.setSpacing(16)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.setWidget(self._inside)
        self._percent = label("", "body", muted=True)
        self._theme = theme
        self._fit_percent()
        theme.changed.connect(self._fit_percent)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = label("", "body", muted=True)
        self._turn = button(theme, "", "quiet")
        self._turn.clicked.connect(self._on_turn)
        self._turn.hide()
        self._area.verticalScrollBar().valueChanged.connect(self._say_page)
        self._area.verticalScrollBar().rangeChanged.connect(self._say_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._bar(theme))
        column.addWidget(self._area, 1)
        self.setFocusProxy(self._area)

    def _bar(self, theme: Theme) -> QHBoxLayout:
        tr = self._words
        bar = QHBoxLayout()
        bar.setSpacing(4)
        bar.addWidget(self._pages)
        bar.addWidget(self._turn)
        bar.addStretch(1)
        smaller = icon_button(theme, "zoom-out", tr("Smaller"))
        larger = icon_button(theme, "zoom-in", tr("Larger"))
        fit = button(theme, tr("Fit width"), "quiet")
        smaller.clicked.connect(lambda: self.zoom_by(-1))
        larger.clicked.connect(lambda: self.zoom_by(1))
        fit.clicked.connect(self.fit_width)
        for part in (smaller, self._percent, larger, fit):
            bar.addWidget(part)
        return bar

    def _fit_percent(self) -> None:
        # Always the width of the largest size, so that the buttons beside it keep still.
        self._percent.setMinimumWidth(QFontMetrics(self._theme.font(12)).horizontalAdvance(f"{_STEPS[-1]} %") + 8)

    def show_pages(self, images: Sequence[QImage], of: int | None = None) -> None:
        """Show these pages, from the top: all, or the first ``of`` so many, which ``add_pages`` completes."""
        for old in self._sheets:
            discard(old)
        self._images, self._sheets = (), []
        self._count = len(images) if of is None else of
        count = self._count
        self._pages.setText(self._words.plural("{count} page", "{count} pages", count) if count else "")
        self._pages.setVisible(count < 2)
        self._turn.setVisible(count > 1)
        self._area.verticalScrollBar().setValue(0)
        self.add_pages(images)

    def renew_pages(self, images: Sequence[QImage]) -> None:
        """Show these pages in the place of the same ones made before: where one has scrolled to stays."""
        bars = (self._area.verticalScrollBar(), self._area.horizontalScrollBar())
        held = [bar.value() for bar in bars]
        if len(images) == len(self._sheets) == self._count:
            self._images = tuple(images)
            self._draw()
        else:
            self.show_pages(images)
        # The bars know how far they go only once the new pages have their places.
        self._column.activate()
        self._inside.resize(self._inside.sizeHint().expandedTo(self._area.viewport().size()))
        for bar, value in zip(bars, held, strict=True):
            bar.setValue(value)

    def page_in_sight(self) -> int:
        """The number of the page that is read now, from 1; 0 where there is none."""
        bar = self._area.verticalScrollBar()
        if bar.value() == 0:
            return min(1, len(self._sheets))
        if bar.value() >= bar.maximum():
            return len(self._sheets)
        middle = bar.value() + self._area.viewport().height() // 2
        return sum(1 for sheet in self._sheets if sheet.y() <= middle)

    def go_to_page(self, number: int) -> None:
        """Scroll to the top of this page, from 1, as far as there is one."""
        if self._sheets:
            sheet = self._sheets[min(max(number, 1), len(self._sheets)) - 1]
            self._area.verticalScrollBar().setValue(sheet.y() - AROUND)

    def _on_turn(self) -> None:
        here = self.page_in_sight()
        self.go_to_page(here + 1 if here < len(self._sheets) else 1)

    def _say_page(self) -> None:
        tr, here = self._words, max(1, self.page_in_sight())
        last = here >= self._count
        text = tr("Page {number} of {count}", number=here, count=self._count)
        self._turn.setText(caption(text))
        self._turn.setAccessibleName(text)
        goes = tr("To the first page") if last else tr("To the next page")
        self._turn.setAccessibleDescription(goes)
        self._turn.setToolTip(goes)
        self._theme.set_icon(self._turn, "chevron-up" if last else "chevron-down", "accent", 24)

    def scrolled_to(self) -> int:
        """How far down the pages are scrolled, px."""
        return self._area.verticalScrollBar().value()

    def scroll_to(self, place: int) -> None:
        """Scroll the pages down so far, px."""
        self._area.verticalScrollBar().setValue(place)

    def add_pages(self, images: Sequence[QImage]) -> None:
        """The pages that come after those that are shown."""
        self._images += tuple(images)
        for number in range(len(self._sheets) + 1, len(self._images) + 1):
            sheet = QLabel()
            sheet.setProperty("sheet", "true")
            sheet.setAccessibleName(self._words("Page {number} of {count}", number=number, count=self._count))
            self._column.addWidget(sheet)
            self._sheets.append(sheet)
        self._draw()

    def zoom(self) -> int:
        """The size in percent of the paper's own."""
        if self._zoom is not None or not self._images:
            return self._zoom or 100
        space = self._area.viewport().width() - 2 * (AROUND + _EDGE)
        natural = max(self._natural_width(image) for image in self._images)
        return max(25, min(200, int(space / natural * 100)))

    def zoom_by(self, steps: int) -> None:
        """To the next larger or smaller of a few sizes."""
        now = self.zoom()
        if steps > 0:
            self._zoom = next((step for step in _STEPS if step > now), _STEPS[-1])
        else:
            self._zoom = next((step for step in reversed(_STEPS) if step < now), _STEPS[0])
        self._draw()

    def fit_width(self) -> None:
        """As wide as the view, also when the view changes."""
        self._zoom = None
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("+", "-"):
            self.zoom_by(1 if event.text() == "+" else -1)
        elif event.text() == "0":
            self.fit_width()
        elif event.key() == Qt.Key.Key_Home:
            self.scroll_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.scroll_to(self._area.verticalScrollBar().maximum())
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            return True
        if event.type() == QEvent.Type.Resize and self._zoom is None:
            self._draw()
        return False

    @staticmethod
    def _natural_width(image: QImage) -> float:
        dpi = image.dotsPerMeterX() * 0.0254
        return image.width() * _SCREEN_DPI / dpi

    def _draw(self) -> None:
        zoom = self.zoom()
        ratio = self.devicePixelRatioF()
        for image, sheet in zip(self._images, self._sheets, strict=True):
            width = round(self._natural_width(image) * zoom / 100 * ratio)
            smooth = Qt.TransformationMode.SmoothTransformation
            pixmap = QPixmap.fromImage(image.scaledToWidth(width, smooth))
            pixmap.setDevicePixelRatio(ratio)
            sheet.setPixmap(pixmap)
        # What fits needs no bar below it, whatever rounding makes of the last pixel.
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if self._zoom is None else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._area.setHorizontalScrollBarPolicy(policy)
        self._percent.setText(f"{zoom} %")
        self._say_page()
        self.zoom_changed.emit(zoom)
