"""Small things of the form in which a paper is worded: where the focus goes, what stands out, what is offered when."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from needlelog.services.desk import Desk
from tests.gui.conftest import Show
from tests.gui.screens.test_templates import MAKE_UP, SAUNA, part, write
from ui.screens.templates.part_field import MOST_LINES
from ui.screens.templates.screen import TemplatesScreen
from ui.toolkit.kit import Kit


@pytest.fixture
def screen(kit: Kit, desk: Desk, shown: Show) -> TemplatesScreen:
    """The aftercare sheet, as wide as the window leaves it, in front."""
    made = TemplatesScreen(kit, desk)
    made.resize(1216, 800)
    shown(made)
    made.activate()
    QApplication.processEvents()
    return made


def test_whoever_is_led_to_what_is_wrong_can_write_at_once(screen: TemplatesScreen) -> None:
    write(screen, MAKE_UP, "No make-up {")
    screen.show_line("title")
    screen.parts.foot.use.click()
    QApplication.processEvents()
    assert QApplication.focusWidget() is screen.parts.form.parts[f"{MAKE_UP}.brief"].editor


def test_a_placeholder_stands_out_and_one_that_there_is_not_otherwise(screen: TemplatesScreen, kit: Kit) -> None:
    field = write(screen, "main", "Call {phone} or {phon}.")
    formats = field.editor.document().firstBlock().layout().formats()
    looks = {
        field.editor.toPlainText()[one.start : one.start + one.length]: (
            one.format.foreground().color(),
            one.format.fontUnderline() or one.format.underlineStyle() != one.format.UnderlineStyle.NoUnderline,
        )
        for one in formats
    }
    assert looks == {
        "{phone}": (kit.theme.colour("accent"), False),
        "{phon}": (kit.theme.colour("stop"), True),
    }


def test_the_entry_is_as_high_as_its_lines_up_to_a_limit(screen: TemplatesScreen) -> None:
    heights = []
    for lines in (1, 4, MOST_LINES, MOST_LINES + 8):
        field = write(screen, "main", "\n".join(["Call us."] * lines))
        QApplication.processEvents()
        heights.append(field.editor.height())
    one, four, most, more = heights
    assert one < four < most == more
    assert most >= MOST_LINES * field.editor.fontMetrics().lineSpacing()


def test_the_list_of_placeholders_tells_which_one_should_stay(screen: TemplatesScreen) -> None:
    puts = part(screen, "rules.call-redness").placeholders.puts
    told = {name: "It should stay in this text." in put.accessibleDescription() for name, put in puts.items()}
    assert told == {"until": True, "clinic": False, "phone": False, "practitioner": False}


def test_the_last_look_begins_where_something_is_asked(screen: TemplatesScreen) -> None:
    write(screen, "title", "Ours")
    screen.parts.foot.use.click()
    QApplication.processEvents()
    assert screen.parts.keeping.reviewed is not None
    assert QApplication.focusWidget() is screen.parts.keeping.reviewed.editor
    screen.parts.foot.back.click()
    screen.show_line(SAUNA)
    screen.parts.form.leave.click()
    screen.parts.foot.use.click()
    QApplication.processEvents()
    assert screen.parts.keeping.reason is not None
    assert QApplication.focusWidget() is screen.parts.keeping.reason.editor


def test_the_foot_offers_what_can_be_done_now(screen: TemplatesScreen) -> None:
    foot = screen.parts.foot

    def offered() -> set[str]:
        buttons = {"use": foot.use, "review": foot.review, "discard": foot.discard, "back": foot.back}
        return {name for name, one in buttons.items() if one.isVisible() and one.isEnabled()}

    assert offered() == {"review"}
    write(screen, "title", "Ours")
    assert offered() == {"use", "discard"}
    foot.use.click()
    assert offered() == {"use", "back"}


def test_where_there_is_room_for_one_only_pages_and_texts_take_turns(screen: TemplatesScreen) -> None:
    parts = screen.parts
    assert parts.preview.isVisible()
    assert not parts.head.pages.isVisible()
    screen.resize(900, 700)
    QApplication.processEvents()
    assert (parts.middle.isVisible(), parts.preview.isVisible()) == (True, False)
    assert parts.head.pages.text() == "As it prints"
    parts.head.pages.click()
    assert (parts.middle.isVisible(), parts.preview.isVisible()) == (False, True)
    assert parts.head.pages.text() == "Texts"
    screen.show_line("main")
    assert (parts.middle.isVisible(), parts.preview.isVisible()) == (True, False)


def test_it_opens_at_what_was_being_written(screen: TemplatesScreen, kit: Kit, desk: Desk, shown: Show) -> None:
    write(screen, SAUNA, "No sauna, please.")
    screen.keep()
    again = TemplatesScreen(kit, desk)
    shown(again)
    assert again.parts.form.key == again.parts.side.list.key() == SAUNA
