"""The client form: what was typed stays, every mistake gets one sentence, nothing is lost by leaving."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from needlelog.domain.client import Allergy, AllergyState, Client, Fact, FactKind
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.errors import FaultCode
from needlelog.services.desk import Desk
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.keys import type_text
from tests.gui.screens.clinic_days import NAMES, add_client
from tests.gui.screens.conftest import Routes
from ui.screens.client_form.entries import meet
from ui.screens.client_form.screen import ClientFormScreen
from ui.toolkit.dialogs import Leaving
from ui.toolkit.kit import Kit
from ui.toolkit.screen import ToClient, ToClients
from ui.widgets.labelled_field import LabelledField
from ui.widgets.line_fields import LineField


def typed(field: LabelledField, text: str) -> None:
    """Put text into a field as typing does."""
    field.set_raw_text(text)
    field.edited.emit()


def filled(kit: Kit, desk: Desk, name: str = "Ana Nowak", born: str = "12/3/88") -> ClientFormScreen:
    form = ClientFormScreen(kit, desk, None)
    typed(form.who.full_name, name)
    typed(form.who.born, born)
    return form


def only_client(desk: Desk) -> Client:
    (found,) = desk.clients.find("")
    return desk.clients.get(found.id)


@pytest.mark.parametrize(
    "name", [name for name, _, _ in NAMES] + ["Zoë 👩🏽‍⚕️ e\u0301", "<img src='/etc/passwd'>", "A & B"]
)
def test_any_name_is_stored_as_it_was_typed(kit: Kit, desk: Desk, routes: Routes, name: str) -> None:
    form = filled(kit, desk, name)
    routes.listen(form)
    form.save.click()
    stored = only_client(desk)
    assert stored.full_name == name
    assert stored.birth_date == date(1988, 3, 12)
    assert routes == [ToClient(stored.id)]


def test_everything_typed_is_stored(kit: Kit, desk: Desk) -> None:
    form = filled(kit, desk)
    typed(form.who.known_as, "Anka")
    typed(form.contact.phone, "07700 900142")
    typed(form.contact.email, "ana@example.org")
    typed(form.contact.address, "14 Marine Parade\nBrighton")
    typed(form.contact.emergency, "Piotr, 07700 900871")
    form.contact.language.set_value("pl")
    form.skin.type.button(3).click()
    form.allergy.state.button(AllergyState.KNOWN).click()
    allergy = form.allergy.rows.all()[0]
    typed(allergy.substance, "Lidocaine")
    typed(allergy.reaction, "hives")
    form.history.rows.add_button.click()
    fact = form.history.rows.all()[0]
    fact.kind.set_value(FactKind.MEDICINE)
    typed(fact.what, "Tretinoin")
    typed(fact.since, "1.9.2025")
    fact.link.set_value("C03")
    typed(form.notes, "Prefers mornings")
    form.save.click()
    stored = only_client(desk)
    assert (stored.known_as, stored.phone, stored.email) == ("Anka", "07700 900142", "ana@example.org")
    assert stored.address == "14 Marine Parade\nBrighton"
    assert (stored.emergency_contact, stored.language, stored.fitzpatrick) == ("Piotr, 07700 900871", "pl", 3)
    assert stored.allergies == (Allergy(substance="Lidocaine", reaction="hives"),)
    (kept,) = stored.facts
    assert (kept.kind, kept.text, kept.since, kept.contraindication, kept.noted_on) == (
        FactKind.MEDICINE,
        "Tretinoin",
        PartialDate(date(2025, 9, 1)),
        "C03",
        date(2026, 11, 20),
    )
    assert stored.notes == "Prefers mornings"


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("full_name", "", FaultCode.ENTRY_EMPTY),
        ("full_name", "x" * 5000, FaultCode.ENTRY_TOO_LONG),
        ("full_name", "Ana\x07", FaultCode.ENTRY_CONTROL_CHARACTER),
        ("full_name", "Ana \u202egro.live", FaultCode.ENTRY_CONTROL_CHARACTER),
        ("known_as", "x" * 5000, FaultCode.ENTRY_TOO_LONG),
        ("born", "", FaultCode.ENTRY_EMPTY),
        ("born", "31 2 1988", FaultCode.ENTRY_DATE_DOES_NOT_EXIST),
        ("born", "1 1 2031", FaultCode.ENTRY_DATE_IN_FUTURE),
        ("born", "1 1 1850", FaultCode.ENTRY_DATE_TOO_EARLY),
        ("born", "<b>", FaultCode.ENTRY_NOT_A_DATE),
        ("phone", "call me", FaultCode.ENTRY_NOT_A_PHONE),
        ("email", "ana", FaultCode.ENTRY_NOT_AN_EMAIL),
        ("email", "a" * 253 + "@b", FaultCode.ENTRY_TOO_LONG),
        ("address", "x" * 10_001, FaultCode.ENTRY_TOO_LONG),
        ("emergency", "x\x00", FaultCode.ENTRY_CONTROL_CHARACTER),
    ],
)
def test_a_wrong_entry_is_said_once_and_stays(
    kit: Kit, desk: Desk, routes: Routes, field: str, text: str, code: FaultCode
) -> None:
    form = filled(kit, desk)
    routes.listen(form)
    entry = getattr(form.who, field, None) or getattr(form.contact, field)
    typed(entry, text)
    form.save.click()
    fault = entry.fault()
    assert fault is not None
    assert fault.code is code
    assert entry.raw_text() == text
    assert form.notice.text().startswith("Not saved yet")
    assert (desk.clients.find(""), routes) == ((), [])


def test_the_same_person_is_noticed_while_typing(kit: Kit, desk: Desk, routes: Routes) -> None:
    known = add_client(desk, "Ana Nówak")
    form = filled(kit, desk, "ana nowak")
    routes.listen(form)
    assert form.who.duplicate.text() == "Ana Nówak, born on the same day, is already in the list as C-0001."
    form.who.open_existing.click()
    assert routes == [ToClient(known.id)]
    typed(form.who.born, "13/3/88")
    assert form.who.duplicate.text() == ""


def test_a_duplicate_does_not_block(kit: Kit, desk: Desk) -> None:
    add_client(desk, "Ana Nowak")
    filled(kit, desk).save.click()
    assert len(desk.clients.find("")) == 2


@pytest.mark.parametrize(
    ("born", "says"), [("21/11/2008", "under 18"), ("20/11/2008", "under 22"), ("20/11/2004", ""), ("2004", "")]
)
def test_an_age_below_a_rule_is_flagged_as_soon_as_it_is_typed(kit: Kit, desk: Desk, born: str, says: str) -> None:
    form = filled(kit, desk, born=born)
    assert (says in form.who.under_age.text()) if says else form.who.under_age.text() == ""


def test_known_allergies_need_a_substance(kit: Kit, desk: Desk) -> None:
    form = filled(kit, desk)
    form.allergy.state.button(AllergyState.KNOWN).click()
    form.save.click()
    assert desk.clients.find("") == ()
    assert "at least one substance" in form.allergy.message()
    form.allergy.state.button(AllergyState.NONE_KNOWN).click()
    form.save.click()
    assert only_client(desk).allergy_state is AllergyState.NONE_KNOWN


def test_known_allergies_lead_to_the_substance(kit: Kit, desk: Desk, shown: Show) -> None:
    form = filled(kit, desk)
    shown(form)
    form.allergy.state.button(AllergyState.KNOWN).click()
    substance = form.allergy.rows.all()[0].substance.editor
    assert substance.hasFocus()
    type_text(substance, "Lidocaine")
    form.save.click()
    assert only_client(desk).allergies == (Allergy(substance="Lidocaine"),)


def test_a_removed_row_can_be_brought_back(kit: Kit, desk: Desk) -> None:
    allergies = (Allergy(substance="Latex"), Allergy(substance="Nickel"))
    client = add_client(desk, "Ana Nowak", allergy_state=AllergyState.KNOWN, allergies=allergies)
    form = ClientFormScreen(kit, desk, client.id)
    form.allergy.rows.remove(0)
    form.allergy.rows.remove(1)
    form.allergy.rows.bring_back(1)
    form.save.click()
    assert desk.clients.get(client.id).allergies == (Allergy(substance="Nickel"),)


def test_until_before_since_is_refused(kit: Kit, desk: Desk) -> None:
    form = filled(kit, desk)
    form.history.rows.add_button.click()
    fact = form.history.rows.all()[0]
    typed(fact.what, "Isotretinoin")
    typed(fact.since, "1 6 2026")
    typed(fact.until, "1 5 2026")
    form.save.click()
    assert desk.clients.find("") == ()
    typed(fact.until, "1 7 2026")
    form.save.click()
    assert only_client(desk).facts[0].until == PartialDate(date(2026, 7, 1))


@pytest.mark.parametrize(
    ("text", "known", "shown_as"),
    [
        ("2020", PartialDate(date(2020, 1, 1), Precision.YEAR), "2020"),
        ("3/2020", PartialDate(date(2020, 3, 1), Precision.MONTH), "Mar-2020"),
        ("march 2020", PartialDate(date(2020, 3, 1), Precision.MONTH), "Mar-2020"),
        ("12.3.2020", PartialDate(date(2020, 3, 12)), "12-Mar-2020"),
    ],
)
def test_what_is_known_of_a_date_is_kept_and_shown_as_that(
    kit: Kit, desk: Desk, text: str, known: PartialDate, shown_as: str
) -> None:
    form = filled(kit, desk)
    form.history.rows.add_button.click()
    fact = form.history.rows.all()[0]
    typed(fact.what, "Roaccutane")
    typed(fact.since, text)
    typed(fact.until, text)
    form.save.click()
    client = only_client(desk)
    assert (client.facts[0].since, client.facts[0].until) == (known, known)
    again = ClientFormScreen(kit, desk, client.id)
    row = again.history.rows.all()[0]
    assert (row.since.raw_text(), row.until.raw_text()) == (shown_as, shown_as)
    assert row.is_right()
    assert not again.unsaved
    typed(again.who.known_as, "Anka")
    again.save.click()
    assert only_client(desk).facts == client.facts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2o20", FaultCode.ENTRY_NOT_A_DAY_MONTH_OR_YEAR),
        ("13/2020", FaultCode.ENTRY_MONTH_DOES_NOT_EXIST),
        ("2027", FaultCode.ENTRY_DATE_IN_FUTURE),
        ("12/2026", FaultCode.ENTRY_DATE_IN_FUTURE),
    ],
)
def test_a_wrong_date_of_a_fact_stays_with_its_sentence(kit: Kit, desk: Desk, text: str, code: FaultCode) -> None:
    form = filled(kit, desk)
    form.history.rows.add_button.click()
    fact = form.history.rows.all()[0]
    typed(fact.what, "Roaccutane")
    typed(fact.since, text)
    form.save.click()
    fault = fact.since.fault()
    assert fault is not None
    assert fault.code is code
    assert fact.since.raw_text() == text
    assert fact.since.editor.accessibleDescription() == str(kit.tr.fault(fault))
    assert desk.clients.find("") == ()


@pytest.mark.parametrize(("since", "until"), [("2020", "3/2020"), ("3/2020", "2020")])
def test_a_month_within_the_year_of_the_other_is_no_contradiction(kit: Kit, desk: Desk, since: str, until: str) -> None:
    form = filled(kit, desk)
    form.history.rows.add_button.click()
    fact = form.history.rows.all()[0]
    typed(fact.what, "Roaccutane")
    typed(fact.since, since)
    typed(fact.until, until)
    assert fact.is_right()
    typed(fact.until, "12/2019")
    assert not fact.is_right()
    assert fact.until.raw_text() == "12/2019"


def test_what_the_program_knows_by_itself_is_no_fact_to_link(kit: Kit, desk: Desk) -> None:
    form = filled(kit, desk)
    form.history.rows.add_button.click()
    link = form.history.rows.all()[0].link.combo
    offered = {link.itemText(place) for place in range(link.count())}
    known = desk.knowledge.contraindications.values()
    facts = {one.title for one in known if one.derived_from is None and not one.ahead}
    assert offered >= facts
    assert not offered & ({one.title for one in known} - facts)


def test_a_stored_link_that_is_no_longer_offered_is_kept(kit: Kit, desk: Desk) -> None:
    derived = next(one for one in desk.knowledge.contraindications.values() if one.derived_from is not None)
    fact = Fact(
        id=uuid4(), kind=FactKind.CONDITION, text="Young", contraindication=derived.id, noted_on=date(2026, 1, 2)
    )
    client = add_client(desk, "Ana Nowak", facts=(fact,))
    form = ClientFormScreen(kit, desk, client.id)
    assert not form.unsaved
    typed(form.who.known_as, "Anka")
    form.save.click()
    assert desk.clients.get(client.id).facts == (fact,)


def test_as_many_entries_are_named_as_are_marked(kit: Kit, desk: Desk) -> None:
    form = filled(kit, desk)
    form.history.rows.add_button.click()
    fact = form.history.rows.all()[0]
    typed(fact.what, "Cold sores")
    typed(fact.since, "2o20")
    typed(fact.until, "13/2019")
    form.save.click()
    assert form.notice.text() == "Not saved yet: 2 entries need another look. They are marked below."
    typed(fact.since, "1 5 2020")
    form.save.click()
    assert form.notice.text() == "Not saved yet: one entry needs another look. It is marked below."
    typed(fact.until, "2 5 2020")
    form.allergy.state.button(AllergyState.KNOWN).click()
    form.save.click()
    assert form.notice.text() == "Not saved yet: one entry needs another look. It is marked below."


def test_leaving_unsaved_asks_and_saves(kit: Kit, desk: Desk, dialogs: ScriptedDialogs) -> None:
    form = filled(kit, desk)
    dialogs.will_answer(Leaving.SAVE)
    assert form.deactivate()
    assert only_client(desk).full_name == "Ana Nowak"
    assert form.deactivate()


def test_leaving_unsaved_asks_and_discards(kit: Kit, desk: Desk, dialogs: ScriptedDialogs) -> None:
    form = filled(kit, desk)
    dialogs.will_answer(Leaving.DISCARD)
    assert form.deactivate()
    assert desk.clients.find("") == ()


def test_leaving_unsaved_asks_and_stays(kit: Kit, desk: Desk, dialogs: ScriptedDialogs) -> None:
    form = filled(kit, desk)
    dialogs.will_answer(Leaving.STAY)
    assert not form.deactivate()
    assert desk.clients.find("") == ()
    assert form.unsaved
    assert form.who.full_name.raw_text() == "Ana Nowak"


def test_the_question_speaks_of_a_new_or_of_a_known_client(kit: Kit, desk: Desk, dialogs: ScriptedDialogs) -> None:
    dialogs.will_answer(Leaving.STAY, Leaving.STAY)
    assert not filled(kit, desk).deactivate()
    known = ClientFormScreen(kit, desk, add_client(desk, "Zoe Hart").id)
    typed(known.who.known_as, "Z")
    assert not known.deactivate()
    assert [one.text for one in dialogs.asked] == [
        "This new client is not saved yet",
        "The changes to this client are not saved yet",
    ]


def test_with_nobody_there_it_saves_without_a_question(kit: Kit, desk: Desk) -> None:
    form = filled(kit, desk)
    assert form.keep()
    assert only_client(desk).full_name == "Ana Nowak"
    assert not filled(kit, desk, "Zoe Hart", born="31 2 1988").keep()


def test_leaving_with_a_mistake_stays(kit: Kit, desk: Desk, dialogs: ScriptedDialogs) -> None:
    form = filled(kit, desk, born="31 2 1988")
    dialogs.will_answer(Leaving.SAVE)
    assert not form.deactivate()
    assert form.who.born.raw_text() == "31 2 1988"


def test_leaving_untouched_asks_nothing(kit: Kit, desk: Desk, routes: Routes) -> None:
    client = add_client(desk, "Ana Nowak", notes="Two\nlines")
    assert ClientFormScreen(kit, desk, client.id).deactivate()
    form = ClientFormScreen(kit, desk, None)
    routes.listen(form)
    form.cancel.click()
    assert routes == [ToClients()]


def test_a_change_elsewhere_keeps_what_was_typed_and_meets_it(
    kit: Kit, desk: Desk, routes: Routes, shown: Show
) -> None:
    client = add_client(desk, "Ana Nowak", phone="1")
    form = ClientFormScreen(kit, desk, client.id)
    routes.listen(form)
    shown(form)
    typed(form.contact.email, "ana@example.org")
    desk.clients.save(client.with_(phone="22222"))
    form.save.click()
    assert routes == []
    assert "phone" in form.notice.text()
    assert form.contact.email.raw_text() == "ana@example.org"
    form.merge.click()
    stored = desk.clients.get(client.id)
    assert (stored.phone, stored.email) == ("22222", "ana@example.org")
    assert routes == [ToClient(client.id)]


def test_what_both_changed_is_named(kit: Kit, desk: Desk) -> None:
    base = add_client(desk, "Ana Nowak")
    mine = base.with_(phone="11111", notes="mine")
    theirs = base.with_(phone="22222", email="a@b", version=base.version + 1)
    met = meet(base, mine, theirs)
    assert (met.client.phone, met.client.email, met.client.notes) == ("11111", "a@b", "mine")
    assert (met.theirs, met.both) == (("email",), ("phone",))
    assert met.client.version == theirs.version


def test_allergies_meet_whole(desk: Desk) -> None:
    base = add_client(desk, "Ana Nowak")
    mine = base.with_(allergy_state=AllergyState.KNOWN, allergies=(Allergy(substance="Latex"),))
    theirs = base.with_(allergy_state=AllergyState.UNAVAILABLE, version=base.version + 1)
    met = meet(base, mine, theirs)
    assert met.client.allergies == (Allergy(substance="Latex"),)


def test_enter_goes_from_field_to_field(kit: Kit, desk: Desk, shown: Show, qtbot: QtBot) -> None:
    form = ClientFormScreen(kit, desk, None)
    shown(form)
    form.activate()
    order: list[LineField] = [form.who.full_name, form.who.known_as, form.who.born, form.contact.phone]
    for field, text in zip(order, ("Ana Nowak", "Anka", "12 3 1988", "07700"), strict=True):
        assert field.line.hasFocus()
        type_text(field.line, text)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert form.contact.email.line.hasFocus()
