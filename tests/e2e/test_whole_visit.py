"""From the first start to a signed visit and its sheet, by keyboard alone; then the plug, and all of it again."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from tests.desks import START
from tests.e2e.processes import Child

NAME = "Łukasz O'Brien <b>& Søn"
LOTS = {"cleanser": "CL-1", "cream": "LM-2", "cartridge": "K-1001", "serum": "HA-9"}
NOW = START.isoformat()


def test_a_visit_by_keyboard_is_there_after_the_plug_and_its_sheet_is_the_same(tmp_path: Path) -> None:
    clinic, paper, again = tmp_path / "clinic", tmp_path / "sheet.pdf", tmp_path / "again.pdf"
    with Child("whole_visit", clinic, now=NOW, name=NAME, lots=LOTS, paper=str(paper)) as child:
        child.until(at="signed")
        child.kill()
    with Child("find_in_history", clinic, now=NOW, search="lukasz", paper=str(again)) as after:
        told = after.finish()
    record = " ".join(next(line for line in told if line["at"] == "record")["texts"])
    for words in ("Forehead", "Left cheek", "Right cheek", "0.50", "0.75", "K-1001", "HA-9"):
        assert words in record
    assert again.read_bytes() == paper.read_bytes()
    pages = PdfReader(paper).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (NAME, "Forehead", "Left cheek", "Right cheek", "0.75 mm", "HA-9", "Sunday 22 Nov"):
        assert words in text, text
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        held = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert "/FontFile2" in held["/FontDescriptor"].get_object()
