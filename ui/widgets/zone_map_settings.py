"""Where the text of every zone of a view stands: inside its shape, or beside the figure where nothing covers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QPainterPath

from ui.widgets.zone_map_marks import BARE, ZoneMark
from ui.widgets.zone_map_text import Measured, ZoneLayout, ZoneText

_APART = 4.0
_ROUNDS = 24


@dataclass(frozen=True, slots=True)
class PlacedZone:
    """A zone in pixels of the present size."""

    path: QPainterPath
    label: QPointF
    callout: QPointF | None


@dataclass(frozen=True, slots=True)
class Setting:
    """How a zone's text stands: its layout, around which point, and whether on a plate of its own."""

    layout: ZoneLayout
    text: ZoneText
    centre: QPointF
    plate: bool


class Texts:
    """The texts of one view: fitted into their zones once, and set anew wherever the drawing is moved."""

    def __init__(self) -> None:
        self._fitted: dict[str, tuple[ZoneMark, bool, Setting]] = {}
        self._measured: Measured | None = None

    def forget(self) -> None:
        """Fit all of them the next time: another size or font."""
        self._fitted = {}
        self._measured = None

    def set(
        self,
        placed: Mapping[str, PlacedZone],
        marks: Mapping[str, ZoneMark],
        selected: frozenset[str],
        font: QFont,
        room: QSize,
    ) -> dict[str, Setting]:
        """The largest setting of each of these zones that fits; plates beside the figure keep clear of one another."""
        settings: dict[str, Setting] = {}
        beside: dict[bool, list[str]] = {False: [], True: []}
        measured = self._measured = self._measured or Measured(font)
        for zone, place in placed.items():
            mark, chosen = marks.get(zone, BARE), zone in selected
            known = self._fitted.get(zone)
            if known is None or known[:2] != (mark, chosen):
                known = mark, chosen, _fit_one(place, ZoneText(mark, selected=chosen), measured)
                self._fitted[zone] = known
            fitted = known[2]
            settings[zone] = replace(fitted, centre=place.label + fitted.centre)
            if not fitted.centre.isNull():
                beside[fitted.centre.x() >= 0].append(zone)
        for zones in beside.values():
            _part(settings, zones, room)
        _part_over(settings, placed, room)
        return settings


def _fit_one(place: PlacedZone, text: ZoneText, measured: Measured) -> Setting:
    """The setting of one zone, its centre counted from the zone's own point."""
    for layout in text.layouts(measured):
        if place.path.contains(layout.box(place.label)):
            return Setting(layout, text, QPointF(), plate=text.on_pattern and bool(layout.rows))
    if place.callout is None or not text:
        return Setting(text.over(measured), text, QPointF(), plate=True)
    layout = text.outside(measured)
    half = layout.width / 2 + 8
    outwards = half if place.callout.x() >= place.label.x() else -half
    return Setting(layout, text, QPointF(place.callout.x() + outwards, place.callout.y()) - place.label, plate=True)


def _part_over(settings: dict[str, Setting], placed: Mapping[str, PlacedZone], room: QSize) -> None:
    """Push plates that lie over zones too small for them off one another and off those beside the figure.

    One that finds no room that way stays over its zone.
    """
    plates = [zone for zone, one in settings.items() if one.plate and one.text]
    over = {zone for zone in plates if settings[zone].centre == placed[zone].label}
    for _ in range(_ROUNDS):
        met = [pair for pair in combinations(plates, 2) if not over.isdisjoint(pair) and _meet(settings, *pair)]
        if not met:
            return
        for one, two in met:
            _push_apart(settings, placed, (one, two), over, room)
    for zone in over:
        if any(_meet(settings, zone, other) for other in plates if other != zone):
            settings[zone] = replace(settings[zone], centre=placed[zone].label)


def _meet(settings: Mapping[str, Setting], one: str, two: str) -> bool:
    return _plate(settings[one]).intersects(_plate(settings[two]))


def _push_apart(
    settings: dict[str, Setting],
    placed: Mapping[str, PlacedZone],
    pair: tuple[str, str],
    movable: set[str],
    room: QSize,
) -> None:
    """The shorter way: side by side where they are neighbours, one below the other where they are stacked."""
    shared = _plate(settings[pair[0]]).intersected(_plate(settings[pair[1]]))
    aside = shared.width() <= shared.height()
    share = 0.5 if movable.issuperset(pair) else 1.0
    by = (shared.width() if aside else shared.height()) * share + 1
    first, last = sorted(pair, key=lambda zone: placed[zone].label.x() if aside else placed[zone].label.y())
    for zone, way in ((first, -by), (last, by)):
        if zone in movable:
            _move(settings, zone, QPointF(way, 0) if aside else QPointF(0, way), room)


def _plate(setting: Setting) -> QRectF:
    return setting.layout.box(setting.centre).adjusted(-4, -2, 4, 2)


def _move(settings: dict[str, Setting], zone: str, way: QPointF, room: QSize) -> None:
    setting = settings[zone]
    half = setting.layout.width / 2 + 8
    x = max(half, min(room.width() - half, setting.centre.x() + way.x()))
    settings[zone] = replace(setting, centre=QPointF(x, setting.centre.y() + way.y()))


def _part(settings: dict[str, Setting], zones: list[str], room: QSize) -> None:
    """Push the plates of one side apart, down first and back up where the widget ends."""
    zones.sort(key=lambda zone: settings[zone].centre.y())
    halves = [settings[zone].layout.height / 2 + _APART + 2 for zone in zones]
    heights = [settings[zone].centre.y() for zone in zones]
    floor = 0.0
    for place, half in enumerate(halves):
        heights[place] = max(heights[place], floor + half)
        floor = heights[place] + half
    ceiling = float(room.height())
    for place in range(len(zones) - 1, -1, -1):
        heights[place] = min(heights[place], ceiling - halves[place])
        ceiling = heights[place] - halves[place]
    for zone, y in zip(zones, heights, strict=True):
        half = settings[zone].layout.width / 2 + 8
        x = max(half, min(room.width() - half, settings[zone].centre.x()))
        settings[zone] = replace(settings[zone], centre=QPointF(x, y))
