"""An anaesthetic that nears its longest time calls over every screen, and while the program is locked."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from needlelog.domain.materials import AnaestheticLimits
from tests import builders as b
from tests.desks import PASSPHRASE
from tests.gui.main_window.open_clinic import Clinic
from ui.main_window.numbing_watch import NumbingWatch
from ui.screens.session.numbing_card import NumbingCard
from ui.screens.session.screen import SessionScreen
from ui.toolkit.screen import ToClients, ToProducts, ToSession


@pytest.fixture
def numbed(clinic: Clinic) -> UUID:
    """A visit of another client, with a cream on since now; its label allows 60 minutes."""
    for other in clinic.desk.sessions.open():
        take_off(clinic, other.id)
    return with_cream_on(clinic, "Zoe Hart", 77)


def another_numbed(clinic: Clinic) -> UUID:
    return with_cream_on(clinic, "Bob Two", 78)


def with_cream_on(clinic: Clinic, name: str, number: int) -> UUID:
    client = clinic.desk.clients.add(b.a_client(id=b.an_id(number), full_name=name))
    draft = clinic.desk.sessions.start(client.id)
    flow, _ = clinic.desk.sessions.resume(draft.id)
    cream = b.a_numbing(
        id=b.an_id(1000 + number),
        name="Numbing cream",
        on_at=clinic.frame.clock.now(),
        removed_at=None,
        limits=AnaestheticLimits(dwell_max_min=60),
    )
    flow.edit(lambda x: x.with_(numbing=(cream,)))
    return draft.id


def take_off(clinic: Clinic, visit: UUID) -> None:
    flow, _ = clinic.desk.sessions.resume(visit)
    flow.edit(lambda x: x.with_(numbing=tuple(one.with_(removed_at=clinic.frame.clock.now()) for one in x.numbing)))


def said(clinic: Clinic) -> list[str]:
    bar = clinic.window.alarms
    lines = [one for one in bar.findChildren(QLabel) if one.isVisible() and one.text()]
    return [f"{call.text()} {told.text()}" for call, told in zip(lines[::2], lines[1::2], strict=True)]


def after(clinic: Clinic, minutes: int) -> list[str]:
    clinic.frame.clock.pass_(minutes=minutes)
    # Somebody is at work all the time: a slow test must not be locked out in the middle.
    QTest.keyClick(clinic.window, Qt.Key.Key_Shift)
    clinic.window.numbing.look()
    return said(clinic)


def test_it_calls_on_every_screen_and_in_the_visit_of_another_client(clinic: Clinic, numbed: UUID) -> None:
    clinic.go(ToProducts())
    assert after(clinic, 54) == []
    assert after(clinic, 1) == [
        f"{who(clinic, numbed)}: Numbing cream comes off soon. On the skin for 55 min, 60 min at most."
    ]
    clinic.go(ToClients())
    assert len(after(clinic, 1)) == 1
    clinic.go(ToSession(clinic.known["under_way"][0].id))
    assert after(clinic, 4) == [
        f"{who(clinic, numbed)}: take Numbing cream off now. On the skin for 60 min, 60 min at most."
    ]
    press(clinic, "To the visit")
    assert clinic.window.work is not None
    screen = clinic.window.work.screen_now
    assert isinstance(screen, SessionScreen)
    assert screen.draft_id == numbed


def who(clinic: Clinic, visit: UUID) -> str:
    (summary,) = (one for one in clinic.desk.sessions.open() if one.id == visit)
    return f"Z. H. C-{summary.client_number:04d}"


def press(clinic: Clinic, name: str) -> None:
    (button,) = (
        one
        for one in clinic.window.alarms.findChildren(QAbstractButton)
        if one.isVisible() and one.accessibleName() == name
    )
    button.click()


def test_it_is_quiet_once_the_cream_is_off(clinic: Clinic, numbed: UUID) -> None:
    assert len(after(clinic, 61)) == 1
    take_off(clinic, numbed)
    assert after(clinic, 0) == []


def test_it_goes_on_behind_the_lock_without_a_name(clinic: Clinic, numbed: UUID) -> None:
    after(clinic, 10)
    assert clinic.window.lock()
    assert said(clinic) == []
    (text,) = after(clinic, 51)
    assert text == "Numbing cream: take it off now, and unlock. On the skin for 61 min, 60 min at most."
    clinic.frame.unlock_with(PASSPHRASE)
    assert said(clinic)[0].startswith(f"{who(clinic, numbed)}: take Numbing cream off now.")


def test_it_sounds_when_it_begins_and_again_and_again_once_it_is_over(clinic: Clinic, numbed: UUID) -> None:
    heard: list[int] = []
    clinic.window.numbing.stop()
    watch = NumbingWatch(clinic.frame.kit, clinic.window.alarms, clinic.window, lambda: heard.append(1))
    watch.watch(clinic.desk)

    def sounds(**later: int) -> int:
        heard.clear()
        clinic.frame.clock.pass_(**later)
        watch.look()
        return len(heard)

    assert sounds(minutes=54) == 0
    assert sounds(minutes=1) == 1
    assert sounds(minutes=1) == 0
    assert sounds(minutes=4) == 1
    assert sounds(seconds=5) == 0
    assert sounds(seconds=10) == 1
    press(clinic, "Silence")
    assert sounds(minutes=5) == 0
    assert said(clinic)
    watch.stop()


def test_silence_is_for_what_is_over_and_not_for_what_reaches_its_time_later(clinic: Clinic, numbed: UUID) -> None:
    heard: list[int] = []
    clinic.window.numbing.stop()
    watch = NumbingWatch(clinic.frame.kit, clinic.window.alarms, clinic.window, lambda: heard.append(1))
    watch.watch(clinic.desk)
    clinic.frame.clock.pass_(minutes=30)
    another_numbed(clinic)
    clinic.frame.clock.pass_(minutes=31)
    watch.look()
    press(clinic, "Silence")
    for minutes in (25, 5):
        clinic.frame.clock.pass_(minutes=minutes)
        watch.look()
    heard.clear()
    for _ in range(4):
        clinic.frame.clock.pass_(seconds=15)
        watch.look()
    assert len(heard) == 4
    press(clinic, "Silence")
    heard.clear()
    clinic.frame.clock.pass_(seconds=60)
    watch.look()
    assert heard == []


def test_it_leads_to_the_cream_that_calls(clinic: Clinic, numbed: UUID) -> None:
    flow, _ = clinic.desk.sessions.resume(numbed)
    (first,) = flow.draft.numbing
    short = b.a_numbing(
        id=b.an_id(1999),
        name="Strong cream",
        on_at=clinic.frame.clock.now(),
        removed_at=None,
        limits=AnaestheticLimits(dwell_max_min=10),
    )
    flow.edit(lambda x: x.with_(numbing=(first, short)))
    assert "Strong cream" in after(clinic, 10)[0]
    press(clinic, "To the visit")
    now = clinic.window.focusWidget()
    while now is not None and not isinstance(now, NumbingCard):
        now = now.parentWidget()
    assert isinstance(now, NumbingCard)
    assert now.numbing.name == "Strong cream"
    assert "Over time" in now.timer.state.text()


def with_usual_time(clinic: Clinic, visit: UUID) -> None:
    flow, _ = clinic.desk.sessions.resume(visit)
    limits = AnaestheticLimits(dwell_max_min=300)
    flow.edit(lambda x: x.with_(numbing=tuple(one.with_(limits=limits, usual_to_min=60) for one in x.numbing)))


def test_it_calls_when_the_usual_time_is_over_and_again_at_the_longest_after_that_was_silenced(
    clinic: Clinic, numbed: UUID
) -> None:
    with_usual_time(clinic, numbed)
    heard: list[int] = []
    clinic.window.numbing.stop()
    watch = NumbingWatch(clinic.frame.kit, clinic.window.alarms, clinic.window, lambda: heard.append(1))
    watch.watch(clinic.desk)

    def sounds(**later: int) -> int:
        heard.clear()
        clinic.frame.clock.pass_(**later)
        QTest.keyClick(clinic.window, Qt.Key.Key_Shift)
        watch.look()
        return len(heard)

    assert sounds(minutes=59) == 0
    assert said(clinic) == []
    assert sounds(minutes=1) == 1
    assert said(clinic) == [
        f"{who(clinic, numbed)}: the usual time of Numbing cream is over: wipe it off. "
        "On the skin for 60 min, usually up to 60, 300 at most."
    ]
    assert sounds(seconds=15) == 1, "nobody has heard it yet"
    press(clinic, "Silence")
    assert sounds(minutes=10) == 0
    assert said(clinic), "the line stays until it is off"
    assert sounds(minutes=225) == 1
    assert "comes off soon" in said(clinic)[0]
    assert sounds(minutes=5) == 1
    assert "off now" in said(clinic)[0]
    assert sounds(seconds=15) == 1
    watch.stop()


def test_a_limit_that_was_shortened_meanwhile_counts_for_what_is_on_the_skin(clinic: Clinic, numbed: UUID) -> None:
    product = b.an_anaesthetic(
        id=b.an_id(1998), name="Numbing cream", anaesthetic=AnaestheticLimits(dwell_max_min=60), knowledge_id=""
    )
    clinic.desk.materials.add(product)
    flow, _ = clinic.desk.sessions.resume(numbed)
    flow.edit(lambda x: x.with_(numbing=tuple(one.with_(product_id=product.id) for one in x.numbing)))
    assert after(clinic, 45) == []
    clinic.desk.materials.save(product.with_(anaesthetic=AnaestheticLimits(dwell_max_min=45)))
    assert after(clinic, 0) == [
        f"{who(clinic, numbed)}: take Numbing cream off now. On the skin for 45 min, 45 min at most. "
        "The limit was changed since; the stricter counts."
    ]
    clinic.desk.materials.save(product.with_(anaesthetic=AnaestheticLimits(dwell_max_min=90)))
    assert after(clinic, 10)[0].startswith(
        f"{who(clinic, numbed)}: Numbing cream comes off soon. On the skin for 55 min, 60 min at most."
    )
