"""The one door to reportlab: a page to draw on, and the file it ends up in.

Text is drawn character by character and never read as markup. Lengths are points, measured from the top left corner of
the page downwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any, Protocol

from needlelog.documents.fonts import Face, fonts
from needlelog.documents.lines import Line
from needlelog.domain.clinic import PageSize
from needlelog.errors import Fault, FaultCode

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


class Pen:
    """Draws on one page; y grows downwards."""

    def __init__(self, canvas: Any, page_height: float) -> None:
        self._canvas = canvas
        self._height = page_height
        self._inked = ""
        """What text and areas are filled with now: a page remembers it, so it is written only where it changes."""

    def line_of_text(self, line: Line, x: float, baseline: float, size: float) -> None:
        """The characters of ``line`` from ``x`` to the right."""
        text = self._canvas.beginText()
        text.setTextOrigin(x, self._height - baseline)
        for run in line.runs:
            text.setFont(run.font.name, size)
            self._ink(run.colour, text)
            text.textOut(run.text)
            for mark in run.marks:
                text.setTextOrigin(x + mark.right * size, self._height - baseline + mark.up * size)
                text.textOut(mark.character)
            x += run.width * size
            if run.marks:
                text.setTextOrigin(x, self._height - baseline)
        self._canvas.drawText(text)

    def stroke(self, points: Sequence[tuple[float, float]], colour: str, width: float, *, closed: bool = False) -> None:
        """A line through ``points`` with round ends."""
        path = self._path(points, closed=closed)
        self._pencil(colour, width)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def fill(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """The area inside ``points``."""
        self._ink(colour, self._canvas)
        self._canvas.drawPath(self._path(points, closed=True), stroke=0, fill=1)

    def circle(
        self, x: float, y: float, radius: float, *, fill: str | None = None, edge: str | None = None, width: float = 1
    ) -> None:
        """A circle around (``x``, ``y``)."""
        if edge:
            self._pencil(edge, width)
        if fill:
            self._ink(fill, self._canvas)
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
            self._ink(fill, self._canvas)
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
        # By hand: reportlab would copy its whole state aside for each of some fifty signs on a paper.
        self._canvas._code.append(f"q 1 0 0 1 {x:.3f} {self._height - y:.3f} cm")
        self._canvas.doForm(form)
        self._canvas._code.append("Q")

    def picture(self, picture: Picture, x: float, top: float, width: float, height: float) -> None:
        """A picture drawn into this rectangle."""
        self._canvas.drawImage(picture.reader, x, self._height - top - height, width, height, mask="auto")

    def _ink(self, colour: str, target: Any) -> None:
        if colour != self._inked:
            target.setFillColor(_colour(colour))
            self._inked = colour

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


class Picture:
    """A PNG or JPEG, decoded whole; raises ``Fault(PHOTO_UNREADABLE)``."""

    def __init__(self, data: bytes) -> None:
        from PIL import Image, UnidentifiedImageError
        from reportlab.lib.utils import ImageReader

        try:
            image = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
            image.load()
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise Fault(FaultCode.PHOTO_UNREADABLE) from error
        self.aspect = image.width / image.height
        self.reader: Any = ImageReader(image)


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


def paint(info: PaperInfo, pages: Sequence[Drawn], footer: Callable[[Pen, float, float, int, int], None]) -> bytes:
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
            pageCompression=0,
            invariant=1,
            initialFontName=registered.chains[Face.REGULAR][0].name,
            lang=info.language,
        )
        _stamp(canvas, info)
        for number, page in enumerate(pages, start=1):
            pen = Pen(canvas, height)
            page.draw(pen, left, top)
            footer(pen, left, top + CONTENT_HEIGHT, number, len(pages))
            canvas.showPage()
        canvas.save()
    return target.getvalue()


def _stamp(canvas: Any, info: PaperInfo) -> None:
    from reportlab.pdfbase.pdfdoc import PDFZCompress

    canvas.setTitle(info.title)
    canvas.setAuthor(info.author)
    canvas.setSubject(info.subject)
    canvas.setCreator("NeedleLog")
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
