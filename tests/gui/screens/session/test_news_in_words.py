"""What a pass brings that the time-out did not name, in words."""

from __future__ import annotations

from decimal import Decimal

from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.time_out import cartridge_fact
from tests import builders as b
from ui.screens.session.needling.pass_words import news_in_words


def test_zones_come_with_their_depth_then_device_and_lot(knowledge: Knowledge, words: Words) -> None:
    passes = [b.a_pass(zone=zone, depth_mm=Decimal("0.5"), cartridge="Tip", lot="L-7") for zone in ("chin", "nose")]
    facts = {"zones": ("chin",), "device": ("Pen Two",), "cartridge": (cartridge_fact(passes[0]),)}
    assert news_in_words(words, knowledge, facts, passes) == "Chin, 0.50 mm; Pen Two; Tip, lot L-7"


def test_a_lot_that_was_told_is_not_new(knowledge: Knowledge, words: Words) -> None:
    assert news_in_words(words, knowledge, {"numbing": ("x on",)}, [b.a_pass()]) == ""


def test_a_cartridge_without_a_lot_says_so(knowledge: Knowledge, words: Words) -> None:
    one = b.a_pass(cartridge="Tip", lot="", expires_on=None)
    assert news_in_words(words, knowledge, {"cartridge": (cartridge_fact(one),)}, [one]) == "Tip, no lot"
