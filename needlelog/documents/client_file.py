"""Everything recorded of one client as one paper: a list of the visits, then each visit with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from needlelog.clock import local
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Page, Row, Stack, Style, Text, flow, gap, rule
from needlelog.documents.lines import Span
from needlelog.documents.pen import ACCENT, CONTENT_HEIGHT, CONTENT_WIDTH, HAIRLINE, MUTED, STOP, PaperInfo, Pen, paint
from needlelog.documents.record_sheet import BODY, QUIET, STRONG, VisitRecord
from needlelog.documents.since_rows import SinceRows
from needlelog.domain.adverse_events import EventHistory
from needlelog.domain.client import Client
from needlelog.domain.clinic import Clinic
from needlelog.domain.follow_up import FollowUpRecord
from needlelog.domain.history import VisitSummary
from needlelog.domain.session import SignedSession
from needlelog.i18n import Words, record_date, record_time
from needlelog.knowledge.model import Knowledge

TEMPLATE_VERSION = "client-file 1.0"
FOOT = 30.0
NAME_LIMIT = 60


@dataclass(frozen=True, slots=True)
class FiledVisit:
    """A signed visit with what was heard and what happened since; ``signed`` is None where it cannot be read."""

    summary: VisitSummary
    signed: SignedSession | None
    since: FollowUpRecord
    events: tuple[EventHistory, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientFile:
    """Whose file, from whom, and its visits, the newest first."""

    client: Client
    clinic: Clinic
    visits: tuple[FiledVisit, ...]
    made_at: datetime
    made_by: str


def make_client_file(file: ClientFile, knowledge: Knowledge, words: Words) -> bytes:
    """The file as PDF, each visit from a new page on and with its bookmark; equal input gives equal bytes.

    Raises ``Fault(CHARACTER_NOT_PRINTABLE)`` before anything is drawn.
    """
    paper = _Paper(file, words)
    room = CONTENT_HEIGHT - FOOT
    pages: list[Page] = flow(list(paper.front()), room)
    bookmarks = [(1, words("Visits"))]
    for visit in file.visits:
        bookmarks.append((len(pages) + 1, words("Visit of {day}", day=paper.day(visit))))
        pages += flow(_blocks(visit, paper, file.clinic, knowledge, words), room)
    info = PaperInfo(
        size=file.clinic.page_size,
        title=words("Client file"),
        author=file.clinic.name,
        language=words.language,
        made_at=file.made_at,
        subject=TEMPLATE_VERSION,
        bookmarks=tuple(bookmarks),
    )
    return paint(info, pages, paper.footer)


def _blocks(visit: FiledVisit, paper: _Paper, clinic: Clinic, knowledge: Knowledge, words: Words) -> Sequence[Block]:
    if visit.signed is None:
        said = words("The visit of {day} cannot be read. Check the records, or restore a backup.", day=paper.day(visit))
        return [Text(said, STRONG.but(colour=STOP))]
    since = SinceRows(visit.signed, visit.since, visit.events, knowledge, words)
    return VisitRecord(visit.signed, clinic, knowledge, words, since).blocks()


class _Paper:
    """The first page, and the foot of every page."""

    def __init__(self, file: ClientFile, words: Words) -> None:
        self._file = file
        self._words = words

    def day(self, visit: FiledVisit) -> str:
        """The day of a visit on the clock of the place where it was."""
        return record_date(local(visit.summary.started_at, visit.summary.time_zone).date())

    def front(self) -> Iterator[Block]:
        """Whose file it is, and the visits that follow."""
        file, words = self._file, self._words
        made = local(file.made_at, file.clinic.time_zone)
        client = file.client
        identity = words(" · born {birth} · {number}", birth=record_date(client.birth_date), number=client.label)
        yield Text(file.clinic.name, STRONG.but(colour=ACCENT))
        yield gap(3)
        yield rule(ACCENT, 1.5)
        yield gap(8)
        yield Text(words("Client file"), Style(size=20, face=Face.BOLD, leading=1.3))
        yield Text([Span(client.full_name, Face.BOLD), Span(identity, colour=MUTED)], BODY.but(size=12), base="L")
        said = words(
            "Made {day}, {time} by {name}", day=record_date(made.date()), time=record_time(made), name=file.made_by
        )
        yield Text(said, QUIET)
        yield gap(12)
        count = words.plural(
            "{count} signed visit, newest first", "{count} signed visits, newest first", len(file.visits)
        )
        yield Stack((Text(count, Style(size=12, face=Face.BOLD)), gap(2), rule(), gap(3)), sticky=True)
        for visit in file.visits:
            yield Row((Text(self.day(visit), STRONG), Text(self._about(visit), BODY)), (96, None), gap=8)

    def _about(self, visit: FiledVisit) -> str:
        words, summary = self._words, visit.summary
        if visit.signed is None:
            return words("cannot be read")
        parts = [
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

    def footer(self, pen: Pen, left: float, bottom: float, page: int, pages: int) -> None:
        """Whose file, and which page of how many."""
        client, words = self._file.client, self._words
        style = BODY.but(size=10, colour=MUTED, leading=1.2)
        name = client.full_name
        short = name if len(name) <= NAME_LIMIT else f"{name[: NAME_LIMIT - 1]}…"
        who = words(
            " · born {birth} · {number} · {version}",
            birth=record_date(client.birth_date),
            number=client.label,
            version=TEMPLATE_VERSION,
        )
        pen.stroke([(left, bottom - 18), (left + CONTENT_WIDTH, bottom - 18)], HAIRLINE, 0.75)
        number = words("Page {page} of {pages}", page=page, pages=pages)
        spans = [Span(short, colour=MUTED), Span(who, colour=MUTED)]
        row = Row((Text(spans, style, base="L"), Text(number, style.but(align="end"))), (None, 90))
        row.place(CONTENT_WIDTH).draw(pen, left, bottom - 13)
