"""The fixed sentences of the aftercare sheet, one file a language, each with its own version."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from needlelog.errors import Fault, FaultCode
from needlelog.paths import resources

FALLBACK = "en"


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
    return tuple(sorted(path.stem for path in (resources() / "aftercare").glob("*.toml")))


def aftercare_texts(language: str) -> AftercareTexts:
    """The template in ``language``, or the English one where there is none; raises ``Fault(RESOURCE_MISSING)``."""
    name = language if language in languages() else FALLBACK
    path = resources() / "aftercare" / f"{name}.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        for key in ("diary_rows", "summary_lines"):
            data[key] = tuple(data[key])
        return AftercareTexts(**data)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=path.name) from error
