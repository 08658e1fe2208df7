"""The reasons that can be tapped are such as may be true of what stands against going on."""

from __future__ import annotations

import pytest

from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.text import check_reason
from needlelog.i18n import Words
from ui.screens.session.reasons import override_phrases

PACK = ("packaging", "pack ")


def _phrases(code: str, *, area_bound: bool = False) -> tuple[str, ...]:
    finding = Finding(
        key=code, code=code, step=StepId.NEEDLING, level=Level.STOP, gate=Gate.NEEDLING, title=code, overridable=True
    )
    return override_phrases(finding, Words(), area_bound=area_bound)


@pytest.mark.parametrize("code", ["C02", "depth-zone", "numbing-dose", "age-minor", "missing-consent"])
def test_no_packaging_speaks_for_what_is_none_of_its_business(code: str) -> None:
    assert not [one for one in _phrases(code) if any(word in one.lower() for word in PACK)]


@pytest.mark.parametrize("code", ["lot-expired", "lot-recalled", "expiry-missing", "lot-missing", "allergy-met"])
def test_what_is_about_a_pack_may_be_read_on_it(code: str) -> None:
    phrases = _phrases(code)
    assert any("pack" in one.lower() for one in phrases)
    assert "Outside the treated area" not in phrases


def test_only_what_is_bound_to_an_area_lies_outside_it() -> None:
    assert "Outside the treated area" in _phrases("C02", area_bound=True)
    assert "Outside the treated area" not in _phrases("C06")


@pytest.mark.parametrize(
    ("code", "word"),
    [("numbing-layer", "larger area"), ("numbing-layer", "wiped off"), ("numbing-again", "earlier cream")],
)
def test_a_cream_has_reasons_of_its_own_and_a_wish_to_go_on_is_none(code: str, word: str) -> None:
    phrases = _phrases(code)
    assert any(word in one for one in phrases)
    assert not [one for one in phrases if "wishes to go on" in one]


@pytest.mark.parametrize(
    "code",
    [
        "numbing-layer",
        "numbing-again",
        "C02",
        "numbing-on",
        "identity-differs",
        "missing-time-out",
        "product-unreadable",
    ],
)
def test_every_phrase_is_reason_enough(code: str) -> None:
    for one in _phrases(code):
        check_reason(one)
