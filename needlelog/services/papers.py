"""Papers, made from real values: sheets for the client, and what the clinic shows of a visit, a client or a lot."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
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
from needlelog.domain.papers import Paper, PaperKind, SheetForm
from needlelog.domain.seal_code import SealCode
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.domain.stock import Treated
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.sheet import printed_around, printed_facts
from needlelog.services.kept_papers import KeptPapers, Sheet
from needlelog.services.wordings import Wordings
from needlelog.storage.drafts import DraftRepository
from needlelog.storage.papers import PaperRepository

if TYPE_CHECKING:
    from needlelog.documents.client_file import Making
    from needlelog.documents.sheet_texts import OwnTexts


class Papers(KeptPapers):
    """Makes papers, and does with them what is done with kept ones. Making is slow and is called off the UI thread."""

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
        super().__init__(repository, drafts, clinic=clinic, clock=clock, me=me)
        self._first_seal = first_seal
        self._products = products
        self._knowledge = knowledge
        self._wordings = wordings
        self._tr = tr

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
