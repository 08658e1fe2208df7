"""The sheet the client takes home: what it says, laid out on at most two pages.

The rules it keeps (plain words, one boxed main message, computed days, 14 pt) come from PEMAT, the CDC Clear
Communication Index and the RNIB clear print guide.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from needlelog.documents.aftercare_blocks import BAREST, DENSITIES, Density, SheetBlocks
from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.aftercare_footer import SheetFooter
from needlelog.documents.layout import Block, Page, flow
from needlelog.documents.lines import lines_remembered
from needlelog.documents.pen import CONTENT_HEIGHT, PaperInfo, paint
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words

PAGE_LIMIT = 2


def make_aftercare_sheet(sheet: AftercareSheet, words: Words) -> bytes:
    """The sheet as PDF, at least 14 pt, on at most two pages; equal input gives equal bytes.

    Raises ``Fault(CHARACTER_NOT_PRINTABLE)`` before anything is drawn, and ``Fault(PAPER_TOO_LONG)``.
    """
    footer = SheetFooter(sheet, words)
    room = CONTENT_HEIGHT - footer.height - 8

    with lines_remembered():
        pages = _one_page(lambda density: SheetBlocks(sheet, words, density).days(), room)
        pages += _one_page(lambda density: SheetBlocks(sheet, words, density).rest(), room) if pages else []
        if len(pages) != PAGE_LIMIT:
            for density in (DENSITIES[-1], BAREST):
                tightest = SheetBlocks(sheet, words, density)
                pages = flow([*tightest.days(), *tightest.rest()], room)
                if len(pages) <= PAGE_LIMIT:
                    break
    if len(pages) > PAGE_LIMIT:
        raise Fault(FaultCode.PAPER_TOO_LONG, pages=PAGE_LIMIT)
    info = PaperInfo(
        size=sheet.clinic.page_size,
        title=words("Aftercare"),
        author=sheet.clinic.name,
        language=sheet.texts.language,
        made_at=sheet.timeline.ended_at,
        subject=sheet.texts.template_version,
    )
    return paint(info, pages, footer.draw)


def _one_page(blocks: Callable[[Density], list[Block]], room: float) -> list[Page]:
    """The blocks on a page of their own with the most white space that fits, or no page where none does."""
    tried: dict[Density, list[Page]] = {}

    def fits(density: Density) -> bool:
        tried[density] = flow(blocks(density), room)
        return len(tried[density]) == 1

    first = bisect_left(DENSITIES, True, key=fits)
    return tried[DENSITIES[first]] if first < len(DENSITIES) else []
