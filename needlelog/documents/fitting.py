"""A sheet on no more pages than it may have, with about the most white space that fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from needlelog.documents.layout import Block
from needlelog.documents.pages import Page, flow
from needlelog.documents.sheet_style import Density

FIRST_TRY = 3
"""The place among the densities of what most sheets need, where nothing else is known of it."""

A_STEP = 26.0
"""About how much a page grows from one density to the next more generous one, in points."""


def most_generous(
    blocks: Callable[[Density], list[Block]],
    densities: Sequence[Density],
    room: float,
    limit: int,
    first_try: int = FIRST_TRY,
) -> list[Page]:
    """The blocks on at most ``limit`` pages of ``room`` points, or no page where not even the tightest fits.

    Laying out is what costs time, so the second try is a guess by what was left over at the first.
    """
    first = min(first_try, len(densities) - 1)
    pages = flow(blocks(densities[first]), room)
    if len(pages) <= limit:
        spare = limit * room - sum(page.used for page in pages)
        for better in range(max(0, first - int(spare / (A_STEP * limit))), first):
            airier = flow(blocks(densities[better]), room)
            if len(airier) <= limit:
                return airier
        return pages
    for tighter in densities[first + 1 :]:
        pages = flow(blocks(tighter), room)
        if len(pages) <= limit:
            return pages
    return []
