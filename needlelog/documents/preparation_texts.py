"""The fixed sentences of the preparation sheet, one file a language, each with its own version."""

from __future__ import annotations

from dataclasses import dataclass

from needlelog.documents.sheet_texts import texts_of
from needlelog.domain.session import PREPARATION_TEMPLATE

FOLDER = "preparation"


@dataclass(frozen=True, slots=True)
class PreparationTexts:
    """One template: its name and version, and the sentences that are the same on every sheet."""

    id: str
    version: str
    language: str
    title: str
    main: str
    timeline: str
    timeline_note: str
    until: str
    planned: str
    picture: str
    call: str
    scan: str
    call_note: str
    ticks: str
    tick_rows: tuple[str, ...]
    summary_lines: tuple[str, ...]

    @property
    def template_version(self) -> str:
        """Name and version as printed on each page and kept with the stored sheet."""
        return f"{self.id} {self.version}"

    def __post_init__(self) -> None:
        # By its template a kept sheet is told from the aftercare sheet, which is of the same kind.
        if not self.id.startswith(PREPARATION_TEMPLATE):
            raise ValueError(self.id)


def preparation_texts(language: str) -> PreparationTexts:
    """The template in ``language``, or the English one where there is none; raises ``Fault(RESOURCE_MISSING)``."""
    return texts_of(FOLDER, language, PreparationTexts, "tick_rows", "summary_lines")
