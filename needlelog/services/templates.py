"""The clinic's own wording of its papers: read beside the shipped one, checked, kept version by version, looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from needlelog.clock import Clock
from needlelog.documents.beside_signs import BesideSign, beside_signs, fault_beside
from needlelog.documents.placeholders import Placeholder
from needlelog.documents.reading_grade import Reading, reading_of
from needlelog.documents.sheet_texts import FALLBACK, SheetTexts
from needlelog.documents.weakened import Weakened, weakened
from needlelog.domain.client import Client
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.domain.materials import Product
from needlelog.domain.own_texts import OwnTextsDraft, OwnTextsVersion, SheetKind
from needlelog.domain.papers import SheetForm
from needlelog.domain.session import SessionDraft
from needlelog.domain.text import check_reason
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.services.sample_papers import SamplePapers
from needlelog.services.wordings import Wordings
from needlelog.storage.own_texts import OwnTextsRepository


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be said of texts that somebody writes: what cannot be printed, what is weaker, how plain it is."""

    faults: tuple[tuple[str, Fault], ...]
    weakened: tuple[Weakened, ...]
    beside: tuple[BesideSign, ...]
    """Lines in other words than the shipped ones that somebody must read beside the sign they print with."""

    reading: Reading
    by_key: Mapping[str, Reading]

    @property
    def ready(self) -> bool:
        """Whether all of it can be printed."""
        return not self.faults


class Templates:
    """How the clinic makes its papers its own. ``me`` is whoever is unlocked now."""

    def __init__(
        self,
        repository: OwnTextsRepository,
        wordings: Wordings,
        *,
        letterhead: Callable[[], Clinic],
        products: Callable[[], Mapping[UUID, Product]],
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        tr: Words,
        me: Practitioner,
    ) -> None:
        self._repository = repository
        self._wordings = wordings
        self._letterhead = letterhead
        self._clock = clock
        self._tr = tr
        self._me = me
        self._samples = SamplePapers(wordings, products=products, knowledge=knowledge, clock=clock, tr=tr, me=me)

    # what there is

    def languages(self, sheet: SheetKind) -> tuple[str, ...]:
        """The languages in which there are shipped texts of a paper."""
        return self._wordings.languages(sheet)

    def shipped(self, sheet: SheetKind, language: str) -> SheetTexts:
        """The texts as they came with the program, English where there are none in ``language``."""
        return self._wordings.of(sheet, language).shipped

    def current(self, sheet: SheetKind, language: str) -> OwnTextsVersion | None:
        """The clinic's own version that counts; None where the shipped texts do, as after a damaged one."""
        return self._wordings.current(sheet, language)

    def history(self, sheet: SheetKind, language: str) -> tuple[OwnTextsVersion, ...]:
        """Every version that can be read, the newest first."""
        return self._wordings.history(sheet, language)

    def caption(self, sheet: SheetKind, key: str) -> str:
        """What people call a text."""
        return self._wordings.of(sheet, FALLBACK).caption(key, self._tr)

    def placeholders(self, sheet: SheetKind, key: str, language: str = FALLBACK) -> tuple[Placeholder, ...]:
        """What may stand in braces in a text: its own, then those of every text."""
        return self._wordings.of(sheet, language).placeholders(key, self._tr)

    # what is written

    def check(self, sheet: SheetKind, language: str, texts: Mapping[str, str]) -> Checked:
        """What is to be said of ``texts``, by key; the shipped ones count where there are none.

        The first call reads the fonts, all others take a few milliseconds.
        """
        wording = self._wordings.of(sheet, language)
        clinic = self._wordings.stands_for(self._me.signature)
        own = wording.differing(texts)
        tr = self._tr
        faults = (
            (key, wording.fault(key, text, clinic, tr) or fault_beside(wording, key, text, tr))
            for key, text in own.items()
        )
        used = wording.used(texts)
        return Checked(
            tuple((key, fault) for key, fault in faults if fault is not None),
            weakened(wording, texts, tr),
            beside_signs(wording, texts, tr),
            reading_of(used.values(), language),
            {key: reading_of((text,), language) for key, text in used.items()},
        )

    def to_confirm(self, sheet: SheetKind, language: str, checked: Checked) -> tuple[BesideSign, ...]:
        """The lines beside a sign that are not worded as in the version that counts, so that nobody has read them.

        Of one that was kept before such was asked, nobody has read any.
        """
        current = self.current(sheet, language)
        before = current.texts if current and _was_asked_about(current) else {}
        return tuple(one for one in checked.beside if before.get(one.key, "").strip() != one.text.strip())

    def keep(
        self,
        sheet: SheetKind,
        language: str,
        texts: Mapping[str, str],
        *,
        reason: str = "",
        reviewed_by: str = "",
        confirmed: Collection[str] = (),
        expected: int | None = None,
    ) -> OwnTextsVersion:
        """Keep ``texts`` as the version that counts from now on; ``expected`` is the number of the one it follows.

        ``confirmed`` are the keys of what somebody has read beside its sign. Slow: papers are made with them. Raises
        the ``Fault`` of the first text that cannot be printed, and WORDING_TOO_LONG, WORDING_UNCHANGED,
        WORDING_WEAKENED without a reason, REASON_TOO_SHORT, WORDING_NOT_CONFIRMED, WORDING_KEPT_MEANWHILE.
        """
        self._wordings.reload()
        current = self.current(sheet, language)
        number = current.number if current else 0
        if expected is not None and expected != number:
            raise Fault(FaultCode.WORDING_KEPT_MEANWHILE, number=number)
        texts = {key: text.strip() for key, text in texts.items()}
        checked = self.check(sheet, language, texts)
        for _, fault in checked.faults:
            raise fault
        own = self._wordings.of(sheet, language).differing(texts)
        # Kept anew beside other shipped texts, the same words say that somebody has compared them.
        before = (current.texts, current.reviewed_by, current.shipped) if current else ({}, "", None)
        if before in (
            (own, reviewed_by.strip(), self.shipped(sheet, language).version),
            (own, reviewed_by.strip(), None),
        ):
            raise Fault(FaultCode.WORDING_UNCHANGED)
        if checked.weakened and not reason.strip():
            raise Fault(FaultCode.WORDING_WEAKENED, what=checked.weakened[0].said)
        reason = check_reason(reason) if reason.strip() else ""
        for one in self.to_confirm(sheet, language, checked):
            if one.key not in confirmed:
                raise Fault(FaultCode.WORDING_NOT_CONFIRMED, text=one.text)
        # What does not fit a made-up visit would leave clients without a sheet; large print has the more room.
        self._samples.made(sheet, language, own, self._wordings.clinic)
        return self._keep(sheet, language, own, reason, reviewed_by)

    def unread(self, sheet: SheetKind, language: str, number: int) -> tuple[BesideSign, ...]:
        """What somebody must read beside its sign before version ``number`` counts again: nobody was asked about it."""
        old = self._version(sheet, language, number)
        if old is None or _was_asked_about(old):
            return ()
        return self.to_confirm(sheet, language, self.check(sheet, language, old.texts))

    def back_to(
        self, sheet: SheetKind, language: str, number: int, reason: str, confirmed: Collection[str] = ()
    ) -> OwnTextsVersion:
        """Keep the texts of an older version, 0 for the shipped ones, as the newest; nobody has reviewed it then.

        ``confirmed`` are the keys of what was ``unread`` and has been read. Raises ``Fault`` as ``check_reason`` and
        ``keep`` do, RECORD_NOT_FOUND for a version that there is not.
        """
        check_reason(reason)
        old = self._version(sheet, language, number)
        if old is None and number:
            raise Fault(FaultCode.RECORD_NOT_FOUND)
        texts = old.texts if old else {}
        read = texts.keys() - {one.key for one in self.unread(sheet, language, number)}
        return self.keep(sheet, language, texts, reason=reason, confirmed=read | set(confirmed))

    def _version(self, sheet: SheetKind, language: str, number: int) -> OwnTextsVersion | None:
        return next((one for one in self.history(sheet, language) if one.number == number), None)

    def _keep(
        self, sheet: SheetKind, language: str, own: dict[str, str], reason: str, reviewed_by: str
    ) -> OwnTextsVersion:
        shipped = self.shipped(sheet, language)
        version = OwnTextsVersion(
            id=uuid4(),
            sheet=sheet,
            language=language,
            number=self._repository.next_number(sheet, language),
            texts=own,
            shipped=shipped.version,
            base={key: shipped.texts[key] for key in own},
            reviewed_by=reviewed_by,
            reason=reason,
            by=self._me.signature,
            at=self._clock.now(),
        )
        self._repository.add(version, written_by=self._me.id)
        self._wordings.reload()
        return version

    # what is half-written

    def draft(self, sheet: SheetKind, language: str) -> OwnTextsDraft | None:
        """What whoever is unlocked was writing on a paper and neither put to use nor discarded."""
        return self._repository.draft(self._me.id, sheet, language)

    def save_draft(
        self, sheet: SheetKind, language: str, texts: Mapping[str, str], left_out: Collection[str], beside: int
    ) -> OwnTextsDraft:
        """Make what is being written durable as it stands, right or wrong; it counts for no paper.

        Raises the faults of writing.
        """
        draft = OwnTextsDraft(
            practitioner_id=self._me.id,
            sheet=sheet,
            language=language,
            beside=beside,
            shipped=self.shipped(sheet, language).version,
            # Half a sign, as a broken paste leaves one, is no text that can be stored.
            texts={key: text.encode("utf-8", "replace").decode("utf-8") for key, text in texts.items()},
            left_out=tuple(sorted(left_out)),
            saved_at=self._clock.now(),
        )
        self._repository.save_draft(draft)
        return draft

    def drop_draft(self, sheet: SheetKind, language: str) -> None:
        """Throw away what whoever is unlocked was writing on a paper; raises the faults of writing."""
        self._repository.drop_draft(self._me.id, sheet, language)

    # how it looks

    def preview(
        self,
        sheet: SheetKind,
        language: str,
        texts: Mapping[str, str],
        *,
        visit: SessionDraft | None = None,
        client: Client | None = None,
        form: SheetForm | None = None,
    ) -> bytes:
        """The paper with ``texts`` as PDF, of this visit or of a made-up one; slow, and kept nowhere.

        A consent is always that of a made-up client, so that none seems signed that was not. Raises the ``Fault`` of
        the first text that cannot be printed, WORDING_TOO_LONG, CHARACTER_NOT_PRINTABLE.
        """
        own = self._wordings.of(sheet, language).differing(texts)
        for _, fault in self.check(sheet, language, own).faults:
            raise fault
        of = (visit, client) if visit and client else None
        return self._samples.made(sheet, language, own, self._letterhead(), of, form)


def _was_asked_about(version: OwnTextsVersion) -> bool:
    """Whether a version was kept since lines are read beside their sign, when the shipped words came to be kept too."""
    return version.base is not None
