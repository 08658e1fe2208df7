"""Words in bold within a clinic's own wording: written ``**so**``, carried to the paper by marks that nobody types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from needlelog.documents.fonts import Face
from needlelog.documents.lines import Direction, Span, reads_both_ways
from needlelog.errors import Fault, FaultCode

WRITTEN = "**"
BEGIN, END = "\ue000", "\ue001"
"""Of the private use area: no font of ours has them, so neither a name nor a note can hold one."""

_MARKED = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")
_JOINED = range(0x0600, 0x0900)
"""Letters that change their shape with their neighbours."""


def check_emphasis(text: str, field: str) -> None:
    """Raise ``Fault`` (WORDING_EMPHASIS_OPEN, WORDING_EMPHASIS_WITHIN) for emphasis that cannot be printed."""
    pieces = text.split(WRITTEN)
    if len(pieces) % 2 == 0 or not all(piece.strip() for piece in pieces[1::2]):
        raise Fault(FaultCode.WORDING_EMPHASIS_OPEN, field=field)
    for before, after in pairwise(pieces):
        if before and after and ord(before[-1]) in _JOINED and ord(after[0]) in _JOINED:
            raise Fault(FaultCode.WORDING_EMPHASIS_WITHIN, field=field)


def marked(text: str) -> str:
    """``text`` with the marks of the paper in the place of its asterisks, which were checked."""
    if WRITTEN not in text:
        return text
    pieces = text.split(WRITTEN)
    return "".join(f"{BEGIN}{piece}{END}" if place % 2 else piece for place, piece in enumerate(pieces))


def unmarked(text: str) -> str:
    """``text`` as it is read aloud."""
    return _MARKED.sub(r"\1", text) if BEGIN in text else text


def emphasised(span: Span, paper: Direction = "L") -> Iterator[Span]:
    """``span`` in pieces, those between marks in bold.

    On a paper from right to left a full stop that stands alone after them ends a sentence from right to left.
    """
    if BEGIN not in span.text:
        yield span
        return
    direction: Direction | None = "R" if paper == "R" and reads_both_ways(span.text) else span.direction
    for place, piece in enumerate(_MARKED.split(span.text)):
        if piece:
            yield span._replace(text=piece, face=Face.BOLD if place % 2 else span.face, direction=direction)
