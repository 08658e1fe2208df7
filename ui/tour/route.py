"""The way the tour goes: a first run in an empty folder, then a whole visit in the made-up clinic."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from needlelog.bootstrap import door as make_door
from needlelog.clock import SystemClock
from needlelog.demo import build_demo
from ui.toolkit.plain import PlainText
from ui.tour import after, asking, between, chair, closing, consultation, first_run, holds, series, wording
from ui.tour.camera import Camera
from ui.tour.clock import TourClock
from ui.tour.guide import NO_SECRET, Guide, guided

FIRST_RUN = (first_run.set_up_a_clinic,)
VISIT: tuple[Callable[[Guide], None], ...] = (
    between.come_in,
    between.look_around,
    between.add_client,
    consultation.start_visit,
    consultation.consult,
    chair.consent,
    chair.cleanse,
    chair.numb,
    chair.take_cream_off,
    chair.time_out,
    chair.needle,
    chair.go_too_deep,
    chair.serum,
    chair.cool,
    closing.grade,
    closing.see_what_is_missing,
    closing.give_sheet,
    closing.sign,
    after.add_to_record,
    after.see_history,
    asking.see_who_is_due,
    asking.ask,
    asking.stays_red,
    asking.open_event,
    asking.write_what_was_done,
    series.see_series,
    after.repeat_visit,
    holds.look_back,
    holds.hear_the_alarm,
    after.visit_places,
    wording.word_a_sheet,
    after.lock_and_return,
    after.in_the_dark,
)


def lead(folder: Path, say: Callable[[str], None]) -> None:
    """Walk the whole way; raises ``TourStopped`` or whatever broke at the step that did not work."""
    application = _application()
    camera = Camera(folder, say)
    clock = TourClock.this_morning(SystemClock().now())
    with tempfile.TemporaryDirectory(prefix="needlelog-tour-") as rooms:
        _walk(FIRST_RUN, Path(rooms) / "new clinic", camera, clock, application)
        made_up = Path(rooms) / "made-up clinic"
        _build(made_up, clock)
        _walk(VISIT, made_up, camera, clock, application)


def _walk(
    steps: tuple[Callable[[Guide], None], ...],
    folder: Path,
    camera: Camera,
    clock: TourClock,
    application: QApplication,
) -> None:
    with guided(folder, camera, clock, application) as guide:
        for step in steps:
            step(guide)


def _build(folder: Path, clock: TourClock) -> None:
    door = make_door(folder, clock=clock, cost=NO_SECRET)
    door.enter()
    try:
        build_demo(door, clock.now()).close()
    finally:
        door.leave()


def _application() -> QApplication:
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    made = QApplication(["needlelog"])
    made.installEventFilter(PlainText(made))
    return made
