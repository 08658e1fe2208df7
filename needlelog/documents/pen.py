"""A page to draw on.

Text is drawn character by character and never read as markup. Lengths are points, measured from the top left corner of
the page downwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from needlelog.documents.glyphs import Glyphs
from needlelog.documents.lines import Direction, Line
from needlelog.documents.paths import rounded, square_code
from needlelog.documents.pdf_objects import written
from needlelog.documents.pictures import Jpeg, Picture
from needlelog.documents.tags import Tags

INK = "#17212B"
MUTED = "#55616E"
EDGE = "#7C8894"
HAIRLINE = "#C4CDD6"
TINT = "#EEF4F4"
ACCENT = "#0B6E69"
STOP = "#B3261E"
WHITE = "#FFFFFF"

_THICKER = 0.03
"""How wide the edge is drawn on letters whose font has no bold face, in em."""


Stamp = Callable[["Pen", float, float, float], None]
"""Draws a sign around a point in a given size, without text."""


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
        glyphs: Glyphs | None = None,
    ) -> None:
        self._canvas = canvas
        self._glyphs = glyphs or Glyphs(canvas)
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
            piece = f"1 0 0 1 {x:.3f} {y:.3f} Tm {self._glyphs.shown(run.font, run.text, size)}"
            parts.append(
                f"2 Tr {_THICKER * size:.3f} w {self._colour(run.colour)} RG {piece} 0 Tr" if run.heavy else piece
            )
            for mark in run.marks:
                across, up = x + mark.right * size, y + mark.up * size
                shown = self._glyphs.shown(run.font, mark.character, size)
                parts.append(f"1 0 0 1 {across:.3f} {up:.3f} Tm {shown}")
            x += run.width * size
        # As one literal: reportlab's text object measures each piece anew and writes each number by hand.
        self._canvas.addLiteral(" ".join([*parts, "ET"]))

    def mirrored_around(self, x: float) -> Pen:
        """A pen for this page that draws as in a mirror standing at ``x``."""
        return Pen(self._canvas, self._height, grey=self._grey, mirror=2 * x, tags=self._tags, glyphs=self._glyphs)

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
    def group(self, role: str, key: object, scope: str = "") -> Iterator[None]:
        """What is drawn within belongs together, as the items of a list; ``scope`` is what a cell is the heading of."""
        if self._tags is not None:
            self._tags.enter(role, key, f"/O /Table /Scope /{scope}" if scope else "")
        yield
        if self._tags is not None:
            self._tags.leave()

    @contextmanager
    def figure(self, alt: str, x: float, top: float, width: float, height: float) -> Iterator[None]:
        """What is drawn within is one picture that says ``alt``, in this rectangle."""
        if self._tags is not None:
            left, bottom = self._left(x, width), self._height - top - height
            box = f"{left:.1f} {bottom:.1f} {left + width:.1f} {bottom + height:.1f}"
            self._tags.begin("Figure", None, alt=alt, attributes=f"/O /Layout /Placement /Block /BBox [{box}]")
        yield
        self.end()

    def _decorate(self) -> None:
        if self._tags is not None:
            self._tags.decorate()

    def _left(self, x: float, width: float) -> float:
        """The left edge on paper of what begins at ``x`` and is ``width`` wide."""
        return x if self._mirror is None else self._mirror - x - width

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
        path = rounded(left, self._height - y - radius, 2 * radius, 2 * radius, radius)
        self._canvas.addLiteral(f"{path} {_PAINTED[bool(fill), bool(edge)]}")

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
            rounded(x, bottom, width, height, radius) if radius else f"{x:.3f} {bottom:.3f} {width:.3f} {height:.3f} re"
        )
        self._canvas.addLiteral(f"{path} {_PAINTED[bool(fill), bool(edge)]}")

    def stamp(self, name: str, size: float, draw: Stamp, x: float, y: float) -> None:
        """A sign that recurs: drawn once in the file, around the origin, and put at (``x``, ``y``) each time."""
        form, document = f"{name}-{size:g}", self._canvas._doc
        if not self._canvas.hasForm(form):
            document.addForm(form, written(_stamped(draw, size, grey=self._grey)))
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
        path, count = square_code(text)
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


class _Sketch:
    """Takes down what a pen writes."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self.addLiteral = self.operators.append


@lru_cache(maxsize=64)
def _stamped(draw: Stamp, size: float, *, grey: bool) -> bytes:
    """A sign as a form around the origin. By hand: reportlab lists all fonts and pictures of the file in each."""
    sketch = _Sketch()
    draw(Pen(sketch, 0, grey=grey), 0, 0, size)
    content = "\n".join(sketch.operators)
    head = f"<< /Type /XObject /Subtype /Form /FormType 1 /BBox [ {-size:g} {-size:g} {size:g} {size:g} ]"
    whole = f"{head} /Resources << >> /Length {len(content)} >>\nstream\n{content}\nendstream"
    return whole.encode("ascii")


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
