"""The words of a time-out item: as they were said, as they are now, and as they were before they were kept."""

from __future__ import annotations

from needlelog.domain.session import Tick
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.time_out_said import words_of
from tests import builders


def _tick(item: str, said: str = "") -> Tick:
    return Tick(item=item, at=builders.a_moment(40), said=said)


def test_what_was_said_then_counts_before_what_is_said_now(knowledge: Knowledge) -> None:
    tr = Words()
    assert words_of(_tick("identity", "Name and day, said by the client."), knowledge, tr).startswith("Name and day")
    assert words_of(_tick("identity"), knowledge, tr) == knowledge.time_out["identity"].text


def test_an_item_of_an_older_set_keeps_its_words(knowledge: Knowledge) -> None:
    tr = Words()
    assert {"skin-today", "plan"}.isdisjoint(knowledge.time_out)
    assert words_of(_tick("skin-today"), knowledge, tr) == "No infection, cold sore, rash or sunburn in any zone."
    assert (
        words_of(_tick("plan"), knowledge, tr) == "Zones and depths are said out loud; the dial starts at the lowest."
    )
    assert words_of(_tick("never-heard-of"), knowledge, tr) == "never-heard-of"
