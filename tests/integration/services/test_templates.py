"""The clinic's own wording: checked as it is written, kept version by version, and on every paper from then on."""

from __future__ import annotations

import pytest

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
