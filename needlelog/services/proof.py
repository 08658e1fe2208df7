"""Whether everything still is what was signed: the chain of seals, the papers, their hand-overs, the photo files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from needlelog.domain.client import client_label
from needlelog.domain.clinic import Practitioner
from needlelog.domain.text import check_reason
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words, record_date
from needlelog.photos.store import PhotoState, PhotoStore
from needlelog.services.damage import named, said
from needlelog.storage.chain import (
    ADDENDUM,
    DISCARD,
    EVENT_ENTRY,
    FOLLOW_UP,
    HANDOVER,
    HEAD,
    INVALIDATION,
    PAPER,
    SESSION,
    WITHDRAWAL,
)
from needlelog.storage.head import ChainHead, HeadState
from needlelog.storage.sessions import SealFault, SealProblem, SessionRepository
from needlelog.storage.soundness import Soundness


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is not as it was recorded. ``session_id`` is the visit it belongs to, where that is known."""

    says: str
    session_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LastSeal:
    """The end of the chain, to be compared with what was written down of it elsewhere."""

    number: int
    sha256: str
    kept_since: int
    """From the seal after this one on, a seal taken off the end of the chain is found."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found. ``notes`` say what is odd and takes nothing from any record."""

    flaws: tuple[Flaw, ...]
    notes: tuple[str, ...]
    photos: int
    """So many photos were opened."""

    last: LastSeal | None = None
    """Where the chain ends; only a whole check says so."""

    end_lost: bool = False
    """The note of the chain's end is missing or damaged, and can be begun anew."""


class Proof:
    """Checks the clinic's records. Slow verbs: each file is read and opened."""

    def __init__(
        self,
        signed: SessionRepository,
        soundness: Soundness,
        photos: PhotoStore,
        head: ChainHead,
        *,
        tr: Words,
        me: Practitioner,
    ) -> None:
        self._signed = signed
        self._soundness = soundness
        self._photos = photos
        self._head = head
        self._tr = tr
        self._me = me

    def whole(self) -> Findings:
        """Every seal, paper and hand-over, and every photo file that a visit names."""
        named = self._signed.photos_named()
        flaws = (*self._sealed(), *self._unreadable(), *self._photo_flaws(named))
        strays = self._photos.strays(named)
        notes = [self._tr("No visit names the file {file}.", file=file) for file in strays]
        notes += [
            self._tr(
                "The note of the last seal was begun anew on {day} by {name}, after seal {number}.",
                day=record_date(one.at.date()),
                name=one.by,
                number=one.after_seal,
            )
            for one in self._head.begun_anew()
        ]
        end = self._head.check()
        last = LastSeal(end.last_sequence, end.last_sha256, end.head.since if end.head else end.last_sequence)
        lost = end.state in (HeadState.MISSING, HeadState.DAMAGED)
        return Findings(flaws, tuple(notes), len(named), last, end_lost=lost)

    def why_begun_anew(self) -> tuple[str, ...]:
        """The reasons that were given for it, for the screen alone: what somebody wrote belongs in no log."""
        return tuple(
            self._tr("Begun anew on {day}: {reason}", day=record_date(one.at.date()), reason=one.reason)
            for one in self._head.begun_anew()
        )

    def begin_end_anew(self, reason: str) -> None:
        """Begin the note of the last seal anew, from the seal that is the last now; the reason is sealed.

        Raises ``Fault`` (REASON_MISSING, REASON_TOO_SHORT, RECORD_CHANGED_ELSEWHERE where it is neither missing nor
        damaged).
        """
        self._head.begin_anew(check_reason(reason), self._me.signature)

    def said_of_the_end(self, last: LastSeal) -> tuple[str, ...]:
        """Where the chain ends, and what of its end is proved and what is not."""
        tr = self._tr
        if not last.number:
            return (tr("Nothing is sealed yet."),)
        return (
            tr("The last seal has number {number} and fingerprint {sha256}.", number=last.number, sha256=last.sha256),
            tr(
                "No seal was taken off the end as far back as seal {since}. An older copy of the whole folder, or one "
                "rewritten by somebody with a passphrase, is found only by comparing this number and fingerprint with "
                "those you wrote down before.",
                since=last.kept_since,
            ),
        )

    def of_visit(self, session_id: UUID) -> Findings:
        """Every seal, paper and hand-over of the clinic, and the photos of this one visit."""
        try:
            draft = self._signed.get(session_id).draft
        except Fault as fault:
            if fault.code is not FaultCode.RECORD_DAMAGED:
                raise
            return Findings(tuple(self._sealed()), (), 0)
        named = {photo.sha256: session_id for photo in draft.photos}
        return Findings((*self._sealed(), *self._photo_flaws(named)), (), len(named))

    def met(self, kinds: Collection[Kept] | None = None) -> str:
        """One sentence on what was met so far, of these kinds, and could not be read; "" for nothing."""
        return said(self._soundness.met, self._tr, kinds)

    def alarm(self) -> str:
        """What whoever opens the clinic must know at once: what was met and cannot be read, a lost end of the seals.

        Reads one small file; the whole check is ``whole``.
        """
        return "\n".join(part for part in (self.met(), *(flaw.says for flaw in self._end_flaws())) if part)

    def met_of(self, client_number: int) -> str:
        """The same for what belongs to one client."""
        return said((one for one in self._soundness.met if one.client == client_number), self._tr)

    def _unreadable(self) -> Iterator[Flaw]:
        about = (named(one, self._tr) for one in self._soundness.unreadable())
        for what in dict.fromkeys(about):
            yield Flaw(self._tr("Damaged, and cannot be read: {what}.", what=what))

    def _sealed(self) -> Iterator[Flaw]:
        for fault in self._signed.verify():
            yield Flaw(self._say(fault), fault.session_id)
        yield from self._end_flaws()

    def _end_flaws(self) -> Iterator[Flaw]:
        tr, end = self._tr, self._head.check()
        if end.state is HeadState.DAMAGED:
            said = tr("The note of the last seal was altered or is damaged: {file}.", file=self._head.path.name)
            yield Flaw(f"{said} {tr('So it cannot be told whether seals are missing at the end.')}")
        elif end.state is HeadState.MISSING:
            yield Flaw(
                tr(
                    "The note of the last seal is missing: {file} was deleted, or the folder was copied without it. So "
                    "it cannot be told whether seals are missing at the end, as when an older database is put back.",
                    file=self._head.path.name,
                )
            )
        elif end.state is HeadState.TAIL_GONE and end.head:
            yield Flaw(
                tr(
                    "Seals are missing at the end: seal {made} was made, and the last one there is {last}.",
                    made=end.head.sequence,
                    last=end.last_sequence,
                )
            )
        elif end.state is HeadState.REPLACED and end.head:
            yield Flaw(tr("Seal {number} is not the one that was made.", number=end.head.sequence))

    def _photo_flaws(self, named: Mapping[str, UUID]) -> Iterator[Flaw]:
        for sha256, session_id in named.items():
            state = self._photos.check(sha256)
            if state is PhotoState.WHOLE:
                continue
            visit, file = self._visit(session_id), self._photos.place(sha256)
            if state is PhotoState.MISSING:
                yield Flaw(self._tr("A photo of {visit} is missing: {file}.", visit=visit, file=file), session_id)
            else:
                yield Flaw(self._tr("A photo of {visit} was altered: {file}.", visit=visit, file=file), session_id)

    def _say(self, fault: SealFault) -> str:
        tr = self._tr
        what = self._named(fault)
        said = {
            SealProblem.CHAIN_BROKEN: tr("{what}: its seal does not follow from the one before it.", what=what),
            SealProblem.RECORD_MISSING: tr("{what} is gone.", what=what),
            SealProblem.CONTENT_CHANGED: tr("{what} is not what was sealed.", what=what),
            SealProblem.ROWS_DIFFER: tr("{what}: the history does not show what was signed.", what=what),
            SealProblem.NOT_SEALED: tr("{what} was put in without a seal.", what=what),
            SealProblem.UNREADABLE: tr("{what} cannot be read: its entry in the database is damaged.", what=what),
            SealProblem.PAPER_MISSING: tr("{what}: a sheet it says was given is not kept so.", what=what),
        }
        return said[fault.problem]

    def _named(self, fault: SealFault) -> str:
        tr = self._tr
        visit = self._visit(fault.session_id)
        kinds = {
            SESSION: tr("The record of {visit}", visit=visit),
            ADDENDUM: tr("An addendum to {visit}", visit=visit),
            INVALIDATION: tr("The note that {visit} was entered in error", visit=visit),
            PAPER: tr("A paper of {visit}", visit=visit),
            HANDOVER: tr("The note how a paper of {visit} was handed over", visit=visit),
            WITHDRAWAL: tr("The note that a paper of {visit} was withdrawn", visit=visit),
            FOLLOW_UP: tr("A follow-up of {visit}", visit=visit),
            EVENT_ENTRY: tr("An entry on an adverse event of {visit}", visit=visit),
            HEAD: tr("The note that the end of the seals was begun anew"),
            DISCARD: tr("The discarded content of {visit}", visit=visit),
        }
        said = kinds.get(fault.kind, tr("An entry"))
        return tr("{what} (seal {number})", what=said, number=fault.sequence) if fault.sequence else said

    def _visit(self, session_id: UUID | None) -> str:
        """A visit by its client's number and its day: a name may end in the log of whatever runs the check."""
        found = self._signed.visit_of(session_id) if session_id else None
        if found is None:
            return self._tr("a visit that cannot be named")
        number, day = found
        return self._tr("the visit of {client} on {day}", client=client_label(number), day=record_date(day))
