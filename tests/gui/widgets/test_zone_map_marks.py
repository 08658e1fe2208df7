"""What each zone of the map shows and is said to show."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QTransform, qGray
from pytestqt.qtbot import QtBot

from needlelog.i18n import Words
from tests.gui.widgets.test_zone_map import (
    COLOURS,
    EDGES,
    MAPS,
    NAMES,
    VIEWS,
    colours_of,
    picture,
    show,
    spoken,
    tap,
)
from ui.toolkit.theme import DARK, LIGHT, Tokens
from ui.widgets.zone_map import MapColours, ZoneMap, ZoneMark
from ui.widgets.zone_map_drawing import read_drawing
from ui.widgets.zone_map_ink import Inks
from ui.widgets.zone_map_marks import band_of, contrast, depth_text, mark_in_words
from ui.widgets.zone_map_settings import PlacedZone, Texts
from ui.widgets.zone_map_text import Measured, ZoneText


@pytest.fixture
def zone_map(qtbot: QtBot) -> ZoneMap:
    return show(qtbot, ZoneMap(Words(), MAPS, NAMES, COLOURS, EDGES))


def test_a_zone_is_said_in_words(zone_map: ZoneMap) -> None:
    zone_map.set_marks({"cheek_left": ZoneMark(Decimal("1"), 2, Decimal("0.75"), planned=True)})
    assert zone_map.zone_text("cheek_left") == "Left cheek, 1.00 mm, 2 passes, last visit 0.75 mm"
    assert spoken(zone_map, "cheek_left") == zone_map.zone_text("cheek_left")
    assert zone_map.zone_text("cheek_right") == "Right cheek"


TWO_DEPTHS = ZoneMark(Decimal("0.2"), 2, shallowest_mm=Decimal("0.1"))


def test_passes_of_two_depths_are_not_said_to_be_all_at_the_deepest(zone_map: ZoneMap) -> None:
    zone_map.set_marks({"cheek_left": TWO_DEPTHS, "chin": ZoneMark(Decimal("0.2"), 2, shallowest_mm=Decimal("0.2"))})
    assert zone_map.zone_text("cheek_left") == "Left cheek, 0.10\u20130.20 mm, 2 passes"
    assert zone_map.zone_text("chin") == "Chin, 0.20 mm, 2 passes"


def test_where_both_depths_find_no_room_the_map_says_up_to_the_deepest() -> None:
    text, measured = ZoneText(TWO_DEPTHS, selected=False), Measured(QFont())
    rows = [[row for row, _, _ in layout.rows] for layout in text.layouts(measured)]
    assert rows[0] == ["0.10\u20130.20", "\u00d72"]
    assert ["\u22640.20 \u00d72"] in rows
    rows.append([row for row, _, _ in text.outside(measured).rows])
    assert not [row for setting in rows for row in setting if row.startswith("0.20")]


@pytest.mark.parametrize(
    "mark",
    [
        ZoneMark(deepest_mm=Decimal("0.25"), passes=1),
        ZoneMark(ghost_mm=Decimal("0.75")),
        ZoneMark(planned=True),
        ZoneMark(blocked=True),
        ZoneMark(avoid="avoid the tattoo"),
    ],
    ids=["depth", "ghost", "planned", "blocked", "avoid"],
)
def test_each_kind_of_mark_is_seen_in_its_zone_and_only_there(zone_map: ZoneMap, mark: ZoneMark) -> None:
    canvas = zone_map.canvas
    bare = picture(canvas)
    zone_map.set_marks({"forehead": mark})
    marked = picture(canvas)
    changed = [
        (x, y)
        for y in range(0, bare.height(), 3)
        for x in range(0, bare.width(), 3)
        if bare.pixel(x, y) != marked.pixel(x, y)
    ]
    inside = [at for at in changed if canvas.zone_at(QPointF(*at)) == "forehead"]
    assert len(inside) > 20
    assert len(inside) > 0.95 * len(changed)  # the rest is the edge's own soft rim


def test_the_last_visit_is_drawn_along_the_edge_too(zone_map: ZoneMap) -> None:
    canvas = zone_map.canvas
    zone_map.set_marks({"forehead": ZoneMark(Decimal("1"), 2)})
    before = picture(canvas)
    zone_map.set_marks({"forehead": ZoneMark(Decimal("1"), 2, ghost_mm=Decimal("0.75"))})
    after = picture(canvas)
    centre = canvas.centre_of("forehead")
    far = [
        x
        for y in range(before.height())
        for x in range(before.width())
        if abs(x - centre.x()) > 60 and before.pixel(x, y) != after.pixel(x, y)
    ]
    assert len(far) > 50


def test_a_blocked_zone_still_tells_that_it_was_tapped(qtbot: QtBot, zone_map: ZoneMap) -> None:
    zone_map.set_marks({"eyelid_left": ZoneMark(blocked=True, note="inside the eye socket")})
    with qtbot.waitSignal(zone_map.zone_tapped) as told:
        tap(qtbot, zone_map, "eyelid_left")
    assert told.args == ["eyelid_left"]
    assert zone_map.zone_text("eyelid_left") == "Left eyelid, selected, blocked, inside the eye socket"


def test_a_zone_with_a_tattoo_is_tapped_and_says_to_avoid_it(qtbot: QtBot, zone_map: ZoneMap) -> None:
    zone_map.set_marks({"forehead": ZoneMark(avoid="avoid the tattoo", planned=True)})
    with qtbot.waitSignal(zone_map.zone_tapped) as told:
        tap(qtbot, zone_map, "forehead")
    assert told.args == ["forehead"]
    assert zone_map.readout.text() == "Forehead, selected, avoid the tattoo, planned"
    assert spoken(zone_map, "forehead") == zone_map.readout.text()


def test_a_zone_with_a_tattoo_and_a_blocked_one_differ_without_colour(zone_map: ZoneMap) -> None:
    canvas = zone_map.canvas
    shapes: list[set[tuple[int, int]]] = []
    zone_map.set_marks({})
    bare = picture(canvas)
    for mark in (ZoneMark(blocked=True), ZoneMark(avoid="avoid the tattoo")):
        zone_map.set_marks({"forehead": mark})
        seen = picture(canvas)
        grey = [
            (x, y)
            for y in range(bare.height())
            for x in range(bare.width())
            if abs(qGray(bare.pixel(x, y)) - qGray(seen.pixel(x, y))) > 40
        ]
        shapes.append(set(grey))
    lines, dots = shapes
    assert len(lines - dots) > 500
    assert len(dots - lines) > 500


def test_a_zone_with_a_tattoo_is_not_said_to_be_blocked(zone_map: ZoneMap) -> None:
    zone_map.set_marks({"chin": ZoneMark(blocked=True, avoid="avoid the tattoo")})
    assert zone_map.zone_text("chin") == "Chin, blocked, avoid the tattoo"
    zone_map.set_marks({"chin": ZoneMark(avoid="avoid the tattoo")})
    assert zone_map.zone_text("chin") == "Chin, avoid the tattoo"


@pytest.mark.parametrize("view", VIEWS)
def test_texts_beside_the_figure_keep_clear_of_one_another(zone_map: ZoneMap, view: str) -> None:
    drawing = read_drawing(MAPS / f"{view}.svg")
    busy = {zone: ZoneMark(Decimal("1.25"), 3, Decimal("0.75")) for zone in drawing.zones}
    for size in (QSize(420, 380), QSize(900, 700)):
        scale = min(size.width() / drawing.view_box.width(), size.height() / drawing.view_box.height())
        by_scale = QTransform().scale(scale, scale).translate(-drawing.view_box.x(), -drawing.view_box.y())
        placed = {
            zone: PlacedZone(
                by_scale.map(drawn.path),
                by_scale.map(drawn.label),
                None if drawn.callout is None else by_scale.map(drawn.callout),
            )
            for zone, drawn in drawing.zones.items()
        }
        settings = Texts().set(placed, busy, frozenset(busy), zone_map.font(), size)
        plates = [
            setting.layout.box(setting.centre)
            for zone, setting in settings.items()
            if setting.centre != placed[zone].label
        ]
        for number, plate in enumerate(plates):
            assert not any(plate.intersects(other) for other in plates[number + 1 :])
            assert plate.left() >= 0
            assert plate.right() <= size.width()


@pytest.mark.parametrize(("depth", "band"), [("0.1", 0), ("0.5", 0), ("0.51", 1), ("2.0", 3), ("2.5", 4)])
def test_an_edge_belongs_to_the_band_below_it(depth: str, band: int) -> None:
    assert band_of(Decimal(depth), EDGES) == band


@pytest.mark.parametrize(("depth", "text"), [("1", "1.00"), ("0.125", "0.125"), ("2.50", "2.50"), ("10", "10.00")])
def test_a_depth_keeps_its_decimals(depth: str, text: str) -> None:
    assert depth_text(Decimal(depth)) == text


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_digits_read_well_on_every_ground(tokens: Tokens) -> None:
    colours = colours_of(tokens)
    inks = Inks(colours, EDGES)
    grounds = [*colours.ramp, inks.zone, inks.zone_hover, inks.zone_planned, colours.accent]
    for fill in grounds:
        assert contrast(colours.text_on(fill), fill) >= 4.5, fill.name()
    assert contrast(colours.edge, inks.zone) >= 3


def test_a_ramp_needs_its_edges() -> None:
    with pytest.raises(ValueError, match="edges"):
        ZoneMap(Words(), MAPS, NAMES, COLOURS, EDGES[:-1])


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        MapColours.of(
            ground="no", surface="#fff", ink="#000", muted="#777", edge="#777", accent="#00f", stop="#f00", ramp=[]
        )


@pytest.mark.parametrize("view", ["body_front", "body_back"])
@pytest.mark.parametrize("height", [260, 300, 340, 400])
def test_texts_over_narrow_zones_keep_clear_of_one_another(zone_map: ZoneMap, view: str, height: int) -> None:
    drawing = read_drawing(MAPS / f"{view}.svg")
    zones = [zone for zone in drawing.zones if zone.startswith(("thigh", "buttock", "abdomen", "lower_back"))]
    busy = {zone: ZoneMark(Decimal("1.25"), 12, Decimal("0.75"), ghost_severity=3, planned=True) for zone in zones}
    size = QSize(420, height)
    scale = min(size.width() / drawing.view_box.width(), size.height() / drawing.view_box.height())
    by_scale = QTransform().scale(scale, scale).translate(-drawing.view_box.x(), -drawing.view_box.y())
    placed = {
        zone: PlacedZone(by_scale.map(drawn.path), by_scale.map(drawn.label), None)
        for zone, drawn in drawing.zones.items()
        if zone in zones
    }
    settings = Texts().set(placed, busy, frozenset(zones), zone_map.font(), size)
    boxes = {zone: one.layout.box(one.centre) for zone, one in settings.items()}
    met = [(one, two) for one in zones for two in zones if one < two and boxes[one].intersects(boxes[two])]
    assert met == []


def test_the_digit_beside_the_ghost_is_the_grade_of_its_own_scale() -> None:
    severe_pain = ZoneMark(ghost_mm=Decimal("0.75"), ghost_severity=3, ghost_grade=8)
    mild_pain = ZoneMark(ghost_mm=Decimal("0.75"), ghost_severity=1, ghost_grade=3)
    assert ZoneText(severe_pain, selected=False).ghost == "(0.75 R8)"
    assert ZoneText(mild_pain, selected=False).ghost == "(0.75)"


def rows_of(text: ZoneText) -> set[str]:
    measured = Measured(QFont())
    settings = [*text.layouts(measured), text.outside(measured), text.over(measured)]
    return {row for layout in settings for row, _, _ in layout.rows}


def test_the_number_on_a_planned_zone_is_the_depth_to_come_and_no_other() -> None:
    planned = ZoneMark(ghost_mm=Decimal("0.25"), planned=True, planned_mm=Decimal("0.5"))
    assert rows_of(ZoneText(planned, selected=True)) == {"0.50"}
    severe = replace(planned, ghost_severity=3, ghost_grade=8)
    assert rows_of(ZoneText(severe, selected=True)) == {"0.50", "(R8)", "0.50 (R8)"}
    done = replace(planned, deepest_mm=Decimal("0.75"), passes=1)
    assert {"0.75", "(0.25)"} <= rows_of(ZoneText(done, selected=True))
    open_plan = ZoneMark(ghost_mm=Decimal("0.25"), planned=True)
    assert rows_of(ZoneText(open_plan, selected=True)) == {"(0.25)"}


def test_what_was_then_is_said_beside_what_is_planned() -> None:
    planned = ZoneMark(ghost_mm=Decimal("0.25"), planned=True, planned_mm=Decimal("0.5"))
    tr = Words()
    assert mark_in_words(tr, planned) == ["planned 0.50 mm", "last visit 0.25 mm"]
    assert mark_in_words(tr, replace(planned, passes=1, deepest_mm=Decimal("0.5")))[-1] == "last visit 0.25 mm"
