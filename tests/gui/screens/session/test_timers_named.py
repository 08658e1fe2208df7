"""What a timer is called where there is little room: by its step, or by its product where two run at one step."""

from __future__ import annotations

from needlelog.i18n import Words
from tests import builders
from ui.screens.session.timers import running


def test_two_creams_at_once_are_told_apart_by_their_names() -> None:
    one = builders.a_numbing(removed_at=None, name="EMLA cream")
    other = one.with_(id=builders.an_id(701), name="LMX4 cream")
    alone = running(builders.a_full_draft(numbing=(one,)), Words(), 5)
    assert [timer.short for timer in alone] == ["Numbing"]
    both = running(builders.a_full_draft(numbing=(one, other)), Words(), 5)
    assert [timer.short for timer in both] == ["EMLA cream", "LMX4 cream"]
