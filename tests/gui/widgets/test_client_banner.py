"""The banner: who is in the chair, whole and safe to read at a glance."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from needlelog.i18n import Words
from tests.gui.conftest import Show
from ui.toolkit.theme import Theme
from ui.widgets.client_banner import AllergyShown, BannerFacts, ClientBanner
from ui.widgets.elided import ElidedLabel

ANA = BannerFacts("Ana Nowak", date(1988, 3, 12), 38, "C-0042")


@pytest.fixture
def banner(qtbot: QtBot, shown: Show, theme: Theme, words: Words) -> ClientBanner:
    made = ClientBanner(theme, words)
    qtbot.addWidget(made)
    made.resize(1024, 72)
    shown(made)
    return made


def test_it_says_name_birth_age_and_number(banner: ClientBanner) -> None:
    banner.show_client(ANA)
    said = banner.accessibleName()
    for part in ("Ana Nowak", "12-Mar-1988", "38 years", "C-0042"):
        assert part in said
    assert banner.height() == 72


@pytest.mark.parametrize(
    ("state", "named", "said", "tone"),
    [
        (AllergyShown.KNOWN, ("lidocaine", "latex"), "Allergy: lidocaine, latex", "stop"),
        (AllergyShown.NONE_KNOWN, (), "No known allergies", "ok"),
        (AllergyShown.NOT_RECORDED, (), "Allergies not recorded", "hold"),
        (AllergyShown.UNAVAILABLE, (), "Allergies: client could not say", "hold"),
    ],
)
def test_each_allergy_state_has_its_own_words(
    banner: ClientBanner, state: AllergyShown, named: tuple[str, ...], said: str, tone: str
) -> None:
    banner.show_client(BannerFacts("Ana", None, None, "C-1", allergy=state, allergies=named))
    assert banner.allergy.text() == said
    assert banner.allergy.property("surface") == tone


def test_under_age_is_flagged(banner: ClientBanner) -> None:
    banner.show_client(BannerFacts("Ana", date(2010, 1, 1), 16, "C-1", under_age=True))
    assert "Under age" in banner.accessibleName()
    banner.show_client(ANA)
    assert "Under age" not in banner.accessibleName()


def test_a_long_name_gives_way_and_stays_whole_in_the_tooltip(qtbot: QtBot, banner: ClientBanner) -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff " * 6
    facts = BannerFacts(name, date(1988, 3, 12), 38, "C-1", allergy=AllergyShown.KNOWN, allergies=("latex",))
    banner.show_client(facts)
    shown = next(label for label in banner.findChildren(ElidedLabel) if label.text() == name.strip())
    qtbot.waitUntil(shown.is_elided)
    assert shown.toolTip() == name.strip()
    assert banner.width() == 1024
    assert banner.allergy.isVisible()
    assert banner.allergy.geometry().right() <= 1024


def test_markup_in_a_name_is_text(banner: ClientBanner) -> None:
    banner.show_client(BannerFacts("<b>Ana</b> & Co", None, None, "C-1"))
    assert any(label.text() == "<b>Ana</b> & Co" for label in banner.findChildren(QLabel))


@pytest.fixture
def in_a_visit(shown: Show, theme: Theme, words: Words) -> ClientBanner:
    made = ClientBanner(theme, words, one_line=True)
    made.resize(1216, 52)
    shown(made)
    made.show_client(ANA)
    return made


def lines(banner: ClientBanner) -> set[int]:
    """The middle lines of what is written, in steps that a difference in letter height does not reach."""
    said = [one for one in banner.findChildren(QLabel) if one.isVisible() and one.text()]
    return {round(one.mapTo(banner, one.rect().center()).y() / 8) for one in said}


def test_in_a_visit_all_of_it_stands_in_one_line(qtbot: QtBot, in_a_visit: ClientBanner) -> None:
    qtbot.waitUntil(lambda: len(lines(in_a_visit)) == 1)
    assert in_a_visit.height() == 52


def test_a_name_that_leaves_no_room_takes_a_second_line_before_it_is_shortened(
    qtbot: QtBot, in_a_visit: ClientBanner
) -> None:
    long = BannerFacts("Maria João Carvalho e Albuquerque dos Santos", date(1968, 8, 23), 58, "C-0011")
    in_a_visit.resize(960, 52)
    in_a_visit.show_client(long)
    qtbot.waitUntil(lambda: len(lines(in_a_visit)) == 3)
    assert in_a_visit.height() <= 72
    assert not any(one.is_elided() for one in in_a_visit.findChildren(ElidedLabel))
