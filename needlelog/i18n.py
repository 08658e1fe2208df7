"""Words for people: one door for translation, also of what is said of a fault.

Catalogues are GNU gettext files under ``resources/locale``; English is the source language.
"""

from __future__ import annotations

import gettext
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from needlelog.errors import Fault
from needlelog.fault_sentences import FAULTS

DOMAIN = "needlelog"
_DECIMAL_COMMA = frozenset({"de", "es", "fr", "pl", "pt", "vi"})
_FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ps", "ur", "yi"})
ISOLATED, ISOLATED_END = "\u2068", "\u2069"
"""Around a value of another direction within a text from right to left: it is read and placed on its own."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, and what to do about it."""

    what: str
    way_out: str

    def __str__(self) -> str:
        return f"{self.what} {self.way_out}".strip()


class Words:
    """Text in one language; made once at start and handed to whoever speaks."""

    def __init__(
        self,
        catalogues: Path | None = None,
        language: str = "en",
        catalogue: gettext.NullTranslations | None = None,
    ) -> None:
        self.language = language
        self.right_to_left = language in _FROM_THE_RIGHT
        self._catalogue: gettext.NullTranslations = catalogue or gettext.translation(
            DOMAIN, str(catalogues) if catalogues else None, languages=[language], fallback=True
        )

    def __call__(self, text: str, /, **values: object) -> str:
        """``text`` in this language with ``{name}`` fields filled in; nothing stays nothing."""
        # A catalogue answers the empty text with its own header.
        translated = self._catalogue.gettext(text) if text else text
        return self._filled(translated, values) if values else translated

    def within(self, context: str, text: str, /, **values: object) -> str:
        """``text`` as it reads in ``context``, such as a weekday after "until", or as always where that is the same."""
        translated = self._catalogue.pgettext(context, text)
        translated = translated if translated != text else self(text)
        return self._filled(translated, values) if values else translated

    def number(self, value: Decimal) -> str:
        """A number as people write it in this language, without needless zeros: ``0.5``, ``0,5``."""
        plain = f"{value.normalize():f}"
        return plain.replace(".", ",") if self.language in _DECIMAL_COMMA else plain

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The right form for ``count``; ``{count}`` may stand in either text."""
        return self._filled(self._catalogue.ngettext(one, many, count), {"count": count, **values})

    def _filled(self, text: str, values: dict[str, object]) -> str:
        if self.right_to_left:
            values = {name: isolated(value) if isinstance(value, str) else value for name, value in values.items()}
        return text.format(**values)

    def fault(self, fault: Fault) -> Sentence:
        """The sentence and the way out of ``fault``."""
        what, way_out = FAULTS[fault.code]
        values = {"field": self("This entry")} | {name: _spoken(value) for name, value in fault.values.items()}
        return Sentence(self(what).format(**values), self(way_out).format(**values))


def isolated(value: str) -> str:
    """``value`` as it may stand within a text from right to left: a name or number of another direction set apart."""
    kinds = {unicodedata.bidirectional(character) for character in value}
    if "L" in kinds or ("EN" in kinds and kinds.isdisjoint({"R", "AL"}) and not value.isdecimal()):
        return value if ISOLATED in value else f"{ISOLATED}{value}{ISOLATED_END}"
    return value


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def record_date(day: date) -> str:
    """A day as records show it in every locale: ``12-Mar-1988`` (NHS CUI date display)."""
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year:04d}"


def record_time(moment: datetime | time) -> str:
    """A clock time as records show it: ``14:22``."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def _spoken(value: object) -> object:
    if isinstance(value, datetime):
        return f"{record_date(value)}, {record_time(value)}"
    return record_date(value) if isinstance(value, date) else value
