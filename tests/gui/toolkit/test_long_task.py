"""Work beside the window: what it changes for the whole program while it lasts, and that it ends when asked to."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress

import pytest
from PySide6.QtWidgets import QApplication

from needlelog.errors import Fault, FaultCode
from ui.toolkit.long_task import Steps, beside_the_window


class Ring:
    """Holds itself, so that only a search finds it dead."""

    def __init__(self) -> None:
        self.me = self


def test_the_dead_are_still_found_beside_the_window_and_only_the_oldest_are_left() -> None:
    with beside_the_window():
        assert gc.isenabled()
        ring = weakref.ref(Ring())
        # As many as set off the search of what is young.
        kept = [[] for _ in range(20 * gc.get_threshold()[0])]  # type: ignore[var-annotated]
        assert ring() is None
        before = gc.get_stats()[2]["collections"]
        kept += [[] for _ in range(300 * gc.get_threshold()[0])]
        assert gc.get_stats()[2]["collections"] == before


def fail() -> None:
    raise Fault(FaultCode.STOPPED)


@pytest.mark.parametrize("work", [fail, gc.collect])
def test_everything_is_as_it_was_afterwards(work: Callable[[], object]) -> None:
    found = gc.get_threshold(), gc.isenabled(), sys.getswitchinterval()
    with suppress(Fault), beside_the_window():
        assert gc.get_threshold() != found[0]
        work()
    assert (gc.get_threshold(), gc.isenabled(), sys.getswitchinterval()) == found


def test_work_that_is_not_wanted_any_more_ends_at_its_next_step(qapp: QApplication) -> None:
    steps, heard = Steps(qapp), list[tuple[int, int]]()
    steps.went_on.connect(lambda done, of: heard.append((done, of)))
    steps.say(1, 9)
    steps.stop()
    for end in (lambda: steps.say(2, 9), steps.breathe):
        with pytest.raises(Fault) as stopped:
            end()
        assert stopped.value.code is FaultCode.STOPPED
    assert heard == [(1, 9)]
