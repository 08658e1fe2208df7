"""The series of the made-up clinic: planned before the first visit, one of them ended with its outcome."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid5

from needlelog.clock import local
from needlelog.demo.data import Course, Person
from needlelog.domain.client import Client
from needlelog.domain.reactions import Grade
from needlelog.domain.series import CombinedTreatment, Series
from needlelog.services.desk import Desk


def plan_series(desk: Desk, client: Client, person: Person, course: Course, today: date) -> None:
    """Plan what the person's visits will be sessions of, as deep as the shallowest zone of the course goes."""
    planned = person.series
    if planned is None:
        return
    now = desk.clock.now()
    zones = tuple(course.zones)
    desk.series.keep(
        Series(
            id=uuid5(client.id, "series"),
            client_id=client.id,
            concern=course.concern,
            sessions=planned.sessions,
            interval_days=planned.interval_days,
            zones=zones,
            depth_mm=min(course.depth(zone, planned.sessions) for zone in zones),
            started_on=local(now, desk.practice.clinic().time_zone).date(),
            reason=planned.reason,
            treatments=tuple(
                CombinedTreatment(
                    id=uuid5(client.id, one.what),
                    combination=one.what,
                    on=today + timedelta(days=one.days),
                    note=one.note,
                )
                for one in planned.treatments
            ),
            at=now,
        )
    )


def end_series(desk: Desk, client: Client, person: Person) -> None:
    """End the series with what was reached."""
    planned = person.series
    if planned is None:
        return
    now = desk.clock.now()
    improved = planned.improvement
    grades = (
        (Grade(id=uuid5(client.id, "outcome"), scale="gais", value=improved, at=now),) if improved is not None else ()
    )
    series = uuid5(client.id, "series")
    desk.series.end(series, local(now, desk.practice.clinic().time_zone).date(), planned.ended, grades)
