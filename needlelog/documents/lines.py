"""From text to printable lines: bidirectional order, Arabic shaping, line breaking. Nothing here reads markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NamedTuple

from needlelog.documents.accents import Mark, placed_marks
from needlelog.documents.fonts import Face, Font, check_printable, clusters_of, fonts, shaped
from needlelog.documents.letter_order import Direction, direction_of, reads_both_ways, visual
from needlelog.i18n import ISOLATED, ISOLATED_END

__all__ = ["Direction", "Line", "Run", "Span", "break_lines", "direction_of", "lines_remembered", "reads_both_ways"]

_BREAKS = frozenset({" ", "\n", "\u200b"})
_Memory = dict[tuple[object, ...], list["Line"]]
_remembered: ContextVar[_Memory | None] = ContextVar("lines_remembered", default=None)


class Span(NamedTuple):
    """A piece of text with its looks. Each span keeps its own direction, so a name never reorders what is around it."""

    text: str
    face: Face = Face.REGULAR
    colour: str = "#17212B"
    direction: Direction | None = None
    """Without one the first letter decides."""


class Run(NamedTuple):
    """Characters in visual order that one font prints; ``width`` in em. ``marks`` go on top of or under them."""

    font: Font
    text: str
    colour: str
    width: float
    marks: tuple[Mark, ...] = ()
    heavy: bool = False
    """Whether its font has no bold face and is to be drawn thicker."""


class Line(NamedTuple):
    """One line in visual order; ``width`` in em."""

    runs: tuple[Run, ...]
    direction: Direction

    @property
    def width(self) -> float:
        """Width in em."""
        return sum(run.width for run in self.runs)


@dataclass(slots=True)
class _Word:
    """What may not be broken: pieces with the index of their span, in reading order, and their width in em.

    A piece is a character with its marks, or a whole word of plain text.
    """

    pieces: list[tuple[int, str]]
    width: float


def _plain_widths(span: Span) -> dict[str, float] | None:
    """The widths to use if ``span`` is plain text throughout: no marks, no right-to-left letters, no rare signs."""
    table, text = fonts().plain[span.face], span.text
    if text.isascii() and text.isprintable():
        return table
    return table if table.keys() >= set(text) and unicodedata.is_normalized("NFC", text) else None


def _width(cluster: str, face: Face) -> float:
    return sum(font.width(text[:1]) for font, texts in fonts().runs([cluster], face) for text in texts)


def _run(font: Font, clusters: Sequence[str], span: Span) -> Run:
    """One run; marks are put where they belong by the ink of their letter, since paper needs no shaping engine."""
    bases: list[str] = []
    marks: list[Mark] = []
    used = 0.0
    for cluster in clusters:
        base, on_it = cluster[0], cluster[1:]
        bases.append(base)
        letter = font.outlines.box(ord(base)) if on_it else None
        if letter is not None:
            marks += placed_marks(font, on_it, letter, used)
        used += font.width(base)
    heavy = span.face is Face.BOLD and font.lacks_bold
    return Run(font, "".join(bases), span.colour, used, tuple(marks), heavy)


def _tokens(index: int, span: Span) -> Iterator[tuple[tuple[int, str], float]]:
    """The pieces of ``span`` with their widths; blanks and line ends are pieces of their own."""
    table = _plain_widths(span)
    if table is None:
        # A blank is of the font of its neighbours: counted as the widest, no line is too long for its room.
        blank = max(font.width(" ") for font in fonts().chains[span.face])
        for cluster in clusters_of(shaped(check_printable(span.text))):
            bare = cluster[0]
            if bare == " ":
                yield (index, bare), blank
            elif bare in _BREAKS:
                yield (index, bare), 0
            else:
                yield (index, cluster), _width(cluster, span.face)
        return
    for place, word in enumerate(span.text.split(" ")):
        if place:
            yield (index, " "), table[" "]
        if word:
            yield (index, word), sum(map(table.__getitem__, word))


def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between these pieces without a blank: beside an ideograph or kana, as they are set.

    Never before a closing mark or after an opening one.
    """
    if before[-1] in _OPENING or after[0] in _CLOSING:
        return False
    return _is_wide(before[-1]) or _is_wide(after[0])


def _is_wide(character: str) -> bool:
    # Hangul is set with blanks between its words, and is broken there.
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7a3"


_OPENING = frozenset("（《“‘「『【〈〔［｛(")
_CLOSING = frozenset("，。、；：？！）》”’」』】〉〕］｝…—·％.,;:?!)%ーっゃゅょッャュョ々")


def _words(spans: Sequence[Span]) -> Iterator[_Word | None]:
    """Words in reading order; each blank is a word of its own, and ``None`` stands for a forced line break."""
    word = _Word([], 0.0)
    for index, span in enumerate(spans):
        for piece, width in _tokens(index, span):
            if piece[1] not in _BREAKS:
                if word.pieces and _may_part(word.pieces[-1][1], piece[1]):
                    yield word
                    word = _Word([], 0.0)
                word.pieces.append(piece)
                word.width += width
                continue
            if word.pieces:
                yield word
                word = _Word([], 0.0)
            if piece[1] == "\n":
                yield None
            elif piece[1] == " ":
                yield _Word([piece], width)
    if word.pieces:
        yield word


def _broken(word: _Word, spans: Sequence[Span], room: float) -> Iterator[_Word]:
    """``word`` in parts that fit into ``room``; a single character wider than that stands alone.

    An address is parted after a stroke, a dot, a dash or a question mark, and elsewhere only where it has none.
    """
    part = _Word([], 0.0)
    for index, piece in word.pieces:
        for cluster in clusters_of(piece):
            width = _width(cluster, spans[index].face)
            if part.pieces and (part.pieces[-1][1] in _PARTS_AN_ADDRESS or part.width + width > room):
                yield part
                part = _Word([], 0.0)
            part.pieces.append((index, cluster))
            part.width += width
    yield part


_PARTS_AN_ADDRESS = frozenset("/.-?")


def _is_address(word: _Word) -> bool:
    """Whether a long word may be parted within, so that it may begin on a line that has little room left."""
    return any(not _PARTS_AN_ADDRESS.isdisjoint(piece) for _, piece in word.pieces)


def _line(pieces: Sequence[tuple[int, str]], spans: Sequence[Span], base: Direction) -> Line:
    """One line drawn span by span, each in its own direction, the spans in the direction of the paragraph."""
    groups: list[tuple[int, list[str]]] = []
    for index, piece in pieces:
        if not groups or groups[-1][0] != index:
            groups.append((index, []))
        groups[-1][1].append(piece)
    if base == "R":
        groups.reverse()
    runs: list[Run] = []
    for index, parts in groups:
        span = spans[index]
        own = span.direction or direction_of(span.text)
        table = _plain_widths(span) if own == "L" else None
        if table is not None:
            text = "".join(parts)
            width = sum(map(table.__getitem__, text))
            runs.append(Run(fonts().chains[span.face][0], text, span.colour, width))
            continue
        # A right-to-left paragraph may hold whole plain words, whose letters take part in the reordering one by one.
        clusters = [cluster for part in parts for cluster in clusters_of(part)]
        for font, texts in fonts().runs(visual(clusters, own), span.face):
            runs.append(_run(font, texts, span))
    return Line(tuple(runs), base)


_SET_APART = re.compile(f"{ISOLATED}([^{ISOLATED}{ISOLATED_END}]*){ISOLATED_END}")


def _in_own_directions(spans: Sequence[Span]) -> list[Span]:
    """The spans of a paragraph from right to left: what its words set apart is a span of its own.

    A text that begins with a Latin name is no Latin text: a span with letters from right to left reads that way.
    """
    found: list[Span] = []
    for span in spans:
        pieces = _SET_APART.split(span.text)
        for place, piece in enumerate(pieces):
            apart = place % 2 == 1 or (len(pieces) == 1 and not span.direction and not reads_both_ways(piece))
            if piece:
                found.append(span._replace(text=piece, direction=None if apart else "R"))
    return found or list(spans)


@contextmanager
def lines_remembered() -> Iterator[None]:
    """Within this block the same text in the same room is broken only once; afterwards it is forgotten."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def break_lines(spans: Sequence[Span], room: float, base: Direction | None = None) -> list[Line]:
    """Lines no wider than ``room`` (in em); at least one line, maybe empty.

    ``base`` is the paragraph's direction; without it the first letter decides.
    Raises ``Fault(CHARACTER_NOT_PRINTABLE)``.
    """
    if base == "R":
        spans = _in_own_directions(spans)
    memory = _remembered.get()
    if memory is None:
        return _broken_lines(spans, room, base)
    # A span by its parts: its own hash is made in Python, and this is asked for each text at each density.
    parts = [part for span in spans for part in (span.text, span.face, span.colour, span.direction)]
    key = (room, base, *parts)
    lines = memory.get(key)
    if lines is None:
        lines = memory[key] = _broken_lines(spans, room, base)
    return lines


def _short_line(spans: Sequence[Span], room: float, base: Direction | None) -> Line | None:
    """The one line of plain text that fits as it stands, which most texts are; None for any other."""
    if base == "R" or not spans or not spans[-1].text or spans[-1].text.endswith(" "):
        return None
    runs: list[Run] = []
    used = 0.0
    for span in spans:
        table = _plain_widths(span)
        if table is None:
            return None
        width = sum(map(table.__getitem__, span.text))
        used += width
        if used > room:
            return None
        if span.text:
            runs.append(Run(fonts().chains[span.face][0], span.text, span.colour, width))
    return Line(tuple(runs), "L")


def _broken_lines(spans: Sequence[Span], room: float, base: Direction | None) -> list[Line]:
    if short := _short_line(spans, room, base):
        return [short]
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
        too_long = word.width > room
        if used + word.width > room and not blank and pieces and not (too_long and _is_address(word)):
            end()
        if blank and not pieces and lines:
            continue
        for part in _broken(word, spans, room) if too_long else (word,):
            if pieces and used + part.width > room and not blank:
                end()
            pieces.extend(part.pieces)
            used += part.width
    end()
    return lines
