"""Reading a signed visit out: every step in order, nothing recorded left out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from needlelog.bootstrap import words
from needlelog.domain.client import Allergy, AllergyState
from needlelog.domain.consent import Understanding
from needlelog.domain.findings import Finding, Gate, Level, Override, Source, StepId
from needlelog.domain.partial_date import Precision
from needlelog.domain.reactions import Seriousness
from needlelog.domain.session import Reactions, ScreeningAnswer, SessionDraft, StepSkipped
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from tests import builders
from ui.screens.record.reading import Section
from ui.screens.record.sections import step_sections


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(resources() / "knowledge")


def sections(draft: SessionDraft, knowledge: Knowledge) -> dict[StepId, Section]:
    return {section.step: section for section in step_sections(draft, knowledge, words())}


def values(section: Section) -> dict[str, str]:
    return {row.name: row.value for part in section.parts for row in part.rows}


def table(section: Section) -> tuple[tuple[str, ...], ...]:
    return next(part.table.rows for part in section.parts if part.table is not None)


def test_the_nine_steps_stand_in_their_order(knowledge: Knowledge) -> None:
    made = step_sections(builders.a_full_draft(), knowledge, words())
    assert [section.step for section in made] == list(StepId)
    assert [section.number for section in made] == list(range(1, 10))
    assert not any(section.empty for section in made)


def test_passes_stand_in_the_order_they_were_done_in_the_clinics_time(knowledge: Knowledge) -> None:
    winter = builders.a_pass(zone="nose", depth_mm=Decimal("0.75"), at=builders.a_moment(62), count=2)
    needling = builders.a_needling(passes=(winter,))
    draft = builders.a_full_draft(needling=needling, time_zone="America/New_York")
    assert table(sections(draft, knowledge)[StepId.NEEDLING]) == (
        (
            "Nose",
            "0.75 mm",
            "2 ×\nVertical",
            "Test Pen\n7000 rpm",
            "12-pin cartridge\nCT-2291\nexp 30-Nov-2027",
            "Erythema",
            "10:02",
        ),
    )


def test_a_skipped_step_says_why_and_by_whom(knowledge: Knowledge) -> None:
    skip = StepSkipped(step=StepId.NUMBING, reason="Client declined <b>", by="Mara Lindt", at=builders.a_moment(20))
    draft = builders.a_full_draft(numbing=(), skipped=(skip,))
    assert sections(draft, knowledge)[StepId.NUMBING].skipped == "Client declined <b> (Mara Lindt, 14:20)"


def test_an_untouched_step_is_empty(knowledge: Knowledge) -> None:
    assert sections(builders.a_full_draft(serums=()), knowledge)[StepId.SERUM].empty


def test_an_override_shows_finding_source_and_reason(knowledge: Knowledge) -> None:
    finding = Finding(
        key="depth",
        code="depth",
        step=StepId.NEEDLING,
        level=Level.HOLD,
        gate=Gate.NEEDLING,
        title="Too deep",
        detail="Above the limit",
        sources=(Source(address="example.org/page"),),
    )
    override = Override(finding=finding, reason="Agreed", by="Mara Lindt", at=builders.a_moment(60))
    (shown,) = sections(builders.a_full_draft(overrides=(override,)), knowledge)[StepId.NEEDLING].overrides
    assert (shown.level, shown.title, shown.detail) == ("Hold", "Too deep", "Above the limit")
    assert (shown.sources, shown.reason) == (("example.org/page",), "Agreed")
    assert shown.signed == "Mara Lindt, 20-Nov-2026 15:00"


def test_answers_other_than_no_stand_by_themselves(knowledge: Knowledge) -> None:
    answers = (
        ScreeningAnswer(contraindication="C01", answer="no", at=builders.a_moment(3)),
        ScreeningAnswer(
            contraindication="C03",
            answer="yes",
            ended_on=builders.TODAY - timedelta(days=40),
            note="upper lip",
            at=builders.a_moment(3),
        ),
    )
    draft = builders.a_full_draft(consultation=builders.a_consultation(screening=answers))
    said = values(sections(draft, knowledge)[StepId.CONSULTATION])
    assert said[knowledge.contraindications["C03"].title] == "Yes, ended 11-Oct-2026, upper lip"
    assert said["Answered “no” (1)"] == knowledge.contraindications["C01"].title


def test_an_answer_about_an_area_names_its_zones(knowledge: Knowledge) -> None:
    answer = ScreeningAnswer(
        contraindication="C38", answer="yes", zones=("cheek_left", "chin"), note="old", at=builders.a_moment(3)
    )
    draft = builders.a_full_draft(consultation=builders.a_consultation(screening=(answer,)))
    said = values(sections(draft, knowledge)[StepId.CONSULTATION])
    assert said[knowledge.contraindications["C38"].title] == "Yes: Left cheek, Chin, old"


def test_an_end_known_to_the_month_reads_as_that_month(knowledge: Knowledge) -> None:
    answer = ScreeningAnswer(
        contraindication="C03",
        answer="yes",
        ended_on=date(2026, 3, 31),
        ended_precision=Precision.MONTH,
        at=builders.a_moment(3),
    )
    draft = builders.a_full_draft(consultation=builders.a_consultation(screening=(answer,)))
    said = values(sections(draft, knowledge)[StepId.CONSULTATION])
    assert said[knowledge.contraindications["C03"].title] == "Yes, ended Mar-2026"


def test_what_was_still_to_come_reads_as_beginning_then(knowledge: Knowledge) -> None:
    answer = ScreeningAnswer(
        contraindication="C19-ahead", answer="yes", ended_on=date(2027, 2, 3), at=builders.a_moment(3)
    )
    draft = builders.a_full_draft(consultation=builders.a_consultation(screening=(answer,)))
    said = values(sections(draft, knowledge)[StepId.CONSULTATION])
    assert said[knowledge.contraindications["C19-ahead"].title] == "Yes, begins 03-Feb-2027"


def test_allergies_as_they_were_confirmed(knowledge: Knowledge) -> None:
    consultation = builders.a_consultation(
        allergy_state=AllergyState.KNOWN, allergies=(Allergy(substance="Latex", reaction="rash"),)
    )
    said = values(sections(builders.a_full_draft(consultation=consultation), knowledge)[StepId.CONSULTATION])
    assert said["Allergies"] == "Latex: rash, confirmed 14:08"


def test_consent_shows_the_exact_text_and_the_strokes(knowledge: Knowledge) -> None:
    consent = sections(builders.a_full_draft(), knowledge)[StepId.CONSENT]
    assert any(part.text == builders.a_consent_text().text for part in consent.parts)
    assert any(part.signature == builders.a_signature() for part in consent.parts)
    assert values(consent)["Photos"] == "For the record only"


def test_numbing_says_dose_place_and_time_on(knowledge: Knowledge) -> None:
    said = values(sections(builders.a_full_draft(), knowledge)[StepId.NUMBING])
    assert said["Amount"] == "10 g on 200 cm²"
    assert said["On the skin"] == "14:20 to 14:55, 35 min"


@pytest.mark.parametrize(
    ("changes", "name", "value"),
    [
        ({"none_observed_at": builders.a_moment(94)}, "None observed", "answered at 15:34"),
        ({"note": "Settled at once"}, "Note", "Settled at once"),
        (
            {"adverse_events": (builders.an_adverse_event(seriousness=Seriousness.NEEDED_TREATMENT),)},
            "How serious",
            "Needed treatment to prevent permanent harm",
        ),
    ],
)
def test_reactions_are_said_even_when_there_were_none(
    knowledge: Knowledge, changes: dict[str, Any], name: str, value: str
) -> None:
    draft = builders.a_full_draft(reactions=Reactions(**changes))
    assert values(sections(draft, knowledge)[StepId.REACTIONS])[name] == value


def test_a_grade_has_its_digit_and_its_word(knowledge: Knowledge) -> None:
    seen = builders.an_observation(id=uuid4(), grade=3, zone="chin", note="left side")
    draft = builders.a_full_draft(reactions=Reactions(observations=(seen,)))
    assert table(sections(draft, knowledge)[StepId.REACTIONS]) == (
        ("Redness", "3 Moderate", "Chin", "left side", "15:34"),
    )


def test_ids_of_an_older_reference_set_stand_for_themselves(knowledge: Knowledge) -> None:
    needling = builders.a_needling(passes=(builders.a_pass(zone="old_zone"),))
    draft = builders.a_full_draft(needling=needling)
    assert table(sections(draft, knowledge)[StepId.NEEDLING])[0][0] == "old_zone"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({}, "None needed: read by the client, "),
        ({"interpreter": "Eleni Ray", "relation": "daughter"}, "Eleni Ray, daughter, "),
    ],
)
def test_who_interpreted_the_consent_is_read_out(knowledge: Knowledge, said: dict[str, str], read: str) -> None:
    understanding = Understanding(at=builders.a_moment(14), **said)
    draft = builders.a_full_draft(consent=builders.a_consent(understanding=understanding))
    assert values(sections(draft, knowledge)[StepId.CONSENT])["Interpreter"].startswith(read)
    assert "Interpreter" not in values(sections(builders.a_full_draft(), knowledge)[StepId.CONSENT])
