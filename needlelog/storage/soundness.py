"""Whether every row can be read that no seal covers; what is sealed is held against its seal in ``verification``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Boolean, CheckConstraint, Integer, TextClause, and_, or_, text, tuple_, type_coerce
from sqlalchemy import select as sql_select
from sqlmodel import Session, SQLModel, col, select

from needlelog.domain.follow_up import FollowUpForm
from needlelog.domain.unreadable import Kept, Met, Unreadable
from needlelog.storage.clients import whole_client
from needlelog.storage.clinic import clinic_of, practitioner_of
from needlelog.storage.clinic_values import decision_of
from needlelog.storage.damage import MET, draft_in, is_whole, readable
from needlelog.storage.database import Database
from needlelog.storage.own_texts import WHICH_TEXTS, draft_of, own_texts_of
from needlelog.storage.products import lot_of, whole_product
from needlelog.storage.series import series_of
from needlelog.storage.stock import movement_of, pack_of, recall_of
from needlelog.storage.tables.chain import HeadBegunRow
from needlelog.storage.tables.clients import AllergyRow, ClientRow, FactRow
from needlelog.storage.tables.clinic import ClinicRow, PractitionerRow
from needlelog.storage.tables.drafts import DraftRow
from needlelog.storage.tables.follow_ups import FollowUpFormRow, FollowUpRow
from needlelog.storage.tables.materials import AgentRow, LotRow, ProductRow
from needlelog.storage.tables.reference import ClinicValueRow, OwnTextsDraftRow, OwnTextsRow
from needlelog.storage.tables.series import SeriesGradeRow, SeriesRow, SeriesTreatmentRow
from needlelog.storage.tables.sessions import SessionRow
from needlelog.storage.tables.stock import LotMovementRow, PackRow, RecallRow


class _Table(NamedTuple):
    """One table: what its rows keep, how a row is read, and the tables on the way to the client's number or a name."""

    row: type[SQLModel]
    kept: Kept
    read: Callable[[Session, Any], object] | None
    """None where seals cover all but a value that is neither yes nor no."""

    way: tuple[tuple[type[SQLModel], Any], ...] = ()
    named: Any = None


def _draft(_: Session, row: DraftRow) -> object:
    draft = draft_in(row.content)
    if draft is None or draft.id != row.id or draft.client_id != row.client_id:
        raise ValueError("not the visit it is listed as")
    return draft


def _only_itself(_: Session, row: SQLModel) -> object:
    return row


def _tables() -> tuple[_Table, ...]:
    form_visit = (SessionRow, col(SessionRow.id) == col(FollowUpFormRow.session_id))
    follow_up_visit = (SessionRow, col(SessionRow.id) == col(FollowUpRow.session_id))
    whose = (ClientRow, col(ClientRow.id) == col(SessionRow.client_id))
    of_draft = (ClientRow, col(ClientRow.id) == col(DraftRow.client_id))
    of_allergy = (ClientRow, col(ClientRow.id) == col(AllergyRow.client_id))
    of_fact = (ClientRow, col(ClientRow.id) == col(FactRow.client_id))
    of_series = (ClientRow, col(ClientRow.id) == col(SeriesRow.client_id))
    to_treatment = (SeriesRow, col(SeriesRow.sequence) == col(SeriesTreatmentRow.series_sequence))
    to_grade = (SeriesRow, col(SeriesRow.sequence) == col(SeriesGradeRow.series_sequence))
    to_agent = (ProductRow, col(ProductRow.id) == col(AgentRow.product_id))
    return (
        _Table(ClinicRow, Kept.CLINIC, lambda _, row: clinic_of(row)),
        _Table(PractitionerRow, Kept.PRACTITIONER, lambda _, row: practitioner_of(row), named=PractitionerRow.name),
        _Table(ClientRow, Kept.CLIENT, lambda session, row: whole_client(session, row.id)),
        _Table(AllergyRow, Kept.ALLERGY, _only_itself, (of_allergy,)),
        _Table(FactRow, Kept.FACT, _only_itself, (of_fact,)),
        _Table(DraftRow, Kept.OPEN_VISIT, _draft, (of_draft,)),
        _Table(
            FollowUpFormRow,
            Kept.FOLLOW_UP_FORM,
            lambda _, row: FollowUpForm.model_validate_json(row.content),
            (form_visit, whose),
        ),
        _Table(ProductRow, Kept.PRODUCT, lambda session, row: whole_product(session, row.id), named=ProductRow.name),
        _Table(AgentRow, Kept.PRODUCT, _only_itself, (to_agent,), named=ProductRow.name),
        _Table(LotRow, Kept.LOT, lambda _, row: lot_of(row), named=LotRow.code),
        _Table(PackRow, Kept.PACK, lambda _, row: pack_of(row), named=PackRow.gtin),
        _Table(
            LotMovementRow,
            Kept.MOVEMENT,
            lambda _, row: movement_of(row),
            ((LotRow, col(LotRow.id) == col(LotMovementRow.lot_id)),),
            named=LotRow.code,
        ),
        _Table(RecallRow, Kept.RECALL, lambda _, row: recall_of(row), named=RecallRow.lot),
        _Table(SessionRow, Kept.VISIT, None, (whose,)),
        _Table(FollowUpRow, Kept.FOLLOW_UP, None, (follow_up_visit, whose)),
        _Table(HeadBegunRow, Kept.HEAD, _only_itself),
        _Table(ClinicValueRow, Kept.OWN_VALUE, lambda _, row: decision_of(row), named=ClinicValueRow.entry),
        _Table(OwnTextsRow, Kept.OWN_TEXTS, lambda _, row: own_texts_of(row), named=WHICH_TEXTS),
        _Table(OwnTextsDraftRow, Kept.OWN_TEXTS_DRAFT, lambda _, row: draft_of(row), named=OwnTextsDraftRow.language),
        _Table(SeriesRow, Kept.SERIES, series_of, (of_series,)),
        _Table(SeriesTreatmentRow, Kept.SERIES, _only_itself, (to_treatment, of_series)),
        _Table(SeriesGradeRow, Kept.SERIES, _only_itself, (to_grade, of_series)),
    )


class Soundness:
    """What of the clinic's file can be read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def met(self) -> tuple[Unreadable, ...]:
        """What was met since the clinic was opened and could not be read."""
        return self._database.met.all()

    def unreadable(self) -> tuple[Unreadable, ...]:
        """Every row that cannot be read, of all those that no seal covers."""
        with self._database.reading() as session:
            session.info[MET] = found = Met()
            for table in _tables():
                _walk(session, table)
        return found.all()


def _walk(session: Session, table: _Table) -> None:
    query: Any = select(table.row)
    for other, on in table.way:
        query = query.outerjoin(other, on)
    client = ClientRow.number if table.row is ClientRow or any(one is ClientRow for one, _ in table.way) else None

    if table.read is not None:
        read = partial(_read, session, table.read)
        readable(session, query, read, table.kept, client=client, named=table.named)
    against = list(_against(table.row))
    if against:
        keys: Any = list(table.row.__table__.primary_key.columns)  # type: ignore[attr-defined]
        # Asked of the table alone: the checks name its columns and no table.
        refused = tuple_(*keys).in_(sql_select(*keys).where(or_(*against)))
        readable(session, query.where(refused), _refused, table.kept, client=client, named=table.named)


def _read(session: Session, read: Callable[[Session, Any], object], row: SQLModel) -> bool:
    if not is_whole(row):
        raise ValueError("not what its columns hold")
    read(session, row)
    session.expunge(row)
    return True


def _refused(row: SQLModel) -> bool:
    raise ValueError(f"{type(row).__name__} holds what the database does not let in")


def _against(row: type[SQLModel]) -> Iterator[Any]:
    """What no row of a table may fulfil: its checks, and values that are neither yes nor no."""
    table: Any = row.__table__  # type: ignore[attr-defined]
    for constraint in table.constraints:
        # Those of a code are part of its column's kind.
        if isinstance(constraint, CheckConstraint) and isinstance(constraint.sqltext, TextClause):
            yield text(f"NOT ({constraint.sqltext.text})")
    for column in table.columns:
        if isinstance(column.type, Boolean):
            yield and_(column.is_not(None), type_coerce(column, Integer).not_in((0, 1)))
