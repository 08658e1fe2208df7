"""A visit that repeats another: each act says what it confirms, goes on by itself, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QWidget

from needlelog.domain.client import Allergy, AllergyState
from needlelog.domain.findings import Gate, StepId
from needlelog.domain.materials import Product
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from needlelog.knowledge.consent import text_for
from needlelog.rules.aftercare import end_of_treatment
from tests import builders as b
from tests.gui.screens.clinic_days import add_client
from tests.gui.screens.session.room import Room, named, tap, texts
from tests.ordinary import (
    CARTRIDGE,
    CLEANSER,
    CREAM,
    DEVICE,
    GOOD_UNTIL,
    LOTS_NOW,
    MASK,
    SERUM,
    ZONES,
    ordinary_visit,
    product,
    stock,
)
from ui.screens.session.again_page import AgainPage
from ui.screens.session.consultation.question_row import QuestionRow
from ui.screens.session.needling.cartridge import CartridgeInUse
from ui.screens.session.needling.setting_panel import SettingPanel
from ui.screens.session.screen import SessionScreen
from ui.widgets.shield import Shield
from ui.widgets.toast import Toast

STILL_SO, NONE_APPLIES, AS_THEN = "Read out: still so", "Prepared as asked; none of these applies", "As on {}, and next"
MONTH = timedelta(days=34)
OTHER_DEVICE = "Dermapen (original)"
Change = Callable[[SessionDraft], SessionDraft]


@pytest.fixture
def repeated(room: Room) -> Room:
    """The client was here a month ago; the lots in use now are others than those of then."""
    room.client = add_client(room.desk, "Ana Nowak")
    ordinary_visit(room.desk, room.clock, room.client, room.clock.moment - MONTH)
    stock(room.desk, LOTS_NOW)
    return room


def again(room: Room, step: StepId = StepId.CONSULTATION, change: Change | None = None) -> SessionScreen:
    """The visit that repeats that one, at this step."""
    return room.open(room.start(repeat=True, change=lambda x: (change or (lambda y: y))(x).with_(step=step)))


def as_then(room: Room) -> str:
    """What the last act of the consultation is called."""
    return AS_THEN.format((room.clock.moment - MONTH).strftime("%d-%b-%Y"))


def sees(parent: QWidget, name: str) -> bool:
    """Whether a button of this name can be used."""
    found = parent.findChildren(QAbstractButton)
    return any(one.accessibleName() == name and one.isVisible() and one.isEnabled() for one in found)


def undo(screen: SessionScreen) -> None:
    """Take the last act back, where it is offered."""
    (toast,) = [one for one in screen.findChildren(Toast) if one.isVisible()]
    tap(toast, "Undo")


def consulted(room: Room) -> SessionScreen:
    """The consultation done in three acts."""
    screen = again(room)
    for act in (STILL_SO, NONE_APPLIES, as_then(room)):
        tap(screen, act)
    return screen


def test_three_acts_do_the_consultation_and_the_last_one_goes_on(repeated: Room) -> None:
    screen = again(repeated)
    assert "No known allergies" in texts(screen.page)
    assert sees(screen, "Different today: Keloid or raised scars")
    assert not sees(screen, NONE_APPLIES)
    tap(screen, STILL_SO)
    for question in ("Is your skin clean and bare, without make-up?", "Are you pregnant, or could you be?"):
        assert question in texts(screen.page)
    tap(screen, NONE_APPLIES)
    for words in ("Acne scars", "Skin type III", "Forehead\u00a00.75\u00a0mm", SERUM):
        assert words in texts(screen.page)
    tap(screen, as_then(repeated))
    draft = repeated.stored(screen.draft_id)
    assert draft.step is StepId.CONSENT
    assert all(item.done for item in screen.presenter.items if item.step is StepId.CONSULTATION)


def test_the_last_act_can_be_taken_back_from_the_next_step(repeated: Room) -> None:
    screen = consulted(repeated)
    undo(screen)
    draft = repeated.stored(screen.draft_id)
    assert draft.step is StepId.CONSULTATION
    assert not any(one.confirmed for one in draft.consultation.plan.zones)
    assert draft.consultation.concerns == ()
    assert draft.consultation.screening
    tap(screen, as_then(repeated))
    assert repeated.stored(screen.draft_id).step is StepId.CONSENT


def test_each_act_can_be_taken_back_and_leaves_what_was_answered_otherwise(repeated: Room) -> None:
    screen = again(repeated)
    tap(screen, STILL_SO)
    tap(screen, NONE_APPLIES)
    tap(screen, "Take back: Asked afresh at every visit")
    part = repeated.stored(screen.draft_id).consultation
    assert part.preparation == ()
    assert all(one.confirmed_from for one in part.screening)
    tap(screen, "Take back: Known before anybody asks")
    part = repeated.stored(screen.draft_id).consultation
    assert part.screening == ()
    assert part.allergies_confirmed_at is None
    assert part.allergy_state is None


def test_a_double_tap_says_one_act(repeated: Room) -> None:
    repeated.kit = replace(repeated.kit, pause_s=1.0)
    screen = again(repeated)
    tap(screen, STILL_SO)
    tap(screen, NONE_APPLIES)
    assert repeated.stored(screen.draft_id).consultation.preparation == ()
    repeated.clock.advance(seconds=2)
    tap(screen, NONE_APPLIES)
    assert repeated.stored(screen.draft_id).consultation.preparation


def test_a_second_tap_does_not_fall_onto_the_next_step(repeated: Room) -> None:
    repeated.kit = replace(repeated.kit, pause_s=1.0)
    screen = again(repeated, StepId.CLEANSING)
    offer = named(screen, QAbstractButton, "Skin is clean, and next")
    place = offer.mapTo(screen, offer.rect().center())
    tap(screen, "Skin is clean, and next")
    assert repeated.stored(screen.draft_id).step is StepId.NUMBING
    met = screen.childAt(place)
    assert isinstance(met, Shield)
    met.hide()
    assert not isinstance(screen.childAt(QPoint(place)), Shield)


def test_new_allergies_are_confirmed_by_themselves(repeated: Room) -> None:
    nickel = (Allergy(substance="Nickel"),)
    repeated.desk.clients.save(repeated.client.with_(allergy_state=AllergyState.KNOWN, allergies=nickel))
    screen = again(repeated)
    assert "they are confirmed by themselves" in texts(screen.page)
    tap(screen, STILL_SO)
    assert repeated.stored(screen.draft_id).consultation.allergies_confirmed_at is None
    assert "Answered by themselves, not here: " in texts(screen.page)
    tap(screen, NONE_APPLIES)
    tap(screen, as_then(repeated))
    assert repeated.stored(screen.draft_id).step is StepId.CONSULTATION
    # What is left comes up: the questions on allergies, with the allergy in sight.
    assert "Allergy on file: Nickel" in texts(screen.page)


def test_who_signed_is_confirmed_last_and_leads_on(repeated: Room) -> None:
    screen = consulted(repeated)
    assert not sees(screen, "As on file: 12-Mar-1988, and next")
    signature = b.a_signature(at=repeated.clock.now())
    shown = text_for(repeated.desk.consent_texts, repeated.client.language)
    screen.presenter.edit(lambda x: x.with_(consent=x.consent.with_(signature=signature, shown=shown)))
    tap(screen, "As on file: 12-Mar-1988, and next")
    assert repeated.stored(screen.draft_id).step is StepId.CLEANSING
    undo(screen)
    draft = repeated.stored(screen.draft_id)
    assert (draft.step, draft.consent.confirmed_name) == (StepId.CONSENT, "")
    assert draft.consent.signature == signature


@pytest.mark.parametrize(
    ("step", "name", "verb"),
    [
        (StepId.CLEANSING, CLEANSER, "Skin is clean, and next"),
        (StepId.SERUM, SERUM, "Applied, and next"),
        (StepId.COOLING, MASK, "Done, and next"),
    ],
)
def test_what_was_used_then_is_recorded_from_the_lot_in_use_and_taken_back(
    repeated: Room, step: StepId, name: str, verb: str
) -> None:
    screen = again(repeated, step)
    assert f"Lot in use: {LOTS_NOW[name]}".replace(" ", "\u00a0").replace("-", "-\u2060") in texts(screen.page)
    tap(screen, verb)
    draft = repeated.stored(screen.draft_id)
    (use,) = [one for one in draft.uses if one.name == name]
    assert use.lot == LOTS_NOW[name]
    assert draft.step is not step
    undo(screen)
    draft = repeated.stored(screen.draft_id)
    assert draft.step is step
    assert draft.uses == ()
    assert draft.cleansing.done_at is None
    assert sees(screen, verb)


def treated(room: Room, minutes_ago: int) -> Change:
    """Needling that ended so long ago."""
    full = b.a_full_draft().needling
    at = room.clock.moment - timedelta(minutes=minutes_ago)
    passes = tuple(one.with_(id=uuid4(), at=at) for one in full.passes)
    return lambda x: x.with_(needling=full.with_(passes=passes, ended_at=at))


@pytest.mark.parametrize(
    ("verb", "minutes_ago", "put_on", "over"),
    [
        ("Done, and next", 25, -10, 0),
        ("Done, and next", 4, -4, 6),
        ("Just put on, and next", 25, 0, 10),
    ],
)
def test_the_sheet_counts_from_the_end_of_the_mask_whichever_of_both_was_tapped(
    repeated: Room, verb: str, minutes_ago: int, put_on: int, over: int
) -> None:
    now = repeated.clock.moment
    draft_id = repeated.start(repeat=True)
    repeated.clock.moment = now
    flow, _ = repeated.desk.sessions.resume(draft_id)
    for finding in flow.open_findings(Gate.NEEDLING):
        flow.override(finding, "on paper")
    flow.edit(lambda x: treated(repeated, minutes_ago)(x).with_(step=StepId.COOLING))
    screen = repeated.open(draft_id)
    tap(screen, verb)
    (mask,) = repeated.stored(draft_id).cooling
    assert (mask.at, mask.duration_s) == (now + timedelta(minutes=put_on), 600)
    assert end_of_treatment(repeated.stored(draft_id)) == now + timedelta(minutes=over)


def _recalled(room: Room) -> None:
    room.desk.stock.recall(SERUM, LOTS_NOW[SERUM], "glass in the vial")


def _used_up(room: Room) -> None:
    item = product(room.desk, SERUM)
    lot = room.desk.stock.receive(item.id, LOTS_NOW[SERUM], None, Decimal(2))
    room.desk.stock.take_off(lot.id, Decimal(2), "spilt")


def _no_date(room: Room) -> None:
    room.clock.advance(minutes=1)
    room.desk.materials.remember_lot(product(room.desk, SERUM).id, "HA-3", None)


def _expired(room: Room) -> None:
    stock(room.desk, {SERUM: LOTS_NOW[SERUM]}, date(2026, 11, 1))
    stock(room.desk, {SERUM: "HA-1"}, date(2026, 11, 1))


@pytest.mark.parametrize("happened", [_recalled, _used_up, _no_date, _expired])
def test_a_lot_that_something_speaks_against_is_not_recorded_at_one_tap(
    repeated: Room, happened: Callable[[Room], None]
) -> None:
    happened(repeated)
    screen = again(repeated, StepId.SERUM)
    page = screen.page
    assert isinstance(page, AgainPage)
    assert page.offer.isVisible()
    assert not sees(screen, "Applied, and next")


def test_a_lot_recalled_while_it_is_offered_is_not_recorded(repeated: Room) -> None:
    screen = again(repeated, StepId.SERUM)
    _recalled(repeated)
    tap(screen, "Applied, and next")
    draft = repeated.stored(screen.draft_id)
    assert (draft.step, draft.serums) == (StepId.SERUM, ())
    assert "this lot was recalled" in texts(screen.page)


def test_nothing_is_offered_that_the_client_is_allergic_to(repeated: Room) -> None:
    lidocaine = (Allergy(substance="Lidocaine"),)
    repeated.desk.clients.save(repeated.client.with_(allergy_state=AllergyState.KNOWN, allergies=lidocaine))
    screen = again(repeated, StepId.NUMBING)
    assert not sees(screen, "Apply now")
    assert sees(again(repeated, StepId.CLEANSING), "Skin is clean, and next")


def _all_asked(draft: SessionDraft) -> SessionDraft:
    asked, part = b.a_consultation(), draft.consultation
    said = {"screening": asked.screening, "allergies_confirmed_at": asked.allergies_confirmed_at}
    return draft.with_(consultation=part.with_(**said))


def test_numbing_is_not_put_on_at_one_tap_before_all_was_asked(repeated: Room) -> None:
    screen = again(repeated, StepId.NUMBING)
    assert not sees(screen, "Apply now")
    assert "before these questions are answered" in texts(screen.page)
    assert "Allergy to a local anaesthetic" in texts(screen.page)


def test_numbing_runs_as_then_and_taking_it_off_leads_on(repeated: Room) -> None:
    screen = again(repeated, StepId.NUMBING, _all_asked)
    tap(screen, "Apply now")
    (numbing,) = repeated.stored(screen.draft_id).numbing
    assert (numbing.name, numbing.lot, numbing.on_at) == (CREAM, LOTS_NOW[CREAM], repeated.clock.now())
    assert numbing.zones == ZONES
    repeated.clock.advance(minutes=35)
    screen.page.show_draft(screen.presenter.draft)
    tap(screen, "Removed now: " + _now(repeated))
    assert repeated.stored(screen.draft_id).step is StepId.NEEDLING
    undo(screen)
    draft = repeated.stored(screen.draft_id)
    assert (draft.step, draft.numbing[0].removed_at) == (StepId.NUMBING, None)


def test_numbing_that_came_off_early_is_looked_at_before_going_on(repeated: Room) -> None:
    screen = again(repeated, StepId.NUMBING, _all_asked)
    tap(screen, "Apply now")
    repeated.clock.advance(minutes=5)
    screen.page.show_draft(screen.presenter.draft)
    tap(screen, "Removed now: " + _now(repeated))
    draft = repeated.stored(screen.draft_id)
    assert draft.numbing[0].removed_at is not None
    assert draft.step is StepId.NUMBING


def _now(room: Room) -> str:
    return room.clock.now().strftime("%H:%M")


def _say_all(screen: SessionScreen) -> None:
    for item in screen.page.desk.knowledge.time_out.values():
        named(screen, QCheckBox, item.text).click()
        QApplication.processEvents()


def _ready(draft: SessionDraft) -> SessionDraft:
    full = b.a_full_draft()
    plan = draft.consultation.plan
    plan = plan.with_(zones=tuple(one.with_(confirmed=True) for one in plan.zones))
    return draft.with_(consultation=full.consultation.with_(plan=plan, photos=()), consent=full.consent)


def test_the_cartridge_in_use_is_read_out_and_the_planned_zones_are_in_hand(repeated: Room) -> None:
    screen = again(repeated, StepId.NEEDLING, _ready)
    assert f"{CARTRIDGE}, lot {LOTS_NOW[CARTRIDGE]}, use by" in texts(screen.page)
    _say_all(screen)
    assert "Forehead, Left cheek, Right cheek" in texts(screen.page)
    tap(screen, "Pass done")
    passes = repeated.stored(screen.draft_id).needling.passes
    assert {(one.zone, one.lot, str(one.depth_mm)) for one in passes} == {
        (zone, LOTS_NOW[CARTRIDGE], "0.75") for zone in ZONES
    }


TODAY = "day:20-Nov-2026"
CARTRIDGE_ITEM = "The cartridge is new, sterile and in date; the sharps container is within reach."


def _lots(room: Room, screen: SessionScreen) -> set[str]:
    return {one.lot for one in room.stored(screen.draft_id).needling.passes}


def test_the_cartridge_that_was_read_out_is_the_one_in_hand_after_another_came_in(repeated: Room) -> None:
    screen = again(repeated, StepId.NEEDLING, _ready)
    _say_all(screen)
    (tick,) = [one for one in repeated.stored(screen.draft_id).needling.time_out if one.item == "cartridge"]
    assert tick.about == (f"cartridge:{CARTRIDGE}, {LOTS_NOW[CARTRIDGE]}, ", TODAY)
    assert screen.deactivate()
    repeated.clock.advance(minutes=5)
    stock(repeated.desk, {CARTRIDGE: "OTHER-ROOM-9"})
    screen = repeated.open(screen.draft_id)
    tap(screen, "Pass done")
    assert _lots(repeated, screen) == {LOTS_NOW[CARTRIDGE]}


@pytest.mark.parametrize("by_finding", [False, True])
def test_another_lot_than_the_one_read_out_is_said_before_its_pass(repeated: Room, by_finding: bool) -> None:
    screen = again(repeated, StepId.NEEDLING, _ready)
    _say_all(screen)
    tap(screen, "Change device, cartridge, direction and count")
    (setting,) = screen.findChildren(SettingPanel)
    stock(repeated.desk, {CARTRIDGE: "CT-NEW"})
    setting.cartridge.take(CartridgeInUse(CARTRIDGE, "CT-NEW", GOOD_UNTIL))
    assert setting.isVisible()
    if by_finding:
        screen.presenter.show_field.emit(StepId.NEEDLING, "time-out")
    else:
        tap(screen, "To the passes")
    assert not sees(screen, "Pass done")
    assert f"{CARTRIDGE}, lot CT-NEW, use by" in texts(screen.page)
    item = named(screen, QCheckBox, CARTRIDGE_ITEM)
    assert not item.isChecked()
    item.click()
    tap(screen, "Pass done")
    assert _lots(repeated, screen) == {"CT-NEW"}
    ticks = [one for one in repeated.stored(screen.draft_id).needling.time_out if one.item == "cartridge"]
    assert [one.about for one in ticks] == [
        (f"cartridge:{CARTRIDGE}, {lot}, ", TODAY) for lot in (LOTS_NOW[CARTRIDGE], "CT-NEW")
    ]


def _planned_with(device: Product) -> Change:
    def change(draft: SessionDraft) -> SessionDraft:
        plan = draft.consultation.plan
        zones = tuple(one.with_(device_id=device.id) for one in plan.zones)
        return draft.with_(consultation=draft.consultation.with_(plan=plan.with_(zones=zones)))

    return change


def test_no_cartridge_of_another_device_is_put_into_the_hand(repeated: Room) -> None:
    other = _planned_with(product(repeated.desk, OTHER_DEVICE))
    screen = again(repeated, StepId.NEEDLING, lambda x: other(_ready(x)))
    assert LOTS_NOW[CARTRIDGE] not in texts(screen.page)
    _say_all(screen)
    assert sees(screen, "To the passes")
    tap(screen, "To the passes")
    assert not sees(screen, "Pass done")


@pytest.mark.parametrize("restarted", [False, True])
def test_a_cartridge_leaves_the_hand_with_the_device_it_was_proposed_for(repeated: Room, restarted: bool) -> None:
    screen = again(repeated, StepId.NEEDLING, _ready)
    _say_all(screen)
    assert sees(screen, "Pass done")
    assert screen.presenter.go_to(StepId.CONSULTATION)
    screen.presenter.edit(_planned_with(product(repeated.desk, OTHER_DEVICE)))
    assert screen.presenter.go_to(StepId.NEEDLING)
    if restarted:
        assert screen.deactivate()
        screen = repeated.open(screen.draft_id)
    said = f"Lot {LOTS_NOW[CARTRIDGE]} was put aside. Choose the cartridge for {OTHER_DEVICE}."
    assert restarted or said in texts(screen)
    for box in screen.page.findChildren(QCheckBox):
        if box.isVisible() and not box.isChecked():
            box.click()
    QApplication.processEvents()
    (setting,) = screen.findChildren(SettingPanel)
    device = setting.device()
    assert device is not None
    assert (device.name, setting.cartridge.value(), setting.isVisible()) == (OTHER_DEVICE, None, True)


def test_a_cartridge_that_was_recalled_is_not_put_into_the_hand(repeated: Room) -> None:
    repeated.desk.stock.recall(CARTRIDGE, LOTS_NOW[CARTRIDGE], "not sterile")
    screen = again(repeated, StepId.NEEDLING, _ready)
    assert LOTS_NOW[CARTRIDGE] not in texts(screen.page)
    _say_all(screen)
    assert sees(screen, "To the passes")


def test_nothing_else_is_said_beside_a_grade_and_leads_on(repeated: Room) -> None:
    screen = again(repeated, StepId.REACTIONS)
    row = screen.page.row("redness")  # type: ignore[attr-defined]  # the page of reactions
    tap(row, "2 Mild")
    tap(screen, "Nothing else observed, and next")
    draft = repeated.stored(screen.draft_id)
    assert draft.step is StepId.AFTERCARE
    assert [one.moment for one in draft.reactions.nothing_seen] == [draft.reactions.observations[0].moment]
    assert draft.reactions.none_observed_at is None
    undo(screen)
    draft = repeated.stored(screen.draft_id)
    assert (draft.step, draft.reactions.nothing_seen) == (StepId.REACTIONS, ())
    assert len(draft.reactions.observations) == 1


def test_nobody_is_led_on_before_the_disk_has_it(repeated: Room) -> None:
    ticks = iter(range(10_000))
    screen = repeated.open(repeated.start(repeat=True), seconds=lambda: float(next(ticks)))
    for act in (STILL_SO, NONE_APPLIES, as_then(repeated)):
        tap(screen, act)
    assert repeated.stored(screen.draft_id).step is StepId.CONSENT
    assert repeated.stored(screen.draft_id).consultation.concerns


def test_a_visit_of_its_own_offers_nothing_of_the_last_one(repeated: Room) -> None:
    for step in (StepId.CONSULTATION, StepId.CLEANSING, StepId.NUMBING):
        draft = repeated.start(change=lambda x, step=step: x.with_(step=step))
        screen = repeated.open(draft)
        assert not any(sees(screen, name) for name in (STILL_SO, "Skin is clean, and next", "Apply now"))


def test_the_time_at_which_the_skin_was_clean_stays(repeated: Room) -> None:
    screen = again(repeated, StepId.CLEANSING)
    tap(screen, "Skin is clean: done now")
    clean_at = repeated.clock.now()
    repeated.clock.advance(minutes=15)
    tap(screen, "Skin is clean, and next")
    assert repeated.stored(screen.draft_id).cleansing.done_at == clean_at


def test_a_yes_of_today_stays_in_sight_beside_the_act(repeated: Room) -> None:
    sore = ScreeningAnswer(contraindication="C02", answer="yes", at=repeated.clock.now())
    screen = again(repeated, change=lambda x: x.with_(consultation=x.consultation.with_(screening=(sore,))))
    tap(screen, STILL_SO)
    assert "Not denied today: Cold sore or herpes in the area" in texts(screen.page)
    tap(screen, NONE_APPLIES)
    assert "Not denied: Cold sore or herpes in the area" in texts(screen.page)


def test_each_of_two_devices_gets_its_own_proposal_back(repeated: Room) -> None:
    other = product(repeated.desk, OTHER_DEVICE)

    def two(draft: SessionDraft) -> SessionDraft:
        (first, *rest) = draft.consultation.plan.zones
        plan = draft.consultation.plan.with_(zones=(first.with_(device_id=other.id), *rest))
        return draft.with_(consultation=draft.consultation.with_(plan=plan))

    screen = again(repeated, StepId.NEEDLING, lambda x: two(_ready(x)))
    (setting,) = screen.findChildren(SettingPanel)
    setting.offer_device(product(repeated.desk, DEVICE).id)
    held = setting.cartridge.value()
    assert held is not None
    assert held.lot == LOTS_NOW[CARTRIDGE]
    setting.offer_device(other.id)
    assert setting.cartridge.value() is None
    assert f"Lot {held.lot} was put aside." in texts(screen)
    setting.offer_device(product(repeated.desk, DEVICE).id)
    assert setting.cartridge.value() == held
    assert f"In hand: {CARTRIDGE}, lot {held.lot}." in texts(screen)


def test_a_denied_condition_leads_to_its_question_at_one_tap(repeated: Room) -> None:
    screen = again(repeated)
    tap(screen, "Different today: Diabetes")
    row = next(one for one in screen.findChildren(QuestionRow) if one.isAncestorOf(screen.window().focusWidget()))
    assert "diabetes" in texts(row).lower()


def test_next_goes_on_to_what_is_open_once_a_reason_is_written(repeated: Room) -> None:
    sore = ScreeningAnswer(contraindication="C02", answer="yes", at=repeated.clock.now())
    screen = again(repeated, change=lambda x: x.with_(consultation=x.consultation.with_(screening=(sore,))))
    for act in (STILL_SO, NONE_APPLIES, as_then(repeated)):
        tap(screen, act)
    (stop,) = [one for one in screen.presenter.open_findings(Gate.NEEDLING) if one.code == "C02"]
    assert screen.presenter.override(stop, "Prescriber agreed in writing")
    tap(screen, "Close findings")
    tap(screen, "Next")
    assert repeated.stored(screen.draft_id).step is StepId.CONSENT


def test_the_button_says_whether_the_lot_is_the_one_of_then(room: Room) -> None:
    room.client = add_client(room.desk, "Ana Nowak")
    ordinary_visit(room.desk, room.clock, room.client, room.clock.moment - MONTH)
    screen = again(room, StepId.CLEANSING)
    assert "Same lot as then" in named(screen, QAbstractButton, "Skin is clean, and next").text()
    stock(room.desk, LOTS_NOW)
    screen = again(room, StepId.CLEANSING)
    assert f"New lot: {LOTS_NOW[CLEANSER]}" in named(screen, QAbstractButton, "Skin is clean, and next").text()


def test_as_many_passes_as_then_are_one_tap(room: Room) -> None:
    room.client = add_client(room.desk, "Ana Nowak")
    ordinary_visit(room.desk, room.clock, room.client, room.clock.moment - MONTH, count=2)
    stock(room.desk, LOTS_NOW)
    screen = again(room, StepId.NEEDLING, _ready)
    _say_all(screen)
    tap(screen, "2 passes on each done")
    done = room.stored(screen.draft_id).needling.passes
    assert [(one.zone, one.count) for one in done] == [(zone, 2) for zone in ZONES]
    assert not sees(screen, "2 passes on each done")
    assert sees(screen, "Pass done")


def test_one_pass_then_offers_no_several(repeated: Room) -> None:
    screen = again(repeated, StepId.NEEDLING, _ready)
    _say_all(screen)
    assert sees(screen, "Pass done")
    assert not [one for one in screen.findChildren(QAbstractButton) if one.isVisible() and "on each" in one.text()]
