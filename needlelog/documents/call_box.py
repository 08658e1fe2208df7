"""The box that says when to call, whom, and when not to wait: the number in large type, and a code to dial it."""

from __future__ import annotations

from collections.abc import Sequence

from needlelog.documents import icons
from needlelog.documents.layout import Block, Drawing, Lower, Panel, Row, Stack, Style, Text, rule
from needlelog.documents.pen import INK, Pen
from needlelog.documents.sheet_style import SheetStyle
from needlelog.domain.clinic import Clinic
from needlelog.i18n import Words

CODE_SIZE, QUIET = 58.0, 4.0
"""The code with the white around it, which a camera needs to find it."""

NUMBER_WIDTH = 226.0
URGENT_WIDTH = 130.0
LEAST_DIGITS = 5
LONGEST_BESIDE = 20
"""Letters of what stands in large type beside whom it reaches; what is longer is no number to dial from a sheet."""


def dialled(phone: str) -> str:
    """What a phone dials for this number, empty where it is none: ``+353 (0)1 555`` has no digits to leave out."""
    digits = "".join(character for character in phone if character.isdecimal() and character.isascii())
    plain = all(character.isascii() and (character.isdigit() or character in "+ -/.") for character in phone.strip())
    if not plain or len(digits) < LEAST_DIGITS:
        return ""
    return f"tel:+{digits}" if phone.strip().startswith("+") else f"tel:{digits}"


class CallBox:
    """Builds the box of one sheet."""

    def __init__(self, clinic: Clinic, title: str, scan: str, words: Words, style: SheetStyle) -> None:
        self._clinic = clinic
        self._title = title
        self._scan = scan
        self._words = words
        self._style = style

    def block(self, signs: Sequence[Sequence[str]], urgent: Sequence[str] = (), emergency_number: str = "") -> Block:
        """The signs to call the clinic about, in short lists, and below a line, if any, those for an ambulance."""
        style = self._style
        parts: list[Block] = [self._clinic_row()]
        for listed in signs:
            parts += [style.gap(6), style.listed(listed, icons.warning)] if listed else []
        if urgent:
            told = [Text(text, style.body) for text in urgent]
            number_width = URGENT_WIDTH if len(emergency_number) > 3 else 70.0
            beside, below = ([], told) if style.tight or style.large else (told, [])
            row = self._row(self._words("Emergency"), beside, emergency_number, number_width * style.scale)
            parts += [style.gap(7), rule(INK, 0.75), style.gap(7), row, *below]
        return Panel(Stack(parts), pad_x=14, pad_y=9 * max(style.air, 0.6), fill=None, edge=INK, line=2)

    def _clinic_row(self) -> Block:
        style, clinic = self._style, self._clinic
        code = dialled(clinic.phone)
        hours = [Text(clinic.phone_hours, style.quiet)] if clinic.phone_hours else []
        scan = [Text(self._scan, style.quiet)] if code else []
        number = clinic.phone or "…………………………"
        if style.large:
            large = self._number() if len(number) <= LONGEST_BESIDE else style.strong
            said: Block = Stack((Text(self._title, style.heading), Text(number, large), *hours, *scan))
        else:
            # Long hours have no room beside the number in large type.
            beside = self._row(self._title, [*hours, *scan], number, NUMBER_WIDTH)
            below = Stack((self._row(self._title, scan, number, NUMBER_WIDTH), *hours))
            said = Lower(beside, below, 4 * style.step)
        if not code:
            return said
        size = CODE_SIZE * style.scale

        def draw(pen: Pen, x: float, top: float, _: float) -> None:
            with pen.figure(f"{self._scan} {number}", x, top, size, size):
                pen.square_code(code, x + QUIET, top + QUIET, size - 2 * QUIET)

        return Row((said, Drawing(size, draw)), (None, size), gap=14, centred=True)

    def _row(self, title: str, lines: Sequence[Block], number: str, width: float) -> Block:
        """Whom to reach on the left, the number to dial in large type on the right."""
        said = Stack((Text(title, self._style.heading), *lines))
        if not number:
            return said
        dial = Text(number, self._number().but(align="end"), base="L")
        beside = Row((said, dial), (None, width), gap=10, centred=True)
        if len(number) <= LONGEST_BESIDE:
            return beside
        return Lower(beside, Stack((said, Text(number, self._style.strong, base="L"))))

    def _number(self) -> Style:
        return self._style.strong.but(size=24 * self._style.scale, leading=1.1)
