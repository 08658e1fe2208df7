"""Age on the day of the visit, at each birthday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from needlelog.domain.findings import Gate
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.client_age import under_age
from needlelog.rules.judgement import judge
from tests import builders

Around = Callable[..., Circumstances]


@pytest.mark.parametrize(
    ("born", "found"),
    [
        (date(2008, 11, 21), [("age-under-18", Gate.NEEDLING)]),
        (date(2008, 11, 20), [("age-under-22", Gate.NEEDLING)]),
        (date(2004, 11, 21), [("age-under-22", Gate.NEEDLING)]),
        (date(2004, 11, 20), []),
    ],
)
def test_the_birthday_itself_counts(born: date, found: list[tuple[str, Gate]], around: Around) -> None:
    draft = builders.a_full_draft(consent=builders.a_consent(confirmed_birth_date=born))
    judged = judge(draft, around(client=builders.a_client(birth_date=born)))
    assert [(finding.code, finding.gate) for finding in judged] == found


def test_only_a_minor_is_called_under_age(around: Around) -> None:
    ages = tuple(around().knowledge.ages.values())
    assert under_age(17, ages)
    assert not under_age(18, ages)
