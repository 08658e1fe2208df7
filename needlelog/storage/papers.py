"""Papers, stored as the bytes that were given."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import and_
from sqlmodel import Session, col, func, select

from needlelog.clock import Clock
from needlelog.domain.papers import Paper, PaperKind, SheetGiven, Withdrawal
from needlelog.domain.unreadable import Kept
from needlelog.errors import Fault, FaultCode
from needlelog.storage.chain import HANDOVER, PAPER, WITHDRAWAL, append_seal, fingerprint
from needlelog.storage.damage import attempt, cells, readable
from needlelog.storage.database import Database
from needlelog.storage.tables.chain import SealRow
from needlelog.storage.tables.papers import HandOverRow, PaperRow, WithdrawalRow

_COLUMNS = tuple(getattr(PaperRow, name) for name in Paper.model_fields)


def paper_content(paper: PaperRow | Paper) -> dict[str, Any]:
    """What the seal of a paper covers; its bytes through their fingerprint."""
    return {
        "id": str(paper.id),
        "session_id": str(paper.session_id),
        "client_id": str(paper.client_id),
        "kind": paper.kind.value,
        "language": paper.language,
        "template_version": paper.template_version,
        "sha256": paper.sha256,
        "size_bytes": paper.size_bytes,
        "made_at": paper.made_at.isoformat(),
    }


_PREPARES = "preparation-"
"""How the template of a preparation sheet begins that was kept as an aftercare sheet, before it had its own kind."""


def paper_contents(row: PaperRow) -> tuple[dict[str, Any], ...]:
    """Every content under which a paper of this kind may have been sealed.

    A preparation sheet of those days is sealed as what it was called then; as that it may stand nowhere any more.
    """
    as_now = paper_content(row)
    if not row.template_version.startswith(_PREPARES):
        return (as_now,)
    before = as_now | {"kind": PaperKind.AFTERCARE.value}
    return (as_now, before) if row.kind is PaperKind.PREPARATION else ()


def withdrawal_content(row: WithdrawalRow) -> dict[str, Any]:
    """What the seal of a withdrawal covers."""
    return {
        "id": str(row.id),
        "paper_id": str(row.paper_id),
        "session_id": str(row.session_id),
        "handovers": row.handovers,
        "reason": row.reason,
        "by": row.by,
        "at": row.at.isoformat(),
    }


def handover_content(row: HandOverRow) -> dict[str, Any]:
    """What the seal of a hand-over covers."""
    return {
        "paper_id": str(row.paper_id),
        "sequence": row.sequence,
        "how": row.how.value,
        "at": row.at.isoformat(),
        "by": row.by,
    }


def handover_id(paper_id: UUID, sequence: int) -> UUID:
    """The id under which a hand-over is sealed."""
    return uuid5(paper_id, str(sequence))


def add_paper(session: Session, paper: Paper, data: bytes, given: SheetGiven, now: datetime) -> None:
    """Keep a paper for good, sealed, with its first hand-over, within a transaction.

    ``paper`` must bear the fingerprint and size of ``data``.
    """
    _add_bytes(session, paper, data, now)
    add_handover(session, given, now)


def _add_bytes(session: Session, paper: Paper, data: bytes, now: datetime) -> None:
    if paper.sha256 != hashlib.sha256(data).hexdigest() or paper.size_bytes != len(data):
        raise ValueError("the paper does not describe these bytes")
    session.add(PaperRow(**paper.model_dump(), data=data))
    append_seal(session, PAPER, paper.id, fingerprint(paper_content(paper)), now)


def add_handover(session: Session, given: SheetGiven, now: datetime) -> None:
    """Note that a kept paper was given, sealed, within a transaction; raises ``Fault(RECORD_NOT_FOUND)``."""
    _require(session, given.document_id)
    sequence = _noted(session, given.document_id) + 1
    row = HandOverRow(
        paper_id=given.document_id, sequence=sequence, how=given.how, at=given.at.astimezone(UTC), by=given.by
    )
    session.add(row)
    append_seal(session, HANDOVER, handover_id(row.paper_id, row.sequence), fingerprint(handover_content(row)), now)


def add_withdrawal(session: Session, withdrawal: Withdrawal, now: datetime) -> None:
    """Note that a kept paper was given in error, sealed, within a transaction.

    Raises ``Fault`` (RECORD_NOT_FOUND; RECORD_CHANGED_ELSEWHERE when it was handed over once more meanwhile).
    """
    found = session.exec(select(PaperRow.session_id).where(PaperRow.id == withdrawal.document_id)).first()
    if found is None:
        raise Fault(FaultCode.RECORD_NOT_FOUND)
    if _noted(session, withdrawal.document_id) != withdrawal.handovers:
        raise Fault(FaultCode.RECORD_CHANGED_ELSEWHERE)
    row = WithdrawalRow(
        **withdrawal.model_dump(exclude={"document_id", "at"}),
        paper_id=withdrawal.document_id,
        session_id=found,
        at=withdrawal.at.astimezone(UTC),
    )
    session.add(row)
    append_seal(session, WITHDRAWAL, row.id, fingerprint(withdrawal_content(row)), now)


def _withdrawal_of(row: WithdrawalRow) -> Withdrawal:
    return Withdrawal.model_validate({**cells(row, "paper_id", "session_id"), "document_id": row.paper_id})


class PaperRepository:
    """Every paper that was made, and how it reached the client."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, document_id: UUID) -> Paper:
        """One paper without its bytes; raises ``Fault`` (RECORD_NOT_FOUND, PAPER_DAMAGED)."""
        with self._database.reading() as session:
            return _paper(session, document_id)

    def data(self, document_id: UUID) -> bytes:
        """The bytes of a paper; raises ``Fault`` (RECORD_NOT_FOUND, PAPER_DAMAGED when they are not what was given)."""
        with self._database.reading() as session:
            _require(session, document_id)
            query = select(PaperRow.data, PaperRow.sha256).where(PaperRow.id == document_id)
            found = attempt(lambda: session.exec(query).one())
        if found is None or not isinstance(found[0], bytes) or hashlib.sha256(found[0]).hexdigest() != found[1]:
            raise Fault(FaultCode.PAPER_DAMAGED)
        return found[0]

    def for_session(self, session_id: UUID) -> tuple[Paper, ...]:
        """The papers of one session, signed or not, the one kept last first, whatever the clock said."""
        kept = and_(col(SealRow.kind) == PAPER, col(SealRow.subject_id) == col(PaperRow.id))
        query = (
            select(*_COLUMNS)
            .outerjoin(SealRow, kept)
            .where(PaperRow.session_id == session_id)
            .order_by(col(SealRow.sequence).desc())
        )
        with self._database.reading() as session:
            return tuple(readable(session, query, _of_columns, Kept.PAPER))

    def of_bytes(self, sha256: str) -> Paper | None:
        """The paper whose bytes have this fingerprint, the one kept last of several; None where there is none."""
        query = select(*_COLUMNS).where(PaperRow.sha256 == sha256).order_by(col(PaperRow.made_at).desc())
        with self._database.reading() as session:
            return next(iter(readable(session, query, _of_columns, Kept.PAPER)), None)

    def keep(self, paper: Paper, data: bytes) -> None:
        """Keep a paper for good, sealed, that nobody was given yet; ``paper`` must describe ``data``."""
        with self._database.writing() as session:
            _add_bytes(session, paper, data, self._clock.now())

    def keep_given(self, paper: Paper, data: bytes, given: SheetGiven) -> None:
        """Keep a paper for good, sealed, together with its first hand-over: both or neither."""
        with self._database.writing() as session:
            add_paper(session, paper, data, given, self._clock.now())

    def record_handover(self, given: SheetGiven) -> None:
        """Note that a kept paper was given once more; raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.writing() as session:
            add_handover(session, given, self._clock.now())

    def withdraw(self, withdrawal: Withdrawal) -> None:
        """Note that a paper was given in error; its bytes stay. Raises ``Fault`` as ``add_withdrawal`` does."""
        with self._database.writing() as session:
            add_withdrawal(session, withdrawal, self._clock.now())

    def withdrawn(self, session_id: UUID) -> dict[UUID, Withdrawal]:
        """The papers of a session of which no hand-over counts any more, each with the last withdrawal in earnest.

        One that was handed over by nothing but a wrong tap is among them with that.
        """
        with self._database.reading() as session:
            by_paper: dict[UUID, list[Withdrawal]] = {}
            for one in _withdrawals(session, WithdrawalRow.session_id == session_id):
                by_paper.setdefault(one.document_id, []).append(one)
            return {
                key: next((one for one in reversed(of_it) if not one.slip), of_it[-1])
                for key, of_it in by_paper.items()
                if all(any(one.covers(number + 1) for one in of_it) for number in range(_noted(session, key)))
            }

    def withdrawals(self, document_id: UUID) -> tuple[Withdrawal, ...]:
        """Every time a paper was withdrawn, in the order in which that was sealed."""
        with self._database.reading() as session:
            return _withdrawals(session, WithdrawalRow.paper_id == document_id)

    def handovers(self, document_id: UUID) -> tuple[SheetGiven, ...]:
        """Each time a paper was given, in order, and whether that was withdrawn; raises ``Fault(RECORD_NOT_FOUND)``."""
        with self._database.reading() as session:
            paper = _paper(session, document_id)
            query = select(HandOverRow).where(HandOverRow.paper_id == document_id)
            withdrawn = _withdrawals(session, WithdrawalRow.paper_id == document_id)

            def given(row: HandOverRow) -> SheetGiven:
                return SheetGiven(
                    document_id=paper.id,
                    sha256=paper.sha256,
                    how=row.how,
                    at=row.at,
                    by=row.by,
                    withdrawn=next((one for one in withdrawn if one.covers(row.sequence)), None),
                )

            return tuple(readable(session, query.order_by(col(HandOverRow.sequence)), given, Kept.HAND_OVER))


def _noted(session: Session, paper_id: UUID) -> int:
    """How many hand-overs of a paper were noted."""
    return session.exec(select(func.count()).where(HandOverRow.paper_id == paper_id)).one()


def _withdrawals(session: Session, of: Any) -> tuple[Withdrawal, ...]:
    sealed = and_(col(SealRow.kind) == WITHDRAWAL, col(SealRow.subject_id) == col(WithdrawalRow.id))
    query = select(WithdrawalRow).outerjoin(SealRow, sealed).where(of).order_by(col(SealRow.sequence))
    return tuple(readable(session, query, _withdrawal_of, Kept.WITHDRAWAL))


def _of_columns(*values: Any) -> Paper:
    return Paper.model_validate(dict(zip(Paper.model_fields, values, strict=True)))


def _require(session: Session, document_id: UUID) -> None:
    if session.exec(select(func.count()).where(PaperRow.id == document_id)).one() == 0:
        raise Fault(FaultCode.RECORD_NOT_FOUND)


def _paper(session: Session, document_id: UUID) -> Paper:
    query = select(*_COLUMNS).where(PaperRow.id == document_id)
    _require(session, document_id)
    paper = attempt(lambda: _of_columns(*session.execute(query).one()))
    if paper is None:
        raise Fault(FaultCode.PAPER_DAMAGED)
    return paper
