"""What stands around a visit's pages takes little, stays in its place, and leaves the page its room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlelog.domain.findings import StepId
from needlelog.domain.session import SessionDraft
from tests import builders
from tests.builders import a_numbing, an_id
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, whole
from ui.screens.session.frames import PageStack
from ui.screens.session.screen import SessionScreen
from ui.screens.session.step_bar import StepBar
from ui.screens.session.step_head import StepHead
from ui.toolkit.theme import LIGHT, Theme
from ui.widgets.chips import ChipRow
from ui.widgets.client_banner import ClientBanner
from ui.widgets.elided import ElidedLabel
from ui.widgets.paper_view import PaperView
from ui.widgets.signature_pad import SignatureCanvas
from ui.widgets.toast import Toast
from ui.widgets.zone_map_canvas import ZoneCanvas

SIZES = {"1280x800": (1216, 800), "1024x768": (960, 768)}
"""The window and what its icon rail leaves to the visit, px."""


def at(room: Room, step: StepId, size: str, draft: object = None) -> SessionScreen:
    change = draft or ready_for_needling
    assert callable(change)
    return room.open(room.start(change=lambda x: change(x).with_(step=step)), *SIZES[size])


def place_of(one: QWidget, within: QWidget) -> QRect:
    return QRect(one.mapTo(within, QPoint()), one.size())


@pytest.mark.parametrize("size", SIZES)
def test_the_page_has_nearly_all_of_the_height(room: Room, size: str) -> None:
    screen = at(room, StepId.NEEDLING, size)
    assert screen.findChildren(ClientBanner)[0].height() <= 52
    assert screen.findChildren(StepBar)[0].height() <= 84
    stack = screen.findChildren(PageStack)[0]
    assert stack.height() >= SIZES[size][1] - 52 - 84 - 48 - 12
    assert stack.width() >= SIZES[size][0] - 120


@pytest.mark.parametrize("size", SIZES)
def test_the_bar_keeps_its_places_and_its_targets_on_every_step(room: Room, size: str) -> None:
    screen = at(room, StepId.CONSULTATION, size)
    seen: dict[str, set[tuple[int, ...]]] = {}
    for step in StepId:
        screen.go_to_field(step, "")
        QApplication.processEvents()
        for name in ("Back", "Adverse event", "Next"):
            if name == "Next" and step is StepId.AFTERCARE:
                continue
            made = named(screen, QAbstractButton, name)
            seen.setdefault(name, set()).add(place_of(made, screen).getRect())  # type: ignore[arg-type]
    for name, places in seen.items():
        assert len(places) == 1, name
        assert min(next(iter(places))[2:]) >= 76, name


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_an_offer_to_undo_covers_nothing(room: Room, theme: Theme, size: str, scale: float) -> None:
    theme.use(LIGHT, scale)
    screen = at(room, StepId.NEEDLING, size)
    toast = Toast(room.kit.theme, room.kit.tr, screen.page)
    toast.offer("Recorded: Left cheek", lambda: None)
    QApplication.processEvents()
    lies = place_of(toast, screen)
    bar = screen.findChildren(StepBar)[0]
    assert place_of(bar, screen).contains(lies)
    for name in ("Back", "Adverse event", "Next"):
        assert not place_of(named(screen, QAbstractButton, name), screen).intersects(lies), name
    assert not place_of(bar.saved, screen).intersects(lies)
    assert not place_of(bar.found, screen).intersects(lies)


def test_a_recorded_pass_is_taken_back_by_ctrl_z_but_not_from_another_step(room: Room) -> None:
    screen = at(room, StepId.CLEANSING, "1280x800")
    done: list[str] = []
    toast = Toast(room.kit.theme, room.kit.tr, screen.page)
    toast.offer("Removed: Gentle cleanser", lambda: done.append("undone"))
    tap(screen, "Next")
    assert toast.isHidden()
    QTest.keyClick(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not done


@pytest.mark.parametrize("size", SIZES)
def test_the_signature_is_in_sight_beside_the_text(room: Room, size: str) -> None:
    screen = at(room, StepId.CONSENT, size, lambda x: x)
    canvas = screen.page.findChildren(SignatureCanvas)[0]
    holder = screen.findChildren(PageStack)[0]
    for one in (canvas, named(screen, QAbstractButton, "No photos")):
        assert place_of(holder, screen).contains(place_of(one, screen)), one
    assert canvas.height() >= 140


@pytest.mark.parametrize("size", SIZES)
def test_print_stays_where_it_is_while_the_entries_scroll(room: Room, qtbot: QtBot, size: str) -> None:
    screen = at(room, StepId.AFTERCARE, size, whole)
    printing = named(screen, QAbstractButton, "Print")
    before = place_of(printing, screen)
    home = next(one for one in screen.page.findChildren(ChipRow) if one.accessibleName() == "For home")
    chip = home.findChildren(QAbstractButton)[-1]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    QTest.keyClick(chip, Qt.Key.Key_Tab)
    QApplication.processEvents()
    holder = place_of(screen.findChildren(PageStack)[0], screen)
    assert place_of(printing, screen) == before
    for name in ("Print", "Save as PDF", "Shown on screen"):
        assert holder.contains(place_of(named(screen, QAbstractButton, name), screen)), name
    view = screen.page.findChildren(PaperView)[0]
    qtbot.waitUntil(lambda: view.zoom() != 100, timeout=5000)
    assert view.zoom() >= 58


def test_a_full_line_still_says_the_step_and_every_timer(room: Room) -> None:
    def numbed(draft: SessionDraft) -> SessionDraft:
        both = (a_numbing(removed_at=None), a_numbing(id=an_id(9), removed_at=None))
        return ready_for_needling(draft).with_(numbing=both)

    screen = at(room, StepId.NEEDLING, "1024x768", numbed)
    head = screen.findChildren(StepHead)[0]
    assert head.height() == 48
    assert len([one for one in head.timers.findChildren(QAbstractButton) if one.isVisible()]) == 2
    (title,) = (one for one in head.findChildren(ElidedLabel) if one.isVisible())
    assert not title.is_elided()
    assert named(screen, QAbstractButton, "Does not apply today").text() == "Not today"
    room.dialogs.will_answer(None)
    tap(screen, "Does not apply today")


def test_in_large_text_the_map_keeps_its_room_when_passes_are_recorded(room: Room, theme: Theme) -> None:
    theme.use(LIGHT, 1.5)
    screen = at(room, StepId.NEEDLING, "1024x768")
    canvas = screen.page.findChildren(ZoneCanvas)[0]
    QApplication.processEvents()
    before = place_of(canvas, screen)
    assert before.width() >= 300
    # The legend explains every mark, in large letters as well: a little less is left for the drawing.
    assert before.height() >= 350
    pass_ = builders.a_pass(id=an_id(901), zone="forehead")
    screen.presenter.edit(lambda x: x.with_(needling=x.needling.with_(passes=(*x.needling.passes, pass_))))
    QApplication.processEvents()
    assert len(screen.presenter.draft.needling.passes) == 1
    after = place_of(canvas, screen)
    assert (after.left(), after.width()) == (before.left(), before.width())
