"""What the client is allergic to does not go onto the skin unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from needlelog.domain.client import Allergy, AllergyState, Client
from needlelog.domain.findings import Gate
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import judge, still_open
from tests import builders

Around = Callable[..., Circumstances]


def _allergic_to(*substances: str) -> Client:
    allergies = tuple(Allergy(substance=one) for one in substances)
    return builders.a_client(allergy_state=AllergyState.KNOWN, allergies=allergies)


@pytest.mark.parametrize(
    ("substance", "steps"),
    [
        ("Lidocaine", ["numbing"]),
        ("lidocaine and latex", ["numbing"]),
        ("Hyaluronic acid", ["serum"]),
        ("SOOTHING mask", ["cooling"]),
        ("Gentle cleanser", ["cleansing"]),
        ("penicillin", []),
        ("a", []),
    ],
)
def test_an_allergy_is_held_against_every_product(substance: str, steps: list[str], around: Around) -> None:
    draft = builders.a_full_draft()
    found = judge(draft, around(client=_allergic_to(substance)))
    assert [finding.step for finding in still_open(draft, found, Gate.NEEDLING)] == steps
    assert {finding.code for finding in found} <= {"allergy-met"}


def test_an_agent_counts_whatever_the_cream_is_called(around: Around) -> None:
    draft = builders.a_full_draft(numbing=(builders.a_numbing(name="Cream No. 5", strength=""),))
    found = judge(draft, around(client=_allergic_to("Lidocaïne")))
    assert [finding.code for finding in found] == ["allergy-met"]
