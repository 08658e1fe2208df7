"""What a yes asks for in turn is brought into sight: where it is, and then the map to tap it on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests.gui.screens.session.room import Room, named, tap
from tests.gui.screens.session.test_page_consultation import at, row_of
from ui.screens.session.screen import SessionScreen
from ui.widgets.zone_map import ZoneMap

SHOW_WHERE = "Everywhere: show where"


def wholly_seen(part: QAbstractButton) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


@pytest.fixture
def screen(room: Room) -> SessionScreen:
    made = at(room, "screening")
    made.resize(960, 672)  # 1024 x 768 under an alarm
    QApplication.processEvents()
    return made


def answered(room: Room, screen: SessionScreen, entry: str, word: str) -> None:
    known = room.desk.knowledge.contraindications[entry]
    group = [one.id for one in room.desk.knowledge.contraindications.values() if one.group == known.group]
    # The question just above it is read: it stands at the very bottom of what is seen.
    screen.page.focus_field(f"screening:{group[max(0, group.index(entry) - 1)]}")
    QApplication.processEvents()
    tap(row_of(screen, known.question), word)
    QApplication.processEvents()


@pytest.mark.parametrize("word", ["Yes", "Not sure"])
def test_where_a_tattoo_is_stands_in_sight_and_has_the_focus(room: Room, screen: SessionScreen, word: str) -> None:
    answered(room, screen, "C38", word)
    key = named(screen, QAbstractButton, SHOW_WHERE)
    assert wholly_seen(key)
    assert key.hasFocus()


def test_the_map_comes_up_whole_with_its_keys(room: Room, screen: SessionScreen) -> None:
    answered(room, screen, "C38", "Yes")
    tap(screen, SHOW_WHERE)
    QApplication.processEvents()
    for name in ("Everywhere", "Only there"):
        assert wholly_seen(named(screen, QAbstractButton, name)), name
    drawn = next(one for one in screen.page.findChildren(ZoneMap) if one.isVisible())
    assert drawn.canvas.hasFocus()
    assert drawn.canvas.visibleRegion().boundingRect() == drawn.canvas.rect()
    assert drawn.canvas.height() >= 200


def test_a_day_put_in_later_leaves_the_focus_where_it_is(room: Room, screen: SessionScreen) -> None:
    answered(room, screen, "C38", "Yes")
    row = row_of(screen, room.desk.knowledge.contraindications["C38"].question)
    row.chips.setFocus()
    row.answered.emit("yes", None)
    assert not named(screen, QAbstractButton, SHOW_WHERE).hasFocus()
