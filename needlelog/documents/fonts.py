"""The fonts on paper: which characters they have, and which face prints which piece of a text.

Noto Sans prints what it can, DejaVu Sans what Noto lacks, Droid Sans Fallback the ideographs, kana and Hangul. A
character that none has is refused by name: reportlab would drop it without a word.
"""

from __future__ import annotations

import struct
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from needlelog.domain.text import DIRECTION_CONTROLS
from needlelog.errors import Fault, FaultCode
from needlelog.paths import resources

# Joiners, direction marks and soft hyphens guide shaping and leave no ink, so no font needs to have them.
INKLESS = frozenset("\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")
_MARKS = frozenset({"Mn", "Me", "Mc"})
_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_KEPT_BLANKS = frozenset(" \u00a0")
_NO_BREAK_SPACES = frozenset("\u00a0\u202f\u2007")


class Face(StrEnum):
    """The faces a paper may use."""

    REGULAR = "regular"
    BOLD = "bold"
    ITALIC = "italic"


_FILES: dict[Face, tuple[str, ...]] = {
    Face.REGULAR: ("NotoSans-Regular", "DejaVuSans"),
    Face.BOLD: ("NotoSans-Bold", "DejaVuSans-Bold"),
    Face.ITALIC: ("NotoSans-Italic", "DejaVuSans"),
}
_LAST = "DroidSansFallback"
"""Stands at the end of each chain; large, and read only when a text needs it."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Where each glyph has ink, read from the font file when asked."""

    data: bytes
    start: int
    positions: Sequence[int]
    glyphs: dict[int, int]
    units: int

    def box(self, code: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right and top of the ink of a character in em, or None where it leaves none."""
        glyph = self.glyphs[code]
        at = self.positions[glyph]
        if self.positions[glyph + 1] == at:
            return None
        left, bottom, right, top = struct.unpack_from(">4h", self.data, self.start + at + 2)
        return left / self.units, bottom / self.units, right / self.units, top / self.units


@dataclass(frozen=True, slots=True)
class Font:
    """One registered font file: its name, what it covers and how wide each character is (1/1000 em)."""

    name: str
    widths: dict[int, float]
    outlines: Outlines
    face: Any = field(compare=False, repr=False)
    """reportlab's own, which knows what of it each file holds."""

    lacks_bold: bool = False

    def covers(self, cluster: str) -> bool:
        """Whether every character of ``cluster`` that needs ink has a glyph."""
        return all(ord(character) in self.widths for character in cluster if character not in INKLESS)

    def width(self, text: str) -> float:
        """Width of ``text`` in em."""
        widths = self.widths
        return sum(widths[ord(character)] for character in text) / 1000


@dataclass(frozen=True, slots=True)
class Fonts:
    """All faces, registered with reportlab. ``drawing`` is held while a paper is made: fonts keep state per paper."""

    chains: dict[Face, tuple[Font, ...]]
    plain: dict[Face, dict[str, float]]
    """Characters that the first font of a face prints just as they come, left to right, with their width in em."""

    drawing: threading.Lock = field(default_factory=threading.Lock)

    def font_for(self, cluster: str, face: Face) -> Font:
        """The first font of ``face`` that has ``cluster`` (a character with its marks); ``Fault`` if none has."""
        for font in self._chain(face):
            if font.covers(cluster):
                return font
        missing = next((c for c in cluster if c not in INKLESS and not self.has(c, face)), cluster[0])
        raise _not_printable(missing)

    def has(self, character: str, face: Face) -> bool:
        """Whether some font of ``face`` has ``character``."""
        return any(ord(character) in font.widths for font in self._chain(face))

    def _chain(self, face: Face) -> Iterator[Font]:
        yield from self.chains[face]
        yield _font(_LAST)

    def runs(self, clusters: Sequence[str], face: Face) -> Iterator[tuple[Font, list[str]]]:
        """``clusters`` in order, together as long as one font prints them; what leaves no ink is gone."""
        current: Font | None = None
        gathered: list[str] = []
        for cluster in clusters:
            font = self.font_for(cluster, face)
            if current is not None and cluster == " " and current.covers(" "):
                font = current
            if font is not current and gathered and current is not None:
                yield current, gathered
                gathered = []
            current = font
            if inked := "".join(c for c in cluster if c not in INKLESS):
                gathered.append(inked)
        if gathered and current is not None:
            yield current, gathered


def _not_printable(character: str) -> Fault:
    typed = unicodedata.normalize("NFKC", character)
    character = typed if len(typed) == 1 else character
    code = f"U+{ord(character):04X}"
    shown = character if character.isprintable() else unicodedata.name(character, code)
    return Fault(FaultCode.CHARACTER_NOT_PRINTABLE, character=shown, code=code)


@lru_cache(maxsize=1)
def fonts() -> Fonts:
    """The fonts of this process, read and registered at first use; raises ``Fault(RESOURCE_MISSING)``."""
    chains = {face: tuple(_font(name) for name in names) for face, names in _FILES.items()}
    return Fonts(chains, {face: _plain(chain[0]) for face, chain in chains.items()})


@cache
def _font(name: str) -> Font:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        made: Any = TTFont(
            f"NeedleLog-{name}", str(resources() / "fonts" / f"{name}.ttf"), asciiReadable=False, shapable=False
        )
    except (TTFError, OSError) as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=f"{name}.ttf") from error
    pdfmetrics.registerFont(made)
    face = made.face
    widths = {code: face.charWidths.get(code, face.defaultWidth) for code in face.charToGlyph}
    outlines = Outlines(face._ttf_data, face.get_table_pos("glyf")[0], face.glyphPos, face.charToGlyph, face.unitsPerEm)
    return Font(made.fontName, widths, outlines, made, lacks_bold=name == _LAST)


def _plain(font: Font) -> dict[str, float]:
    return {
        character: width / 1000
        for code, width in font.widths.items()
        if (character := chr(code)) not in INKLESS
        and character not in DIRECTION_CONTROLS
        and unicodedata.category(character) not in _MARKS | _CONTROLS
        and (character in _KEPT_BLANKS or unicodedata.category(character) != "Zs")
        and unicodedata.bidirectional(character) not in {"R", "AL", "AN"}
    }


def composed(text: str) -> str:
    """``text`` as it is printed: composed (NFC), one kind of line break, every blank a plain or a no-break space."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", "    ")
    if text.isascii():
        return text
    return "".join(_blank(c) if unicodedata.category(c) == "Zs" else c for c in text)


def _blank(character: str) -> str:
    return "\u00a0" if character in _NO_BREAK_SPACES else " "


@lru_cache(maxsize=1)
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    # DejaVu Sans has no glyph for the one-character form of the name of God: print its letters.
    return ArabicReshaper(
        {"delete_harakat": False, "delete_tatweel": False, "support_zwj": True, "ARABIC LIGATURE ALLAH": False}
    )


def shaped(text: str) -> str:
    """``text`` with its Arabic letters in their joined forms, still in reading order."""
    if any("\u0600" <= character <= "\u08ff" for character in text):
        return str(_reshaper().reshape(text))
    return text


def check_printable(text: str) -> str:
    """``text`` composed; raises ``Fault(CHARACTER_NOT_PRINTABLE)`` naming the first character no font can print."""
    text = composed(text)
    known = fonts()
    for character in dict.fromkeys(shaped(text)):
        if character == "\n" or character in INKLESS:
            continue
        if unicodedata.category(character) in _CONTROLS or character in DIRECTION_CONTROLS:
            raise _not_printable(character)
        if not all(known.has(character, face) for face in Face):
            raise _not_printable(character)
    return text


def clusters_of(text: str) -> list[str]:
    """``text`` cut into characters with the marks that sit on them."""
    clusters: list[str] = []
    for character in text:
        on_it = clusters and (character in INKLESS or unicodedata.category(character) in _MARKS)
        if on_it and clusters[-1] not in {" ", "\n"}:
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters
