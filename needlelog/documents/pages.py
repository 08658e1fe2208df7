"""The flow of blocks over pages. Lengths are points."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from needlelog.documents.layout import Block, Placed
from needlelog.documents.paper_file import CONTENT_HEIGHT, CONTENT_WIDTH, tallest
from needlelog.documents.pen import Pen
from needlelog.domain.clinic import PageSize


@dataclass
class Page:
    """The blocks of one page with their distance from the top of the content."""

    blocks: list[tuple[float, Placed]] = field(default_factory=list)
    used: float = 0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw every block, with the content's top left corner at (``left``, ``top``)."""
        for offset, block in self.blocks:
            block.draw(pen, left, top + offset)


def flow(blocks: Sequence[Block], room: float, width: float = CONTENT_WIDTH) -> list[Page]:
    """``blocks`` over as many pages of ``room`` points as they need; nothing is ever cut off or left out."""
    return _pages([block.place(width) for block in blocks], room)


def flow_with_seal(blocks: Sequence[Block], size: PageSize, foot: float) -> tuple[list[Page], float]:
    """``blocks`` over pages with ``foot`` points below them, and the height of the content.

    The last block is the box with the seal, which never stands alone. Where that saves a page, the margins give way as
    far as any printer allows.
    """
    placed = [block.place(CONTENT_WIDTH) for block in blocks]
    placed[-1].follows = True
    pages = _pages(placed, CONTENT_HEIGHT - foot)
    if len(pages) == 1:
        return pages, CONTENT_HEIGHT
    tall = tallest(size)
    higher = _pages(placed, tall - foot)
    return (higher, tall) if len(higher) < len(pages) else (pages, CONTENT_HEIGHT)


def _pages(placed: Iterable[Placed], room: float) -> list[Page]:
    pages: list[Page] = []
    waiting = deque(placed)
    while waiting:
        page = Page()
        for block in _fill(waiting, room):
            page.blocks.append((page.used, block))
            page.used += block.height
        if page.blocks or not pages:
            pages.append(page)
    return pages or [Page()]


def _fill(waiting: deque[Placed], room: float) -> list[Placed]:
    """The blocks of one page, taken off ``waiting``."""
    taken: list[Placed] = []
    free = room
    while waiting:
        block = waiting.popleft()
        if not taken:
            if block.blank:
                continue
            block = block.at_top() if block.at_top else block
        if block.height <= free + _ROUNDING:
            taken.append(block)
            free -= block.height
            continue
        pieces = block.split(free) or (None if taken else block.forced(room))
        if pieces:
            taken.append(pieces[0])
            waiting.appendleft(pieces[1])
        elif taken:
            waiting.appendleft(block)
            end = _best_end(taken, waiting)
            waiting.extendleft(reversed(taken[end:]))
            del taken[end:]
        else:
            # Nothing is left out: what cannot be cut stands alone and goes over the edge.
            taken.append(block)
        break
    return taken


_ROUNDING = 0.01


def _best_end(taken: Sequence[Placed], waiting: Sequence[Placed]) -> int:
    """How many of ``taken`` the page keeps, so that nothing is parted that belongs together."""
    coming = list(islice((block for block in waiting if not block.blank), _LOOKED_AHEAD))
    if not coming:
        # Only empty space is left, for which no page begins.
        return len(taken)
    for may_end in (_parts_nothing, _parts_no_heading):
        after = list(coming)
        for end in range(len(taken), 0, -1):
            if not taken[end - 1].blank:
                if may_end(taken[:end], after):
                    return end
                after.insert(0, taken[end - 1])
    return len(taken)


_LOOKED_AHEAD = 8


def _parts_no_heading(before: Sequence[Placed], after: Sequence[Placed]) -> bool:
    return not before[-1].sticky and not after[0].follows


def _parts_nothing(before: Sequence[Placed], after: Sequence[Placed]) -> bool:
    if not _parts_no_heading(before, after):
        return False
    run = before[-1].run
    if run is None or run is not after[0].run:
        return True
    return not _is_lonely(reversed(before), run) and not _is_lonely(after, run)


def _is_lonely(blocks: Iterable[Placed], run: object) -> bool:
    """Whether there is but one row of ``run`` at this side of the end of a page, and that a low one."""
    rows = [block.height for block in takewhile(lambda block: block.run is run, blocks)]
    return len(rows) < 2 and sum(rows) < LONELY


LONELY = 48.0
"""A row of this height may stand on a page without another one of its table, in points."""
