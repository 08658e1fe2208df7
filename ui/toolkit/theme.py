"""How the window looks: colour tokens, type sizes, icons, and the style sheet that is filled from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from needlelog.errors import Fault, FaultCode

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SPACE = 8
"""The spacing unit, px."""
RADIUS = 8
"""Corner radius, px."""
TARGET = 48
"""The least height and width of anything that is tapped, px."""
CHAIR_TARGET = 76
"""The least height of a primary action on a screen used at the chair, px."""
DISABLED = "muted"
"""The token of an icon on a control that cannot be used now: that of its words."""
TYPE_SCALE = (12, 14, 17, 21, 28, 40)
"""The text sizes there are, pt."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one ground: text keeps 4.5:1 and ``edge`` 3:1 on ``ground`` and ``surface``."""

    name: str
    ground: str
    surface: str
    raised: str
    """Resting quiet controls and table stripes."""
    hairline: str
    """Lines that only decorate; never the edge of a control."""
    ink: str
    muted: str
    edge: str
    accent: str
    on_accent: str
    accent_soft: str
    stop: str
    on_stop: str
    stop_soft: str
    hold: str
    hold_soft: str
    ok: str
    ok_soft: str
    shadow: str
    depth: tuple[str, ...] = ("#FBE6C2", "#F2B98F", "#D98572", "#A9536B", "#5F2C5E")
    """Needle depth, shallow to deep; lightness falls evenly, so it works in grey."""


LIGHT = Tokens(
    name="light",
    ground="#F5F7F9",
    surface="#FFFFFF",
    raised="#EEF2F5",
    hairline="#DDE3E9",
    ink="#17212B",
    muted="#55616E",
    edge="#7C8894",
    accent="#0B6E69",
    on_accent="#FFFFFF",
    accent_soft="#E0F1EF",
    stop="#B3261E",
    on_stop="#FFFFFF",
    stop_soft="#FCEBE9",
    hold="#8A4B00",
    hold_soft="#FDF1DF",
    ok="#1D6F37",
    ok_soft="#E5F4E9",
    shadow="#17212B",
)

DARK = Tokens(
    name="dark",
    ground="#11171D",
    surface="#1A222A",
    raised="#232D37",
    hairline="#2E3944",
    ink="#E8EDF2",
    muted="#A3AFBB",
    edge="#7A8793",
    accent="#5CC8C0",
    on_accent="#08211F",
    accent_soft="#16383A",
    stop="#FF8A80",
    on_stop="#33090A",
    stop_soft="#3B2024",
    hold="#F2B45C",
    hold_soft="#382C1C",
    ok="#7FD18F",
    ok_soft="#1B3426",
    shadow="#000000",
)


def colour(tokens: Tokens, tint: str) -> QColor:
    """The colour of a token by its name; ``depth0`` to ``depth4`` are the depth ramp."""
    if tint.startswith("depth"):
        return QColor(tokens.depth[int(tint[5:])])
    return QColor(getattr(tokens, tint))


def palette_of(tokens: Tokens) -> QPalette:
    """The Qt palette for everything that the style sheet leaves to Fusion."""
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: tokens.ground,
        role.WindowText: tokens.ink,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.raised,
        role.Text: tokens.ink,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.stop,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.ToolTipBase: tokens.ink,
        role.ToolTipText: tokens.surface,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.surface,
        role.Midlight: tokens.raised,
        role.Mid: tokens.hairline,
        role.Dark: tokens.edge,
        role.Shadow: tokens.shadow,
    }
    for key, value in pairs.items():
        palette.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.edge))
    return palette


def _icon_source(name: str, resources: Path) -> str:
    try:
        return (resources / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    except OSError as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=f"{name}.svg") from error


def style_sheet(tokens: Tokens, scale: float, marks: Path, resources: Path = RESOURCES) -> str:
    """The style sheet filled from ``tokens``; its marks (tick, chevrons) are written into ``marks``."""
    try:
        template = (resources / "style.qss").read_text(encoding="utf-8")
    except OSError as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name="style.qss") from error
    values: dict[str, str] = {key: value for key, value in asdict(tokens).items() if isinstance(value, str)}
    values["value_line"] = f"{round(48 * scale)}px"
    grown = 1 + (scale - 1) * 0.6
    values |= {
        "box": f"{round(24 * grown)}px",
        "arrow": f"{round(20 * grown)}px",
        "round": f"{round(24 * grown) // 2 + 2}px",
    }
    values |= {f"pt{size}": f"{size * scale:g}pt" for size in TYPE_SCALE}
    for name, tint in (
        ("check", "on_accent"),
        ("chevron-down", "muted"),
        ("chevron-up", "muted"),
        ("dot", "on_accent"),
    ):
        path = marks / f"{name}-{tokens.name}.svg"
        source = _icon_source(name, resources).replace("currentColor", getattr(tokens, tint))
        path.write_text(source.replace('stroke-width="1.75"', 'stroke-width="2.5"'), encoding="utf-8")
        values["mark_" + name.replace("-", "_")] = path.as_posix()
    return Template(template).substitute(values)


class Theme(QObject):
    """The look in use: follows the system's light or dark scheme unless told otherwise."""

    changed = Signal()

    def __init__(self, app: QApplication, scale: float = 1.0, resources: Path = RESOURCES) -> None:
        super().__init__()
        self._app = app
        self._scale = scale
        self._resources = resources
        self._marks = QTemporaryDir()
        self._chosen: Tokens | None = None
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._tokens = self._of_system()
        app.setStyle("Fusion")
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._tokens

    @property
    def scale(self) -> float:
        """Text size as a multiple of the type scale, 1.0 to 2.0."""
        return self._scale

    def use(self, tokens: Tokens | None, scale: float | None = None) -> None:
        """Wear these colours, or the system's for None, and this text scale."""
        self._chosen = tokens
        self._scale = self._scale if scale is None else scale
        self._tokens = tokens or self._of_system()
        self._apply()

    def colour(self, tint: str) -> QColor:
        """The colour of a token, for painting."""
        return colour(self._tokens, tint)

    def px(self, size: int) -> int:
        """The size of an icon or a column that grows with the text, though less than the text does."""
        return round(size * (1 + (self._scale - 1) * 0.6))

    def font(self, size: int, *, bold: bool = False) -> QFont:
        """A font of the type scale (``size`` in pt before scaling), for painting."""
        font = QFont(self._app.font())
        font.setPointSizeF(size * self._scale)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def icon(self, name: str, tint: str = "ink") -> QIcon:
        """Our line icon of this name in a token's colour; raises ``Fault(RESOURCE_MISSING)``."""
        key = (name, tint)
        if key not in self._icons:
            icon = QIcon()
            for size in (20, 24, 28, 32, 40, 48, 64, 96):
                icon.addPixmap(self._render(name, tint, size, 1.0))
            self._icons[key] = icon
        return self._icons[key]

    def pixmap(self, name: str, tint: str, size: int) -> QPixmap:
        """The same icon as a picture ``size`` px wide, sharp on this screen."""
        return self._render(name, tint, size, self._app.devicePixelRatio())

    def paint_icon(self, painter: QPainter, name: str, tint: str, box: QRectF) -> None:
        """Draw the icon into ``box`` of a running painter."""
        painter.drawPixmap(box.toRect(), self.pixmap(name, tint, max(1, round(box.width()))))

    def set_icon(self, wearer: QAbstractButton | QLabel, name: str, tint: str = "ink", size: int = 24) -> None:
        """Give a button or a label an icon that keeps its colour when the theme changes."""
        dress = self._dress(wearer, name, tint, size)
        dress()
        known = wearer.findChild(_Dresser, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if known is None:
            known = _Dresser(wearer)
            self.changed.connect(known.dress)
        known.how = dress

    def _dress(self, wearer: QAbstractButton | QLabel, name: str, tint: str, size: int) -> Callable[[], None]:
        def dress() -> None:
            px = self.px(size)
            if isinstance(wearer, QLabel):
                wearer.setPixmap(self.pixmap(name, tint, px))
            elif wearer.text():
                wearer.setIcon(self.spaced_icon(name, tint, px, wearer.isRightToLeft()))
                wearer.setIconSize(QSize(px + SPACE // 2, px))
            else:
                icon = QIcon(self.pixmap(name, tint, px))
                icon.addPixmap(self.pixmap(name, DISABLED, px), QIcon.Mode.Disabled)
                wearer.setIcon(icon)
                wearer.setIconSize(QSize(px, px))

        return dress

    def spaced_icon(self, name: str, tint: str, size: int, mirrored: bool = False) -> QIcon:
        """The icon with room towards the text beside it: a style sheet leaves none between the two."""
        icon = QIcon(self._spaced(name, tint, size, mirrored))
        icon.addPixmap(self._spaced(name, DISABLED, size, mirrored), QIcon.Mode.Disabled)
        return icon

    def _spaced(self, name: str, tint: str, size: int, mirrored: bool) -> QPixmap:
        ratio = self._app.devicePixelRatio()
        wide = QPixmap(round((size + SPACE // 2) * ratio), round(size * ratio))
        wide.fill(Qt.GlobalColor.transparent)
        wide.setDevicePixelRatio(ratio)
        painter = QPainter(wide)
        painter.drawPixmap(SPACE // 2 if mirrored else 0, 0, self._render(name, tint, size, ratio))
        painter.end()
        return wide

    def _render(self, name: str, tint: str, size: int, ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer

        source = _icon_source(name, self._resources).replace("currentColor", self.colour(tint).name())
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(source.encode())).render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _of_system(self) -> Tokens:
        return DARK if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _follow(self) -> None:
        if self._chosen is None and self._of_system() is not self._tokens:
            self._tokens = self._of_system()
            self._apply()

    def _apply(self) -> None:
        self._icons.clear()
        apply_theme(self._app, self._tokens, self._scale, Path(self._marks.path()), self._resources)
        self.changed.emit()


class _Dresser(QObject):
    """Child of a control that wears an icon; goes with it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.how: Callable[[], None] = lambda: None

    def dress(self) -> None:
        self.how()


def apply_theme(app: QApplication, tokens: Tokens, scale: float, marks: Path, resources: Path = RESOURCES) -> None:
    """Dress the whole program; ``marks`` is a folder for the few marks that the style sheet names by path."""
    font = QFont(app.font())
    font.setPointSizeF(TYPE_SCALE[0] * scale)
    app.setFont(font)
    app.setPalette(palette_of(tokens))
    app.setStyleSheet(style_sheet(tokens, scale, marks, resources))
