"""The fixed sentences of the aftercare sheet, one file a language, each with its own version."""

from __future__ import annotations

from dataclasses import dataclass

from needlelog.documents.sheet_texts import languages_of, texts_of

FOLDER = "aftercare"


@dataclass(frozen=True, slots=True)
class AftercareTexts:
    """One template: its name and version, and the sentences that are the same on every sheet."""

    id: str
    version: str
    language: str
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

    @property
    def template_version(self) -> str:
        """Name and version as printed on each page and kept with the stored sheet."""
        return f"{self.id} {self.version}"


def languages() -> tuple[str, ...]:
    """The languages that have a template."""
    return languages_of(FOLDER)


def aftercare_texts(language: str) -> AftercareTexts:
    """The template in ``language``, or the English one where there is none; raises ``Fault(RESOURCE_MISSING)``."""
    return texts_of(FOLDER, language, AftercareTexts, "diary_rows", "summary_lines")
