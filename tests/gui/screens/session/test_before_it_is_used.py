"""What speaks against a device or a cream is asked before it touches the skin, with a real clinic behind it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from PySide6.QtWidgets import QApplication

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.materials import DeviceKind, DeviceSettings, Product
from needlelog.domain.session import SessionDraft
from needlelog.rules.screening import UNANSWERED
from tests import builders as b
from tests.gui.screens.session.room import Room, ready_for_needling, texts, whole
from ui.screens.session.pages.needling import NeedlingPage
from ui.screens.session.pages.numbing import NumbingPage

RF = b.a_device(
    id=b.an_id(555),
    name="RF box",
    device=DeviceSettings(kind=DeviceKind.RF, depth_max_mm=Decimal("3.5"), depth_step_mm=Decimal("0.5"), source="x"),
)


def _without_a_device(draft: SessionDraft) -> SessionDraft:
    ready = ready_for_needling(draft)
    part = ready.consultation
    asked = tuple(one for one in part.screening if one.contraindication != "C39")
    return ready.with_(consultation=part.with_(plan=part.plan.with_(zones=()), screening=asked))


def test_the_question_about_implants_comes_with_the_device_and_not_after_the_shot(room: Room) -> None:
    room.desk.materials.add(RF)
    screen = room.at(StepId.NEEDLING, change=_without_a_device)
    page = screen.page
    assert isinstance(page, NeedlingPage)
    assert UNANSWERED not in {one.code for one in screen.presenter.open_findings(Gate.NEEDLING)}
    page._setting.device_field.set_value(RF.id)
    page._setting._on_device_chosen(RF.id)
    QApplication.processEvents()
    shut = [one for one in screen.presenter.open_findings(Gate.NEEDLING) if one.code == UNANSWERED]
    assert [one.detail for one in shut] == ["Pacemaker, defibrillator or implant"]


def _compounded(room: Room) -> Product:
    entry = room.desk.knowledge.products["blt-compounded"]
    return room.desk.materials.add(
        b.an_anaesthetic(id=b.an_id(556), name="BLT", anaesthetic=entry.anaesthetic, knowledge_id=entry.id)
    )


def test_a_cream_of_another_visit_of_the_same_day_counts_signed_or_open(room: Room) -> None:
    cream = _compounded(room)
    used = b.a_numbing(
        product_id=cream.id,
        name=cream.name,
        limits=cream.anaesthetic,
        on_at=room.clock.now() - timedelta(minutes=40),
        removed_at=room.clock.now() - timedelta(minutes=10),
        applied_g=None,
        area_cm2=None,
    )
    room.start(change=lambda draft: whole(draft).with_(numbing=(used,)))
    room.clock.moment += timedelta(hours=5)
    screen = room.at(StepId.NUMBING, change=lambda draft: draft.with_(consultation=b.a_consultation(photos=())))
    page = screen.page
    assert isinstance(page, NumbingPage)
    page._on_taken(cream)
    (waiting,) = screen.presenter.draft.numbing
    room.dialogs.will_answer(None)
    page._on_apply(waiting.id)
    QApplication.processEvents()
    assert room.dialogs.asked[-1].text == "BLT again too soon"
    assert screen.presenter.draft.numbing[0].on_at is None
    room.clock.moment += timedelta(hours=20)
    page._on_apply(waiting.id)
    assert screen.presenter.draft.numbing[0].on_at is not None
    assert "again too soon" not in texts(screen)
