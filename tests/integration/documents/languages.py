"""The languages a sheet comes in, and what its words ask of a catalogue."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from datetime import datetime, timedelta

from needlelog.documents.aftercare_sheet import make_aftercare_sheet
from needlelog.documents.preparation_content import NextVisit, preparation_for
from needlelog.documents.preparation_sheet import PreparationSheet, make_preparation_sheet
from needlelog.domain.clinic import Clinic
from needlelog.domain.papers import SheetForm
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from tests import builders
from tests.integration.documents.ten_visits import sheet_of, visits

LANGUAGES = ("ar", "de", "en", "es", "fr", "he", "pl", "pt", "vi", "zh")
OTHERS = tuple(one for one in LANGUAGES if one != "en")
FORMS = (SheetForm(), SheetForm(large=True))


class Asked(gettext.NullTranslations):
    """The English catalogue, which notes what is asked of it: singular, and plural or context where there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.phrases: set[str] = set()
        self.plurals: set[tuple[str, str]] = set()
        self.within: set[tuple[str, str]] = set()

    def gettext(self, message: str) -> str:
        self.phrases.add(message)
        return message

    def ngettext(self, one: str, many: str, count: int) -> str:
        self.plurals.add((one, many))
        return one if count == 1 else many

    def pgettext(self, context: str, message: str) -> str:
        self.within.add((context, message))
        return message


def preparations(knowledge: Knowledge, words: Words, form: SheetForm) -> Iterator[PreparationSheet]:
    """Preparation sheets for every area, with a day, close to the day, and without one."""
    moments: tuple[datetime | None, ...] = (builders.a_moment(49 * 24 * 60), builders.a_moment(3 * 24 * 60), None)
    for at in moments:
        for zones in (("cheek_left", "forehead"), ("scalp_crown",), ("thigh_left",), ("periorbital_left",), ()):
            yield preparation_for(
                NextVisit(at, ("acne-scars",), zones),
                builders.a_client(language=words.language),
                builders.a_clinic(),
                knowledge,
                now=builders.ENDED,
                form=form,
                words=words,
            )


def with_next_visit(draft: SessionDraft) -> SessionDraft:
    """The same visit with the next one agreed."""
    return draft.with_(aftercare=draft.aftercare.with_(next_visit_at=draft.started_at + timedelta(days=42)))


def asked_of_a_catalogue(knowledge: Knowledge) -> Asked:
    """Everything that both sheets ask for, over the ten visits and all forms, and a clinic that has next to nothing."""
    asked = Asked()
    words = Words(catalogue=asked)
    bare: Clinic = builders.a_clinic(phone="", phone_hours="", emergency_text="", country="XX")
    for form in FORMS:
        for name in visits():
            for clinic in (builders.a_clinic(), bare):
                sheet = sheet_of(name, knowledge, words, form, clinic=clinic, change=with_next_visit)
                make_aftercare_sheet(sheet, words)
        for preparation in preparations(knowledge, words, form):
            make_preparation_sheet(preparation, words)
    return asked
