"""Everything recorded of one client as one paper: who it is, a list of the visits, then each visit with all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from needlelog.clock import local
from needlelog.documents.clinic_paper import (
    BODY,
    FOOT,
    QUIET,
    STRONG,
    TITLE,
    draw_foot,
    letterhead,
    section_heading,
    whose,
)
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Bound, Text, facts, gap
from needlelog.documents.lines import Span, lines_remembered
from needlelog.documents.pages import Page, flow
from needlelog.documents.paper_file import CONTENT_HEIGHT, PaperInfo, paint
from needlelog.documents.pen import ACCENT, MUTED, STOP, Pen
from needlelog.documents.photo_rows import FiledPhoto, photo_blocks
from needlelog.documents.record_sheet import VisitRecord
from needlelog.documents.since_rows import SinceRows
from needlelog.documents.tables import Labelled, row
from needlelog.domain.adverse_events import EventHistory
from needlelog.domain.client import ROMAN, AllergyState, Client
from needlelog.domain.clinic import Clinic
from needlelog.domain.follow_up import FollowUpRecord
from needlelog.domain.history import DiscardedVisit, VisitSummary
from needlelog.domain.partial_date import record_partial_date
from needlelog.domain.signed import SignedSession
from needlelog.i18n import Words, record_date, record_time
from needlelog.knowledge.model import Concern, Knowledge, Zone

TEMPLATE_VERSION = "client-file 1.2"
DAYS = (96.0, None)
"""The columns of the list of visits: the day, and what it was about."""


@dataclass(frozen=True, slots=True)
class FiledVisit:
    """A signed visit with what was heard and what happened since; ``signed`` is None where it cannot be read.

    ``code`` is the one by which a print of it is checked.
    """

    summary: VisitSummary
    signed: SignedSession | None
    since: FollowUpRecord = field(default_factory=FollowUpRecord)
    events: tuple[EventHistory, ...] = ()
    photos: tuple[FiledPhoto, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class ClientFile:
    """Whose file, from whom, the visits in it, the newest first, and those that were given up unsigned."""

    client: Client
    clinic: Clinic
    visits: tuple[VisitSummary, ...]
    made_at: datetime
    made_by: str
    given_up: tuple[DiscardedVisit, ...] = ()
    photos: bool = False


@dataclass(frozen=True, slots=True)
class Making:
    """How a file is made: ``read`` gives one visit at a time, ``went_on`` hears how many are done, of how many.

    ``breathe`` is called between pages; both of the last may raise ``Fault`` to stop.
    """

    read: Callable[[VisitSummary], FiledVisit]
    went_on: Callable[[int, int], None]
    breathe: Callable[[], None]


def make_client_file(file: ClientFile, making: Making, knowledge: Knowledge, words: Words) -> bytes:
    """The file as PDF, each visit from a new page on and with its bookmark; equal input gives equal bytes.

    Raises ``Fault(CHARACTER_NOT_PRINTABLE)`` before anything is drawn, and what ``making`` raises.
    """
    paper = _Paper(file, knowledge, words)
    room = CONTENT_HEIGHT - FOOT
    bookmarks = [(1, words("Visits"))]
    # One visit says much that another said: what was asked, which products, where.
    with lines_remembered():
        pages: list[Page] = flow(list(paper.front()), room)
        for place, summary in enumerate(file.visits):
            making.went_on(place, len(file.visits))
            bookmarks.append((len(pages) + 1, words("Visit of {day}", day=paper.day(summary))))
            pages += flow(_blocks(making.read(summary), paper, file.clinic, knowledge, words), room)
    making.went_on(len(file.visits), len(file.visits))
    info = PaperInfo(
        size=file.clinic.page_size,
        title=words("Client file"),
        author=file.clinic.name,
        language=words.language,
        made_at=file.made_at,
        subject=TEMPLATE_VERSION,
        bookmarks=tuple(bookmarks),
    )
    return paint(info, pages, paper.footer, making.breathe)


def _blocks(visit: FiledVisit, paper: _Paper, clinic: Clinic, knowledge: Knowledge, words: Words) -> Sequence[Block]:
    if visit.signed is None:
        day = paper.day(visit.summary)
        said = words("The visit of {day} cannot be read. Check the records, or restore a backup.", day=day)
        return [Text(said, STRONG.but(colour=STOP))]
    since = SinceRows(visit.signed, visit.since, visit.events, knowledge, words)
    record = VisitRecord(visit.signed, clinic, knowledge, words, since, visit.code, within=True).blocks()
    return [*record, *photo_blocks(visit.photos, visit.summary.time_zone, words)]


class _Paper:
    """The first page, and the foot of every page."""

    def __init__(self, file: ClientFile, knowledge: Knowledge, words: Words) -> None:
        self._file = file
        self._knowledge = knowledge
        self._words = words
        client = file.client
        self._whose = whose(client.full_name, client.birth_date, client.number, (TEMPLATE_VERSION,), words)

    def day(self, visit: VisitSummary | DiscardedVisit) -> str:
        """The day of a visit on the clock of the place where it was."""
        return record_date(local(visit.started_at, visit.time_zone).date())

    def front(self) -> Iterator[Block]:
        """Whose file it is, and the visits that follow."""
        file, words = self._file, self._words
        made = local(file.made_at, file.clinic.time_zone)
        client = file.client
        identity = words(" · born {birth} · {number}", birth=record_date(client.birth_date), number=client.label)
        yield from letterhead(Text(file.clinic.name, STRONG.but(colour=ACCENT)), None)
        yield Text(words("Client file"), TITLE)
        yield Text([Span(client.full_name, Face.BOLD), Span(identity, colour=MUTED)], BODY.but(size=12), base="L")
        said = words(
            "Made {day}, {time} by {name}", day=record_date(made.date()), time=record_time(made), name=file.made_by
        )
        yield Text(said, QUIET)
        if file.photos:
            yield Text(words("With the photos of each visit, smaller than they are kept"), QUIET)
        yield from self._known()
        count = words.plural(
            "{count} signed visit, newest first", "{count} signed visits, newest first", len(file.visits)
        )
        yield from section_heading(count)
        table = object()
        for visit in file.visits:
            cells = (Text(self.day(visit), STRONG), Text(self._about(visit), BODY))
            yield Bound(row(table, cells, DAYS, 8), run=table)
        for given_up in file.given_up:
            said = words(
                "given up unsigned on {when} by {name}: {reason}",
                when=record_date(local(given_up.discarded_at, given_up.time_zone).date()),
                name=given_up.discarded_by,
                reason=given_up.reason,
            )
            yield Bound(row(table, (Text(self.day(given_up), QUIET), facts(said, BODY)), DAYS, 8), run=table)

    def _known(self) -> Iterator[Block]:
        """What holds between visits."""
        words, client = self._words, self._file.client
        states = {
            AllergyState.KNOWN: ", ".join(f"{one.substance} {one.reaction}".strip() for one in client.allergies),
            AllergyState.NONE_KNOWN: words("none known"),
            AllergyState.NOT_RECORDED: words("not recorded"),
            AllergyState.UNAVAILABLE: words("unavailable"),
        }
        rows = [
            (words("Phone"), client.phone),
            (words("E-mail"), client.email),
            (words("Address"), ", ".join(client.address.split("\n"))),
            (words("Emergency contact"), client.emergency_contact),
            (words("Skin type"), f"Fitzpatrick {ROMAN[client.fitzpatrick]}" if client.fitzpatrick else ""),
            (words("Allergies"), states[client.allergy_state]),
        ]
        for fact in client.facts:
            since = words("since {day}", day=record_partial_date(fact.since)) if fact.since else ""
            until = words("until {day}", day=record_partial_date(fact.until)) if fact.until else ""
            parts = (fact.text, since, until)
            rows.append((words("Noted"), " · ".join(part for part in parts if part)))
        rows.append((words("Notes"), client.notes))
        yield gap(8)
        yield from Labelled(QUIET, BODY).rows(rows)

    def _about(self, summary: VisitSummary) -> str:
        words = self._words
        parts = [
            words("damaged") if summary.damaged else "",
            ", ".join(self._named(self._knowledge.concerns, each) for each in summary.concerns),
            self._deepest(summary),
            summary.practitioner,
            words("marked as entered in error") if summary.invalidated else "",
            words.plural("{count} addendum", "{count} addenda", summary.addenda) if summary.addenda else "",
            words.plural("{count} paper withdrawn", "{count} papers withdrawn", summary.withdrawn)
            if summary.withdrawn
            else "",
            words.plural("{count} follow-up", "{count} follow-ups", summary.follow_ups) if summary.follow_ups else "",
            words.plural("{count} adverse event", "{count} adverse events", summary.adverse_events)
            if summary.adverse_events
            else "",
        ]
        return " · ".join(part for part in parts if part)

    def _named(self, table: Mapping[str, Concern] | Mapping[str, Zone], key: str) -> str:
        entry = table.get(key)
        return self._words(entry.name) if entry else key

    def _deepest(self, summary: VisitSummary) -> str:
        if summary.deepest_mm is None:
            return ""
        zone = self._named(self._knowledge.zones, summary.deepest_zone)
        return self._words("up to {depth} mm, {zone}", depth=summary.deepest_mm, zone=zone)

    def footer(self, pen: Pen, left: float, bottom: float, page: int, pages: int) -> None:
        """Whose file, and which page of how many."""
        words = self._words
        draw_foot(pen, left, bottom, self._whose, words("Page {page} of {pages}", page=page, pages=pages))
