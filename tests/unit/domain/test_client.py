"""The client: age, allergies, number."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from needlelog.domain.client import Allergy, AllergyState, initials
from needlelog.domain.entry import parse_email
from needlelog.domain.text import EMAIL_LIMIT
from needlelog.errors import Fault, FaultCode
from tests import builders


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1988, 3, 12), date(2026, 3, 11), 37),
        (date(1988, 3, 12), date(2026, 3, 12), 38),
        (date(1988, 3, 12), date(2026, 3, 13), 38),
        (date(1988, 12, 31), date(2026, 1, 1), 37),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2004, 2, 29), date(2028, 2, 28), 23),
        (date(2004, 2, 29), date(2028, 2, 29), 24),
        (date(2026, 11, 20), date(2026, 11, 20), 0),
    ],
)
def test_age_grows_on_the_birthday(born: date, day: date, age: int) -> None:
    assert builders.a_client(birth_date=born).age_on(day) == age


@pytest.mark.parametrize("state", [AllergyState.NONE_KNOWN, AllergyState.NOT_RECORDED, AllergyState.UNAVAILABLE])
def test_an_allergy_is_listed_only_when_one_is_known(state: AllergyState) -> None:
    assert builders.a_client(allergy_state=state).allergies == ()
    with pytest.raises(ValidationError):
        builders.a_client(allergy_state=state, allergies=(Allergy(substance="nickel"),))


def test_a_known_allergy_names_its_substance() -> None:
    client = builders.a_client(
        allergy_state=AllergyState.KNOWN, allergies=(Allergy(substance="lidocaine", reaction="hives"),)
    )
    assert client.allergies[0].substance == "lidocaine"
    with pytest.raises(ValidationError):
        builders.a_client(allergy_state=AllergyState.KNOWN, allergies=())


def test_changing_one_without_the_other_is_refused() -> None:
    known = builders.a_client(allergy_state=AllergyState.KNOWN, allergies=(Allergy(substance="nickel"),))
    with pytest.raises(ValidationError):
        known.with_(allergy_state=AllergyState.NONE_KNOWN)
    with pytest.raises(ValidationError):
        known.with_(allergies=())


def test_a_client_is_never_changed_in_place() -> None:
    client = builders.a_client()
    with pytest.raises(ValidationError):
        client.full_name = "Bo"  # type: ignore[misc]


@pytest.mark.parametrize(("number", "label"), [(1, "C-0001"), (42, "C-0042"), (12345, "C-12345")])
def test_the_number_is_shown_with_four_places(number: int, label: str) -> None:
    assert builders.a_client(number=number).label == label


@pytest.mark.parametrize("change", [{"number": 0}, {"fitzpatrick": 7}, {"fitzpatrick": 0}, {"full_name": "  "}])
def test_an_impossible_client_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        builders.a_client(**change)


def test_an_address_that_may_be_typed_may_be_kept() -> None:
    longest = "a" * (EMAIL_LIMIT - 2) + "@b"
    assert parse_email(longest, field="E-mail") == longest
    assert builders.a_client(email=longest).email == longest
    for refuse in (lambda text: parse_email(text, field="E-mail"), lambda text: builders.a_client(email=text)):
        with pytest.raises(Fault) as caught:
            refuse("a" + longest)
        assert caught.value.code is FaultCode.ENTRY_TOO_LONG


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Zoe Hart", "Z. H."),
        ("łukasz O'Brien <b>& Søn", "Ł. S."),
        ("Björk", "B."),
        ("Ana Maria de la Cruz", "A. C."),
        ("\u674e\u5c0f\u9f99", "\u674e."),
        ("1 2", ""),
    ],
)
def test_initials_of_the_first_and_the_last_part(name: str, letters: str) -> None:
    assert initials(name) == letters
