"""What every entry of the reference data has: its sources, what they give, and what the clinic put in its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from needlelog.domain.findings import CLINIC, Source
from needlelog.domain.value import Line, Moment, Named, Paragraphs, Value

Seen = Literal["yes", "part", "no"]
"""How much of what an entry says stood in a text that was read."""


class Variant(Value):
    """One value that a source gives for ``key`` of an entry. Of those that differ the safer is ``used``.

    ``number`` is the value in the unit of the key, where the key is a number and a rule compares it.
    """

    key: Line = ""
    value: Named
    number: Decimal | None = None
    used: bool = False
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


class OwnValue(Value):
    """What the clinic has put in the place of ``ours``; it stands in the entry, and ours is kept here."""

    key: Named
    value: Named
    ours: Line
    reason: Paragraphs
    by: Named
    at: Moment


class Entry(Value):
    """What every entry has. ``placeholder`` marks a value nobody has published, ``proposal`` one that we chose.

    ``rows`` are the rows of the clinical tables it serves: section letter and number, and ``C01`` as it stands there.
    ``own`` are the clinic's values, which stand in the entry in the place of ours.
    """

    id: Named
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    collected_on: date
    seen: Seen = "yes"
    placeholder: bool = False
    proposal: bool = False
    note: str = ""
    rows: tuple[Named, ...] = ()
    variants: tuple[Variant, ...] = ()
    own: tuple[OwnValue, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether sources give more than one value for the same thing."""
        keys = [variant.key for variant in self.variants]
        return len(keys) > len(set(keys))


def sources_of(entry: Entry, *keys: str) -> tuple[Source, ...]:
    """The sources of ``entry``, those first that give the values in use at ``keys``, in the order of the keys.

    A value that the clinic has set is the clinic's. The rest follow with the best class first.
    """
    own = {one.key for one in entry.own}
    giving: list[Source] = []
    for key in keys:
        if key in own:
            giving += [one for one in entry.sources if one.kind == CLINIC]
        else:
            giving += [source for one in entry.variants if one.used and one.key == key for source in one.sources]
    rest = sorted(entry.sources, key=lambda source: (source.kind != CLINIC, source.kind or "Z"))
    return tuple(dict.fromkeys((*giving, *rest)))
