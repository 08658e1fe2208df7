"""The aftercare sheet against bare reportlab drawing the same text with the same fonts, as one ratio.

Run with ``python -m tests.benchmarks.bench_sheet``; only the ratio means anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from statistics import median
from typing import Any

from needlelog.documents.aftercare_content import sheet_for
from needlelog.documents.aftercare_sheet import make_aftercare_sheet
from needlelog.documents.pen import Pen
from needlelog.i18n import Words
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.builders import a_client, a_clinic, a_full_draft

ROUNDS = 60

Drawn = tuple[str, float, str, float, float]


def in_turns(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float, float]:
    """The middle of each in seconds of processor time and of their ratio; they take turns."""

    def seconds(action: Callable[[], object]) -> float:
        begun = time.process_time()
        action()
        return time.process_time() - begun

    pairs = [(seconds(one), seconds(other)) for _ in range(ROUNDS)]
    return median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs)


def drawn_text(action: Callable[[], object]) -> list[Drawn]:
    """Font, size, text and place of every piece of text that ``action`` draws."""
    seen: list[Drawn] = []
    real = Pen.line_of_text

    def watch(pen: Pen, line: Any, x: float, baseline: float, size: float) -> None:
        for run in line.runs:
            seen.append((run.font.name, size, run.text, x, baseline))
        real(pen, line, x, baseline, size)

    Pen.line_of_text = watch  # type: ignore[method-assign]
    try:
        action()
    finally:
        Pen.line_of_text = real  # type: ignore[method-assign]
    return seen


def bare(pieces: list[Drawn]) -> bytes:
    """The same text by reportlab alone, on one page."""
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, pageCompression=1, invariant=1, initialFontName=pieces[0][0])
    for font, size, text, x, y in pieces:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def main() -> None:
    """Print the ratio."""
    words = Words()
    knowledge = load_knowledge(resources() / "knowledge")
    sheet = sheet_for(a_full_draft(), a_client(), a_clinic(), knowledge, {}, words)
    pieces = drawn_text(lambda: make_aftercare_sheet(sheet, words))
    ours, theirs, ratio = in_turns(lambda: make_aftercare_sheet(sheet, words), lambda: bare(pieces))
    print(f"aftercare sheet / bare reportlab = {ratio:.2f} ({ours * 1000:.1f} ms / {theirs * 1000:.1f} ms, aim 1.5)")


if __name__ == "__main__":
    main()
