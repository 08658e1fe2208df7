"""Questions: verbs on the buttons, the safe answer by default, Esc changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from tests.gui.answers import ScriptedDialogs
from ui.toolkit.dialogs import Dialogs, Leaving
from ui.toolkit.theme import DARK, LIGHT, Theme, Tokens

pytestmark = pytest.mark.real_dialogs


@pytest.fixture
def real(qtbot: QtBot, theme: Theme, words: Words) -> Dialogs:
    return Dialogs(theme, words)


def once_open(act: Callable[[QDialog], None]) -> None:
    """Do this to the dialog that opens next."""

    def go() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QDialog)
        act(box)

    QTimer.singleShot(0, go)


def press(qtbot: QtBot, box: QDialog, text: str) -> None:
    found = next(b for b in box.findChildren(QPushButton) if b.text() == text)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def ask(real: Dialogs) -> bool:
    return real.ask(None, "Discard this visit?", "It cannot be brought back.", "Discard", "Keep", danger=True)


def test_the_verb_is_yes(qtbot: QtBot, real: Dialogs) -> None:
    once_open(lambda box: press(qtbot, box, "Discard"))
    assert ask(real) is True


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_are_the_safe_answer(qtbot: QtBot, real: Dialogs, key: Qt.Key) -> None:
    once_open(lambda box: qtbot.keyClick(box, key))
    assert ask(real) is False


def test_enter_goes_on_only_where_the_verb_has_the_focus(qtbot: QtBot, real: Dialogs) -> None:
    def go_on(box: QDialog) -> None:
        qtbot.keyClick(box, Qt.Key.Key_Tab)
        qtbot.keyClick(box.focusWidget() or box, Qt.Key.Key_Return)

    once_open(go_on)
    assert ask(real) is True


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        ("Save", Leaving.SAVE),
        ("Discard", Leaving.DISCARD),
        ("Stay here", Leaving.STAY),
        (Qt.Key.Key_Escape, Leaving.STAY),
        (Qt.Key.Key_Return, Leaving.SAVE),
    ],
)
def test_leaving_has_three_answers(qtbot: QtBot, real: Dialogs, answer: str | Qt.Key, meant: Leaving) -> None:
    def reply(box: QDialog) -> None:
        if isinstance(answer, str):
            press(qtbot, box, answer)
        else:
            qtbot.keyClick(box, answer)

    once_open(reply)
    assert real.ask_leaving(None, "This new client is not saved yet", "Save, discard, or stay?") is meant


def test_leaving_says_keeping_by_the_verb_of_the_question(qtbot: QtBot, real: Dialogs) -> None:
    once_open(lambda box: press(qtbot, box, "Use this wording"))
    answer = real.ask_leaving(None, "This wording is not in use yet", "Use this wording?", "Use this wording")
    assert answer is Leaving.SAVE


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        ("Resume", True),
        ("Start another", False),
        ("Cancel", None),
        (Qt.Key.Key_Escape, None),
        (Qt.Key.Key_Return, True),
    ],
)
def test_two_ways_on_and_one_to_stay(qtbot: QtBot, real: Dialogs, answer: str | Qt.Key, meant: bool | None) -> None:
    def reply(box: QDialog) -> None:
        if isinstance(answer, str):
            press(qtbot, box, answer)
        else:
            qtbot.keyClick(box, answer)

    once_open(reply)
    asked = real.ask_either(None, "This client still has an open visit", "Or another?", "Resume", "Start another")
    assert asked is meant


def test_three_answers_in_large_text_are_not_cut(real: Dialogs, theme: Theme) -> None:
    cut: list[str] = []

    def measure(box: QDialog) -> None:
        cut.extend(b.text() for b in box.findChildren(QPushButton) if b.width() < b.sizeHint().width())
        box.reject()

    theme.use(theme.tokens, 2.0)
    try:
        once_open(measure)
        real.ask_leaving(None, "This new client is not saved yet", "Save, discard, or stay?")
    finally:
        theme.use(theme.tokens, 1.0)
    assert cut == []


@pytest.mark.parametrize("kind", ["tell", "ask", "leaving", "text"])
def test_a_closed_dialog_is_gone(qtbot: QtBot, real: Dialogs, kind: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    once_open(lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape))
    if kind == "tell":
        real.tell(window, "The disk is full.")
    elif kind == "ask":
        real.ask(window, "Discard this visit?", "", "Discard", "Keep")
    elif kind == "leaving":
        real.ask_leaving(window, "This new client is not saved yet", "")
    else:
        real.ask_text(window, "Why go on?", "Reason", "Override")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChildren(QDialog) == []
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]


def test_a_fault_is_told_in_its_two_sentences(qtbot: QtBot, real: Dialogs, words: Words) -> None:
    seen: list[str] = []

    def read(box: QDialog) -> None:
        seen.extend((box.windowTitle(), box.accessibleDescription()))
        qtbot.keyClick(box, Qt.Key.Key_Escape)

    once_open(read)
    real.tell(None, words.fault(Fault(FaultCode.DISK_FULL)))
    assert seen == ["The disk is full.", "Free some space; what you typed is still here."]


def test_a_reason_is_needed_before_the_verb_works(qtbot: QtBot, real: Dialogs) -> None:
    def write(box: QDialog) -> None:
        verb = next(b for b in box.findChildren(QPushButton) if b.text() == "Override")
        editor = box.findChild(QPlainTextEdit)
        assert editor is not None
        editor.setPlainText("  \n ")
        assert not verb.isEnabled()
        press(qtbot, box, "Client agrees")
        qtbot.keyClicks(editor, " & signs")
        assert verb.isEnabled()
        qtbot.mouseClick(verb, Qt.MouseButton.LeftButton)

    once_open(write)
    reason = real.ask_text(None, "Why go on?", "The reason is recorded.", "Override", phrases=["Client agrees"])
    assert reason == "Client agrees & signs"


def test_a_cancelled_text_is_none(qtbot: QtBot, real: Dialogs) -> None:
    once_open(lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape))
    assert real.ask_text(None, "Why go on?", "Reason", "Override") is None


def test_scripted_dialogs_answer_in_order_and_refuse_the_unexpected() -> None:
    scripted = ScriptedDialogs(True, Path("sheet.pdf"))
    assert scripted.ask(None, "Go on?", "", "Go on", "Stay")
    assert scripted.save_path(None, "Save", "sheet.pdf", "") == Path("sheet.pdf")
    assert scripted.all_used()
    with pytest.raises(AssertionError):
        scripted.ask_text(None, "Why?", "", "Override")


def test_a_reason_of_a_letter_wakes_no_verb(qtbot: QtBot, real: Dialogs) -> None:
    awake: list[bool] = []

    def reply(box: QDialog) -> None:
        editor, verb = (
            box.findChildren(QPlainTextEdit)[0],
            next(one for one in box.findChildren(QPushButton) if one.text() == "Go ahead"),
        )
        for text in ("a", "a!?", "abc"):
            editor.setPlainText(text)
            awake.append(verb.isEnabled())
        assert "At least 3 letters or digits" in [one.text() for one in box.findChildren(QLabel)]
        verb.click()

    once_open(reply)
    assert real.ask_text(None, "Allergy on file", "Why?", "Go ahead", least=3) == "abc"
    assert awake == [False, False, True]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_a_box_has_an_edge_on_every_ground(real: Dialogs, theme: Theme, tokens: Tokens) -> None:
    theme.use(tokens)
    seen: list[set[str]] = []

    def look(box: QDialog) -> None:
        picture = box.grab().toImage()
        right, bottom = picture.width() - 1, picture.height() - 1
        around = [(0, bottom // 2), (right, bottom // 2), (right // 2, 0), (right // 2, bottom), (0, 0)]
        seen.append({picture.pixelColor(x, y).name() for x, y in around})
        box.reject()

    once_open(look)
    ask(real)
    assert seen == [{tokens.edge.lower()}]


@pytest.mark.parametrize("replace", [True, False])
def test_a_file_of_the_name_with_its_ending_is_replaced_only_when_asked(tmp_path: Path, replace: bool) -> None:
    there = tmp_path / "sheet.pdf"
    assert ScriptedDialogs(tmp_path / "sheet").pdf_to_save(None, "Save", "sheet.pdf") == there
    assert ScriptedDialogs(None).pdf_to_save(None, "Save", "sheet.pdf") is None
    there.write_bytes(b"another client's")
    scripted = ScriptedDialogs(tmp_path / "sheet", replace, there)
    assert scripted.pdf_to_save(None, "Save", "sheet.pdf") == (there if replace else None)
    # The whole name the system has asked about itself.
    assert scripted.pdf_to_save(None, "Save", "sheet.pdf") == there
    assert [one.text for one in scripted.asked] == ["sheet.pdf", "sheet.pdf is there already", "sheet.pdf"]
    assert scripted.all_used()
