"""The signed visit as PDF: everything recorded is on it, and the seal comes last."""

from __future__ import annotations

from datetime import date

import pytest

from needlelog.documents.record_sheet import make_record_sheet
from needlelog.domain.consent import PhotoConsent, Understanding
from needlelog.domain.findings import Finding, Level, Override, Source, StepId
from needlelog.domain.series import SeriesVisit
from needlelog.domain.session import Photo, SessionDraft, StepSkipped
from needlelog.domain.signed import Addendum, ClientAsSigned, Seal, SignedSession
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests.builders import BIRTH_DATE, ENDED, a_clinic, a_full_draft, a_moment, an_adverse_event, an_id
from tests.integration.documents.papers import fonts_of, opened, pieces, text_of

WORDS = Words()
NAME = "Łukasz O'Brien <b>& Søn"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def a_signed_session(draft: SessionDraft | None = None, **changes: object) -> SignedSession:
    draft = draft or a_full_draft()
    seal = Seal(
        sequence=7,
        kind="session",
        subject_id=draft.id,
        content_sha256="ab" * 32,
        previous_sha256="12" * 32,
        sha256="ef" * 32,
        at=ENDED,
    )
    usual: dict[str, object] = {
        "draft": draft,
        "client": ClientAsSigned(id=draft.client_id, number=42, full_name=NAME, birth_date=BIRTH_DATE),
        "signed_at": ENDED,
        "signed_by": "Mara Lindt, RN",
        "seal": seal,
    }
    return SignedSession.model_validate(usual | changes)


def test_everything_recorded_is_on_it(knowledge: Knowledge) -> None:
    draft = a_full_draft()
    text = text_of(make_record_sheet(a_signed_session(draft), a_clinic(), knowledge, WORDS))

    assert NAME in text
    assert "born 12-Mar-1988 · C-0042" in text
    for needling_pass in draft.needling.passes:
        assert f"{needling_pass.depth_mm} mm · 1 pass · {needling_pass.direction.value} · endpoint" in text
    assert text.count("Needled with Test Pen · 12-pin cartridge · lot CT-2291") == 1
    for use in (*draft.cleansing.uses, *draft.serums, *draft.cooling):
        assert f"{use.name} · lot {use.lot}" in text
    for answer in draft.consultation.screening:
        assert knowledge.contraindications[answer.contraindication].title in text
    for tick in draft.needling.time_out:
        assert knowledge.time_out[tick.item].text in text
    assert draft.consent.shown is not None
    assert draft.consent.shown.sha256 in text.replace(" ", "")
    assert "I understand what will be done." in text
    assert "Signed by Mara Lindt, RN on 20-Nov-2026 15:40 as the practitioner" in text


def test_an_end_known_to_the_month_is_printed_as_that_month(knowledge: Knowledge) -> None:
    draft = a_full_draft()
    said, *rest = draft.consultation.screening
    month = said.with_(answer="yes", ended_on=date(2026, 3, 31), ended_precision="month")
    told = draft.with_(consultation=draft.consultation.with_(screening=(month, *rest)))
    text = text_of(make_record_sheet(a_signed_session(told), a_clinic(), knowledge, WORDS))
    assert "ended Mar-2026" in text
    to_come = said.with_(contraindication="C19-ahead", answer="yes", ended_on=date(2027, 2, 3))
    planned = draft.with_(consultation=draft.consultation.with_(screening=(to_come,)))
    text = text_of(make_record_sheet(a_signed_session(planned), a_clinic(), knowledge, WORDS))
    assert "begins 03-Feb-2027" in text
    assert "31-Mar-2026" not in text


def test_an_answer_about_an_area_is_printed_with_its_zones(knowledge: Knowledge) -> None:
    draft = a_full_draft()
    said, *rest = draft.consultation.screening
    there = said.with_(contraindication="C38", answer="yes", zones=("cheek_left", "chin"))
    told = draft.with_(consultation=draft.consultation.with_(screening=(there, *rest)))
    text = " ".join(text_of(make_record_sheet(a_signed_session(told), a_clinic(), knowledge, WORDS)).split())
    assert "yes: Left cheek, Chin" in text


def test_addenda_stand_before_the_seal(knowledge: Knowledge) -> None:
    addendum = Addendum(
        id=an_id(99), session_id=an_id(1), text="Client phoned: all well.", by="Mara Lindt", at=a_moment(3000)
    )
    text = text_of(make_record_sheet(a_signed_session(addenda=(addendum,)), a_clinic(), knowledge, WORDS))

    assert text.index("9 Aftercare") < text.index("Client phoned: all well.") < text.index("Signed by Mara Lindt")
    assert text.index("Signed by Mara Lindt") < text.index(" ".join(["ef" * 8] * 4))


def test_skipped_steps_overrides_events_and_invalidation_are_told(knowledge: Knowledge) -> None:
    finding = Finding(
        key="depth-1",
        code="depth",
        step=StepId.NEEDLING,
        level=Level.STOP,
        title="Deeper than planned",
        detail="Above 1.00 mm.",
        sources=(Source(address="example.org/manual?p=23", kind="A"),),
    )
    draft = a_full_draft(
        serums=(),
        skipped=(StepSkipped(step=StepId.SERUM, reason="Client brought none", by="Mara Lindt", at=ENDED),),
        overrides=(Override(finding=finding, reason="Agreed with the client", by="Mara Lindt", at=ENDED),),
    )
    event = an_adverse_event(what="Fainted <i>briefly</i>")
    draft = draft.with_(reactions=draft.reactions.with_(adverse_events=(event,)))
    signed = a_signed_session(
        draft, invalidated_at=a_moment(500), invalidated_by="Eve Moss, RN", invalidated_reason="Wrong client"
    )
    text = text_of(make_record_sheet(signed, a_clinic(), knowledge, WORDS))

    for said in (
        "Did not apply Client brought none",
        "Stop: Deeper than planned · Above 1.00 mm. · Reason: Agreed with the client · Mara Lindt Source: "
        "example.org/manual?p=23",
        "Fainted <i>briefly</i>",
        "Marked as entered in error by Eve Moss, RN on 20-Nov-2026 22:20: Wrong client",
    ):
        assert said in text


def test_it_is_readable_embedded_and_repeatable(knowledge: Knowledge) -> None:
    signed = a_signed_session()
    paper = make_record_sheet(signed, a_clinic(), knowledge, WORDS)

    assert min(piece.size for piece in pieces(paper)) >= 10
    assert all(dict(fonts_of(paper)).values())
    assert b"Helvetica" not in paper
    assert make_record_sheet(signed, a_clinic(), knowledge, WORDS) == paper
    for number, page in enumerate(opened(paper).pages, start=1):
        assert f"Page {number} of {len(opened(paper).pages)}" in " ".join(page.extract_text().split())


def test_a_very_long_note_goes_on_over_pages_and_loses_nothing(knowledge: Knowledge) -> None:
    draft = a_full_draft()
    note = " ".join(f"word{number}" for number in range(1100))
    long = draft.with_(needling=draft.needling.with_(note=note))
    text = text_of(make_record_sheet(a_signed_session(long), a_clinic(), knowledge, WORDS))

    assert all(f"word{number}" in text for number in range(1100))


def test_the_time_out_stands_in_the_words_that_were_said(knowledge: Knowledge) -> None:
    draft = a_full_draft()
    ticks = tuple(
        one.with_(item="of-an-older-set", said="Skin is calm in every zone.") if place == 0 else one
        for place, one in enumerate(draft.needling.time_out)
    )
    told = a_signed_session(draft.with_(needling=draft.needling.with_(time_out=ticks)))
    text = text_of(make_record_sheet(told, a_clinic(), knowledge, WORDS))
    assert "Skin is calm in every zone." in text
    assert "of-an-older-set" not in text


def test_who_interpreted_the_consent_is_on_it(knowledge: Knowledge) -> None:
    draft = a_full_draft()
    said = Understanding(interpreter="Eleni Ray", relation="daughter", at=a_moment(14))
    told = draft.with_(consent=draft.consent.with_(understanding=said))
    assert "Eleni Ray · daughter" in text_of(make_record_sheet(a_signed_session(told), a_clinic(), knowledge, WORDS))
    alone = draft.with_(consent=draft.consent.with_(understanding=Understanding(at=a_moment(14))))
    text = text_of(make_record_sheet(a_signed_session(alone), a_clinic(), knowledge, WORDS))
    assert "None needed: read by the client" in text


def test_a_session_of_a_series_is_numbered_only_where_something_was_needled(knowledge: Knowledge) -> None:
    said = SeriesVisit(series_id=an_id(900), concern="acne-scars", number=3, sessions=6)
    full = a_full_draft()
    whole = full.with_(consultation=full.consultation.with_(series=said))
    text = text_of(make_record_sheet(a_signed_session(whole), a_clinic(), knowledge, WORDS))
    assert "session 3 of 6" in text
    given_up = whole.with_(needling=whole.needling.with_(passes=()))
    text = text_of(make_record_sheet(a_signed_session(given_up), a_clinic(), knowledge, WORDS))
    assert "nothing was needled, not counted as a session" in text
    assert "session 3 of 6" not in text


def test_the_photo_choice_is_told_in_the_words_of_the_consent(knowledge: Knowledge) -> None:
    draft = a_full_draft()
    for choice, said in (
        (PhotoConsent.RECORD_ONLY, "Photos for my record"),
        (PhotoConsent.PUBLICATION, "Photos for my record, for teaching and for publication"),
        (PhotoConsent.DECLINED, "No photos"),
    ):
        consented = draft.with_(consent=draft.consent.with_(photo=choice, photo_at=draft.started_at))
        text = text_of(make_record_sheet(a_signed_session(consented), a_clinic(), knowledge, WORDS))
        assert f"Photos {said} · " in text
        assert f"Photos {choice.value} ·" not in text


def test_no_digit_of_a_fingerprint_stands_alone(knowledge: Knowledge) -> None:
    draft = a_full_draft()
    assert draft.consent.shown is not None
    found = [
        one.text.strip() for one in pieces(make_record_sheet(a_signed_session(draft), a_clinic(), knowledge, WORDS))
    ]
    sha = draft.consent.shown.sha256
    groups = [sha[at : at + 16] for at in range(0, 64, 16)]
    lines = [one for one in found if any(group in one for group in groups)]
    assert "".join(group for line in lines for group in line.split() if len(group) == 16) == sha


def test_the_view_of_a_photo_is_printed_as_it_is_read(knowledge: Knowledge) -> None:
    draft = a_full_draft()
    photo = Photo(id=an_id(950), sha256="a" * 64, view="face_front", taken_at=draft.started_at)
    pictured = draft.with_(consultation=draft.consultation.with_(photos=(photo,)))
    text = text_of(make_record_sheet(a_signed_session(pictured), a_clinic(), knowledge, WORDS))
    assert "Face front" in text
    assert "face_front" not in text
