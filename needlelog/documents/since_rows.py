"""What was added to a signed visit by follow-ups and adverse events, put into words as labelled rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from needlelog.clock import local
from needlelog.documents.fingerprint import grouped
from needlelog.documents.layout import BETWEEN
from needlelog.documents.record_rows import Rows
from needlelog.domain.adverse_events import EventHistory
from needlelog.domain.follow_up import FlagHandled, FollowUpAnswer, FollowUpAttempt, FollowUpRecord, is_about_recall
from needlelog.domain.reactions import Observation
from needlelog.domain.signed import SignedSession
from needlelog.i18n import Words, record_date, record_time
from needlelog.knowledge.model import Knowledge


class SinceRows:
    """The rows of everything heard since; times stand on the wall clock of the visit."""

    def __init__(
        self,
        signed: SignedSession,
        record: FollowUpRecord,
        events: tuple[EventHistory, ...],
        knowledge: Knowledge,
        words: Words,
    ) -> None:
        self._zone = signed.draft.time_zone
        self._record = record
        self._events = events
        self._knowledge = knowledge
        self._words = words

    def moments(self) -> tuple[datetime, ...]:
        """When each entry was made."""
        record = self._record
        added = [one.at for one in record.answers]
        added += [one.at for one in record.attempts] + [one.at for one in record.handled]
        return (*added, *(entry.at for event in self._events for entry in event.entries))

    def _at(self, moment: datetime) -> str:
        there = local(moment, self._zone)
        return f"{record_date(there.date())} {record_time(there)}"

    def follow_ups(self) -> Rows:
        """Answers with their red flags, tries that reached nobody, and what was done, each with who and when."""
        words = self._words
        record = self._record
        added: list[FollowUpAnswer | FollowUpAttempt | FlagHandled]
        added = [*record.answers, *record.attempts, *record.handled]
        for one in sorted(added, key=lambda entry: entry.at):
            if one.kind == "answer":
                yield self._at(one.at), self._answer(one)
                for flag in one.flags:
                    yield words("Red flag"), _joined(flag.title, flag.detail, flag.action_title)
            elif one.kind == "attempt":
                yield self._at(one.at), _joined(words("nobody reached"), words(one.how.value), one.note, one.by)
            else:
                yield self._at(one.at), _joined(words("done about the red flag"), one.done, one.by)

    def _answer(self, answer: FollowUpAnswer) -> str:
        words, known = self._words, self._knowledge
        moment = known.follow_up_moments.get(answer.moment)
        unasked = "told of the recall of a lot" if is_about_recall(answer.moment) else "the client came forward"
        parts = [words(moment.name if moment else unasked), words(answer.reached.value)]
        if answer.none_observed_at:
            parts.append(words("none observed"))
        parts += [self._grade(one) for one in answer.observations]
        for reply in answer.replies:
            question = known.follow_up_questions.get(reply.question)
            asked = words(question.text) if question else reply.question
            parts.append(f"{asked} {reply.words or words(reply.value)}")
        photos = [words("photo, SHA-256 {hash}", hash=grouped(one.sha256)) for one in answer.photos]
        parts += [answer.note, *photos, answer.by]
        return _joined(*parts)

    def _grade(self, one: Observation) -> str:
        words, known = self._words, self._knowledge
        entry, scale, place = known.reactions.get(one.reaction), known.scales.get(one.scale), known.zones.get(one.zone)
        word = next((grade.word for grade in scale.grades if grade.value == one.grade), "") if scale else ""
        where = words(place.name) if place else words("whole area")
        return f"{words(entry.name) if entry else one.reaction} {one.grade} {words(word)}, {where}"

    def adverse_events(self) -> Iterator[tuple[str, str]]:
        """Every entry on every adverse event that was added since the visit was signed."""
        words = self._words
        for event in self._events:
            for entry in event.entries:
                if entry.in_visit:
                    continue
                told = _joined(
                    words(entry.kind.value),
                    entry.text,
                    words(entry.seriousness.value) if entry.seriousness else "",
                    words(entry.outcome.value) if entry.outcome else "",
                    entry.action_taken,
                    words("reported to {whom}", whom=entry.reported_to) if entry.reported_to else "",
                    entry.by,
                )
                yield self._at(entry.at), told


def _joined(*parts: str) -> str:
    return BETWEEN.join(part for part in parts if part)
