"""A drawing of the zone map, read from its SVG file into painter paths.

A file holds four groups: ``figure`` (under the zones), ``zones`` (one named path each, with the point where its
text goes), ``features`` (eyes, lips and lines over the zones) and ``sides`` (where L and R stand).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QXmlStreamReader
from PySide6.QtGui import QPainterPath

from needlelog.errors import Fault, FaultCode

_TOKEN = re.compile(r"[MmLlHhVvCcSsQqZz]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "Z": 0}


@dataclass(frozen=True, slots=True)
class Stroke:
    """One path of the figure; ``kind`` says what it shows (``hair``, ``skin edge``, ``brow``, ...)."""

    kind: str
    path: QPainterPath


@dataclass(frozen=True, slots=True)
class DrawnZone:
    """One treatable zone: its shape, the point around which its text is set, and where text too large for it goes."""

    id: str
    path: QPainterPath
    label: QPointF
    callout: QPointF | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """Where one of the client's sides is named; ``side`` is ``left`` or ``right``."""

    side: str
    at: QPointF


@dataclass(frozen=True, slots=True)
class Drawing:
    """One view, in the units of its own view box."""

    view_box: QRectF
    figure: tuple[Stroke, ...]
    zones: Mapping[str, DrawnZone]
    features: tuple[Stroke, ...]
    sides: tuple[Side, ...]


def read_drawing(file: Path) -> Drawing:
    """The drawing in ``file``; raises ``Fault(RESOURCE_MISSING)`` if it is not there or not a drawing."""
    try:
        reader = QXmlStreamReader(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=file.name) from error
    box = QRectF()
    strokes: dict[str, list[Stroke]] = {"figure": [], "features": []}
    zones: dict[str, DrawnZone] = {}
    sides: list[Side] = []
    group = ""
    while not reader.atEnd():
        if reader.readNext() != QXmlStreamReader.TokenType.StartElement:
            continue
        attributes = reader.attributes()
        given = {one.name(): one.value() for one in (attributes.at(k) for k in range(attributes.size()))}
        match reader.name(), group:
            case "svg", _:
                box = QRectF(*(float(part) for part in given["viewBox"].split()))
            case "g", _:
                group = given["id"]
            case "path", "zones":
                if given["id"] in zones:
                    raise Fault(FaultCode.RESOURCE_MISSING, name=f"{file.name}: {given['id']} twice")
                callout = _point(given["data-callout"]) if "data-callout" in given else None
                label = _point(given["data-label"])
                zones[given["id"]] = DrawnZone(given["id"], read_path(given["d"]), label, callout)
            case "path", ("figure" | "features"):
                strokes[group].append(Stroke(given["class"], read_path(given["d"])))
            case "text", "sides":
                sides.append(Side(given["class"], QPointF(float(given["x"]), float(given["y"]))))
    if reader.hasError() or box.isEmpty() or not zones:
        raise Fault(FaultCode.RESOURCE_MISSING, name=file.name)
    return Drawing(box, tuple(strokes["figure"]), zones, tuple(strokes["features"]), tuple(sides))


def _point(text: str) -> QPointF:
    x, y = text.split()
    return QPointF(float(x), float(y))


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with exactly its numbers; repeats the command where SVG lets it be left out."""
    tokens = _TOKEN.findall(data)
    at = 0
    command = ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        elif command in "Zz":
            raise ValueError(f"number without a command in path data: {tokens[at]}")
        count = _NUMBERS[command.upper()]
        yield command, [float(token) for token in tokens[at : at + count]]
        at += count
        # further pairs after a move are lines
        command = {"M": "L", "m": "l"}.get(command, command)


def read_path(data: str) -> QPainterPath:
    """SVG path data (moves, lines, curves; no arcs) as a painter path with odd-even filling."""
    path = QPainterPath()
    here = QPointF()
    handle: QPointF | None = None
    for command, numbers in _commands(data):
        kind = command.upper()
        origin = here if command.islower() else QPointF()
        if kind == "H":
            points = [QPointF(origin.x() + numbers[0], here.y())]
        elif kind == "V":
            points = [QPointF(here.x(), origin.y() + numbers[0])]
        else:
            points = [origin + QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        next_handle = None
        if kind == "Z":
            path.closeSubpath()
            here = path.currentPosition()
            handle = None
            continue
        if kind == "M":
            path.moveTo(points[0])
        elif kind in "LHV":
            path.lineTo(points[0])
        elif kind == "Q":
            path.quadTo(points[0], points[1])
        else:
            if kind == "S":
                points.insert(0, here * 2 - handle if handle else here)
            path.cubicTo(points[0], points[1], points[2])
            next_handle = points[1]
        here = points[-1]
        handle = next_handle
    return path
