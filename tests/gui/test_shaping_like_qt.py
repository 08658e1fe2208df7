"""Arabic and Hebrew on paper, glyph by glyph as another engine shapes and orders them: Qt, with the same font file."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QFont, QFontDatabase, QRawFont, QTextLayout, QTextOption
from pytestqt.qtbot import QtBot

from needlelog.documents.aftercare_texts import shipped_aftercare
from needlelog.documents.client_words import client_words
from needlelog.documents.fonts import INKLESS, Face, Fonts, fonts
from needlelog.documents.layout import Style, Text
from needlelog.documents.preparation_texts import shipped_preparation
from needlelog.i18n import isolated
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from needlelog.rules.aftercare import spoken_moment

NO_INK = INKLESS | set(" \u00a0\u2068\u2069")


def dejavu(known: Fonts) -> dict[int, int]:
    """The glyph of each character in DejaVu Sans."""
    return dict(known.chains[Face.REGULAR][1].outlines.glyphs)


def standing_alone(found: list[int]) -> list[int]:
    """The same with one number for a letter that stands alone: the font has two of the same shape."""
    glyphs = dejavu(fonts())
    alone = {
        glyphs[code]: glyphs[ord(letter)]
        for code in glyphs
        if unicodedata.decomposition(chr(code)).startswith("<isolated>")
        and len(letter := unicodedata.normalize("NFKC", chr(code))) == 1
        and ord(letter) in glyphs
    }
    return [alone.get(index, index) for index in found]


def on_paper(text: str) -> list[int]:
    """The glyphs from left to right as a sheet in that language draws them, in the numbers of DejaVu Sans."""
    glyphs = dejavu(fonts())
    placed: Any = Text(text, Style(paper="R")).place(10_000)
    (line,) = placed.lines
    assert not [run for run in line.runs if run.marks]
    return standing_alone([glyphs[ord(each)] for run in line.runs for each in run.text if each not in NO_INK])


@cache
def family_on_paper() -> str:
    """The font file of the sheets, known to Qt under a name of its own.

    Under its own name Qt may answer with the system's font, whose letters have other numbers.
    """
    file = (resources() / "fonts" / "DejaVuSans.ttf").read_bytes()
    for encoding in ("utf-16-be", "ascii"):
        file = file.replace("DejaVu Sans".encode(encoding), "Shaped Sans".encode(encoding))
    (family,) = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFontFromData(QByteArray(file)))
    return family


def by_qt(text: str) -> list[int]:
    """The glyphs of the same line from left to right as Qt lays it out."""
    font = QFont(family_on_paper(), 20)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    assert list(QRawFont.fromFont(font).glyphIndexesForString("\u0627")) == [dejavu(fonts())[0x627]]
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100_000)
    layout.endLayout()
    placed: list[tuple[float, int]] = []
    for run in line.glyphRuns():
        placed += [(at.x(), index) for at, index in zip(run.positions(), run.glyphIndexes(), strict=True)]
    blank = {dejavu(fonts())[ord(each)] for each in " \u00a0"}
    return standing_alone([index for _, index in sorted(placed) if index not in blank])


@pytest.mark.parametrize(
    "text",
    [
        "لا تغسلوا الجلد المعالج ولا تنظفوه.",
        "لا تأخذوا لذلك الإيبوبروفين أو الأسبرين إلا بوصفة طبيب.",
        f"الإبر: {isolated('Dermapen 4 (12)')}، دفعة {isolated('2231-B')}",
        "حتى الأحد 22 نوفمبر، 15:33",
        "هل تصيبكم قروح البرد؟ اسألوا طبيبكم: قد تحتاجون إلى دواء مسبقا.",
        "ضعوا في الخارج واقي شمس معدنيا، SPF 30 أو أكثر.",
        "אל תשטפו ואל תנקו את העור המטופל.",
        f"מחטים: {isolated('Dermapen 4 (12)')} אצווה {isolated('2231-B')}",
        "יום ראשון 22 בנובמבר, 15:33",
        "מרחו בחוץ קרם הגנה מינרלי, SPF 30 ומעלה (גם בחורף).",
    ],
)
def test_letters_have_the_same_shapes_in_the_same_order(text: str, qtbot: QtBot) -> None:
    assert on_paper(text) == by_qt(text)


@pytest.mark.parametrize("language", ["ar", "he"])
def test_so_it_is_with_every_sentence_of_the_sheets(language: str, qtbot: QtBot) -> None:
    knowledge = load_knowledge(resources() / "knowledge")
    both = (
        shipped_aftercare(language, knowledge.aftercare.values()),
        shipped_preparation(language, knowledge.preparing.values()),
    )
    words = client_words(language)
    day = spoken_moment(datetime(2026, 11, 22, 14, 33, tzinfo=UTC), "Europe/Dublin", words)
    told = [text for one in both for text in one.texts.values()]
    filled = [text.replace("{until}", day).replace("{by}", day).replace("{reactions}", "") for text in told]

    assert len(filled) > 150
    assert [text for text in filled if on_paper(text) != by_qt(text)] == []
