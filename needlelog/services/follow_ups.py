"""Asking after a visit: who is due, what was answered, which answers are red until somebody writes what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from needlelog.clock import Clock
from needlelog.domain.clinic import Practitioner
from needlelog.domain.follow_up import (
    FlagHandled,
    FollowUpAnswer,
    FollowUpAttempt,
    FollowUpForm,
    FollowUpRecord,
    Needled,
    Reached,
    RedFlag,
    Reply,
    TreatedVisit,
    is_about_recall,
    recall_moment,
)
from needlelog.domain.history import LotUse
from needlelog.domain.materials import Product
from needlelog.domain.signed import SignedSession
from needlelog.domain.stock import Recall, Treated
from needlelog.domain.unsettled import Unsettled
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.model import FollowUpQuestion, Knowledge
from needlelog.rules.follow_up import (
    Comparison,
    Due,
    DueState,
    Reading,
    ToAsk,
    compare,
    handed_on,
    is_asked,
    last_pass_at,
    needled_again,
    questions_for,
    readings,
    schedule,
)
from needlelog.rules.red_flags import Asked, red_flags
from needlelog.storage.follow_ups import FollowUpRepository
from needlelog.workflow.last_time import LastTime, looked_back


@dataclass(frozen=True, slots=True)
class AfterVisit:
    """Everything about one visit since it was signed."""

    schedule: tuple[Due, ...]
    record: FollowUpRecord
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is asked after this visit, by moment."""


_RANK = {DueState.OVERDUE: 1, DueState.DUE: 2}


class FollowUps:
    """What the practice does after visits. ``me`` is whoever is unlocked now."""

    def __init__(
        self,
        repository: FollowUpRepository,
        *,
        knowledge: Callable[[], Knowledge],
        products: Callable[[], Mapping[UUID, Product]],
        clock: Clock,
        tr: Words,
        me: Practitioner,
    ) -> None:
        self._repository = repository
        self._knowledge = knowledge
        self._products = products
        self._clock = clock
        self._tr = tr
        self._me = me

    # who is to be asked

    def to_ask(self) -> tuple[ToAsk, ...]:
        """Whom to ask now: red answers first, then what is overdue, then what is due, each by its time."""
        return self._listed(self._repository.treated_since(self._clock.now() - self._furthest()))

    def to_ask_of(self, client_id: UUID) -> tuple[ToAsk, ...]:
        """The same for one client."""
        return self._listed(self._repository.treated_client(client_id))

    def unsettled(self, client_id: UUID) -> tuple[Unsettled, ...]:
        """The red answers after this client's visits about which nothing was written yet, the oldest first."""
        return tuple(
            Unsettled(visit_at=one.visit_at, time_zone=one.time_zone, red=one.answer)
            for one in self._repository.open_red(client_id)
        )

    def _furthest(self) -> timedelta:
        moments = self._knowledge().follow_up_moments.values()
        return timedelta(hours=max((one.missed_after_h for one in moments), default=0))

    def _listed(self, visits: tuple[TreatedVisit, ...]) -> tuple[ToAsk, ...]:
        now, moments = self._clock.now(), tuple(self._knowledge().follow_up_moments.values())
        records = self._repository.records(visit.session_id for visit in visits)
        begun = self._repository.forms()
        found: list[tuple[int, datetime, ToAsk]] = []
        for visit in visits:
            record = records.get(visit.session_id, FollowUpRecord())
            found += [(0, answer.at, ToAsk(visit, red=answer)) for answer in record.red]
            elsewhere = handed_on(visit.session_id, visit.course, moments, now)
            for due in schedule(visit.last_pass_at, moments, record, now, elsewhere):
                if due.open:
                    half = (visit.session_id, due.moment) in begun
                    found.append((_RANK[due.state], due.until_at, ToAsk(visit, due=due, begun=half)))
        return tuple(one for _, _, one in sorted(found, key=lambda entry: entry[:2]))

    # one visit

    def after(self, signed: SignedSession) -> AfterVisit:
        """What is due, what was answered and what was done about it, of one visit."""
        record = self._repository.record(signed.id)
        last = last_pass_at(signed.draft)
        if last is None or signed.invalidated_at is not None:
            return AfterVisit((), record)
        now, moments = self._clock.now(), tuple(self._knowledge().follow_up_moments.values())
        elsewhere = handed_on(signed.id, self._course(signed), moments, now)
        asked = {one.id: tuple(question.id for question in self.questions(signed, one.id)) for one in moments}
        return AfterVisit(schedule(last, moments, record, now, elsewhere), record, asked)

    def questions(self, signed: SignedSession, moment: str) -> tuple[FollowUpQuestion, ...]:
        """What is asked after this visit at ``moment``; of a client who came forward everything is asked."""
        known = self._knowledge()
        entry = known.follow_up_moments.get(moment)
        names = entry.questions if entry else tuple(known.follow_up_questions)
        asked = [known.follow_up_questions[one] for one in names if one in known.follow_up_questions]
        return questions_for(signed.draft, asked, self._products())

    def records(self, session_ids: Iterable[UUID]) -> Mapping[UUID, FollowUpRecord]:
        """What was added to these visits; one without any entry is left out."""
        return self._repository.records(session_ids)

    def looked_back(self, signed: SignedSession) -> LastTime:
        """A visit by its zones, with how the skin took it then and since."""
        return looked_back(signed, self._repository.record(signed.id), self._knowledge().scales)

    # an answer

    def begin(self, session_id: UUID, moment: str = "") -> FollowUpForm:
        """The half-written answer for this moment, or a new one, which is kept from its first entry on."""
        return self._repository.form(session_id, moment) or FollowUpForm(
            id=uuid4(), session_id=session_id, moment=moment, begun_at=self._clock.now()
        )

    def keep(self, form: FollowUpForm) -> FollowUpForm:
        """Make a half-written answer durable."""
        return self._repository.save_form(form)

    def drop(self, form: FollowUpForm) -> None:
        """Throw a half-written answer away."""
        self._repository.drop_form(form.session_id, form.moment)

    def flags(self, form: FollowUpForm, signed: SignedSession) -> tuple[RedFlag, ...]:
        """The red flags of an answer as it stands."""
        asked = self._asked(signed)
        return red_flags(form, asked) if asked else ()

    def compared(self, form: FollowUpForm, signed: SignedSession) -> tuple[Comparison, ...]:
        """Each grade of an answer beside the one before and the window in which it is expected."""
        asked = self._asked(signed)
        if asked is None:
            return ()
        return compare(form.observations, asked.earlier, asked.knowledge.reactions, asked.since, asked.now, asked.again)

    def earlier(self, signed: SignedSession) -> tuple[Reading, ...]:
        """The readings of the visit and of what was answered since, oldest first."""
        return readings(signed.draft, self._repository.record(signed.id).about_skin)

    def answer(self, form: FollowUpForm, signed: SignedSession) -> FollowUpAnswer:
        """Seal an answer with its red flags; raises ``Fault`` (FOLLOW_UP_EMPTY, FOLLOW_UP_UNREACHED)."""
        if form.is_empty:
            raise Fault(FaultCode.FOLLOW_UP_EMPTY)
        if form.reached is None:
            raise Fault(FaultCode.FOLLOW_UP_UNREACHED)
        answer = FollowUpAnswer(
            id=form.id,
            session_id=form.session_id,
            moment=form.moment,
            reached=form.reached,
            none_observed_at=form.none_observed_at,
            observations=form.observations,
            replies=self._still_asked(form),
            note=form.note,
            photos=form.photos,
            flags=self.flags(form, signed),
            knowledge_version=self._knowledge().version,
            by=self._me.signature,
            at=self._clock.now(),
        )
        self._repository.add(answer)
        return answer

    def _still_asked(self, form: FollowUpForm) -> tuple[Reply, ...]:
        """The replies without those to questions that another grade has taken back since."""
        known = self._knowledge().follow_up_questions
        return tuple(one for one in form.replies if one.question not in known or is_asked(known[one.question], form))

    def not_reached(self, session_id: UUID, moment: str, how: Reached, note: str = "") -> FollowUpAttempt:
        """Note a try that reached nobody; the moment stays due."""
        attempt = FollowUpAttempt(
            id=uuid4(),
            session_id=session_id,
            moment=moment,
            how=how,
            note=note,
            by=self._me.signature,
            at=self._clock.now(),
        )
        self._repository.add(attempt)
        return attempt

    def called(self, session_id: UUID, recall_id: UUID, how: Reached) -> FollowUpAnswer:
        """Note that a client was told of a recall, on a signed visit that the lot was used in.

        Raises ``Fault(RECORD_NOT_FOUND)`` for a visit that is not signed.
        """
        call = FollowUpAnswer(
            id=uuid4(),
            session_id=session_id,
            moment=recall_moment(recall_id),
            reached=how,
            knowledge_version=self._knowledge().version,
            by=self._me.signature,
            at=self._clock.now(),
        )
        self._repository.add(call)
        return call

    def with_calls(self, treated: Iterable[Treated]) -> tuple[Treated, ...]:
        """The same, each with the last call about its recall; one call counts for every visit of its client."""
        treated = list(treated)
        calls = self._calls(one.use for one in treated if one.recall)
        found = []
        for one in treated:
            call = calls.get((one.use.client_id, recall_moment(one.recall.id))) if one.recall else None
            told = {"called_at": call.at, "called_how": call.reached, "called_by": call.by} if call else {}
            found.append(one.with_(**told))
        return tuple(found)

    def still_to_call(self, uses: Iterable[tuple[Recall, LotUse]]) -> frozenset[UUID]:
        """The clients among these that were not told of every recall that concerns them."""
        pairs = list(uses)
        calls = self._calls(use for _, use in pairs)
        return frozenset(
            use.client_id for recall, use in pairs if (use.client_id, recall_moment(recall.id)) not in calls
        )

    def _calls(self, uses: Iterable[LotUse]) -> dict[tuple[UUID, str], FollowUpAnswer]:
        """The last call about each recall by client, as noted on any of these signed visits."""
        client_of = {use.session_id: use.client_id for use in uses if use.signed}
        calls: dict[tuple[UUID, str], FollowUpAnswer] = {}
        for session_id, record in self._repository.records(client_of).items():
            for answer in record.answers:
                told = client_of[session_id], answer.moment
                if is_about_recall(answer.moment) and (told not in calls or calls[told].at <= answer.at):
                    calls[told] = answer
        return calls

    def handle(self, answer: FollowUpAnswer, done: str) -> FlagHandled:
        """Write what was done about the red flags of an answer; raises ``Fault(REASON_MISSING)`` for nothing."""
        if not done.strip():
            raise Fault(FaultCode.REASON_MISSING)
        handled = FlagHandled(
            id=uuid4(),
            session_id=answer.session_id,
            answer_id=answer.id,
            done=done,
            by=self._me.signature,
            at=self._clock.now(),
        )
        self._repository.add(handled)
        return handled

    def _asked(self, signed: SignedSession) -> Asked | None:
        since, now = last_pass_at(signed.draft), self._clock.now()
        if since is None:
            return None
        return Asked(
            earlier=self.earlier(signed),
            since=since,
            now=now,
            treated=signed.draft.treated_zones,
            knowledge=self._knowledge(),
            tr=self._tr,
            again=needled_again(signed.id, self._course(signed), now),
        )

    def _course(self, signed: SignedSession) -> tuple[Needled, ...]:
        visits = self._repository.treated_client(signed.draft.client_id)
        return next((one.course for one in visits if one.session_id == signed.id), ())
