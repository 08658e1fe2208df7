"""A paper that was given in error: it stays and can be read, and counts as none until it is given again knowingly."""

from __future__ import annotations

from uuid import uuid4

import pytest

from needlelog.domain.findings import Gate
from needlelog.domain.papers import SLIP, HandOver, Paper, Withdrawal
from needlelog.domain.signed import SignedSession
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from needlelog.services.kept_papers import Sheet
from needlelog.workflow.flow import SessionFlow
from tests.desks import StandingClock
from tests.gui.screens.clinic_days import add_client, treat
from tests.integration.services.test_visits import _client, _given, _ready

REASON = "Wrong client, Łukasz <b>& Søn</b> has it"


@pytest.fixture
def open_visit(desk: Desk, clock: StandingClock) -> SessionFlow:
    """A visit with its sheet given, ready to be signed."""
    flow = _ready(desk, _client(desk))
    _given(desk, flow, clock)
    assert flow.open_findings(Gate.SIGNING) == ()
    return flow


def the_paper(desk: Desk, flow: SessionFlow) -> Paper:
    (paper,) = desk.papers.of_session(flow.draft.id)
    return paper


def sealed(desk: Desk) -> bool:
    """Whether nothing is amiss but the photos that the made-up visits name and no disk holds."""
    return not [flaw for flaw in desk.proof.whole().flaws if not flaw.says.startswith("A photo")]


def test_a_withdrawn_sheet_of_an_open_visit_counts_as_none(desk: Desk, open_visit: SessionFlow) -> None:
    paper = the_paper(desk, open_visit)
    said = desk.papers.withdraw(paper, REASON, open_visit)
    assert (said.reason, said.by, said.handovers) == (REASON, "Mara Lindqvist, RN", 1)
    (given,) = open_visit.draft.aftercare.given
    assert given.withdrawn == said
    assert open_visit.draft.aftercare.standing == ()
    assert [one.code for one in open_visit.open_findings(Gate.SIGNING)] == ["missing-sheet"]
    sheet_item = next(item for item in open_visit.items if item.key == "sheet")
    assert "withdrawn" in sheet_item.text
    with pytest.raises(Fault) as early:
        desk.sessions.sign(open_visit)
    assert early.value.code is FaultCode.NOT_READY_TO_SIGN
    again, _ = desk.sessions.resume(open_visit.draft.id)
    assert again.draft.aftercare.given == (given,)
    assert desk.papers.data(paper.id).startswith(b"%PDF")
    assert sealed(desk)


def test_a_withdrawn_sheet_is_given_again_only_knowingly(desk: Desk, open_visit: SessionFlow) -> None:
    paper = the_paper(desk, open_visit)
    sheet = Sheet(paper, desk.papers.data(paper.id))
    desk.papers.withdraw(paper, REASON, open_visit)
    for give in (
        lambda: desk.papers.give(open_visit, sheet, HandOver.SHOWN),
        lambda: desk.papers.give_again(paper, HandOver.PRINTED),
        lambda: desk.papers.give_made(sheet, HandOver.SAVED),
    ):
        with pytest.raises(Fault) as refused:
            give()
        assert refused.value.code is FaultCode.PAPER_WITHDRAWN
        assert refused.value.values == {"day": "20-Nov-2026"}
    assert len(desk.papers.hand_overs(paper.id)) == 1
    desk.papers.give(open_visit, sheet, HandOver.SHOWN, although_withdrawn=True)
    first, second = desk.papers.hand_overs(paper.id)
    assert (first.withdrawn is None, second.withdrawn is None) == (False, True)
    assert desk.papers.withdrawn(open_visit.draft.id) == {}
    assert len(desk.papers.withdrawals(paper.id)) == 1
    assert open_visit.open_findings(Gate.SIGNING) == ()
    signed = desk.sessions.sign(open_visit)
    assert [one.withdrawn is None for one in signed.draft.aftercare.given] == [False, True]
    assert sealed(desk)


def test_a_sheet_of_a_signed_visit_is_withdrawn_beside_the_record(desk: Desk, clock: StandingClock) -> None:
    visit: SignedSession = treat(desk, clock, add_client(desk, "Ana Nowak"), clock.now())
    (paper,) = desk.papers.of_session(visit.id)
    for reason, code in (("", FaultCode.REASON_MISSING), (" .", FaultCode.REASON_TOO_SHORT)):
        with pytest.raises(Fault) as refused:
            desk.papers.withdraw(paper, reason)
        assert refused.value.code is code
    said = desk.papers.withdraw(paper, REASON)
    assert desk.papers.withdrawn(visit.id) == {paper.id: said}
    assert desk.history.visit(visit.id).draft == visit.draft
    assert desk.papers.data(paper.id)
    assert sealed(desk)


def test_a_reason_that_is_missing_leaves_an_open_visit_as_it_was(desk: Desk, open_visit: SessionFlow) -> None:
    before = open_visit.draft
    with pytest.raises(Fault):
        desk.papers.withdraw(the_paper(desk, open_visit), "", open_visit)
    assert open_visit.draft == before
    assert desk.papers.withdrawn(before.id) == {}


def test_a_wrong_tap_taken_back_is_as_if_it_had_not_been(desk: Desk, clock: StandingClock) -> None:
    flow = _ready(desk, _client(desk))
    sheet = desk.papers.aftercare(flow.draft, desk.clients.get(flow.draft.client_id))
    given = desk.papers.give(flow, sheet, HandOver.SHOWN)
    clock.pass_(seconds=4)
    said = desk.papers.take_back(sheet.paper, given, flow)
    assert (said.slip, flow.draft.aftercare.standing, flow.draft.aftercare.handed_over) == (True, (), ())
    item = next(item for item in flow.items if item.key == "sheet")
    assert (item.done, item.text) == (False, "Aftercare sheet given")
    # Nobody is asked whether to give what was never given.
    desk.papers.give(flow, sheet, HandOver.PRINTED)
    assert flow.open_findings(Gate.SIGNING) == ()
    assert desk.papers.withdrawn(flow.draft.id) == {}
    signed = desk.sessions.sign(flow)
    assert desk.papers.as_known_now(signed.draft) == signed.draft
    (visit,) = desk.history.visits(signed.draft.client_id)
    assert visit.withdrawn == 0
    assert sealed(desk)


def test_a_wrong_tap_takes_nothing_with_it_that_was_given_before(desk: Desk, open_visit: SessionFlow) -> None:
    paper = the_paper(desk, open_visit)
    signed = desk.sessions.sign(open_visit)
    desk.papers.take_back(paper, desk.papers.give_again(paper, HandOver.SHOWN))
    assert [one.withdrawn is None for one in desk.papers.hand_overs(paper.id)] == [True, False]
    assert desk.papers.withdrawn(signed.id) == {}
    assert [one.withdrawn for one in desk.history.visits(signed.draft.client_id)] == [0]
    said = desk.papers.withdraw(paper, REASON)
    again = desk.papers.give_again(paper, HandOver.SHOWN, although_withdrawn=True)
    assert desk.papers.withdrawn(signed.id) == {}
    desk.papers.take_back(paper, again)
    # What was given in error before the wrong tap is so after it.
    assert desk.papers.withdrawn(signed.id) == {paper.id: said}
    assert [one.withdrawn for one in desk.history.visits(signed.draft.client_id)] == [1]
    with pytest.raises(Fault) as refused:
        desk.papers.give_again(paper, HandOver.SHOWN)
    assert refused.value.code is FaultCode.PAPER_WITHDRAWN
    assert sealed(desk)


def test_only_the_last_hand_over_is_taken_back(desk: Desk, open_visit: SessionFlow, clock: StandingClock) -> None:
    paper = the_paper(desk, open_visit)
    first = desk.papers.give_again(paper, HandOver.SHOWN)
    clock.pass_(seconds=1)
    desk.papers.give_again(paper, HandOver.PRINTED)
    with pytest.raises(Fault) as refused:
        desk.papers.take_back(paper, first)
    assert refused.value.code is FaultCode.RECORD_CHANGED_ELSEWHERE
    assert [one.withdrawn for one in desk.papers.hand_overs(paper.id)] == [None] * 3


def test_a_wrong_tap_is_taken_back_once(desk: Desk, open_visit: SessionFlow) -> None:
    paper = the_paper(desk, open_visit)
    signed = desk.sessions.sign(open_visit)
    given = desk.papers.give_again(paper, HandOver.SHOWN)
    desk.papers.take_back(paper, given)
    for again in (given, desk.papers.hand_overs(paper.id)[-1]):
        with pytest.raises(Fault) as refused:
            desk.papers.take_back(paper, again)
        assert refused.value.code is FaultCode.RECORD_CHANGED_ELSEWHERE
    assert len(desk.papers.withdrawals(paper.id)) == 1
    said = desk.papers.withdraw(paper, REASON)
    with pytest.raises(Fault):
        desk.papers.take_back(paper, given)
    assert desk.papers.withdrawals(paper.id)[-1] == said
    assert desk.papers.withdrawn(signed.id) == {paper.id: said}


def test_two_notes_of_one_wrong_tap_do_not_count_for_a_hand_over_that_stands(
    desk: Desk, open_visit: SessionFlow, clock: StandingClock
) -> None:
    paper = the_paper(desk, open_visit)
    signed = desk.sessions.sign(open_visit)
    desk.papers.withdraw(paper, REASON)
    desk.papers.give_again(paper, HandOver.SHOWN, although_withdrawn=True)
    # As older versions noted it when the tap was taken back twice.
    for _ in range(2):
        slip = Withdrawal(
            id=uuid4(), document_id=paper.id, handovers=2, reason=SLIP, by="Mara Lindqvist, RN", at=clock.now()
        )
        desk.papers._repository.withdraw(slip)
    desk.papers.give_again(paper, HandOver.PRINTED, although_withdrawn=True)
    assert desk.papers.withdrawn(signed.id) == {}
    assert [one.withdrawn for one in desk.history.visits(signed.draft.client_id)] == [0]


@pytest.mark.parametrize("words", [SLIP, f"  {SLIP.upper()}\n"])
def test_the_words_of_a_wrong_tap_are_no_reason_to_withdraw(desk: Desk, open_visit: SessionFlow, words: str) -> None:
    paper = the_paper(desk, open_visit)
    with pytest.raises(Fault) as refused:
        desk.papers.withdraw(paper, words, open_visit)
    assert refused.value.code is FaultCode.REASON_RESERVED
    assert desk.papers.withdrawals(paper.id) == ()
    assert len(open_visit.draft.aftercare.standing) == 1
