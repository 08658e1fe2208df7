"""The list to call by when a lot is recalled: everybody on it, nobody named outside its pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid5

import pytest

from needlelog.documents.lot_list import LotList, make_lot_list
from needlelog.domain.history import LotUse
from needlelog.domain.stock import Recall, Treated
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.builders import ENDED, STARTED, a_clinic, an_id
from tests.integration.documents.papers import fonts_of, opened, text_of


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def recall() -> Recall:
    return Recall(
        id=an_id(9), product="12-pin cartridge", lot="CT-2291", reason="Seal may leak", by="Ana, RN", at=STARTED
    )


def treated(number: int, name: str, days: int = 0, **changes: Any) -> Treated:
    client = uuid5(an_id(1), str(number))
    use = LotUse(
        session_id=uuid5(client, str(days)),
        client_id=client,
        client_number=number,
        client_name=name,
        started_at=STARTED - timedelta(days=days),
        time_zone="Europe/London",
        product="12-pin cartridge",
        lot="CT-2291",
        zones=("forehead", "cheek_left"),
    )
    usual = {"phone": "07700 900142", "email": "", "concerns": ("acne-scars",), "recall": recall()}
    return Treated(use=use.with_(**changes.pop("use", {})), birth_date=date(1988, 3, 12), **(usual | changes))


def made(knowledge: Knowledge, *found: Treated) -> bytes:
    return make_lot_list(LotList(a_clinic(), "CT-2291", found, ENDED, "Mara Lindt, RN"), knowledge, Words())


def test_each_client_stands_once_with_every_visit_and_how_to_reach_them(knowledge: Knowledge) -> None:
    paper = made(knowledge, treated(1, "Ana Nowak"), treated(1, "Ana Nowak", days=35), treated(2, "Zoë Hart"))
    said = text_of(paper)
    assert said.count("Ana Nowak") == 1
    assert "2 clients, 3 visits" in said
    for words in ("C-0001", "12-Mar-1988", "20-Nov-2026", "16-Oct-2026", "07700 900142", "Acne scars", "Left cheek"):
        assert words in said
    assert "12-pin cartridge, lot CT-2291: recalled on 20-Nov-2026 by Ana, RN. Seal may leak" in said
    assert "Quay Street Skin Clinic" in said
    assert all(dict(fonts_of(paper)).values())


def test_a_long_list_goes_over_pages_that_say_how_many_there_are(knowledge: Knowledge) -> None:
    names = [f"Client {number:03d} Longname" for number in range(60)]
    paper = made(knowledge, *(treated(number, name) for number, name in enumerate(names)))
    pages = [page.extract_text() for page in opened(paper).pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in " ".join(page.split())
        assert "Lot CT-2291" in page
    said = text_of(paper)
    assert all(said.count(name) == 1 for name in names)


def test_nobody_is_named_in_what_the_file_says_of_itself(knowledge: Knowledge) -> None:
    paper = made(knowledge, treated(1, "Ana Nowak"))
    assert "Nowak" not in str(opened(paper).metadata)
    assert "CT-2291" in str(opened(paper).metadata)


def test_visits_not_signed_or_entered_in_error_say_so(knowledge: Knowledge) -> None:
    paper = made(
        knowledge,
        treated(1, "Ana Nowak", use={"signed": False}),
        treated(2, "Zoë Hart", use={"invalidated": True}),
        treated(3, "Mia Lund", use={"signed": False, "discarded": True}),
    )
    assert "visit given up" in text_of(paper)
    assert "visit not signed" in text_of(paper)
    assert "entered in error" in text_of(paper)


@pytest.mark.parametrize("name", ["𠮷野", "Ana 😀 Nowak"])
def test_a_name_that_cannot_be_printed_keeps_nobody_off_the_list(knowledge: Knowledge, name: str) -> None:
    said = text_of(made(knowledge, treated(1, name), treated(2, "Zoë Hart")))
    assert "Name as on the screen under C-0001" in said
    assert "Zoë Hart" in said


@pytest.mark.parametrize("name", ["Łukasz O'Brien <b>& Søn", "Nguyễn Thị Minh Khai", "Ελένη Παπαδοπούλου", "王小明"])
def test_names_stand_as_they_are_written(knowledge: Knowledge, name: str) -> None:
    assert name in text_of(made(knowledge, treated(1, name)))


def test_nobody_is_said_too(knowledge: Knowledge) -> None:
    assert "Nobody was treated with this lot." in text_of(made(knowledge))
