"""Which characters print, which are refused by name, and in which order right-to-left text is drawn."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needlelog.documents.fonts import Face, check_printable, composed, fonts
from needlelog.documents.layout import Style, facts
from needlelog.documents.lines import Span, break_lines
from needlelog.errors import Fault, FaultCode

PRINTABLE = (
    "Łukasz O'Brien <b>& Søn",
    "Νίκος Παπαδόπουλος",
    "ᾧ Ὀδυσσεύς",
    "Nguyễn Thị Ánh",
    "Юлия Щёголева Ґалаґан",
    "אנה כהן שָׁלוֹם",
    "محمد عبد الله الأحمد",
    "李小龙 張偉（先生）",
    "さくら サクラ 김민준",
    "€ £ ¥ ₹ ✓ ☐ → ≤ µ “quoted” – … ½ №",
)


@pytest.mark.parametrize("text", PRINTABLE)
@pytest.mark.parametrize("face", list(Face))
def test_every_face_prints_these(text: str, face: Face) -> None:
    check_printable(text)
    lines = break_lines([Span(text, face)], 200)

    assert len(lines) == 1
    assert all(run.font.covers(run.text) for run in lines[0].runs)


@pytest.mark.parametrize(
    ("text", "character", "code"),
    [
        ("𠮷野", "𠮷", "U+20BB7"),
        ("Ana 😀", "😀", "U+1F600"),
        ("สมชาย", "ส", "U+0E2A"),
        ("a\x07b", "U+0007", "U+0007"),
        ("a\u202eb", "RIGHT-TO-LEFT OVERRIDE", "U+202E"),
        ("ے", "ے", "U+06D2"),
    ],
)
def test_what_no_font_has_is_refused_by_name(text: str, character: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        check_printable(text)

    assert caught.value.code is FaultCode.CHARACTER_NOT_PRINTABLE
    assert caught.value.values == {"character": character, "code": code}


def _told(text: str, room: float) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in break_lines([Span(text)], room)]


def test_ideographs_are_broken_anywhere_but_before_a_closing_or_after_an_opening_mark() -> None:
    assert _told("今天不要洗脸，明天可以洗。", 6.2) == ["今天不要洗", "脸，明天可以", "洗。"]
    assert _told("请用（温水）洗", 3.2) == ["请用", "（温", "水）洗"]


def test_what_is_set_with_blanks_is_broken_there_also_beside_ideographs() -> None:
    assert _told("SPF 30 防晒霜 sunscreen", 8.0) == ["SPF 30 防晒霜", "sunscreen"]
    assert _told("김민준 씨에게", 4.5) == ["김민준", "씨에게"]


def test_the_large_font_is_read_only_where_a_text_needs_it() -> None:
    code = (
        "from needlelog.documents.lines import Span, break_lines; from reportlab.pdfbase import pdfmetrics as p\n"
        "for text in ('Ana שָׁלוֹם محمد ✓', '李'):\n"
        "    break_lines([Span(text)], 50); print(any('Droid' in name for name in p.getRegisteredFontNames()))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "True"]


@pytest.mark.parametrize("name", ["محمد الأحمد", "נועה כהן 2", "Ana"])
def test_a_date_beside_a_name_of_any_script_stays_a_date(name: str) -> None:
    placed = facts(f"{name} · 12-Mar-1988 · C-0042", Style())
    spans = [Span(placed.content)] if isinstance(placed.content, str) else placed.content
    (line,) = break_lines(spans, 200, placed.base)
    drawn = "".join(run.text for run in line.runs)
    assert drawn.endswith(" · 12-Mar-1988 · C-0042")


def test_letters_and_marks_are_composed() -> None:
    assert composed("Zoe\u0308") == "Zoë"
    assert composed("a\u2003b\u202fc") == "a b\u00a0c"


@pytest.mark.parametrize(
    ("letter", "mark", "above"),
    [
        ("x", "\u0302", True),
        ("X", "\u0302", True),
        ("\u1ecd", "\u0301", True),
        ("q", "\u0323", False),
        ("\u05d1", "\u05b8", False),
        ("\u05d1", "\u05b9", True),
    ],
)
def test_marks_are_centred_and_clear_of_their_letter(letter: str, mark: str, above: bool) -> None:
    (run,) = [run for run in break_lines([Span("m" + letter + mark)], 50)[0].runs if run.marks]
    left, lowest, right, highest = run.font.outlines.box(ord(letter)) or (0, 0, 0, 0)
    (placed,) = run.marks
    ink = run.font.outlines.box(ord(mark)) or (0, 0, 0, 0)
    before = run.font.width(run.text[: run.text.index(letter)])

    assert placed.character == mark
    assert placed.right + (ink[0] + ink[2]) / 2 == pytest.approx(before + (left + right) / 2)
    assert (ink[1] + placed.up > highest) if above else (ink[3] + placed.up < lowest)


def test_marks_stack() -> None:
    first, second = break_lines([Span("x\u0302\u0301")], 50)[0].runs[0].marks

    assert second.up > first.up


def test_noto_prints_what_it_can() -> None:
    runs = break_lines([Span("Ana ✓ Nowak")], 50)[0].runs

    assert [run.text.strip() for run in runs] == ["Ana", "✓", "Nowak"]
    assert runs[0].font is runs[2].font is fonts().chains[Face.REGULAR][0]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("אבג", "גבא"),
        ("אבג 123", "123 גבא"),
        ("אב (ג)", "(ג) בא"),
        ("Ana אב", "Ana בא"),
    ],
)
def test_right_to_left_text_is_drawn_in_visual_order(text: str, drawn: str) -> None:
    assert "".join(run.text for run in break_lines([Span(text)], 50)[0].runs) == drawn


def test_a_name_does_not_reorder_what_stands_beside_it() -> None:
    spans = [Span("אבג"), Span(" · 12 March")]

    assert "".join(run.text for run in break_lines(spans, 50, "L")[0].runs) == "גבא · 12 March"


def test_arabic_letters_are_joined() -> None:
    drawn = "".join(run.text for run in break_lines([Span("بيت")], 50)[0].runs)

    assert drawn == "\ufe96\ufef4\ufe91"


def test_lines_keep_to_their_room_and_lose_nothing() -> None:
    text = "Keep the skin clean and leave it alone " * 4 + "x" * 90
    lines = break_lines([Span(text)], 20)

    assert all(line.width <= 20 for line in lines)
    assert "".join(run.text for line in lines for run in line.runs).replace(" ", "") == text.replace(" ", "")


def test_line_breaks_are_kept() -> None:
    assert len(break_lines([Span("one\n\nthree")], 50)) == 3


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_printed_or_refused(text: str) -> None:
    lines, refused = [], None
    try:
        lines = break_lines([Span(text)], 8)
    except Fault as fault:
        refused = fault.code

    assert refused in {None, FaultCode.CHARACTER_NOT_PRINTABLE}
    assert bool(lines) is (refused is None)
    assert all(run.font.covers(run.text) for line in lines for run in line.runs)
