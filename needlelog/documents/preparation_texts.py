"""The template of the preparation sheet: its sentences in one language, with name and version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from needlelog.documents.sheet_texts import (
    OwnTexts,
    SheetTexts,
    as_template,
    language_for,
    shipped_texts,
    texts_used,
)
from needlelog.knowledge.model import PreparationRule
from needlelog.knowledge.told import ToldRule, english_preparation

FOLDER = "preparation"


@dataclass(frozen=True, slots=True)
class PreparationTexts:
    """One template: its name and version, the sentences that are the same on every sheet, and those of the rules."""

    id: str
    version: str
    language: str
    reviewed: bool
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
    rules: Mapping[str, ToldRule]

    @property
    def template_version(self) -> str:
        """Name and version as printed on each page and kept with the stored sheet."""
        return f"{self.id} {self.version}"


def preparation_language(wanted: str) -> str:
    """The language of the sheet of a client who wants ``wanted``."""
    return language_for(FOLDER, wanted)


def shipped_preparation(language: str, rules: Collection[PreparationRule]) -> SheetTexts:
    """All texts in ``language`` by their keys, or the English ones where there are none."""
    return shipped_texts(FOLDER, preparation_language(language), english_preparation(rules))


def preparation_texts(
    language: str, rules: Collection[PreparationRule], own: OwnTexts | None = None
) -> PreparationTexts:
    """The template in ``language`` as this clinic words it, in English where there is none in that language.

    Raises ``Fault(RESOURCE_MISSING)``.
    """
    return as_template(
        texts_used(shipped_preparation(language, rules), own), PreparationTexts, "tick_rows", "summary_lines"
    )
