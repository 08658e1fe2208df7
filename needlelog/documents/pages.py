"""The flow of blocks over pages. Lengths are points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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
    pages = [Page()]
    waiting = [block.place(width) for block in blocks]
    while waiting:
        page = pages[-1]
        block = waiting.pop(0)
        if block.blank and not page.blocks:
            continue
        free = room - page.used
        fits = block.height <= free + 0.01
        if fits and (not (block.sticky and waiting and page.blocks) or _begins(waiting[0], free - block.height)):
            page.blocks.append((page.used, block))
            page.used += block.height
            continue
        pieces = None if fits else block.split(free)
        if pieces is None and not page.blocks:
            pieces = block.forced(room)
            if pieces is None:
                # Nothing is left out: what cannot be cut stands alone and goes over the edge.
                page.blocks.append((page.used, block))
                page.used = room
                continue
        if pieces is None:
            pages.append(Page())
            waiting.insert(0, block)
            continue
        page.blocks.append((page.used, pieces[0]))
        pages.append(Page())
        waiting.insert(0, pieces[1])
    return pages


def _begins(block: Placed, room: float) -> bool:
    """Whether ``block``, or a first part of it, has room."""
    return block.height <= room + 0.01 or block.split(room) is not None


def flow_with_seal(blocks: Sequence[Block], size: PageSize, foot: float) -> tuple[list[Page], float]:
    """``blocks`` over pages with ``foot`` points below them, and the height of the content.

    The last block is the box with the seal. Where it alone would take one more page, the margins give way as far as any
    printer allows; where that does not do, it takes the block before it along, so that no page holds a seal of nothing.
    """
    pages = flow(blocks, CONTENT_HEIGHT - foot)
    if len(pages) == 1 or len(pages[-1].blocks) > 1:
        return pages, CONTENT_HEIGHT
    tall = tallest(size)
    higher = flow(blocks, tall - foot)
    if len(higher) < len(pages):
        return higher, tall
    before, last = pages[-2], pages[-1]
    count = KEPT_BEFORE
    while count < len(before.blocks) and before.blocks[-count - 1][1].sticky:
        count += 1
    if count < len(before.blocks):
        top = before.blocks[-count][0]
        used = before.used - top
        moved = [(at - top, block) for at, block in before.blocks[-count:]]
        seal = [(used + at, block) for at, block in last.blocks]
        pages[-2:] = [Page(before.blocks[:-count], top), Page([*moved, *seal], used + last.used)]
    return pages, CONTENT_HEIGHT


KEPT_BEFORE = 4
"""How many blocks go over to the page of a seal that would stand alone."""
