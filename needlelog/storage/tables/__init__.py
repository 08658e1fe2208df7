"""The tables, one module for each area. They validate nothing themselves: ``domain`` does, and CHECKs repeat it."""

from sqlmodel import SQLModel

from needlelog.storage.tables import (
    chain,
    clients,
    clinic,
    drafts,
    materials,
    papers,
    reference,
    series,
    sessions,
    stock,
)

METADATA = SQLModel.metadata

PARTS_OF_SESSION: tuple[type[SQLModel], ...] = (
    sessions.NeedlingPassRow,
    sessions.MaterialUseRow,
    sessions.ObservationRow,
    sessions.GradeRow,
    sessions.AdverseEventRow,
    sessions.OverrideRow,
    sessions.ScreeningAnswerRow,
    stock.NeedleRow,
    series.SeriesVisitRow,
)
"""The typed rows of a signed session; none may join it once it is sealed."""

APPEND_ONLY: tuple[type[SQLModel], ...] = (
    sessions.SessionRow,
    *PARTS_OF_SESSION,
    sessions.AddendumRow,
    sessions.InvalidationRow,
    chain.SealRow,
    papers.PaperRow,
    papers.HandOverRow,
    drafts.DiscardedDraftRow,
    reference.ClinicValueRow,
    stock.LotMovementRow,
    stock.RecallRow,
    series.SeriesRow,
    series.SeriesTreatmentRow,
    series.SeriesGradeRow,
)
"""Tables whose rows are never changed, replaced or removed."""

__all__ = [
    "APPEND_ONLY",
    "METADATA",
    "PARTS_OF_SESSION",
    "chain",
    "clients",
    "clinic",
    "drafts",
    "materials",
    "papers",
    "reference",
    "series",
    "sessions",
    "stock",
]
