"""The story behind the made-up clinic: whole, and true to the reference data it names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from needlelog.demo.clock import BuildingClock
from needlelog.demo.data import Story, read_story
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources


@pytest.fixture(scope="module")
def story() -> Story:
    return read_story(resources() / "demo")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def test_courses_name_what_the_reference_data_holds(story: Story, knowledge: Knowledge) -> None:
    for course in story.courses.values():
        assert course.concern in knowledge.concerns
        assert set(course.zones) <= set(knowledge.zones)
        assert {course.serum, course.cooling} <= set(knowledge.products)
        assert not course.numbing or course.numbing in knowledge.products
        settings = knowledge.devices[course.device].settings
        for depths in course.zones.values():
            assert list(depths) == sorted(depths)
            assert all((depth - settings.depth_min_mm) % settings.depth_step_mm == 0 for depth in depths)


def test_everybody_has_a_course_that_exists_and_twists_that_happen(story: Story) -> None:
    for person in story.people:
        assert person.course in story.courses or (not person.course and person.visits == 0)
        assert all(1 <= twist.visit <= person.visits for twist in person.twists), person.name
        assert all(twist.reason for twist in person.twists if twist.against)


@pytest.mark.parametrize("today", [date(2026, 2, 13), date(2026, 2, 14), date(2026, 11, 20), date(2028, 2, 29)])
def test_ages_are_true_on_every_day(story: Story, today: date) -> None:
    for person in story.people:
        assert person.as_client(today, datetime(2025, 1, 1, tzinfo=UTC)).age_on(today) == person.age


def test_the_building_clock_speaks_utc_whatever_it_was_set_to() -> None:
    clock = BuildingClock(datetime(2026, 7, 1, 10, 0, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.now().hour == 9
