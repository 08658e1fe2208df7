"""The tokens: readable on every ground, and the only colours there are."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from needlelog.errors import Fault, FaultCode
from ui.toolkit.theme import DARK, LIGHT, RESOURCES, TYPE_SCALE, Theme, Tokens, style_sheet

ROOT = RESOURCES.parent
BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    made = QColor(colour)
    parts = (made.redF(), made.greenF(), made.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@BOTH
@pytest.mark.parametrize("ground", ["ground", "surface", "raised"])
@pytest.mark.parametrize("text", ["ink", "muted", "stop", "hold", "ok", "accent"])
def test_text_is_readable_on_every_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on_accent", "accent"),
        ("on_stop", "stop"),
        ("ink", "accent_soft"),
        ("accent", "accent_soft"),
        ("ink", "stop_soft"),
        ("stop", "stop_soft"),
        ("muted", "stop_soft"),
        ("ink", "hold_soft"),
        ("hold", "hold_soft"),
        ("muted", "hold_soft"),
        ("ok", "ok_soft"),
        ("muted", "accent_soft"),
        ("surface", "ink"),
    ],
)
def test_text_is_readable_on_its_tint(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("edge", ["edge", "accent", "stop"])
def test_edges_and_focus_rings_are_seen(tokens: Tokens, edge: str) -> None:
    for ground in ("ground", "surface", "raised"):
        assert contrast(getattr(tokens, edge), getattr(tokens, ground)) >= 3


def test_the_depth_ramp_falls_evenly_in_grey() -> None:
    steps = [QColor(colour).lightnessF() for colour in LIGHT.depth]
    falls = [a - b for a, b in pairwise(steps)]
    assert all(fall > 0.08 for fall in falls)


def test_no_colour_stands_outside_the_tokens() -> None:
    hexes = re.compile(r"#[0-9A-Fa-f]{6}\b")
    found = [
        path.relative_to(ROOT)
        for path in (*(ROOT / "ui").rglob("*.py"), RESOURCES / "style.qss", *(RESOURCES / "icons").glob("*"))
        if path.name != "theme.py" and hexes.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@BOTH
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_style_sheet_is_filled_completely(tokens: Tokens, scale: float, tmp_path: Path) -> None:
    sheet = style_sheet(tokens, scale, tmp_path)
    assert "$" not in sheet
    assert f"font-size: {12 * scale:g}pt" in sheet
    for mark in re.findall(r"url\((.*?)\)", sheet):
        assert "currentColor" not in Path(mark).read_text(encoding="utf-8")


def test_no_text_is_smaller_than_the_smallest_step() -> None:
    sheet = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    sizes = set(re.findall(r"font-size: (\S+?);", sheet))
    assert sizes <= {f"$pt{size}" for size in TYPE_SCALE}


def test_every_icon_is_drawn(theme: Theme) -> None:
    names = [path.stem for path in (RESOURCES / "icons").glob("*.svg")]
    assert len(names) > 40
    for name in names:
        image = theme.pixmap(name, "ink", 24).toImage()
        inked = sum(image.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24))
        assert inked > 5, name


def test_a_missing_icon_is_named(theme: Theme) -> None:
    with pytest.raises(Fault) as caught:
        theme.icon("nowhere")
    assert caught.value.code is FaultCode.RESOURCE_MISSING


def painted(icon: QIcon) -> set[str]:
    image = icon.pixmap(24, 24).toImage()
    seen = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name() for colour in seen if colour.alpha() == 255}


def test_a_worn_icon_follows_the_theme(qtbot: QtBot, theme: Theme) -> None:
    wearer = QPushButton("Save")
    qtbot.addWidget(wearer)
    theme.set_icon(wearer, "save", "accent")
    assert QColor(LIGHT.accent).name() in painted(wearer.icon())
    theme.use(DARK)
    assert QColor(DARK.accent).name() in painted(wearer.icon())


def test_text_of_an_arriving_widget_takes_the_scale(qtbot: QtBot, theme: Theme) -> None:
    theme.use(LIGHT, 2.0)
    shown = QLabel("Depth")
    qtbot.addWidget(shown)
    shown.ensurePolished()
    assert shown.font().pointSizeF() == 24


@BOTH
@pytest.mark.parametrize("text", ["Print", ""])
def test_an_icon_that_cannot_be_used_is_seen_and_looks_like_the_words_beside_it(
    qtbot: QtBot, theme: Theme, tokens: Tokens, text: str
) -> None:
    theme.use(tokens)
    made = QPushButton(text)
    qtbot.addWidget(made)
    theme.set_icon(made, "printer", "on_accent")
    picture = made.icon().pixmap(made.iconSize(), QIcon.Mode.Disabled).toImage()
    inked = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() > 250
    }
    assert inked
    assert min(contrast(one, tokens.raised) for one in inked) >= 4.4
    assert tokens.muted.lower() in inked
