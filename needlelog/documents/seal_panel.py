"""The box with the seal of a signed visit: the code by which a print is checked, and the whole fingerprint."""

from __future__ import annotations

from needlelog.documents.fingerprint import grouped
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Panel, Stack, Style, Text, gap
from needlelog.documents.pen import EDGE, MUTED
from needlelog.domain.signed import Seal
from needlelog.i18n import Words

_BODY = Style(size=10.5, leading=1.35)
_CODE = Style(size=14, face=Face.BOLD, leading=1.35)


def seal_panel(said: str, seal: Seal | None, code: str, words: Words, *, chain: bool = False) -> Panel:
    """``said`` is who signed; ``seal`` is None while the visit is not signed. ``chain`` adds the seal before it."""
    body = _BODY.but(paper="R" if words.right_to_left else "L")
    quiet, code_style = body.but(colour=MUTED), _CODE.but(paper=body.paper)
    lines: list[Block] = [Text(said, body.but(face=Face.BOLD)), gap(4)]
    if seal is None:
        lines.append(Text(words("No seal covers this paper yet: the visit was not signed when it was made."), quiet))
        return Panel(Stack(lines), pad_y=9, edge=EDGE, line=1)
    if code:
        lines += [
            Text(words("To check this print, type this code in NeedleLog under Settings, Records:"), quiet),
            Text(code, code_style, base="L"),
            gap(2),
        ]
    lines += [
        Text(words("Seal {number} of the clinic's chain, SHA-256", number=seal.sequence), quiet),
        Text(grouped(seal.sha256), body, base="L"),
    ]
    if chain and seal.previous_sha256:
        lines += [Text(words("after"), quiet), Text(grouped(seal.previous_sha256), quiet, base="L")]
    return Panel(Stack(lines), pad_y=9, edge=EDGE, line=1)
