"""The signed record in its canonical form, and the typed rows that are made from it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from sqlmodel import SQLModel

from needlelog.domain.findings import StepId
from needlelog.domain.materials import MaterialUse, ProductKind
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.domain.signed import Addendum, ClientAsSigned
from needlelog.domain.value import Moment, Named, Value
from needlelog.storage.chain import canonical
from needlelog.storage.damage import attempt
from needlelog.storage.tables.base import MICROMETRES, MILLI, SQUARE_MILLIMETRES, scaled
from needlelog.storage.tables.series import SeriesVisitRow
from needlelog.storage.tables.sessions import (
    AddendumRow,
    AdverseEventRow,
    GradeRow,
    InvalidationRow,
    MaterialUseRow,
    NeedlingPassRow,
    ObservationRow,
    OverrideRow,
    ScreeningAnswerRow,
    SessionRow,
)
from needlelog.storage.tables.stock import NeedleRow


class Record(Value):
    """What is sealed at signing."""

    draft: SessionDraft
    client: ClientAsSigned
    signed_at: Moment
    signed_by: Named


def record_text(record: Record) -> str:
    """The record as it is stored and sealed."""
    return canonical(record.model_dump(mode="json"))


def record_in(content: str) -> Record | None:
    """The record in this document, if it can be read."""
    return attempt(Record.model_validate_json, content)


def addendum_content(row: AddendumRow | Addendum) -> dict[str, Any]:
    """What the seal of an addendum covers."""
    return {
        "id": str(row.id),
        "session_id": str(row.session_id),
        "text": row.text,
        "by": row.by,
        "at": row.at.isoformat(),
    }


def invalidation_content(row: InvalidationRow) -> dict[str, Any]:
    """What the seal of an invalidation covers."""
    return {"session_id": str(row.session_id), "reason": row.reason, "by": row.by, "at": row.at.isoformat()}


def session_row(record: Record, text: str, sha256: str) -> SessionRow:
    """The row of a signed session: the record's own text, and what lists show of it."""
    draft = record.draft
    return SessionRow(
        id=draft.id,
        client_id=draft.client_id,
        practitioner_id=draft.practitioner_id,
        practitioner=draft.practitioner,
        started_at=draft.started_at,
        time_zone=draft.time_zone,
        signed_at=record.signed_at,
        signed_by=record.signed_by,
        none_observed=draft.reactions.none_observed_at is not None,
        concerns="\n".join(draft.consultation.concerns),
        content_sha256=sha256,
        content=text,
    )


def typed_rows(draft: SessionDraft) -> tuple[SQLModel, ...]:
    """Every typed row of a signed session."""
    return tuple(
        chain(
            _passes(draft),
            _uses(draft),
            _observations(draft),
            _baseline(draft),
            _events(draft),
            _answers(draft),
            _needles(draft),
            _series(draft),
        )
    )


def _passes(draft: SessionDraft) -> Iterator[SQLModel]:
    for sequence, one in enumerate(draft.needling.passes):
        yield NeedlingPassRow(
            **one.model_dump(exclude={"depth_mm", "output", "serial"}),
            session_id=draft.id,
            sequence=sequence,
            depth_um=int(one.depth_mm * MICROMETRES),
            output_milli=scaled(one.output, MILLI),
        )


def _needles(draft: SessionDraft) -> Iterator[SQLModel]:
    numbered = dict.fromkeys((one.cartridge, one.lot, one.serial) for one in draft.needling.passes if one.serial)
    for sequence, (cartridge, lot, serial) in enumerate(numbered):
        yield NeedleRow(session_id=draft.id, sequence=sequence, cartridge=cartridge, lot=lot, serial=serial)


def _uses(draft: SessionDraft) -> Iterator[SQLModel]:
    steps: tuple[tuple[StepId, tuple[MaterialUse | Numbing, ...]], ...] = (
        (StepId.CLEANSING, draft.cleansing.uses),
        (StepId.NUMBING, draft.numbing),
        (StepId.SERUM, draft.serums),
        (StepId.COOLING, draft.cooling),
    )
    numbered = enumerate((step, use) for step, uses in steps for use in uses)
    for sequence, (step, use) in numbered:
        own = _numbing_columns(use) if isinstance(use, Numbing) else _use_columns(use)
        yield MaterialUseRow(
            id=use.id,
            session_id=draft.id,
            sequence=sequence,
            step=step,
            product_id=use.product_id,
            name=use.name,
            lot=use.lot,
            expires_on=use.expires_on,
            zones=" ".join(use.zones),
            by=use.by,
            **own,
        )


def _use_columns(use: MaterialUse) -> dict[str, Any]:
    return {
        "kind": use.kind,
        "strength": "",
        "amount_milli": scaled(use.amount, MILLI),
        "amount_unit": use.amount_unit,
        "area_mm2": None,
        "duration_s": use.duration_s,
        "started_at": use.started_at,
        "ended_at": None,
        "at": use.at,
    }


def _numbing_columns(numbing: Numbing) -> dict[str, Any]:
    return {
        "kind": ProductKind.ANAESTHETIC,
        "strength": numbing.strength,
        "amount_milli": scaled(numbing.applied_g, MILLI),
        "amount_unit": "g",
        "area_mm2": scaled(numbing.area_cm2, SQUARE_MILLIMETRES),
        "duration_s": None,
        "started_at": numbing.on_at,
        "ended_at": numbing.removed_at,
        "at": numbing.on_at,
    }


def _observations(draft: SessionDraft) -> Iterator[SQLModel]:
    for sequence, one in enumerate(draft.reactions.observations):
        yield ObservationRow(**one.model_dump(), session_id=draft.id, sequence=sequence)


def _baseline(draft: SessionDraft) -> Iterator[SQLModel]:
    for sequence, one in enumerate(draft.consultation.baseline):
        yield GradeRow(**one.model_dump(), session_id=draft.id, sequence=sequence)


def _events(draft: SessionDraft) -> Iterator[SQLModel]:
    for sequence, one in enumerate(draft.reactions.adverse_events):
        columns = one.model_dump(exclude={"zones"})
        yield AdverseEventRow(**columns, zones=" ".join(one.zones), session_id=draft.id, sequence=sequence)


def _answers(draft: SessionDraft) -> Iterator[SQLModel]:
    for sequence, override in enumerate(draft.overrides):
        finding = override.finding
        yield OverrideRow(
            session_id=draft.id,
            sequence=sequence,
            finding_key=finding.key,
            code=finding.code,
            step=finding.step,
            level=finding.level,
            title=finding.title,
            reason=override.reason,
            by=override.by,
            at=override.at,
        )
    for sequence, answer in enumerate(draft.consultation.screening):
        yield ScreeningAnswerRow(**answer.model_dump(), session_id=draft.id, sequence=sequence)


def _series(draft: SessionDraft) -> Iterator[SQLModel]:
    said = draft.consultation.series
    if said is not None:
        yield SeriesVisitRow(**said.model_dump(), session_id=draft.id, sequence=0)
