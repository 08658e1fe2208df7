"""One client between visits: what was done at a glance, and the way to the next visit."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from PySide6.QtWidgets import QLabel, QPushButton

from needlelog.bootstrap import words
from needlelog.domain.client import Allergy, AllergyState, Fact, FactKind
from needlelog.domain.findings import StepId
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import add_client, begin, treat
from tests.gui.screens.conftest import Routes
from ui.screens.client.depths import depths_over_time
from ui.screens.client.screen import ClientScreen
from ui.screens.client.side import fact_dates
from ui.toolkit.kit import Kit
from ui.toolkit.screen import StartVisit, ToRecord, ToSession
from ui.widgets.elided import ElidedLabel


def test_a_visit_card_says_the_essentials(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    now = standing.now()
    treat(desk, standing, client, now - timedelta(days=90), depth="0.50")
    signed = treat(desk, standing, client, now - timedelta(days=34), zones=("nose", "chin"), depth="1.00", redness=3)
    desk.sessions.add_addendum(signed.id, "Phoned: all well.")
    newest, first = ClientScreen(kit, desk, client.id).cards
    assert newest.visit.id == signed.id
    assert newest.glance() == (
        "Nose, Chin",
        "Deepest: 1.00 mm Nose",
        "Device: Test Pen",
        "Worst reaction: 3 Moderate Redness",
        "Treated by: Mara Lindqvist, RN",
        "1 override",
        "1 addendum",
    )
    assert newest.gap() == "56 days after the previous visit"
    assert first.gap() == "First visit"


def test_none_observed_is_said_as_an_answer(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    treat(desk, standing, client, standing.now() - timedelta(days=3), redness=None)
    (card,) = ClientScreen(kit, desk, client.id).cards
    assert "Worst reaction: None observed" in card.glance()


def test_an_invalidated_visit_stays_visible_and_is_not_repeated(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show
) -> None:
    client = add_client(desk, "Ana Nowak")
    signed = treat(desk, standing, client, standing.now() - timedelta(days=3))
    desk.sessions.invalidate(signed.id, "Recorded for the wrong client")
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    (card,) = screen.cards
    assert "Entered in error" in card.glance()
    assert not screen.repeat.isVisible()


def test_starting_and_repeating(kit: Kit, desk: Desk, standing: StandingClock, routes: Routes) -> None:
    client = add_client(desk, "Ana Nowak")
    treat(desk, standing, client, standing.now() - timedelta(days=34))
    screen = ClientScreen(kit, desk, client.id)
    routes.listen(screen)
    screen.start.click()
    screen.repeat.click()
    screen.cards[0].chosen.emit()
    assert routes == [StartVisit(client.id), StartVisit(client.id, repeat=True), ToRecord(screen.cards[0].visit.id)]


def test_an_open_visit_is_offered(kit: Kit, desk: Desk, standing: StandingClock, routes: Routes) -> None:
    client = add_client(desk, "Ana Nowak")
    draft = begin(desk, standing, client, standing.now(), StepId.NUMBING)
    screen = ClientScreen(kit, desk, client.id)
    routes.listen(screen)
    screen.drafts[0].chosen.emit()
    assert routes == [ToSession(draft.id)]


def test_the_summary_counts_and_names_the_next_visit(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    treat(desk, standing, client, standing.now() - timedelta(days=34))
    assert ClientScreen(kit, desk, client.id).summary() == "1 visit   ·   last 34 days ago   ·   next 05-Dec-2026 13:40"


def test_archiving_can_be_undone(kit: Kit, desk: Desk, shown: Show) -> None:
    client = add_client(desk, "Ana Nowak")
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    screen.archive_button.click()
    assert desk.clients.get(client.id).archived_at is not None
    assert screen.archived.isVisible()
    undo = screen.toast.findChild(QPushButton)
    assert undo is not None
    undo.click()
    assert desk.clients.get(client.id).archived_at is None
    assert not screen.archived.isVisible()


def test_the_banner_warns_of_allergies_and_age(kit: Kit, desk: Desk) -> None:
    client = add_client(
        desk,
        "Tom <b>& Barnes",
        date(2009, 5, 9),
        allergy_state=AllergyState.KNOWN,
        allergies=(Allergy(substance="Lidocaine"),),
    )
    screen = ClientScreen(kit, desk, client.id)
    assert screen.banner.accessibleName() == (
        "Tom <b>& Barnes, 09-May-2009   ·   17 years   ·   C-0001, Under age, Allergy: Lidocaine"
    )
    assert screen.notice.text().startswith("The client is under 18")


def test_older_visits_come_on_demand(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    for week in range(14):
        treat(desk, standing, client, standing.now() - timedelta(days=500 - 30 * week))
    screen = ClientScreen(kit, desk, client.id)
    assert len(screen.cards) == 12
    screen.more.click()
    assert len(screen.cards) == 14


def test_depths_run_from_oldest_to_newest_with_the_deepest_of_each_day(desk: Desk, standing: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    now = standing.now()
    first = treat(desk, standing, client, now - timedelta(days=90), zones=("chin",), depth="0.50")
    second = treat(desk, standing, client, now - timedelta(days=34), zones=("chin", "nose"), depth="0.75")
    days, zones = depths_over_time((second, first), desk.knowledge)
    assert days == (date(2026, 8, 22), date(2026, 10, 17))
    assert [(one.zone, one.depths_mm) for one in zones] == [
        ("Chin", (Decimal("0.50"), Decimal("0.75"))),
        ("Nose", (None, Decimal("0.75"))),
    ]


def test_discarded_visits_are_a_quiet_link_that_opens(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show, routes: Routes
) -> None:
    client = add_client(desk, "Ana Nowak")
    assert ClientScreen(kit, desk, client.id).discarded is None
    draft = begin(desk, standing, client, standing.now() - timedelta(days=2), StepId.NUMBING)
    desk.sessions.discard(draft.id, "Client <b>left</b>")
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    routes.listen(screen)
    assert screen.discarded is not None
    assert screen.discarded.link.text() == "Discarded visits (1)"
    texts = [one for one in screen.discarded.findChildren(QLabel) if one.text()]
    assert not any(one.isVisible() for one in texts)
    screen.discarded.link.click()
    assert [one.text() for one in texts if one.isVisible()] == [
        "Visit begun 18-Nov-2026 13:40",
        "Client <b>left</b>",
        "Discarded 20-Nov-2026 13:40 by Mara Lindqvist, RN; left at Numbing",
    ]
    screen.activate()
    assert screen.discarded.link.isChecked(), "what was opened stays open"
    screen.discarded.verbs[0].click()
    assert routes == [ToSession(draft.id)]
    assert [one.id for one in desk.sessions.open_for(client.id)] == [draft.id]
    screen.activate()
    assert screen.discarded is None
    assert len(screen.drafts) == 1


def test_a_visit_taken_up_elsewhere_is_said_and_shown_as_it_is_now(
    kit: Kit, desk: Desk, standing: StandingClock, dialogs: ScriptedDialogs, routes: Routes
) -> None:
    client = add_client(desk, "Ana Nowak")
    draft = begin(desk, standing, client, standing.now(), StepId.NUMBING)
    desk.sessions.discard(draft.id, "Client left")
    screen = ClientScreen(kit, desk, client.id)
    routes.listen(screen)
    desk.sessions.take_up_again(draft.id)
    assert screen.discarded is not None
    screen.discarded.verbs[0].click()
    assert len(dialogs.told) == 1
    assert routes == []
    assert (screen.discarded, len(screen.drafts)) == (None, 1)


def test_the_file_shows_what_is_known_of_a_date_and_no_more() -> None:
    year, month = (PartialDate.around(date(2026, 11, 5), one) for one in (Precision.YEAR, Precision.MONTH))
    day, today = PartialDate(date(2026, 11, 5)), date(2026, 11, 20)

    def dates(**known: PartialDate) -> str:
        fact = Fact(id=uuid4(), kind=FactKind.MEDICINE, text="Ramipril", noted_on=today, **known)
        return fact_dates(words(), fact, today)

    assert dates(since=year) == "since 2026"
    assert dates(since=year, until=month) == "2026 to Nov-2026"
    assert dates(until=day) == "until 05-Nov-2026"
    assert dates(until=month) == "ends Nov-2026", "its last day is still to come"


def test_a_visit_signed_late_says_after_which_one(kit: Kit, desk: Desk, standing: StandingClock, shown: Show) -> None:
    client = add_client(desk, "Ana Nowak")
    now = standing.now()
    left_open = begin(desk, standing, client, now - timedelta(days=20), StepId.AFTERCARE)
    treat(desk, standing, client, now - timedelta(days=10))
    treat(desk, standing, client, now - timedelta(days=20), draft=left_open.id)
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    late, before = screen.cards
    assert "Signed after the visit of 10-Nov-2026" in late.glance()
    assert "Signed after the visit of 10-Nov-2026" in [one.text() for one in late.findChildren(QLabel)]
    assert not any("Signed after" in text for text in before.glance())
    assert "last 10 days ago" in screen.summary()


def test_an_open_visit_is_discarded_only_with_a_reason(
    kit: Kit, desk: Desk, standing: StandingClock, dialogs: ScriptedDialogs
) -> None:
    client = add_client(desk, "Ana Nowak")
    draft = begin(desk, standing, client, standing.now(), StepId.NUMBING)
    screen = ClientScreen(kit, desk, client.id)
    discard = "Discard: Open visit, started 20-Nov-2026 13:40"
    for answer in (None, "Begun by mistake"):
        assert screen.discarded is None
        dialogs.will_answer(answer)
        (button,) = (one for one in screen.findChildren(QPushButton) if one.accessibleName() == discard)
        button.click()
    assert [one.reason for one in desk.sessions.discarded_for(client.id)] == ["Begun by mistake"]
    assert (screen.drafts, desk.sessions.open_for(client.id)) == ([], ())
    assert screen.discarded is not None
    assert screen.discarded.link.text() == "Discarded visits (1)"
    assert desk.sessions.take_up_again(draft.id).id == draft.id


def test_the_button_says_which_visit_is_repeated(kit: Kit, desk: Desk, standing: StandingClock, shown: Show) -> None:
    client = add_client(desk, "Ana Nowak")
    treat(desk, standing, client, standing.now() - timedelta(days=34))
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    screen.activate()
    day = (standing.now() - timedelta(days=34)).strftime("%d-%b-%Y")
    assert screen.repeat.text().replace("\u2060", "") == f"Repeat last visit\n{day}"


def test_who_treated_is_not_cut_where_there_is_room(kit: Kit, desk: Desk, standing: StandingClock, shown: Show) -> None:
    client = add_client(desk, "Ana Nowak")
    treat(desk, standing, client, standing.now() - timedelta(days=34))
    screen = ClientScreen(kit, desk, client.id)
    screen.resize(1172, 800)
    shown(screen)
    (card,) = screen.cards
    named = [one for one in card.findChildren(ElidedLabel) if "Mara Lindqvist" in one.text()]
    assert [one.width() >= one.sizeHint().width() for one in named] == [True]
