"""The file that pages end up in, and the size of its paper. Lengths are points."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Protocol

from needlelog.documents.fonts import Face, fonts
from needlelog.documents.glyphs import Glyphs
from needlelog.documents.lines import Direction
from needlelog.documents.pen import Pen
from needlelog.documents.tags import Tags
from needlelog.domain.clinic import PageSize

MM = 72 / 25.4
CONTENT_WIDTH = 180 * MM
CONTENT_HEIGHT = 249 * MM
"""What fits on A4 and on Letter alike with margins of at least 15 mm."""

LEAST_MARGIN = 12 * MM
"""How close to the upper and lower edge a paper may come that has much to say: any printer reaches there."""

PDF_VERSION = (1, 7)
"""The first with everything that the structure of a paper is told by."""

LEAFED_THROUGH = 2
"""So many pages need no bookmarks."""

_SIZES = {PageSize.A4: (210 * MM, 297 * MM), PageSize.LETTER: (612.0, 792.0)}


def tallest(size: PageSize) -> float:
    """The height of the content on this paper at the least margin."""
    return _SIZES[size][1] - 2 * LEAST_MARGIN


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
        tags, glyphs = Tags(canvas), Glyphs(canvas)
        mirror = width if info.direction == "R" else None
        for number, page in enumerate(pages, start=1):
            tags.begin_page()
            pen = Pen(canvas, height, grey=info.grey, mirror=mirror, tags=tags, glyphs=glyphs)
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


class _Quickly:
    """Compresses the parts of a file as bytes.

    reportlab's own way adds a text encoding that costs a fifth of time and size; a closer look at what repeats would
    make a sheet smaller by a twentieth and take twice as long.
    """

    pdfname = "FlateDecode"

    def encode(self, content: bytes | str) -> bytes:
        return zlib.compress(content.encode("utf-8") if isinstance(content, str) else content, 1)


def _stamp(canvas: Any, info: PaperInfo) -> None:
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
    document.defaultStreamFilters = [_Quickly()]
    stamp = document._timeStamp
    stamp.t, stamp.lt = made_at.timestamp(), tuple(made_at.timetuple())
    stamp.YMDhms = tuple(made_at.timetuple())[:6]
    stamp.dhh = stamp.dmm = 0
    stamp.tzname = "UTC"
    document.signature = hashlib.md5(repr(info).encode("utf-8"), usedforsecurity=False)
