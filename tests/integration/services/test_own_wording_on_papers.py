"""The clinic's own wording in use: on every sheet from then on, never on what was given or signed before."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from functools import partial
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from uuid import uuid4

import pytest
from pypdf import PdfReader

from needlelog.domain.own_texts import SheetKind
from needlelog.domain.papers import SheetForm
from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.consent import text_for
from needlelog.rules.sheet import sheet_is_current
from needlelog.services.desk import Desk
from needlelog.services.kept_papers import Sheet
from needlelog.workflow.flow import SessionFlow
from tests.desks import StandingClock
from tests.gui.screens.clinic_days import add_client, treat
from tests.integration.documents.papers import pieces, text_of
from tests.integration.services.test_proof import Clinic
from tests.integration.services.test_visits import _client, _given, _ready

AFTERCARE, PREPARATION, CONSENT = SheetKind.AFTERCARE, SheetKind.PREPARATION, SheetKind.CONSENT
MAIN = "Your skin heals now. Keep it cool & clean, <b>out of the sun</b>. Worried? Call {clinic}: {phone}."
SAID = MAIN.format(clinic="Seaside Skin Clinic", phone="01273 555 010")


@pytest.fixture
def open_visit(desk: Desk, clock: StandingClock) -> SessionFlow:
    """A visit with its sheet given, ready to be signed."""
    flow = _ready(desk, _client(desk))
    _given(desk, flow, clock)
    return flow


def made(desk: Desk, flow: SessionFlow, **changes: object) -> Sheet:
    return desk.papers.aftercare(flow.draft, desk.clients.get(flow.draft.client_id).with_(**changes))


def preparation(desk: Desk, flow: SessionFlow) -> Sheet:
    client, at = desk.clients.get(flow.draft.client_id), desk.clock.now() + timedelta(weeks=5)
    return desk.papers.preparation(client, at=at, concerns=(), zones=("cheek_left",), form=SheetForm())


def test_the_sheet_says_it_as_the_clinic_does_and_bears_both_versions(desk: Desk, open_visit: SessionFlow) -> None:
    shipped = made(desk, open_visit)
    assert (shipped.paper.template_version.split()[:2], shipped.reviewed) == (["aftercare-en", "2.1"], False)
    desk.templates.keep(AFTERCARE, "en", {"main": MAIN}, reviewed_by="Dr Amina Ruiz")
    own = made(desk, open_visit)
    text = text_of(own.data)
    assert SAID in text
    assert "sheet aftercare-en 2.1 own-1" in text
    assert own.paper.template_version == f"aftercare-en 2.1 own-1 {desk.knowledge.version}"
    assert own.reviewed
    assert PdfReader(BytesIO(own.data)).metadata.subject == "aftercare-en 2.1 own-1"  # type: ignore[union-attr]
    spanish = made(desk, open_visit, language="es")
    assert spanish.paper.template_version.split()[:2] == ["aftercare-es", "1.1"]
    assert not spanish.reviewed


def test_a_sheet_in_older_wording_counts_as_outdated(desk: Desk, open_visit: SessionFlow) -> None:
    def current() -> bool:
        flow, judge = desk.sessions.resume(open_visit.draft.id)
        return sheet_is_current(flow.draft, judge.around)

    assert current()
    desk.templates.keep(AFTERCARE, "es", {"title": "Su piel"})
    assert current()
    desk.templates.keep(AFTERCARE, "en", {"title": "After your visit"})
    assert not current()
    desk.templates.back_to(AFTERCARE, "en", 0, "Back to the shipped one")
    assert current()


def test_the_wording_of_what_to_mind_before_counts_where_it_is_on_the_sheet(
    desk: Desk, open_visit: SessionFlow
) -> None:
    coming = desk.clock.now() + timedelta(weeks=5)
    open_visit.edit(lambda one: one.with_(aftercare=one.aftercare.with_(next_visit_at=coming)))
    before = made(desk, open_visit)
    brief = {"rules.no-retinoids.brief": "any vitamin A cream or retinol"}
    desk.templates.keep(PREPARATION, "en", brief, confirmed=brief)
    after = made(desk, open_visit)
    assert "any vitamin A cream or retinol" in text_of(after.data)
    assert before.around != after.around
    open_visit.edit(lambda one: one.with_(aftercare=one.aftercare.with_(next_visit_at=None)))
    alone = made(desk, open_visit).around
    desk.templates.back_to(PREPARATION, "en", 0, "Back to the shipped one")
    assert made(desk, open_visit).around == alone


def test_the_preparation_sheet_follows_too(desk: Desk, open_visit: SessionFlow) -> None:
    desk.templates.keep(
        PREPARATION, "en", {"title": "Coming to {clinic}", "rules.no-hair-removal-before.text": ""}, reason="We wax"
    )
    sheet = preparation(desk, open_visit)
    text = text_of(sheet.data)
    assert "Coming to Seaside Skin Clinic" in text
    assert "wax" not in text
    assert sheet.paper.template_version.startswith("preparation-en 1.0 own-1 ")
    assert not sheet.reviewed


def test_a_rule_that_is_left_out_is_on_no_sheet(desk: Desk, open_visit: SessionFlow) -> None:
    assert "make-up" in text_of(made(desk, open_visit).data)
    desk.templates.keep(AFTERCARE, "en", {"rules.no-make-up.text": ""}, reason="Mineral make-up is fine, says Dr Ruiz")
    assert "make-up" not in text_of(made(desk, open_visit).data)


def test_whoever_says_that_the_shipped_texts_are_reviewed_changes_no_version(
    desk: Desk, open_visit: SessionFlow
) -> None:
    before = made(desk, open_visit)
    desk.templates.keep(AFTERCARE, "en", {}, reviewed_by="Dr Amina Ruiz")
    after = made(desk, open_visit)
    assert (after.reviewed, after.data, after.around) == (True, before.data, before.around)


def test_the_consent_is_shown_in_the_clinics_words_and_a_signed_one_stays(desk: Desk, clock: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    shipped = text_for(desk.consent_texts, "en")
    before = treat(desk, clock, client, clock.now(), consent=_consent(desk))
    key = "paragraphs.1"
    desk.templates.keep(CONSENT, "en", {key: f"At {{clinic}}. {desk.templates.shipped(CONSENT, 'en').texts[key]}"})
    own = text_for(desk.consent_texts, "en")
    assert own.text.startswith("At Seaside Skin Clinic. What it is for.")
    assert (own.version, own.language) == ("1 own-1", "en")
    assert own.sha256 != shipped.sha256
    clock.pass_(days=60)
    after = treat(desk, clock, client, clock.now(), consent=_consent(desk))
    desk.templates.back_to(CONSENT, "en", 0, "The lawyer asks for it")
    assert text_for(desk.consent_texts, "en") == shipped
    assert desk.history.visit(before.id).draft.consent.shown == shipped
    assert desk.history.visit(after.id).draft.consent.shown == own
    paper = text_of(desk.papers.consent(desk.history.visit(after.id), client).data)
    assert own.sha256 in paper.replace(" ", "")
    assert "At Seaside Skin Clinic." in paper
    assert not [flaw for flaw in desk.proof.whole().flaws if not flaw.says.startswith("A photo")]


def _consent(desk: Desk) -> object:
    from tests import builders

    return builders.a_consent(shown=text_for(desk.consent_texts, "en"))


@pytest.mark.parametrize(
    ("column", "told"), [("texts", "aftercare sheet (en)"), ("at", "aftercare sheet (en)"), ("sheet", "cannot be told")]
)
def test_damaged_wording_does_not_count_and_is_told(
    tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch, column: str, told: str
) -> None:
    clinic = Clinic(tmp_path / "clinic", clock, monkeypatch)
    with clinic.opened() as desk:
        desk.templates.keep(AFTERCARE, "de", {"title": "Ihre Haut"})
        desk.templates.keep(AFTERCARE, "en", {"title": "First"})
        desk.templates.keep(AFTERCARE, "en", {"title": "Second"})
        assert desk.notices() == ()
    clinic.tamper(f"UPDATE own_texts SET \"{column}\" = x'ff00' WHERE sequence = 3")
    with clinic.opened() as desk:
        (notice,) = desk.notices()
        assert told in notice
        assert "shipped wording is used" in notice
        assert desk.templates.current(AFTERCARE, "en") is None
        assert [one.number for one in desk.templates.history(AFTERCARE, "en")] == [1]
        assert "a version of your own wording" in " ".join(flaw.says for flaw in desk.proof.whole().flaws)
        kept = desk.templates.keep(AFTERCARE, "en", {"title": "Third"})
        assert desk.templates.current(AFTERCARE, "en") == kept
    with clinic.opened() as desk:
        assert desk.templates.current(AFTERCARE, "en") == kept


def test_wording_that_was_kept_beside_older_shipped_texts_is_told(
    tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = Clinic(tmp_path / "clinic", clock, monkeypatch)
    with clinic.opened() as desk:
        desk.templates.keep(PREPARATION, "en", {"title": "Before you come"})
    clinic.tamper("UPDATE own_texts SET shipped = '0.9'")
    with clinic.opened() as desk:
        (notice,) = desk.notices()
        assert "preparation sheet (en)" in notice
        current = desk.templates.current(PREPARATION, "en")
        assert current is not None
        assert current.texts == {"title": "Before you come"}


def test_too_much_wording_is_told_by_the_sheet_and_the_text_that_grew(desk: Desk, open_visit: SessionFlow) -> None:
    texts = {"main": "Rest, keep cool, call us. " * 400, "title": "After your visit"}
    named = {"pages": 2, "needed": 7, "sheet": "aftercare sheet", "longest": "Main message", "key": "main"}
    for refuse in (desk.templates.preview, partial(desk.templates.keep, reason="We say more")):
        with pytest.raises(Fault) as seen:
            refuse(AFTERCARE, "en", texts)
        assert (seen.value.code, seen.value.values) == (FaultCode.WORDING_TOO_LONG, named)
    assert desk.templates.history(AFTERCARE, "en") == ()


def test_a_line_kept_before_such_was_refused_prints_in_the_shipped_words_and_it_is_said(
    desk: Desk, open_visit: SessionFlow
) -> None:
    allowed = {"rules.no-make-up.brief": "You may wear make-up today.", "title": "Our title"}
    with pytest.raises(Fault) as seen:
        desk.templates.keep(AFTERCARE, "en", allowed, reason="It was so", confirmed=allowed)
    assert seen.value.code is FaultCode.WORDING_TURNED
    kept = desk.templates.keep(AFTERCARE, "en", {"title": "Our title"})
    older = kept.with_(id=uuid4(), number=2, texts=allowed, base=None)
    desk.templates._repository.add(older)
    desk.wordings.reload()
    text = text_of(made(desk, open_visit).data)
    assert "Our title" in text
    assert "You may wear make-up" not in text
    assert "Do not wear make-up on the treated skin." in text
    (notice,) = desk.wordings.notices()
    assert "No make-up" in notice or "make-up" in notice
    assert "aftercare sheet (en)" in notice


def test_what_prints_beside_the_sign_is_kept_once_somebody_has_read_it(desk: Desk, open_visit: SessionFlow) -> None:
    brief = {"rules.no-make-up.brief": "Please do not wear make-up."}
    with pytest.raises(Fault) as seen:
        desk.templates.keep(AFTERCARE, "en", brief)
    assert (seen.value.code, seen.value.values["text"]) == (FaultCode.WORDING_NOT_CONFIRMED, *brief.values())
    desk.templates.keep(AFTERCARE, "en", brief, confirmed=brief)
    assert "Please do not wear make-up." in text_of(made(desk, open_visit).data)
    desk.templates.keep(AFTERCARE, "en", brief | {"title": "Our title"})
    again = desk.templates.back_to(AFTERCARE, "en", 1, "The old title was better")
    assert again.texts == brief


def test_a_version_keeps_the_shipped_words_of_what_it_says_otherwise(desk: Desk) -> None:
    shipped = desk.templates.shipped(AFTERCARE, "en").texts
    kept = desk.templates.keep(AFTERCARE, "en", {"main": MAIN, "rules.no-sauna.text": ""}, reason="No sauna here")
    assert kept.base == {key: shipped[key] for key in ("main", "rules.no-sauna.text")}
    assert desk.templates.current(AFTERCARE, "en") == kept


def test_what_is_being_written_is_there_again_for_whoever_wrote_it_and_counts_for_nothing(
    desk: Desk, open_visit: SessionFlow
) -> None:
    shipped = desk.templates.shipped(AFTERCARE, "en").version
    draft = desk.templates.save_draft(
        AFTERCARE, "en", {"main": "Rest {", "title": "\ud800 Ours"}, {"rules.no-sauna.text"}, 0
    )
    assert (draft.practitioner_id, draft.shipped, draft.left_out) == (desk.me.id, shipped, ("rules.no-sauna.text",))
    assert draft.texts == {"main": "Rest {", "title": "? Ours"}
    assert desk.templates.draft(AFTERCARE, "en") == draft
    assert desk.templates.draft(AFTERCARE, "es") is None
    assert "Looking after your skin" in text_of(made(desk, open_visit).data)
    desk.templates.drop_draft(AFTERCARE, "en")
    assert desk.templates.draft(AFTERCARE, "en") is None
    desk.templates.save_draft(AFTERCARE, "en", {"title": "Ours"}, (), 0)
    desk.templates.keep(AFTERCARE, "en", {"title": "Ours"})
    assert desk.templates.draft(AFTERCARE, "en") is None


def test_a_note_and_wording_that_are_too_long_together_are_told_and_the_note_alone_too(
    desk: Desk, open_visit: SessionFlow
) -> None:
    def code(note: str) -> FaultCode | None:
        open_visit.edit(lambda one: one.with_(aftercare=one.aftercare.with_(note=note)))
        try:
            made(desk, open_visit)
        except Fault as fault:
            return fault.code
        return None

    note, words = "Mind the stairs. ", "Keep it cool, out of the sun. Call us. "
    lengths = list(takewhile(lambda count: code(note * count) is None, range(5, 200, 5)))
    assert lengths
    desk.templates.keep(AFTERCARE, "en", {"main": words * 12})
    assert code("") is None
    assert code(note * lengths[-1]) is FaultCode.WORDING_TOO_LONG
    assert code(note * 400) is FaultCode.PAPER_TOO_LONG


@pytest.mark.parametrize("sheet", list(SheetKind))
@pytest.mark.parametrize("language", ["en", "ar", "he", "zh", "vi"])
def test_a_preview_shows_the_new_wording_and_keeps_nothing(desk: Desk, sheet: SheetKind, language: str) -> None:
    key = next(key for key in desk.templates.shipped(sheet, language).texts if key in {"main", "paragraphs.1"})
    texts = {key: "Fresh words, Łukasz & {clinic}. <i>Call</i> {phone}"}
    text = text_of(desk.templates.preview(sheet, language, texts))
    assert "Fresh words" in re.sub(r"\s+", " ", text)
    assert "<i>Call</i>" in text
    assert desk.templates.history(sheet, language) == ()
    assert desk.clients.find("") == ()


def test_a_preview_of_a_visit_that_was_chosen_is_of_that_visit(desk: Desk, open_visit: SessionFlow) -> None:
    client = desk.clients.get(open_visit.draft.client_id)
    paper = desk.templates.preview(
        AFTERCARE, "en", {"main": MAIN}, visit=open_visit.draft, client=client, form=SheetForm(large=True)
    )
    text = text_of(paper)
    assert client.full_name in text
    assert "aftercare-en 2.1 draft" in text
    assert len(PdfReader(BytesIO(paper)).pages) > 2


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "he", "pl", "pt", "vi", "zh"])
def test_words_in_bold_are_printed_without_their_asterisks_in_every_language(desk: Desk, language: str) -> None:
    key = "rules.no-make-up.brief"
    plain = desk.templates.shipped(AFTERCARE, language).texts[key]
    cut = 2 if language == "zh" else plain.index(" ")
    bold = f"**{plain[:cut]}**{plain[cut:]}"
    as_shipped, emphatic = (desk.templates.preview(AFTERCARE, language, {key: text}) for text in (plain, bold))
    drawn = [Counter("".join(piece.text for piece in pieces(paper))) for paper in (as_shipped, emphatic)]
    assert drawn[0] == drawn[1]
    assert as_shipped != emphatic
