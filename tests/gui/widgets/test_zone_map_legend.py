"""The legend of the zone map: every mark in words, in whatever room there is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from needlelog.i18n import Words
from tests.gui.widgets.test_zone_map import (
    COLOURS,
    EDGES,
    MAPS,
    NAMES,
    picture,
    show,
)
from ui.widgets.zone_map import ZoneMap
from ui.widgets.zone_map_legend import Legend


@pytest.fixture
def zone_map(qtbot: QtBot) -> ZoneMap:
    return show(qtbot, ZoneMap(Words(), MAPS, NAMES, COLOURS, EDGES))


@pytest.mark.parametrize("short", [False, True], ids=["full", "short"])
def test_the_legend_explains_every_mark_in_whatever_room(zone_map: ZoneMap, *, short: bool) -> None:
    legend = zone_map.legend
    legend.set_short(short)
    said = legend.texts()
    assert len(said) == len(EDGES) + 1 + 6
    for word in ("earlier", "planned", "selected", "blocked", "tattoo", "client's left"):
        assert any(word in one for one in said), word
    assert all(word in legend.accessibleDescription() for word in ("blocked", "avoid the tattoo", "client's left"))
    for width in (200, 300, 480, 560):
        legend.setFixedWidth(width)
        legend.setFixedHeight(legend.heightForWidth(width))
        assert _rows_painted(legend) >= 1


def _rows_painted(legend: Legend) -> int:
    """How many rows of the legend have ink, but for its key; the last has to lie within it."""
    image = picture(legend)
    width = image.width() - (0 if legend.unfold.isHidden() else legend.unfold.width() + 2)
    ground = image.pixel(width - 1, 0)
    inked = [any(image.pixel(x, y) != ground for x in range(width)) for y in range(image.height())]
    assert not inked[-1]  # nothing is cut off below
    return sum(now and not before for before, now in pairwise([False, *inked]))


def test_where_there_is_little_height_the_whole_legend_takes_two_rows(zone_map: ZoneMap) -> None:
    legend = zone_map.legend
    rows = [legend.heightForWidth(430)]
    legend.set_short(True)
    rows.append(legend.heightForWidth(430))
    assert rows[1] < rows[0]
    legend.setFixedSize(430, rows[1])
    assert _rows_painted(legend) == 2


def test_a_legend_of_many_rows_folds_to_one_that_unfolds_at_a_tap(zone_map: ZoneMap) -> None:
    legend = zone_map.legend
    legend.set_short(True)
    for width, folds in ((430, False), (260, True), (430, False), (260, True)):
        legend.setFixedSize(width, legend.heightForWidth(width))
        assert legend.folded() is folds
    assert legend.heightForWidth(260) == 48
    assert _rows_painted(legend) == 1
    assert legend.rect().contains(legend.unfold.geometry())
    assert "client's left" in legend.accessibleDescription()
    legend.unfold.click()
    assert not legend.folded()
    legend.setFixedHeight(legend.heightForWidth(260))
    assert _rows_painted(legend) > 2
    legend.unfold.click()
    assert legend.heightForWidth(260) == 48
    legend.set_short(False)
    assert not legend.folded()
    assert legend.unfold.isHidden()


def test_the_legend_says_every_band_in_digits(zone_map: ZoneMap) -> None:
    assert zone_map.legend.texts()[:5] == [
        "to 0.50 mm",
        "to 1.00 mm",
        "to 1.50 mm",
        "to 2.00 mm",
        "over 2.00 mm",
    ]
