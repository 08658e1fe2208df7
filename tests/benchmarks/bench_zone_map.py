"""How long the zone map takes to paint with a busy visit on it, as a ratio to a bare map and to a 60 Hz frame.

Run: ``python -m tests.benchmarks.bench_zone_map``
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from needlelog.i18n import Words
from ui.widgets.zone_map import MapColours, ZoneMap, ZoneMark, view_names
from ui.widgets.zone_map_drawing import read_drawing

MAPS = Path(__file__).resolve().parents[2] / "resources" / "maps"
FRAME_MS = 1000 / 60
ROUNDS = 60
PASSES = 200


def milliseconds(work: Callable[[], object]) -> float:
    """The median time of one call."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def marks_of_passes(zones: list[str]) -> dict[str, ZoneMark]:
    """What a visit of ``PASSES`` passes over all zones leaves on the map."""
    marks: dict[str, ZoneMark] = {}
    for number in range(PASSES):
        zone = zones[number % len(zones)]
        before = marks.get(zone, ZoneMark())
        depth = max(before.deepest_mm or Decimal(0), Decimal(1 + number % 10) / 4)
        marks[zone] = ZoneMark(depth, before.passes + 1, Decimal("0.75"), blocked=number % 9 == 0)
    return marks


def one_more(zone_map: ZoneMap, marks: dict[str, ZoneMark], target: QPixmap) -> None:
    """One more pass on one zone, painted."""
    zone = next(iter(marks))
    marks[zone] = replace(marks[zone], passes=marks[zone].passes % 90 + 1)
    zone_map.set_marks(marks)
    zone_map.canvas.render(target)


def switched(zone_map: ZoneMap, marks: dict[str, ZoneMark], target: QPixmap) -> None:
    """Another visit as the ghost of every zone, painted."""
    for zone, mark in marks.items():
        marks[zone] = replace(mark, ghost_mm=Decimal("1.25") if mark.ghost_mm == Decimal("0.75") else Decimal("0.75"))
    zone_map.set_marks(marks)
    zone_map.canvas.render(target)


def moved_along(zone_map: ZoneMap, target: QPixmap) -> None:
    """One step of a finger over the enlarged drawing, painted."""
    canvas = zone_map.canvas
    if canvas.zoom() == 1.0:
        canvas.zoom_by(2)
    canvas.move_by(QPointF(0, -3 if canvas.zone_at(QPointF(450, 350)) else 3))
    canvas.render(target)


def main() -> None:
    """Print one line per view."""
    app = QApplication([])
    drawings = {view: read_drawing(MAPS / f"{view}.svg") for view in view_names(Words())}
    names = {zone: zone for drawing in drawings.values() for zone in drawing.zones}
    colours = MapColours.of(
        ground="#F5F7F9",
        surface="#FFFFFF",
        ink="#17212B",
        muted="#55616E",
        edge="#7C8894",
        accent="#0B6E69",
        stop="#B3261E",
        ramp=["#FBE6C2", "#F2B98F", "#D98572", "#A9536B", "#5F2C5E"],
    )
    edges = [Decimal(edge) / 2 for edge in (1, 2, 3, 4)]
    build = milliseconds(lambda: ZoneMap(Words(), MAPS, names, colours, edges).deleteLater())
    zone_map = ZoneMap(Words(), MAPS, names, colours, edges)
    zone_map.resize(1280, 860)
    zone_map.show()
    zone_map.canvas.setFixedSize(900, 700)
    app.processEvents()
    target = QPixmap(zone_map.canvas.size())
    print(f"built in {build:.1f} ms; canvas {target.width()}x{target.height()}, frame {FRAME_MS:.1f} ms")
    for view, drawing in drawings.items():
        zone_map.show_view(view)
        zone_map.set_marks({})
        bare = milliseconds(lambda: zone_map.canvas.render(target))
        zone_map.set_marks(marks_of_passes(list(drawing.zones)))
        zone_map.set_selected(list(drawing.zones)[::2])
        busy = milliseconds(lambda: zone_map.canvas.render(target))
        marks = marks_of_passes(list(drawing.zones))
        a_pass = milliseconds(partial(one_more, zone_map, marks, target))
        ghost = milliseconds(partial(switched, zone_map, marks, target))
        moved = milliseconds(lambda: moved_along(zone_map, target))
        zone_map.show_view(next(iter(drawings)) if view != next(iter(drawings)) else "neck")
        figures = {"busy": busy, "a pass more": a_pass, "other ghost": ghost, "enlarged and moved": moved}
        told = "  ".join(f"{name} {ms:5.2f} ms {ms / FRAME_MS:4.0%}" for name, ms in figures.items())
        print(f"{view:11} bare {bare:5.2f} ms  {told}")


if __name__ == "__main__":
    main()
