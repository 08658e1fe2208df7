"""Each fact of the founding articles is somewhere in the program where it is met: asked, judged, printed or read.

That the library shows each of them with what serves it is tested with its screen.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from needlelog.domain.findings import StepId
from needlelog.domain.materials import ProductKind
from needlelog.domain.papers import SheetForm
from needlelog.rules.screening import asked
from needlelog.services.desk import Desk
from needlelog.workflow.steps import SESSION_STEPS
from tests import builders
from tests.desks import StandingClock, a_door, set_up_desk
from tests.gui.screens.clinic_days import add_client


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    door = a_door(Path(tmp_path_factory.mktemp("facts")) / "clinic", StandingClock())
    made = set_up_desk(door)
    yield made
    made.close()
    door.leave()


@pytest.fixture(scope="module")
def consent(desk: Desk) -> str:
    return next(text.text for text in desk.consent_texts if text.language == "en")


@pytest.fixture(scope="module")
def sheet(desk: Desk) -> str:
    full = builders.a_full_draft()
    client = desk.clients.add(builders.a_client(id=full.client_id))
    paper = desk.papers.aftercare(full, client)
    pages = PdfReader(io.BytesIO(paper.data)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


CONSENT = {
    "S02": ("heals and builds new collagen",),
    "S03": ("texture and tone", "fine lines", "scars", "dark marks", "large pores", "stretch marks", "thin hair"),
    "S08": ("cleansed", "numbing cream", "needles", "serum", "cooling", "aftercare"),
    "S10": ("ten minutes to an hour", "a couple of hours"),
    "S11": ("prickling, pressure or pain",),
    "S12": ("red and may swell", "one to three days", "peel"),
    "S13": ("Infection", "Bleeding and bruising", "Burning", "swelling", "More wrinkles", "Darker", "darker skin"),
    "S15": ("four to six visits, four to six weeks apart",),
    "S16": ("age, skin, depth, number of visits and care at home", "not permanent"),
}
"""What the client signs."""

ANSWERED = {
    "S01": ("what", "collagen induction therapy", "skin needling", "medical", "cosmetic"),
    "S02": ("how", "growth factors", "collagen and elastin", "months", "products in"),
    "S04": ("where", "head to feet", "scalp"),
    "S05": ("who", "all skin types", "Active acne, eczema or rosacea need a dermatologist"),
    "S09": ("numbing", "About an hour"),
    "S10": ("how-long", "10 minutes to 1 hour", "couple of hours"),
    "S11": ("pain", "prickling and slight discomfort", "painless"),
    "S16": ("results", "24 hours", "2 to 4 weeks", "not for ever"),
    "S17": ("combined", "serums", "peels or laser"),
    "S18": ("home", "cheaper", "may not build collagen", "tear", "infections", "Scars", "first treatment"),
    "S19": ("cost", "100 to 800 dollars", "Insurance usually does not pay", "packages", "consultations are free"),
    "S20": ("who-treats", "certificate", "American Board of Dermatology"),
}
"""What clients ask, as the library answers it: the entry, and words of the answer."""

ASKED = {
    "S05": ("C04", "C14", "C15"),
    "S06": ("C01", "C18", "C44"),
    "S07": ("C08", "C09", "C31", "C33", "C34"),
    "S17": ("C26", "C27"),
}
"""What is asked at the consultation of a visit."""

PRINTED = {
    "S12": ("Redness", "swelling", "Dry, rough or peeling"),
    "S14": (
        "wash or cleanse", "exercise", "heat", "sauna", "swim", "make-up", "sun", "sunscreen", "gentle products",
        "moisturiser", "Do not touch, scratch, pick or peel",
    ),
}  # fmt: skip
"""What the client takes home."""


@pytest.mark.parametrize("fact", CONSENT)
def test_the_client_signs_that(fact: str, consent: str) -> None:
    for words in CONSENT[fact]:
        assert words in consent


@pytest.mark.parametrize("fact", ANSWERED)
def test_the_library_answers_that(fact: str, desk: Desk) -> None:
    entry, *words = ANSWERED[fact]
    assert f"questions:{entry}" in desk.knowledge.founding[fact].serves
    for word in words:
        assert word in desk.knowledge.questions[entry].answer


@pytest.mark.parametrize("fact", ASKED)
def test_a_visit_asks_that(fact: str, desk: Desk) -> None:
    draft = desk.sessions.start(add_client(desk, f"Ana Nowak {fact}").id)
    ids = {entry.id for entry in asked(draft, desk.sessions.judge(draft).around)}
    assert set(ASKED[fact]) <= ids


@pytest.mark.parametrize("fact", PRINTED)
def test_the_sheet_says_that(fact: str, sheet: str) -> None:
    for words in PRINTED[fact]:
        assert words.casefold() in sheet.casefold(), words


def test_the_preparation_is_asked_about(desk: Desk) -> None:
    """S07."""
    items = set(desk.knowledge.preparation)
    assert items >= {"retinoids", "acids", "blood-thinners", "sun", "sun-protection", "bare-skin"}


def test_the_preparation_is_told_on_paper_in_time(desk: Desk) -> None:
    """S07."""
    client = add_client(desk, "Ben Hall")
    at = builders.a_moment(49 * 24 * 60)
    made = desk.papers.preparation(client, at=at, concerns=(), zones=("cheek_left",), form=SheetForm())
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made.data)).pages)
    for words in (
        "no retinol",
        "Use no acid",
        "blood thinner",
        "aspirin or ibuprofen",
        "tanning",
        "sunscreen",
        "bare skin",
    ):
        assert words in text


@pytest.mark.parametrize(
    "words", ["First changes can show by", "Judge it around", "needle roller or needle pen at home"]
)
def test_the_sheet_tells_when_results_show_and_of_needling_at_home(words: str, sheet: str) -> None:
    """S16, S18."""
    assert words in sheet


def test_a_visit_goes_the_steps_of_the_articles(desk: Desk) -> None:
    """S08, and what S09 adds to them."""
    order = [step.id for step in SESSION_STEPS]
    told = [StepId.CLEANSING, StepId.NUMBING, StepId.NEEDLING, StepId.SERUM, StepId.COOLING, StepId.AFTERCARE]
    assert [step for step in order if step in told] == told
    listed = {product.kind for product in desk.materials.all()}
    needed = {ProductKind.CLEANSER, ProductKind.ANAESTHETIC, ProductKind.DEVICE, ProductKind.SERUM, ProductKind.COOLING}
    assert listed >= {*needed, ProductKind.ADDON}


def test_what_a_client_comes_for_can_be_chosen(desk: Desk) -> None:
    """S03."""
    served = {place for place in desk.knowledge.founding["S03"].serves if place.startswith("concerns:")}
    assert {place.partition(":")[2] for place in served} <= set(desk.knowledge.concerns)
    assert len(served) > 10


def test_the_map_reaches_from_head_to_feet(desk: Desk) -> None:
    """S04."""
    areas = {zone.area for zone in desk.knowledge.zones.values()}
    assert areas == {"face", "eye", "neck", "chest", "scalp", "body"}
    assert {"foot_left", "foot_right", "scalp_crown"} <= set(desk.knowledge.zones)


def test_the_course_is_held_against_the_articles(desk: Desk) -> None:
    """S15."""
    rule = desk.knowledge.interval
    assert (rule.usual_from_days, rule.usual_to_days) == (28, 42)
    usual = desk.knowledge.concerns["texture-tone"]
    assert (usual.sessions_min, usual.sessions_max) == (4, 6)


def test_who_treats_is_named_with_their_certificate(desk: Desk, sheet: str) -> None:
    """S20."""
    assert desk.me.signature == "Mara Lindqvist, RN"
    assert builders.a_full_draft().practitioner in sheet


def test_every_fact_is_met_somewhere(desk: Desk) -> None:
    met = {*CONSENT, *ANSWERED, *ASKED, *PRINTED, "S03", "S04", "S07", "S08", "S15", "S20"}
    assert met == set(desk.knowledge.founding)
