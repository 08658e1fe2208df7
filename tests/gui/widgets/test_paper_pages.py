"""A paper that was just made: its first page before the others, and never the others of another paper."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from needlelog.errors import Fault
from needlelog.i18n import Words
from ui.toolkit.tasks import InlineTasks, Lane
from ui.toolkit.theme import Theme
from ui.widgets.paper_pages import PaperPages, looked_at
from ui.widgets.paper_view import PaperView


class HeldTasks(InlineTasks):
    """Keeps what it is asked for until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Callable[[], None]] = []

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Fault], None],
        *,
        owner: QObject | None = None,
        lane: Lane = Lane.DATA,
    ) -> None:
        run = super().run
        self.held.append(lambda: run(work, done, failed, owner=owner, lane=lane))

    def let_go(self) -> None:
        """All that waits, in order."""
        waiting, self.held = self.held, []
        for one in waiting:
            one()


def a_paper(pages: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, pagesize=(200, 280), invariant=1)
    for _ in range(pages):
        canvas.drawString(20, 20, f"one of {pages}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> PaperView:
    made = PaperView(theme, Words())
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    return made


def shown(view: PaperView) -> list[str]:
    QApplication.processEvents()
    return [one.accessibleName() for one in view.findChildren(QLabel) if one.property("sheet") and one.isVisible()]


def _never(fault: Fault) -> None:
    raise AssertionError(fault)


def test_the_first_page_does_not_wait_for_the_others(view: PaperView) -> None:
    tasks, paper = HeldTasks(), a_paper(3)
    PaperPages(view, tasks, _never).show(paper, looked_at(paper))
    assert shown(view) == ["Page 1 of 3"]
    tasks.let_go()
    assert shown(view) == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]


def test_pages_that_come_late_are_not_put_behind_another_paper(view: PaperView) -> None:
    tasks, long, short = HeldTasks(), a_paper(3), a_paper(2)
    pages = PaperPages(view, tasks, _never)
    pages.show(long, looked_at(long))
    pages.show(short, looked_at(short))
    tasks.let_go()
    assert shown(view) == ["Page 1 of 2", "Page 2 of 2"]


def test_nothing_comes_late_to_an_empty_view(view: PaperView) -> None:
    tasks, paper = HeldTasks(), a_paper(2)
    pages = PaperPages(view, tasks, _never)
    pages.show(paper, looked_at(paper))
    pages.clear()
    tasks.let_go()
    assert shown(view) == []
