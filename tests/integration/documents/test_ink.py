"""Colours on paper: each area and each text has its own, whatever was drawn before it and on whichever page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pypdfium2

from needlelog.documents import icons
from needlelog.documents.fonts import Face
from needlelog.documents.lines import Span, break_lines
from needlelog.documents.paper_file import PaperInfo, paint
from needlelog.documents.pen import ACCENT, INK, STOP, Pen
from needlelog.domain.clinic import PageSize

BLOCK = "\u2588"
"""A letter that is all ink, so that its colour can be read from a picture."""


@dataclass
class _Sheet:
    """Blocks of ink below one another in these colours, a sign between each two."""

    colours: tuple[str, ...]

    def draw(self, pen: Pen, left: float, top: float) -> None:
        for row, colour in enumerate(self.colours):
            at = top + row * 40
            pen.line_of_text(break_lines([Span(BLOCK, Face.REGULAR, colour)], 100)[0], left, at + 20, 20)
            pen.rectangle(left + 60, at, 20, 20, fill=colour)
            icons.put(icons.do, pen, left + 200, at + 10, 20)


def _hex(pixel: tuple[int, ...]) -> str:
    return "#" + "".join(f"{part:02X}" for part in pixel[:3])


def test_every_text_and_area_has_the_colour_it_was_given() -> None:
    pages = (_Sheet((INK, INK, STOP, INK)), _Sheet((INK, ACCENT, ACCENT)))
    info = PaperInfo(PageSize.A4, "Colours", "Clinic", "en", datetime(2026, 11, 20, 12, tzinfo=UTC))
    lefts: list[float] = []
    pdf = paint(info, pages, lambda _pen, left, bottom, *_: lefts.extend((left, bottom)))
    left, top = lefts[0], lefts[1] - 249 * 72 / 25.4
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, sheet in enumerate(pages):
            picture = document[number].render(scale=2).to_pil()
            found = [
                tuple(
                    _hex(picture.getpixel((round(2 * (left + x)), round(2 * (top + row * 40 + 12))))) for x in (6, 70)
                )
                for row in range(len(sheet.colours))
            ]
            assert found == [(colour, colour) for colour in sheet.colours]
    finally:
        document.close()
