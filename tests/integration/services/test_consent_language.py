"""The paper of a consent speaks the language that the client read, whatever the clinic speaks."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from pypdf import PdfReader

from needlelog.domain.consent import Signature
from needlelog.knowledge.consent import load_consent_texts
from needlelog.paths import resources
from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock
from tests.gui.screens.clinic_days import add_client, treat


def test_the_words_around_a_consent_are_those_of_its_text(desk: Desk, clock: StandingClock) -> None:
    german = next(one for one in load_consent_texts(resources() / "consent") if one.language == "de")
    signature = Signature(typed_name="Ana Nowak", at=builders.STARTED)
    consent = builders.a_full_draft().consent.with_(shown=german, signature=signature)
    client = add_client(desk, "Ana Nowak", language="de")
    visit = treat(desk, clock, client, clock.now() - timedelta(days=3), consent=consent)
    sheet = desk.papers.consent(visit, client)
    assert sheet.paper.language == "de"
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(sheet.data)).pages).split())
    for said in (
        "Unterschriebene Einwilligung",
        "Wer zugestimmt hat",
        "getippt: Ana Nowak",
        "Besuch unterschrieben von",
    ):
        assert said in text
    for english in ("Signed consent", "Who agreed", "Practitioner"):
        assert english not in text
