"""Somebody sets the computer's clock: it is followed where nothing runs, and else said and followed on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QPushButton

from needlelog.services.desk import Desk
from tests import builders as b
from tests.desks import PASSPHRASE
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.frames import Frame, make_clinic, make_frame
from ui.main_window.clock_notice import ClockNotice
from ui.toolkit.theme import Theme


@pytest.fixture
def front(tmp_path: Path, theme: Theme, dialogs: ScriptedDialogs, shown: Show) -> Iterator[Frame]:
    """A clinic that is locked, on a computer whose clock moves only where somebody sets it."""
    make_clinic(tmp_path / "clinic")
    made = make_frame(tmp_path / "clinic", theme, dialogs, steady=True)
    made.window.start()
    shown(made.window)
    yield made
    made.window.close()


@pytest.fixture
def frame(front: Frame) -> Frame:
    """The same clinic, open."""
    front.unlock_with(PASSPHRASE)
    return front


def opened(frame: Frame) -> Desk:
    """The clinic that is open."""
    assert frame.window.work is not None
    return frame.window.work.desk


def numbed(frame: Frame) -> UUID:
    """An open visit with a cream on the skin since now."""
    desk = opened(frame)
    client = desk.clients.add(b.a_client())
    draft = desk.sessions.start(client.id)
    flow, _ = desk.sessions.resume(draft.id)
    cream = b.a_numbing(on_at=frame.kit.clock.now(), removed_at=None)
    flow.edit(lambda x: x.with_(numbing=(cream,)))
    return draft.id


def set_clock(frame: Frame, hours: float) -> ClockNotice:
    """Somebody sets the clock of the computer, and a look is taken at it."""
    frame.clock.pass_(hours=hours)
    frame.window.clock_notice.look()
    return frame.window.clock_notice


@pytest.mark.parametrize("follow", [False, True])
def test_a_clock_set_back_while_times_run_is_said_until_it_is_put_right_or_followed(
    frame: Frame, dialogs: ScriptedDialogs, follow: bool
) -> None:
    numbed(frame)
    assert not set_clock(frame, 0).isVisible()
    before = frame.kit.clock.now()
    notice = set_clock(frame, -1)
    assert "clock was set" in notice.text()
    assert frame.kit.clock.now() == before
    dialogs.will_answer(follow)
    notice.findChildren(QPushButton)[0].click()
    assert notice.isVisible() is not follow
    assert frame.kit.clock.now() == (frame.clock.now() if follow else before)


@pytest.mark.parametrize("hours", [-24, -1, 1])
def test_a_clock_put_right_before_anybody_unlocked_is_followed(front: Frame, hours: int) -> None:
    assert not set_clock(front, hours).isVisible()
    assert front.kit.clock.now() == front.clock.now()


def test_a_clock_put_right_while_no_time_runs_is_followed(frame: Frame) -> None:
    desk = opened(frame)
    desk.sessions.start(desk.clients.add(b.a_client()).id)
    assert not set_clock(frame, -1).isVisible()
    assert frame.kit.clock.now() == frame.clock.now()


def test_nobody_is_locked_out_for_the_hours_that_the_clock_jumped(frame: Frame) -> None:
    set_clock(frame, 5)
    assert frame.kit.clock.now() == frame.clock.now()
    frame.window._watch.look()
    assert frame.window.work is not None


def test_a_clock_that_was_set_is_followed_once_nothing_runs_any_more(frame: Frame) -> None:
    visit = numbed(frame)
    assert set_clock(frame, 1).isVisible()
    flow, _ = opened(frame).sessions.resume(visit)
    flow.edit(lambda x: x.with_(numbing=tuple(one.with_(removed_at=frame.kit.clock.now()) for one in x.numbing)))
    assert not set_clock(frame, 0).isVisible()
    assert frame.kit.clock.now() == frame.clock.now()


def test_what_ran_when_it_was_locked_still_keeps_its_time(frame: Frame) -> None:
    numbed(frame)
    assert frame.window.lock()
    before = frame.kit.clock.now()
    assert set_clock(frame, -1).isVisible()
    assert frame.kit.clock.now() == before
