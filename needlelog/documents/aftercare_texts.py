"""The template of the aftercare sheet: its sentences in one language, with name and version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from needlelog.documents.sheet_texts import (
    OwnTexts,
    SheetTexts,
    as_template,
    language_for,
    languages_of,
    shipped_texts,
    texts_used,
)
from needlelog.knowledge.model import AftercareRule
from needlelog.knowledge.told import ToldRule, english_aftercare

FOLDER = "aftercare"


@dataclass(frozen=True, slots=True)
class AftercareTexts:
    """One template: its name and version, the sentences that are the same on every sheet, and those of the rules."""

    id: str
    version: str
    language: str
    reviewed: bool
    title: str
    main: str
    timeline: str
    timeline_note: str
    normal: str
    call: str
    scan: str
    treatment: str
    picture: str
    ahead: str
    diary: str
    diary_rows: tuple[str, ...]
    summary: str
    summary_lines: tuple[str, ...]
    rules: Mapping[str, ToldRule]

    @property
    def template_version(self) -> str:
        """Name and version as printed on each page and kept with the stored sheet."""
        return f"{self.id} {self.version}"


def languages() -> tuple[str, ...]:
    """The languages that have a template."""
    return languages_of(FOLDER)


def aftercare_language(wanted: str) -> str:
    """The language of the sheet of a client who wants ``wanted``."""
    return language_for(FOLDER, wanted)


def shipped_aftercare(language: str, rules: Collection[AftercareRule]) -> SheetTexts:
    """All texts in ``language`` by their keys, or the English ones where there are none."""
    return shipped_texts(FOLDER, aftercare_language(language), english_aftercare(rules))


def aftercare_texts(language: str, rules: Collection[AftercareRule], own: OwnTexts | None = None) -> AftercareTexts:
    """The template in ``language`` as this clinic words it, in English where there is none in that language.

    Raises ``Fault(RESOURCE_MISSING)``.
    """
    return as_template(
        texts_used(shipped_aftercare(language, rules), own), AftercareTexts, "diary_rows", "summary_lines"
    )
