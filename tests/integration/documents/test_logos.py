"""Whatever a clinic chooses as its logo: papers come out with it, or one sentence says why it cannot be used."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from needlelog.documents.aftercare_content import AftercareSheet, sheet_for
from needlelog.documents.aftercare_sheet import make_aftercare_sheet
from needlelog.domain.papers import SheetForm
from needlelog.errors import Fault
from needlelog.i18n import Words
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from needlelog.photos.logo import SIDE_PX, kept_logo
from tests.builders import a_client, a_clinic, a_full_draft
from tests.integration.documents.logos import PAPER, REFUSED, TEAL, USABLE, drawn, saved
from tests.integration.documents.papers import opened, text_of

WORDS = Words()
NEAR = 12
"""How far a colour may be off by what JPEG and other colour spaces do to it."""


@pytest.fixture(scope="module")
def sheet() -> AftercareSheet:
    knowledge = load_knowledge(resources() / "knowledge")
    return sheet_for(a_full_draft(), a_client(), a_clinic(), knowledge, {}, WORDS)


def with_logo(sheet: AftercareSheet, logo: bytes, *, grey: bool = False) -> bytes:
    clinic = sheet.clinic.with_(logo=logo)
    return make_aftercare_sheet(replace(sheet, clinic=clinic, form=SheetForm(grey=grey)), WORDS)


@pytest.mark.parametrize("kind", list(USABLE))
def test_a_picture_of_any_kind_stands_on_the_sheet(kind: str, sheet: AftercareSheet) -> None:
    kept = kept_logo(USABLE[kind]())
    with Image.open(BytesIO(kept)) as image:
        assert image.format in ("PNG", "JPEG")
        assert image.mode in ("L", "RGB", "RGBA")
        assert max(image.size) <= SIDE_PX
    for grey in (False, True):
        paper = with_logo(sheet, kept, grey=grey)
        assert len(opened(paper).pages) == 2
        assert len(opened(paper).pages[0].images) == 1
        assert "Quay Street Skin Clinic" in text_of(paper)


@pytest.mark.parametrize("kind", list(REFUSED))
def test_what_cannot_be_used_is_refused_in_one_sentence(kind: str) -> None:
    make, code = REFUSED[kind]
    with pytest.raises(Fault) as caught:
        kept_logo(make())
    assert caught.value.code.value == code
    said = str(WORDS.fault(caught.value))
    assert said.endswith(".")
    assert "{" not in said


@pytest.mark.parametrize(
    "kind",
    ["PNG", "PNG, 20 000 px wide", "JPEG, 20 000 px wide", "GIF that moves", "TIFF in CMYK", "JPEG on its side"],
)
def test_it_looks_as_it_did(kind: str) -> None:
    with Image.open(BytesIO(kept_logo(USABLE[kind]()))) as image:
        wide, high = image.size
        assert wide > high
        for at, colour in ((high // 8, TEAL), (high // 2, PAPER)):
            found = image.convert("RGB").getpixel((wide // 2, at))
            assert isinstance(found, tuple)
            assert all(abs(one - other) <= NEAR for one, other in zip(found, colour, strict=True)), (at, found)


def test_deep_greys_are_not_cut_off_at_white() -> None:
    with Image.open(BytesIO(kept_logo(USABLE["PNG of 16 bits"]()))) as image:
        assert image.getpixel((10, 5)) == 24_000 // 256
        assert image.getpixel((10, 45)) == 255


def test_what_is_small_and_plain_is_kept_byte_for_byte() -> None:
    data = USABLE["PNG"]()
    assert kept_logo(data) == data


def test_the_ground_shows_through_on_paper(sheet: AftercareSheet) -> None:
    clear = Image.new("RGBA", (300, 90), (200, 0, 0, 0))
    red = Image.new("RGBA", (300, 90), (200, 0, 0, 255))
    assert _reds(with_logo(sheet, saved(clear, "PNG"))) == 0
    assert _reds(with_logo(sheet, saved(red, "PNG"))) > 500


@pytest.mark.parametrize("damage", [b"", b"no picture", saved(drawn((300, 90)), "PNG")[:-60]])
def test_a_logo_that_cannot_be_read_any_more_keeps_no_sheet_from_the_client(
    damage: bytes, sheet: AftercareSheet
) -> None:
    paper = with_logo(sheet, damage)
    assert list(opened(paper).pages[0].images) == []
    assert "Quay Street Skin Clinic" in text_of(paper)


def _reds(paper: bytes) -> int:
    document = pypdfium2.PdfDocument(paper)
    try:
        picture = document[0].render(scale=1).to_pil().convert("RGB")
    finally:
        document.close()
    pixels = [picture.getpixel((x, y)) for x in range(picture.width) for y in range(90)]
    return sum(1 for one in pixels if isinstance(one, tuple) and one[0] > 150 and one[1] < 60)
