"""A visit that repeats an earlier one: what one visible act may confirm, and what is asked afresh each time.

Every act is somebody's word on what stands on the screen then. Observations, lots, consent and signatures are part of
none of them, and what differs from the earlier visit is answered by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from needlelog.clock import local
from needlelog.domain.client import AllergyState, Client
from needlelog.domain.findings import Finding, Gate, StepId
from needlelog.domain.materials import MaterialUse
from needlelog.domain.session import Consultation, PreparationAnswer, ScreeningAnswer, SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.knowledge.model import Contraindication
from needlelog.rules.carried import Carried, carried
from needlelog.rules.judgement import merely_undone
from needlelog.workflow.due import OpenPoint

MINUTE_S = 60

_EXPECTED = frozenset({"numbing-on", "lot-expires-soon", "needles-untold"})
"""Codes of findings that a short way may lead to: what was just put on is on, a lot is good up to its last day, and
one box of cartridges serves several clients: the time-out asks aloud for a new one.
"""


@dataclass(frozen=True, slots=True)
class Again:
    """The visit that is repeated, beside the client as the file knows him now and the questions of today."""

    last: SignedSession
    client: Client
    questions: tuple[Contraindication, ...]
    preparation: tuple[str, ...]
    concerns: tuple[str, ...]
    """The concerns that the reference data still knows."""

    @property
    def day(self) -> date:
        """The day of the earlier visit on its own clock."""
        return _day_of(self.last)

    @property
    def known(self) -> Mapping[str, Carried]:
        """What is known before anybody asks, by question."""
        return carried(self.questions, self.client, self.last)

    @property
    def allergies_stand(self) -> bool:
        """Whether the allergies on file are those that were confirmed then: anything new is confirmed by itself."""
        then, now = self.last.draft.consultation, self.client
        told = now.allergy_state in {AllergyState.NONE_KNOWN, AllergyState.KNOWN}
        same = (then.allergy_state, then.allergies) == (now.allergy_state, now.allergies)
        return told and same and then.allergies_confirmed_at is not None

    def afresh(self, draft: SessionDraft) -> tuple[Contraindication, ...]:
        """The questions without an answer to which one "none applies" may speak."""
        return tuple(one for one in self._unasked(draft) if self._deniable(one, draft))

    def by_themselves(self, draft: SessionDraft) -> tuple[Contraindication, ...]:
        """The questions without an answer that neither act speaks to: each is answered by itself."""
        return tuple(one for one in self._unasked(draft) if not self._deniable(one, draft))

    def not_denied(self, draft: SessionDraft) -> tuple[Contraindication, ...]:
        """The questions of today that were answered with yes or not sure: no act says otherwise."""
        answers = {one.contraindication: one.answer for one in draft.consultation.screening}
        known = self.known
        return tuple(one for one in self.questions if one.id not in known and answers.get(one.id, "no") != "no")

    def _unasked(self, draft: SessionDraft) -> Iterable[Contraindication]:
        known = self.known
        answered = {one.contraindication for one in draft.consultation.screening}
        return (one for one in self.questions if one.id not in known and one.id not in answered)

    def _deniable(self, entry: Contraindication, draft: SessionDraft) -> bool:
        said = {one.contraindication: one.answer for one in self.last.draft.consultation.screening}
        # What was asked in one question then, of what has been and of what is to come, is denied for neither.
        then = said.get(entry.id) or next((said[one] for one in self._asked_with(entry) if one in said), "no")
        if then != "no":
            return False
        return entry.group != "allergies" or (not self.client.allergies and self._allergies_confirmed(draft))

    def _asked_with(self, entry: Contraindication) -> Iterable[str]:
        """The questions on the same row of the clinical tables as one on what is to come: it was once part of them."""
        if not entry.ahead:
            return ()
        return (one.id for one in self.questions if one.id != entry.id and not set(one.rows).isdisjoint(entry.rows))

    def _allergies_confirmed(self, draft: SessionDraft) -> bool:
        said = draft.consultation
        return said.allergies_confirmed_at is not None and said.allergies == self.client.allergies

    # what is done already

    def still_so_said(self, draft: SessionDraft) -> bool:
        """Whether everything known was confirmed, the allergies as well."""
        answered = {one.contraindication for one in draft.consultation.screening}
        return answered >= set(self.known) and (self._allergies_confirmed(draft) or not self.allergies_stand)

    def none_applies_said(self, draft: SessionDraft) -> bool:
        """Whether nothing is left that "prepared, none applies" would answer."""
        prepared = {one.item for one in draft.consultation.preparation}
        return not self.afresh(draft) and prepared >= set(self.preparation)

    def planned(self, draft: SessionDraft) -> bool:
        """Whether concern and plan of today are settled."""
        plan = draft.consultation.plan
        settled = all(one.confirmed for one in plan.zones) and all(one.confirmed for one in plan.products)
        return settled and bool(plan.zones) and bool(draft.consultation.concerns)

    # the acts

    def with_still_so(self, part: Consultation, at: datetime) -> Consultation:
        """Everything known is still so, as the client says; allergies only where they are those of then."""
        answered = {one.contraindication for one in part.screening}
        new = tuple(one.confirmed(at) for key, one in self.known.items() if key not in answered)
        part = part.with_(screening=(*part.screening, *new))
        if not self.allergies_stand:
            return part
        return part.with_(
            allergies_confirmed_at=at, allergy_state=self.client.allergy_state, allergies=self.client.allergies
        )

    def with_none_applies(self, draft: SessionDraft, at: datetime) -> Consultation:
        """Prepared as asked, and none of the questions that are asked afresh applies today."""
        part = draft.consultation
        prepared = {one.item for one in part.preparation}
        kept = (PreparationAnswer(item=one, kept="yes", at=at) for one in self.preparation if one not in prepared)
        denied = (ScreeningAnswer(contraindication=one.id, answer="no", at=at) for one in self.afresh(draft))
        return part.with_(preparation=(*part.preparation, *kept), screening=(*part.screening, *denied))

    def with_plan(self, part: Consultation) -> Consultation:
        """The concern of then, unless one was named today, and the plan taken from then; its day stays with it."""
        plan = part.plan.with_(
            zones=tuple(one.with_(confirmed=True) for one in part.plan.zones),
            products=tuple(one.with_(confirmed=True) for one in part.plan.products),
        )
        return part.with_(plan=plan, concerns=self.concerns_of(part))

    def concerns_of(self, part: Consultation) -> tuple[str, ...]:
        """The concerns of today, or else those of then that the reference data still knows."""
        return part.concerns or tuple(one for one in self.last.draft.consultation.concerns if one in self.concerns)


def repeated(draft: SessionDraft, last: SignedSession | None) -> SignedSession | None:
    """The visit that ``draft`` repeats, while it is the client's last one that counts."""
    if last is None or draft.repeats_visit_on is None or last.invalidated_at is not None:
        return None
    return last if _day_of(last) == draft.repeats_visit_on else None


def _day_of(visit: SignedSession) -> date:
    return local(visit.draft.started_at, visit.draft.time_zone).date()


def used_again(before: MaterialUse, new: MaterialUse) -> MaterialUse:
    """``new`` in the amount of ``before`` and for as many whole minutes; its lot, zones and time are its own."""
    minutes = (before.duration_s or 0) // MINUTE_S
    return new.with_(
        amount=before.amount,
        amount_unit=before.amount_unit or new.amount_unit,
        duration_s=minutes * MINUTE_S if minutes else None,
    )


def over_by(use: MaterialUse, moment: datetime, since: datetime) -> MaterialUse:
    """``use`` as over at ``moment``: put on as long before as it was on, though not before ``since``.

    Where there was not so much time since, it is over later than ``moment``: what was on for ten minutes was.
    """
    put_on = moment - timedelta(seconds=use.duration_s or 0)
    return use.with_(at=min(moment, max(put_on, since)))


def speaks_against(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """What the rules hold against a change by itself; what is merely not done yet comes in its turn."""
    known = {one.key for one in before}
    return tuple(one for one in after if one.key not in known and one.code not in _EXPECTED and not merely_undone(one))


def holds_back(step: StepId, points: Sequence[OpenPoint]) -> tuple[Finding, ...]:
    """What of ``step`` is to be settled before a visit goes on from it by itself."""
    return tuple(one.finding for one in points if one.finding.step is step and one.finding.gate is not Gate.NONE)
