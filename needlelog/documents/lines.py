"""From text to printable lines: bidirectional order, Arabic shaping, line breaking. Nothing here reads markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from needlelog.documents.fonts import Face, Font, check_printable, clusters_of, fonts, shaped

Direction = Literal["L", "R"]
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text with its looks. Each span keeps its own direction, so a name never reorders what is around it."""

    text: str
    face: Face = Face.REGULAR
    colour: str = "#17212B"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in visual order that one font prints; ``width`` in em."""

    font: Font
    text: str
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line in visual order; ``width`` in em."""

    runs: tuple[Run, ...]
    direction: Direction

    @property
    def width(self) -> float:
        """Width in em."""
        return sum(run.width for run in self.runs)


def direction_of(text: str) -> Direction:
    """The direction of the first letter that has one; left to right if none has."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            return "R"
        if kind == "L":
            return "L"
    return "L"


def _visual(clusters: Sequence[str], base: Direction) -> list[str]:
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


@dataclass(slots=True)
class _Word:
    """What may not be broken: clusters with the index of their span, in reading order, and their width in em."""

    pieces: list[tuple[int, str]]
    width: float


def _width(cluster: str, face: Face) -> float:
    return sum(font.width(text) for font, text in fonts().runs([cluster], face))


def _words(spans: Sequence[Span]) -> Iterable[_Word | None]:
    """Words in reading order; each blank is a word of its own, and ``None`` stands for a forced line break."""
    word = _Word([], 0.0)
    for index, span in enumerate(spans):
        for cluster in clusters_of(shaped(check_printable(span.text))):
            if cluster[0] in " \n\u200b":
                if word.pieces:
                    yield word
                    word = _Word([], 0.0)
                if cluster[0] == "\n":
                    yield None
                elif cluster[0] == " ":
                    yield _Word([(index, " ")], _width(" ", span.face))
            else:
                word.pieces.append((index, cluster))
                word.width += _width(cluster, span.face)
    if word.pieces:
        yield word


def _broken(word: _Word, spans: Sequence[Span], room: float) -> Iterable[_Word]:
    """``word`` in pieces that fit into ``room``; a single character wider than that stands alone."""
    part = _Word([], 0.0)
    for index, cluster in word.pieces:
        width = _width(cluster, spans[index].face)
        if part.pieces and part.width + width > room:
            yield part
            part = _Word([], 0.0)
        part.pieces.append((index, cluster))
        part.width += width
    yield part


def _line(pieces: Sequence[tuple[int, str]], spans: Sequence[Span], base: Direction) -> Line:
    """One line drawn span by span, each in its own direction, the spans in the direction of the paragraph."""
    groups: list[tuple[int, list[str]]] = []
    for index, cluster in pieces:
        if not groups or groups[-1][0] != index:
            groups.append((index, []))
        groups[-1][1].append(cluster)
    if base == "R":
        groups.reverse()
    runs: list[Run] = []
    for index, clusters in groups:
        span = spans[index]
        own = base if len(spans) == 1 else direction_of(span.text)
        for font, text in fonts().runs(_visual(clusters, own), span.face):
            if text:
                runs.append(Run(font, text, span.colour, font.width(text)))
    return Line(tuple(runs), base)


def break_lines(spans: Sequence[Span], room: float, base: Direction | None = None) -> list[Line]:
    """Lines no wider than ``room`` (in em); at least one line, maybe empty.

    ``base`` is the paragraph's direction; without it the first letter decides.
    Raises ``Fault(CHARACTER_NOT_PRINTABLE)``.
    """
    base = base or direction_of("".join(span.text for span in spans))
    lines: list[Line] = []
    pieces: list[tuple[int, str]] = []
    used = 0.0

    def end() -> None:
        nonlocal used
        while pieces and pieces[-1][1] == " ":
            pieces.pop()
        lines.append(_line(pieces, spans, base))
        pieces.clear()
        used = 0.0

    for word in _words(spans):
        if word is None:
            end()
            continue
        blank = word.pieces[0][1] == " "
        if used + word.width > room and not blank and pieces:
            end()
        if blank and not pieces and lines:
            continue
        for part in _broken(word, spans, room) if word.width > room else (word,):
            if pieces and used + part.width > room and not blank:
                end()
            pieces.extend(part.pieces)
            used += part.width
    end()
    return lines
