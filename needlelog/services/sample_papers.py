"""A paper made with given words, to be looked at before they count: of a visit that there was, or of a made-up one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from needlelog.clock import Clock
from needlelog.documents.aftercare_texts import aftercare_texts
from needlelog.documents.client_words import client_words
from needlelog.documents.preparation_texts import preparation_texts
from needlelog.documents.sheet_texts import OwnTexts
from needlelog.domain.client import Client
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.domain.materials import Product
from needlelog.domain.own_texts import SheetKind
from needlelog.domain.papers import SheetForm
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.services.example_visit import example_client, example_visit, with_consent
from needlelog.services.wordings import Wordings

DRAFT = "draft"
"""What a version is called that nobody has kept."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Whose paper it is to be: the visit, who was treated, under which letterhead, on which form of sheet."""

    visit: SessionDraft
    client: Client
    clinic: Clinic
    form: SheetForm | None


class SamplePapers:
    """Papers that are kept nowhere. Making one is slow."""

    def __init__(
        self,
        wordings: Wordings,
        *,
        products: Callable[[], Mapping[UUID, Product]],
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        tr: Words,
        me: Practitioner,
    ) -> None:
        self._wordings = wordings
        self._products = products
        self._knowledge = knowledge
        self._clock = clock
        self._tr = tr
        self._me = me

    def made(
        self,
        sheet: SheetKind,
        language: str,
        own: Mapping[str, str],
        clinic: Clinic,
        of: tuple[SessionDraft, Client] | None = None,
        form: SheetForm | None = None,
    ) -> bytes:
        """The paper in the words ``own`` as PDF, of this visit or of a made-up one; a consent is always of the latter.

        Raises ``Fault`` (WORDING_TOO_LONG, PAPER_TOO_LONG, CHARACTER_NOT_PRINTABLE).
        """
        if of is None or sheet is SheetKind.CONSENT:
            now = self._clock.now()
            of = (
                example_visit(self._knowledge(), clinic, self._me, now, self._tr),
                example_client(language, now, self._tr),
            )
        sample = Sample(*of, clinic, form)
        if sheet is SheetKind.CONSENT:
            return self._consent(language, own, sample)
        said = self._wordings.filled(OwnTexts(own, DRAFT), language, sample.visit.practitioner)
        return self._wordings.fitted(sheet, language, said, lambda texts: self._sheet(sheet, language, texts, sample))

    def _consent(self, language: str, own: Mapping[str, str], sample: Sample) -> bytes:
        from needlelog.documents.consent_paper import ConsentPaper, make_consent_paper

        client = sample.client
        text = self._wordings.consent_of(language, own, DRAFT)
        signed = with_consent(sample.visit, text, client, self._clock.now())
        paper = ConsentPaper(signed, client.full_name, client.birth_date, client.number, sample.clinic)
        return make_consent_paper(paper, self._tr)

    def _sheet(self, sheet: SheetKind, language: str, said: OwnTexts | None, sample: Sample) -> bytes:
        """The sheet for after this visit, or the one for before the next."""
        from needlelog.documents.aftercare_content import sheet_for
        from needlelog.documents.aftercare_sheet import make_aftercare_sheet
        from needlelog.documents.preparation_content import NextVisit, preparation_for
        from needlelog.documents.preparation_sheet import make_preparation_sheet

        visit, client, clinic, form = sample.visit, sample.client, sample.clinic, sample.form
        knowledge, words = self._knowledge(), client_words(language)
        if sheet is SheetKind.AFTERCARE:
            texts = aftercare_texts(language, knowledge.aftercare.values(), said)
            before = self._wordings.preparation_texts(language, visit.practitioner)
            products = self._products()
            content = sheet_for(visit, client, clinic, knowledge, products, words, form, texts, before)
            return make_aftercare_sheet(content, words)
        coming = NextVisit(visit.aftercare.next_visit_at, visit.consultation.concerns, visit.treated_zones)
        said_before = preparation_texts(language, knowledge.preparing.values(), said)
        now, form = self._clock.now(), form or SheetForm()
        return make_preparation_sheet(
            preparation_for(coming, client, clinic, knowledge, now=now, form=form, words=words, texts=said_before),
            words,
        )
