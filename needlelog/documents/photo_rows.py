"""Photos of a visit on paper, two beside one another, each under its view and the moment it was taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from needlelog.clock import local
from needlelog.documents.clinic_paper import section_heading
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Drawing, Panel, Row, Stack, Style, Text, gap
from needlelog.documents.paper_file import CONTENT_WIDTH
from needlelog.documents.pen import EDGE, MUTED, STOP, Pen
from needlelog.documents.pictures import Jpeg
from needlelog.domain.session import Photo
from needlelog.i18n import Words, record_date, record_time

EDGE_PX = 1000
"""The longer edge of a photo in a file: about 300 dots an inch at its size on paper."""

TALLEST = 250.0
_GAP = 12.0
_QUIET = Style(size=10, leading=1.3, colour=MUTED)
_STRONG = Style(size=10.5, leading=1.3, face=Face.BOLD)


class Taken(StrEnum):
    """When a photo was taken."""

    BEFORE = "before"
    AFTER = "after"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True)
class FiledPhoto:
    """A photo as a small JPEG; ``data`` is None where its file is missing or damaged."""

    photo: Photo
    taken: Taken
    data: bytes | None


def photo_blocks(photos: Sequence[FiledPhoto], zone: str, words: Words) -> Iterator[Block]:
    """A heading and the photos, nothing where there are none; times are those of ``zone``."""
    if not photos:
        return
    yield from section_heading(words("Photos"), "H3")
    yield gap(3)
    width = (CONTENT_WIDTH - _GAP) / 2
    for place in range(0, len(photos), 2):
        cells = [_cell(one, width, zone, words) for one in photos[place : place + 2]]
        cells += [gap(0)] * (2 - len(cells))
        if place:
            yield gap(_GAP)
        yield Row(cells, (width, width), gap=_GAP)


def _cell(one: FiledPhoto, width: float, zone: str, words: Words) -> Block:
    said = _caption(one, zone, words)
    lines: list[Block] = [Text(said, _STRONG), gap(3)]
    if one.data is None:
        lost = Text(words("This photo is missing or damaged."), Style(size=10.5, colour=STOP))
        lines.append(Panel(lost, fill=None, edge=EDGE, line=0.75, radius=4))
    else:
        lines.append(_drawn(Jpeg(one.data), width, said))
    lines.append(Text(words("Photo {hash}", hash=one.photo.sha256[:16]), _QUIET))
    return Stack(lines)


def _caption(one: FiledPhoto, zone: str, words: Words) -> str:
    at: datetime = local(one.photo.taken_at, zone)
    taken = {
        Taken.BEFORE: words("before"),
        Taken.AFTER: words("after"),
        Taken.FOLLOW_UP: words("sent or taken since"),
    }[one.taken]
    parts = (one.photo.view_name or words("No view noted"), taken, f"{record_date(at.date())} {record_time(at)}")
    return " · ".join(parts)


def _drawn(picture: Jpeg, width: float, said: str) -> Drawing:
    scale = min(width / picture.width_px, TALLEST / picture.height_px)
    wide, tall = picture.width_px * scale, picture.height_px * scale

    def draw(pen: Pen, x: float, top: float, _room: float) -> None:
        with pen.figure(said, x, top, wide, tall):
            pen.photo(picture, x, top, wide, tall)

    return Drawing(tall + 3, draw)
