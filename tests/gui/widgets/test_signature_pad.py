"""Signatures: points from 0 to 1, nothing that is no signature, nothing lost by a slip."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from needlelog.i18n import Words
from ui.toolkit.theme import Theme
from ui.widgets.signature_pad import SignaturePad


@pytest.fixture
def pad(qtbot: QtBot, theme: Theme, words: Words) -> SignaturePad:
    made = SignaturePad(theme, words)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def draw(qtbot: QtBot, pad: SignaturePad, *points: tuple[float, float]) -> None:
    canvas = pad.canvas
    places = [QPoint(round(x * canvas.width()), round(y * canvas.height())) for x, y in points]
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, pos=places[0])
    for place in places[1:]:
        qtbot.mouseMove(canvas, place)
    qtbot.mouseRelease(canvas, left, pos=places[-1])


def test_a_stroke_is_kept_in_shares_of_the_field(qtbot: QtBot, pad: SignaturePad) -> None:
    draw(qtbot, pad, (0.1, 0.5), (0.5, 0.2), (0.9, 0.8))
    (stroke,) = pad.strokes()
    assert [(round(x, 1), round(y, 1)) for x, y, _ in stroke] == [(0.1, 0.5), (0.5, 0.2), (0.9, 0.8)]
    times = [t for _, _, t in stroke]
    assert times == sorted(times)
    assert pad.aspect_ratio() == pytest.approx(pad.canvas.width() / pad.canvas.height())
    assert not pad.is_blank()


def test_points_outside_the_field_are_held_at_its_edge(qtbot: QtBot, pad: SignaturePad) -> None:
    draw(qtbot, pad, (0.5, 0.5), (1.4, -0.3))
    assert pad.strokes()[0][-1][:2] == (1.0, 0.0)


def test_a_dot_and_a_slip_are_no_signature(qtbot: QtBot, pad: SignaturePad) -> None:
    assert pad.is_blank()
    draw(qtbot, pad, (0.5, 0.5))
    assert pad.is_blank()
    draw(qtbot, pad, (0.5, 0.5), (0.53, 0.5))
    assert pad.is_blank()


def test_clearing_can_be_undone(qtbot: QtBot, pad: SignaturePad) -> None:
    draw(qtbot, pad, (0.1, 0.5), (0.9, 0.5))
    before = pad.strokes()
    pad.clear()
    assert pad.is_blank()
    pad.undo_clear()
    assert pad.strokes() == before


def test_strokes_survive_another_size(qtbot: QtBot, pad: SignaturePad) -> None:
    draw(qtbot, pad, (0.1, 0.5), (0.9, 0.5))
    stored, ratio = pad.strokes(), pad.aspect_ratio()
    pad.resize(400, 400)
    pad.set_strokes(stored, ratio)
    assert pad.strokes() == stored
    assert pad.aspect_ratio() == ratio


def test_later_strokes_come_later(qtbot: QtBot, pad: SignaturePad) -> None:
    pad.set_strokes((((0.1, 0.5, 0), (0.4, 0.5, 900)),), 3.0)
    draw(qtbot, pad, (0.5, 0.5), (0.9, 0.5))
    assert pad.strokes()[1][0][2] >= 900


def test_read_only_takes_no_ink(qtbot: QtBot, pad: SignaturePad) -> None:
    pad.set_read_only(True)
    draw(qtbot, pad, (0.1, 0.5), (0.9, 0.5))
    assert pad.strokes() == ()


def test_who_cannot_draw_signs_by_name(qtbot: QtBot, pad: SignaturePad) -> None:
    typed = next(b for b in pad.findChildren(QPushButton) if "typing" in b.text())
    with qtbot.waitSignal(pad.typed_signature_requested):
        qtbot.mouseClick(typed, Qt.MouseButton.LeftButton)
