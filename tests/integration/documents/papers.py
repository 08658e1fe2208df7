"""Opens made papers the way any reader would, and says what is in them."""

from __future__ import annotations

from collections.abc import Iterator
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


def fonts_of(paper: bytes) -> Iterator[tuple[str, bool]]:
    """Every font that any page refers to, and whether its file is inside."""
    for page in opened(paper).pages:
        for reference in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = reference.get_object()
            descriptor = font.get("/FontDescriptor")
            yield str(font["/BaseFont"]), descriptor is not None and "/FontFile2" in descriptor.get_object()
