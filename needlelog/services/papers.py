"""Papers: made from a visit's real values, kept as bytes with their fingerprint, given, and given again the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from needlelog.clock import Clock, local
from needlelog.domain.adverse_events import EventHistory, Involved
from needlelog.domain.client import Client
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.domain.follow_up import FollowUpRecord
from needlelog.domain.history import DiscardedVisit, VisitSummary
from needlelog.domain.materials import Product
from needlelog.domain.own_texts import SheetKind
from needlelog.domain.papers import SLIP, HandOver, Paper, PaperKind, SheetForm, SheetGiven, Withdrawal
from needlelog.domain.seal_code import SealCode
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.domain.stock import Treated
from needlelog.domain.text import check_reason
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words, record_date
from needlelog.knowledge.model import Knowledge
from needlelog.rules.sheet import printed_around, printed_facts
from needlelog.services.wordings import Wordings
from needlelog.storage.drafts import DraftRepository
from needlelog.storage.papers import PaperRepository
from needlelog.workflow.flow import SessionFlow

if TYPE_CHECKING:
    from needlelog.documents.client_file import Making
    from needlelog.documents.sheet_texts import OwnTexts


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


class Papers:
    """What the practice does with papers. Making one is slow and is called off the UI thread."""

    def __init__(
        self,
        repository: PaperRepository,
        drafts: DraftRepository,
        *,
        first_seal: Callable[[], str],
        clinic: Callable[[], Clinic],
        products: Callable[[], Mapping[UUID, Product]],
        knowledge: Callable[[], Knowledge],
        wordings: Wordings,
        clock: Clock,
        tr: Words,
        me: Practitioner,
    ) -> None:
        self._repository = repository
        self._drafts = drafts
        self._first_seal = first_seal
        self._clinic = clinic
        self._products = products
        self._knowledge = knowledge
        self._wordings = wordings
        self._clock = clock
        self._tr = tr
        self._me = me

    def aftercare(self, draft: SessionDraft, client: Client) -> Sheet:
        """The aftercare sheet of a visit, in the client's language where there are texts in it.

        Raises ``Fault`` (CHARACTER_NOT_PRINTABLE, PAPER_TOO_LONG, WORDING_TOO_LONG).
        """
        from needlelog.documents.aftercare_content import AftercareSheet, sheet_for
        from needlelog.documents.aftercare_sheet import make_aftercare_sheet
        from needlelog.documents.aftercare_texts import aftercare_language, aftercare_texts
        from needlelog.documents.client_words import client_words

        knowledge, clinic, products = self._knowledge(), self._clinic(), self._products()
        wordings, language = self._wordings, aftercare_language(client.language)
        words, wording = client_words(language), wordings.in_use(client.language)
        before = wordings.preparation_texts(language, draft.practitioner)

        def made_with(own: OwnTexts | None) -> tuple[AftercareSheet, bytes]:
            texts = aftercare_texts(language, knowledge.aftercare.values(), own)
            sheet = sheet_for(draft, client, clinic, knowledge, products, words, texts=texts, before=before)
            return sheet, make_aftercare_sheet(sheet, words)

        own = wordings.own(SheetKind.AFTERCARE, language, draft.practitioner)
        sheet, data = wordings.fitted(SheetKind.AFTERCARE, language, own, made_with)
        version = f"{sheet.texts.template_version} {knowledge.version}"
        made = self._sheet(data, PaperKind.AFTERCARE, draft, sheet.texts.language, version)
        around = printed_around(draft, client, clinic, knowledge, products, wording)
        return replace(made, printed=printed_facts(draft), around=around, reviewed=sheet.texts.reviewed)

    def preparation(
        self,
        client: Client,
        *,
        at: datetime | None,
        concerns: tuple[str, ...],
        zones: tuple[str, ...],
        form: SheetForm,
        after: UUID | None = None,
    ) -> Sheet:
        """What to mind before the visit ``at`` (None where no date was agreed); raises ``Fault`` as ``aftercare`` does.

        ``after`` is the visit with which it is kept; without one it is kept with the client.
        """
        from needlelog.documents.client_words import client_words
        from needlelog.documents.preparation_content import NextVisit, preparation_for
        from needlelog.documents.preparation_sheet import PreparationSheet, make_preparation_sheet
        from needlelog.documents.preparation_texts import preparation_language, preparation_texts

        knowledge, clinic = self._knowledge(), self._clinic()
        # Of one day, so that the same sheet is the same paper.
        today = local(self._clock.now(), clinic.time_zone).replace(hour=0, minute=0, second=0, microsecond=0)
        language = preparation_language(client.language)
        visit, words = NextVisit(at, concerns, zones), client_words(language)

        def made_with(own: OwnTexts | None) -> tuple[PreparationSheet, bytes]:
            texts = preparation_texts(language, knowledge.preparing.values(), own)
            sheet = preparation_for(visit, client, clinic, knowledge, now=today, form=form, words=words, texts=texts)
            return sheet, make_preparation_sheet(sheet, words)

        own = self._wordings.own(SheetKind.PREPARATION, language, self._me.signature)
        sheet, data = self._wordings.fitted(SheetKind.PREPARATION, language, own, made_with)
        version = f"{sheet.texts.template_version} {knowledge.version}"
        paper = self._paper(data, PaperKind.PREPARATION, (after or client.id, client.id), sheet.texts.language, version)
        return Sheet(paper, data, reviewed=sheet.texts.reviewed)

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

    def record(
        self, signed: SignedSession, since: FollowUpRecord | None = None, events: tuple[EventHistory, ...] = ()
    ) -> Sheet:
        """The signed visit on paper, with its addenda, what follow-ups and adverse events added, and its seal."""
        from needlelog.documents.record_sheet import TEMPLATE_VERSION, make_record_sheet

        code, signed = self.code(signed), signed.with_(draft=self.as_known_now(signed.draft))
        data = make_record_sheet(signed, self._clinic(), self._knowledge(), self._tr, since, events, code=code)
        return self._sheet(data, PaperKind.RECORD, signed.draft, self._tr.language, TEMPLATE_VERSION)

    def consent(self, visit: SignedSession | SessionDraft, client: Client) -> Sheet:
        """The signed consent of a visit with its exact text, sealed once the visit is signed.

        Raises ``Fault`` (CONSENT_NOT_SIGNED, CHARACTER_NOT_PRINTABLE).
        """
        from needlelog.documents.client_words import client_words
        from needlelog.documents.consent_paper import TEMPLATE_VERSION, ConsentPaper, make_consent_paper

        if isinstance(visit, SignedSession):
            draft, paper = visit.draft, ConsentPaper.of(visit, self._clinic(), self.code(visit))
        else:
            draft = visit
            paper = ConsentPaper(draft, client.full_name, client.birth_date, client.number, self._clinic())
        language = draft.consent.shown.language if draft.consent.shown else self._tr.language
        data = make_consent_paper(paper, client_words(language))
        return self._sheet(data, PaperKind.CONSENT, draft, language, TEMPLATE_VERSION)

    def code(self, signed: SignedSession) -> str:
        """The code by which a print of this visit is checked."""
        return str(SealCode.of(self._first_seal(), signed.seal.sequence, signed.seal.sha256))

    def client_file(
        self,
        client: Client,
        visits: Sequence[VisitSummary],
        given_up: Sequence[DiscardedVisit],
        making: Making,
        *,
        photos: bool,
    ) -> bytes:
        """Everything recorded of a client, the visits newest first; made when it is wanted, and not kept; slow.

        Raises ``Fault(CHARACTER_NOT_PRINTABLE)``, and what ``making`` raises.
        """
        from needlelog.documents.client_file import ClientFile, make_client_file

        file = ClientFile(
            client,
            self._clinic(),
            tuple(visits),
            self._clock.now(),
            self._me.signature,
            given_up=tuple(given_up),
            photos=photos,
        )
        return make_client_file(file, making, self._knowledge(), self._tr)

    def event_report(self, signed: SignedSession, event: EventHistory, involved: tuple[Involved, ...]) -> Paper:
        """The report of an adverse event as it stands now, kept for good; the same report is kept once.

        It bears the client's number and no name. Raises ``Fault(CHARACTER_NOT_PRINTABLE)``.
        """
        from needlelog.documents.event_report import TEMPLATE_VERSION, make_event_report

        code = self.code(signed)
        data = make_event_report(signed, event, involved, self._clinic(), self._knowledge(), self._tr, code=code)
        made = self._sheet(data, PaperKind.ADVERSE_EVENT, signed.draft, self._tr.language, TEMPLATE_VERSION)
        for kept in self._repository.for_session(signed.id):
            if kept.sha256 == made.paper.sha256:
                return kept
        self._repository.keep(made.paper, made.data)
        return made.paper

    def lot_list(self, lot: str, treated: Sequence[Treated]) -> bytes:
        """Who was treated with a lot, as a list to call by; made when it is wanted, and not kept.

        Raises ``Fault(CHARACTER_NOT_PRINTABLE)``.
        """
        from needlelog.documents.lot_list import LotList, make_lot_list

        listing = LotList(self._clinic(), lot, tuple(treated), self._clock.now(), self._me.signature)
        return make_lot_list(listing, self._knowledge(), self._tr)

    def _sheet(self, data: bytes, kind: PaperKind, draft: SessionDraft, language: str, version: str) -> Sheet:
        return Sheet(self._paper(data, kind, (draft.id, draft.client_id), language, version), data)

    def _paper(self, data: bytes, kind: PaperKind, of: tuple[UUID, UUID], language: str, version: str) -> Paper:
        session_id, client_id = of
        return Paper(
            id=uuid4(),
            session_id=session_id,
            client_id=client_id,
            kind=kind,
            language=language,
            template_version=version,
            sha256=hashlib.sha256(data).hexdigest(),
            size_bytes=len(data),
            made_at=self._clock.now(),
        )

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
        ``check_reason``, RECORD_CHANGED_ELSEWHERE, and PAPER_WITHDRAWN for one that is.
        """
        self._refuse_withdrawn(paper, although_withdrawn=False)
        noted = self._repository.handovers(paper.id)
        return self._withdraw(paper, len(noted), check_reason(reason), noted, flow)

    def take_back(self, paper: Paper, given: SheetGiven, flow: SessionFlow | None = None) -> Withdrawal:
        """Note that ``given``, the last hand-over of a kept paper, was a wrong tap; those before it stand.

        Nobody is asked for a reason, and the paper can be given as if nothing had been. An open visit is told through
        its ``flow``. Raises ``Fault(RECORD_CHANGED_ELSEWHERE)`` where it was handed over once more since.
        """
        noted = self._repository.handovers(paper.id)
        if not noted or (noted[-1].at, noted[-1].how, noted[-1].by) != (given.at, given.how, given.by):
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
