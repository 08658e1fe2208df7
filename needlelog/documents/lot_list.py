"""Everybody who was treated with a lot, as a list to call by: made when a maker recalls it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from needlelog.clock import local
from needlelog.documents.clinic_paper import BODY, QUIET, STRONG, TITLE, draw_foot
from needlelog.documents.fonts import Face, check_printable
from needlelog.documents.layout import Block, Bound, Drawing, Panel, Row, Stack, Text, gap, rule
from needlelog.documents.lines import Span
from needlelog.documents.pages import flow
from needlelog.documents.paper_file import CONTENT_HEIGHT, PaperInfo, paint
from needlelog.documents.pen import ACCENT, EDGE, HAIRLINE, MUTED, STOP, Pen
from needlelog.documents.tables import headings, row
from needlelog.domain.client import client_label
from needlelog.domain.clinic import Clinic
from needlelog.domain.follow_up import Reached
from needlelog.domain.stock import Recall, Treated
from needlelog.errors import Fault
from needlelog.i18n import Words, record_date, record_time
from needlelog.knowledge.model import Knowledge

TEMPLATE_VERSION = "lot list 1.1"
BOX = 11.0
BOX_WIDTH = BOX + 2
WIDTHS: tuple[float | None, ...] = (150, None, 138)
GAP = 12.0


@dataclass(frozen=True, slots=True)
class LotList:
    """The uses of one lot, by client and day, and who asked for them when."""

    clinic: Clinic
    lot: str
    treated: tuple[Treated, ...]
    made_at: datetime
    made_by: str


def make_lot_list(listing: LotList, knowledge: Knowledge, words: Words) -> bytes:
    """The list as PDF, each client once with every visit below; neither title nor metadata names a client.

    Raises ``Fault(CHARACTER_NOT_PRINTABLE)`` before anything is drawn.
    """
    paper = _Paper(listing, knowledge, words)
    info = PaperInfo(
        size=listing.clinic.page_size,
        title=words("Clients treated with lot {lot}", lot=listing.lot),
        author=listing.clinic.name,
        language=listing.clinic.language,
        made_at=listing.made_at,
        subject=TEMPLATE_VERSION,
    )
    return paint(info, flow(list(paper.blocks()), CONTENT_HEIGHT - 30), paper.footer)


def visits_by_client(treated: Sequence[Treated]) -> dict[object, list[Treated]]:
    """The uses of each client, in the order in which the clients first come."""
    found: dict[object, list[Treated]] = {}
    for one in treated:
        found.setdefault(one.use.client_id, []).append(one)
    return found


class _Paper:
    def __init__(self, listing: LotList, knowledge: Knowledge, words: Words) -> None:
        self.listing = listing
        self.knowledge = knowledge
        self.words = words
        self._table = object()
        at = local(listing.made_at, listing.clinic.time_zone)
        self.made = f"{record_date(at.date())} {record_time(at)}"

    def blocks(self) -> Iterator[Block]:
        """Clinic, lot, why it was recalled, and the clients."""
        words, listing = self.words, self.listing
        clinic = " · ".join(part for part in (*listing.clinic.address.split("\n"), listing.clinic.phone) if part)
        yield Row(
            (Text(listing.clinic.name, STRONG.but(colour=ACCENT)), Text(self.made, STRONG.but(align="end"))),
            (None, 130),
        )
        if clinic:
            yield Text(clinic, QUIET)
        yield gap(3)
        yield rule(ACCENT, 1.5)
        yield gap(8)
        yield Text(
            words("Clients treated with lot {lot}", lot=listing.lot),
            TITLE,
        )
        by_client = visits_by_client(listing.treated)
        yield Text(self._summary(len(by_client)), BODY.but(size=12))
        yield Text(words("Made by {name}. Confidential: health data.", name=listing.made_by), QUIET)
        for recall in dict.fromkeys(one.recall for one in listing.treated if one.recall):
            yield gap(8)
            yield self._recall(recall)
        yield gap(12)
        yield self._headings()
        if not by_client:
            yield Text(words("Nobody was treated with this lot."), BODY)
        for uses in by_client.values():
            yield self._client(uses)

    def _summary(self, clients: int) -> str:
        visits = len({one.use.session_id for one in self.listing.treated})
        said = self.words.plural("{count} client", "{count} clients", clients)
        return f"{said}, {self.words.plural('{count} visit', '{count} visits', visits)}"

    def _recall(self, recall: Recall) -> Block:
        at = local(recall.at, self.listing.clinic.time_zone)
        said = self.words(
            "{product}, lot {lot}: recalled on {day} by {name}.",
            product=recall.product,
            lot=recall.lot,
            day=record_date(at.date()),
            name=recall.by,
        )
        text = Text([Span(said, Face.BOLD, STOP), Span(f" {recall.reason}")], BODY)
        return Panel(text, fill=None, edge=STOP, pad_y=7)

    def _headings(self) -> Block:
        cells = [Text(text, STRONG.but(colour=MUTED)) for text in self._named()]
        return Stack(_under_rule(headings(self._table, cells, WIDTHS, GAP)), sticky=True)

    def _headings_once_more(self) -> tuple[Block, ...]:
        """The same at the top of a further page, where it is not read out again."""
        cells = [Text(text, STRONG.but(colour=MUTED, role="")) for text in self._named()]
        return _under_rule(Row(cells, WIDTHS, GAP))

    def _named(self) -> tuple[str, str, str]:
        words = self.words
        return words("Client"), words("Visit and what it was used for"), words("Contact")

    def _client(self, uses: Sequence[Treated]) -> Block:
        words, first = self.words, uses[0]
        number = client_label(first.use.client_number)
        born = words(
            "born {birth} · {number}", birth=record_date(first.birth_date) if first.birth_date else "?", number=number
        )
        # One name that no font holds must not keep the whole list from being printed.
        name = printable(first.use.client_name, words("Name as on the screen under {number}", number=number))
        who = Stack((Text(name, STRONG), Text(born, QUIET)))
        visits = Stack([self._visit(use) for use in uses], gap=4)
        on_screen = words("as on the screen")
        contact = [printable(part, on_screen) for part in (first.phone, first.email) if part]
        contact = contact or [words("no contact recorded")]
        cells = (who, visits, Stack([Text(part, BODY) for part in contact]))
        told = row(self._table, cells, WIDTHS, GAP)
        ticked = Row((_box(), told), (BOX_WIDTH, None), gap=GAP)
        client = Stack((ticked, gap(6), rule(HAIRLINE, 0.5), gap(6)))
        return Bound(client, run=self._table, at_top=Stack((*self._headings_once_more(), client)))

    def _visit(self, one: Treated) -> Block:
        words, use = self.words, one.use
        day = record_date(local(use.started_at, use.time_zone).date())
        product = printable(use.product, words("product as on the screen"))
        lines: list[Block] = [Text([Span(day, Face.BOLD), Span(f"  {product}")], BODY)]
        zones, concerns = self.knowledge.zones, self.knowledge.concerns
        places = ", ".join(words(zones[zone].name) if zone in zones else zone for zone in use.zones)
        for_what = ", ".join(words(concerns[each].name) if each in concerns else each for each in one.concerns)
        said = " · ".join(part for part in (for_what, places) if part)
        if said:
            lines.append(Text(said, QUIET))
        state = "" if use.signed else words("visit given up") if use.discarded else words("visit not signed")
        state = words("entered in error") if use.invalidated else state
        if state:
            lines.append(Text(state, QUIET.but(colour=STOP)))
        if one.called_at is not None and one.called_how is not None:
            at = local(one.called_at, self.listing.clinic.time_zone)
            told = words(
                "Told of the recall {day} {time}, {how}, {name}",
                day=record_date(at.date()),
                time=record_time(at),
                how=words(_HOW[one.called_how]),
                name=one.called_by,
            )
            lines.append(Text(told, BODY))
        return Stack(lines)

    def footer(self, pen: Pen, left: float, bottom: float, page: int, pages: int) -> None:
        """Which lot, when, which page; no client."""
        words = self.words
        lot = self.listing.lot if len(self.listing.lot) <= 40 else f"{self.listing.lot[:39]}…"
        said = words("Lot {lot} · {made} · {version}", lot=lot, made=self.made, version=TEMPLATE_VERSION)
        number = words("Page {page} of {pages}", page=page, pages=pages)
        draw_foot(pen, left, bottom, said, number)


_HOW = {Reached.PHONE: "by phone", Reached.VISIT: "at the clinic", Reached.MESSAGE: "by message"}


def printable(text: str, instead: str) -> str:
    """``text``, or ``instead`` where no font holds all of it: nothing is ever printed with a character missing."""
    try:
        return check_printable(text)
    except Fault:
        return instead


def _under_rule(cells: Block) -> tuple[Block, ...]:
    """The names of the columns over their rule."""
    return Row((gap(0), cells), (BOX_WIDTH, None), gap=GAP), gap(2), rule(EDGE, 0.75), gap(5)


def _box() -> Block:
    """A box to tick once the client was told."""
    return Drawing(
        BOX + 2, lambda pen, x, top, _width: pen.rectangle(x, top + 2, BOX, BOX, edge=EDGE, line=1, radius=2)
    )
