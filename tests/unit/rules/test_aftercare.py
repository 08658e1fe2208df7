"""Aftercare days and times over changes of clocks, ends of months and years, and leap days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from needlelog.domain.findings import Source
from needlelog.domain.materials import DeviceKind, DeviceSettings, MaterialUse
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.model import AftercareRule
from needlelog.knowledge.told import english_aftercare
from needlelog.rules.aftercare import (
    Needled,
    Timeline,
    end_of_treatment,
    make_timeline,
    needled,
    on_beyond,
    radio_frequency_used,
    spoken_moment,
    window_of,
)
from tests.builders import a_device, a_draft, a_full_draft, a_moment, a_needling, a_pass, a_use, an_observation
from tests.unit.rules.surroundings import shipped

LONDON, NEW_YORK = "Europe/London", "America/New_York"
WORDS = Words()


def a_rule(**changes: Any) -> AftercareRule:
    usual: dict[str, Any] = {
        "id": "make-up",
        "sources": (Source(address="example"),),
        "collected_on": date(2026, 11, 20),
        "kind": "avoid",
        "topic": "Make-up",
        "text": "Wear no make-up until {until}.",
    }
    return AftercareRule(**(usual | changes))


def at(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))  # type: ignore[misc, arg-type]


def a_timeline(*rules: AftercareRule, ended_at: datetime, zone: str = LONDON, **changes: Any) -> Timeline:
    usual: dict[str, Any] = {
        "visit": Needled(frozenset({"face"})),
        "told": english_aftercare(rules),
        "tr": WORDS,
    }
    return make_timeline(rules, ended_at=ended_at, time_zone=zone, **(usual | changes))


@pytest.mark.parametrize(
    ("zone", "ended_at", "hours", "until"),
    [
        (LONDON, (2026, 11, 20, 15, 40), 48, "Sunday 22 November, 16:00"),
        (LONDON, (2026, 10, 24, 15, 40), 24, "Sunday 25 October, 15:00"),
        (LONDON, (2026, 10, 24, 15, 40), 48, "Monday 26 October, 15:00"),
        (LONDON, (2026, 3, 28, 15, 40), 48, "Monday 30 March, 17:00"),
        (NEW_YORK, (2026, 10, 31, 15, 40), 48, "Monday 2 November, 15:00"),
        (NEW_YORK, (2027, 3, 13, 15, 40), 24, "Sunday 14 March, 17:00"),
        ("Asia/Kolkata", (2026, 10, 24, 15, 40), 48, "Monday 26 October, 16:00"),
        (LONDON, (2026, 12, 30, 15, 40), 48, "Friday 1 January, 16:00"),
        (LONDON, (2028, 2, 27, 15, 40), 48, "Tuesday 29 February, 16:00"),
        (LONDON, (2027, 2, 27, 15, 40), 48, "Monday 1 March, 16:00"),
    ],
)
def test_hours_are_elapsed_time(zone: str, ended_at: tuple[int, ...], hours: int, until: str) -> None:
    timeline = a_timeline(a_rule(until_h=hours), ended_at=at(zone, *ended_at), zone=zone)

    assert timeline.groups[0].title == f"Until {until}"
    assert timeline.groups[0].items[0].text == f"Wear no make-up until {until}."


@pytest.mark.parametrize(
    ("zone", "ended_at", "days", "until", "midnight"),
    [
        (LONDON, (2026, 11, 20, 15, 40), 14, "Friday 4 December", (2026, 12, 5)),
        (LONDON, (2026, 10, 20, 15, 40), 5, "Sunday 25 October", (2026, 10, 26)),
        (LONDON, (2026, 3, 24, 23, 30), 5, "Sunday 29 March", (2026, 3, 30)),
        (NEW_YORK, (2026, 12, 25, 9, 0), 7, "Friday 1 January", (2027, 1, 2)),
        (LONDON, (2028, 2, 24, 9, 0), 5, "Tuesday 29 February", (2028, 3, 1)),
    ],
)
def test_whole_days_end_with_the_local_day(
    zone: str, ended_at: tuple[int, ...], days: int, until: str, midnight: tuple[int, int, int]
) -> None:
    timeline = a_timeline(a_rule(until_days=days), ended_at=at(zone, *ended_at), zone=zone)

    assert timeline.groups[0].title == f"Until the end of {until}"
    assert timeline.groups[0].window.ends_at == at(zone, *midnight, 0, 0)
    assert timeline.last_day == date(*midnight) - timedelta(days=1)


def test_a_treatment_at_midnight_counts_from_its_own_local_day() -> None:
    late = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)

    assert window_of(a_rule(until_days=1), late, NEW_YORK, radio_frequency=False).last_day == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("zone", "ended_at", "counted_from"),
    [
        (LONDON, (2026, 11, 20, 15, 0), (2026, 11, 20, 15, 0)),
        (LONDON, (2026, 11, 20, 15, 1), (2026, 11, 20, 15, 30)),
        (LONDON, (2026, 11, 20, 15, 30), (2026, 11, 20, 15, 30)),
        (LONDON, (2026, 11, 20, 15, 31), (2026, 11, 20, 16, 0)),
        ("Asia/Kathmandu", (2026, 11, 20, 15, 40), (2026, 11, 20, 16, 0)),
    ],
)
def test_a_client_counts_from_the_next_half_hour_on_their_clock(
    zone: str, ended_at: tuple[int, ...], counted_from: tuple[int, ...]
) -> None:
    window = window_of(a_rule(until_h=48), at(zone, *ended_at), zone, radio_frequency=False)

    assert window.ends_at == at(zone, *counted_from) + timedelta(hours=48)


def test_seconds_never_shorten_a_rule() -> None:
    window = window_of(a_rule(until_h=48), datetime(2026, 11, 20, 15, 30, 1, tzinfo=UTC), LONDON, radio_frequency=False)

    assert window.ends_at == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)


def test_days_count_from_the_day_of_the_treatment_also_shortly_before_midnight() -> None:
    window = window_of(a_rule(until_days=1), at(LONDON, 2026, 11, 20, 23, 45), LONDON, radio_frequency=False)

    assert window.last_day == date(2026, 11, 21)


@pytest.mark.parametrize(("radio_frequency", "hours"), [(False, 48), (True, 72)])
def test_radio_frequency_takes_its_own_hours(radio_frequency: bool, hours: int) -> None:
    ended_at = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    window = window_of(a_rule(until_h=48, rf_until_h=72), ended_at, LONDON, radio_frequency=radio_frequency)

    assert window.ends_at == ended_at + timedelta(hours=hours)


def test_a_rule_for_other_areas_is_left_out() -> None:
    rules = (a_rule(areas=("scalp",), until_h=48), a_rule(id="sun", areas=("face", "neck"), until_h=24))

    timeline = a_timeline(*rules, ended_at=at(LONDON, 2026, 11, 20, 15, 40))

    assert [item.rule for group in timeline.groups for item in group.items] == ["sun"]


def test_groups_stand_in_the_order_in_which_something_changes() -> None:
    rules = (
        a_rule(id="sun", until_days=14, text="Keep out of the sun until {until}."),
        a_rule(id="spf", kind="do", from_h=24, until_days=14, text="Wear sunscreen."),
        a_rule(id="wash", until_h=24, text="Do not wash until {until}."),
        a_rule(id="touch", text="Do not touch it."),
        a_rule(id="cream", kind="do", text="Use a plain cream."),
        a_rule(id="scrub", from_h=72, until_days=7, text="Do not scrub, until {until}."),
        a_rule(id="red", kind="normal", until_h=72, text="Redness is normal until {until}."),
        a_rule(id="worse", kind="call", until_h=72, text="Call us if redness grows after {until}."),
    )

    timeline = a_timeline(*rules, ended_at=at(LONDON, 2026, 11, 20, 15, 40))

    assert [(group.title, [item.brief for item in group.items]) for group in timeline.groups] == [
        ("From today on", ["Do not touch it.", "Use a plain cream."]),
        ("Until Saturday 21 November, 16:00", ["Do not wash."]),
        ("From Saturday 21 November, 16:00", ["Wear sunscreen."]),
        ("From Monday 23 November, 16:00 to the end of Friday 27 November", ["Do not scrub."]),
        ("Until the end of Friday 4 December", ["Keep out of the sun."]),
    ]
    assert timeline.normal[0].text == "Redness is normal until Monday 23 November."
    assert timeline.call[0].brief == "If redness grows after Monday 23 November."


def test_aftercare_counts_from_the_last_thing_done_to_the_skin() -> None:
    needling = a_needling(passes=(a_pass(at=a_moment(60)),), ended_at=a_moment(70))
    mask = a_use(at=a_moment(75), started_at=a_moment(75), duration_s=600)

    assert end_of_treatment(a_draft(needling=needling)) == a_moment(70)
    assert end_of_treatment(a_draft(needling=needling, cooling=(mask,))) == a_moment(85)
    assert end_of_treatment(a_draft()) == a_draft().started_at


def test_what_is_still_on_is_known_by_its_minutes_or_its_clock() -> None:
    by_hand = a_use(at=a_moment(75), duration_s=600)
    running = a_use(at=a_moment(75), started_at=a_moment(75), duration_s=None)
    applied = a_use(at=a_moment(75), duration_s=None)

    def on(use: MaterialUse, minute: int) -> bool:
        return bool(on_beyond(a_draft(cooling=(use,)), a_moment(minute)))

    assert [on(by_hand, minute) for minute in (75, 84, 85, 90)] == [True, True, False, False]
    assert [on(running, minute) for minute in (75, 200)] == [True, True]
    assert not on(applied, 75)


@pytest.mark.parametrize(("kind", "expected"), [(DeviceKind.RF, True), (DeviceKind.MOTOR_PEN, False)])
def test_radio_frequency_is_read_from_the_devices_used(kind: DeviceKind, expected: bool) -> None:
    draft = a_full_draft()
    settings = DeviceSettings(kind=kind, depth_max_mm=Decimal(3), depth_step_mm=Decimal("0.25"))
    device_id = draft.needling.passes[0].device_id
    assert device_id is not None

    assert radio_frequency_used(draft, {device_id: a_device(id=device_id, device=settings)}) is expected
    assert not radio_frequency_used(draft, {})


def test_what_ends_at_midnight_ends_with_the_day_before() -> None:
    """Of "Sunday 22 November, 00:00" nobody knows which night is meant."""
    rules = (
        a_rule(until_h=36),
        a_rule(id="red", kind="normal", until_h=36, text="Redness is normal until {until}."),
    )
    timeline = a_timeline(*rules, ended_at=at(LONDON, 2026, 11, 20, 12, 0))

    assert timeline.groups[0].title == "Until the end of Saturday 21 November"
    assert timeline.normal[0].text == "Redness is normal until Saturday 21 November."
    assert timeline.last_day == date(2026, 11, 21)
    one_minute_later = a_timeline(*rules, ended_at=at(LONDON, 2026, 11, 20, 12, 1))
    assert one_minute_later.groups[0].title == "Until Sunday 22 November, 00:30"


def test_an_unknown_time_zone_is_named() -> None:
    with pytest.raises(Fault) as caught:
        a_timeline(a_rule(until_h=24), ended_at=datetime(2026, 11, 20, tzinfo=UTC), zone="Mars/Base")

    assert caught.value.code is FaultCode.TIME_ZONE_UNKNOWN


def test_clock_times_use_24_hours() -> None:
    assert spoken_moment(datetime(2026, 7, 3, 23, 5, tzinfo=UTC), LONDON, WORDS) == "Saturday 4 July, 00:05"


def rules_for(visit: Needled, *rules: AftercareRule) -> list[str]:
    timeline = a_timeline(*rules, ended_at=at(LONDON, 2026, 11, 20, 15, 40), visit=visit)
    items = [item for group in timeline.groups for item in group.items]
    return [item.rule for item in (*items, *timeline.normal, *timeline.call, *timeline.results)]


FACE = frozenset({"face"})


@pytest.mark.parametrize(
    ("visit", "told"),
    [
        (Needled(FACE), ["plain"]),
        (Needled(FACE, occasions=frozenset({"numbing"})), ["numbed", "plain"]),
        (Needled(FACE, occasions=frozenset({"radio-frequency"})), ["rf"]),
        (Needled(FACE, fitzpatrick=3, deepest_mm=Decimal("1.5")), ["plain"]),
        (Needled(FACE, fitzpatrick=4), ["dark", "plain"]),
        (Needled(FACE, deepest_mm=Decimal("1.75")), ["deep", "plain"]),
    ],
)
def test_a_rule_may_be_bound_to_what_was_done_to_the_skin_and_to_depth(visit: Needled, told: list[str]) -> None:
    rules = (
        a_rule(id="numbed", text="Mind it.", only_after=("numbing",), order=1),
        a_rule(id="rf", text="Mind it.", only_after=("radio-frequency",), order=2),
        a_rule(id="dark", text="Mind it.", fitzpatrick_from=4, order=3),
        a_rule(id="deep", text="Mind it.", deeper_than_mm=Decimal("1.5"), order=4),
        a_rule(id="plain", text="Mind it.", not_after=("radio-frequency",), order=5),
    )

    assert rules_for(visit, *rules) == told


def test_what_was_seen_is_named() -> None:
    rule = a_rule(kind="call", text="Call us if this gets worse: {reactions}.", only_after=("reaction",))
    visit = Needled(FACE, occasions=frozenset({"reaction"}), reactions=("Dark marks", "Herpes"))

    timeline = a_timeline(rule, ended_at=at(LONDON, 2026, 11, 20, 15, 40), visit=visit)

    assert timeline.call[0].brief == "If this gets worse: Dark marks, Herpes."


def test_a_result_is_told_by_day_and_month() -> None:
    rule = a_rule(kind="results", text="Judge it around {until}.", until_days=92)

    timeline = a_timeline(rule, ended_at=at(LONDON, 2026, 11, 20, 15, 40))

    assert timeline.results[0].text == "Judge it around 20 February."


@pytest.mark.parametrize(
    ("seen", "beyond"),
    [
        ({"reaction": "redness", "grade": 3}, ()),
        ({"reaction": "pain", "scale": "pain-nrs", "grade": 6}, ()),
        ({"reaction": "pain", "scale": "pain-nrs", "grade": 7}, ("Pain",)),
        ({"reaction": "infection", "scale": "ctcae", "grade": 1}, ("Bacterial infection",)),
        ({"reaction": "infection", "scale": "ctcae", "grade": 0}, ()),
        ({"reaction": "no-such-reaction", "grade": 4}, ()),
    ],
)
def test_what_is_never_expected_or_would_be_flagged_is_beyond_expectation(
    seen: dict[str, Any], beyond: tuple[str, ...]
) -> None:
    draft = a_full_draft()
    draft = draft.with_(reactions=draft.reactions.with_(observations=(an_observation(**seen),)))
    visit = needled(draft, shipped(), {}, fitzpatrick=5, tr=WORDS)

    assert visit.reactions == beyond
    assert ("reaction" in visit.occasions) == bool(beyond)
    assert visit.fitzpatrick == 3
