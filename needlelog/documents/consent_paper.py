"""The signed consent as a paper of its own: the exact text in its own language, who agreed, the signature, the seal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from needlelog.clock import local
from needlelog.documents.clinic_paper import FOOT, draw_foot, whose
from needlelog.documents.consent_words import photo_consent
from needlelog.documents.fingerprint import grouped
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Bound, Panel, Row, Stack, Style, Text, gap, rule
from needlelog.documents.lines import Direction, Span
from needlelog.documents.pages import flow_with_seal
from needlelog.documents.paper_file import CONTENT_WIDTH, PaperInfo, paint
from needlelog.documents.pen import ACCENT, MUTED, STOP, Pen
from needlelog.documents.seal_panel import seal_panel
from needlelog.documents.signature_ink import drawn_signature
from needlelog.documents.tables import LABEL_WIDTH, Labelled
from needlelog.domain.client import client_label
from needlelog.domain.clinic import Clinic
from needlelog.domain.consent import Consent, ConsentText, Signature
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import Seal, SignedSession
from needlelog.domain.text import fold
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words, record_date, record_time

TEMPLATE_VERSION = "consent 1.2"
RIGHT_TO_LEFT = frozenset({"ar", "he"})
BODY = Style(size=10.5, leading=1.4)
READ = Style(size=11, leading=1.45)
SIGNATURE_TALL = 84.0


@dataclass(frozen=True, slots=True)
class ConsentPaper:
    """Whose consent of which visit. ``name`` and ``birth_date`` are those on file, at signing once it is signed.

    ``seal`` is that of the visit, None while it is open, and ``code`` the one by which a print is checked.
    """

    draft: SessionDraft
    name: str
    birth_date: date
    number: int
    clinic: Clinic
    seal: Seal | None = None
    signed_at: datetime | None = None
    signed_by: str = ""
    code: str = ""
    invalidated: tuple[datetime, str, str] | None = None
    """When, by whom and why the visit was marked as entered in error."""

    @classmethod
    def of(cls, signed: SignedSession, clinic: Clinic, code: str) -> ConsentPaper:
        """The consent of a signed visit."""
        void = signed.invalidated_at
        return cls(
            signed.draft,
            signed.client.full_name,
            signed.client.birth_date,
            signed.client.number,
            clinic,
            seal=signed.seal,
            signed_at=signed.signed_at,
            signed_by=signed.signed_by,
            code=code,
            invalidated=(void, signed.invalidated_by, signed.invalidated_reason) if void else None,
        )


def make_consent_paper(paper: ConsentPaper, words: Words) -> bytes:
    """The PDF; equal input gives equal bytes. ``words`` are for what stands around the text.

    Raises ``Fault`` (CONSENT_NOT_SIGNED, CHARACTER_NOT_PRINTABLE) before anything is drawn.
    """
    consent = paper.draft.consent
    if consent.shown is None or consent.signature is None:
        raise Fault(FaultCode.CONSENT_NOT_SIGNED)
    made = ConsentBlocks(paper, consent.shown, consent.signature, words)
    pages, height = flow_with_seal(list(made.blocks()), paper.clinic.page_size, FOOT)
    info = PaperInfo(
        size=paper.clinic.page_size,
        title=words("Signed consent"),
        author=paper.clinic.name,
        language=words.language,
        made_at=paper.invalidated[0] if paper.invalidated else paper.signed_at or consent.signature.at,
        subject=TEMPLATE_VERSION,
        keywords=paper.code,
        content_height=height,
        direction="R" if words.right_to_left else "L",
    )
    return paint(info, pages, made.footer)


class ConsentBlocks:
    """A signed consent as blocks."""

    def __init__(self, paper: ConsentPaper, text: ConsentText, signature: Signature, words: Words) -> None:
        self._paper = paper
        self._text = text
        self._signature = signature
        self._words = words
        self._base: Direction = "R" if text.language in RIGHT_TO_LEFT else "L"
        self._body = BODY.but(paper="R" if words.right_to_left else "L")
        self._strong, self._quiet = self._body.but(face=Face.BOLD), self._body.but(colour=MUTED)
        self._heading = self._strong.but(size=14, leading=1.3, role="H2")

    def blocks(self) -> Iterator[Block]:
        """Everything, from whose consent it is to the seal of its visit."""
        yield from self._head()
        yield from self.body()
        yield gap(12)
        yield self._seal()

    def body(self) -> Iterator[Block]:
        """The text as it was shown, and who agreed to it."""
        words, text = self._words, self._text
        yield gap(12)
        title = Text(text.title, self._heading, base=self._base, language=self._apart)
        yield Stack((title, gap(2), rule()), sticky=True)
        yield gap(4)
        for part in text.text.split("\n"):
            if part.strip():
                yield Text(part, READ.but(paper=self._body.paper), base=self._base, language=self._apart)
                yield gap(5)
        version = words("Text {id}, version {version}, in {language}", **self._version())
        yield Text(version, self._quiet.but(size=10))
        yield Text(f"SHA-256 {grouped(text.sha256)}", self._quiet.but(size=10), base="L")
        yield gap(10)
        yield Stack((Text(words("Who agreed"), self._heading), gap(2), rule(), gap(3)), sticky=True)
        yield from Labelled(self._quiet, self._body).rows(self._agreed())
        yield from self._drawn()

    @property
    def _apart(self) -> str:
        """The language of the text, where the words around it are in another."""
        return self._text.language if self._text.language != self._words.language else ""

    def _version(self) -> dict[str, str]:
        return {"id": self._text.id, "version": self._text.version, "language": self._text.language}

    def _at(self, moment: datetime) -> str:
        there = local(moment, self._paper.draft.time_zone)
        return f"{record_date(there.date())} {record_time(there)}"

    def _head(self) -> Iterator[Block]:
        words, paper = self._words, self._paper
        day = record_date(local(paper.draft.started_at, paper.draft.time_zone).date())
        identity = words(
            " · born {birth} · {number}", birth=record_date(paper.birth_date), number=client_label(paper.number)
        )
        yield Row(
            (
                Text(paper.clinic.name, self._strong.but(colour=ACCENT), base="L"),
                Text(words("Visit of {day}", day=day), self._strong.but(align="end")),
            ),
            (None, 190),
        )
        yield gap(3)
        yield rule(ACCENT, 1.5)
        yield gap(8)
        yield Text(words("Signed consent"), self._heading.but(size=20, role="H1"))
        yield Text([Span(paper.name, Face.BOLD), Span(identity, colour=MUTED)], self._body.but(size=12), base="L")
        if paper.invalidated:
            at, by, why = paper.invalidated
            said = words("Marked as entered in error by {name} on {when}:", name=by, when=self._at(at))
            yield gap(8)
            text = Text([Span(said, Face.BOLD, STOP), Span(" " + why)], self._body)
            yield Panel(text, fill=None, edge=STOP, pad_y=7)

    def _agreed(self) -> Iterator[tuple[str, str]]:
        words, paper, consent = self._words, self._paper, self._paper.draft.consent
        yield words("Name as said"), self._held_against(consent.confirmed_name, paper.name)
        said = record_date(consent.confirmed_birth_date) if consent.confirmed_birth_date else ""
        yield words("Date of birth as said"), self._held_against(said, record_date(paper.birth_date))
        how = words("by typing: {name}", name=self._signature.typed_name) if self._signature.typed_name else ""
        when = words("{when}, times in {zone}", when=self._at(self._signature.at), zone=paper.draft.time_zone)
        yield words("Signed"), " · ".join(part for part in (when, how) if part)
        yield words("Photos"), self._photos(consent)
        yield words("Practitioner"), paper.draft.practitioner

    def _held_against(self, said: str, on_file: str) -> str:
        words = self._words
        if not said:
            return words("not confirmed")
        if fold(said) == fold(on_file):
            return words("{said} · as on file", said=said)
        return words("{said} · on file: {on_file}", said=said, on_file=on_file)

    def _photos(self, consent: Consent) -> str:
        words = self._words
        if consent.photo is None:
            return words("not asked")
        said = photo_consent(consent.photo, words)
        return f"{said} · {self._at(consent.photo_at)}" if consent.photo_at else said

    def _drawn(self) -> Iterator[Block]:
        if self._signature.strokes:
            ink = drawn_signature(
                self._signature,
                CONTENT_WIDTH,
                LABEL_WIDTH + 8,
                SIGNATURE_TALL,
                alt=self._words("Signature of the client"),
            )
            name = self._paper.draft.consent.confirmed_name or self._paper.name
            under = Row((gap(0), Text(name, self._quiet, base="L")), (LABEL_WIDTH, None), gap=8)
            yield Bound(Stack((gap(8), ink, under)), follows=True)

    def _seal(self) -> Block:
        words, paper = self._words, self._paper
        if paper.signed_at is None:
            said = words("The practitioner has not signed the visit yet.")
        else:
            said = words("Visit signed by {name} on {when}.", name=paper.signed_by, when=self._at(paper.signed_at))
        return seal_panel(said, paper.seal, paper.code, words)

    def footer(self, pen: Pen, left: float, bottom: float, page: int, pages: int) -> None:
        """Whose consent, which visit, which page."""
        words, paper = self._words, self._paper
        who = whose(paper.name, paper.birth_date, paper.number, (TEMPLATE_VERSION,), words)
        draw_foot(pen, left, bottom, who, words("Page {page} of {pages}", page=page, pages=pages), self._quiet)
