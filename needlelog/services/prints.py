"""Whether a print or a PDF belongs to a record of this clinic, and whether that record still is what was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from needlelog.clock import local
from needlelog.domain.client import client_label
from needlelog.domain.papers import Paper, PaperKind
from needlelog.domain.seal_code import SealCode
from needlelog.domain.signed import SignedSession
from needlelog.errors import Fault
from needlelog.i18n import Words, record_date
from needlelog.storage.chain import SESSION
from needlelog.storage.papers import PaperRepository
from needlelog.storage.sessions import SealFault, SessionRepository


class Match(StrEnum):
    """How a print stands to the records."""

    WHOLE = "whole"
    """It belongs to a record that is what was signed."""

    MARKED = "marked"
    """It belongs to one, and something was noted since that whoever holds it must know."""

    NONE = "none"
    """It belongs to no record here, or to one that is not what was signed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a print: one sentence, and ``notes`` on what was added since."""

    match: Match
    says: str
    notes: tuple[str, ...] = ()
    session_id: UUID | None = None


class Prints:
    """Checks prints. Slow: the whole chain of seals is gone through, once for each paper."""

    def __init__(self, signed: SessionRepository, papers: PaperRepository, tr: Words) -> None:
        self._signed = signed
        self._papers = papers
        self._tr = tr

    def of_code(self, typed: str) -> Verdict:
        """What the code typed from a print belongs to; raises ``Fault`` (CODE_EMPTY, CODE_LENGTH, CODE_MISTYPED)."""
        return self._of(SealCode.parse(typed), self._signed.verify())

    def of_file(self, path: Path) -> tuple[Verdict, ...]:
        """What a chosen PDF belongs to, first the file itself, then each record whose code stands on it.

        Raises ``Fault`` (READ_FAILED, FILE_TOO_LARGE, FILE_NOT_A_PDF).
        """
        from needlelog.documents.reading import codes_of, read_pdf

        data = read_pdf(path)
        codes, faults = codes_of(data, path.name), self._signed.verify()
        kept = self._papers.of_bytes(hashlib.sha256(data).hexdigest())
        found = [] if kept is None else [self._kept(kept, faults)]
        found += [self._of(code, faults) for code in codes]
        if not found:
            says = self._tr(
                "No code of a record stands in {name}, and it is no paper that is kept here.", name=path.name
            )
            return (Verdict(Match.NONE, says),)
        if kept is None:
            # The codes may have been copied from another paper.
            note = self._tr(
                "This very file is not kept here, so only its code was compared: hold its words against a new print."
            )
            first = found[0]
            found[0] = Verdict(first.match, first.says, (*first.notes, note), first.session_id)
        return tuple(found)

    def _of(self, code: SealCode, faults: tuple[SealFault, ...]) -> Verdict:
        tr = self._tr
        first = self._signed.first_seal()
        if not first:
            return Verdict(Match.NONE, tr("Nothing is sealed in this clinic yet, so it is the code of another one."))
        if not code.fits_clinic(first):
            return Verdict(Match.NONE, tr("This is the code of another clinic: no record here bears it."))
        sealed = self._signed.sealed_at(code.number)
        if sealed is None:
            says = tr("Seal {number}, which this code names, is not there any more.", number=code.number)
            return Verdict(Match.NONE, says)
        kind, sha256, subject = sealed
        if kind != SESSION or not code.fits(sha256):
            says = tr("Seal {number} is not the one on this print: either of them was changed.", number=code.number)
            return Verdict(Match.NONE, says)
        return self._visit(subject, code.number, faults)

    def _visit(self, session_id: UUID, number: int, faults: tuple[SealFault, ...]) -> Verdict:
        tr, visit = self._tr, self._named(session_id)
        of_it = [one for one in faults if one.sequence == number or one.session_id == session_id]
        if of_it:
            says = tr(
                "It belongs to {visit}, and that record is not what was signed (seal {number}).",
                visit=visit,
                number=number,
            )
            return Verdict(Match.NONE, says, session_id=session_id)
        try:
            signed = self._signed.get(session_id)
        except Fault as fault:
            says = tr("It belongs to {visit}, and that record cannot be read.", visit=visit)
            return Verdict(Match.NONE, says, (str(tr.fault(fault)),), session_id)
        notes = tuple(self._since(signed))
        if faults:
            notes += (
                tr.plural(
                    "{count} other record is not what was sealed.",
                    "{count} other records are not what was sealed.",
                    len(faults),
                ),
            )
        if signed.invalidated_at is not None:
            says = tr(
                "It belongs to {visit}, unchanged since it was signed, but marked as entered in error on {day}.",
                visit=visit,
                day=record_date(local(signed.invalidated_at, signed.draft.time_zone).date()),
            )
            return Verdict(Match.MARKED, says, notes, session_id)
        says = tr("It belongs to {visit}, and that record is unchanged since it was signed.", visit=visit)
        return Verdict(Match.WHOLE, says, notes, session_id)

    def _since(self, signed: SignedSession) -> Iterator[str]:
        tr = self._tr
        yield tr("Signed by {name}, seal {number}.", name=signed.signed_by, number=signed.seal.sequence)
        if signed.addenda:
            yield tr.plural(
                "{count} addendum was written since the visit; an older print does not show it.",
                "{count} addenda were written since the visit; an older print may not show them all.",
                len(signed.addenda),
            )

    def _kept(self, paper: Paper, faults: tuple[SealFault, ...]) -> Verdict:
        """A file that is, byte for byte, a paper that was handed over."""
        tr = self._tr
        kind, day = self._kind(paper.kind), record_date(paper.made_at.date())
        if any(one.subject_id == paper.id for one in faults):
            return Verdict(Match.NONE, tr("The kept {kind} it is compared with is not what was sealed.", kind=kind))
        withdrawn = self._papers.withdrawn(paper.session_id).get(paper.id)
        if withdrawn is not None and not withdrawn.slip:
            says = tr(
                "It is, byte for byte, the {kind} of {day} that was withdrawn on {since} as given in error.",
                kind=kind,
                day=day,
                since=record_date(withdrawn.at.date()),
            )
            return Verdict(Match.MARKED, says, session_id=paper.session_id)
        says = tr("It is, byte for byte, the {kind} that was made on {day} and is kept here.", kind=kind, day=day)
        return Verdict(Match.WHOLE, says, session_id=paper.session_id)

    def _kind(self, kind: PaperKind) -> str:
        tr = self._tr
        return {
            PaperKind.AFTERCARE: tr("aftercare sheet"),
            PaperKind.PREPARATION: tr("preparation sheet"),
            PaperKind.CONSENT: tr("consent"),
            PaperKind.RECORD: tr("record of a visit"),
            PaperKind.ADVERSE_EVENT: tr("adverse event report"),
        }[kind]

    def _named(self, session_id: UUID) -> str:
        found = self._signed.visit_of(session_id)
        if found is None:
            return self._tr("a visit that cannot be named")
        number, day = found
        return self._tr("the visit of {client} on {day}", client=client_label(number), day=record_date(day))
