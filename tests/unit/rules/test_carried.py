"""What is known before anybody asks: the file first, then standing answers of the last visit."""

from __future__ import annotations

from datetime import date

from needlelog.domain.client import Fact, FactKind
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.session import ScreeningAnswer
from needlelog.knowledge.model import Knowledge
from needlelog.rules.carried import carried
from tests import builders as b

KELOID, PREGNANCY, ISOTRETINOIN = "C06", "C10", "C13"


def _questions(knowledge: Knowledge, *ids: str) -> list[object]:
    return [knowledge.contraindications[one] for one in ids]


def _answer(contraindication: str, answer: str) -> ScreeningAnswer:
    return ScreeningAnswer.model_validate({"contraindication": contraindication, "answer": answer, "at": b.a_moment(1)})


def _last(*answers: ScreeningAnswer) -> object:
    draft = b.a_full_draft()
    return b.a_signed_session(draft=draft.with_(consultation=draft.consultation.with_(screening=answers)))


def _fact(
    number: int, until: date | None, noted_on: date = date(2026, 3, 1), precision: Precision = Precision.DAY
) -> Fact:
    return Fact(
        id=b.an_id(number),
        kind=FactKind.MEDICINE,
        text="Isotretinoin",
        contraindication=ISOTRETINOIN,
        until=PartialDate.around(until, precision) if until else None,
        noted_on=noted_on,
    )


def test_standing_answers_of_the_last_visit_are_known_and_others_are_asked_again(knowledge: Knowledge) -> None:
    last = _last(_answer(KELOID, "no"), _answer(PREGNANCY, "no"))
    found = carried(_questions(knowledge, KELOID, PREGNANCY), b.a_client(), last)
    assert list(found) == [KELOID]
    assert (found[KELOID].answer, found[KELOID].known_on) == ("no", date(2026, 11, 20))
    confirmed = found[KELOID].confirmed(b.a_moment(3))
    assert (confirmed.answer, confirmed.confirmed_from, confirmed.at) == ("no", date(2026, 11, 20), b.a_moment(3))


def test_whoever_was_not_sure_is_asked_again(knowledge: Knowledge) -> None:
    assert not carried(_questions(knowledge, KELOID), b.a_client(), _last(_answer(KELOID, "unsure")))


def test_the_file_speaks_before_the_last_visit(knowledge: Knowledge) -> None:
    client = b.a_client(facts=(_fact(1, date(2026, 7, 14)),))
    (found,) = carried(_questions(knowledge, ISOTRETINOIN), client, _last(_answer(ISOTRETINOIN, "no"))).values()
    assert (found.answer, found.ended, found.known_on) == ("yes", PartialDate(date(2026, 7, 14)), date(2026, 3, 1))


def test_what_goes_on_weighs_more_than_what_has_ended_and_the_last_end_counts(knowledge: Knowledge) -> None:
    ended = (_fact(1, date(2025, 1, 31)), _fact(2, date(2026, 7, 14), date(2026, 8, 1)))
    (found,) = carried(_questions(knowledge, ISOTRETINOIN), b.a_client(facts=ended), None).values()
    assert (found.ended, found.known_on) == (PartialDate(date(2026, 7, 14)), date(2026, 8, 1))
    going_on = b.a_client(facts=(*ended, _fact(3, None)))
    (found,) = carried(_questions(knowledge, ISOTRETINOIN), going_on, None).values()
    assert found.ended is None


def test_of_an_end_known_to_the_month_the_last_day_counts_and_is_told(knowledge: Knowledge) -> None:
    """Ended in March is safer as 31 March than as the 15th that is known of another course."""
    ended = (_fact(1, date(2026, 3, 15)), _fact(2, date(2026, 3, 1), precision=Precision.MONTH))
    (found,) = carried(_questions(knowledge, ISOTRETINOIN), b.a_client(facts=ended), None).values()
    assert found.ended == PartialDate(date(2026, 3, 1), Precision.MONTH)
    confirmed = found.confirmed(b.a_moment(3))
    assert (confirmed.ended_on, confirmed.ended_precision) == (date(2026, 3, 31), Precision.MONTH)
    standing = confirmed.with_(contraindication=KELOID)
    (again,) = carried(_questions(knowledge, KELOID), b.a_client(), _last(standing)).values()
    assert again.ended == found.ended


def test_a_first_visit_knows_nothing(knowledge: Knowledge) -> None:
    assert not carried(knowledge.contraindications.values(), b.a_client(), None)


def test_where_something_was_is_carried_with_it(knowledge: Knowledge) -> None:
    sore = _answer("C03", "yes").with_(zones=("decolletage",))
    (found,) = carried(_questions(knowledge, "C03"), b.a_client(), _last(sore)).values()
    assert found.confirmed(b.a_moment(3)).zones == ("decolletage",)
