"""The clinic's own wording in use: which version counts for each paper and language, filled in for whoever treats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from needlelog.documents.aftercare_texts import FOLDER as AFTERCARE
from needlelog.documents.aftercare_texts import shipped_aftercare
from needlelog.documents.beside_signs import allowing
from needlelog.documents.emphasis import marked
from needlelog.documents.placeholders import CLINIC, filled
from needlelog.documents.preparation_texts import FOLDER as PREPARATION
from needlelog.documents.preparation_texts import PreparationTexts, preparation_texts, shipped_preparation
from needlelog.documents.sheet_texts import OwnTexts, SheetTexts, language_for, languages_of
from needlelog.documents.wording import Wording, own_texts
from needlelog.domain.clinic import Clinic
from needlelog.domain.consent import ConsentText
from needlelog.domain.own_texts import OwnTextsVersion, SheetKind, WordingInUse
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.consent import text_for
from needlelog.knowledge.model import Knowledge
from needlelog.storage.own_texts import DamagedTexts, OwnTextsRepository

T = TypeVar("T")

NAMES: Mapping[SheetKind, str] = {
    SheetKind.AFTERCARE: "aftercare sheet",
    SheetKind.PREPARATION: "preparation sheet",
    SheetKind.CONSENT: "consent",
}
_FOLDERS = {SheetKind.AFTERCARE: AFTERCARE, SheetKind.PREPARATION: PREPARATION}


class Wordings:
    """What the papers say now. ``by`` is whoever is unlocked, who stands in a consent as the one who treats."""

    def __init__(
        self,
        repository: OwnTextsRepository,
        consent_texts: Sequence[ConsentText],
        *,
        clinic: Callable[[], Clinic],
        knowledge: Callable[[], Knowledge],
        tr: Words,
        by: str,
    ) -> None:
        self._repository = repository
        self._consent_texts = tuple(consent_texts)
        self._clinic = clinic
        self._knowledge = knowledge
        self._tr = tr
        self._by = by
        self._read_before: dict[tuple[SheetKind, str], tuple[Knowledge, Wording]] = {}
        self.reload()

    @property
    def clinic(self) -> Clinic:
        """The clinic as far as it can be read."""
        return self._clinic()

    def reload(self) -> None:
        """Look at what was kept afresh."""
        self._versions = self._repository.all()

    def languages(self, sheet: SheetKind) -> tuple[str, ...]:
        """The languages in which there are shipped texts of a paper."""
        if sheet is SheetKind.CONSENT:
            return tuple(dict.fromkeys(text.language for text in self._consent_texts))
        return languages_of(_FOLDERS[sheet])

    def current(self, sheet: SheetKind, language: str) -> OwnTextsVersion | None:
        """The clinic's own version that counts; None where the shipped texts do.

        They do too where a later version is damaged, which ``notices`` says.
        """
        of_it = [one for one in self._versions if (one[1].sheet, one[1].language) == (sheet, language)]
        last, version = max(of_it, key=lambda one: one[1].number, default=(0, None))
        lost = (one.sequence for one in self._repository.damaged() if one.may_be_of(sheet, language))
        return None if max(lost, default=0) > last else version

    def history(self, sheet: SheetKind, language: str) -> tuple[OwnTextsVersion, ...]:
        """Every version that can be read, the newest first."""
        of_it = [one for _, one in self._versions if (one.sheet, one.language) == (sheet, language)]
        return tuple(sorted(of_it, key=lambda one: one.number, reverse=True))

    def own(self, sheet: SheetKind, language: str, practitioner: str) -> OwnTexts | None:
        """The clinic's wording of a sheet that is made now, its own placeholders filled in.

        What would contradict the sign beside it, kept before such was refused, is said in the shipped words.
        """
        version = self.current(sheet, language)
        if version is None or not (version.texts or version.reviewed_by):
            return None
        own, wrong = own_texts(version), self._turned(version)
        printed = {key: text for key, text in own.texts.items() if key not in wrong}
        return self.filled(replace(own, texts=printed), language, practitioner)

    def _turned(self, version: OwnTextsVersion) -> tuple[str, ...]:
        wording = self.of(version.sheet, version.language)
        own = wording.differing(version.texts)
        return tuple(key for key, text in own.items() if allowing(wording, key, text))

    def preparation_texts(self, language: str, practitioner: str) -> PreparationTexts:
        """The template of the preparation sheet as this clinic words it."""
        own = self.own(SheetKind.PREPARATION, language, practitioner)
        return preparation_texts(language, self._knowledge().preparing.values(), own)

    def in_use(self, language: str) -> WordingInUse:
        """By which own versions the sheets of a client who wants ``language`` are worded."""
        used = {}
        for sheet, folder in _FOLDERS.items():
            version = self.current(sheet, language_for(folder, language))
            used[sheet.value] = version.label if version and version.texts else ""
        return WordingInUse(**used)

    def notices(self) -> tuple[str, ...]:
        """What whoever hands out papers must know: damaged own wording, and shipped wording that has changed since."""
        tr = self._tr
        said = []
        if damaged := [one for one in self._repository.damaged() if not self._followed(one)]:
            named = "; ".join(dict.fromkeys(self._damaged_named(one) for one in damaged))
            told = tr(
                "The clinic's own wording is damaged and does not count: {named}. The shipped wording is used. Keep "
                "yours anew under “Wording of the papers” in Settings.",
                named=named,
            )
            said.append(told)
        if older := [
            one for one in self._own_in_use() if one.shipped != self.of(one.sheet, one.language).shipped.version
        ]:
            named = "; ".join(self._named(one.sheet, one.language) for one in older)
            told = tr(
                "The shipped wording has changed since yours was kept: {named}. Compare the two under “Wording of the "
                "papers” in Settings.",
                named=named,
            )
            said.append(told)
        for one in self._own_in_use():
            if wrong := self._turned(one):
                told = tr(
                    "A line of your wording allows what the sign beside it forbids: {lines}, {named}. The shipped "
                    "words are printed there. Write it anew under “Wording of the papers” in Settings.",
                    lines=", ".join(self.of(one.sheet, one.language).caption(key, tr) for key in wrong),
                    named=self._named(one.sheet, one.language),
                )
                said.append(told)
        return tuple(said)

    def _own_in_use(self) -> Iterator[OwnTextsVersion]:
        for sheet, language in dict.fromkeys((one.sheet, one.language) for _, one in self._versions):
            version = self.current(sheet, language)
            if version is not None and version.texts and language in self.languages(sheet):
                yield version

    def _followed(self, damaged: DamagedTexts) -> bool:
        """Whether something was kept after a damaged version, so that nothing hangs on it any more."""
        told = (damaged.sheet, damaged.language)
        return any((one.sheet, one.language) == told and place > damaged.sequence for place, one in self._versions)

    def _named(self, sheet: SheetKind, language: str) -> str:
        return self._tr("{sheet} ({language})", sheet=self._tr(NAMES[sheet]), language=language)

    def _damaged_named(self, one: DamagedTexts) -> str:
        if not one.sheet:
            return self._tr("one whose paper cannot be told")
        return self._named(SheetKind(one.sheet), one.language or "?")

    @property
    def consent_texts(self) -> tuple[ConsentText, ...]:
        """The consents as they are shown now: in each language the clinic's own before the shipped ones."""
        own = (self._own_consent(language) for language in self.languages(SheetKind.CONSENT))
        return (*(one for one in own if one is not None), *self._consent_texts)

    def _own_consent(self, language: str) -> ConsentText | None:
        version = self.current(SheetKind.CONSENT, language)
        return None if version is None or not version.texts else self.consent_of(language, version.texts, version.label)

    def consent_of(self, language: str, texts: Mapping[str, str], label: str) -> ConsentText:
        """The consent that these own texts make, called ``label``."""
        shipped = text_for(self._consent_texts, language)
        used = self.of(SheetKind.CONSENT, language).used(texts)
        said = self.filled(OwnTexts(used), language, self._by).texts
        return ConsentText(
            id=f"{shipped.id}-{label}",
            version=f"{shipped.version} {label}",
            language=shipped.language,
            title=used["title"],
            text="\n\n".join(text for key, text in said.items() if key.startswith("paragraphs.") and text),
        )

    def filled(self, own: OwnTexts, language: str, practitioner: str) -> OwnTexts:
        """``own`` with the clinic and whoever treats in the place of their placeholders."""
        values = self.stands_for(practitioner)
        # Marked before: a clinic may have asterisks in its name.
        emphatic = {key: marked(text) for key, text in own.texts.items()}
        texts = filled(emphatic, values, right_to_left=Words(language=language).right_to_left)
        return OwnTexts(texts, own.version, own.reviewed)

    def stands_for(self, practitioner: str) -> dict[str, str]:
        """What each placeholder of the clinic stands for."""
        clinic = self._clinic()
        return dict(zip(CLINIC, (clinic.name, clinic.phone, practitioner), strict=True))

    def fitted(self, sheet: SheetKind, language: str, own: OwnTexts | None, make: Callable[[OwnTexts | None], T]) -> T:
        """What ``make`` makes with ``own``; ``Fault(WORDING_TOO_LONG)`` where it would fit as shipped and does not."""
        try:
            return make(own)
        except Fault as fault:
            if fault.code is not FaultCode.PAPER_TOO_LONG or own is None or not own.texts or not _fits(make):
                raise
            wording = self.of(sheet, language)
            texts = wording.differing(own.texts)
            longest = max(texts, key=lambda key: len(texts[key]) - len(wording.shipped.texts[key]), default="")
            named = {"sheet": self._tr(NAMES[sheet]), "longest": wording.caption(longest, self._tr)}
            pages = {name: fault.values[name] for name in ("pages", "needed")}
            raise Fault(FaultCode.WORDING_TOO_LONG, key=longest, **pages, **named) from fault

    def of(self, sheet: SheetKind, language: str) -> Wording:
        """The shipped texts of a paper, with the rules that they say; English where there are none in ``language``."""
        knowledge = self._knowledge()
        known = self._read_before.get((sheet, language))
        if known is None or known[0] is not knowledge:
            known = knowledge, self._read(sheet, language, knowledge)
            self._read_before[sheet, language] = known
        return known[1]

    def _read(self, sheet: SheetKind, language: str, knowledge: Knowledge) -> Wording:
        if sheet is SheetKind.AFTERCARE:
            return Wording(sheet, shipped_aftercare(language, knowledge.aftercare.values()), knowledge.aftercare)
        if sheet is SheetKind.PREPARATION:
            return Wording(sheet, shipped_preparation(language, knowledge.preparing.values()), knowledge.preparing)
        text = text_for(self._consent_texts, language)
        paragraphs = {f"paragraphs.{place}": one for place, one in enumerate(text.text.split("\n\n"), start=1)}
        shipped = SheetTexts(
            id=f"consent-{text.language}",
            version=text.version,
            language=text.language,
            reviewed=False,
            texts={"title": text.title, **paragraphs},
        )
        return Wording(sheet, shipped, {})


def _fits(make: Callable[[OwnTexts | None], object]) -> bool:
    try:
        make(None)
    except Fault:
        return False
    return True
