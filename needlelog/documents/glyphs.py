"""The glyphs of one file: under which codes it holds what it shows of each font."""

from __future__ import annotations

from typing import Any

from needlelog.documents.fonts import Font

_HEX = tuple(f"{code:02x}" for code in range(256))


class Glyphs:
    """Of one file, which lasts as long as it is drawn."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._known: dict[str, tuple[str, dict[str, str]]] = {}
        """By font: the name of its first part in this file, and the code of each character that is there."""

    def shown(self, font: Font, text: str, size: float) -> str:
        """The operators that show ``text``."""
        name, codes = self._known.get(font.name) or ("", {})
        try:
            # reportlab goes through its books for each character; most have been shown before.
            return f"{name} {size:g} Tf <{''.join(map(codes.__getitem__, text))}> Tj"
        except KeyError:
            return self._entered(font, text, size)

    def _entered(self, font: Font, text: str, size: float) -> str:
        """The same for a text with characters that are new to this file, or of a later part of the font."""
        document = self._canvas._doc
        parts = font.face.splitString(text, document)
        names = [font.face.getSubsetInternalName(subset, document) for subset, _ in parts]
        if len(parts) == 1 and parts[0][0] == 0:
            _, codes = self._known.setdefault(font.name, (names[0], {}))
            codes.update(zip(text, map(_HEX.__getitem__, parts[0][1]), strict=True))
        return " ".join(f"{name} {size:g} Tf <{codes.hex()}> Tj" for name, (_, codes) in zip(names, parts, strict=True))
