"""What the sheets for clients share: how large and how airy they are set, their lists, bands and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from needlelog.clock import local
from needlelog.documents import icons
from needlelog.documents.clock_times import clock_time
from needlelog.documents.fonts import Face
from needlelog.documents.layout import (
    Block,
    Drawing,
    Group,
    Lower,
    Panel,
    Row,
    Stack,
    Style,
    Text,
    gap,
    natural_width,
    rule,
)
from needlelog.documents.lines import Direction, Span
from needlelog.documents.pen import ACCENT, MUTED, TINT, Pen, Stamp
from needlelog.documents.pictures import Picture
from needlelog.domain.clinic import Clinic
from needlelog.errors import Fault
from needlelog.i18n import Words
from needlelog.rules.aftercare import spoken_day

STANDARD_SIZE, LARGE_SIZE = 14.0, 18.0
LOGO_WIDTH, LOGO_HEIGHT = 90.0, 24.0
NOTE_WIDTH = 300.0
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Density:
    """How generous a sheet is: ``air`` scales white space, ``leading`` is a multiple of the type size."""

    air: float
    leading: float
    cut: bool = False
    """Whether a list may go on over the page end, which a note of some length needs."""

    running: bool = False
    """Whether what was used is told as running text and not line by line."""

    stacked: bool = False
    """Whether a time stands above what holds then and not beside it: a language of long sentences needs the width."""

    picture: bool = True
    summary: bool = True
    diary: bool = True
    """Both go only where many zones, long names or a long emergency text leave no room, the summary first: it repeats
    page one."""


DENSITIES = (
    Density(1.0, 1.34),
    Density(0.8, 1.3),
    Density(0.6, 1.27),
    Density(0.48, 1.25),
    Density(0.36, 1.24),
    Density(0.25, 1.22),
    Density(0.12, 1.2),
    Density(0.12, 1.2, running=True),
    Density(0.08, 1.19, cut=True, running=True),
    Density(0.12, 1.19, cut=True, running=True, stacked=True),
    Density(0.08, 1.16, cut=True, running=True, stacked=True),
    Density(0.08, 1.19, running=True, picture=False),
    Density(0.08, 1.19, cut=True, running=True, picture=False),
    Density(0.08, 1.16, cut=True, running=True, stacked=True, picture=False),
)
SCARCE = (
    Density(0.08, 1.16, cut=True, running=True, picture=False, summary=False),
    Density(0.08, 1.16, cut=True, running=True, stacked=True, picture=False, summary=False),
    Density(0.08, 1.16, cut=True, running=True, picture=False, summary=False, diary=False),
    Density(0.08, 1.16, cut=True, running=True, stacked=True, picture=False, summary=False, diary=False),
)
"""For what fits at none of them."""


class SheetStyle:
    """The looks of one sheet at one density: 14 pt, or 18 pt for those who read large print."""

    def __init__(self, words: Words, density: Density, *, large: bool = False, country: str = "") -> None:
        self.words = words
        self.country = country
        self.direction: Direction = "R" if words.right_to_left else "L"
        self.large = large
        self.scale = (LARGE_SIZE if large else STANDARD_SIZE) / STANDARD_SIZE
        self.air = density.air
        self.cut = density.cut
        self.running = density.running
        self.stacked = large or density.stacked
        self.tight = (density.stacked or not density.summary) and not large
        """Whether what may run on runs on: in a language of long sentences at 14 pt."""
        self.pictured = density.picture
        self.summed = density.summary
        self.with_diary = density.diary
        self.body = Style(size=STANDARD_SIZE * self.scale, leading=density.leading, paper=self.direction)
        self.listed_body = self.body.but(role="LBody")
        self.strong = self.body.but(face=Face.BOLD)
        self.quiet = self.body.but(colour=MUTED)
        self.heading = self.strong.but(size=17 * self.scale, leading=min(1.28, density.leading + 0.02), role="H2")
        self.step = self.body.size * self.body.leading

    def gap(self, height: float) -> Block:
        """Empty space of so many points where the sheet is at its most generous."""
        return gap(height * self.air)

    def titled(self, title: str, content: Block, note: str = "") -> Block:
        """A section under its heading."""
        return Stack((self.heading_block(title, note), content))

    def heading_block(self, title: str, note: str | Sequence[Span] = "") -> Block:
        """A heading that stays with what follows it, and beside it a note where there is room, else below."""
        said: Block = Text(title, self.heading)
        if note and self.large:
            said = Stack((said, self._note(note, self.quiet)))
        elif note:
            wide = NOTE_WIDTH if isinstance(note, str) else self._width_of(note)
            beside = Row((said, self._note(note, self.quiet.but(align="end"))), (None, wide), gap=6, centred=True)
            said = Lower(beside, Stack((said, self._note(note, self.quiet))), 2 * self.step)
        return Stack((said, self.gap(5)), sticky=True)

    def _note(self, note: str | Sequence[Span], style: Style) -> Block:
        return Text(note, style) if isinstance(note, str) else Text(note, style, base="L")

    def _width_of(self, spans: Sequence[Span]) -> float:
        """How wide ``spans`` are on one line, with something to spare for blanks taken from another font than here."""
        widths = [natural_width(span.text.replace(" ", NO_BREAK), self.body.but(face=span.face)) for span in spans]
        mixed = sum(span.text.count(" ") for span in spans) if self.direction == "R" else 0
        return sum(widths) + (4 + mixed) * self.scale

    def listed(self, texts: Sequence[str], icon: Stamp) -> Block:
        """Texts below one another, each with its sign."""
        return Group("L", Stack([self.item(text, icon) for text in texts], gap=2 * self.air))

    def item(self, text: str, icon: Stamp) -> Block:
        """A text with its sign before it."""
        step, scale = self.step, self.scale

        def sign(pen: Pen, x: float, top: float, _: float) -> None:
            icons.put(icon, pen, x + 6.5 * scale, top + step / 2, 12.5 * scale)

        said = Text(text, self.listed_body)
        return Row((Drawing(step, sign), said), (20 * scale, None))

    def told(self, lead: str, text: str) -> Block:
        """Running text after what it is about."""
        return Text([Span(f"{lead}: ", Face.BOLD), Span(text)] if lead else text, self.body, base="L")

    def pair(self, name: str, detail: str) -> Block:
        """A name and what belongs to it, kept apart so that a name in any script stays in its place."""
        if not detail:
            return Text(name, self.body)
        return Text([Span(name), Span("  "), Span(detail, colour=MUTED)], self.body, base="L")

    def band(self, title: str, detail: str) -> Block:
        """The beginning of a stretch of days."""
        spans = [Span(title, Face.BOLD, ACCENT)]
        if detail:
            spans += [Span("  "), Span(detail, colour=MUTED)]
        band = Panel(Text(spans, self.body, base="L"), pad_x=9, pad_y=1 + 2.5 * self.air, fill=TINT, radius=4)
        return Stack((band, gap(1 + 3 * self.air)), sticky=True)

    def moment(self, moment: datetime, zone: str) -> str:
        """A day with year and clock time in ``zone``."""
        at = local(moment, zone)
        return self.words(
            "{day} {year}, {time}", day=spoken_day(at.date(), self.words), year=at.year, time=self.time(at)
        )

    def time(self, at: datetime) -> str:
        """The clock time at ``at``, which is local, as it is written in the clinic's country."""
        return clock_time(at, self.country, self.words)

    def head(self, clinic: Clinic, when: str, title: str, client_name: str) -> Block:
        """Whose sheet it is: clinic, day, title, client, and the number to call."""
        words = self.words
        name = Text(clinic.name, self.strong.but(colour=ACCENT), base="L")
        who: Block = Text([Span(words("For "), colour=MUTED), Span(client_name, Face.BOLD)], self.body, base="L")
        if clinic.phone and not self.large:
            call = [Span(words("Call us: "), colour=MUTED), Span(clinic.phone, Face.BOLD)]
            beside = Row((who, Text(call, self.body.but(align="end"), base="L")), (None, 220), gap=10)
            who = Lower(beside, Stack((who, Text(call, self.body, base="L"))), self.step)
        titled = self._logo(clinic, name)
        first: Block = Stack((titled, Text(when, self.quiet, base="L")))
        if not self.large:
            beside = Row((titled, Text(when, self.quiet.but(align="end"), base="L")), (None, 265), gap=10, centred=True)
            first = Lower(beside, first, max(LOGO_HEIGHT, self.step))
        size = 26 if self.air >= DENSITIES[3].air else 22
        named = Text(title, self.strong.but(size=size, leading=1.25, role="H1"))
        return Stack((first, gap(3), rule(ACCENT, 1.5), self.gap(10), named, self.gap(1), who))

    def _logo(self, clinic: Clinic, name: Block) -> Block:
        picture = readable(clinic.logo)
        if picture is None:
            return name
        height = LOGO_HEIGHT if picture.aspect <= LOGO_WIDTH / LOGO_HEIGHT else LOGO_WIDTH / picture.aspect
        width = height * picture.aspect

        def draw(pen: Pen, x: float, top: float, _: float) -> None:
            with pen.figure(clinic.name, x, top, width, height):
                pen.picture(picture, x, top, width, height)

        logo = Drawing(height, draw)
        return Row((logo, name), (width, None), gap=8, centred=True)

    def main(self, text: str) -> Block:
        """The one main message, boxed."""
        style = self.strong.but(size=15, leading=1.2) if self.tight else self.strong.but(size=16 * self.scale)
        return Panel(Text(text, style), pad_x=16, pad_y=11 * max(self.air, 0.6), edge=ACCENT)


def readable(logo: bytes | None) -> Picture | None:
    """The logo, or None where there is none or it cannot be read any more: a client's sheet does not wait for that."""
    try:
        return Picture(logo) if logo else None
    except Fault:
        return None
