"""Photos on paper: two beside one another, with space between the rows of them and none after the last."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from needlelog.documents.layout import Drawing, Row
from needlelog.documents.pages import flow
from needlelog.documents.paper_file import CONTENT_WIDTH
from needlelog.documents.photo_rows import FiledPhoto, Taken, photo_blocks
from needlelog.domain.session import Photo
from needlelog.i18n import Words

LOST = FiledPhoto(
    Photo(id=UUID(int=1), sha256="a" * 64, taken_at=datetime(2026, 11, 1, tzinfo=UTC)), Taken.BEFORE, data=None
)


@pytest.mark.parametrize(("count", "rows"), [(1, 1), (2, 1), (3, 2), (4, 2)])
def test_there_is_space_between_the_rows_and_none_after_the_last(count: int, rows: int) -> None:
    blocks = list(photo_blocks([LOST] * count, "UTC", Words()))
    first = next(place for place, block in enumerate(blocks) if isinstance(block, Row))
    assert [block.place(CONTENT_WIDTH).blank for block in blocks[first:]] == [False, True] * (rows - 1) + [False]


def test_photos_that_end_a_page_end_the_paper() -> None:
    photos = list(photo_blocks([LOST] * 4, "UTC", Words()))
    tall = sum(block.place(CONTENT_WIDTH).height for block in photos)
    for left in range(30):
        blocks = [Drawing(500 - tall - left, lambda *_: None), *photos]
        assert len(flow(blocks, 500)) == 1
