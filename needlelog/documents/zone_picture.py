"""The small picture of where the skin was treated: the drawings of ``resources/maps``, read once, drawn as outlines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from needlelog.documents.layout import Block, Drawing, Row, Stack, Text
from needlelog.documents.pen import ACCENT, EDGE, HAIRLINE, MUTED, WHITE, Pen, Shape
from needlelog.documents.sheet_style import SheetStyle
from needlelog.errors import Fault, FaultCode
from needlelog.paths import resources

HEIGHT, LOW_HEIGHT, LEAST_HEIGHT = 108.0, 88.0, 66.0
WIDEST, CAPTION_WIDTH, APART = 190.0, 150.0, 8.0
TIGHT = 0.3
"""Below so much air the drawings are small, and smallest where what was used runs on."""

SVG = "{http://www.w3.org/2000/svg}"
_STEPS = {"M": (2, "m"), "C": (6, "c"), "L": (2, "l")}
_PIECE = re.compile(r"[A-Za-z]|-?[0-9.]+")
_FEATURES = frozenset({"fine", "line", "brow", "eye", "lash"})


@dataclass(frozen=True, slots=True)
class View:
    """One drawing: its box (left, top, width, height), the zones, and what lies under and over them."""

    box: tuple[float, float, float, float]
    under: tuple[Shape, ...]
    zones: dict[str, str]
    over: tuple[Shape, ...]
    labels: dict[str, tuple[float, float]]
    """Where the words of each zone stand."""

    @property
    def aspect(self) -> float:
        """Width by height."""
        return self.box[2] / self.box[3]

    def with_zones(self, zones: Iterable[str]) -> tuple[Shape, ...]:
        """The drawing with these zones dark, as far as it shows them."""
        dark = tuple(Shape(self.zones[zone], ACCENT, WHITE) for zone in zones if zone in self.zones)
        return (*self.under, *dark, *self.over)


def path_operators(data: str) -> str:
    """An SVG path of absolute M, L, C and Z in the operators of PDF; raises ``ValueError`` for any other step."""
    found: list[str] = []
    step, numbers = "", []
    for piece in _PIECE.findall(data):
        if piece == "Z":
            found.append("h")
        elif piece.isalpha():
            if piece not in _STEPS:
                raise ValueError(piece)
            step = piece
        else:
            numbers.append(f"{float(piece):.0f}")
        count, operator = _STEPS[step]
        if len(numbers) == count:
            found.append(f"{' '.join(numbers)} {operator}")
            numbers.clear()
            step = "L" if step == "M" else step
    return "\n".join(found)


@lru_cache(maxsize=16)
def view(name: str) -> View:
    """The drawing of this name; raises ``Fault(RESOURCE_MISSING)``."""
    path = resources() / "maps" / f"{name}.svg"
    try:
        root = ElementTree.parse(path).getroot()  # noqa: S314 - shipped with the program
        left, top, width, height = (float(each) for each in root.attrib["viewBox"].split())
        groups = {group.get("id"): group.findall(f"{SVG}path") for group in root.iter(f"{SVG}g")}
        under = [shape for each in groups["figure"] if (shape := _figure(each))]
        over = [
            Shape(path_operators(each.attrib["d"]), None, MUTED, 0.4)
            for each in groups["features"]
            if _FEATURES.intersection(each.get("class", "").split())
        ]
        zones = {each.attrib["id"]: path_operators(each.attrib["d"]) for each in groups["zones"]}
        labels = {each.attrib["id"]: _point(each.attrib["data-label"]) for each in groups["zones"]}
    except (OSError, ElementTree.ParseError, KeyError, ValueError) as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=path.name) from error
    return View((left, top, width, height), tuple(under), zones, tuple(over), labels)


def _point(text: str) -> tuple[float, float]:
    x, y = map(float, re.split("[ ,]+", text.strip()))
    return x, y


def _figure(path: ElementTree.Element) -> Shape | None:
    kinds = path.get("class", "").split()
    operators = path_operators(path.attrib["d"])
    if "hair" in kinds:
        return Shape(operators, HAIRLINE, None)
    if "skin" in kinds:
        return Shape(operators, WHITE, EDGE, 0.6)
    return Shape(operators, None, EDGE, 0.4) if "fine" in kinds else None


def picture_beside(told: Block, views: Sequence[str], zones: Sequence[str], caption: str, style: SheetStyle) -> Block:
    """``told``, and on its right the drawings with ``zones`` dark over their caption; alone where there is no room."""
    drawings = [view(name) for name in views] if style.pictured else []
    if not drawings:
        return told
    tallest = HEIGHT if style.air > TIGHT else LEAST_HEIGHT if style.running else LOW_HEIGHT
    height = min(tallest, WIDEST / sum(each.aspect for each in drawings)) * style.scale
    width = sum(each.aspect for each in drawings) * height + APART * (len(drawings) - 1)

    def draw(pen: Pen, x: float, top: float, room: float) -> None:
        right = x + room
        with pen.figure(caption, right - width, top, width, height):
            for each in reversed(drawings):
                scale = height / each.box[3]
                right -= each.box[2] * scale
                pen.shapes(each.with_zones(zones), each.box, right, top, scale)
                right -= APART

    said = Text(caption, style.quiet.but(align="end"))
    aside = Stack((Drawing(height, draw), style.gap(3), said))
    return Row((told, aside), (None, max(width, CAPTION_WIDTH * style.scale)), gap=12)
