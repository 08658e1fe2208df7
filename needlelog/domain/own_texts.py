"""The clinic's own wording of its papers: kept version by version, and none of them is ever changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from needlelog.domain.text import check_paragraphs
from needlelog.domain.value import Line, Moment, Named, Paragraphs, Value

TEXT_LIMIT = 20_000
"""The longest that one text may be."""

_KEY = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*")
_KEY_LIMIT = 120


@dataclass(frozen=True, slots=True)
class WordingInUse:
    """Which of the clinic's versions a client's sheets are worded by, "" where by the shipped texts."""

    aftercare: str = ""
    preparation: str = ""


class SheetKind(StrEnum):
    """The papers whose wording a clinic may make its own."""

    AFTERCARE = "aftercare"
    PREPARATION = "preparation"
    CONSENT = "consent"


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    for key in texts:
        if len(key) > _KEY_LIMIT or not _KEY.fullmatch(key):
            raise ValueError("a key that no text has")
    return {key: check_paragraphs(text, limit=TEXT_LIMIT) for key, text in texts.items()}


Texts = Annotated[dict[str, str], AfterValidator(_texts)]


class OwnTextsVersion(Value):
    """All that a clinic says otherwise on one paper in one language, as it was kept at one time.

    ``texts`` holds by key only what differs from the shipped ones, "" where a rule or a line of a list is left out.
    ``shipped`` is the version of the shipped texts beside which it was written.
    """

    id: UUID
    sheet: SheetKind
    language: Named
    number: Annotated[int, Field(ge=1)]
    """Counted from 1 for each paper and language."""

    texts: Texts
    shipped: Named
    reviewed_by: Line = ""
    """The clinician who, the clinic says, has reviewed all texts of this paper; "" for none."""

    reason: Paragraphs = ""
    by: Named
    at: Moment

    @property
    def label(self) -> str:
        """What it is called on paper, beside the version of the shipped texts: ``own-3``."""
        return f"own-{self.number}"
