"""The report of an adverse event on paper: what happened, on what, how it went on, who was told.

It goes to makers and authorities as it is, so it bears the client's number and age and no name, in its file neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from needlelog.clock import local
from needlelog.documents.clinic_paper import BODY, FOOT, QUIET, STRONG, draw_foot, section
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Panel, Row, Style, Text, gap, rule
from needlelog.documents.lines import Span
from needlelog.documents.pages import flow_with_seal
from needlelog.documents.paper_file import PaperInfo, paint
from needlelog.documents.pen import ACCENT, STOP, Pen
from needlelog.documents.seal_panel import seal_panel
from needlelog.domain.adverse_events import EventEntry, EventEntryKind, EventHistory, Involved
from needlelog.domain.client import ROMAN, client_label
from needlelog.domain.clinic import Clinic
from needlelog.domain.reactions import Outcome, Seriousness
from needlelog.domain.signed import SignedSession
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import Words, record_date, record_time
from needlelog.knowledge.model import Knowledge

TEMPLATE_VERSION = "adverse event 1.1"


def make_event_report(
    signed: SignedSession,
    event: EventHistory,
    involved: Sequence[Involved],
    clinic: Clinic,
    knowledge: Knowledge,
    words: Words,
    *,
    code: str = "",
) -> bytes:
    """The report of one adverse event as PDF; equal input gives equal bytes. ``code`` is that of the visit's seal.

    Raises ``Fault(CHARACTER_NOT_PRINTABLE)`` before anything is drawn.
    """
    report = _Report(signed, event, involved, clinic, knowledge, words, code)
    pages, height = flow_with_seal(report.blocks(), clinic.page_size, FOOT)
    info = PaperInfo(
        size=clinic.page_size,
        title=words("Adverse event report"),
        author=clinic.name,
        language=clinic.language,
        made_at=max(one.at for one in event.entries),
        subject=TEMPLATE_VERSION,
        keywords=code,
        content_height=height,
    )
    return paint(info, pages, report.footer)


def passes_by_zone(passes: Sequence[NeedlingPass]) -> dict[tuple[str, str], list[NeedlingPass]]:
    """The passes of each zone by each device, in the order in which they first come."""
    found: dict[tuple[str, str], list[NeedlingPass]] = {}
    for one in passes:
        found.setdefault((one.zone, one.device), []).append(one)
    return found


class _Report:
    def __init__(
        self,
        signed: SignedSession,
        event: EventHistory,
        involved: Sequence[Involved],
        clinic: Clinic,
        knowledge: Knowledge,
        words: Words,
        code: str,
    ) -> None:
        self.code = code
        self.signed = signed
        self.event = event
        self.involved = involved
        self.clinic = clinic
        self.knowledge = knowledge
        self.words = words

    # words for values

    def at(self, moment: datetime) -> str:
        """Day and clock time where the visit took place."""
        there = local(moment, self.signed.draft.time_zone)
        return f"{record_date(there.date())} {record_time(there)}"

    def zones(self, zones: Sequence[str]) -> str:
        """Zones by name."""
        known = self.knowledge.zones
        return ", ".join(self.words(known[zone].name) if zone in known else zone for zone in zones)

    def seriousness(self, weight: Seriousness) -> str:
        """How serious, in words."""
        return {
            Seriousness.NOT_SERIOUS: self.words("Not serious"),
            Seriousness.NEEDED_TREATMENT: self.words("Needed treatment to prevent permanent harm"),
            Seriousness.PERMANENT_HARM: self.words("Permanent harm"),
            Seriousness.LIFE_THREATENING: self.words("Life-threatening"),
        }[weight]

    def outcome(self, outcome: Outcome | None) -> str:
        """How it stands, in words."""
        if outcome is None:
            return self.words("not stated yet")
        return {
            Outcome.ONGOING: self.words("Not resolved"),
            Outcome.RESOLVING: self.words("Getting better"),
            Outcome.RESOLVED: self.words("Resolved"),
            Outcome.LASTING: self.words("Resolved with lasting harm"),
            Outcome.UNKNOWN: self.words("Not known"),
        }[outcome]

    # blocks

    def blocks(self) -> list[Block]:
        """Everything, from the clinic to who made which entry."""
        words = self.words
        found = self._head()
        found += section(words("The event"), self._event(), words)
        found += section(words("The treatment"), self._treatment(), words)
        found += section(words("Devices and products on these zones"), self._materials(), words)
        found += section(words("How it went on"), self._course(), words)
        found.append(gap(12))
        found.append(self._signature())
        return found

    def _head(self) -> list[Block]:
        words, event = self.words, self.event
        weight = self.seriousness(event.gravest)
        number = str(event.id)[:8].upper()
        return [
            Row(
                (
                    Text(self.clinic.name, STRONG.but(colour=ACCENT)),
                    Text(words("Event {number}", number=number), STRONG.but(align="end")),
                ),
                (None, 150),
            ),
            gap(3),
            rule(ACCENT, 1.5),
            gap(8),
            Text(words("Adverse event report"), Style(size=20, face=Face.BOLD, leading=1.3, role="H1")),
            Text(", ".join(part for part in (*self.clinic.address.split("\n"), self.clinic.phone) if part), QUIET),
            gap(8),
            Panel(
                Text([Span(weight, Face.BOLD, STOP), Span(f"   ·   {self.outcome(event.outcome)}")], BODY.but(size=12)),
                fill=None,
                edge=STOP,
                pad_y=7,
            ),
        ]

    def _event(self) -> Iterator[tuple[str, str]]:
        words, event = self.words, self.event
        yield words("What happened"), event.opening.text
        yield words("Began"), self.at(event.onset_at)
        yield words("Recorded"), words("{when}, {name}", when=self.at(event.opening.at), name=event.opening.by)
        yield words("Where"), self.zones(event.zones) or words("whole treated area, or not on the skin")
        yield words("Seriousness"), self.seriousness(event.gravest)
        yield words("What was done"), event.opening.action_taken or words("not recorded")
        yield words("Outcome"), self.outcome(event.outcome)
        yield words("Reported to"), "; ".join(event.reported_to) or words("nobody yet")

    def _treatment(self) -> Iterator[tuple[str, str]]:
        words, draft, client = self.words, self.signed.draft, self.signed.client
        day = local(draft.started_at, draft.time_zone).date()
        born = client.birth_date
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        skin = draft.consultation.fitzpatrick
        kind = words(", skin type {kind}", kind=ROMAN[skin]) if skin else ""
        yield words("Client"), words("{number}, {age} years", number=client_label(client.number), age=age) + kind
        yield words("Visit"), self.at(draft.started_at)
        yield words("Operator"), draft.practitioner
        affected = set(self.event.zones)
        on_these = [one for one in draft.needling.passes if not affected or one.zone in affected]
        for (zone, device), passes in passes_by_zone(on_these).items():
            depths = ", ".join(words("{count} × {depth} mm", depth=one.depth_mm, count=one.count) for one in passes)
            yield (
                words("Needling"),
                words("{zone}: {depths}, {device}", zone=self.zones((zone,)), depths=depths, device=device),
            )
        concerns = self.knowledge.concerns
        brought = ", ".join(
            words(concerns[one].name) if one in concerns else one for one in draft.consultation.concerns
        )
        yield words("Treated for"), brought
        said = [one for one in draft.consultation.screening if one.answer != "no"]
        rows = self.knowledge.contraindications
        titles = (rows[one.contraindication].title for one in said if one.contraindication in rows)
        yield words("History"), "; ".join(words(title) for title in titles)

    def _materials(self) -> Iterator[tuple[str, str]]:
        words = self.words
        for one in self.involved:
            parts = [one.name, one.maker]
            if one.lot:
                parts.append(words("lot {lot}", lot=one.lot))
            if one.serial:
                parts.append(words("serial no. {serial}", serial=one.serial))
            if one.expires_on:
                parts.append(words("use by {day}", day=record_date(one.expires_on)))
            if one.udi:
                parts.append(words("UDI {code}", code=one.udi))
            elif one.gtins:
                # Which of its packs it came from stands in no record.
                parts.append(words("GTIN {numbers}", numbers=words(" or ").join(one.gtins)))
            yield one.what, " · ".join(part for part in parts if part)

    def _course(self) -> Iterator[tuple[str, str]]:
        for entry in self.event.entries[1:]:
            yield self.at(entry.at), self._entry(entry)

    def _entry(self, entry: EventEntry) -> str:
        words = self.words
        parts = [entry.text]
        if entry.kind is EventEntryKind.CORRECTION:
            corrected = next((one for one in self.event.entries if one.id == entry.corrects), None)
            when = self.at(corrected.at) if corrected else ""
            parts.insert(0, words("Correction of the entry of {when}, which stays:", when=when))
        if entry.seriousness is not None:
            parts.append(words("Seriousness: {said}.", said=self.seriousness(entry.seriousness)))
        if entry.outcome is not None:
            parts.append(words("Outcome: {said}.", said=self.outcome(entry.outcome)))
        if entry.action_taken:
            parts.append(words("Done: {said}", said=entry.action_taken))
        if entry.reported_to:
            parts.append(words("Reported to: {said}.", said=entry.reported_to))
        return " · ".join((*parts, entry.by))

    def _signature(self) -> Block:
        words, seal = self.words, self.signed.seal
        said = words(
            "Entries are only added to and each is sealed; the visit is record no. {number}.", number=seal.sequence
        )
        return seal_panel(said, seal, self.code, words)

    def footer(self, pen: Pen, left: float, bottom: float, page: int, pages: int) -> None:
        """Which event, which client by number, which page."""
        who = self.words(
            "{number} · event {event} · {version}",
            number=client_label(self.signed.client.number),
            event=str(self.event.id)[:8].upper(),
            version=TEMPLATE_VERSION,
        )
        number = self.words("Page {page} of {pages}", page=page, pages=pages)
        draw_foot(pen, left, bottom, who, number)
