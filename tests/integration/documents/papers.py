"""Opens made papers the way any reader would, and says what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Piece:
    """One drawn piece of text with its place (points from the lower left corner) and size."""

    page: int
    text: str
    x: float
    y: float
    size: float


def opened(paper: bytes) -> PdfReader:
    return PdfReader(BytesIO(paper))


def text_of(paper: bytes) -> str:
    """All text, page by page, with runs of blanks and line ends as one blank."""
    return " ".join(" ".join(page.extract_text() for page in opened(paper).pages).split())


def pieces(paper: bytes) -> list[Piece]:
    found: list[Piece] = []
    for number, page in enumerate(opened(paper).pages, start=1):

        def visit(text: str, cm: Any, tm: Any, font: Any, size: float, number: int = number) -> None:
            if text.strip():
                found.append(Piece(number, text, tm[4] + cm[4], tm[5] + cm[5], size * tm[0]))

        page.extract_text(visitor_text=visit)
    return found


def drawn_lines(paper: bytes) -> Iterator[str]:
    """Each line by the places of its characters from left to right, in the order in which the lines are drawn.

    A reader of text guesses at the order of what is written from right to left; this one does not.
    """
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(paper)
    x, y = c_double(), c_double()
    for page in document:
        text = page.get_textpage()
        line: list[tuple[float, int, str]] = []
        level = 0.0
        for place in range(text.count_chars()):
            if raw.FPDFText_IsGenerated(text.raw, place) == 1:
                continue
            raw.FPDFText_GetCharOrigin(text.raw, place, x, y)
            if line and abs(y.value - level) > 0.5:
                yield "".join(character for _, _, character in sorted(line))
                line = []
            level = y.value
            # Two letters that are one sign stand at one place, the first of them on the right.
            line.append((round(x.value, 2), -place, chr(raw.FPDFText_GetUnicode(text.raw, place))))
        yield "".join(character for _, _, character in sorted(line))
    document.close()


def fonts_of(paper: bytes) -> Iterator[tuple[str, bool]]:
    """Every font that any page refers to, and whether its file is inside."""
    for page in opened(paper).pages:
        for reference in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = reference.get_object()
            descriptor = font.get("/FontDescriptor")
            yield str(font["/BaseFont"]), descriptor is not None and "/FontFile2" in descriptor.get_object()
