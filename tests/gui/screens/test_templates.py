"""The clinic's own wording on the screen: written beside the shipped one, looked at, and kept knowingly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlelog.domain.own_texts import SheetKind
from needlelog.errors import Fault, FaultCode
from needlelog.services.desk import Desk
from needlelog.services.templates import Templates
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.conftest import Routes
from ui.screens.templates.contents import groups
from ui.screens.templates.part_field import PartField
from ui.screens.templates.screen import TemplatesScreen
from ui.toolkit.dialogs import Leaving
from ui.toolkit.kit import Kit
from ui.toolkit.screen import ToEntry, ToTemplates

MAKE_UP, SAUNA = "rules.no-make-up", "rules.no-sauna"
AFTERCARE, PREPARATION, CONSENT = SheetKind.AFTERCARE, SheetKind.PREPARATION, SheetKind.CONSENT
Opened = Callable[..., TemplatesScreen]


@pytest.fixture
def opened(kit: Kit, desk: Desk, shown: Show) -> Opened:
    """The screen as wide as the window leaves it, in front."""

    def open_(*paper: Any) -> TemplatesScreen:
        screen = TemplatesScreen(kit, desk, *paper)
        screen.resize(1216, 800)
        shown(screen)
        screen.activate()
        return screen

    return open_


def said(widget: QWidget) -> str:
    """Every word that is shown, without the marks that let addresses wrap."""
    shown = [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    return "\n".join(shown).replace("\u200b", "")


def part(screen: TemplatesScreen, line: str) -> PartField:
    """The first entry of this line, which is shown."""
    screen.show_line(line)
    QApplication.processEvents()
    return next(iter(screen.parts.form.parts.values()))


def write(screen: TemplatesScreen, line: str, text: str) -> PartField:
    """Type ``text`` in place of what stands in the first entry of a line."""
    field = part(screen, line)
    field.editor.setFocus()
    field.editor.selectAll()
    QTest.keyClick(field.editor, Qt.Key.Key_Backspace)
    field.editor.insertPlainText(text)
    return field


def keep(screen: TemplatesScreen, reason: str = "", reviewed: str = "") -> None:
    """Go to the last look, write there, confirm what stands beside a sign, and use it from now on."""
    (screen.parts.foot.use if screen.parts.foot.use.isEnabled() else screen.parts.foot.review).click()
    assert screen.parts.shows(screen.parts.keeping)
    assert screen.parts.keeping.reason is not None
    assert screen.parts.keeping.reviewed is not None
    screen.parts.keeping.reason.set_raw_text(reason)
    screen.parts.keeping.reviewed.set_raw_text(reviewed)
    for box in screen.parts.keeping.confirmed.values():
        box.setChecked(True)
    screen.parts.foot.use.click()


# what there is


@pytest.mark.parametrize("sheet", SheetKind)
def test_every_text_of_every_paper_is_found_once(kit: Kit, desk: Desk, sheet: SheetKind) -> None:
    for language in desk.templates.languages(sheet):
        texts = desk.templates.shipped(sheet, language).texts
        lines = [line for group in groups(sheet, texts, desk.knowledge, kit.tr) for line in group.lines]
        keys = [key for line in lines for key in line.keys]
        assert len(keys) == len(set(keys))
        plain = {key for key in texts if not key.startswith("rules.")}
        rules = {key.rpartition(".")[0] for key in texts if key.startswith("rules.")}
        assert plain | rules == {line.key for line in lines}, language
        assert all(line.name and "{" not in line.name for line in lines)


def test_the_texts_stand_as_on_the_paper(opened: Opened) -> None:
    screen = opened()
    names = [group.name for group in screen.bench.groups]
    assert names[:6] == ["At the top", "The days", "What to leave", "What to do", "What is normal", "Call us"]
    keys = screen.parts.side.list.keys()
    assert keys[:2] == ("title", "main")
    assert keys.index("rules.no-washing") < keys.index(MAKE_UP) < keys.index("rules.moisturise") < keys.index("call")


def test_a_rule_shows_its_shipped_words_its_figure_and_its_sources(opened: Opened, routes: Routes) -> None:
    screen = opened()
    routes.listen(screen)
    field = part(screen, MAKE_UP)
    assert field.shipped.text() == "Do not wear make-up on the treated skin."
    assert field.editor.toPlainText() == field.shipped.text()
    words = said(screen.parts.form)
    assert "Ends 48 hours after the visit." in words
    assert "After radio frequency it ends 72 hours after the visit." in words
    assert "morpheus8" in words or "and 2 more" in words
    screen.parts.form.asked.emit("aftercare:no-make-up")
    assert routes == [ToEntry("aftercare:no-make-up")]


def test_searching_finds_by_name_by_shipped_and_by_own_words(opened: Opened) -> None:
    screen = opened()
    side = screen.parts.side
    side.search.setText("make-up")
    side.search.searched.emit("make-up")
    found = side.list.keys()
    assert MAKE_UP in found
    assert "main" not in found
    write(screen, "main", "Be kind to it, and call us if it worries you.")
    side.search.setText("kind worries")
    side.search.searched.emit("kind worries")
    assert side.list.keys() == ("main",)
    side.search.setText("zzz")
    side.search.searched.emit("zzz")
    assert side.list.keys() == ()
    assert "Nothing found" in said(side)
    side.search.clear()
    side.own_only.setChecked(True)
    assert side.list.keys() == ("main",)
    assert side.list.said_of("main") == "Main message in the box, own wording"


# writing


def test_reading_is_told_in_words_while_one_types(opened: Opened) -> None:
    screen = opened()
    field = part(screen, "main")
    assert field.reading.text().startswith("Plain to read: reading grade")
    write(
        screen, "main", "Transient erythema following percutaneous instrumentation necessitates observation. Call us."
    )
    assert field.reading.text() != ""
    hard = part(screen, "main").reading.text()
    assert hard.startswith("Hard to read")
    assert "(at most 6)" in hard
    assert "(at most 15)" in hard
    assert "(at most 25)" in hard
    assert "Whole paper: Plain to read" in said(screen.parts.foot)
    assert "One line changed, not in use yet" in said(screen.parts.foot)


def test_a_wrong_placeholder_is_said_at_the_entry_and_nothing_is_lost(opened: Opened, desk: Desk) -> None:
    screen = opened()
    text = "Do not wear make-up until {untl}."
    write(screen, MAKE_UP, text)
    screen.show_line("main")
    assert screen.parts.side.list.said_of(MAKE_UP).endswith("cannot stay so")
    screen.parts.foot.use.click()
    assert screen.parts.side.list.key() == MAKE_UP
    field = next(iter(screen.parts.form.parts.values()))
    assert field.editor.toPlainText() == text
    assert field.field.is_marked()
    assert "This text holds {untl}, which is no placeholder of this text." in said(field)
    assert "{until}" in said(field)
    assert desk.templates.history(AFTERCARE, "en") == ()
    write(screen, MAKE_UP, "Do not wear make-up until {until}.")
    screen.parts.side.list.reached.emit("main")
    assert not screen.parts.side.list.said_of(MAKE_UP).endswith("cannot stay so")


def test_placeholders_are_put_in_from_a_list_that_tells_what_they_become(opened: Opened) -> None:
    screen = opened()
    field = write(screen, "main", "Questions? Call us.")
    assert not field.placeholders.puts["phone"].isVisible()
    field.placeholders.open.click()
    assert field.placeholders.puts["phone"].isVisible()
    assert "for example: 01273 555 010" in said(field.placeholders)
    cursor = field.editor.textCursor()
    cursor.setPosition(len("Questions? Call"))
    field.editor.setTextCursor(cursor)
    field.placeholders.puts["phone"].click()
    assert field.editor.toPlainText() == "Questions? Call {phone} us."
    assert screen.bench.wording.texts() == {"main": "Questions? Call {phone} us."}


def test_marked_words_are_set_in_bold_where_the_paper_can(opened: Opened) -> None:
    screen = opened()
    field = part(screen, MAKE_UP)
    cursor = field.editor.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(len("Do not "), cursor.MoveMode.KeepAnchor)
    field.editor.setTextCursor(cursor)
    field.placeholders.bold.click()
    assert field.editor.toPlainText() == "**Do not** wear make-up on the treated skin."
    assert screen.bench.check().ready
    cursor = field.editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    field.editor.setTextCursor(cursor)
    field.placeholders.bold.click()
    QTest.keyClicks(field.editor, "Really")
    assert field.editor.toPlainText().endswith("skin.**Really**")
    assert not part(screen, "main").placeholders.bold.isVisible()
    consent = opened("consent", "en")
    assert not part(consent, "paragraphs.1").placeholders.bold.isVisible()


def test_what_says_less_is_told_while_one_writes(opened: Opened) -> None:
    screen = opened()
    field = write(screen, MAKE_UP, "Try not to wear make-up on the treated skin.")
    assert "“Do not wear make-up on the treated skin.”" in field.weaker.text()
    field = write(screen, MAKE_UP, "Please do not wear make-up on the treated skin.")
    assert field.weaker.text() == ""


ALLOWED, NOT_ALLOWED = "You may wear light make-up.", "Please do not wear make-up."


def test_what_is_allowed_beside_the_sign_is_refused_with_what_to_do(opened: Opened, desk: Desk) -> None:
    screen = opened()
    write(screen, MAKE_UP, ALLOWED)
    assert "A text cannot be printed as it stands" not in said(screen.parts.preview)
    screen.parts.preview.make_now()
    assert "A text cannot be printed as it stands" in said(screen.parts.preview)
    screen.show_line("main")
    screen.parts.foot.use.click()
    assert not screen.parts.shows(screen.parts.keeping)
    field = screen.parts.form.parts[f"{MAKE_UP}.brief"]
    assert field.field.is_marked()
    words = said(field)
    assert "This text prints beside the sign for “do not”, and allows it: “may”." in words
    assert "with a word like “do not”, “don't”, “no”, or leave the line out and say why" in words
    assert not field.weaker.isVisible(), "one thing is said of it, not two"
    screen.parts.form.leave.click()
    keep(screen, reason="A mineral powder may be worn")
    current = desk.templates.current(AFTERCARE, "en")
    assert current is not None
    assert current.texts == {f"{MAKE_UP}.text": ""}


def test_what_prints_beside_the_sign_is_shown_so_and_confirmed_line_by_line(opened: Opened, desk: Desk) -> None:
    screen = opened()
    write(screen, MAKE_UP, f"**{NOT_ALLOWED}**")
    write(screen, SAUNA, "A sauna is not a problem.")
    write(screen, "title", "Our title")
    screen.parts.foot.use.click()
    keeping = screen.parts.keeping
    words = said(keeping)
    assert "2 lines print beside a sign" in words
    assert NOT_ALLOWED in words
    assert "**" not in words
    assert words.count("Does this line still say what not to do?") == 2
    assert words.count("in it may allow what the sign forbids") == 1
    keeping.write("Our own words", "")
    screen.parts.foot.use.click()
    assert said(keeping).count("Read it beside its sign, and confirm it.") == 2
    assert QApplication.focusWidget() is keeping.confirmed[f"{MAKE_UP}.brief"]
    QTest.keyClick(keeping.confirmed[f"{MAKE_UP}.brief"], Qt.Key.Key_Space)
    screen.parts.foot.use.click()
    assert QApplication.focusWidget() is keeping.confirmed[f"{SAUNA}.brief"]
    assert desk.templates.current(AFTERCARE, "en") is None
    keeping.confirmed[f"{SAUNA}.brief"].click()
    screen.parts.foot.use.click()
    assert desk.templates.current(AFTERCARE, "en") is not None
    write(screen, "title", "Another title")
    screen.parts.foot.use.click()
    assert keeping.confirmed == {}, "it was asked once"


def test_an_emptied_entry_is_a_mistake_and_leaving_out_is_an_act(opened: Opened) -> None:
    screen = opened()
    write(screen, SAUNA, "")
    screen.parts.foot.use.click()
    field = next(iter(screen.parts.form.parts.values()))
    assert "is not left out by that. Leave the line out by its button" in said(field)
    assert screen.bench.wording.texts() == {}
    screen.parts.form.ship.click()
    assert field.editor.toPlainText() == field.shipped.text()
    assert not screen.bench.wording.unsaved
    screen.parts.form.leave.click()
    assert screen.bench.wording.texts() == {"rules.no-sauna.text": ""}
    assert "This line is left out" in said(screen.parts.form)
    assert not field.isVisible()
    assert screen.parts.side.list.said_of(SAUNA).endswith("left out")
    screen.parts.form.left_out.answered.emit()
    assert not screen.bench.wording.unsaved
    assert field.isVisible()


def test_what_the_paper_needs_cannot_be_left_out(opened: Opened) -> None:
    screen = opened()
    part(screen, "title")
    assert not screen.parts.form.leave.isVisible()
    part(screen, "summary_lines.1")
    assert screen.parts.form.leave.isVisible()


def test_a_language_from_the_right_is_written_from_the_right(opened: Opened) -> None:
    screen = opened("aftercare", "ar")
    field = part(screen, "main")
    assert field.editor.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert field.editor.document().defaultTextOption().textDirection() is Qt.LayoutDirection.RightToLeft
    assert field.shipped.layoutDirection() is Qt.LayoutDirection.RightToLeft
    field.editor.setPlainText("شمس")
    assert field.editor.cursorRect().left() > 0.8 * field.editor.viewport().width()
    screen.bench.reload()
    screen.parts.head.language.setCurrentIndex(1)
    screen.parts.head.language.activated.emit(1)
    assert screen.bench.language != "ar"
    assert part(screen, "main").editor.layoutDirection() is Qt.LayoutDirection.LeftToRight


# keeping


def test_what_weakens_a_rule_is_listed_and_wants_a_reason(opened: Opened, desk: Desk) -> None:
    screen = opened()
    part(screen, MAKE_UP)
    screen.parts.form.leave.click()
    keep(screen)
    words = said(screen.parts.keeping)
    assert "One text says less than the shipped one" in words
    assert "“Do not wear make-up on the treated skin until {until}.”" in words
    assert "48 h" in words
    assert desk.templates.current(AFTERCARE, "en") is None
    reason = screen.parts.keeping.reason
    assert reason is not None
    assert reason.is_marked()
    reason.set_raw_text("We give a mineral powder that may be worn.")
    screen.parts.foot.use.click()
    current = desk.templates.current(AFTERCARE, "en")
    assert current is not None
    assert current.texts == {f"{MAKE_UP}.text": ""}
    assert current.reason == "We give a mineral powder that may be worn."
    assert "Version 1 of 20-Nov-2026 13:40 is in use (Mara Lindqvist, RN)." in said(screen.parts.foot)
    assert not screen.bench.wording.unsaved


def test_a_review_falls_away_with_other_texts_unless_it_is_said_again(opened: Opened, desk: Desk) -> None:
    screen = opened()
    write(screen, "title", "Your skin after today")
    keep(screen, reviewed="Dr. Ines Okafor")
    assert "Reviewed by Dr. Ines Okafor." in said(screen.parts.foot)
    write(screen, "title", "Your skin after the visit")
    screen.parts.foot.use.click()
    assert "Dr. Ines Okafor reviewed version 1." in said(screen.parts.keeping)
    screen.parts.foot.use.click()
    current = desk.templates.current(AFTERCARE, "en")
    assert current is not None
    assert (current.number, current.reviewed_by) == (2, "")
    assert "No clinician has reviewed it." in said(screen.parts.foot)
    keep(screen, reviewed="Dr. Ines Okafor")
    current = desk.templates.current(AFTERCARE, "en")
    assert current is not None
    assert (current.number, current.reviewed_by) == (3, "Dr. Ines Okafor")


def test_what_somebody_else_kept_meanwhile_is_said_and_ones_own_work_stays(opened: Opened, desk: Desk) -> None:
    screen = opened()
    write(screen, "title", "Mine")
    desk.templates.keep(
        AFTERCARE, "en", {"main": "Theirs. If anything worries you, call us."}, reason="Shorter is better"
    )
    keep(screen, reason="Friendlier")
    assert "A newer version of this wording was kept meanwhile: number 1." in said(screen.parts.keeping)
    assert screen.bench.wording.text("title") == "Mine"
    assert screen.parts.keeping.look.isVisible()
    screen.parts.keeping.look.click()
    assert screen.parts.shows(screen.parts.versions)
    assert "Version 1, in use" in said(screen.parts.versions)
    assert screen.bench.wording.text("title") == "Mine"
    keep(screen, reason="Friendlier, and the long message is back")
    current = desk.templates.current(AFTERCARE, "en")
    assert current is not None
    assert (current.number, current.texts) == (2, {"title": "Mine"})


def test_versions_tell_what_changed_and_lead_back(
    opened: Opened, desk: Desk, dialogs: ScriptedDialogs, standing: StandingClock
) -> None:
    screen = opened()
    write(screen, "title", "Your skin after today")
    keep(screen)
    standing.pass_(days=2)
    part(screen, SAUNA)
    screen.parts.form.leave.click()
    keep(screen, reason="Nobody here goes to a sauna")
    screen.parts.head.versions.click()
    words = said(screen.parts.versions)
    assert words.index("Version 2, in use") < words.index("Version 1")
    assert "22-Nov-2026 13:40  ·  Mara Lindqvist, RN" in words
    assert "Reason: Nobody here goes to a sauna" in words
    assert "Left out: Do not use a sauna." in words
    first = screen.parts.versions.differences[1][0]
    assert first.text() == "[– Looking] [+ Your skin] after [– your skin] [+ today] "
    dialogs.will_answer("The old title was better")
    screen.parts.versions.ways[1].click()
    current = desk.templates.current(AFTERCARE, "en")
    assert current is not None
    assert (current.number, current.texts) == (3, {"title": "Your skin after today"})
    dialogs.will_answer("As it came")
    screen.parts.versions.ways[0].click()
    assert "Put back: Do not use a sauna." in said(screen.parts.versions)
    current = desk.templates.current(AFTERCARE, "en")
    assert current is not None
    assert (current.number, current.texts) == (4, {})
    dialogs.will_answer(None)
    screen.parts.versions.ways[2].click()
    assert len(desk.templates.history(AFTERCARE, "en")) == 4


def test_a_version_that_nobody_was_asked_about_is_read_beside_its_signs_before_it_counts_again(
    opened: Opened, desk: Desk
) -> None:
    first = desk.templates.keep(AFTERCARE, "en", {"title": "Ours"})
    texts = {"title": "Yours", f"{MAKE_UP}.brief": NOT_ALLOWED}
    desk.templates._repository.add(first.with_(id=uuid4(), number=2, texts=texts, base=None))
    desk.wordings.reload()
    desk.templates.back_to(AFTERCARE, "en", 1, "For now")
    screen = opened()
    screen.parts.head.versions.click()
    screen.parts.versions.ways[2].click()
    assert screen.parts.shows(screen.parts.keeping)
    assert NOT_ALLOWED in said(screen.parts.keeping)
    screen.parts.foot.use.click()
    assert desk.templates.history(AFTERCARE, "en")[0].number == 3, "nobody has read it yet"
    keep(screen, reason="The older one was better")
    current = desk.templates.current(AFTERCARE, "en")
    assert current is not None
    assert (current.number, current.texts) == (4, texts)


def test_other_shipped_texts_are_said_and_ones_own_can_be_used_again(
    opened: Opened, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.templates.keep(AFTERCARE, "en", {"title": "Ours"})
    shipped = Templates.shipped

    def newer(self: Templates, sheet: SheetKind, language: str) -> Any:
        return replace(shipped(self, sheet, language), version="9.9")

    monkeypatch.setattr(Templates, "shipped", newer)
    screen = opened()
    assert "yours were written beside version 2.1, now there is 9.9" in screen.parts.notice.text()
    assert screen.bench.wording.text("title") == "Ours"
    assert screen.parts.foot.use.isEnabled()
    keep(screen)
    current = desk.templates.current(AFTERCARE, "en")
    assert current is not None
    assert (current.number, current.shipped, current.texts) == (2, "9.9", {"title": "Ours"})
    assert "yours were written beside" not in screen.parts.notice.text()


def test_the_consent_is_worded_as_well(opened: Opened, desk: Desk) -> None:
    screen = opened("consent", "fr")
    line = screen.bench.lines["paragraphs.2"][1]
    assert len(line.name) <= 60
    write(screen, "paragraphs.2", "Ce qui se passe. Nous vous expliquons tout.")
    keep(screen, reason="Plus court")
    current = desk.templates.current(CONSENT, "fr")
    assert current is not None
    assert current.texts == {"paragraphs.2": "Ce qui se passe. Nous vous expliquons tout."}


# leaving


@pytest.mark.parametrize("answer", Leaving)
def test_leaving_with_something_unsaved_asks(
    opened: Opened, desk: Desk, dialogs: ScriptedDialogs, answer: Leaving
) -> None:
    screen = opened()
    write(screen, "title", "Ours")
    dialogs.will_answer(answer)
    assert screen.deactivate() is (answer is not Leaving.STAY)
    assert (desk.templates.current(AFTERCARE, "en") is not None) is (answer is Leaving.SAVE)
    assert screen.bench.wording.text("title") == ("Looking after your skin" if answer is Leaving.DISCARD else "Ours")


def test_the_question_on_leaving_has_the_verb_of_the_screen(opened: Opened, dialogs: ScriptedDialogs) -> None:
    screen = opened()
    write(screen, "title", "Ours")
    dialogs.will_answer(Leaving.STAY)
    screen.deactivate()
    assert dialogs.asked[-1].verb == "Use this wording"


def test_leaving_with_a_weakened_rule_asks_for_the_reason_first(
    opened: Opened, desk: Desk, dialogs: ScriptedDialogs
) -> None:
    screen = opened()
    part(screen, SAUNA)
    screen.parts.form.leave.click()
    dialogs.will_answer(Leaving.SAVE)
    assert not screen.deactivate()
    assert screen.parts.shows(screen.parts.keeping)
    assert desk.templates.current(AFTERCARE, "en") is None
    assert screen.bench.wording.unsaved


def test_another_language_asks_and_stays_on_the_wish_to(opened: Opened, dialogs: ScriptedDialogs) -> None:
    screen = opened()
    write(screen, "title", "Ours")
    dialogs.will_answer(Leaving.STAY, Leaving.DISCARD)
    screen.parts.head.sheets.setCurrentIndex(1)
    assert screen.bench.sheet is AFTERCARE
    assert screen.parts.head.sheets.currentIndex() == 0
    screen.parts.head.sheets.setCurrentIndex(1)
    assert screen.bench.sheet is PREPARATION
    assert screen.bench.wording.texts() == {}


def choose_language(screen: TemplatesScreen, language: str) -> None:
    """Choose another language at the head."""
    place = screen.bench.languages.index(language)
    screen.parts.head.language.setCurrentIndex(place)
    screen.parts.head.language.activated.emit(place)
    QApplication.processEvents()
    assert screen.bench.language == language


@pytest.mark.parametrize("found_by", ["the list", "a search", "its own words", "what is ours"])
def test_another_language_shows_the_same_text(opened: Opened, found_by: str) -> None:
    screen = opened()
    side = screen.parts.side
    write(screen, SAUNA, "Please do not use a sauna or a hammam.")
    keep(screen)
    side.own_only.setChecked(found_by == "what is ours")
    query = {"a search": "sauna", "its own words": "hammam"}.get(found_by, "")
    side.search.setText(query)
    side.search.searched.emit(query)
    part(screen, SAUNA)
    choose_language(screen, "de")
    assert screen.parts.form.key == SAUNA
    assert side.list.key() == SAUNA
    assert [one.data(0, Qt.ItemDataRole.UserRole) for one in side.list.selectedItems()] == [SAUNA]
    assert side.list.viewport().rect().contains(side.list.visualItemRect(side.list.currentItem()))
    assert bool(side.search.text()) is (found_by == "a search")


def test_discarding_asks_once_more(opened: Opened, dialogs: ScriptedDialogs) -> None:
    screen = opened()
    write(screen, "title", "Ours")
    dialogs.will_answer(False, True)
    screen.parts.foot.discard.click()
    assert screen.bench.wording.text("title") == "Ours"
    screen.parts.foot.discard.click()
    assert not screen.bench.wording.unsaved


# half-written


def test_what_is_being_written_is_on_the_disk_before_long_and_is_back_with_a_notice(
    opened: Opened, qtbot: QtBot, desk: Desk
) -> None:
    screen = opened()
    with qtbot.waitSignal(screen.parts.half_written.settled):
        write(screen, "title", "Ours {")
    assert "One line changed, not in use yet. Draft saved 13:40:00." in said(screen.parts.foot)
    with qtbot.waitSignal(screen.parts.half_written.settled):
        write(screen, SAUNA, "")
    again = opened()
    assert again.bench.wording.typed == {"title": "Ours {", f"{SAUNA}.brief": ""}
    told = again.parts.half_written.restored.text()
    assert "What you were writing on 20-Nov-2026 13:40 is back, and not in use yet" in told
    assert "Title of the paper; Do not use a sauna." in told
    assert "begun on" not in told
    assert desk.templates.current(AFTERCARE, "en") is None
    assert opened("aftercare", "es").parts.half_written.restored.text() == ""


def test_an_emptied_entry_comes_back_empty_and_says_what_that_means(opened: Opened) -> None:
    screen = opened()
    write(screen, SAUNA, "")
    screen.keep()
    again = opened()
    field = part(again, SAUNA)
    assert field.editor.toPlainText() == ""
    assert "which print until then" in said(field)
    assert again.bench.wording.texts() == {}


def test_a_draft_says_that_another_version_and_other_shipped_texts_have_come_since(
    opened: Opened, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened()
    write(screen, "title", "Mine")
    screen.keep()
    desk.templates.save_draft(AFTERCARE, "de", {"title": "Meins"}, (), 0)
    desk.templates.keep(AFTERCARE, "de", {"main": "Ruhe. Rufen Sie uns an."}, reason="Kürzer")
    assert desk.templates.draft(AFTERCARE, "de") is None, "whoever keeps a wording has no draft of it any more"
    theirs = desk.templates.keep(
        AFTERCARE, "en", {"main": "Theirs. If anything worries you, call us."}, reason="Shorter"
    )
    assert desk.templates.draft(AFTERCARE, "en") is None
    desk.templates.save_draft(AFTERCARE, "en", {"title": "Mine"}, (), 0)
    shipped = Templates.shipped
    monkeypatch.setattr(
        Templates, "shipped", lambda self, sheet, language: replace(shipped(self, sheet, language), version="9.9")
    )
    again = opened()
    told = again.parts.half_written.restored.text()
    assert "begun on the shipped wording, and now version 1 is in use" in told
    assert "from version 2.1 to 9.9" in told
    keep(again, reason="Friendlier")
    assert "kept meanwhile: number 1" in said(again.parts.keeping)
    assert desk.templates.current(AFTERCARE, "en") == theirs


def test_a_draft_goes_when_it_is_put_to_use_or_discarded(opened: Opened, desk: Desk, dialogs: ScriptedDialogs) -> None:
    for end in ("used", "discarded", "written back"):
        screen = opened()
        write(screen, "title", f"Ours, {end}")
        screen.keep()
        assert desk.templates.draft(AFTERCARE, "en") is not None
        screen = opened()
        if end == "used":
            keep(screen)
        elif end == "discarded":
            dialogs.will_answer(True)
            screen.parts.foot.discard.click()
        else:
            write(screen, "title", "Ours, used")
            screen.keep()
        assert desk.templates.draft(AFTERCARE, "en") is None, end
        assert end == "written back" or not screen.parts.half_written.restored.isVisible()
        assert opened().bench.wording.unsaved is False


def test_what_the_disk_refuses_is_said_tried_again_and_goes_along_through_the_lock(
    opened: Opened, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened()
    assert screen.way_back(ToTemplates()) == ToTemplates("aftercare", "en")
    save = Templates.save_draft

    def refuse(*_: Any) -> None:
        raise Fault(FaultCode.DISK_FULL, path="clinic")

    monkeypatch.setattr(Templates, "save_draft", refuse)
    write(screen, "title", "Ours")
    write(screen, "main", "")
    part(screen, SAUNA)
    screen.parts.form.leave.click()
    assert screen.keep()
    assert "What you are writing is not saved yet." in screen.parts.half_written.refused.text()
    assert "Draft saved" not in said(screen.parts.foot)
    route = screen.way_back(ToTemplates())
    assert isinstance(route, ToTemplates)
    monkeypatch.setattr(Templates, "save_draft", save)
    again = opened(route.sheet, route.language, route.unsaved, route.left_out, route.beside)
    assert again.bench.wording.typed == {"title": "Ours", "main": ""}
    assert again.bench.wording.texts() == screen.bench.wording.texts()
    again.parts.half_written.flush()
    assert desk.templates.draft(AFTERCARE, "en") is not None
    assert again.way_back(ToTemplates()) == ToTemplates("aftercare", "en")
    screen.parts.half_written.forget()


# other shipped words


def test_both_the_shipped_words_of_then_and_of_today_are_shown(
    opened: Opened, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.templates.keep(
        AFTERCARE, "en", {"title": "Ours", "main": "Rest. If anything worries you, call us."}, reason="Shorter"
    )
    shipped = Templates.shipped

    def newer(self: Templates, sheet: SheetKind, language: str) -> Any:
        found = shipped(self, sheet, language)
        return replace(found, version="9.9", texts={**found.texts, "title": "Looking after your new skin"})

    monkeypatch.setattr(Templates, "shipped", newer)
    screen = opened()
    assert "Other words are shipped now for: Title of the paper." in screen.parts.notice.text()
    assert "other words are shipped now" in screen.parts.side.list.said_of("title")
    assert screen.parts.side.list.said_of("main").endswith(", own wording")
    field = part(screen, "title")
    assert field.shipped.text() == "Looking after your new skin"
    assert field.since is not None
    assert field.since.text() == "Looking after your [+ new] skin"
    assert "Changed since yours was written, beside version 2.1" in said(field)
    assert field.editor.toPlainText() == "Ours"
    assert part(screen, "main").since is None
    screen.parts.head.versions.click()
    first = screen.parts.versions.differences[1][0]
    assert first.text().startswith("[– Looking after your skin]"), "it came in the place of what was shipped then"
    keep(screen, reason="Still ours")
    assert part(screen, "title").since is None
    assert "other words" not in screen.parts.side.list.said_of("title")


# too long


def test_a_paper_that_gets_too_long_is_said_at_the_text_that_grew_and_is_not_kept(opened: Opened, desk: Desk) -> None:
    screen = opened()
    write(screen, "main", "Rest. Call us. " * 160)
    screen.show_line("title")
    screen.parts.preview.make_now()
    assert screen.parts.side.list.said_of("main").endswith("cannot stay so")
    screen.parts.foot.use.click()
    assert not screen.parts.shows(screen.parts.keeping)
    field = screen.parts.form.parts["main"]
    assert "prints on 3 pages; 2 are the most. Shorten it; what has grown most is: Main message." in said(field)
    write(screen, "main", "Rest. Call us, if anything worries you. Keep clean, cool, out of the sun; leave it alone.")
    screen.parts.preview.make_now()
    assert not screen.parts.side.list.said_of("main").endswith("cannot stay so")
    assert "prints on" not in said(part(screen, "main"))
    write(screen, "main", "Rest. Call us. " * 160)
    screen.parts.foot.use.click()
    screen.parts.keeping.write("We say more", "")
    screen.parts.foot.use.click()
    assert not screen.parts.shows(screen.parts.keeping), "nobody had waited for the pages"
    assert "prints on 3 pages; 2 are the most" in said(screen.parts.form.parts["main"])
    assert desk.templates.current(AFTERCARE, "en") is None
