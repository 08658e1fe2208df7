"""What a record is read out as: names, values, rows, and how ids, moments and lots are said. Knows no window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from needlelog.domain.consent import Signature
from needlelog.domain.findings import StepId
from needlelog.domain.series import SeriesVisit
from needlelog.domain.session import Photo, SessionDraft
from needlelog.i18n import Words, record_date
from needlelog.knowledge.model import Knowledge
from ui.widgets.phrases import moment_text, time_text


@dataclass(frozen=True, slots=True)
class Row:
    """One recorded thing: its name and what stands in the record. ``tone`` is a colour of meaning."""

    name: str
    value: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a kind under headings; ``widths`` has each column's share, 0 for one as wide as its content."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OverrideShown:
    """A finding that was gone on against: how it weighed, what it said, from where, and the reason given."""

    level: str
    title: str
    detail: str
    sources: tuple[str, ...]
    reason: str
    signed: str


@dataclass(frozen=True, slots=True)
class PrecautionShown:
    """A precaution as it was told: what it said, from where, and who considered it; "" where nobody answered."""

    title: str
    detail: str
    sources: tuple[str, ...]
    considered: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows, a table, a text or a drawing under an optional small heading."""

    title: str = ""
    rows: tuple[Row, ...] = ()
    table: Table | None = None
    text: str = ""
    photos: tuple[Photo, ...] = ()
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One step of the visit."""

    step: StepId
    number: int
    title: str
    skipped: str = ""
    parts: tuple[Part, ...] = ()
    overrides: tuple[OverrideShown, ...] = field(default=())
    precautions: tuple[PrecautionShown, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether nothing was recorded in it."""
        return not (self.skipped or self.parts or self.overrides or self.precautions)


class Reader:
    """Names and times for one visit, as the clinic's words have them."""

    def __init__(self, draft: SessionDraft, knowledge: Knowledge, tr: Words) -> None:
        self.draft = draft
        self.knowledge = knowledge
        self.tr = tr
        self.zone = draft.time_zone

    def moment(self, moment: datetime | None) -> str:
        """Day and time in the clinic's zone; "" for none."""
        return moment_text(moment, self.zone) if moment else ""

    def time(self, moment: datetime | None) -> str:
        """The time in the clinic's zone; "" for none."""
        return time_text(moment, self.zone) if moment else ""

    def day(self, day: date | None) -> str:
        """The day; "" for none."""
        return record_date(day) if day else ""

    def zone_name(self, zone: str) -> str:
        """A treatment zone by name; an id of an older reference set stands for itself."""
        known = self.knowledge.zones.get(zone)
        return known.name if known else zone

    def zone_names(self, zones: Sequence[str]) -> str:
        """Treatment zones by name."""
        return ", ".join(self.zone_name(zone) for zone in zones)

    def concern(self, concern: str) -> str:
        """A concern by name."""
        known = self.knowledge.concerns.get(concern)
        return known.name if known else concern

    def session(self, session: SeriesVisit) -> str:
        """``Acne scars: session 3 of 6``; where nothing was needled, that it counts as none."""
        if not self.draft.needling.passes:
            return self.tr(
                "{concern}: nothing was needled, not counted as a session", concern=self.concern(session.concern)
            )
        return self.tr(
            "{concern}: session {number} of {sessions}",
            concern=self.concern(session.concern),
            number=session.number,
            sessions=session.sessions,
        )

    def grade(self, scale: str, value: int) -> str:
        """``2 Mild``."""
        known = self.knowledge.scales.get(scale)
        word = next((one.word for one in known.grades if one.value == value), "") if known else ""
        return f"{value} {word}".strip()

    def scale(self, scale: str) -> str:
        """A scale by name."""
        known = self.knowledge.scales.get(scale)
        return known.name if known else scale

    def reaction(self, reaction: str) -> str:
        """A reaction by name."""
        known = self.knowledge.reactions.get(reaction)
        return known.name if known else reaction

    def visit_moment(self, moment: str) -> str:
        """A moment of the visit by name; "" for one from before moments were kept."""
        known = self.knowledge.visit_moments.get(moment)
        return self.tr(known.name) if known else moment

    def lot(self, lot: str, expires_on: date | None, between: str = ", ") -> str:
        """``CT-2291, exp 30-Nov-2027``."""
        if not lot and expires_on is None:
            return self.tr("not recorded")
        parts = [lot or self.tr("no lot")]
        if expires_on is not None:
            parts.append(self.tr("exp {day}", day=record_date(expires_on)))
        return between.join(parts)
