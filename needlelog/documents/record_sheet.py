"""The signed visit on paper: everything recorded, what was added since, and the seal that covers it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from needlelog.documents.clinic_paper import (
    BODY,
    FOOT,
    QUIET,
    STRONG,
    TITLE,
    draw_foot,
    letterhead,
    section,
    section_heading,
    whose,
)
from needlelog.documents.fonts import Face
from needlelog.documents.glance_blocks import GlanceBlocks
from needlelog.documents.layout import Block, Bound, Panel, Stack, Text, gap
from needlelog.documents.lines import Span
from needlelog.documents.pages import flow_with_seal
from needlelog.documents.paper_file import CONTENT_WIDTH, PaperInfo, paint
from needlelog.documents.pen import ACCENT, MUTED, STOP, Pen
from needlelog.documents.reason_rows import ReasonRows
from needlelog.documents.record_rows import RecordRows
from needlelog.documents.seal_panel import seal_panel
from needlelog.documents.signature_ink import drawn_signature
from needlelog.documents.since_rows import SinceRows
from needlelog.documents.tables import BESIDE, LABEL_WIDTH, Value
from needlelog.domain.adverse_events import EventHistory
from needlelog.domain.client import client_label
from needlelog.domain.clinic import Clinic
from needlelog.domain.findings import StepId
from needlelog.domain.follow_up import FollowUpRecord
from needlelog.domain.signed import SignedSession
from needlelog.i18n import Words, record_date
from needlelog.knowledge.model import Knowledge

TEMPLATE_VERSION = "record 1.2"


def make_record_sheet(
    signed: SignedSession,
    clinic: Clinic,
    knowledge: Knowledge,
    words: Words,
    since: FollowUpRecord | None = None,
    events: tuple[EventHistory, ...] = (),
    *,
    code: str = "",
) -> bytes:
    """The record of a signed visit as PDF; equal input gives equal bytes.

    ``code`` is the one by which a print is checked. Addenda, what follow-ups heard ``since`` and adverse ``events``
    stand before the seal. Raises ``Fault(CHARACTER_NOT_PRINTABLE)`` before anything is drawn.
    """
    heard = SinceRows(signed, since or FollowUpRecord(), events, knowledge, words)
    record = VisitRecord(signed, clinic, knowledge, words, heard, code)
    pages, height = flow_with_seal(record.blocks(), clinic.page_size, FOOT)
    info = PaperInfo(
        size=clinic.page_size,
        title=words("Treatment record"),
        author=clinic.name,
        language=clinic.language,
        made_at=max((signed.signed_at, *(addendum.at for addendum in signed.addenda), *heard.moments())),
        subject=TEMPLATE_VERSION,
        keywords=code,
        content_height=height,
    )
    return paint(info, pages, record.footer)


class VisitRecord:
    """A signed visit as blocks, ``within`` another paper or as a paper of its own."""

    def __init__(
        self,
        signed: SignedSession,
        clinic: Clinic,
        knowledge: Knowledge,
        words: Words,
        since: SinceRows,
        code: str = "",
        *,
        within: bool = False,
    ) -> None:
        self._code = code
        self._role: Literal["H2", "H3"] = "H3" if within else "H2"
        self.since = since
        self.signed = signed
        self.draft = signed.draft
        self.clinic = clinic
        self.words = words
        self.rows = RecordRows(signed, knowledge, words)
        self._reasons = ReasonRows(self.rows)
        # A file of many visits is looked over by its list; another picture with each would take a page of its own.
        self._glance = None if within else GlanceBlocks(signed.draft, knowledge, words)

    # blocks

    def blocks(self) -> list[Block]:
        """Everything, from whose record it is to its seal."""
        found = self._head()
        if glance := list(self._glance.blocks()) if self._glance else []:
            found += [*section_heading(self.words("At a glance"), self._role), *glance]
        for step, title, rows in self.rows.steps():
            skipped = self.draft.skip_of(step)
            if skipped:
                reason = self.rows.joined(skipped.reason, skipped.by, self.rows.at(skipped.at))
                rows = [(self.words("Did not apply"), reason), *rows]
            found += self._section(title, rows)
            if step is StepId.CONSENT and self.draft.consent.signature:
                signature = self.draft.consent.signature
                if signature.strokes:
                    ink = drawn_signature(
                        signature, CONTENT_WIDTH, LABEL_WIDTH + BESIDE, alt=self.words("Signature of the client")
                    )
                    found.append(Bound(Stack((gap(4), ink)), follows=True))
        found += self._consent_text()
        found += self._section(self.words("Reasons for going ahead despite a warning"), self._reasons.overrides())
        found += self._section(self.words("Precautions"), self._reasons.precautions())
        found += self._addenda()
        heard, events = list(self.since.follow_ups()), list(self.since.adverse_events())
        found += self._section(self.words("Follow-ups"), heard) if heard else []
        found += self._section(self.words("Adverse events since"), events) if events else []
        found.append(gap(12))
        found.append(self._seal())
        return found

    def _head(self) -> list[Block]:
        words, client, draft = self.words, self.signed.client, self.draft
        identity = words(
            " · born {birth} · {number}", birth=record_date(client.birth_date), number=client_label(client.number)
        )
        when = f"{record_date(self.rows.visit_day)} {self.rows.at(draft.started_at)}"
        found: list[Block] = [
            *letterhead(Text(self.clinic.name, STRONG.but(colour=ACCENT)), Text(when, STRONG.but(align="end"))),
            Text(words("Treatment record"), TITLE.but(role="H2" if self._role == "H3" else "H1")),
            Text([Span(client.full_name, Face.BOLD), Span(identity, colour=MUTED)], BODY.but(size=12), base="L"),
            gap(3),
            Text(
                self.rows.joined(
                    words("Practitioner: {name}", name=draft.practitioner),
                    words("Times in {zone}", zone=draft.time_zone),
                    words("Reference data {version}", version=draft.knowledge_version),
                ),
                QUIET,
            ),
        ]
        if self.signed.invalidated_at:
            said = words(
                "Marked as entered in error by {name} on {when}:",
                name=self.signed.invalidated_by,
                when=self.rows.day_and_time(self.signed.invalidated_at),
            )
            text = Text([Span(said, Face.BOLD, STOP), Span(" " + self.signed.invalidated_reason)], BODY)
            found += [gap(8), Panel(text, fill=None, edge=STOP, pad_y=7)]
        return found

    def _section(self, title: str, rows: Iterable[tuple[str, Value]]) -> list[Block]:
        return section(title, rows, self.words, self._role)

    def _consent_text(self) -> list[Block]:
        shown = self.draft.consent.shown
        if shown is None:
            return []
        paragraphs = [part for part in shown.text.split("\n") if part.strip()]
        parted = [block for part in paragraphs for block in (Text(part, BODY), gap(3))]
        return [*section_heading(self.words("Consent text as shown"), self._role), *parted]

    def _addenda(self) -> list[Block]:
        if not self.signed.addenda:
            return []
        return self._section(self.words("Added after signing"), self.rows.addenda())

    def _seal(self) -> Block:
        words, seal = self.words, self.signed.seal
        said = words(
            "Signed by {name} on {when} as the practitioner responsible for this record.",
            name=self.signed.signed_by,
            when=self.rows.day_and_time(self.signed.signed_at),
        )
        return seal_panel(said, seal, self._code, words, chain=True)

    def footer(self, pen: Pen, left: float, bottom: float, page: int, pages: int) -> None:
        """Whose record, which visit, which page."""
        client, words = self.signed.client, self.words
        visit = words("visit {day}", day=record_date(self.rows.visit_day))
        who = whose(client.full_name, client.birth_date, client.number, (visit, TEMPLATE_VERSION), words)
        draw_foot(pen, left, bottom, who, words("Page {page} of {pages}", page=page, pages=pages))
