"""The clinic's own wording in the whole window: the ways to it, the lock, large text in a small window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from needlelog.domain.own_texts import SheetKind
from tests.desks import PASSPHRASE
from tests.gui.answers import ScriptedDialogs
from tests.gui.main_window.open_clinic import Clinic
from tests.gui.main_window.test_legible import LOOKS, Look
from ui.screens.knowledge.screen import KnowledgeScreen
from ui.screens.session.screen import SessionScreen
from ui.screens.settings.screen import SettingsScreen
from ui.screens.templates.screen import TemplatesScreen
from ui.screens.unlock.screen import UnlockScreen
from ui.toolkit.dialogs import Leaving
from ui.toolkit.screen import ToEntry, ToKnowledge, ToSession, ToSettings, ToTemplates
from ui.toolkit.theme import Theme

AFTERCARE = SheetKind.AFTERCARE


def in_front(clinic: Clinic) -> TemplatesScreen:
    """The wording screen, which must stand in front."""
    assert clinic.window.work is not None
    screen = clinic.window.work.screen_now
    assert isinstance(screen, TemplatesScreen)
    QApplication.processEvents()
    return screen


def write(screen: TemplatesScreen, line: str, text: str) -> None:
    screen.show_line(line)
    part = next(iter(screen.parts.form.parts.values()))
    part.editor.setPlainText(text)


def test_the_library_and_the_settings_lead_there_and_back_leads_back(clinic: Clinic) -> None:
    library = clinic.go(ToKnowledge())
    assert isinstance(library, KnowledgeScreen)
    library.wording.click()
    assert in_front(clinic).bench.sheet is AFTERCARE
    assert clinic.window.work is not None
    clinic.window.work.back()
    assert clinic.window.work.screen_now is library
    settings = clinic.go(ToSettings())
    assert isinstance(settings, SettingsScreen)
    settings.papers.asked.emit(ToTemplates(SheetKind.CONSENT))
    assert in_front(clinic).bench.sheet is SheetKind.CONSENT


def test_the_settings_tell_which_wording_counts(clinic: Clinic) -> None:
    clinic.desk.templates.keep(AFTERCARE, "pl", {"title": "Twoja skóra"})
    settings = clinic.go(ToSettings())
    assert isinstance(settings, SettingsScreen)
    settings.tabs.setCurrentWidget(settings.papers)
    told = settings.papers.told(AFTERCARE)
    assert "Polish: your version 1, kept" in told
    assert told.endswith("All other languages as shipped")
    assert settings.papers.told(SheetKind.CONSENT) == "As shipped in every language"


def test_a_visit_is_shown_anew_with_what_was_kept_meanwhile(clinic: Clinic) -> None:
    assert clinic.window.work is not None
    visit = clinic.go(ToSession(clinic.known["under_way"][0].id))
    clinic.go(ToTemplates("aftercare", "en"))
    screen = in_front(clinic)
    write(screen, "title", "Our own title")
    screen.parts.foot.use.click()
    screen.parts.foot.use.click()
    clinic.window.work.back()
    assert isinstance(clinic.window.work.screen_now, SessionScreen)
    assert clinic.window.work.screen_now is not visit


def test_what_is_half_written_outlasts_the_lock_that_comes_by_itself(clinic: Clinic, dialogs: ScriptedDialogs) -> None:
    clinic.go(ToTemplates("aftercare", "en"))
    screen = in_front(clinic)
    write(screen, "title", "Our own title")
    screen.show_line("rules.no-sauna")
    screen.parts.form.leave.click()
    clinic.frame.clock.pass_(minutes=10)
    clinic.window._watch.look()
    assert isinstance(clinic.window.front, UnlockScreen)
    clinic.frame.unlock_with(PASSPHRASE)
    again = in_front(clinic)
    assert again is not screen
    assert again.bench.wording.texts() == {"title": "Our own title", "rules.no-sauna.text": ""}
    assert clinic.desk.templates.current(AFTERCARE, "en") is None, "nothing half-written counts by itself"
    clinic.desk.templates.keep(AFTERCARE, "en", {"title": "Theirs"})
    again.parts.foot.use.click()
    assert again.parts.keeping.reason is not None
    again.parts.keeping.reason.set_raw_text("Nobody goes to a sauna")
    again.parts.foot.use.click()
    assert "kept meanwhile: number 1" in again.parts.keeping.notice.text()
    dialogs.will_answer(Leaving.DISCARD)


def test_what_was_discarded_does_not_come_back(clinic: Clinic, dialogs: ScriptedDialogs) -> None:
    clinic.go(ToTemplates("aftercare", "en"))
    write(in_front(clinic), "title", "Our own title")
    clinic.frame.clock.pass_(minutes=10)
    clinic.window._watch.look()
    clinic.frame.unlock_with(PASSPHRASE)
    in_front(clinic)
    dialogs.will_answer(Leaving.DISCARD)
    clinic.go(ToEntry("aftercare:no-make-up"))
    assert clinic.window.work is not None
    clinic.window.work.forget_others()
    clinic.window.work.back()
    assert in_front(clinic).bench.wording.texts() == {}


@pytest.mark.parametrize("look", [*LOOKS, Look(1280, 800, 1.0)], ids=str)
def test_every_text_of_the_list_can_be_read_whole(clinic: Clinic, theme: Theme, look: Look) -> None:
    look.wear(clinic, theme)
    cut = []
    for sheet in SheetKind:
        clinic.go(ToTemplates(sheet, "en"))
        side = in_front(clinic).parts.side
        items, metrics = side.list, QFontMetrics(theme.font(12))
        # What the style leaves beside and around the words of a row.
        room = QRect(0, 0, items.columnWidth(0) - 16, 10_000)
        for key, (line, item) in items._items.items():
            row = items.visualItemRect(item)
            needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, line.name)
            if needed.height() + 4 > row.height() or needed.width() > room.width():
                cut.append(f"{sheet} {key}: {line.name} needs {needed}, has {row}")
        hint = side.search.fontMetrics().horizontalAdvance(side.search.placeholderText())
        margins = side.search.textMargins()
        if hint + margins.left() + margins.right() + 16 > side.search.width():
            cut.append(f"{sheet}: the hint of the search")
    assert cut == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_of_it_can_be_read_and_reached(clinic: Clinic, theme: Theme, look: Look) -> None:
    look.wear(clinic, theme)
    clinic.go(ToTemplates("aftercare", "en"))
    screen = in_front(clinic)
    found = []
    screen.show_line("rules.no-make-up")
    part = next(iter(screen.parts.form.parts.values()))
    part.placeholders.open.click()
    found += look.check(clinic, "placeholders")
    write(screen, "rules.no-make-up", "No make-up until {untl}.")
    screen.parts.foot.use.click()
    found += look.check(clinic, "a wrong placeholder")
    write(screen, "rules.no-make-up", "You may wear make-up.")
    screen.parts.foot.use.click()
    found += look.check(clinic, "a permission beside the sign")
    write(screen, "main", "Rest. Call us. " * 80)
    screen.parts.preview.make_now()
    screen.parts.foot.use.click()
    found += look.check(clinic, "too long")
    write(screen, "main", "Your skin is healing. Keep it clean, out of the sun; leave it alone. Worried? Call us.")
    screen.parts.preview.make_now()
    write(screen, "rules.no-make-up", "No make-up.")
    screen.show_line("rules.no-sauna")
    screen.parts.form.leave.click()
    found += look.check(clinic, "left out")
    screen.parts.foot.use.click()
    found += look.check(clinic, "before it counts")
    assert screen.parts.keeping.reason is not None
    screen.parts.keeping.reason.set_raw_text("Nobody goes to a sauna")
    screen.parts.foot.use.click()
    found += look.check(clinic, "a line beside its sign")
    for box in screen.parts.keeping.confirmed.values():
        box.setChecked(True)
    screen.parts.foot.use.click()
    assert clinic.desk.templates.current(AFTERCARE, "en") is not None
    screen.parts.head.versions.click()
    found += look.check(clinic, "versions")
    if screen.parts.head.pages.isVisible():
        screen.parts.head.pages.click()
    found += look.check(clinic, "pages")
    screen.parts.preview.choose.click()
    found += look.check(clinic, "choosing a visit")
    assert not found, "\n".join(found)
