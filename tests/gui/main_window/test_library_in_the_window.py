"""The library among the other places: reached from the rail and from a visit, and what was decided shows everywhere."""

from __future__ import annotations

from tests.gui.main_window.open_clinic import Clinic
from ui.screens.knowledge.screen import KnowledgeScreen
from ui.screens.session.screen import SessionScreen
from ui.toolkit.screen import ToEntry, ToKnowledge, ToSession


def test_the_rail_leads_there_and_a_visit_is_found_again(clinic: Clinic) -> None:
    work = clinic.window.work
    assert work is not None
    visit = clinic.go(ToSession(clinic.known["under_way"][0].id))
    entry = clinic.go(ToEntry("sites:forehead"))
    assert isinstance(entry, KnowledgeScreen)
    assert entry.shown() == "sites:forehead"
    assert work.rail.button("knowledge").property("here") == "true"
    work.back()
    assert work.screen_now is visit
    work.rail.button("knowledge").click()
    assert work.routes()[-1] == ToKnowledge()
    work.back()
    assert work.screen_now is visit


def test_a_visit_shows_what_was_decided_meanwhile(clinic: Clinic) -> None:
    work = clinic.window.work
    assert work is not None
    visit = clinic.go(ToSession(clinic.known["under_way"][0].id))
    library = clinic.go(ToEntry("sites:forehead"))
    assert isinstance(library, KnowledgeScreen)
    assert library.entry.figures is not None
    library.entry.figures.row("warn_above_mm").change.click()
    form = library.entry.form
    assert form is not None
    assert form.value is not None
    form.value.set_raw_text("0.6")
    form.reason.set_raw_text("Thin skin")
    form.save.click()
    work.back()
    assert isinstance(work.screen_now, SessionScreen)
    assert work.screen_now is not visit
