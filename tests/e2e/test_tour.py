"""The tour is the test of a whole visit: first run to signed record through the real window, by clicks and keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui.tour import run_tour
from ui.tour.asking import TO_ASK
from ui.tour.between import NEW_CLIENT
from ui.tour.camera import SIZE
from ui.tour.faults import TourStopped
from ui.tour.hands import Hands

STEPS = ("consultation", "consent", "cleansing", "numbing", "needling", "serum", "cooling", "reactions", "aftercare")
PLACES = (
    "first-run",
    "unlock",
    "today",
    "clients",
    "client-",
    "new-client",
    "sign",
    "record",
    "lots",
    "scan",
    "locked",
    "dark",
    "library",
    "follow-up-going-red",
    "today-stays-red",
    "adverse-event-report",
    "screening-blocked-with-its-source",
    "screening-override",
    "time-out",
    "repeated-map-left-side",
    "numbing-alarm-while-another-client-is-open",
    "series-3-of-6",
)


def _text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_whole_way_works_and_leaves_pictures_and_papers(
    tmp_path: Path, qapp: QApplication, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pictures"
    assert run_tour(folder) == 0, capfd.readouterr().err
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    pictures = sorted(folder.glob("*.png"))
    assert [picture.name for picture in pictures] == re.findall(r"^\d{3}-\S+\.png$", capfd.readouterr().out, re.M)
    assert [int(picture.name[:3]) for picture in pictures] == list(range(1, len(pictures) + 1))
    for part in (*STEPS, *PLACES):
        assert any(part in picture.name for picture in pictures), part
    for picture in pictures:
        image = QImage(str(picture))
        assert (image.width(), image.height()) == SIZE
        assert picture.stat().st_size > 8_000, f"{picture.name} looks empty"

    assert sorted(paper.name for paper in folder.glob("*.pdf")) == [
        "adverse-event-report.pdf",
        "aftercare-sheet.pdf",
        "client-file.pdf",
        "consent.pdf",
        "lot-list.pdf",
        "preparation-sheet.pdf",
        "record-sheet.pdf",
        "recovery-sheet.pdf",
    ]
    sheet = _text(folder / "aftercare-sheet.pdf")
    assert len(PdfReader(folder / "aftercare-sheet.pdf").pages) <= 2
    record = _text(folder / "record-sheet.pdf")
    for paper, cheek, depth in ((sheet, "Lewy policzek", "1,75"), (record, "Left cheek", "1.75")):
        assert NEW_CLIENT in paper
        assert cheek in paper, "the sheet speaks the client's language, the record the clinic's"
        assert depth in paper
    assert "Hat and sunscreen on the way to work" in sheet
    assert "LX9034" in record
    assert "18 weeks after" in " ".join(record.split()), "what was gone on against in the screening is on the record"
    assert "boxcar" in record, "the reason for the override is on the record"
    report = _text(folder / "adverse-event-report.pdf")
    assert "Needed treatment to prevent permanent harm" in report
    assert TO_ASK not in report, "a report goes out of the house without a name"
    assert "Avant votre séance" in _text(folder / "preparation-sheet.pdf")
    assert "6 signed visits, newest first" in _text(folder / "client-file.pdf")
    assert "Harbour Skin Clinic" in _text(folder / "recovery-sheet.pdf")


def test_a_tour_that_cannot_be_saved_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    occupied = tmp_path / "pictures"
    occupied.write_text("a file, not a folder")
    assert run_tour(occupied) == 1
    said = capfd.readouterr().err
    assert said.startswith("The tour stopped: ")
    assert "Traceback" not in said


def test_hands_that_do_not_find_a_button_say_what_there_is(qapp: QApplication) -> None:
    from PySide6.QtWidgets import QPushButton, QWidget

    window = QWidget()
    button = QPushButton("Sign", window)
    window.show()
    try:
        with pytest.raises(TourStopped, match="Sign"):
            Hands(window).press("Save")
        button.setEnabled(False)
        with pytest.raises(TourStopped, match="cannot be used now"):
            Hands(window).press("Sign")
    finally:
        window.close()
        window.deleteLater()
