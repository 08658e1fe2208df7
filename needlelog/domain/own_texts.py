"""The clinic's own wording of its papers: versions of which none is ever changed, and what is half-written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from needlelog.domain.text import check_paragraphs
from needlelog.domain.value import Count, Line, Moment, Named, Paragraphs, Value

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
    base: Texts | None = None
    """The shipped words of just these texts as they stood then; None for a version kept before they were kept too."""

    reviewed_by: Line = ""
    """The clinician who, the clinic says, has reviewed all texts of this paper; "" for none."""

    reason: Paragraphs = ""
    by: Named
    at: Moment

    @property
    def label(self) -> str:
        """What it is called on paper, beside the version of the shipped texts: ``own-3``."""
        return f"own-{self.number}"


class OwnTextsDraft(Value):
    """What one practitioner is writing on one paper in one language and has not put to use.

    ``texts`` is as it stands in the entries, right or wrong, "" where one was emptied; ``left_out`` are the keys of the
    lines that are left out. ``beside`` is the number of the version on top of which it is written, 0 for the shipped
    texts, and ``shipped`` the version of the latter.
    """

    practitioner_id: UUID
    sheet: SheetKind
    language: Named
    beside: Count
    shipped: Named
    texts: dict[str, str]
    left_out: tuple[str, ...] = ()
    saved_at: Moment
