"""The time-out on the screen: what is known to be untrue cannot be ticked, and leads to where it is put right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox

from needlelog.domain.client import Allergy, AllergyState
from needlelog.domain.findings import StepId
from needlelog.domain.session import SessionDraft
from tests import builders as b
from tests.gui.screens.session.room import Room, named, ready_for_needling, tap, texts
from ui.screens.session.frames import frame_around
from ui.screens.session.needling.map_and_panel import MapAndPanel
from ui.screens.session.needling.time_out import TimeOut
from ui.screens.session.screen import SessionScreen

Change = Callable[[SessionDraft], SessionDraft]


def _unsaid(draft: SessionDraft) -> SessionDraft:
    ready = ready_for_needling(draft)
    return ready.with_(needling=ready.needling.with_(time_out=()))


def _cream_on(draft: SessionDraft) -> SessionDraft:
    (cream, *others) = draft.numbing
    return draft.with_(numbing=(cream.with_(removed_at=None), *others))


def _box(screen: SessionScreen, words: str) -> QCheckBox:
    return next(one for one in screen.findChildren(QCheckBox) if one.accessibleName().startswith(words))


@pytest.mark.parametrize(
    ("change", "item", "known", "step"),
    [
        (_cream_on, "The anaesthetic is wiped off", "is still on the skin", StepId.NUMBING),
        (
            lambda x: x.with_(consent=b.a_consent(signature=None)),
            "Consent is signed",
            "Not done yet: Consent signed",
            StepId.CONSENT,
        ),
        (
            lambda x: x.with_(consultation=x.consultation.with_(allergies_confirmed_at=None)),
            "Allergies are read",
            "Not done yet: Allergies confirmed",
            StepId.CONSULTATION,
        ),
    ],
)
def test_a_closed_item_says_why_and_leads_to_its_place(
    room: Room, change: Change, item: str, known: str, step: StepId
) -> None:
    screen = room.at(StepId.NEEDLING, change=lambda x: change(_unsaid(x)))
    box = _box(screen, item)
    assert not box.isEnabled()
    assert known in box.accessibleDescription()
    assert known in texts(screen.page)
    box.click()
    assert room.stored(screen.draft_id).needling.time_out == ()
    way = next(
        one
        for one in screen.findChildren(QAbstractButton)
        if one.isVisible() and one.accessibleName().startswith("To the") and known in one.accessibleName()
    )
    way.click()
    QApplication.processEvents()
    assert screen.presenter.draft.step is step


def test_an_item_opens_once_its_opposite_is_put_right(room: Room) -> None:
    screen = room.at(StepId.NEEDLING, change=lambda x: _cream_on(_unsaid(x)))
    off = b.a_full_draft().numbing
    screen.presenter.edit(lambda x: x.with_(numbing=off))
    box = _box(screen, "The anaesthetic is wiped off")
    assert box.isEnabled()
    assert not box.accessibleDescription()
    tap(screen, "The anaesthetic is wiped off completely.")
    assert box.isChecked()


@pytest.mark.parametrize(("width", "height"), [(1192, 800), (936, 768)])
def test_every_item_is_in_sight_with_allergies_and_a_running_timer(room: Room, width: int, height: int) -> None:
    latex = Allergy(substance="Latex", reaction="hives")
    room.desk.clients.save(room.client.with_(allergy_state=AllergyState.KNOWN, allergies=(latex,)))
    room.start(room.another_client(), change=lambda x: _cream_on(_unsaid(x)))
    draft = room.start(change=lambda x: _unsaid(x).with_(step=StepId.NEEDLING))
    screen = room.open(draft, width, height)
    frame = frame_around(screen.findChildren(TimeOut)[0])
    line = _box(screen, "Zones, device and depths").parentWidget()
    assert frame is not None
    assert line is not None
    if height < 800:
        frame.ensureWidgetVisible(line)
    foot = line.mapTo(frame.viewport(), line.rect().bottomLeft()).y()
    assert foot <= frame.viewport().height()
    button = named(screen, QAbstractButton, "Next")
    assert button.mapTo(screen, button.rect().bottomLeft()).y() < height


def test_the_time_out_stands_beside_the_map_however_it_was_entered(room: Room) -> None:
    screen = room.open(room.start(change=lambda x: _unsaid(x).with_(step=StepId.CONSULTATION)), 700, 600)
    screen.presenter.go_to(StepId.NEEDLING)
    for width in (700, 1400, 1216, 1192):
        screen.resize(width, 800)
        QApplication.processEvents()
    (chair,) = screen.findChildren(MapAndPanel)
    assert not chair.stacked()
    assert chair.panel.geometry().right() <= chair.width()
