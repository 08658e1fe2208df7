"""The paper beside the words: made off the window's thread, the newest wish first, and never in the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from needlelog.domain.own_texts import SheetKind
from needlelog.errors import Fault
from needlelog.services.desk import Desk
from needlelog.services.templates import Templates
from tests.desks import StandingClock
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import a_busy_clinic
from ui.screens.templates.preview_pane import PreviewPane
from ui.screens.templates.visit_picker import ShownVisit
from ui.toolkit.kit import Kit
from ui.toolkit.tasks import InlineTasks, Lane

AFTERCARE = SheetKind.AFTERCARE


class HeldTasks(InlineTasks):
    """Work that is done only when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[tuple[Any, ...]] = []

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Fault], None],
        *,
        owner: QObject | None = None,
        lane: Lane = Lane.DATA,
    ) -> None:
        """Keep it."""
        assert lane is Lane.PAPERS
        self.waiting.append((work, done, failed, owner, lane))

    def let_go(self) -> None:
        """Do what was asked for first."""
        work, done, failed, owner, lane = self.waiting.pop(0)
        super().run(work, done, failed, owner=owner, lane=lane)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What every paper was made from; they are made all the same."""
    calls: list[dict[str, Any]] = []
    made = Templates.preview

    def spied(self: Templates, sheet: SheetKind, language: str, texts: Any, **more: Any) -> bytes:
        calls.append({"sheet": sheet, "language": language, "texts": dict(texts), **more})
        return made(self, sheet, language, texts, **more)

    monkeypatch.setattr(Templates, "preview", spied)
    return calls


def settle() -> None:
    """Let layouts and bars find their sizes."""
    for _ in range(4):
        QApplication.processEvents()


def a_pane(kit: Kit, desk: Desk, shown: Show) -> PreviewPane:
    pane = PreviewPane(kit, desk)
    pane.resize(420, 560)
    shown(pane)
    return pane


def test_typing_waits_for_a_rest_and_the_newest_words_win(
    kit: Kit, desk: Desk, shown: Show, asked: list[dict[str, Any]]
) -> None:
    tasks = HeldTasks()
    kit = Kit(kit.theme, kit.tr, tasks, kit.dialogs, kit.clock)
    pane = a_pane(kit, desk, shown)
    pane.show_texts(AFTERCARE, "en", {}, at_once=True)
    assert len(tasks.waiting) == 1
    for text in ("M", "Mi", "Min", "Mine"):
        pane.show_texts(AFTERCARE, "en", {"title": text})
    assert len(tasks.waiting) == 1, "typing starts nothing"
    pane.make_now()
    pane.show_texts(AFTERCARE, "en", {"title": "Mine now"}, at_once=True)
    assert len(tasks.waiting) == 1, "one at a time"
    tasks.let_go()
    tasks.let_go()
    assert not tasks.waiting
    assert [call["texts"] for call in asked] == [{}, {"title": "Mine now"}]
    pane.show_texts(AFTERCARE, "en", {"title": "Mine now"}, at_once=True)
    assert not tasks.waiting, "the same words are not made twice"


def test_it_stops_waiting_when_nobody_looks(kit: Kit, desk: Desk, shown: Show, asked: list[dict[str, Any]]) -> None:
    pane = a_pane(kit, desk, shown)
    pane.show_texts(AFTERCARE, "en", {"title": "Mine"})
    pane.hide()
    assert not pane._rest.isActive()
    assert asked == []


def test_the_pages_keep_their_place_and_stay_while_a_text_cannot_be_printed(
    kit: Kit, desk: Desk, shown: Show, asked: list[dict[str, Any]]
) -> None:
    pane = a_pane(kit, desk, shown)
    pane.show_texts(AFTERCARE, "en", {}, at_once=True)
    settle()
    pane.view.scroll_to(300)
    assert pane.view.scrolled_to() == 300
    pane.show_texts(AFTERCARE, "en", {"title": "Mine"}, at_once=True)
    settle()
    assert pane.view.scrolled_to() == 300
    pane.show_texts(AFTERCARE, "en", {"title": "Mine {"}, printable=False, at_once=True)
    assert "cannot be printed" in pane.notice.text()
    assert pane.view.scrolled_to() == 300
    assert len(asked) == 2
    pane.show_texts(AFTERCARE, "en", {"title": "Mine"}, at_once=True)
    assert pane.notice.text() == ""
    pane.show_texts(AFTERCARE, "es", {}, at_once=True)
    assert pane.view.scrolled_to() == 0


def test_a_paper_that_is_too_long_is_said_in_one_sentence(kit: Kit, desk: Desk, shown: Show) -> None:
    pane = a_pane(kit, desk, shown)
    pane.show_texts(AFTERCARE, "en", {}, at_once=True)
    pane.show_texts(AFTERCARE, "en", {"main": "Call us. " * 900}, at_once=True)
    assert "prints on 6 pages; 2 are the most" in pane.notice.text()
    assert pane.notice.text().endswith("The pages below are as they were before.")
    assert "prints on 6 pages; 2 are the most" in pane.problem()
    pane.show_texts(AFTERCARE, "en", {}, at_once=True)
    assert pane.problem() == pane.notice.text() == ""


def test_the_sheet_of_a_clients_visit_stands_under_the_clients_banner(
    kit: Kit, desk: Desk, shown: Show, asked: list[dict[str, Any]], standing: StandingClock
) -> None:
    known = a_busy_clinic(desk, standing)
    ana, signed = known["ana"], known["signed"][0]
    pane = a_pane(kit, desk, shown)
    pane.show_texts(AFTERCARE, "en", {"title": "Mine"}, at_once=True)
    assert not pane.banner.isVisible()
    assert asked[-1]["visit"] is None
    pane.choose.click()
    pane.picker.search.setText("ana now")
    pane.picker.show_found("ana now")
    names = [pane.picker.list.item(row).text() for row in range(pane.picker.list.count())]
    assert names[0] == "A made-up example"
    assert all(name.startswith("Ana Nowak, ") for name in names[1:])
    pane.picker.chosen.emit(ShownVisit(ana.id, signed.id, opened=False))
    assert pane.banner.isVisible()
    assert asked[-1]["client"].id == ana.id
    assert asked[-1]["visit"].id == signed.id
    assert asked[-1]["texts"] == {"title": "Mine"}
    pane.show_texts(SheetKind.CONSENT, "en", {}, at_once=True)
    assert not pane.banner.isVisible()
    pane.show_texts(AFTERCARE, "en", {}, at_once=True)
    assert pane.banner.isVisible()
    pane.picker.chosen.emit(None)
    assert not pane.banner.isVisible()
    assert asked[-1]["visit"] is None


def test_it_shows_the_form_that_is_chosen(
    kit: Kit, desk: Desk, shown: Show, asked: list[dict[str, Any]], tmp_path: Path
) -> None:
    pane = a_pane(kit, desk, shown)
    pane.show_texts(AFTERCARE, "en", {"title": "In our own words"}, at_once=True)
    large = next(one for key, one in pane.form._chips._buttons.items() if key == "large")
    large.click()
    assert asked[-1]["form"].large
    data = desk.templates.preview(AFTERCARE, "en", {"title": "In our own words"}, form=asked[-1]["form"])
    (tmp_path / "sheet.pdf").write_bytes(data)
    assert "In our own words" in PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text()
