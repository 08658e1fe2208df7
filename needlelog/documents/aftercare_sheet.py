"""The sheet the client takes home: what it says, laid out on at most two pages, in large print on at most four.

The rules it keeps (plain words, one boxed main message, computed days, 14 pt) come from PEMAT, the CDC Clear
Communication Index and the RNIB clear print guide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.aftercare_days import AftercareDays
from needlelog.documents.aftercare_footer import SheetFooter
from needlelog.documents.aftercare_rest import AftercareRest
from needlelog.documents.layout import Block, Page, flow
from needlelog.documents.lines import lines_remembered
from needlelog.documents.pen import PaperInfo, paint, tallest
from needlelog.documents.sheet_style import BAREST, DENSITIES, Density, SheetStyle
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words

PAGE_LIMIT, LARGE_PAGE_LIMIT = 2, 4
FIRST_TRY = 3
"""The place among the densities of what most visits need."""

A_STEP = 26.0
"""About how much a page grows from one density to the next more generous one, in points."""

WHOLE = tuple(density for density in DENSITIES if not density.cut)


def make_aftercare_sheet(sheet: AftercareSheet, words: Words) -> bytes:
    """The sheet as PDF, at least 14 pt, on at most two pages; equal input gives equal bytes.

    Raises ``Fault(CHARACTER_NOT_PRINTABLE)`` before anything is drawn, and ``Fault(PAPER_TOO_LONG)``.
    """
    size = sheet.form.paper or sheet.clinic.page_size
    limit = LARGE_PAGE_LIMIT if sheet.form.large else PAGE_LIMIT
    footer = SheetFooter(sheet, words)
    with lines_remembered():
        pages = _fitted(sheet, words, tallest(size) - footer.height - 8, limit)
    if len(pages) > limit:
        raise Fault(FaultCode.PAPER_TOO_LONG, pages=limit)
    info = PaperInfo(
        size=size,
        title=words("Aftercare"),
        author=sheet.clinic.name,
        language=sheet.texts.language,
        made_at=sheet.timeline.ended_at,
        subject=sheet.texts.template_version,
        content_height=tallest(size),
        grey=sheet.form.grey,
    )
    return paint(info, pages, footer.draw)


def _fitted(sheet: AftercareSheet, words: Words, room: float, limit: int) -> list[Page]:
    """The sheet with the most white space that fits: in large print as it comes, else each part on a page of its own.

    Where a part does not fit one page the whole flows on; of what fits nowhere, the tightest.
    """

    def days(density: Density) -> list[Block]:
        return AftercareDays(sheet, words, SheetStyle(words, density, large=sheet.form.large)).blocks()

    def rest(density: Density) -> list[Block]:
        return AftercareRest(sheet, words, SheetStyle(words, density, large=sheet.form.large)).blocks()

    def whole(density: Density) -> list[Block]:
        return [*days(density), *rest(density)]

    if not sheet.form.large:
        first = _most_generous(days, WHOLE, room, 1)
        second = _most_generous(rest, WHOLE, room, 1) if first else []
        if first and second:
            return [*first, *second]
    return _most_generous(whole, DENSITIES, room, limit) or flow(whole(BAREST), room)


def _most_generous(
    blocks: Callable[[Density], list[Block]], densities: Sequence[Density], room: float, limit: int
) -> list[Page]:
    """The blocks on so many pages with about the most white space that fits, or no page where none does.

    Laying out is what costs time, so the second try is a guess by what was left over or too much at the first.
    """
    place = min(FIRST_TRY, len(densities) - 1)
    pages = flow(blocks(densities[place]), room)
    fitting: list[Page] = []
    if len(pages) <= limit:
        fitting = pages
        place -= int((limit * room - sum(page.used for page in pages)) / (A_STEP * limit))
        last = min(FIRST_TRY, len(densities) - 1)
        for better in range(max(place, 0), last):
            pages = flow(blocks(densities[better]), room)
            if len(pages) <= limit:
                return pages
        return fitting
    for tighter in range(place + 1, len(densities)):
        pages = flow(blocks(densities[tighter]), room)
        if len(pages) <= limit:
            return pages
    return []
