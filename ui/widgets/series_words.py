"""How a series is said: which session, how long ago the last was, from when the next one is due."""

from __future__ import annotations

from needlelog.domain.series import Series
from needlelog.i18n import Words, record_date
from needlelog.knowledge.model import Knowledge
from needlelog.rules.series import Standing
from ui.widgets.zone_map_marks import depth_text


def concern_name(tr: Words, knowledge: Knowledge, concern: str) -> str:
    """The concern by name; an id of an older reference set stands for itself."""
    entry = knowledge.concerns.get(concern)
    return tr(entry.name) if entry else concern


def of_sessions(tr: Words, number: int, sessions: int) -> str:
    """``3 of 6``."""
    return tr("{number} of {sessions}", number=number, sessions=sessions)


def since_last(tr: Words, standing: Standing) -> str:
    """``34 days since the last``; "" before the first."""
    days = standing.days_since
    if days is None:
        return ""
    return tr.plural("{count} day since the last", "{count} days since the last", days)


def not_counted(tr: Words, standing: Standing) -> str:
    """``12-Nov-2026: nothing was needled, not counted``; "" where every visit of the series counts."""
    days = ", ".join(record_date(day) for day in standing.not_needled)
    return tr("{days}: nothing was needled, not counted", days=days) if days else ""


def next_due(tr: Words, standing: Standing) -> str:
    """``next from 18-Dec-2026``; how it stands where there is no next."""
    if standing.series.ended_on is not None:
        return tr("ended {day}", day=record_date(standing.series.ended_on))
    if standing.next_on is None:
        return tr("every session done")
    if standing.last_on is None:
        return tr("planned from {day}", day=record_date(standing.next_on))
    day = record_date(standing.next_on)
    if not standing.early_days:
        return tr("next from {day}", day=day)
    return tr.plural(
        "next from {day}, in {count} day", "next from {day}, in {count} days", standing.early_days, day=day
    )


def plan_line(tr: Words, series: Series) -> str:
    """``every 28 days, to 1.25 mm``."""
    every = tr.plural("every day", "every {count} days", series.interval_days)
    if series.depth_mm is None:
        return every
    return tr("{every}, target {depth} mm", every=every, depth=depth_text(series.depth_mm))
