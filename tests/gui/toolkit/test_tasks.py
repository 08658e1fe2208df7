"""Work off the UI thread: results come back, in order, to those who still wait, and bugs are heard."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from needlelog.errors import Fault, FaultCode
from ui.toolkit.tasks import InlineTasks, Lane, Tasks


@pytest.fixture
def real(qapp: object) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def unexpected(fault: Fault) -> None:
    raise AssertionError(fault)


def test_work_runs_elsewhere_and_its_result_comes_back_here(qtbot: QtBot, real: Tasks) -> None:
    here = threading.get_ident()
    worked: list[int] = []
    answered: list[int] = []

    def work() -> int:
        worked.append(threading.get_ident())
        return 42

    def done(result: int) -> None:
        answered.extend((result, threading.get_ident()))

    real.run(work, done, unexpected)
    qtbot.waitUntil(lambda: bool(answered))
    assert worked != [here]
    assert answered == [42, here]


def test_one_lane_keeps_its_order(real: Tasks) -> None:
    heard: list[int] = []
    for number in range(50):
        real.run(lambda n=number: n, heard.append, unexpected)  # type: ignore[misc]
    real.drain()
    assert heard == list(range(50))


def test_papers_do_not_wait_for_data(real: Tasks) -> None:
    gate = threading.Event()
    heard: list[str] = []
    real.run(lambda: gate.wait(10), lambda _: heard.append("data"), unexpected)
    real.run(lambda: gate.set(), lambda _: heard.append("papers"), unexpected, lane=Lane.PAPERS)
    real.drain()
    assert sorted(heard) == ["data", "papers"]


def test_a_fault_goes_to_failed(real: Tasks) -> None:
    def work() -> None:
        raise Fault(FaultCode.DISK_FULL)

    failed: list[FaultCode] = []
    real.run(work, lambda _: pytest.fail("done"), lambda fault: failed.append(fault.code))
    real.drain()
    assert failed == [FaultCode.DISK_FULL]


@pytest.mark.parametrize("kind", [Tasks, InlineTasks])
def test_a_bug_goes_to_the_exception_hook(qapp: object, monkeypatch: pytest.MonkeyPatch, kind: type[Tasks]) -> None:
    heard: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: heard.append(kind))
    tasks = kind()
    tasks.run(lambda: 1 // 0, lambda _: pytest.fail("done"), unexpected)
    tasks.close()
    assert heard == [ZeroDivisionError]


def test_nobody_is_called_when_the_owner_is_gone(real: Tasks) -> None:
    gate = threading.Event()
    owner = QObject()
    heard: list[bool] = []
    real.run(lambda: gate.wait(10), heard.append, unexpected, owner=owner)
    delete(owner)
    gate.set()
    real.drain()
    assert heard == []


def test_drain_waits_for_what_a_result_asks_for(real: Tasks) -> None:
    heard: list[int] = []

    def then(result: int) -> None:
        real.run(lambda: result + 1, heard.append, unexpected)

    real.run(lambda: 1, then, unexpected)
    real.drain()
    assert heard == [2]
    assert not real.busy
