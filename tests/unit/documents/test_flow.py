"""Blocks over pages: what stays with what follows it, and which of two ways to say something is taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlelog.documents.layout import Block, Bound, Drawing, Lower, Panel, Row, Stack, Style, Text, gap, natural_width
from needlelog.documents.pages import Page, flow, flow_with_seal
from needlelog.documents.paper_file import CONTENT_HEIGHT, tallest
from needlelog.documents.tables import Labelled
from needlelog.domain.clinic import PageSize
from needlelog.i18n import isolated

WIDTH = 400.0
STYLE = Style(size=10, leading=1)


def drawing(height: float) -> Drawing:
    return Drawing(height, lambda *_: None)


def heading(height: float = 20) -> Block:
    return Stack((drawing(height),), sticky=True)


def heights(*blocks: Block, room: float = 100) -> list[list[float]]:
    return [[block.height for _, block in page.blocks] for page in flow(blocks, room, WIDTH)]


def test_a_heading_goes_with_what_cannot_be_cut() -> None:
    assert heights(drawing(40), heading(), drawing(60)) == [[40], [20, 60]]
    assert heights(drawing(20), heading(), drawing(60)) == [[20, 20, 60]]


def test_a_heading_stays_where_its_text_can_begin() -> None:
    lines = Text("\n".join("abcdefghi"), STYLE)
    assert heights(drawing(55), heading(), lines) == [[55, 20, 20], [70]]
    assert heights(drawing(65), heading(), Text("\n".join("abcde"), STYLE)) == [[65], [20, 50]]


def test_a_short_text_is_not_cut_and_a_long_one_leaves_two_lines_on_either_side() -> None:
    assert heights(drawing(50), Text("\n".join("abcdefgh"), STYLE)) == [[50], [80]]
    nine = Text("\n".join("abcdefghi"), STYLE)
    assert heights(drawing(50), nine) == [[50, 50], [40]]
    assert heights(drawing(20), nine) == [[20, 70], [20]]
    assert heights(drawing(85), nine) == [[85], [90]]


def rows(count: int, height: float = 20) -> list[Block]:
    table = object()
    return [Bound(drawing(height), run=table) for _ in range(count)]


def test_no_page_has_a_single_row_of_a_table() -> None:
    assert heights(drawing(20), *rows(5)) == [[20, 20, 20, 20], [20, 20]]
    assert heights(drawing(40), heading(), *rows(3)) == [[40], [20, 20, 20, 20]]
    assert heights(drawing(70), *rows(2)) == [[70], [20, 20]]


def test_a_high_row_may_stand_alone() -> None:
    assert heights(*rows(3, 50)) == [[50, 50], [50]]


def test_what_follows_takes_along_what_it_belongs_to() -> None:
    ink = Bound(drawing(40), follows=True)
    assert heights(drawing(30), *rows(2), ink) == [[30], [20, 20, 40]]
    assert heights(drawing(50), drawing(20), gap(5), ink) == [[50], [20, 5, 40]]


def test_a_page_begins_with_what_says_once_more_what_it_goes_on_with() -> None:
    table = object()
    continued = [Bound(drawing(20), run=table, at_top=drawing(30)) for _ in range(8)]
    assert heights(*continued[:1]) == [[30]]
    assert heights(drawing(20), *continued) == [[20, 20, 20, 20, 20], [30, 20, 20, 20]]


def test_a_label_is_said_once_more_where_its_values_go_on() -> None:
    pairs = [("Chin", f"value {number}") for number in range(14)]
    made = list(Labelled(STYLE, STYLE).rows(pairs))
    first, second = flow(made, 100, WIDTH)
    assert [said(first), said(second)] == [["Chin", "value 0"], ["Chin", "value 10"]]


def said(page: Page) -> list[str]:
    """The texts of the first row of a page."""
    heard: list[str] = []
    pen = NotedPen(heard)
    page.blocks[0][1].draw(pen, 0, 0)  # type: ignore[arg-type]
    return heard


class NotedPen:
    """Takes down what is said."""

    direction = "L"

    def __init__(self, heard: list[str]) -> None:
        self._heard = heard

    def begin(self, _role: str, _key: object, said: str, *_more: object, **_others: object) -> None:
        self._heard.append(said)

    def end(self) -> None:
        """Nothing."""

    def line_of_text(self, *_line: object) -> None:
        """Nothing."""

    @contextmanager
    def group(self, *_group: object) -> Iterator[None]:
        yield


@pytest.mark.parametrize(
    ("blocks", "pages"),
    [
        ((drawing(90), gap(20)), [[90]]),
        ((drawing(50), gap(10), drawing(30), gap(20), gap(5)), [[50, 10, 30]]),
        ((drawing(90), *[gap(20)] * 9, drawing(30)), [[90], [30]]),
        ((heading(90), gap(20)), [[90]]),
        ((gap(200),), [[]]),
    ],
)
def test_no_page_begins_for_empty_space(blocks: tuple[Block, ...], pages: list[list[float]]) -> None:
    assert [[high for high in page if high] for page in heights(*blocks)] == pages


KINDS = ("drawn", "drawn", "space", "heading", "following", "row", "text", "stack")
MIXED = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 160)), max_size=30)


@given(MIXED)
def test_whatever_is_mixed_stands_on_paper_once_and_no_page_begins_with_space(mixed: list[tuple[str, int]]) -> None:
    table, drawn = object(), []

    def marked(name: str, height: float) -> Block:
        return Drawing(height, lambda *_: drawn.append(name))

    def made(name: str, kind: str, height: int) -> Block:
        one = marked(name, height)
        return {
            "drawn": one,
            "space": gap(height),
            "heading": Stack((one, gap(5)), sticky=True),
            "following": Bound(one, follows=True),
            "row": Bound(one, run=table, at_top=marked(name, height + 10)),
            "text": Stack((one, gap(7), Text("\n".join("word" for _ in range(height // 10)), STYLE))),
            "stack": Stack((one, gap(30), marked(f"{name}b", 40), gap(30), marked(f"{name}c", 40))),
        }[kind]

    expected = []
    for place, (kind, _) in enumerate(mixed):
        if kind != "space":
            expected += [f"{place}", *([f"{place}b", f"{place}c"] if kind == "stack" else [])]
    pages = flow([made(f"{place}", kind, height) for place, (kind, height) in enumerate(mixed)], 100, WIDTH)
    for page in pages:
        page.draw(NotedPen([]), 0, 0)  # type: ignore[arg-type]
    assert drawn == expected
    assert not any(page.blocks[0][1].blank for page in pages if page.blocks)
    assert all(page.blocks for page in pages) or not expected


def test_a_heading_before_what_fits_on_no_page_is_not_put_off_for_ever() -> None:
    assert heights(heading(), drawing(130)) == [[20], [130]]


def test_a_row_taller_than_a_page_goes_on_over_the_next_ones() -> None:
    text = Text("\n".join(str(line) for line in range(25)), STYLE)
    (table,) = Labelled(STYLE, STYLE).rows([("Notes", "\n".join(str(line) for line in range(25)))])
    for block in (Row((drawing(10), text), (50, None)), Panel(text, pad_y=5), table):
        pages = heights(block, drawing(10))
        assert all(sum(page) <= 100 for page in pages)
        assert sum(sum(page) for page in pages) >= 260


def test_no_page_begins_with_empty_space() -> None:
    assert heights(drawing(90), gap(20), drawing(10)) == [[90], [10]]


def test_the_lower_way_is_taken_and_the_first_where_that_is_low_enough() -> None:
    words = "a name that is much too long for half of the width of this paper, and goes on"
    beside = Row((Text(words, STYLE), drawing(10)), (None, 300))
    below = Stack((Text(words, STYLE), drawing(10)))
    assert Lower(beside, below).place(WIDTH).height == below.place(WIDTH).height < beside.place(WIDTH).height
    assert Lower(beside, below, enough=1000).place(WIDTH).height == beside.place(WIDTH).height
    assert Lower(drawing(10), drawing(10)).place(WIDTH).height == 10


def test_a_text_fits_into_its_natural_width() -> None:
    for text in ("until Sunday 22 November", "hasta el domingo 22 de noviembre", "عد يوم", "到11月22日"):
        width = natural_width(text, STYLE)
        assert Text(text, STYLE).place(width + 0.01).height == 10
        assert Text(text, STYLE).place(width - 1).height > 10


def test_so_does_one_from_the_right_with_a_name_set_apart() -> None:
    style = Style(size=10, leading=1, paper="R")
    text = f"زيارتكم {isolated('Quay 12')} القادمة"
    width = natural_width(text, style)
    # A blank is taken from the font of the words around it, or from that of the first word: hardly a difference.
    assert Text(text, style).place(width + 1).height == 10
    assert Text(text, style).place(width - 1).height > 10


def seal(height: float = 60) -> Block:
    return drawing(height)


def sealed(*blocks: Block) -> tuple[list[list[float]], float]:
    pages, height = flow_with_seal(blocks, PageSize.A4, 30)
    return [[block.height for _, block in page.blocks] for page in pages], height


ROOM = CONTENT_HEIGHT - 30


def test_a_seal_that_fits_stands_where_it_comes() -> None:
    assert sealed(drawing(ROOM - 100), seal()) == ([[ROOM - 100, 60]], CONTENT_HEIGHT)


def test_no_page_is_opened_for_a_seal_that_the_margins_can_hold() -> None:
    assert sealed(drawing(ROOM - 40), seal()) == ([[ROOM - 40, 60]], tallest(PageSize.A4))


def test_a_seal_that_they_cannot_hold_takes_along_what_it_seals() -> None:
    pages, height = sealed(*rows(int(ROOM / 20)), seal(140))
    assert height == CONTENT_HEIGHT
    assert pages[-1] == [20, 20, 140]
    assert sum(len(page) for page in pages) == int(ROOM / 20) + 1


def test_it_does_not_part_a_heading_from_its_rows() -> None:
    pages, _ = sealed(*rows(int(ROOM / 20) - 4), heading(), *rows(3), seal(140))
    assert pages[-1] == [20, 20, 20, 20, 140]
