"""Words in another language, also for what comes from the reference data."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from needlelog.domain.entry import parse_date
from needlelog.domain.findings import Finding
from needlelog.domain.session import ScreeningAnswer
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import ISOLATED, ISOLATED_END, Words, isolated
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge
from tests import builders


class _Shouting(gettext.NullTranslations):
    """A language in which everything is shouted, with a header like every real catalogue."""

    def gettext(self, message: str) -> str:
        return message.upper().format_map(_Fields()) if message else "Project-Id-Version: x"


class _Fields(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key.lower() + "}"


@pytest.fixture
def shouted(monkeypatch: pytest.MonkeyPatch) -> Words:
    monkeypatch.setattr(gettext, "translation", lambda *_given, **_named: _Shouting())
    return Words(Path("nowhere"), "xx")


def test_nothing_stays_nothing(shouted: Words) -> None:
    assert shouted("") == ""
    assert shouted("Done") == "DONE"


def test_findings_from_the_reference_data_are_translated(shouted: Words, around: Callable[..., Circumstances]) -> None:
    answers = tuple(
        ScreeningAnswer(contraindication=row, answer="yes" if row in {"C07", "C10"} else "no", at=builders.STARTED)
        for row in builders.SCREENING_IDS
    )
    needling = builders.a_needling(
        passes=(
            builders.a_pass(zone="eyelid_left"),
            builders.a_pass(id=builders.an_id(77), zone="nose", depth_mm=builders.Decimal("0.7")),
        )
    )
    draft = builders.a_full_draft(
        consultation=builders.a_consultation(screening=answers),
        consent=builders.a_consent(confirmed_birth_date=builders.date(2010, 1, 1)),
        needling=needling,
    )
    client = builders.a_client(birth_date=builders.date(2010, 1, 1))
    found: tuple[Finding, ...] = judge(draft, around(client=client, tr=shouted))
    assert {finding.code for finding in found} >= {"C07", "C10", "age-under-18", "zone-never", "depth-warn"}
    for finding in found:
        for text in (finding.title, finding.detail):
            assert "Project-Id" not in text
            # The clinic's own name of a product stands as the clinic writes it.
            text = text.replace(draft.numbing[0].name, "")
            assert text.upper() == text, (finding.code, text)


def test_a_moment_in_a_fault_reads_like_every_other_moment() -> None:
    fault = Fault(
        FaultCode.DATA_IN_USE, host="front-desk", user="mara", since=datetime(2026, 11, 20, 14, 5, tzinfo=UTC), pid=7
    )
    assert "by mara, since 20-Nov-2026, 14:05." in Words().fault(fault).what


def test_a_day_in_a_fault_reads_like_every_other_day() -> None:
    with pytest.raises(Fault) as refused:
        parse_date("1 1 1850", field="Date of birth", today=date(2026, 11, 20))
    assert Words().fault(refused.value).what == "Date of birth is before 01-Jan-1900."


@pytest.mark.parametrize(
    ("value", "apart"),
    [
        ("Ana", True),
        ("2231-B", True),
        ("+353 1 555", True),
        ("15:40", True),
        ("22", False),
        ("محمد", False),
        ("22 نوفمبر", False),
        ("حتى Ana", True),
        ("", False),
        ("·", False),
    ],
)
def test_what_reads_the_other_way_is_set_apart(value: str, apart: bool) -> None:
    found = isolated(value)
    assert found == (f"{ISOLATED}{value}{ISOLATED_END}" if apart else value)
    assert isolated(found) == found


def test_only_words_from_right_to_left_set_values_apart() -> None:
    assert Words(language="he")("lot {lot}", lot="A-1") == f"lot {ISOLATED}A-1{ISOLATED_END}"
    assert Words(language="de")("lot {lot}", lot="A-1") == "lot A-1"


def test_a_word_within_a_context_falls_back_to_the_plain_one(shouted: Words) -> None:
    assert shouted.within("until", "Monday") == "MONDAY"


@pytest.mark.parametrize(("language", "written"), [("en", "0.5"), ("de", "0,5"), ("ar", "0.5"), ("fr", "0,5")])
def test_numbers_have_the_mark_of_the_language(language: str, written: str) -> None:
    assert Words(language=language).number(builders.Decimal("0.50")) == written
    assert Words(language=language).number(builders.Decimal("10")) == "10"
