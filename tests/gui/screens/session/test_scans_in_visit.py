"""A scanned pack fills product, lot and expiry on its step; what may not be used, and what is no pack, is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from needlelog.domain.client import Allergy, AllergyState
from needlelog.domain.findings import StepId
from needlelog.domain.materials import MaterialUse, Product, ProductKind
from needlelog.errors import FaultCode
from needlelog.fault_sentences import FAULTS
from tests import builders as b
from tests.gui.answers import ScriptedDialogs
from tests.gui.scanner import scan
from tests.gui.screens.session.room import Room, ready_for_needling, tap, texts
from ui.screens.session.pages.needling import NeedlingPage
from ui.screens.session.pages.numbing import NumbingPage
from ui.screens.session.pages.serum import SerumPage
from ui.screens.session.screen import SessionScreen

SERUM_PACK, CARTRIDGE_PACK, CREAM_PACK = "04006381333931", "00844588003288", "10614141000415"
UNTIL = date(2027, 6, 30)


def code(gtin: str, lot: str = "HA-77", until: str = "270630", serial: str = "") -> str:
    return f"01{gtin}17{until}10{lot}" + (f"\x1d21{serial}" if serial else "")


@pytest.fixture
def serum(room: Room) -> Product:
    return room.desk.materials.add(b.a_product(id=b.an_id(3)))


def at_serum(room: Room) -> SessionScreen:
    screen = room.at(StepId.SERUM)
    assert isinstance(screen.page, SerumPage)
    return screen


def serums(room: Room, screen: SessionScreen) -> tuple[MaterialUse, ...]:
    return room.stored(screen.draft_id).serums


def said(screen: SessionScreen) -> str:
    notice = screen._shell.scan_notice
    return notice.text() if notice.isVisible() else ""


def cartridge_of(screen: SessionScreen) -> Any:
    page = screen.page
    assert isinstance(page, NeedlingPage)
    return page._setting.cartridge.value()


def test_a_scan_records_product_lot_and_expiry_and_can_be_taken_back(room: Room, serum: Product) -> None:
    room.desk.stock.keep_pack(serum.id, SERUM_PACK)
    screen = at_serum(room)
    scan(screen, code(SERUM_PACK))
    (use,) = serums(room, screen)
    assert (use.product_id, use.lot, use.expires_on) == (serum.id, "HA-77", UNTIL)
    assert said(screen) == ""
    assert [(lot.code, lot.expires_on) for lot in room.desk.materials.lots(serum.id)] == [("HA-77", UNTIL)]
    tap(screen, "Undo")
    assert serums(room, screen) == ()


def test_a_scan_fills_the_lot_of_what_was_tapped_before(room: Room, serum: Product) -> None:
    room.desk.stock.keep_pack(serum.id, SERUM_PACK)
    screen = at_serum(room)
    screen.page.picker.taken.emit(serum)  # type: ignore[attr-defined]
    assert [use.lot for use in serums(room, screen)] == [""]
    # The entry of the lot has the focus now, as for a person who is about to type it.
    scan(screen, code(SERUM_PACK))
    (use,) = serums(room, screen)
    assert (use.lot, use.expires_on) == ("HA-77", UNTIL)
    assert all(line.text() == "" for line in screen.page.findChildren(QLineEdit) if line.isVisible())


def test_a_scan_while_a_number_pad_is_open_goes_where_a_scan_goes_and_leaves_the_number(room: Room) -> None:
    cream = room.desk.materials.add(b.an_anaesthetic(id=b.an_id(4)))
    room.desk.stock.keep_pack(cream.id, CREAM_PACK)
    screen = room.at(StepId.NUMBING)
    page = screen.page
    assert isinstance(page, NumbingPage)
    scan(screen, code(CREAM_PACK))
    (card,) = page.cards.values()
    card.grams.set_value(Decimal(12))
    card.ask_change(applied_g=Decimal(12))
    card.grams.open_pad()
    pad = QApplication.activePopupWidget()
    assert pad is not None
    for character in code(CREAM_PACK, lot="HA-78"):
        QTest.keyClick(pad, character)
    QTest.keyClick(pad, Qt.Key.Key_Return)
    QApplication.processEvents()
    (numbing,) = room.stored(screen.draft_id).numbing
    assert (numbing.lot, numbing.applied_g) == ("HA-78", Decimal(12))
    assert card.grams.value() == Decimal(12)
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize("step", [StepId.NUMBING, StepId.SERUM])
def test_what_the_client_is_allergic_to_is_not_recorded_by_a_scan_without_a_reason(
    room: Room, serum: Product, dialogs: ScriptedDialogs, step: StepId
) -> None:
    product = serum if step is StepId.SERUM else room.desk.materials.add(b.an_anaesthetic(id=b.an_id(4)))
    substance = "Hyaluronic acid" if step is StepId.SERUM else "Lidocaine"
    room.desk.stock.keep_pack(product.id, CREAM_PACK)
    client = room.desk.clients.get(room.client.id)
    room.desk.clients.save(
        client.with_(allergy_state=AllergyState.KNOWN, allergies=(Allergy(substance=substance, reaction="Hives"),))
    )
    screen = room.at(step)
    scan(screen, code(CREAM_PACK))
    assert room.stored(screen.draft_id).uses == ()
    assert f"Allergy on file: {substance}" in said(screen)
    dialogs.will_answer(None)
    tap(screen, "Use it all the same")
    assert room.stored(screen.draft_id).uses == ()
    dialogs.will_answer("Patch test was clear")
    scan(screen, code(CREAM_PACK))
    tap(screen, "Use it all the same")
    stored = room.stored(screen.draft_id)
    assert [one.name for one in stored.uses] == [product.name]
    assert [one.reason for one in stored.overrides] == ["Patch test was clear"]
    tap(screen, "Undo")
    stored = room.stored(screen.draft_id)
    assert (stored.uses, stored.overrides) == ((), ())


def test_a_tapped_product_asks_as_well_and_its_reason_goes_and_comes_back_with_it(
    room: Room, serum: Product, dialogs: ScriptedDialogs
) -> None:
    client = room.desk.clients.get(room.client.id)
    known = (Allergy(substance="Hyaluronic acid"),)
    room.desk.clients.save(client.with_(allergy_state=AllergyState.KNOWN, allergies=known))
    screen = at_serum(room)
    page = screen.page
    assert isinstance(page, SerumPage)
    dialogs.will_answer(None)
    page.picker.taken.emit(serum)
    assert serums(room, screen) == ()
    dialogs.will_answer("Patch test was clear")
    page.picker.taken.emit(serum)
    (use,) = serums(room, screen)
    page.take_off(use.id)
    assert room.stored(screen.draft_id).overrides == ()
    tap(screen, "Undo")
    assert serums(room, screen) == (use,)
    assert [one.reason for one in room.stored(screen.draft_id).overrides] == ["Patch test was clear"]


def test_a_new_pack_is_asked_for_once_and_remembered(room: Room, serum: Product, dialogs: ScriptedDialogs) -> None:
    screen = at_serum(room)
    dialogs.will_answer(serum.name)
    scan(screen, code(SERUM_PACK))
    scan(screen, code(SERUM_PACK, lot="HA-78"))
    assert [asked.text for asked in dialogs.asked] == ["Which product is this pack?"]
    assert [use.lot for use in serums(room, screen)] == ["HA-78"]
    assert [pack.gtin for pack in room.desk.stock.packs(serum.id)] == [SERUM_PACK]


def test_not_saying_which_product_it_is_changes_nothing(room: Room, serum: Product, dialogs: ScriptedDialogs) -> None:
    screen = at_serum(room)
    dialogs.will_answer(None)
    scan(screen, code(SERUM_PACK))
    assert serums(room, screen) == ()
    assert room.desk.stock.packs(serum.id) == ()


def test_a_pack_of_a_product_not_on_the_list_is_put_there(room: Room, dialogs: ScriptedDialogs) -> None:
    screen = at_serum(room)
    dialogs.will_answer("It is not on the list yet")
    scan(screen, code(SERUM_PACK))
    form = screen.page.picker.form  # type: ignore[attr-defined]
    form.name.set_raw_text("Peptide serum")
    assert form.save()
    (use,) = serums(room, screen)
    assert (use.name, use.lot, use.expires_on) == ("Peptide serum", "HA-77", UNTIL)
    assert len(room.desk.stock.packs(use.product_id)) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("https://example.com/serum", FaultCode.SCAN_IS_LINK),
        ("4006381333931", FaultCode.SCAN_WITHOUT_LOT),
        ("4006381333930", FaultCode.SCAN_CHECK_DIGIT),
        ("01040063813339311714", FaultCode.SCAN_CUT_OFF),
        (code("04006381333930"), FaultCode.SCAN_CHECK_DIGIT),
        ("01" + SERUM_PACK + "10" + "A" * 292, FaultCode.SCAN_TOO_LONG),
        (code(SERUM_PACK, until="271300"), FaultCode.SCAN_DATE_WRONG),
    ],
)
def test_another_code_is_one_sentence_and_changes_nothing(
    room: Room, serum: Product, text: str, fault: FaultCode
) -> None:
    screen = at_serum(room)
    before = room.stored(screen.draft_id)
    scan(screen, text)
    assert said(screen).startswith(FAULTS[fault][0].partition("{")[0])
    assert room.stored(screen.draft_id) == before
    tap(screen, "Close")
    assert said(screen) == ""


def test_a_code_typed_into_its_field_counts_as_a_scan(room: Room, serum: Product) -> None:
    room.desk.stock.keep_pack(serum.id, SERUM_PACK)
    screen = at_serum(room)
    field = screen.page.picker.code  # type: ignore[attr-defined]
    field.setText(f"(01){SERUM_PACK}(17)270630(10)HA-77")
    field.setFocus()
    scan(screen, "")
    assert [use.lot for use in serums(room, screen)] == ["HA-77"]
    assert field.text() == ""


def test_a_whole_code_put_where_the_lot_belongs_counts_as_a_scan(room: Room, serum: Product) -> None:
    room.desk.stock.keep_pack(serum.id, SERUM_PACK)
    screen = at_serum(room)
    screen.page.picker.taken.emit(serum)  # type: ignore[attr-defined]
    (card,) = screen.page.cards.values()  # type: ignore[attr-defined]
    card.lot.code.set_raw_text(code(SERUM_PACK))
    card.lot.use.click()
    assert [(use.lot, use.expires_on) for use in serums(room, screen)] == [("HA-77", UNTIL)]
    assert card.lot.code.raw_text() == ""


def test_an_expired_pack_is_not_recorded_unless_a_reason_is_written(
    room: Room, serum: Product, dialogs: ScriptedDialogs
) -> None:
    room.desk.stock.keep_pack(serum.id, SERUM_PACK)
    screen = at_serum(room)
    scan(screen, code(SERUM_PACK, until="261031"))
    assert "expired on 31-Oct-2026" in said(screen)
    assert serums(room, screen) == ()
    dialogs.will_answer(None, "A later date stands on the packaging")
    tap(screen, "Use it all the same")
    assert serums(room, screen) == ()
    scan(screen, code(SERUM_PACK, until="261031"))
    tap(screen, "Use it all the same")
    assert [use.lot for use in serums(room, screen)] == ["HA-77"]
    (override,) = room.stored(screen.draft_id).overrides
    assert (override.finding.code, override.reason) == ("lot-expired", "A later date stands on the packaging")


def test_a_recalled_lot_is_stopped_with_the_reason_of_the_recall(room: Room, serum: Product) -> None:
    room.desk.stock.keep_pack(serum.id, SERUM_PACK)
    recall = room.desk.stock.recall(serum.name, "ha-77", "Germs found by the maker")
    screen = at_serum(room)
    scan(screen, code(SERUM_PACK))
    assert "Germs found by the maker" in said(screen)
    assert serums(room, screen) == ()
    room.desk.stock.end_recall(recall.product, recall.lot, "Another lot was meant")
    scan(screen, code(SERUM_PACK))
    assert len(serums(room, screen)) == 1


@pytest.mark.parametrize(("until", "warned"), [("261215", True), ("270630", False)])
def test_a_lot_that_expires_soon_is_recorded_and_said(room: Room, serum: Product, until: str, warned: bool) -> None:
    room.desk.stock.keep_pack(serum.id, SERUM_PACK)
    screen = at_serum(room)
    scan(screen, code(SERUM_PACK, until=until))
    assert len(serums(room, screen)) == 1
    assert ("expires soon" in said(screen)) is warned


def test_a_pack_of_another_step_is_offered_there(room: Room, serum: Product) -> None:
    cartridge = room.desk.materials.all(ProductKind.CARTRIDGE)[0]
    room.desk.stock.keep_pack(cartridge.id, CARTRIDGE_PACK)
    screen = room.open(room.start(change=lambda x: ready_for_needling(x).with_(step=StepId.SERUM)))
    scan(screen, code(CARTRIDGE_PACK, "CT-9", "271130"))
    assert "step 5" in said(screen)
    assert serums(room, screen) == ()
    tap(screen, "Go there and record it")
    assert screen.presenter.draft.step is StepId.NEEDLING
    assert (cartridge_of(screen).name, cartridge_of(screen).lot) == (cartridge.name, "CT-9")


def test_numbing_takes_its_lot_from_a_scan(room: Room) -> None:
    cream = room.desk.materials.add(b.an_anaesthetic(id=b.an_id(5), name="Cream of ours"))
    room.desk.stock.keep_pack(cream.id, CREAM_PACK)
    screen = room.at(StepId.NUMBING)
    assert isinstance(screen.page, NumbingPage)
    scan(screen, code(CREAM_PACK, "LX-1"))
    (numbing,) = room.stored(screen.draft_id).numbing
    assert (numbing.product_id, numbing.lot, numbing.expires_on) == (cream.id, "LX-1", UNTIL)
    scan(screen, code(CREAM_PACK, "LX-2"))
    assert [one.lot for one in room.stored(screen.draft_id).numbing] == ["LX-2"]


def needled_with(room: Room, serial: str) -> None:
    """Another client's visit in which this cartridge was used."""
    other = room.another_client()
    passes = (b.a_pass(id=b.an_id(501), lot="CT-9", serial=serial),)
    draft_id = room.start(other, change=ready_for_needling)
    flow, _ = room.desk.sessions.resume(draft_id)
    flow._store.save(flow.draft.with_(needling=b.a_needling(passes=passes)))


def test_a_cartridge_with_a_number_serves_one_client(room: Room) -> None:
    cartridge = room.desk.materials.all(ProductKind.CARTRIDGE)[0]
    room.desk.stock.keep_pack(cartridge.id, CARTRIDGE_PACK)
    needled_with(room, "SN-1")
    screen = room.open(room.start(change=lambda x: ready_for_needling(x).with_(step=StepId.NEEDLING)))
    scan(screen, code(CARTRIDGE_PACK, "CT-9", "271130", "SN-1"))
    assert "SN-1 is on the record of another visit" in said(screen)
    assert cartridge_of(screen) is None
    scan(screen, code(CARTRIDGE_PACK, "CT-9", "271130", "SN-2"))
    assert (cartridge_of(screen).lot, cartridge_of(screen).serial) == ("CT-9", "SN-2")
    assert "CT-9" in texts(screen)


def test_the_number_of_a_cartridge_goes_into_its_passes(room: Room) -> None:
    cartridge = room.desk.materials.all(ProductKind.CARTRIDGE)[0]
    room.desk.stock.keep_pack(cartridge.id, CARTRIDGE_PACK)
    screen = room.open(room.start(change=lambda x: ready_for_needling(x).with_(step=StepId.NEEDLING)))
    scan(screen, code(CARTRIDGE_PACK, "CT-9", "271130", "SN-2"))
    page = screen.page
    assert isinstance(page, NeedlingPage)
    page._setting.offer_device(b.a_device().id)
    page.focus_field("zone:cheek_left")
    page._panel.depth_mm.set_value(b.a_pass().depth_mm)
    (new,) = page._panel.passes(room.clock.now(), "Ana")
    assert (new.lot, new.serial) == ("CT-9", "SN-2")


def test_a_pack_scanned_while_the_list_of_lots_is_open_is_the_one_in_the_hand(room: Room) -> None:
    cartridge = room.desk.materials.all(ProductKind.CARTRIDGE)[0]
    room.desk.materials.remember_lot(cartridge.id, "1-OTHER", UNTIL)
    room.desk.stock.keep_pack(cartridge.id, CARTRIDGE_PACK)
    screen = room.open(room.start(change=lambda x: ready_for_needling(x).with_(step=StepId.NEEDLING)))
    page = screen.page
    assert isinstance(page, NeedlingPage)
    combo = page._setting.cartridge._choice.combo
    combo.setFocus()
    combo.showPopup()
    QApplication.processEvents()
    scan(screen, code(CARTRIDGE_PACK, "CT-9", "271130"))
    assert cartridge_of(screen).lot == "CT-9"
    assert QApplication.activePopupWidget() is None
