"""The one door to reportlab: a page to draw on, a few kinds of blocks, and the flow of blocks over pages.

Every text goes through ``Text``, which draws characters and never reads markup. Lengths are points, measured from the
top left corner of the page downwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal

from needlelog.documents.fonts import Face, fonts
from needlelog.documents.lines import Direction, Line, Span, break_lines
from needlelog.domain.clinic import PageSize

MM = 72 / 25.4
CONTENT_WIDTH = 180 * MM
CONTENT_HEIGHT = 249 * MM
"""What fits on A4 and on Letter alike with margins of at least 15 mm."""

INK = "#17212B"
MUTED = "#55616E"
EDGE = "#7C8894"
HAIRLINE = "#C4CDD6"
TINT = "#EEF4F4"
ACCENT = "#0B6E69"
STOP = "#B3261E"
WHITE = "#FFFFFF"

_SIZES = {PageSize.A4: (210 * MM, 297 * MM), PageSize.LETTER: (612.0, 792.0)}


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; ``size`` in points, ``leading`` as a multiple of it."""

    size: float = 14
    face: Face = Face.REGULAR
    colour: str = INK
    leading: float = 1.3
    align: Literal["start", "centre", "end"] = "start"

    def but(self, **changes: Any) -> Style:
        """The same style with these fields replaced."""
        return replace(self, **changes)


class Pen:
    """Draws on one page; y grows downwards."""

    def __init__(self, canvas: Any, page_height: float) -> None:
        self._canvas = canvas
        self._height = page_height

    def line_of_text(self, line: Line, x: float, baseline: float, size: float) -> None:
        """The characters of ``line`` from ``x`` to the right."""
        text = self._canvas.beginText()
        text.setTextOrigin(x, self._height - baseline)
        for run in line.runs:
            text.setFont(run.font.name, size)
            text.setFillColor(_colour(run.colour))
            text.textOut(run.text)
        self._canvas.drawText(text)

    def stroke(self, points: Sequence[tuple[float, float]], colour: str, width: float, *, closed: bool = False) -> None:
        """A line through ``points`` with round ends."""
        path = self._path(points, closed=closed)
        self._pencil(colour, width)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def fill(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """The area inside ``points``."""
        self._canvas.setFillColor(_colour(colour))
        self._canvas.drawPath(self._path(points, closed=True), stroke=0, fill=1)

    def circle(
        self, x: float, y: float, radius: float, *, fill: str | None = None, edge: str | None = None, width: float = 1
    ) -> None:
        """A circle around (``x``, ``y``)."""
        if edge:
            self._pencil(edge, width)
        if fill:
            self._canvas.setFillColor(_colour(fill))
        self._canvas.circle(x, self._height - y, radius, stroke=int(bool(edge)), fill=int(bool(fill)))

    def arc(
        self, x: float, y: float, radius: float, start_deg: float, extent_deg: float, colour: str, width: float
    ) -> None:
        """Part of a circle, angles counted anticlockwise from the right."""
        self._pencil(colour, width)
        path = self._canvas.beginPath()
        path.arc(x - radius, self._height - y - radius, x + radius, self._height - y + radius, start_deg, extent_deg)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def rectangle(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        line: float = 1,
        radius: float = 0,
    ) -> None:
        """A rectangle, rounded if ``radius`` is given."""
        if edge:
            self._pencil(edge, line)
        if fill:
            self._canvas.setFillColor(_colour(fill))
        bottom = self._height - top - height
        kinds = {"stroke": int(bool(edge)), "fill": int(bool(fill))}
        if radius:
            self._canvas.roundRect(x, bottom, width, height, radius, **kinds)
        else:
            self._canvas.rect(x, bottom, width, height, **kinds)

    def stamp(self, name: str, size: float, draw: Callable[[Pen], None], x: float, y: float) -> None:
        """A sign that recurs: drawn once in the file, around the origin, and put at (``x``, ``y``) each time."""
        form = f"{name}-{size:g}"
        if not self._canvas.hasForm(form):
            self._canvas.beginForm(form, -size, -size, size, size)
            draw(Pen(self._canvas, 0))
            self._canvas.endForm()
        self._canvas.saveState()
        self._canvas.translate(x, self._height - y)
        self._canvas.doForm(form)
        self._canvas.restoreState()

    def image(self, data: bytes, x: float, top: float, width: float, height: float) -> None:
        """A PNG or JPEG drawn into this rectangle."""
        from reportlab.lib.utils import ImageReader

        self._canvas.drawImage(ImageReader(BytesIO(data)), x, self._height - top - height, width, height, mask="auto")

    def _pencil(self, colour: str, width: float) -> None:
        self._canvas.setStrokeColor(_colour(colour))
        self._canvas.setLineWidth(width)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)

    def _path(self, points: Sequence[tuple[float, float]], *, closed: bool) -> Any:
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], self._height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self._height - y)
        if closed:
            path.close()
        return path


@lru_cache(maxsize=32)
def _colour(colour: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(colour)


class Placed:
    """A block that knows its height; ``split`` cuts it where a page ends."""

    height: float = 0
    sticky: bool = False
    """A sticky block does not stay behind as the last one of a page."""
    blank: bool = False
    """Empty space, which no page begins with."""

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw with the top left corner at (``x``, ``top``)."""

    def split(self, room: float) -> tuple[Placed, Placed] | None:
        """What fits into ``room`` and the rest, or None where it cannot be cut."""
        del room
        return None


class Block:
    """Something that can be placed into a width."""

    def place(self, width: float) -> Placed:
        """This block, laid out into ``width``; raises ``Fault(CHARACTER_NOT_PRINTABLE)``."""
        raise NotImplementedError


@dataclass
class _PlacedText(Placed):
    lines: list[Line]
    style: Style
    width: float
    sticky: bool = False

    def __post_init__(self) -> None:
        self.height = len(self.lines) * self.style.size * self.style.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        size = self.style.size
        step = size * self.style.leading
        # Capital height is close to 0.71 em in both families: centre the capitals in their line.
        baseline = top + step / 2 + 0.357 * size
        for line in self.lines:
            pen.line_of_text(line, x + self._indent(line), baseline, size)
            baseline += step

    def _indent(self, line: Line) -> float:
        free = self.width - line.width * self.style.size
        if self.style.align == "centre":
            return free / 2
        return free if (self.style.align == "end") != (line.direction == "R") else 0

    def split(self, room: float) -> tuple[Placed, Placed] | None:
        fitting = int(room / (self.style.size * self.style.leading))
        if fitting < 2 or fitting >= len(self.lines):
            return None
        first = _PlacedText(self.lines[:fitting], self.style, self.width)
        return first, _PlacedText(self.lines[fitting:], self.style, self.width)


@dataclass
class Text(Block):
    """Plain text, or spans of it. ``base`` is the direction; without it the first letter decides."""

    content: str | Sequence[Span]
    style: Style = Style()
    base: Direction | None = None
    sticky: bool = False

    def place(self, width: float) -> Placed:
        spans = (
            [Span(self.content, self.style.face, self.style.colour)] if isinstance(self.content, str) else self.content
        )
        lines = break_lines(spans, width / self.style.size, self.base)
        return _PlacedText(lines, self.style, width, self.sticky)


@dataclass
class _PlacedStack(Placed):
    children: list[Placed]
    gap: float
    splittable: bool
    sticky: bool = False

    def __post_init__(self) -> None:
        self.height = sum(child.height for child in self.children) + self.gap * max(0, len(self.children) - 1)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for child in self.children:
            child.draw(pen, x, top)
            top += child.height + self.gap

    def split(self, room: float) -> tuple[Placed, Placed] | None:
        if not self.splittable:
            return None
        used, count = 0.0, 0
        for child in self.children:
            if used + child.height > room:
                break
            used += child.height + self.gap
            count += 1
        first, rest = self.children[:count], self.children[count:]
        if rest and (pieces := rest[0].split(room - used)):
            first, rest = [*first, pieces[0]], [pieces[1], *rest[1:]]
        while first and first[-1].sticky:
            rest.insert(0, first.pop())
        if not first or not rest:
            return None
        return _PlacedStack(first, self.gap, True), _PlacedStack(rest, self.gap, True)


@dataclass
class Stack(Block):
    """Blocks below one another; cut between pages only if ``splittable``."""

    children: Sequence[Block]
    gap: float = 0
    splittable: bool = False
    sticky: bool = False

    def place(self, width: float) -> Placed:
        return _PlacedStack([child.place(width) for child in self.children], self.gap, self.splittable, self.sticky)


@dataclass
class _PlacedRow(Placed):
    cells: list[tuple[float, Placed]]
    centred: bool

    def __post_init__(self) -> None:
        self.height = max((cell.height for _, cell in self.cells), default=0)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for offset, cell in self.cells:
            cell.draw(pen, x + offset, top + ((self.height - cell.height) / 2 if self.centred else 0))


@dataclass
class Row(Block):
    """Blocks side by side. ``widths`` are points; None shares what is left."""

    cells: Sequence[Block]
    widths: Sequence[float | None]
    gap: float = 0
    centred: bool = False

    def place(self, width: float) -> Placed:
        free = width - self.gap * (len(self.cells) - 1) - sum(each for each in self.widths if each is not None)
        share = free / max(1, sum(1 for each in self.widths if each is None))
        placed: list[tuple[float, Placed]] = []
        offset = 0.0
        for cell, each in zip(self.cells, self.widths, strict=True):
            own = share if each is None else each
            placed.append((offset, cell.place(own)))
            offset += own + self.gap
        return _PlacedRow(placed, self.centred)


@dataclass
class _PlacedDrawing(Placed):
    tall: float
    width: float
    paint: Callable[[Pen, float, float, float], None]

    def __post_init__(self) -> None:
        self.height = self.tall

    def draw(self, pen: Pen, x: float, top: float) -> None:
        self.paint(pen, x, top, self.width)


@dataclass
class Drawing(Block):
    """A piece of vector drawing; ``paint`` gets pen, left, top and width."""

    height: float
    paint: Callable[[Pen, float, float, float], None]

    def place(self, width: float) -> Placed:
        return _PlacedDrawing(self.height, width, self.paint)


@dataclass
class _Gap(Block):
    height: float

    def place(self, width: float) -> Placed:
        del width
        placed = Placed()
        placed.height, placed.blank = self.height, True
        return placed


def gap(height: float) -> Block:
    """Empty space."""
    return _Gap(height)


def rule(colour: str = HAIRLINE, width: float = 0.75) -> Drawing:
    """A thin line over the whole width."""
    return Drawing(width, lambda pen, x, top, w: pen.stroke([(x, top), (x + w, top)], colour, width))


@dataclass
class _PlacedPanel(Placed):
    inner: Placed
    width: float
    panel: Panel

    def __post_init__(self) -> None:
        self.height = self.inner.height + 2 * self.panel.pad_y

    def draw(self, pen: Pen, x: float, top: float) -> None:
        panel = self.panel
        half = panel.line / 2 if panel.edge else 0
        pen.rectangle(
            x + half,
            top + half,
            self.width - 2 * half,
            self.height - 2 * half,
            fill=panel.fill,
            edge=panel.edge,
            line=panel.line,
            radius=panel.radius,
        )
        self.inner.draw(pen, x + panel.pad_x, top + panel.pad_y)


@dataclass
class Panel(Block):
    """A block in a box."""

    child: Block
    pad_x: float = 14
    pad_y: float = 11
    fill: str | None = TINT
    edge: str | None = None
    line: float = 1.5
    radius: float = 8

    def place(self, width: float) -> Placed:
        return _PlacedPanel(self.child.place(width - 2 * self.pad_x), width, self)


@dataclass(frozen=True, slots=True)
class PaperInfo:
    """What the file says of itself. No client's name belongs here."""

    size: PageSize
    title: str
    author: str
    language: str
    made_at: datetime
    subject: str = ""


@dataclass
class Page:
    """The blocks of one page with their distance from the top of the content."""

    blocks: list[tuple[float, Placed]] = field(default_factory=list)
    used: float = 0


def flow(blocks: Sequence[Block], room: float, width: float = CONTENT_WIDTH) -> list[Page]:
    """``blocks`` over as many pages of ``room`` points as they need; nothing is ever cut off or left out."""
    pages = [Page()]
    waiting = [block.place(width) for block in blocks]
    while waiting:
        page = pages[-1]
        block = waiting.pop(0)
        if block.blank and not page.blocks:
            continue
        free = room - page.used
        needed = block.height + (_least(waiting[0]) if block.sticky and waiting else 0)
        if needed <= free + 0.01:
            page.blocks.append((page.used, block))
            page.used += block.height
            continue
        pieces = block.split(free)
        if pieces is None and not page.blocks:
            pieces = _forced(block, room)
        if pieces is None:
            pages.append(Page())
            waiting.insert(0, block)
            continue
        page.blocks.append((page.used, pieces[0]))
        pages.append(Page())
        waiting.insert(0, pieces[1])
    return pages


def _least(block: Placed) -> float:
    return min(block.height, 48)


def _forced(block: Placed, room: float) -> tuple[Placed, Placed]:
    """A block taller than a whole page, cut all the same."""
    if isinstance(block, _PlacedStack):
        loose = _PlacedStack(block.children, block.gap, True)
        if pieces := loose.split(room):
            return pieces
    return block, _PlacedStack([], 0, False)


def paint(info: PaperInfo, pages: Sequence[Page], footer: Callable[[Pen, float, float, int, int], None]) -> bytes:
    """The PDF of ``pages``: equal input gives equal bytes. ``footer`` gets pen, left, bottom, page and page count."""
    from reportlab.pdfgen.canvas import Canvas

    width, height = _SIZES[info.size]
    left, top = (width - CONTENT_WIDTH) / 2, (height - CONTENT_HEIGHT) / 2
    target = BytesIO()
    registered = fonts()
    with registered.drawing:
        canvas: Any = Canvas(
            target,
            pagesize=(width, height),
            pageCompression=1,
            invariant=1,
            initialFontName=registered.chains[Face.REGULAR][0].name,
            lang=info.language,
        )
        _stamp(canvas, info)
        for number, page in enumerate(pages, start=1):
            pen = Pen(canvas, height)
            for offset, block in page.blocks:
                block.draw(pen, left, top + offset)
            footer(pen, left, top + CONTENT_HEIGHT, number, len(pages))
            canvas.showPage()
        canvas.save()
    return target.getvalue()


def _stamp(canvas: Any, info: PaperInfo) -> None:
    canvas.setTitle(info.title)
    canvas.setAuthor(info.author)
    canvas.setSubject(info.subject)
    canvas.setCreator("NeedleLog")
    # reportlab takes its date from the machine or from the environment; a paper's date is the one handed in.
    made_at = info.made_at.astimezone(UTC)
    document = canvas._doc
    stamp = document._timeStamp
    stamp.t, stamp.lt = made_at.timestamp(), tuple(made_at.timetuple())
    stamp.YMDhms = tuple(made_at.timetuple())[:6]
    stamp.dhh = stamp.dmm = 0
    stamp.tzname = "UTC"
    document.signature = hashlib.md5(repr(info).encode("utf-8"), usedforsecurity=False)
