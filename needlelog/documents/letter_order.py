"""In which order letters stand: from left to right, from right to left, and both in one line (UAX 9)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

Direction = Literal["L", "R"]
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def direction_of(text: str) -> Direction:
    """The direction of the first letter that has one; left to right if none has."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            return "R"
        if kind == "L":
            return "L"
    return "L"


def reads_both_ways(text: str) -> bool:
    """Whether some of ``text`` is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text)


def visual(clusters: Sequence[str], base: Direction) -> list[str]:
    """``clusters`` of one line in the order they are drawn from left to right (UAX 9), marks kept on their letters."""
    kinds = [unicodedata.bidirectional(cluster[0]) for cluster in clusters]
    if base == "L" and not _RIGHT_TO_LEFT.intersection(kinds):
        return list(clusters)
    from bidi import algorithm

    level = 1 if base == "R" else 0
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = level, base
    storage["chars"] = [
        {"ch": cluster, "level": level, "type": kind, "orig": kind}
        for cluster, kind in zip(clusters, kinds, strict=True)
    ]
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    algorithm.reorder_resolved_levels(storage, False)
    ordered: list[str] = []
    for item in storage["chars"]:
        cluster = item["ch"]
        if item["level"] % 2 and unicodedata.mirrored(cluster[0]):
            cluster = algorithm.MIRRORED.get(cluster[0], cluster[0]) + cluster[1:]
        ordered.append(cluster)
    return ordered
