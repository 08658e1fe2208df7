"""A series against the reference data, and where it stands after the visits that count (``concerns.toml``)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from needlelog.clock import local
from needlelog.domain.findings import Finding, Level, Source, StepId
from needlelog.domain.history import VisitSummary
from needlelog.domain.reactions import Grade
from needlelog.domain.series import Series, SeriesVisit
from needlelog.i18n import Words
from needlelog.knowledge.bands import bands_of
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.model import IntervalRule, Knowledge
from needlelog.rules.intervals import shortest_interval


@dataclass(frozen=True, slots=True)
class SeriesFigures:
    """What the sources give for a concern; None where they give nothing."""

    sessions: int | None
    interval_days: int
    depth_mm: Decimal | None


def figures_for(knowledge: Knowledge, concern: str) -> SeriesFigures:
    """The figures a series for ``concern`` starts from: the full course, the least depth, and days that suit it."""
    entry, rule = knowledge.concerns[concern], knowledge.interval
    return SeriesFigures(
        sessions=entry.sessions_max or entry.sessions_min,
        interval_days=entry.interval_min_days or rule.usual_from_days,
        depth_mm=entry.depth_from_mm,
    )


def objections(series: Series, knowledge: Knowledge, tr: Words) -> tuple[Finding, ...]:
    """What the reference data says against a series as it is planned; each needs a reason to be kept."""
    return (*_against_interval(series, knowledge, tr), *_against_course(series, knowledge, tr))


def _finding(code: str, level: Level, title: str, detail: str, sources: tuple[Source, ...]) -> Finding:
    return Finding(
        key=code, code=code, step=StepId.CONSULTATION, level=level, title=title, detail=detail, sources=sources
    )


def _against_interval(series: Series, knowledge: Knowledge, tr: Words) -> Iterator[Finding]:
    rule, entry = knowledge.interval, knowledge.concerns.get(series.concern)
    days = series.interval_days
    least = entry.interval_min_days if entry else None
    title = tr.plural("A session every day is early", "A session every {count} days is early", days)
    if entry and least is not None and days < least:
        detail = tr("{concern}: from {least} days.", concern=tr(entry.name), least=least)
        yield _finding("series-interval", Level.ASK, title, detail, sources_of(entry, "interval_min_days"))
        return
    depths = tuple(
        series.depth_mm
        for zone in series.zones
        if zone in knowledge.zones and knowledge.zones[zone].area not in rule.exempt_areas
    )
    if series.zones and not depths:
        return
    shortest = shortest_interval(rule, depths)
    if days < shortest:
        detail = tr("Less than {shortest} days is early.", shortest=shortest)
        yield _finding("series-interval", Level.ASK, title, detail, sources_of(rule, "usual_from_days"))


def _against_course(series: Series, knowledge: Knowledge, tr: Words) -> Iterator[Finding]:
    entry = knowledge.concerns.get(series.concern)
    if entry is None:
        return
    if entry.sessions_max is not None and series.sessions > entry.sessions_max:
        title = tr("{count} sessions are more than the sources give", count=series.sessions)
        detail = tr("{concern}: up to {most}.", concern=tr(entry.name), most=entry.sessions_max)
        yield _finding("series-sessions", Level.ASK, title, detail, sources_of(entry, "sessions_max"))
    if series.depth_mm is None:
        return
    if entry.depth_to_mm is not None and series.depth_mm > entry.depth_to_mm:
        title = tr("{depth} mm is deeper than the sources give", depth=series.depth_mm)
        detail = tr("{concern}: up to {most} mm.", concern=tr(entry.name), most=entry.depth_to_mm)
        yield _finding("series-depth", Level.ASK, title, detail, sources_of(entry, "depth_to_mm"))
    yield from _against_depth(series, series.depth_mm, knowledge, tr)


def _against_depth(series: Series, depth: Decimal, knowledge: Knowledge, tr: Words) -> Iterator[Finding]:
    """The zone that is strictest about this depth, and no other: one reason answers for all of them."""
    found: list[tuple[Decimal, Level, str, str, tuple[Source, ...]]] = []
    for zone in series.zones:
        if zone not in knowledge.zones or knowledge.site_of(zone).never:
            continue
        bands = bands_of(knowledge, zone, (series.concern,))
        name = tr(knowledge.zones[zone].name)
        for most, level in ((bands.confirm_above_mm, Level.HOLD), (bands.warn_above_mm, Level.ASK)):
            if most is not None and depth > most:
                found.append((most, level, name, bands.reason, bands.sources))
                break
    if found:
        most, level, name, reason, sources = min(found, key=lambda one: (one[1] is not Level.HOLD, one[0]))
        values = {"zone": name, "depth": f"{depth.normalize():f}", "most": f"{most.normalize():f}"}
        title = (
            tr("{zone}: {depth} mm is above the limit of {most} mm", **values)
            if level is Level.HOLD
            else tr("{zone}: {depth} mm is deep, guides stop at {most} mm", **values)
        )
        yield _finding("series-depth-zone", level, title, tr(reason), sources)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a series stands on a day. ``done`` are the days of the visits that count, by day.

    ``not_needled`` are those of its other visits: given up, or for something else than needling.
    """

    series: Series
    done: tuple[date, ...]
    today: date
    not_needled: tuple[date, ...] = ()

    @property
    def number(self) -> int:
        """Which session the next visit is, from 1."""
        return len(self.done) + 1

    @property
    def last_on(self) -> date | None:
        """The day of the last session; one dated after today was dated by a wrong clock."""
        return max((day for day in self.done if day <= self.today), default=None)

    @property
    def days_since(self) -> int | None:
        """Days since the last session."""
        return (self.today - self.last_on).days if self.last_on else None

    @property
    def early_days(self) -> int:
        """How many days before the next session is due it is today; 0 once it is due, and before the first."""
        if self.next_on is None or self.last_on is None:
            return 0
        return max(0, (self.next_on - self.today).days)

    @property
    def next_on(self) -> date | None:
        """From when the next session is due; None when the series is over."""
        if not self.series.running or self.number > self.series.sessions:
            return None
        last = self.last_on
        return next_session_on(last, self.series) if last else self.series.started_on


def counted(series_id: UUID, visits: Collection[VisitSummary]) -> tuple[VisitSummary, ...]:
    """The signed visits of a series that count, by their days: those that needled and were not entered in error."""
    return tuple(one for one in _valid(series_id, visits) if _needled(one))


def _valid(series_id: UUID, visits: Collection[VisitSummary]) -> list[VisitSummary]:
    mine = (one for one in visits if one.series_id == series_id and not one.invalidated)
    return sorted(mine, key=lambda one: (one.started_at, one.signed_at))


def _needled(visit: VisitSummary) -> bool:
    # What a damaged one did cannot be read; the numbers of the visits after it stay what they were.
    return bool(visit.zones) or visit.damaged


def standing(series: Series, visits: Collection[VisitSummary], today: date) -> Standing:
    """Where ``series`` stands after ``visits``, those of its client."""
    valid = [(local(one.started_at, one.time_zone).date(), _needled(one)) for one in _valid(series.id, visits)]
    done = tuple(day for day, needled in valid if needled)
    return Standing(series, done, today, tuple(day for day, needled in valid if not needled))


def numbers(all_series: Collection[Series], visits: Collection[VisitSummary]) -> Mapping[UUID, SeriesVisit]:
    """For each visit that counts in a series: which session of it the visit was."""
    return {
        visit.id: SeriesVisit(series_id=one.id, concern=one.concern, number=number, sessions=one.sessions)
        for one in all_series
        for number, visit in enumerate(counted(one.id, visits), start=1)
    }


def next_session_on(last: date, series: Series) -> date:
    """The first day of the next session of ``series`` after one on ``last``."""
    return last + timedelta(days=series.interval_days)


def proposed_day(visit_day: date, rule: IntervalRule, series: Series | None) -> date:
    """The next visit after one on ``visit_day``: as the series plans it, otherwise from the usual interval."""
    if series is not None:
        return next_session_on(visit_day, series)
    return visit_day + timedelta(days=rule.usual_from_days)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome scale at the start and at the end of a series; None where it was not graded."""

    scale: str
    start: Grade | None
    end: Grade | None


def outcome(series: Series, baselines: Sequence[tuple[Grade, ...]]) -> tuple[Outcome, ...]:
    """Each scale side by side; scales are never mixed.

    What was graded for the series itself counts first, then the baseline of its first and of its last visit
    (``baselines``, in the order of the sessions; a single one is no end).
    """
    first = baselines[0] if baselines else ()
    last = baselines[-1] if baselines[1:] else ()
    start = _by_scale(first) | _by_scale(series.at_start)
    end = _by_scale(last) | _by_scale(series.at_end)
    return tuple(Outcome(scale, start.get(scale), end.get(scale)) for scale in dict.fromkeys((*start, *end)))


def _by_scale(grades: Sequence[Grade]) -> dict[str, Grade]:
    return {one.scale: one for one in grades if not one.zone}
