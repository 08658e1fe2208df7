"""What is known before anybody asks: the client's file, and standing answers of the last visit, to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from needlelog.clock import local
from needlelog.domain.client import Client, Fact
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.session import ScreeningAnswer, YesNo
from needlelog.domain.signed import SignedSession
from needlelog.knowledge.model import Contraindication


@dataclass(frozen=True, slots=True)
class Carried:
    """An answer that stands until somebody says otherwise, and since when it is known.

    ``facts`` are what the client's file says to the question; empty where it comes from the last visit.
    """

    entry: Contraindication
    answer: YesNo
    known_on: date
    ended: PartialDate | None = None
    facts: tuple[Fact, ...] = ()
    zones: tuple[str, ...] = ()
    """Where it is, for what is bound to an area; none of them is everywhere."""

    def confirmed(self, at: datetime) -> ScreeningAnswer:
        """The answer of this visit, once the client has said that it is still so."""
        return ScreeningAnswer(
            contraindication=self.entry.id,
            answer=self.answer,
            ended_on=self.ended.last_day if self.ended else None,
            ended_precision=self.ended.precision if self.ended else Precision.DAY,
            at=at,
            confirmed_from=self.known_on,
            zones=self.zones,
        )


def carried(questions: Iterable[Contraindication], client: Client, last: SignedSession | None) -> Mapping[str, Carried]:
    """By question what is known already, in the order of the questions.

    The file speaks first; the last visit only to standing questions, and never where somebody was not sure.
    """
    return {one.entry.id: one for one in _found(questions, client, last)}


def _found(questions: Iterable[Contraindication], client: Client, last: SignedSession | None) -> Iterator[Carried]:
    said = {one.contraindication: one for one in last.draft.consultation.screening} if last else {}
    day = local(last.draft.started_at, last.draft.time_zone).date() if last else None
    for entry in questions:
        facts = tuple(one for one in client.facts if one.contraindication == entry.id)
        answer = said.get(entry.id)
        if facts:
            yield _of_file(entry, facts)
        elif entry.group == "allergies" and client.allergies:
            continue  # an allergy may have been noted since: each question is asked with it in sight
        elif entry.standing and answer is not None and day is not None and answer.answer != "unsure":
            yield Carried(entry, answer.answer, day, answer.ended, zones=answer.zones)


def _of_file(entry: Contraindication, facts: tuple[Fact, ...]) -> Carried:
    """Something that goes on weighs more than what has ended; of what has ended the last end counts.

    Where only a month or year of an end is known its last day counts, so that no waiting period is over too soon.
    """
    ends = [one.until for one in facts if one.until is not None]
    ended = max(ends, key=lambda end: end.last_day) if len(ends) == len(facts) else None
    return Carried(entry, "yes", max(one.noted_on for one in facts), ended, facts)
