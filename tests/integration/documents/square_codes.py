"""Reads the square code (ISO/IEC 18004, versions 1 to 6 of one block) on a page as it is printed, pixel by pixel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2

FINDER = (1, 1, 3, 1, 1)
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, _: row % 2 == 0,
    lambda _, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@dataclass(frozen=True)
class Found:
    """A code on a page: what it says, and how wide one of its modules is, in millimetres."""

    text: str
    module_mm: float


def code_on(paper: bytes, dots_per_inch: int = 200) -> Found | None:
    """The first code on any page, as a camera would see it; None where there is none."""
    document = pypdfium2.PdfDocument(paper)
    try:
        for page in document:
            picture = page.render(scale=dots_per_inch / 72, grayscale=True).to_pil()
            width, height = picture.size
            pixels = picture.tobytes()
            dark = [[pixels[y * width + x] < 128 for x in range(width)] for y in range(height)]
            if found := _read(dark):
                text, module = found
                return Found(text, module / dots_per_inch * 25.4)
    finally:
        document.close()
    return None


def _read(dark: list[list[bool]]) -> tuple[str, float] | None:
    corners = _finders(dark)
    if len(corners) != 3:
        return None
    (left, top, module), *others = sorted(corners, key=lambda one: one[0] + one[1])
    right = max(x for x, _, _ in others)
    count = round((right - left) / module) + 7
    module = (right - left) / (count - 7)

    def at(row: int, column: int) -> bool:
        return dark[round(top + (row - 3) * module)][round(left + (column - 3) * module)]

    return _said([[at(row, column) for column in range(count)] for row in range(count)]), module


def _finders(dark: list[list[bool]]) -> list[tuple[float, float, float]]:
    """The middles of the three large squares and the width of a module, in pixels."""
    columns = [list(column) for column in zip(*dark, strict=True)]
    found: list[tuple[float, float, float]] = []
    for y, row in enumerate(dark):
        for x, module in _middles(row):
            for centre, other in _middles(columns[round(x)]):
                known = any(abs(x - a) < 3 * m and abs(centre - b) < 3 * m for a, b, m in found)
                if not known and abs(centre - y) <= 1 and abs(other - module) < 0.3 * module:
                    found.append((x, centre, module))
    return found


def _middles(line: list[bool]) -> Iterator[tuple[float, float]]:
    """Where a line goes through dark, light, thrice dark, light, dark: the middle and the width of a module."""
    edges = [0, *[place for place in range(1, len(line)) if line[place] != line[place - 1]], len(line)]
    for first in range(len(edges) - 5):
        begin, end = edges[first], edges[first + 5]
        module = (end - begin) / 7
        widths = [edges[first + place + 1] - edges[first + place] for place in range(5)]
        if line[begin] and all(
            abs(wide - part * module) < 0.5 * module for wide, part in zip(widths, FINDER, strict=True)
        ):
            yield (edges[first + 2] + edges[first + 3] - 1) / 2, module


def _said(modules: list[list[bool]]) -> str:
    count = len(modules)
    version = (count - 17) // 4
    assert 1 <= version <= 6, version
    written = [modules[8][column] for column in (0, 1, 2, 3, 4, 5, 7, 8)] + [
        modules[row][8] for row in (7, 5, 4, 3, 2, 1, 0)
    ]
    form = int("".join("01"[one] for one in written), 2) ^ 0x5412
    mask = MASKS[form >> 10 & 7]
    bits = "".join(
        "01"[modules[row][column] != mask(row, column)]
        for row, column in _path(count)
        if not _fixed(row, column, count)
    )
    return _text(bits, version)


def _path(count: int) -> Iterator[tuple[int, int]]:
    """Up and down in pairs of columns from the lower right corner."""
    upward = True
    for pair in (*range(count - 1, 6, -2), 5, 3, 1):
        for row in range(count - 1, -1, -1) if upward else range(count):
            yield from ((row, pair), (row, pair - 1))
        upward = not upward


def _fixed(row: int, column: int, count: int) -> bool:
    """Whether a module belongs to the pattern and not to what is said."""
    corner = (row < 9 and (column < 9 or column >= count - 8)) or (row >= count - 8 and column < 9)
    aligned = count > 21 and abs(row - (count - 7)) <= 2 and abs(column - (count - 7)) <= 2
    return corner or row == 6 or column == 6 or aligned


def _text(bits: str, version: int) -> str:
    assert version < 7
    said, place = "", 0

    def take(length: int) -> int:
        nonlocal place
        value = int(bits[place : place + length], 2)
        place += length
        return value

    while kind := take(4):
        if kind == 1:
            left = take(10)
            while left:
                digits = min(left, 3)
                said += f"{take((0, 4, 7, 10)[digits]):0{digits}d}"
                left -= digits
        elif kind == 2:
            left = take(9)
            while left > 1:
                both = take(11)
                said += ALPHANUMERIC[both // 45] + ALPHANUMERIC[both % 45]
                left -= 2
            said += ALPHANUMERIC[take(6)] if left else ""
        else:
            assert kind == 4, kind
            said += bytes(take(8) for _ in range(take(8))).decode("utf-8")
    return said
