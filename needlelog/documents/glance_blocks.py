"""What the next visit asks first of a signed one: its zones as a numbered picture and list, and what to mind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from needlelog.documents.clinic_paper import BODY, QUIET, STRONG
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Bound, Drawing, Row, Stack, Text, gap
from needlelog.documents.lines import Span, break_lines
from needlelog.documents.numbers import apart
from needlelog.documents.paper_file import CONTENT_WIDTH
from needlelog.documents.pen import ACCENT, INK, MUTED, WHITE, Pen
from needlelog.documents.tables import Labelled, headings, row
from needlelog.documents.zone_picture import View, view
from needlelog.domain.follow_up import FollowUpRecord
from needlelog.domain.reactions import Observation
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.glance import (
    GoneAround,
    ZoneGlance,
    gone_around,
    reasons_given,
    views_that_show,
    zones_at_a_glance,
)

TALL_ALONE, TALL, BETWEEN_VIEWS = 150.0, 118.0, 14.0
"""How high a picture alone or beside others is, and how far apart they are, in points."""

NUMBER, RADIUS = 10.0, 7.0
BESIDE_ONE: tuple[float | None, ...] = (None, 82, 44, 110)
BELOW_MORE: tuple[float | None, ...] = (180, 96, 60, None)
"""Zone, depth, passes, and what was seen: beside one picture, and below several."""


class GlanceBlocks:
    """A signed visit at a glance as blocks; there are none where nothing was needled."""

    def __init__(self, draft: SessionDraft, knowledge: Knowledge, words: Words) -> None:
        self._draft = draft
        self._knowledge = knowledge
        self._words = words
        self._zones = zones_at_a_glance(draft, FollowUpRecord(), knowledge.scales)
        self._numbers = {one.zone: number for number, one in enumerate(self._zones, start=1)}

    def blocks(self) -> Iterator[Block]:
        """The list beside the picture, then what the needle went around and the reasons for going on."""
        if not self._zones:
            return
        shown = views_that_show(tuple(self._numbers), self._knowledge.zones)
        views = [view(each.value) for each in shown]
        alone = len(views) == 1
        listed = list(self._list(BESIDE_ONE if alone else BELOW_MORE))
        if alone:
            picture, width = self._picture(views, TALL_ALONE)
            yield Row((Stack(listed), picture), (None, width), gap=16)
        else:
            if views:
                yield Stack((self._picture(views, TALL)[0], gap(4)), sticky=True)
            yield from listed
        pairs = [*map(self._around, gone_around(self._draft, self._knowledge)), *self._reasons()]
        if pairs:
            yield gap(5)
            yield from Labelled(QUIET, BODY).rows(pairs)

    def _list(self, columns: Sequence[float | None]) -> Iterator[Block]:
        words, table = self._words, object()
        named = (words("Zone"), words("Depth"), words("Passes"), words("At the visit"))
        yield Stack((headings(table, [Text(text, QUIET) for text in named], columns, 8),), sticky=True)
        for one in self._zones:
            low, high = one.depths_mm[0], one.deepest_mm
            zone = [Span(f"{self._numbers[one.zone]}  ", Face.BOLD, ACCENT), Span(self._zone(one.zone), Face.BOLD)]
            cells = (
                Text(zone, STRONG),
                Text(f"{high} mm" if low == high else f"{low}\u2013{high} mm", BODY),
                Text(str(one.passes), BODY),
                Text(self._seen(one), BODY),
            )
            yield Bound(row(table, cells, columns, 8), run=table)

    def _zone(self, zone: str) -> str:
        known = self._knowledge.zones.get(zone)
        return self._words(known.name) if known else zone

    def _seen(self, one: ZoneGlance) -> str:
        if one.at_visit is not None:
            return self._graded(one.at_visit)
        none = self._draft.reactions.none_observed_at is not None
        return self._words("None observed") if none else self._words("Nothing noted")

    def _graded(self, worst: Observation) -> str:
        entry = self._knowledge.reactions.get(worst.reaction)
        scale = self._knowledge.scales.get(worst.scale)
        word = next((each.word for each in scale.grades if each.value == worst.grade), "") if scale else ""
        name = self._words(entry.name) if entry else worst.reaction
        return f"{name} {worst.grade} {self._words(word) if word else ''}".strip()

    def _around(self, one: GoneAround) -> tuple[str, str]:
        zones = ", ".join(self._zone(zone) for zone in one.zones)
        return self._words("Gone around"), f"{self._words(one.what)}: {zones}"

    def _reasons(self) -> Iterator[tuple[str, str]]:
        words = self._words
        for reason, titles in reasons_given(self._draft).items():
            yield words("Gone ahead"), words("{despite}. Reason: {reason}", despite="; ".join(titles), reason=reason)

    def _picture(self, views: Sequence[View], tall: float) -> tuple[Drawing, float]:
        aspects = sum(each.aspect for each in views)
        tall = min(tall, (CONTENT_WIDTH - BETWEEN_VIEWS * (len(views) - 1)) / aspects)
        width = tall * aspects + BETWEEN_VIEWS * (len(views) - 1)
        told = ", ".join(f"{number} {self._zone(zone)}" for zone, number in self._numbers.items())
        alt = self._words("Zones treated: {zones}", zones=told)

        def draw(pen: Pen, x: float, top: float, _room: float) -> None:
            with pen.figure(alt, x, top, width, tall):
                for each in views:
                    _draw_view(pen, each, self._numbers, x, top, tall / each.box[3])
                    x += each.aspect * tall + BETWEEN_VIEWS

        return Drawing(tall + 2, draw), width


def _draw_view(pen: Pen, drawn: View, numbers: Mapping[str, int], x: float, top: float, scale: float) -> None:
    pen.shapes(drawn.with_zones(numbers), drawn.box, x, top, scale)
    left, upper = drawn.box[0], drawn.box[1]
    shown = [zone for zone in numbers if zone in drawn.labels]
    places = [drawn.labels[zone] for zone in shown]
    anchors = [(x + (across - left) * scale, top + (down - upper) * scale) for across, down in places]
    centres = apart(anchors, 2 * RADIUS + 1)
    for anchor, centre in zip(anchors, centres, strict=True):
        if max(abs(anchor[0] - centre[0]), abs(anchor[1] - centre[1])) > RADIUS / 2:
            pen.stroke([anchor, centre], MUTED, 0.6)
    for zone, (across, down) in zip(shown, centres, strict=True):
        pen.circle(across, down, RADIUS, fill=WHITE, edge=INK, width=0.6)
        line = break_lines([Span(str(numbers[zone]), Face.BOLD, INK)], 10)[0]
        pen.line_of_text(line, across - line.width * NUMBER / 2, down + 0.357 * NUMBER, NUMBER)
