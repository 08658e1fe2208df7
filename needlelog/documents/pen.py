"""The one door to reportlab: a page to draw on, and the file it ends up in.

Text is drawn character by character and never read as markup. Lengths are points, measured from the top left corner of
the page downwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any, Protocol

from needlelog.documents.fonts import Face, Font, fonts
from needlelog.documents.lines import Direction, Line
from needlelog.documents.pictures import Jpeg, Picture
from needlelog.documents.tags import Tags
from needlelog.domain.clinic import PageSize

MM = 72 / 25.4
CONTENT_WIDTH = 180 * MM
CONTENT_HEIGHT = 249 * MM
"""What fits on A4 and on Letter alike with margins of at least 15 mm."""

LEAST_MARGIN = 12 * MM
"""How close to the upper and lower edge a paper may come that has much to say: any printer reaches there."""

INK = "#17212B"
MUTED = "#55616E"
EDGE = "#7C8894"
HAIRLINE = "#C4CDD6"
TINT = "#EEF4F4"
ACCENT = "#0B6E69"
STOP = "#B3261E"
WHITE = "#FFFFFF"

PDF_VERSION = (1, 7)
"""The first with everything that the structure of a paper is told by."""

LEAFED_THROUGH = 2
"""So many pages need no bookmarks."""

_SIZES = {PageSize.A4: (210 * MM, 297 * MM), PageSize.LETTER: (612.0, 792.0)}


def tallest(size: PageSize) -> float:
    """The height of the content on this paper at the least margin."""
    return _SIZES[size][1] - 2 * LEAST_MARGIN


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed or open path in the operators of PDF, with how it is filled and edged."""

    path: str
    fill: str | None = None
    edge: str | None = None
    line: float = 0.5


class Pen:
    """Draws on one page; x grows from the side at which a line begins, y downwards.

    On a paper that is read from right to left that is the right side: whatever is put somewhere stands as in a mirror,
    while text, drawings, pictures and codes themselves stay as they are.
    """

    def __init__(
        self,
        canvas: Any,
        page_height: float,
        *,
        grey: bool = False,
        mirror: float | None = None,
        tags: Tags | None = None,
    ) -> None:
        self._canvas = canvas
        self._tags = tags
        self._mirror = mirror
        """The width of a page that is read from right to left."""
        self.direction: Direction = "L" if mirror is None else "R"
        self._height = page_height
        self._colour = _grey if grey else _colour
        self._grey = grey
        self._inked = ""
        """What text and areas are filled with now: a page remembers it, so it is written only where it changes."""

    def line_of_text(self, line: Line, x: float, baseline: float, size: float) -> None:
        """The characters of ``line`` on the room that begins at ``x``."""
        self._decorate()
        y = self._height - baseline
        if self._mirror is not None:
            x = self._mirror - x - line.width * size
        parts = ["BT"]
        for run in line.runs:
            if run.colour != self._inked:
                parts.append(f"{self._colour(run.colour)} rg")
                self._inked = run.colour
            piece = self._piece(run.font, run.text, size, x, y)
            parts.append(
                f"2 Tr {_THICKER * size:.3f} w {self._colour(run.colour)} RG {piece} 0 Tr" if run.heavy else piece
            )
            parts += [
                self._piece(run.font, mark.character, size, x + mark.right * size, y + mark.up * size)
                for mark in run.marks
            ]
            x += run.width * size
        # As one literal: reportlab's text object measures each piece anew and writes each number by hand.
        self._canvas.addLiteral(" ".join([*parts, "ET"]))

    def mirrored_around(self, x: float) -> Pen:
        """A pen for this page that draws as in a mirror standing at ``x``."""
        return Pen(self._canvas, self._height, grey=self._grey, mirror=2 * x, tags=self._tags)

    # what it is that is drawn

    def begin(self, role: str, key: object, said: str, language: str = "", *, reordered: bool = False) -> None:
        """What comes now, until ``end``, is a heading, a paragraph or an item of a list that says ``said``.

        With the ``key`` of an earlier page it is more of that. ``reordered`` letters are drawn in another order.
        """
        if self._tags is not None:
            self._tags.begin(role, key, said=said, language=language, spoken=said if reordered else "")

    def end(self) -> None:
        """What was begun last ends here."""
        if self._tags is not None:
            self._tags.end()

    @contextmanager
    def group(self, role: str, key: object) -> Iterator[None]:
        """What is drawn within belongs together, as the items of a list."""
        if self._tags is not None:
            self._tags.enter(role, key)
        yield
        if self._tags is not None:
            self._tags.leave()

    @contextmanager
    def figure(self, alt: str) -> Iterator[None]:
        """What is drawn within is one picture that says ``alt``."""
        if self._tags is not None:
            self._tags.begin("Figure", None, alt=alt)
        yield
        self.end()

    def _decorate(self) -> None:
        if self._tags is not None:
            self._tags.decorate()

    def _left(self, x: float, width: float) -> float:
        """The left edge on paper of what begins at ``x`` and is ``width`` wide."""
        return x if self._mirror is None else self._mirror - x - width

    def _piece(self, font: Font, text: str, size: float, x: float, y: float) -> str:
        """The operators for one piece of text, in the glyphs that this file holds of its font."""
        document = self._canvas._doc
        shown = [
            f"{font.face.getSubsetInternalName(subset, document)} {size:g} Tf <{codes.hex()}> Tj"
            for subset, codes in font.face.splitString(text, document)
        ]
        return f"1 0 0 1 {x:.3f} {y:.3f} Tm {' '.join(shown)}"

    def stroke(self, points: Sequence[tuple[float, float]], colour: str, width: float, *, closed: bool = False) -> None:
        """A line through ``points`` with round ends."""
        self._pencil(colour, width)
        self._canvas.addLiteral(f"{self._path(points)} {'s' if closed else 'S'}")

    def fill(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """The area inside ``points``."""
        self._ink(colour)
        self._canvas.addLiteral(f"{self._path(points)} f")

    def circle(
        self, x: float, y: float, radius: float, *, fill: str | None = None, edge: str | None = None, width: float = 1
    ) -> None:
        """A circle around (``x``, ``y``)."""
        if edge:
            self._pencil(edge, width)
        if fill:
            self._ink(fill)
        left = self._left(x - radius, 2 * radius)
        path = _rounded(left, self._height - y - radius, 2 * radius, 2 * radius, radius)
        self._canvas.addLiteral(f"{path} {_PAINTED[bool(fill), bool(edge)]}")

    def arc(
        self, x: float, y: float, radius: float, start_deg: float, extent_deg: float, colour: str, width: float
    ) -> None:
        """Part of a circle, angles counted anticlockwise from the right."""
        self._pencil(colour, width)
        x = self._left(x, 0)
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
            self._ink(fill)
        x, bottom = self._left(x, width), self._height - top - height
        path = (
            _rounded(x, bottom, width, height, radius)
            if radius
            else f"{x:.3f} {bottom:.3f} {width:.3f} {height:.3f} re"
        )
        self._canvas.addLiteral(f"{path} {_PAINTED[bool(fill), bool(edge)]}")

    def stamp(self, name: str, size: float, draw: Callable[[Pen], None], x: float, y: float) -> None:
        """A sign that recurs: drawn once in the file, around the origin, and put at (``x``, ``y``) each time."""
        form = f"{name}-{size:g}"
        if not self._canvas.hasForm(form):
            self._canvas.beginForm(form, -size, -size, size, size)
            draw(Pen(self._canvas, 0, grey=self._grey))
            self._canvas.endForm()
        self._decorate()
        # By literals: reportlab would copy its whole state aside for each of some fifty signs on a paper.
        self._canvas.addLiteral(f"q 1 0 0 1 {self._left(x, 0):.3f} {self._height - y:.3f} cm")
        self._canvas.doForm(form)
        self._canvas.addLiteral("Q")

    def picture(self, picture: Picture, x: float, top: float, width: float, height: float) -> None:
        """A picture drawn into this rectangle."""
        self._decorate()
        reader = picture.grey_reader if self._grey else picture.reader
        self._canvas.drawImage(reader, self._left(x, width), self._height - top - height, width, height, mask="auto")

    def photo(self, photo: Jpeg, x: float, top: float, width: float, height: float) -> None:
        """A photo drawn into this rectangle."""
        self._decorate()
        name = photo.put_into(self._canvas)
        left, bottom = self._left(x, width), self._height - top - height
        self._canvas.addLiteral(f"q {width:.3f} 0 0 {height:.3f} {left:.3f} {bottom:.3f} cm /{name} Do Q")

    def shapes(
        self, shapes: Sequence[Shape], box: tuple[float, float, float, float], x: float, top: float, scale: float
    ) -> None:
        """Shapes in units of their own, y downwards, what lies within ``box`` (left, top, width, height) of them."""
        self._decorate()
        left, upper, width, height = box
        x = self._left(x, width * scale)
        lines = [
            f"q {scale:.5f} 0 0 {-scale:.5f} {x - left * scale:.3f} {self._height - top + upper * scale:.3f} cm",
            f"{left:g} {upper:g} {width:g} {height:g} re W n 1 j 1 J",
        ]
        for shape in shapes:
            if shape.fill:
                lines.append(f"{self._colour(shape.fill)} rg")
            if shape.edge:
                lines.append(f"{self._colour(shape.edge)} RG {shape.line / scale:.2f} w")
            lines.append(shape.path)
            lines.append("B" if shape.fill and shape.edge else "f" if shape.fill else "S")
        self._canvas.addLiteral("\n".join([*lines, "Q"]))

    def square_code(self, text: str, x: float, top: float, size: float) -> None:
        """A QR code of ``text`` that a phone's camera reads, ``size`` wide without the white around it."""
        path, count = _square_code(text)
        self.shapes((Shape(path, fill=INK),), (0, 0, count, count), x, top, size / count)

    def _ink(self, colour: str) -> None:
        self._decorate()
        if colour != self._inked:
            self._canvas.addLiteral(f"{self._colour(colour)} rg")
            self._inked = colour

    def _pencil(self, colour: str, width: float) -> None:
        self._decorate()
        self._canvas.addLiteral(f"{self._colour(colour)} RG {width:.3f} w 1 J 1 j")

    def _path(self, points: Sequence[tuple[float, float]]) -> str:
        if self._mirror is not None:
            points = [(self._mirror - x, y) for x, y in points]
        steps = [f"{x:.3f} {self._height - y:.3f} {'l' if place else 'm'}" for place, (x, y) in enumerate(points)]
        return " ".join(steps)


_PAINTED = {(True, True): "b", (True, False): "f", (False, True): "s", (False, False): "n"}
"""The operator that ends a path, by whether it is filled and edged."""

_THICKER = 0.03
"""How wide the edge is drawn on letters whose font has no bold face, in em."""

_CIRCLE = 0.5523
"""How far along its radius a quarter of a circle pulls as a Bezier curve."""


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a rectangle with round corners, anticlockwise from the lower left."""
    right, top, pull = x + width, y + height, radius * (1 - _CIRCLE)
    steps = (
        (x + radius, y, "m"),
        (right - radius, y, "l"),
        (right - pull, y, right, y + pull, right, y + radius, "c"),
        (right, top - radius, "l"),
        (right, top - pull, right - pull, top, right - radius, top, "c"),
        (x + radius, top, "l"),
        (x + pull, top, x, top - pull, x, top - radius, "c"),
        (x, y + radius, "l"),
        (x, y + pull, x + pull, y, x + radius, y, "c"),
    )
    return " ".join(
        " ".join(f"{each:.3f}" if isinstance(each, float | int) else each for each in step) for step in steps
    )


@lru_cache(maxsize=32)
def _colour(colour: str) -> str:
    """A colour as PDF writes it."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


@lru_cache(maxsize=32)
def _grey(colour: str) -> str:
    """The grey of the same brightness; a tint of the ground becomes white, which no printer breaks into dots."""
    if colour == TINT:
        return _colour(WHITE)
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    shade = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return _colour(f"#{shade:02X}{shade:02X}{shade:02X}")


@lru_cache(maxsize=4)
def _square_code(text: str) -> tuple[str, int]:
    """The dark squares of a QR code as one path, one unit a square, and how many stand in a row."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    made: Any = QRCode(None, QRErrorCorrectLevel.M)
    made.addData(text)
    made.make()
    count = made.getModuleCount()
    path: list[str] = []
    for row in range(count):
        start: int | None = None
        for column in range(count + 1):
            dark = column < count and made.isDark(row, column)
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.append(f"{start} {row} {column - start} 1 re")
                start = None
    return "\n".join(path), count


class Drawn(Protocol):
    """A laid-out page."""

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw with the content's top left corner at (``left``, ``top``)."""
        ...


@dataclass(frozen=True, slots=True)
class PaperInfo:
    """What the file says of itself. No client's name belongs here."""

    size: PageSize
    title: str
    author: str
    language: str
    made_at: datetime
    subject: str = ""
    keywords: str = ""
    content_height: float = CONTENT_HEIGHT
    grey: bool = False
    direction: Direction = "L"
    """The side from which it is read: a paper from right to left is laid out as in a mirror."""

    bookmarks: tuple[tuple[int, str], ...] = ()
    """Page and title, for papers that are too long to leaf through."""


def paint(
    info: PaperInfo,
    pages: Sequence[Drawn],
    footer: Callable[[Pen, float, float, int, int], None],
    breathe: Callable[[], None] = lambda: None,
) -> bytes:
    """The PDF of ``pages``: equal input gives equal bytes. ``footer`` gets pen, left, bottom, page and page count.

    ``breathe`` is called after each page; what it raises ends the painting.
    """
    from reportlab.pdfgen.canvas import Canvas

    width, height = _SIZES[info.size]
    left, top = (width - CONTENT_WIDTH) / 2, (height - info.content_height) / 2
    target = BytesIO()
    registered = fonts()
    with registered.drawing:
        canvas: Any = Canvas(
            target,
            pagesize=(width, height),
            pageCompression=0,
            invariant=1,
            pdfVersion=PDF_VERSION,
            initialFontName=registered.chains[Face.REGULAR][0].name,
            lang=info.language,
        )
        _stamp(canvas, info)
        tags = Tags(canvas)
        for number, page in enumerate(pages, start=1):
            tags.begin_page()
            pen = Pen(canvas, height, grey=info.grey, mirror=width if info.direction == "R" else None, tags=tags)
            page.draw(pen, left, top)
            tags.begin_paging()
            footer(pen, left, top + info.content_height, number, len(pages))
            tags.end_page()
            _mark_headings(canvas, tags, number, wanted=len(pages) > LEAFED_THROUGH and not info.bookmarks)
            for place, title in (each for each in info.bookmarks if each[0] == number):
                canvas.bookmarkPage(f"page-{place}")
                canvas.addOutlineEntry(title, f"page-{place}")
            canvas.showPage()
            breathe()
        tags.announce()
        canvas.save()
        saved = target.getvalue()
    return tags.complete(saved)


def _mark_headings(canvas: Any, tags: Tags, number: int, *, wanted: bool) -> None:
    """Bookmarks for the headings of this page, where the paper is too long to leaf through."""
    for place, heading in enumerate(tags.headings if wanted else ()):
        name = f"heading-{number}-{place}"
        canvas.bookmarkPage(name)
        canvas.addOutlineEntry(heading.title, name)
        canvas.showOutline()


def _stamp(canvas: Any, info: PaperInfo) -> None:
    from reportlab.pdfbase.pdfdoc import PDFZCompress

    canvas.setTitle(info.title)
    canvas.setAuthor(info.author)
    canvas.setSubject(info.subject)
    canvas.setKeywords(info.keywords)
    canvas.setCreator("NeedleLog")
    # A reader aloud says the title and not the name of the file.
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if info.bookmarks:
        canvas.showOutline()
    # reportlab takes its date from the machine or from the environment; a paper's date is the one handed in.
    made_at = info.made_at.astimezone(UTC)
    document = canvas._doc
    # Compressed as bytes: reportlab's own way adds a text encoding that costs a fifth of time and size.
    document.defaultStreamFilters = [PDFZCompress]
    stamp = document._timeStamp
    stamp.t, stamp.lt = made_at.timestamp(), tuple(made_at.timetuple())
    stamp.YMDhms = tuple(made_at.timetuple())[:6]
    stamp.dhh = stamp.dmm = 0
    stamp.tzname = "UTC"
    document.signature = hashlib.md5(repr(info).encode("utf-8"), usedforsecurity=False)
