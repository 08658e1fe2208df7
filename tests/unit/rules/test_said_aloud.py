"""One box of cartridges serves several clients: that this one is new is said in the time-out, and not asked again."""

from __future__ import annotations

from typing import Any

from needlelog.domain.findings import Finding, Level
from needlelog.domain.session import SessionDraft
from needlelog.domain.stock import Shelf, lot_key
from needlelog.knowledge.model import Knowledge
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import answered, judge
from needlelog.rules.time_out import said
from needlelog.workflow.precautions import as_told
from tests import builders as b
from tests.unit.rules.surroundings import around

UNTOLD, BY = "needles-untold", "Mara Lindt, RN"


def from_one_box(*lots: str) -> Circumstances:
    """Lots that are on the record of other visits and were counted in by nobody."""
    name = b.a_pass().cartridge
    return around(shelf=Shelf(needle_lots=frozenset(lot_key(name, lot) for lot in lots)))


def with_needles(draft: SessionDraft, **changes: Any) -> SessionDraft:
    """The draft with one pass, done with these needles."""
    usual: dict[str, Any] = {"serial": "", "lot": "CT-1"}
    return draft.with_(needling=draft.needling.with_(passes=(b.a_pass(**(usual | changes)),)))


def spoken(draft: SessionDraft, here: Circumstances, knowledge: Knowledge) -> SessionDraft:
    """The whole time-out, said now."""
    ticks = tuple(said(one, draft, here, by=BY, at=b.a_moment(57)) for one in knowledge.time_out.values())
    return draft.with_(needling=draft.needling.with_(time_out=ticks))


def untold(draft: SessionDraft, here: Circumstances) -> tuple[Finding, ...]:
    return tuple(one for one in judge(draft, here) if one.code == UNTOLD)


def test_the_word_of_the_time_out_answers_it_and_is_sealed_as_its_answer(knowledge: Knowledge) -> None:
    here = from_one_box("CT-1")
    bare = with_needles(b.a_full_draft())
    silent = bare.with_(needling=bare.needling.with_(time_out=()))
    (asked,) = untold(silent, here)
    assert asked.level is Level.ASK
    assert not answered(silent, asked)
    assert [one.code for one in as_told(silent, (asked,)).unanswered] == [UNTOLD]
    spoke = spoken(bare, here, knowledge)
    (found,) = untold(spoke, here)
    assert answered(spoke, found)
    assert "Said in the time-out." in found.detail
    told = as_told(spoke, judge(spoke, here))
    assert told.unanswered == ()
    (kept,) = told.considered
    assert (kept.finding, kept.by, kept.at) == (found, BY, b.a_moment(57))
    assert kept.note == knowledge.time_out["cartridge"].text


def test_it_is_asked_of_needles_that_the_word_was_not_about(knowledge: Knowledge) -> None:
    here = from_one_box("CT-1", "CT-10")
    spoke = spoken(with_needles(b.a_full_draft()), here, knowledge)
    other = with_needles(spoke, lot="CT-10")
    (found,) = untold(other, here)
    assert not answered(other, found)
    two = (*spoke.needling.passes, other.needling.passes[0].with_(id=b.an_id(901)))
    both = other.with_(needling=other.needling.with_(passes=two))
    assert {one.key.rpartition(":")[2]: answered(both, one) for one in untold(both, here)} == {
        "CT-1": True,
        "CT-10": False,
    }


def test_the_first_cartridge_in_the_hand_after_the_word_needs_no_second_one(knowledge: Knowledge) -> None:
    here = from_one_box("CT-1")
    draft = b.a_full_draft()
    early = spoken(draft.with_(needling=draft.needling.with_(passes=(), ended_at=None)), here, knowledge)
    later = with_needles(early)
    (found,) = untold(later, here)
    assert answered(later, found)


def test_taken_back_it_is_asked_again_and_one_tap_answers_it_too(knowledge: Knowledge) -> None:
    here = from_one_box("CT-1")
    spoke = spoken(with_needles(b.a_full_draft()), here, knowledge)
    left = tuple(one for one in spoke.needling.time_out if one.item != "cartridge")
    taken_back = spoke.with_(needling=spoke.needling.with_(time_out=left))
    (found,) = untold(taken_back, here)
    assert not answered(taken_back, found)


def test_a_word_of_before_its_matters_were_kept_still_stands() -> None:
    here = from_one_box("CT-1")
    old = with_needles(b.a_full_draft())
    (found,) = untold(old, here)
    assert answered(old, found)
    assert as_told(old, (found,)).considered[0].note == ""
