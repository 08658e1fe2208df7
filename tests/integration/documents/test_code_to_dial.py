"""The code on the sheets, read from the printed page as a phone does: it dials the clinic, also beside Arabic."""

from __future__ import annotations

import pytest

from needlelog.documents.aftercare_sheet import make_aftercare_sheet
from needlelog.documents.client_words import client_words
from needlelog.domain.papers import SheetForm
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests import builders
from tests.integration.documents.square_codes import code_on
from tests.integration.documents.ten_visits import sheet_of

LEAST_MODULE_MM = 0.5
"""What the camera of a phone tells apart at arm's length."""

PRINTER_DPI = 100
"""A third of what the plainest printer does."""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


@pytest.mark.parametrize("form", [SheetForm(), SheetForm(large=True), SheetForm(grey=True)], ids=["14", "18", "grey"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_camera_dials_the_clinic(language: str, form: SheetForm, knowledge: Knowledge) -> None:
    words = client_words(language)
    found = code_on(make_aftercare_sheet(sheet_of("scalp", knowledge, words, form), words), PRINTER_DPI)

    assert found is not None
    assert found.text == "tel:+35315550100"
    assert found.module_mm >= LEAST_MODULE_MM


def test_a_number_that_is_none_to_dial_has_no_code(knowledge: Knowledge) -> None:
    words = client_words("en")
    clinic = builders.a_clinic(phone="ask at the desk")
    assert code_on(make_aftercare_sheet(sheet_of("scalp", knowledge, words, clinic=clinic), words), PRINTER_DPI) is None
