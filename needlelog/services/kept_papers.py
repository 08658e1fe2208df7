"""Papers that are kept: handed over, handed over again the same, and taken back where that was an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from needlelog.clock import Clock, local
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.domain.papers import SLIP, HandOver, Paper, SheetGiven, Withdrawal
from needlelog.domain.session import SessionDraft
from needlelog.domain.text import check_reason, fold
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import record_date
from needlelog.storage.drafts import DraftRepository
from needlelog.storage.papers import PaperRepository
from needlelog.workflow.flow import SessionFlow


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that was made and not yet kept.

    ``printed`` is the fingerprint of what of the visit stands on it, ``around`` of what else does.
    """

    paper: Paper
    data: bytes
    printed: str = ""
    around: str = ""
    reviewed: bool = False
    """Whether a clinician has reviewed its texts, as far as the clinic says so."""


@dataclass(frozen=True, slots=True)
class _WithSheet:
    """Saves a draft together with the sheet it says was given."""

    drafts: DraftRepository
    sheet: Sheet
    given: SheetGiven

    def save(self, draft: SessionDraft) -> SessionDraft:
        return self.drafts.save_with_sheet(draft, self.sheet.paper, self.sheet.data, self.given)


@dataclass(frozen=True, slots=True)
class _WithWithdrawal:
    """Saves a draft together with the note that a sheet of it was given in error."""

    drafts: DraftRepository
    withdrawal: Withdrawal

    def save(self, draft: SessionDraft) -> SessionDraft:
        return self.drafts.save_with_withdrawal(draft, self.withdrawal)


class KeptPapers:
    """What the practice does with papers once they are made. ``me`` is whoever is unlocked now."""

    def __init__(
        self,
        repository: PaperRepository,
        drafts: DraftRepository,
        *,
        clinic: Callable[[], Clinic],
        clock: Clock,
        me: Practitioner,
    ) -> None:
        self._repository = repository
        self._drafts = drafts
        self._clinic = clinic
        self._clock = clock
        self._me = me

    def give(self, flow: SessionFlow, sheet: Sheet, how: HandOver, *, although_withdrawn: bool = False) -> SheetGiven:
        """Keep a visit's sheet for good and note in the visit how it was handed over: both or neither.

        The same sheet is kept once. Raises ``Fault``, PAPER_WITHDRAWN for one that was given in error unless it is to
        be given all the same; nothing was given then.
        """
        self._refuse_withdrawn(sheet.paper, although_withdrawn)
        given = self._given(sheet.paper, how).with_(printed=sheet.printed, around=sheet.around)

        def noted(draft: SessionDraft) -> SessionDraft:
            return draft.with_(aftercare=draft.aftercare.with_(given=(*draft.aftercare.given, given)))

        flow.edit(noted, store=_WithSheet(self._drafts, sheet, given))
        return given

    def give_again(self, paper: Paper, how: HandOver, *, although_withdrawn: bool = False) -> SheetGiven:
        """Note that a kept paper was handed over once more; raises ``Fault(PAPER_WITHDRAWN)`` as ``give`` does."""
        self._refuse_withdrawn(paper, although_withdrawn)
        given = self._given(paper, how)
        self._repository.record_handover(given)
        return given

    def _refuse_withdrawn(self, paper: Paper, although_withdrawn: bool) -> None:
        withdrawn = None if although_withdrawn else self.withdrawn(paper.session_id).get(paper.id)
        if withdrawn is not None and not withdrawn.slip:
            day = local(withdrawn.at, self._clinic().time_zone).date()
            raise Fault(FaultCode.PAPER_WITHDRAWN, day=record_date(day))

    def withdraw(self, paper: Paper, reason: str, flow: SessionFlow | None = None) -> Withdrawal:
        """Note that a kept paper was given in error: none of its hand-overs so far counts. The bytes stay.

        A sheet of an open visit is withdrawn through its ``flow``, so that the visit tells of it too. Faults as
        ``check_reason``, RECORD_CHANGED_ELSEWHERE, PAPER_WITHDRAWN for one that is, and REASON_RESERVED for the words
        that mean a wrong tap: what was a hand-over would be read as none.
        """
        self._refuse_withdrawn(paper, although_withdrawn=False)
        if fold(reason) == fold(SLIP):
            raise Fault(FaultCode.REASON_RESERVED)
        noted = self._repository.handovers(paper.id)
        return self._withdraw(paper, len(noted), check_reason(reason), noted, flow)

    def take_back(self, paper: Paper, given: SheetGiven, flow: SessionFlow | None = None) -> Withdrawal:
        """Note that ``given``, the last hand-over of a kept paper, was a wrong tap; those before it stand.

        Nobody is asked for a reason, and the paper can be given as if nothing had been. An open visit is told through
        its ``flow``. Raises ``Fault(RECORD_CHANGED_ELSEWHERE)`` where it was handed over once more since, or where
        ``given`` is withdrawn already.
        """
        noted = self._repository.handovers(paper.id)
        last = noted[-1] if noted else None
        if last is None or last.withdrawn or (last.at, last.how, last.by) != (given.at, given.how, given.by):
            raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE)
        return self._withdraw(paper, len(noted), SLIP, noted[-1:], flow)

    def _withdraw(
        self, paper: Paper, number: int, reason: str, meant: Sequence[SheetGiven], flow: SessionFlow | None
    ) -> Withdrawal:
        withdrawal = Withdrawal(
            id=uuid4(),
            document_id=paper.id,
            handovers=number,
            reason=reason,
            by=self._me.signature,
            at=self._clock.now(),
        )
        acts = {(one.at, one.how) for one in meant}

        def told(draft: SessionDraft) -> SessionDraft:
            given = tuple(
                one.with_(withdrawn=withdrawal)
                if one.document_id == paper.id and one.withdrawn is None and (one.at, one.how) in acts
                else one
                for one in draft.aftercare.given
            )
            return draft.with_(aftercare=draft.aftercare.with_(given=given))

        if flow is not None and any(one.document_id == paper.id for one in flow.draft.aftercare.standing):
            flow.edit(told, store=_WithWithdrawal(self._drafts, withdrawal))
        else:
            self._repository.withdraw(withdrawal)
        return withdrawal

    def as_known_now(self, draft: SessionDraft) -> SessionDraft:
        """The visit with what was found out since of the sheets it says were given: which of them are withdrawn."""
        if not draft.aftercare.given or not self._repository.withdrawn(draft.id):
            return draft
        now = {
            (one.document_id, one.at, one.how): one.withdrawn
            for document_id in dict.fromkeys(one.document_id for one in draft.aftercare.given)
            for one in self._repository.handovers(document_id)
        }
        given = tuple(
            one.with_(withdrawn=one.withdrawn or now.get((one.document_id, one.at, one.how)))
            for one in draft.aftercare.given
        )
        return draft.with_(aftercare=draft.aftercare.with_(given=given))

    def withdrawn(self, session_id: UUID) -> Mapping[UUID, Withdrawal]:
        """The papers of a visit that are withdrawn and were not handed over since, by their ids."""
        return self._repository.withdrawn(session_id)

    def withdrawals(self, document_id: UUID) -> tuple[Withdrawal, ...]:
        """Every time a paper was withdrawn."""
        return self._repository.withdrawals(document_id)

    def _given(self, paper: Paper, how: HandOver) -> SheetGiven:
        at, by = self._clock.now(), self._me.signature
        return SheetGiven(document_id=paper.id, sha256=paper.sha256, how=how, at=at, by=by)

    def of_session(self, session_id: UUID) -> tuple[Paper, ...]:
        """The papers kept for a visit."""
        return self._repository.for_session(session_id)

    def get(self, document_id: UUID) -> Paper:
        """One kept paper; raises ``Fault(RECORD_NOT_FOUND)``."""
        return self._repository.get(document_id)

    def data(self, document_id: UUID) -> bytes:
        """The very bytes that were given; raises ``Fault(PAPER_DAMAGED)`` when they no longer match."""
        return self._repository.data(document_id)

    def hand_overs(self, document_id: UUID) -> tuple[SheetGiven, ...]:
        """Every time a paper was handed over."""
        return self._repository.handovers(document_id)

    def give_made(self, sheet: Sheet, how: HandOver, *, although_withdrawn: bool = False) -> Paper:
        """Keep a paper for good, the same one once, and note how it was handed over; both or neither.

        Raises ``Fault(PAPER_WITHDRAWN)`` for one that was given in error, unless it is to be given all the same.
        """
        kept = self.kept_as(sheet)
        paper = kept or sheet.paper
        if kept:
            self.give_again(kept, how, although_withdrawn=although_withdrawn)
        else:
            self._repository.keep_given(paper, sheet.data, self._given(paper, how))
        return paper

    def kept_as(self, sheet: Sheet) -> Paper | None:
        """The kept paper that is this sheet, byte for byte."""
        same = (one for one in self.of_session(sheet.paper.session_id) if one.sha256 == sheet.paper.sha256)
        return next(same, None)

    def of_client(self, client_id: UUID) -> tuple[Paper, ...]:
        """The papers that are kept with a client and with no visit."""
        return self._repository.for_session(client_id)
