"""The right client, and no photos against a no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from needlelog.domain.consent import PhotoConsent, Understanding
from needlelog.domain.findings import Gate
from needlelog.domain.session import Consultation, Reactions
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge, still_open
from tests import builders

Around = Callable[..., Circumstances]


@pytest.mark.parametrize(
    "said",
    [{"confirmed_name": "Anna Novak"}, {"confirmed_birth_date": date(1988, 3, 21)}],
    ids=["name", "birth date"],
)
def test_another_persons_name_or_birth_date_holds_the_needles(said: dict[str, Any], around: Around) -> None:
    draft = builders.a_full_draft(consent=builders.a_consent(**said))
    held = still_open(draft, judge(draft, around()), Gate.NEEDLING)
    assert [finding.code for finding in held] == ["identity-differs"]
    assert held[0].overridable


def test_case_and_accents_make_no_other_person(around: Around) -> None:
    draft = builders.a_full_draft(consent=builders.a_consent(confirmed_name="ána NOWAK"))
    assert judge(draft, around()) == ()


def test_photos_against_a_no_hold_the_signing(around: Around) -> None:
    refused = builders.a_consent(photo=PhotoConsent.DECLINED)
    draft = builders.a_full_draft(consent=refused)
    held = still_open(draft, judge(draft, around()), Gate.SIGNING)
    assert [finding.code for finding in held] == ["photos-declined"]
    assert still_open(draft, judge(draft, around()), Gate.NEEDLING) == ()
    consultation: Consultation = builders.a_consultation(photos=())
    without = draft.with_(consultation=consultation, reactions=Reactions(observations=draft.reactions.observations))
    assert judge(without, around()) == ()


def test_a_text_in_another_language_waits_for_who_interpreted_it(around: Around) -> None:
    greek = around(client=builders.a_client(language="el"))
    draft = builders.a_full_draft()
    held = still_open(draft, judge(draft, greek), Gate.NEEDLING)
    assert [(one.code, one.field, one.overridable) for one in held] == [("missing-interpreter", "interpreter", True)]
    for said in (Understanding(at=builders.a_moment(14)), Understanding(interpreter="Eleni", at=builders.a_moment(14))):
        told = draft.with_(consent=draft.consent.with_(understanding=said))
        assert judge(told, greek) == ()


def test_nobody_asks_for_an_interpreter_before_a_text_is_signed_or_for_the_own_language(around: Around) -> None:
    greek = around(client=builders.a_client(language="el"))
    unsigned = builders.a_full_draft(consent=builders.a_consent(shown=None, signature=None))
    assert "missing-interpreter" not in {one.code for one in judge(unsigned, greek)}
    assert judge(builders.a_full_draft(), around()) == ()
