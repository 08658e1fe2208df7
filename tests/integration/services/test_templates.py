"""The clinic's own wording: checked as it is written, kept version by version, and on every paper from then on."""

from __future__ import annotations

from uuid import uuid4

import pytest

from needlelog.documents import reading_grade, weakened, wording
from needlelog.domain.own_texts import SheetKind
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk

AFTERCARE, PREPARATION, CONSENT = SheetKind.AFTERCARE, SheetKind.PREPARATION, SheetKind.CONSENT
MAIN = "Your skin heals now. Keep it clean and cool, and out of the sun. If anything worries you, call us."
MAKE_UP = "rules.no-make-up.text"


def test_every_kept_version_stays_and_the_newest_counts(desk: Desk) -> None:
    templates = desk.templates
    assert templates.current(AFTERCARE, "en") is None
    first = templates.keep(AFTERCARE, "en", {"main": MAIN, "title": templates.shipped(AFTERCARE, "en").texts["title"]})
    assert (first.number, first.texts, first.by) == (1, {"main": MAIN}, desk.me.signature)
    second = templates.keep(AFTERCARE, "en", {"main": MAIN, "title": "After your visit"}, reviewed_by="Dr Ruiz")
    assert templates.current(AFTERCARE, "en") == second
    assert templates.history(AFTERCARE, "en") == (second, first)
    assert templates.current(AFTERCARE, "es") is None
    assert templates.current(PREPARATION, "en") is None


def test_any_older_version_comes_back_as_a_new_one(desk: Desk) -> None:
    templates = desk.templates
    first = templates.keep(CONSENT, "de", {"title": "Einwilligung"})
    templates.keep(CONSENT, "de", {"title": "Ihre Einwilligung"}, reviewed_by="Dr. Beck")
    again = templates.back_to(CONSENT, "de", 1, "The lawyer prefers it")
    assert (again.number, again.texts, again.reviewed_by) == (3, first.texts, "")
    shipped = templates.back_to(CONSENT, "de", 0, "The new text is better")
    assert (shipped.number, shipped.texts) == (4, {})
    with pytest.raises(Fault) as caught:
        templates.back_to(CONSENT, "de", 9, "Some reason")
    assert caught.value.code is FaultCode.RECORD_NOT_FOUND


def test_what_was_kept_before_anybody_was_asked_is_asked_about_before_it_counts_again(desk: Desk) -> None:
    templates, brief = desk.templates, {"rules.no-make-up.brief": "Please do not wear make-up."}
    first = templates.keep(AFTERCARE, "en", {"title": "After your visit"})
    templates._repository.add(first.with_(id=uuid4(), number=2, texts=brief, base=None))
    desk.wordings.reload()
    # On top of it nobody has read it either.
    with pytest.raises(Fault) as caught:
        templates.keep(AFTERCARE, "en", brief | {"title": "Ours"})
    assert caught.value.code is FaultCode.WORDING_NOT_CONFIRMED
    assert [one.key for one in templates.unread(AFTERCARE, "en", 2)] == list(brief)
    templates.back_to(AFTERCARE, "en", 1, "The title was better")
    with pytest.raises(Fault) as caught:
        templates.back_to(AFTERCARE, "en", 2, "It was better")
    assert caught.value.code is FaultCode.WORDING_NOT_CONFIRMED
    again = templates.back_to(AFTERCARE, "en", 2, "It was better", confirmed=brief)
    templates.back_to(AFTERCARE, "en", 1, "The title was better")
    assert templates.unread(AFTERCARE, "en", again.number) == ()
    assert templates.back_to(AFTERCARE, "en", again.number, "Somebody has read it").texts == brief


@pytest.mark.parametrize(
    ("texts", "reason", "code"),
    [
        ({"main": "Rest until {untl}."}, "", FaultCode.PLACEHOLDER_UNKNOWN),
        ({MAKE_UP: ""}, "", FaultCode.WORDING_WEAKENED),
        ({MAKE_UP: ""}, "ok", FaultCode.REASON_TOO_SHORT),
        ({}, "", FaultCode.WORDING_UNCHANGED),
    ],
)
def test_what_cannot_be_kept_is_refused(desk: Desk, texts: dict[str, str], reason: str, code: FaultCode) -> None:
    with pytest.raises(Fault) as caught:
        desk.templates.keep(AFTERCARE, "en", texts, reason=reason)
    assert caught.value.code is code
    assert desk.templates.history(AFTERCARE, "en") == ()


def test_nobody_writes_over_what_somebody_else_kept_meanwhile(desk: Desk) -> None:
    desk.templates.keep(AFTERCARE, "en", {"main": MAIN}, expected=0)
    with pytest.raises(Fault) as caught:
        desk.templates.keep(AFTERCARE, "en", {"title": "After your visit"}, expected=0)
    assert (caught.value.code, caught.value.values["number"]) == (FaultCode.WORDING_KEPT_MEANWHILE, 1)


def faults(desk: Desk, key: str, text: str, sheet: SheetKind = AFTERCARE, language: str = "en") -> list[FaultCode]:
    return [fault.code for _, fault in desk.templates.check(sheet, language, {key: text}).faults]


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("main", "", FaultCode.ENTRY_EMPTY),
        ("main", "Rest until {until}.", FaultCode.PLACEHOLDER_UNKNOWN),
        ("main", "Rest {", FaultCode.PLACEHOLDER_OPEN),
        ("main", "Rest **now**.", FaultCode.WORDING_EMPHASIS),
        ("summary_lines.1", "Rest **now.", FaultCode.WORDING_EMPHASIS_OPEN),
        ("main", "Rest\u0007.", FaultCode.ENTRY_CONTROL_CHARACTER),
        ("main", "Rest\u202e.", FaultCode.ENTRY_CONTROL_CHARACTER),
        ("main", "Rest \U0001f600.", FaultCode.WORDING_NOT_PRINTABLE),
        ("main", "Rest. " * 3400, FaultCode.ENTRY_TOO_LONG),
        (MAKE_UP, "No make-up until {by}.", FaultCode.PLACEHOLDER_UNKNOWN),
    ],
)
def test_what_cannot_be_printed_is_told_in_one_sentence_that_names_the_text(
    desk: Desk, key: str, text: str, code: FaultCode
) -> None:
    checked = desk.templates.check(AFTERCARE, "en", {key: text})
    ((found, fault),) = checked.faults
    assert (found, fault.code, checked.ready) == (key, code, False)
    said = desk.tr.fault(fault)
    assert desk.templates.caption(AFTERCARE, key) in said.what
    assert said.way_out
    # What stands at its head is called by its name, or "This text" at the entry, which no sentence holds in its midst.
    assert said.what.startswith(desk.templates.caption(AFTERCARE, key))
    with pytest.raises(Fault):
        desk.templates.keep(AFTERCARE, "en", {key: text}, reason="Our own way")
    with pytest.raises(Fault):
        desk.templates.preview(AFTERCARE, "en", {key: text})


@pytest.mark.parametrize(
    "text",
    [
        "Rest <script>alert('x')</script> & <b>call</b> us &amp; <para>",
        "Rest. שלום, مرحبا, 你好, Łukasz, Ελλάδα. Call {clinic}, {phone}.",
        "Rest.\nCall us.",
        "Rest * and call * us.",
    ],
)
def test_whatever_a_font_has_is_text_and_nothing_else(desk: Desk, text: str) -> None:
    assert faults(desk, "main", text) == []
    assert desk.templates.preview(AFTERCARE, "en", {"main": text}).startswith(b"%PDF")


def test_a_placeholder_of_which_the_clinic_says_nothing_is_refused(desk: Desk) -> None:
    assert faults(desk, "main", "Call us on {phone}.") == []
    desk.practice.save(desk.practice.clinic().with_(phone=""))
    assert faults(desk, "main", "Call us on {phone}.") == [FaultCode.PLACEHOLDER_EMPTY]
    assert faults(desk, "main", "Call {clinic}.") == []


def test_a_wrong_placeholder_is_named_with_the_right_ones(desk: Desk) -> None:
    ((_, fault),) = desk.templates.check(AFTERCARE, "en", {MAKE_UP: "No make-up until {untl}."}).faults
    said = str(desk.tr.fault(fault))
    assert "{untl}" in said
    assert "{until}, {clinic}, {phone}, {practitioner}" in said


def test_the_placeholders_of_a_text_are_its_own_and_the_clinics(desk: Desk) -> None:
    found = desk.templates.placeholders(AFTERCARE, MAKE_UP)
    assert [(one.name, one.needed) for one in found] == [
        ("until", True),
        ("clinic", False),
        ("phone", False),
        ("practitioner", False),
    ]
    assert all(one.meaning for one in found)
    assert next(one.name for one in desk.templates.placeholders(PREPARATION, "rules.no-tan.text")) == "by"
    assert desk.templates.placeholders(CONSENT, "title") == ()


def test_each_text_and_the_whole_are_measured_as_they_are_written(desk: Desk) -> None:
    checked = desk.templates.check(AFTERCARE, "en", {"main": "Rest. Call us."})
    assert (checked.by_key["main"].longest, checked.by_key["main"].easy) == (2, True)
    assert checked.by_key.keys() == desk.templates.shipped(AFTERCARE, "en").texts.keys()
    assert checked.reading.easy
    hard = desk.templates.check(AFTERCARE, "en", {"main": "Postinflammatory hyperpigmentation necessitates caution."})
    assert not hard.by_key["main"].easy
    assert hard.reading.grade is not None
    assert checked.reading.grade is not None
    assert hard.reading.grade > checked.reading.grade


def test_texts_that_are_as_shipped_or_unknown_are_not_kept(desk: Desk) -> None:
    shipped = desk.templates.shipped(PREPARATION, "en").texts
    typed = {**shipped, "title": " Coming soon\n", "main": f"{shipped['main']} ", "rules.gone.text": "Old."}
    kept = desk.templates.keep(PREPARATION, "en", typed)
    assert kept.texts == {"title": "Coming soon"}
    assert kept.shipped == desk.templates.shipped(PREPARATION, "en").version


def test_a_reason_and_a_reviewer_are_kept_with_the_version(desk: Desk) -> None:
    kept = desk.templates.keep(
        AFTERCARE, "en", {MAKE_UP: ""}, reason="Mineral make-up is allowed, says Dr Ruiz", reviewed_by="Dr Amina Ruiz"
    )
    assert (kept.reason, kept.reviewed_by) == ("Mineral make-up is allowed, says Dr Ruiz", "Dr Amina Ruiz")
    assert desk.templates.history(AFTERCARE, "en") == (kept,)


def test_there_are_texts_of_each_paper_in_ten_languages(desk: Desk) -> None:
    for sheet in SheetKind:
        assert len(desk.templates.languages(sheet)) == 10
        for language in desk.templates.languages(sheet):
            assert desk.templates.shipped(sheet, language).language == language
            assert desk.templates.check(sheet, language, {}).faults == ()


def test_at_each_key_only_the_text_that_changed_is_looked_at_again(desk: Desk) -> None:
    own = {key: f"{text} Please." for key, text in desk.templates.shipped(AFTERCARE, "en").texts.items()}
    desk.templates.check(AFTERCARE, "en", own)
    looked_at = (weakened._of_text, wording._fault, wording.not_printable, reading_grade.counted)
    before = [one.cache_info().misses for one in looked_at]
    desk.templates.check(AFTERCARE, "en", own | {"main": "Quite another text. Call us."})
    assert [one.cache_info().misses - was for one, was in zip(looked_at, before, strict=True)] == [1, 1, 1, 1]
