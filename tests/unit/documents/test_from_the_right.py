"""Laying out from the right: what stands where, without a paper."""

from __future__ import annotations

from typing import Any

import pytest

from needlelog.documents.fonts import fonts
from needlelog.documents.layout import Drawing, Row, Style, Text
from needlelog.documents.lines import Span, break_lines
from needlelog.documents.pen import Pen
from needlelog.i18n import isolated

WIDTH, HEIGHT = 600.0, 800.0


class Canvas:
    """Takes down what is written to it."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def addLiteral(self, text: str) -> None:
        self.said.append(text)


def drawn(mirror: float | None) -> tuple[Pen, Canvas]:
    canvas: Any = Canvas()
    return Pen(canvas, HEIGHT, mirror=mirror), canvas


def test_whatever_is_put_somewhere_stands_as_in_a_mirror() -> None:
    pen, canvas = drawn(WIDTH)
    assert pen.direction == "R"
    pen.rectangle(10, 20, 100, 30, fill="#FFFFFF")
    pen.stroke([(10, 20), (30, 20)], "#000000", 1)
    assert "490.000 750.000 100.000 30.000 re f" in canvas.said
    assert "590.000 780.000 m 570.000 780.000 l S" in canvas.said


def test_from_left_to_right_everything_stays() -> None:
    pen, canvas = drawn(None)
    assert pen.direction == "L"
    pen.rectangle(10, 20, 100, 30, fill="#FFFFFF")
    assert "10.000 750.000 100.000 30.000 re f" in canvas.said


@pytest.mark.parametrize(("mirror", "places"), [(None, [0.0, 110.0]), (WIDTH, [600.0, 490.0])])
def test_a_row_begins_where_the_paper_begins(mirror: float | None, places: list[float]) -> None:
    def dot(pen: Pen, x: float, top: float, _: float) -> None:
        pen.stroke([(x, top), (x, top)], "#000000", 1)

    pen, canvas = drawn(mirror)
    Row((Drawing(5, dot), Drawing(5, dot)), (100, None), gap=10).place(WIDTH).draw(pen, 0, 0)
    assert [float(line.split()[0]) for line in canvas.said if line.endswith("S")] == places


def _runs(text: str, **style: Any) -> list[str]:
    placed: Any = Text(text, Style(paper="R", **style)).place(1000)
    return ["".join(run.text for run in line.runs) for line in placed.lines]


def test_a_name_within_a_phrase_stays_whole_and_the_phrase_reads_on_to_its_left() -> None:
    lot = isolated("2231-B (7)")
    assert _runs(f"אצווה {lot}, סוף") == ["ףוס ,2231-B (7) הווצא"]


def test_a_phrase_that_begins_with_a_latin_name_is_no_latin_phrase() -> None:
    assert _runs("SPF 30 ומעלה.") == [".הלעמו SPF 30"]


@pytest.mark.parametrize("phone", ["+353 1 555 0100", "Mon to Fri, 9:00", "112 / 999"])
def test_what_has_no_letter_from_the_right_is_left_as_it_is(phone: str) -> None:
    assert _runs(phone) == [phone]


def test_no_line_is_wider_than_its_room() -> None:
    text = "لا تأخذوا لذلك الإيبوبروفين أو الأسبرين إلا بوصفة طبيب ولا تلمسوا الجلد ولا تحكوه ولا تنبشوه"
    for room in range(8, 30):
        lines = break_lines([Span(text)], room, "R")
        assert max(line.width for line in lines) <= room


def test_ideographs_in_bold_are_drawn_thicker() -> None:
    from needlelog.documents.fonts import Face

    (line,) = break_lines([Span("今天 Ana", Face.BOLD)], 50)
    assert [run.heavy for run in line.runs] == [True, False]
    assert not any(run.heavy for run in break_lines([Span("今天")], 50)[0].runs)
    assert fonts().chains[Face.BOLD][0].lacks_bold is False
