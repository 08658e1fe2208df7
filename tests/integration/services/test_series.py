"""A series from plan to outcome: kept with a reason where one is needed, counted by signed visits, ended once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from needlelog.clock import local
from needlelog.domain.reactions import Grade
from needlelog.domain.series import Series
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock
from tests.gui.screens.clinic_days import passes, treat


def _client(desk: Desk) -> UUID:
    return desk.clients.add(builders.a_client()).id


def _series(desk: Desk, client_id: UUID, **changes: Any) -> Series:
    values: dict[str, Any] = {
        "id": uuid4(),
        "client_id": client_id,
        "concern": "acne-scars",
        "sessions": 3,
        "interval_days": 28,
        "zones": ("cheek_left", "cheek_right"),
        "depth_mm": Decimal("1.0"),
        "started_on": local(desk.clock.now(), "Europe/London").date(),
        "at": desk.clock.now(),
    }
    return Series(**(values | changes))


def _fault(call: Any, *values: Any) -> FaultCode:
    with pytest.raises(Fault) as caught:
        call(*values)
    return caught.value.code


def _sign(desk: Desk, clock: StandingClock, draft: SessionDraft) -> SignedSession:
    return treat(desk, clock, desk.clients.get(draft.client_id), draft.started_at, draft=draft.id)


def test_a_new_visit_is_the_next_session_and_offers_the_plan(desk: Desk) -> None:
    client = _client(desk)
    kept = desk.series.keep(_series(desk, client))
    assert (kept.usual, kept.version, kept.by) == (True, 1, desk.me.signature)
    draft = desk.sessions.start(client)
    said = draft.consultation.series
    assert said is not None
    assert (said.series_id, said.number, said.sessions) == (kept.id, 1, 3)
    assert [(one.zone, one.depth_mm, one.from_series, one.confirmed) for one in draft.consultation.plan.zones] == [
        ("cheek_left", Decimal("1.00"), True, False),
        ("cheek_right", Decimal("1.00"), True, False),
    ]


def test_a_zone_spared_at_the_last_visit_is_planned_at_its_own_depth(desk: Desk, clock: StandingClock) -> None:
    client = _client(desk)
    zones = ("cheek_left", "cheek_right", "chin", "nose")
    desk.series.keep(_series(desk, client, zones=zones, depth_mm=Decimal("1.25"), reason="Deep scars"))
    draft = desk.sessions.start(client)
    then = (*passes(zones[:2], Decimal("1.00")), *passes(("chin",), Decimal("0.75")))
    needling = builders.a_needling(passes=then)
    treat(desk, clock, desk.clients.get(client), draft.started_at, draft=draft.id, needling=needling)
    day = clock.now().date()
    clock.pass_(days=34)
    planned = desk.sessions.start(client).consultation.plan.zones
    assert [(one.zone, one.depth_mm, one.from_visit_on, one.confirmed) for one in planned] == [
        ("cheek_left", Decimal("1.25"), None, False),
        ("cheek_right", Decimal("1.25"), None, False),
        ("chin", Decimal("0.75"), day, False),
        ("nose", Decimal("1.25"), None, False),
    ]
    assert all(one.from_series for one in planned)


def test_signed_visits_count_and_those_discarded_or_in_error_do_not(desk: Desk, clock: StandingClock) -> None:
    client = _client(desk)
    series = desk.series.keep(_series(desk, client))
    first = _sign(desk, clock, desk.sessions.start(client))
    clock.pass_(days=34)
    wrong = _sign(desk, clock, desk.sessions.start(client))
    left = desk.sessions.start(client)
    assert desk.series.standing(series).number == 3
    desk.sessions.discard(left.id, "Left")
    desk.sessions.invalidate(wrong.id, "Wrong client")
    now = desk.series.standing(series)
    assert (now.number, now.days_since) == (2, 34)
    assert now.done == (local(first.draft.started_at, "Europe/London").date(),)


def test_the_number_is_counted_again_at_signing(desk: Desk, clock: StandingClock) -> None:
    client = _client(desk)
    desk.series.keep(_series(desk, client))
    one, other = desk.sessions.start(client), desk.sessions.start(client)
    first, second = _sign(desk, clock, one), _sign(desk, clock, other)
    assert other.consultation.series is not None
    assert other.consultation.series.number == 1
    said = [visit.draft.consultation.series for visit in (first, second)]
    assert [found.number for found in said if found] == [1, 2]


def test_all_sessions_done_and_a_visit_belongs_to_none_by_itself(desk: Desk, clock: StandingClock) -> None:
    client = _client(desk)
    desk.series.keep(_series(desk, client, sessions=1))
    _sign(desk, clock, desk.sessions.start(client))
    clock.pass_(days=30)
    assert desk.sessions.start(client).consultation.series is None


def test_a_plan_against_a_rule_is_kept_with_a_reason_only(desk: Desk) -> None:
    planned = _series(desk, _client(desk), interval_days=14)
    assert [one.code for one in desk.series.objections(planned)] == ["series-interval"]
    assert _fault(desk.series.keep, planned) is FaultCode.REASON_MISSING
    assert desk.series.keep(planned.with_(reason="Shallow passes only")).reason == "Shallow passes only"


def test_what_cannot_be_planned_is_refused_in_words(desk: Desk) -> None:
    client = _client(desk)
    assert _fault(desk.series.keep, _series(desk, client, zones=("eyelid_left",))) is FaultCode.ZONE_NOT_NEEDLED
    deep = _series(desk, client, depth_mm=Decimal("99"))
    assert _fault(desk.series.keep, deep) is FaultCode.ENTRY_TOO_LARGE
    far = _series(desk, client, started_on=date(9999, 12, 31))
    assert _fault(desk.series.keep, far) is FaultCode.ENTRY_DATE_TOO_FAR
    assert desk.series.of(client) == ()


def test_one_of_several_is_the_usual_one(desk: Desk) -> None:
    client = _client(desk)
    scars = desk.series.keep(_series(desk, client))
    hair = desk.series.keep(_series(desk, client, concern="hair", zones=("scalp_mid",), depth_mm=Decimal("0.6")))
    assert [(one.id, one.usual) for one in desk.series.of(client)] == [(scars.id, True), (hair.id, False)]
    desk.series.make_usual(hair.id)
    assert [(one.id, one.usual) for one in desk.series.of(client)] == [(hair.id, True), (scars.id, False)]
    said = desk.sessions.start(client).consultation.series
    assert said is not None
    assert said.series_id == hair.id


def test_a_series_ends_once_with_a_reason_and_its_outcome(desk: Desk, clock: StandingClock) -> None:
    client = _client(desk)
    series = desk.series.keep(_series(desk, client))
    _sign(desk, clock, desk.sessions.start(client))
    today = local(clock.now(), "Europe/London").date()
    better = Grade(id=uuid4(), scale="gais", value=2, at=clock.now())
    assert _fault(desk.series.end, series.id, today, "  ") is FaultCode.REASON_MISSING
    early = _fault(desk.series.end, series.id, today - timedelta(days=1), "Moved")
    assert early is FaultCode.SERIES_ENDS_EARLY
    late = _fault(desk.series.end, series.id, today + timedelta(days=1), "Moved")
    assert late is FaultCode.ENTRY_DATE_IN_FUTURE
    ended = desk.series.end(series.id, today, "Moved", (better,))
    assert (ended.running, ended.usual) == (False, False)
    assert [(one.scale, one.end) for one in desk.series.outcome(ended) if one.end] == [("gais", better)]
    for verb in (desk.series.keep, lambda one: desk.series.make_usual(one.id)):
        assert _fault(verb, ended) is FaultCode.SERIES_ENDED
    assert _fault(desk.series.end, series.id, today, "Again") is FaultCode.SERIES_ENDED
    assert desk.sessions.start(client).consultation.series is None


def test_two_windows_do_not_overwrite_one_another(desk: Desk) -> None:
    kept = desk.series.keep(_series(desk, _client(desk)))
    desk.series.keep(kept.with_(sessions=4))
    assert _fault(desk.series.keep, kept.with_(sessions=5)) is FaultCode.RECORD_CHANGED_ELSEWHERE
    assert [one.sessions for one in desk.series.versions(kept.id)] == [3, 4]


def test_other_treatments_stand_on_the_plan_once_a_day(desk: Desk, clock: StandingClock) -> None:
    client = _client(desk)
    series = desk.series.keep(_series(desk, client))
    today = local(clock.now(), "Europe/London").date()
    day = today + timedelta(days=10)
    planned = desk.series.add_treatment(series.id, "light-peel", day, "Glycolic 20 %")
    assert _fault(desk.series.add_treatment, series.id, "light-peel", day) is FaultCode.TREATMENT_PLANNED
    (hit,) = desk.series.collisions(client, (today,))
    assert (hit.days, hit.needled_first) == (10, True)
    _, judge = desk.sessions.resume(desk.sessions.start(client).id)
    draft = desk.sessions.start(client)
    assert "combination" in [one.code for one in judge.findings(draft)]
    (treatment,) = planned.treatments
    assert desk.series.take_off(series.id, treatment.id).treatments == ()
    assert desk.series.collisions(client, (today,)) == ()


def test_a_series_that_is_not_there_is_said_so(desk: Desk) -> None:
    assert _fault(desk.series.get, uuid4()) is FaultCode.RECORD_NOT_FOUND
    assert _fault(desk.series.end, uuid4(), date(2026, 11, 20), "Why") is FaultCode.RECORD_NOT_FOUND
