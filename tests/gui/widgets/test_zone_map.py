"""The zone map: its drawings, choosing by tap, by keys and by list, and what each zone shows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlelog.errors import Fault
from needlelog.i18n import Words
from ui.toolkit.theme import LIGHT, Tokens
from ui.widgets.zone_map import MapColours, ZoneMap, ZoneMark, short_view_names, view_names
from ui.widgets.zone_map_drawing import Drawing, read_drawing, read_path
from ui.widgets.zone_map_lens import Lens
from ui.widgets.zone_map_tabs import ViewTabs

MAPS = Path(__file__).resolve().parents[3] / "resources" / "maps"
VIEWS = tuple(view_names(Words()))
PAIRED = (
    *("temple", "periorbital", "eyelid", "malar", "cheek", "jawline", "neck", "scalp_side", "shoulder", "upper_arm"),
    *("forearm", "hand", "breast", "flank", "thigh", "knee", "lower_leg", "foot", "upper_arm_back", "elbow"),
    *("buttock", "thigh_back", "calf"),
)
SINGLE = (
    *("forehead", "glabella", "nose", "upper_lip", "perioral", "lip_vermilion", "chin", "submentum"),
    *("neck_front", "neck_back", "decolletage", "scalp_frontal", "scalp_mid", "scalp_crown", "scalp_occipital"),
    *("abdomen", "upper_back", "lower_back"),
)
ZONES = [*SINGLE, *(f"{zone}_{side}" for zone in PAIRED for side in ("left", "right"))]
SEEN_FROM_BEHIND = ("scalp", "body_back")
EDGES = tuple(Decimal(edge) for edge in ("0.5", "1.0", "1.5", "2.0"))


def colours_of(tokens: Tokens) -> MapColours:
    return MapColours.of(
        ground=tokens.ground,
        surface=tokens.surface,
        ink=tokens.ink,
        muted=tokens.muted,
        edge=tokens.edge,
        accent=tokens.accent,
        stop=tokens.stop,
        ramp=tokens.depth,
    )


COLOURS = colours_of(LIGHT)


def name_of(zone: str) -> str:
    words = zone.split("_")
    if words[-1] in ("left", "right"):
        words = [words[-1], *words[:-1]]
    return " ".join(words).capitalize()


NAMES = {zone: name_of(zone) for zone in ZONES}


@pytest.fixture(scope="module")
def drawings() -> dict[str, Drawing]:
    return {view: read_drawing(MAPS / f"{view}.svg") for view in VIEWS}


def show(qtbot: QtBot, zone_map: ZoneMap, width: int = 1280, height: int = 800) -> ZoneMap:
    qtbot.addWidget(zone_map)
    zone_map.resize(width, height)
    zone_map.show()
    qtbot.waitExposed(zone_map)
    return zone_map


@pytest.fixture
def zone_map(qtbot: QtBot) -> ZoneMap:
    return show(qtbot, ZoneMap(Words(), MAPS, NAMES, COLOURS, EDGES))


def tap(qtbot: QtBot, zone_map: ZoneMap, zone: str) -> None:
    at = zone_map.canvas.centre_of(zone).toPoint()
    qtbot.mouseClick(zone_map.canvas, Qt.MouseButton.LeftButton, pos=at)


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def row(zone_map: ZoneMap, zone: str) -> int:
    return zone_map.list.zones().index(zone)


def spoken(zone_map: ZoneMap, zone: str) -> str:
    item = zone_map.list.rows.item(row(zone_map, zone))
    return str(item.data(Qt.ItemDataRole.AccessibleTextRole))


# the drawings


def test_every_zone_is_drawn_and_nothing_else(drawings: dict[str, Drawing]) -> None:
    drawn = {zone for drawing in drawings.values() for zone in drawing.zones}
    assert drawn == set(ZONES)


def test_the_clients_left_is_right_of_the_right_when_facing_them(drawings: dict[str, Drawing]) -> None:
    for view, drawing in drawings.items():
        for zone, drawn in drawing.zones.items():
            twin = drawing.zones.get(zone.removesuffix("_left") + "_right")
            if zone.endswith("_left") and twin is not None:
                left_is_right = drawn.path.boundingRect().center().x() > twin.path.boundingRect().center().x()
                assert left_is_right != (view in SEEN_FROM_BEHIND), (view, zone)


def test_the_letters_stand_on_the_side_of_their_zones(drawings: dict[str, Drawing]) -> None:
    for view in ("face_front", "body_front", "body_back"):
        places = {side.side: side.at.x() for side in drawings[view].sides}
        assert (places["left"] > places["right"]) != (view in SEEN_FROM_BEHIND)
    assert [side.side for side in drawings["face_left"].sides] == ["left"]
    assert [side.side for side in drawings["face_right"].sides] == ["right"]


@pytest.mark.parametrize("size", [(416, 310), (416, 360), (515, 365), (552, 470)])
def test_no_letter_lies_under_the_keys_on_the_drawing(drawings: dict[str, Drawing], size: tuple[int, int]) -> None:
    width, height = size
    keys = (QRectF(0, 4, 150, 48), QRectF(width - 104, 4, 104, 48))  # the visit looked back on; smaller and larger
    for view, drawing in drawings.items():
        seen = Lens().transform(drawing.view_box, QSize(width, height))
        for side in drawing.sides:
            at = seen.map(side.at)
            letter = QRectF(at.x() - 17, at.y() - 17, 34, 34)
            assert not any(letter.intersects(key) for key in keys), (view, side.side)
            assert QRectF(0, 0, width, height).contains(letter), (view, side.side)


def test_a_side_view_shows_no_zone_of_the_other_side(drawings: dict[str, Drawing]) -> None:
    assert not [zone for zone in drawings["face_left"].zones if zone.endswith("_right")]
    assert not [zone for zone in drawings["face_right"].zones if zone.endswith("_left")]


def test_zones_of_a_view_do_not_overlap(drawings: dict[str, Drawing]) -> None:
    for view, drawing in drawings.items():
        zones = list(drawing.zones.values())
        for place, one in enumerate(zones):
            for other in zones[place + 1 :]:
                shared = one.path.intersected(other.path).boundingRect()
                assert min(shared.width(), shared.height()) < 1.5, (view, one.id, other.id)


def test_each_zone_is_large_enough_to_tap(zone_map: ZoneMap) -> None:
    for view in VIEWS:
        zone_map.show_view(view)
        for zone in zone_map.list.zones():
            centre = zone_map.canvas.centre_of(zone)
            assert zone_map.canvas.zone_at(centre) == zone
            assert zone in zone_map.list.zones()
        for place in range(zone_map.list.rows.count()):
            assert zone_map.list.rows.visualItemRect(zone_map.list.rows.item(place)).height() >= 48


def test_a_drawing_that_is_missing_or_broken_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault):
        read_drawing(tmp_path / "face_front.svg")
    broken = tmp_path / "broken.svg"
    broken.write_text("<svg viewBox='0 0 10 10'><g id='zones'>", encoding="utf-8")
    with pytest.raises(Fault):
        read_drawing(broken)


@pytest.mark.parametrize(
    "data",
    [
        "M0 0L10 0 10 10 0 10Z",
        "m0,0 10,0 0,10-10,0z",
        "M0 0H10V10H0Z",
        "M0 0h10v10h-10z",
        "M0 0C3 0 7 0 10 0V10Q5 10 0 10Z",
    ],
)
def test_path_data_in_every_way_of_writing(data: str) -> None:
    path = read_path(data)
    assert path.boundingRect().getRect() == (0, 0, 10, 10)
    assert path.contains(QPointF(5, 5))


def test_a_smooth_curve_goes_on_in_the_direction_of_the_one_before() -> None:
    path = read_path("M0 0C0 4 4 4 4 0S8-4 8 0")
    assert path.boundingRect().top() == pytest.approx(-3, abs=0.1)
    assert path.boundingRect().bottom() == pytest.approx(3, abs=0.1)


# choosing


def test_a_tap_tells_the_zone_and_marks_it_in_the_list(qtbot: QtBot, zone_map: ZoneMap) -> None:
    told: list[object] = []
    zone_map.zone_tapped.connect(told.append)
    zone_map.selection_changed.connect(told.append)
    tap(qtbot, zone_map, "cheek_left")
    assert told == ["cheek_left", ["cheek_left"]]
    assert zone_map.selected() == {"cheek_left"}
    assert spoken(zone_map, "cheek_left") == "Left cheek, selected"
    assert zone_map.list.current_zone() == "cheek_left"


def test_every_zone_answers_a_tap_on_its_centre(qtbot: QtBot, zone_map: ZoneMap) -> None:
    told: list[str] = []
    zone_map.zone_tapped.connect(told.append)
    wanted = []
    for view in VIEWS:
        zone_map.show_view(view)
        for zone in zone_map.list.zones():
            tap(qtbot, zone_map, zone)
            wanted.append(zone)
    assert told == wanted


def test_several_are_toggled_and_one_is_replaced(qtbot: QtBot, zone_map: ZoneMap) -> None:
    tap(qtbot, zone_map, "cheek_left")
    tap(qtbot, zone_map, "nose")
    tap(qtbot, zone_map, "cheek_left")
    assert zone_map.selected() == {"nose"}
    zone_map.set_multi(False)
    tap(qtbot, zone_map, "chin")
    assert zone_map.selected() == {"chin"}


def test_a_tap_beside_the_figure_is_nothing(qtbot: QtBot, zone_map: ZoneMap) -> None:
    told: list[str] = []
    zone_map.zone_tapped.connect(told.append)
    qtbot.mouseClick(zone_map.canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert told == []


def test_a_press_that_slides_to_another_zone_is_nothing(qtbot: QtBot, zone_map: ZoneMap) -> None:
    canvas = zone_map.canvas
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=canvas.centre_of("forehead").toPoint())
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=canvas.centre_of("chin").toPoint())
    assert zone_map.selected() == frozenset()


def test_setters_are_silent(zone_map: ZoneMap) -> None:
    told: list[object] = []
    zone_map.selection_changed.connect(told.append)
    zone_map.zone_tapped.connect(told.append)
    zone_map.set_selected(["chin", "no_such_zone"])
    zone_map.set_marks({"chin": ZoneMark(passes=1)})
    assert told == []
    assert zone_map.selected() == {"chin"}


def test_arrows_and_space_choose_on_the_drawing(qtbot: QtBot, zone_map: ZoneMap) -> None:
    canvas = zone_map.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    canvas.set_focused_zone("cheek_right")
    before = canvas.focused_zone()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.focused_zone() != before
    assert canvas.centre_of(canvas.focused_zone()).x() > canvas.centre_of(before).x()
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert zone_map.selected() == {canvas.focused_zone()}
    assert zone_map.list.current_zone() == canvas.focused_zone()
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert zone_map.selected() == frozenset()


def test_the_ring_of_the_keys_waits_for_a_key(qtbot: QtBot, zone_map: ZoneMap) -> None:
    canvas = zone_map.canvas
    zone_map.list.search.setFocus(Qt.FocusReason.TabFocusReason)
    bare = picture(canvas)
    canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    assert picture(canvas) == bare
    assert zone_map.readout.text() == "Tap a zone to choose it"
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert zone_map.selected() == frozenset()
    assert zone_map.readout.text() == NAMES[canvas.focused_zone()]
    assert picture(canvas) != bare
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert zone_map.selected() == {canvas.focused_zone()}


@pytest.mark.parametrize("view", VIEWS)
def test_every_zone_is_reached_with_arrows(qtbot: QtBot, zone_map: ZoneMap, view: str) -> None:
    zone_map.show_view(view)
    canvas = zone_map.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
    reached = {canvas.focused_zone()}
    waiting = [canvas.focused_zone()]
    while waiting:
        start = waiting.pop()
        for arrow in arrows:
            canvas.set_focused_zone(start)
            qtbot.keyClick(canvas, arrow)
            if canvas.focused_zone() not in reached:
                reached.add(canvas.focused_zone())
                waiting.append(canvas.focused_zone())
    assert reached == set(zone_map.list.zones())


def test_the_list_chooses_with_keys_and_pointer(qtbot: QtBot, zone_map: ZoneMap) -> None:
    rows = zone_map.list.rows
    zone_map.list.set_current_zone("nose")
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert zone_map.selected() == {"nose"}
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    after = zone_map.list.current_zone()
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert zone_map.selected() == {"nose", after}
    assert zone_map.canvas.focused_zone() == after
    rows.scrollToTop()
    first = rows.visualItemRect(rows.item(0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert zone_map.list.zones()[0] in zone_map.selected()


def test_a_search_finds_zones_in_every_view(qtbot: QtBot, zone_map: ZoneMap) -> None:
    qtbot.keyClicks(zone_map.list.search, "CHEE")
    assert sorted(zone_map.list.zones()) == ["cheek_left", "cheek_right"]
    zone_map.show_view("body_back")
    assert sorted(zone_map.list.zones()) == ["cheek_left", "cheek_right"]
    with qtbot.waitSignal(zone_map.view_changed):
        zone_map.list.set_current_zone("cheek_right")
        qtbot.keyClick(zone_map.list.rows, Qt.Key.Key_Space)
    assert zone_map.view() == "face_front"
    assert zone_map.selected() == {"cheek_right"}


def test_enter_in_the_search_takes_the_zone_of_that_very_name(qtbot: QtBot) -> None:
    names = NAMES | {"malar_left": "Left cheekbone"}
    zone_map = show(qtbot, ZoneMap(Words(), MAPS, names, COLOURS, EDGES))
    search = zone_map.list.search
    for typed, chosen in (("left  CHEEK", {"cheek_left"}), ("cheekb", {"cheek_left", "malar_left"})):
        search.clear()
        qtbot.keyClicks(search, typed)
        qtbot.keyClick(search, Qt.Key.Key_Return)
        assert zone_map.selected() == chosen
    search.clear()
    qtbot.keyClicks(search, "left chee")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert zone_map.selected() == chosen, "two begin alike and neither was named"
    assert zone_map.focusWidget() is zone_map.list.rows


def test_the_tabs_are_one_stop_from_the_start(zone_map: ZoneMap) -> None:
    for view in ("face_front", "body_back"):
        zone_map.show_view(view)
        found = [one for one in VIEWS if zone_map.tabs.tab(one).focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert found == [view]


def test_the_tabs_change_the_view_and_count_its_choices(qtbot: QtBot, zone_map: ZoneMap) -> None:
    zone_map.set_selected(["abdomen", "hand_left"])
    assert zone_map.tabs.tab("body_front").accessibleName() == "Body front, 2 zones selected"
    assert zone_map.tabs.tab("face_front").accessibleName() == "Face"
    for view in VIEWS:
        tab = zone_map.tabs.tab(view)
        assert tab.height() >= 48
        assert tab.width() >= 48
    qtbot.mouseClick(zone_map.tabs.tab("neck"), Qt.MouseButton.LeftButton)
    assert zone_map.view() == "neck"
    qtbot.keyClick(zone_map.tabs.tab("neck"), Qt.Key.Key_Right)
    assert zone_map.view() == "scalp"


def test_a_narrow_window_puts_the_list_behind_a_button(qtbot: QtBot) -> None:
    zone_map = show(qtbot, ZoneMap(Words(), MAPS, NAMES, COLOURS, EDGES), 1000, 720)
    assert not zone_map.list.isVisible()
    qtbot.mouseClick(zone_map.list_button, Qt.MouseButton.LeftButton)
    assert zone_map.list.isVisible()
    zone_map.resize(1280, 800)
    assert zone_map.list.isVisible()
    assert not zone_map.list_button.isVisible()


# what is shown


def test_markup_in_a_name_is_shown_literally(qtbot: QtBot) -> None:
    names = {**NAMES, "chin": "<b>Chin</b> & <img src=x>"}
    zone_map = show(qtbot, ZoneMap(Words(), MAPS, names, COLOURS, EDGES))
    zone_map.set_marks({"chin": ZoneMark(note="{note} <i>")})
    tap(qtbot, zone_map, "chin")
    assert zone_map.readout.textFormat() == Qt.TextFormat.PlainText
    assert zone_map.readout.text() == "<b>Chin</b> & <img src=x>, selected, {note} <i>"
    assert spoken(zone_map, "chin") == zone_map.readout.text()


def test_a_zone_that_the_reference_data_does_not_name_is_not_offered(qtbot: QtBot) -> None:
    names = {zone: name for zone, name in NAMES.items() if zone != "nose"}
    zone_map = show(qtbot, ZoneMap(Words(), MAPS, names, COLOURS, EDGES))
    assert "nose" not in zone_map.list.zones()
    with pytest.raises(KeyError):
        zone_map.canvas.centre_of("nose")


def test_where_tabs_would_push_the_drawing_down_the_views_are_one_list(qtbot: QtBot) -> None:
    names = view_names(Words())
    around = QWidget()
    qtbot.addWidget(around)
    tabs = ViewTabs(Words(), names, short_view_names(Words()), COLOURS, around)
    tabs.resize(1200, 60)
    around.show()
    tabs.set_view("face_front")
    tabs.set_counts({"body_front": 2})
    wanted: list[str] = []
    tabs.view_wanted.connect(wanted.append)
    assert not tabs.list.isVisible()
    tabs.resize(190, 60)
    assert tabs.list.isVisible()
    QApplication.processEvents()
    assert tabs.list.width() > 150
    assert not any(tabs.tab(view).isVisible() for view in VIEWS)
    assert tabs.list.currentText() == "Face"
    assert tabs.list.itemText(VIEWS.index("body_front")) == "Body front (2)"
    tabs.list.activated.emit(VIEWS.index("body_front"))
    assert wanted == ["body_front"]
    tabs.resize(1200, 60)
    assert not tabs.list.isVisible()
    assert tabs.tab("body_front").isVisible()
