"""The sessions of a series as dots: told by words, and by shape without colour."""

from __future__ import annotations

from PySide6.QtGui import QImage

from needlelog.i18n import Words
from tests.gui.conftest import Show
from ui.toolkit.theme import Theme
from ui.widgets.session_dots import GAP, SessionDots


def dots(theme: Theme, shown: Show, done: int, sessions: int, *, running: bool = True) -> SessionDots:
    made = SessionDots(theme, Words())
    made.show_sessions(done, sessions, running=running)
    made.resize(made.sizeHint())
    shown(made)
    return made


def dot(made: SessionDots, place: int) -> QImage:
    side = made.sizeHint().height()
    picture = made.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    ratio = picture.width() / made.width()
    return picture.copy(round(place * (side + GAP) * ratio), 0, round(side * ratio), round(side * ratio))


def test_done_next_and_planned_are_said_and_differ_without_colour(theme: Theme, shown: Show) -> None:
    made = dots(theme, shown, 2, 4)
    assert made.accessibleName() == "2 of 4 sessions done"
    done, also_done, coming, planned = (dot(made, place) for place in range(4))
    assert done == also_done
    assert done != coming
    assert coming != planned
    middle, high = done.width() // 2, done.width() // 5
    assert done.pixelColor(middle, high).lightness() < coming.pixelColor(middle, high).lightness()


def test_a_series_that_has_ended_has_no_next(theme: Theme, shown: Show) -> None:
    running, ended = dots(theme, shown, 1, 2), dots(theme, shown, 1, 2, running=False)
    assert dot(running, 0) == dot(ended, 0)
    assert dot(running, 1) != dot(ended, 1)


def test_many_sessions_go_to_the_next_line_in_little_width(theme: Theme, shown: Show) -> None:
    made = dots(theme, shown, 3, 24)
    one = made.heightForWidth(made.sizeHint().width())
    assert made.heightForWidth(200) > 3 * one
    assert made.minimumSizeHint().width() <= one


def test_more_sessions_than_planned_are_all_there(theme: Theme, shown: Show) -> None:
    made = dots(theme, shown, 7, 6)
    assert made.accessibleName() == "7 of 6 sessions done"
    assert made.sizeHint().width() == 7 * (made.sizeHint().height() + GAP) - GAP
