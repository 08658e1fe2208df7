"""Whom to ask after a visit, on a card: each red answer stands by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from needlelog.domain.follow_up import FollowUpAnswer, Reached, RedFlag, TreatedVisit
from needlelog.i18n import Words
from needlelog.rules.follow_up import ToAsk
from tests import builders
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from ui.toolkit.kit import Kit
from ui.toolkit.tasks import InlineTasks
from ui.toolkit.theme import Theme
from ui.widgets.follow_up_card import FollowUpCard


@pytest.fixture
def kit(theme: Theme, words: Words) -> Kit:
    return Kit(theme=theme, tr=words, tasks=InlineTasks(), dialogs=ScriptedDialogs(), clock=StandingClock())


def a_red_one(*titles: str) -> ToAsk:
    flags = tuple(
        RedFlag(key=f"{place}", title=title, action="today", action_title="To be seen today")
        for place, title in enumerate(titles)
    )
    visit = TreatedVisit(
        session_id=builders.an_id(1),
        client_id=builders.CLIENT_ID,
        client_number=36,
        client_name="Ana Nowak",
        time_zone="Europe/Dublin",
        started_at=builders.STARTED,
        last_pass_at=builders.STARTED + timedelta(hours=1),
    )
    answer = FollowUpAnswer(
        id=builders.an_id(2),
        session_id=visit.session_id,
        reached=Reached.PHONE,
        flags=flags,
        knowledge_version="1",
        by="Mara",
        at=builders.STARTED + timedelta(days=1),
    )
    return ToAsk(visit, red=answer)


def lines(card: FollowUpCard) -> list[str]:
    return [one.text() for one in card.findChildren(QLabel) if one.text().startswith("\u2022")]


def test_each_red_answer_stands_in_a_line_of_its_own(kit: Kit) -> None:
    card = FollowUpCard(kit, a_red_one("Redness, Left shoulder", "Redness, Upper back"), {})
    assert lines(card) == ["\u2022 Redness, Left shoulder", "\u2022 Redness, Upper back"]
    assert "To be seen today, Redness, Left shoulder, Redness, Upper back, Visit of 20-Nov-2026" in (
        card.accessibleName()
    )


def test_of_many_red_answers_the_first_stand_there_and_how_many_more(kit: Kit) -> None:
    four = [f"Redness, zone {number}" for number in range(4)]
    assert lines(FollowUpCard(kit, a_red_one(*four), {})) == [f"\u2022 {one}" for one in four]
    five = [*four, "Are there blisters or pus? Yes."]
    assert lines(FollowUpCard(kit, a_red_one(*five), {})) == [
        *(f"\u2022 {one}" for one in four[:3]),
        "\u2022 and 2 more",
    ]
