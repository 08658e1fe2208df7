"""The sheet the client takes home: what it says, laid out on at most two pages, in large print on at most four.

The rules it keeps (plain words, one boxed main message, computed days, 14 pt) come from PEMAT, the CDC Clear
Communication Index and the RNIB clear print guide.
"""

from __future__ import annotations

from collections.abc import Sequence

from needlelog.clock import local
from needlelog.documents.aftercare_content import AftercareSheet
from needlelog.documents.aftercare_days import AftercareDays
from needlelog.documents.aftercare_rest import AftercareRest
from needlelog.documents.fitting import most_generous
from needlelog.documents.layout import Block
from needlelog.documents.lines import lines_remembered
from needlelog.documents.pages import Page, flow
from needlelog.documents.paper_file import PaperInfo, paint, tallest
from needlelog.documents.sheet_footer import GAP, SheetFooter, Whose, spoken_date
from needlelog.documents.sheet_style import DENSITIES, SCARCE, Density, SheetStyle
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words

PAGE_LIMIT, LARGE_PAGE_LIMIT = 2, 4
REST_FIRST_TRY = 4
"""The second page is the fuller one."""


def make_aftercare_sheet(sheet: AftercareSheet, words: Words) -> bytes:
    """The sheet as PDF, at least 14 pt, on at most two pages; equal input gives equal bytes.

    Raises ``Fault(CHARACTER_NOT_PRINTABLE)`` before anything is drawn, and ``Fault(PAPER_TOO_LONG)``.
    """
    size = sheet.form.paper or sheet.clinic.page_size
    limit = LARGE_PAGE_LIMIT if sheet.form.large else PAGE_LIMIT
    footer = _footer(sheet, words)
    with lines_remembered():
        pages = _fitted(sheet, words, tallest(size) - footer.height - GAP, limit)
    if len(pages) > limit:
        raise Fault(FaultCode.PAPER_TOO_LONG, pages=limit, needed=len(pages))
    info = PaperInfo(
        size=size,
        title=words("Aftercare"),
        author=sheet.clinic.name,
        language=sheet.texts.language,
        made_at=sheet.timeline.ended_at,
        subject=sheet.texts.template_version,
        content_height=tallest(size),
        grey=sheet.form.grey,
        direction="R" if words.right_to_left else "L",
    )
    return paint(info, pages, footer.draw)


def _footer(sheet: AftercareSheet, words: Words) -> SheetFooter:
    visit = local(sheet.timeline.ended_at, sheet.timeline.time_zone).date()
    about = words("Visit {day} · sheet {version}", day=spoken_date(visit, words), version=sheet.texts.template_version)
    whose = Whose(sheet.client_name, sheet.client_birth_date, sheet.client_label)
    return SheetFooter(whose, about, words, large=sheet.form.large)


def _fitted(sheet: AftercareSheet, words: Words, room: float, limit: int) -> list[Page]:
    """The sheet with the most white space that fits: in large print as it comes, else each part on a page of its own.

    Where a part does not fit one page the whole flows on; of what fits nowhere, the tightest.
    """

    def style(density: Density) -> SheetStyle:
        return SheetStyle(words, density, large=sheet.form.large, country=sheet.clinic.country)

    def days(density: Density) -> list[Block]:
        return AftercareDays(sheet, words, style(density)).blocks()

    def rest(density: Density) -> list[Block]:
        return AftercareRest(sheet, words, style(density)).blocks()

    def whole(density: Density) -> list[Block]:
        return [*days(density), *rest(density)]

    def parted(rooms: Sequence[Density]) -> list[Page]:
        first = most_generous(days, rooms, room, 1)
        second = most_generous(rest, rooms, room, 1, REST_FIRST_TRY) if first else []
        return [*first, *second] if second else []

    if not sheet.form.large and (pages := parted(DENSITIES)):
        return pages
    if pages := most_generous(whole, DENSITIES, room, limit):
        return pages
    if not sheet.form.large and (pages := parted(SCARCE)):
        return pages
    for scarce in SCARCE:
        pages = flow(whole(scarce), room)
        if len(pages) <= limit:
            break
    return pages
