"""The small picture of where the skin was treated: the drawings of ``resources/maps``, read once, drawn as outlines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from needlelog.documents.pen import ACCENT, EDGE, HAIRLINE, MUTED, WHITE, Shape
from needlelog.errors import Fault, FaultCode
from needlelog.paths import resources

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
    except (OSError, ElementTree.ParseError, KeyError, ValueError) as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=path.name) from error
    return View((left, top, width, height), tuple(under), zones, tuple(over))


def _figure(path: ElementTree.Element) -> Shape | None:
    kinds = path.get("class", "").split()
    operators = path_operators(path.attrib["d"])
    if "hair" in kinds:
        return Shape(operators, HAIRLINE, None)
    if "skin" in kinds:
        return Shape(operators, WHITE, EDGE, 0.6)
    return Shape(operators, None, EDGE, 0.4) if "fine" in kinds else None
