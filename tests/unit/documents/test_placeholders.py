"""What may stand in braces: each text's own fields and those of the clinic, anything else refused by name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from needlelog.documents.placeholders import CLINIC, check_fields, filled, own_to
from needlelog.domain.findings import Source
from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.model import AftercareRule, PreparationRule

SOURCES = (Source(address="a book"),)


def an_aftercare_rule(**changes: Any) -> AftercareRule:
    usual: dict[str, Any] = {"id": "r", "kind": "avoid", "topic": "T", "text": "Do not swim until {until}."}
    return AftercareRule(sources=SOURCES, collected_on=date(2026, 11, 20), **(usual | changes))


def a_preparation_rule(**changes: Any) -> PreparationRule:
    usual: dict[str, Any] = {"id": "r", "kind": "leave", "text": "Do not wax from {by} on."}
    return PreparationRule(sources=SOURCES, collected_on=date(2026, 11, 20), **(usual | changes))


@pytest.mark.parametrize(
    ("rule", "part", "shipped", "own"),
    [
        (an_aftercare_rule(until_h=24), "text", "Do not swim until {until}.", ("until",)),
        (an_aftercare_rule(until_days=3), "brief", "Do not swim.", ("until",)),
        (an_aftercare_rule(), "brief", "Do not swim.", ()),
        (an_aftercare_rule(text="Call us: {reactions}."), "brief", "Worse.", ("reactions",)),
        (a_preparation_rule(days_before=3), "told", "Do not wax.", ("by",)),
        (a_preparation_rule(days_before=3), "brief", "waxing", ()),
        (a_preparation_rule(), "text", "Call us.", ()),
        (None, "", "Main.", ()),
    ],
)
def test_a_text_may_hold_what_its_rule_can_fill_in(rule: Any, part: str, shipped: str, own: tuple[str, ...]) -> None:
    assert own_to(rule, part, shipped) == own


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("Rest until {untl}.", FaultCode.PLACEHOLDER_UNKNOWN, "{untl}"),
        ("Rest {}.", FaultCode.PLACEHOLDER_UNKNOWN, "{}"),
        ("Rest {until:>9}.", FaultCode.PLACEHOLDER_UNKNOWN, "{until:>9}"),
        ("Rest {until!r}.", FaultCode.PLACEHOLDER_UNKNOWN, "{until!r}"),
        ("Rest {until.year}.", FaultCode.PLACEHOLDER_UNKNOWN, "{until.year}"),
        ("Rest {by}.", FaultCode.PLACEHOLDER_UNKNOWN, "{by}"),
        ("Rest {until", FaultCode.PLACEHOLDER_OPEN, None),
        ("Rest until}", FaultCode.PLACEHOLDER_OPEN, None),
        ("Rest {{until}}.", FaultCode.PLACEHOLDER_OPEN, None),
    ],
)
def test_another_placeholder_or_a_lone_brace_is_refused(text: str, code: FaultCode, named: str | None) -> None:
    with pytest.raises(Fault) as caught:
        check_fields(text, ("until", *CLINIC), "Main message")
    assert caught.value.code is code
    assert caught.value.values.get("name") == named
    assert caught.value.values["known"] == "{until}, {clinic}, {phone}, {practitioner}"


def test_the_clinic_is_filled_in_and_the_days_stay_open() -> None:
    texts = {"a": "Call {clinic} on {phone} until {until}.", "b": "<b>{practitioner}</b>"}
    said = filled(texts, {"clinic": "Skin", "phone": "1", "practitioner": "Ana"})
    assert said == {"a": "Call Skin on 1 until {until}.", "b": "<b>Ana</b>"}


def test_a_clinic_with_braces_in_its_name_is_printed_as_it_is_called() -> None:
    (said,) = filled({"a": "{clinic}"}, {"clinic": "{phone} {until}", "phone": "1"}).values()
    assert "{phone}" not in said
    assert "{until}" not in said
    assert said.replace("\u2060", "") == "{phone} {until}"


def test_a_latin_name_stands_on_its_own_in_a_text_from_right_to_left() -> None:
    (said,) = filled({"a": "اتصلوا {clinic}"}, {"clinic": "Skin +44"}, right_to_left=True).values()
    assert said == "اتصلوا \u2068Skin +44\u2069"
