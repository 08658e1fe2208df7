"""The reference data on the screen: browsed, searched, with its sources, and the clinic's own values in it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.contents import CHAPTERS, lines
from needlelog.services.desk import Desk
from needlelog.services.reference import Trouble
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.conftest import Routes
from ui.screens.knowledge.decision_form import DecisionForm
from ui.screens.knowledge.screen import KnowledgeScreen
from ui.toolkit.dialogs import Leaving
from ui.toolkit.kit import Kit

FOREHEAD = "sites:forehead"


def said(widget: QWidget) -> str:
    """Every word that is shown, without the marks that let addresses wrap."""
    shown = [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]
    return "\n".join(shown).replace("\u200b", "")


def opened(screen: KnowledgeScreen, key: str = "warn_above_mm") -> DecisionForm:
    """The form for an own value of a figure of the entry that shows."""
    figures = screen.entry.figures
    assert figures is not None
    figures.row(key).change.click()
    form = screen.entry.form
    assert form is not None
    return form


def decide(screen: KnowledgeScreen, typed: str, reason: str) -> DecisionForm:
    form = opened(screen)
    assert form.value is not None
    form.value.set_raw_text(typed)
    form.reason.set_raw_text(reason)
    form.save.click()
    return form


def test_every_entry_stands_under_its_chapter_and_can_be_shown(kit: Kit, desk: Desk) -> None:
    screen = KnowledgeScreen(kit, desk)
    places = screen.tree.places()
    everything = [f"{name}:{id_}" for name, table in desk.knowledge.tables().items() for id_ in table]
    assert sorted(places) == sorted(everything)
    assert screen.tree.topLevelItemCount() == len(CHAPTERS)
    for place in places:
        screen.show_place(place)
        assert screen.shown() == place
        words = said(screen.entry)
        entry = desk.reference.entry(place)
        assert entry is not None
        for source in entry.sources:
            assert source.address in words, place
        assert "Collected on 20-Nov-2026" in words
        if entry.placeholder:
            assert "Placeholder" in words
        if entry.seen != "yes":
            assert "ead in" in words
        for variant in entry.variants:
            assert variant.value in words, place
    assert "{" not in said(screen.entry)


def test_every_title_is_words_that_can_be_read(kit: Kit, desk: Desk) -> None:
    for line in lines(desk.knowledge, kit.tr):
        assert line.title
        assert "{" not in line.title
        assert ",." not in line.title


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("isotret", "contraindications:C09"),
        ("ISOTRÉTINOÏN", "contraindications:C09"),
        ("stirn forehead", FOREHEAD),
        ("emla atopic", "products:emla-eu"),
        ("fiery", "scales:cea"),
        ("510k.innolitics.com", "devices:exceed"),
    ],
)
def test_typing_finds_entries_by_any_word_of_them(kit: Kit, desk: Desk, query: str, place: str) -> None:
    screen = KnowledgeScreen(kit, desk)
    screen.search.setText(query.replace("stirn ", ""))
    screen.search.entered.emit()
    screen._on_searched(screen.search.text())
    if place == "contraindications:C09":
        assert all(
            "isotretinoin" in line.words for line in lines(desk.knowledge, kit.tr) if line.place in screen.tree.places()
        )
    else:
        assert place in screen.tree.places()
    assert 0 < len(screen.tree.places()) < 100


def test_a_word_that_stands_nowhere_is_said_to(kit: Kit, desk: Desk) -> None:
    screen = KnowledgeScreen(kit, desk)
    screen._on_searched("zzz")
    assert screen.tree.places() == ()
    assert not screen._nothing.isHidden()
    screen._on_searched("")
    assert len(screen.tree.places()) > 300


def test_where_sources_differ_all_values_stand_and_the_safer_is_marked(kit: Kit, desk: Desk) -> None:
    screen = KnowledgeScreen(kit, desk, "contraindications:C24")
    words = said(screen.entry)
    for value in ("48 hours", "7 days (radio frequency)", "2 weeks (most pages)", "3 months"):
        assert f"{value}\n" in words
    assert "6 months (one clinic)  –  used: the safer value" in words


@pytest.mark.parametrize(
    ("place", "meaning"),
    [
        ("contraindications:C19", "It is over 92 days after it ended."),
        ("contraindications:C19-ahead", "It holds from 28 days before it begins."),
        ("interval:interval", "Less than 28 days since a zone was last needled is asked; since other zones"),
    ],
)
def test_an_entry_says_what_the_program_makes_of_it(kit: Kit, desk: Desk, place: str, meaning: str) -> None:
    assert meaning in said(KnowledgeScreen(kit, desk, place).entry)


def test_one_goes_from_a_founding_fact_to_what_serves_it_and_back(kit: Kit, desk: Desk) -> None:
    screen = KnowledgeScreen(kit, desk, "founding:S14")
    links = {button.accessibleName(): button for button in screen.entry.findChildren(QPushButton)}
    links["Do not use a sauna."].click()
    assert screen.shown() == "aftercare:no-sauna"
    assert screen.tree.place() == "aftercare:no-sauna"
    back = next(b for b in screen.entry.findChildren(QPushButton) if b.accessibleName().startswith("S14 "))
    back.click()
    assert screen.shown() == "founding:S14"


def test_an_own_value_is_written_with_its_reason_and_marked_with_both(kit: Kit, desk: Desk) -> None:
    screen = KnowledgeScreen(kit, desk, FOREHEAD)
    heard: list[bool] = []
    screen.knowledge_changed.connect(lambda: heard.append(True))
    decide(screen, "0,9", "Thicker skin here")
    assert desk.knowledge.sites["forehead"].warn_above_mm == Decimal("0.9")
    assert heard == [True]
    words = said(screen.entry)
    for part in (
        "0.9 mm",
        "as shipped: 0.75 mm",
        "Thicker skin here",
        "Mara Lindqvist, RN, 20-Nov-2026",
        "Less careful",
    ):
        assert part in words
    assert "Warn above: 0.9 mm instead of 0.75 mm" in words
    assert screen.entry.form is None
    assert "+clinic1-" in screen.version.text()


def test_an_impossible_value_stays_with_what_is_wrong_about_it(kit: Kit, desk: Desk) -> None:
    screen = KnowledgeScreen(kit, desk, FOREHEAD)
    form = decide(screen, "99", "Why not")
    assert desk.reference.decisions == ()
    assert form.value is not None
    assert form.value.raw_text() == "99"
    assert "would be more than “Ask for a reason above” (1.5 mm)" in said(form)
    assert form.reason.raw_text() == "Why not"


def test_without_a_reason_nothing_is_decided(kit: Kit, desk: Desk) -> None:
    screen = KnowledgeScreen(kit, desk, FOREHEAD)
    form = decide(screen, "0.9", "")
    assert desk.reference.decisions == ()
    assert "Reason is empty." in said(form)


@pytest.mark.parametrize(("typed", "less"), [("0.9", True), ("0.6", False), ("words", False)])
def test_a_less_careful_value_is_said_to_be_so_while_it_is_typed(kit: Kit, desk: Desk, typed: str, less: bool) -> None:
    screen = KnowledgeScreen(kit, desk, FOREHEAD)
    form = opened(screen)
    assert form.value is not None
    form.value.set_raw_text(typed)
    form.value.edited.emit()
    assert ("Less careful" in said(form)) is less


def test_a_level_is_chosen_from_three(kit: Kit, desk: Desk) -> None:
    screen = KnowledgeScreen(kit, desk, "contraindications:C26")
    form = opened(screen, "level")
    assert form.choice is not None
    form.choice.button("stop").click()
    form.reason.set_raw_text("We never do both")
    form.save.click()
    assert desk.knowledge.contraindications["C26"].level == "stop"
    assert "Our own value; as shipped: Hold" in said(screen.entry) or "as shipped: Ask" in said(screen.entry)


def test_ours_is_taken_back_with_a_reason_and_both_decisions_stay(kit: Kit, desk: Desk) -> None:
    screen = KnowledgeScreen(kit, desk, FOREHEAD)
    decide(screen, "0.9", "Thicker skin here")
    assert screen.entry.figures is not None
    back = screen.entry.figures.row("warn_above_mm").back
    assert back is not None
    back.click()
    form = screen.entry.form
    assert form is not None
    form.save.click()
    assert desk.knowledge.sites["forehead"].own
    form.reason.set_raw_text("Guides were revised")
    form.save.click()
    assert desk.knowledge.sites["forehead"].warn_above_mm == Decimal("0.75")
    words = said(screen.entry)
    assert "Guides were revised" in words
    assert "Thicker skin here" in words


@pytest.mark.parametrize("answer", [Leaving.STAY, Leaving.DISCARD, Leaving.SAVE])
def test_a_half_written_value_is_not_left_unasked(
    kit: Kit, desk: Desk, dialogs: ScriptedDialogs, answer: Leaving
) -> None:
    screen = KnowledgeScreen(kit, desk, FOREHEAD)
    form = opened(screen)
    assert form.value is not None
    form.value.set_raw_text("0.9")
    form.reason.set_raw_text("Thicker skin here")
    dialogs.will_answer(answer)
    screen.tree.mark("sites:cheek")
    screen.tree.reached.emit("sites:cheek")
    assert dialogs.asked[-1].verb == form.save.text() == "Use this value"
    assert screen.shown() == (FOREHEAD if answer is Leaving.STAY else "sites:cheek")
    assert screen.tree.place() == screen.shown()
    assert bool(desk.reference.decisions) is (answer is Leaving.SAVE)


def test_locking_keeps_a_whole_decision_and_holds_a_half_one(kit: Kit, desk: Desk) -> None:
    screen = KnowledgeScreen(kit, desk, FOREHEAD)
    assert screen.keep()
    form = opened(screen)
    assert screen.keep()
    assert form.value is not None
    form.value.set_raw_text("0.9")
    assert not screen.keep()
    form.reason.set_raw_text("Thicker skin here")
    assert screen.keep()
    assert len(desk.reference.decisions) == 1


def test_only_one_form_is_open_and_an_empty_one_closes_by_itself(kit: Kit, desk: Desk) -> None:
    screen = KnowledgeScreen(kit, desk, FOREHEAD)
    opened(screen, "warn_above_mm")
    opened(screen, "confirm_above_mm")
    assert screen.entry.figures is not None
    assert [row.figure.key for row in screen.entry.figures.rows if row.form] == ["confirm_above_mm"]


def test_everything_is_reached_by_keys_alone(kit: Kit, desk: Desk, shown: Show) -> None:
    screen = KnowledgeScreen(kit, desk)
    screen.resize(1100, 760)
    shown(screen)
    screen.activate()
    assert screen.search.hasFocus()
    QTest.keyClicks(screen.search, "forehead")
    QTest.keyClick(screen.search, Qt.Key.Key_Return)
    assert screen.shown() == FOREHEAD
    assert screen.tree.hasFocus()
    QTest.keyClick(screen.tree, Qt.Key.Key_Down)
    assert screen.shown() != FOREHEAD
    QTest.keyClick(screen.tree, Qt.Key.Key_Up)
    assert screen.shown() == FOREHEAD
    QTest.keyClick(screen.tree, Qt.Key.Key_Up)
    chapter = screen.tree.currentItem()
    assert chapter is not None
    assert chapter.isExpanded()
    QTest.keyClick(screen.tree, Qt.Key.Key_Return)
    assert not chapter.isExpanded()


def test_damaged_files_and_values_that_do_not_fit_are_said(kit: Kit, desk: Desk, routes: Routes) -> None:
    screen = KnowledgeScreen(kit, desk)
    assert screen.notice.isHidden()
    fault = Fault(FaultCode.KNOWLEDGE_BROKEN, file="sites.toml", entry="forehead", key="name", reason="is missing")
    desk.reference.trouble = Trouble(fault, desk.knowledge.version)
    again = KnowledgeScreen(kit, desk)
    assert not again.notice.isHidden()
    for part in ("sites.toml", "forehead", "name", desk.knowledge.version):
        assert part in again.notice.text()
