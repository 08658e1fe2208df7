"""The tables, one module for each area. They validate nothing themselves: ``domain`` does, and CHECKs repeat it."""

from sqlmodel import SQLModel

from needlelog.storage.tables import (
    chain,
    clients,
    clinic,
    drafts,
    follow_ups,
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

PARTS_OF_SEALED: dict[type[SQLModel], tuple[str, str]] = {
    **dict.fromkeys(PARTS_OF_SESSION, ("session", "session_id")),
    follow_ups.FollowUpGradeRow: ("follow-up", "follow_up_id"),
}
"""Typed rows that may not join what is sealed: the kind of that seal, and the column that names its subject."""

APPEND_ONLY: tuple[type[SQLModel], ...] = (
    sessions.SessionRow,
    *PARTS_OF_SESSION,
    sessions.AddendumRow,
    sessions.InvalidationRow,
    follow_ups.FollowUpRow,
    follow_ups.FollowUpGradeRow,
    follow_ups.EventEntryRow,
    chain.SealRow,
    chain.HeadBegunRow,
    papers.PaperRow,
    papers.HandOverRow,
    papers.WithdrawalRow,
    drafts.DiscardedDraftRow,
    reference.ClinicValueRow,
    reference.OwnTextsRow,
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
    "PARTS_OF_SEALED",
    "PARTS_OF_SESSION",
    "chain",
    "clients",
    "clinic",
    "drafts",
    "follow_ups",
    "materials",
    "papers",
    "reference",
    "series",
    "sessions",
    "stock",
]
