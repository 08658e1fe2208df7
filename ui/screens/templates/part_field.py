"""One text of a paper: as shipped, and below or beside it the clinic's own, with what may be put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from needlelog.documents.emphasis import WRITTEN
from needlelog.documents.placeholders import Placeholder
from needlelog.documents.reading_grade import Reading
from needlelog.i18n import Words
from ui.screens.templates.placeholder_list import PlaceholderList
from ui.screens.templates.reading_words import reading_told
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.theme import SPACE, Theme
from ui.widgets.difference_view import DifferenceView
from ui.widgets.notice import Notice
from ui.widgets.paragraph_field import ParagraphField

MOST_LINES = 12
AROUND_PX = 28
"""What frame and padding of an entry take of its height."""


class PartField(QWidget):
    """``said`` carries the key and what now stands in the entry, at each keystroke; ``rested`` comes on leaving it."""

    said = Signal(str, str)
    rested = Signal()

    def __init__(
        self,
        kit: Kit,
        key: str,
        shipped: str,
        offered: tuple[Placeholder, ...],
        examples: Mapping[str, str],
        *,
        caption: str,
        right_to_left: bool,
        takes_bold: bool,
    ) -> None:
        super().__init__()
        tr, theme = kit.tr, kit.theme
        self._kit = kit
        self.key = key
        ours = QFrame()
        ours.setProperty("surface", "raised")
        inside = QVBoxLayout(ours)
        inside.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE + SPACE // 2)
        inside.setSpacing(2)
        inside.addWidget(label(tr("As shipped"), "caption", muted=True))
        self.shipped = label(shipped, "body", wrap=True)
        self.shipped.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.shipped.setAccessibleName(tr("As shipped: {text}", text=shipped))
        if right_to_left:
            self.shipped.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        inside.addWidget(self.shipped)
        self._right_to_left = right_to_left
        self.since: DifferenceView | None = None
        self._then = inside
        self.field = _GrowingField(theme, tr, caption)
        self.editor = self.field.paragraphs
        if right_to_left:
            _from_the_right(self.editor)
        self._highlights = _Highlights(self.editor.document(), theme, {one.written for one in offered})
        self.field.edited.connect(self._on_edited)
        self.field.committed.connect(lambda _: self.rested.emit())
        self.reading = label("", "caption", muted=True, wrap=True)
        self.placeholders = PlaceholderList(kit, offered, examples, takes_bold=takes_bold)
        self.placeholders.wanted.connect(self.put_in)
        self.placeholders.bold_wanted.connect(self.set_bold)
        self.weaker = Notice(theme, "hold", slim=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(ours)
        column.addWidget(self.field)
        column.addWidget(self.weaker)
        column.addWidget(self.reading)
        column.addWidget(self.placeholders)

    def put_in(self, written: str) -> None:
        """Put a placeholder in where the cursor stands, with blanks around it where words would touch it."""
        cursor = self.editor.textCursor()
        text = self.editor.toPlainText()
        before, after = text[: cursor.selectionStart()], text[cursor.selectionEnd() :]
        start = " " if before[-1:].isalnum() else ""
        cursor.insertText(f"{start}{written}{' ' if after[:1].isalnum() else ''}")
        self.editor.setTextCursor(cursor)
        self.editor.setFocus()

    def set_bold(self) -> None:
        """Set the marked words in bold; with none marked, what is typed next."""
        cursor = self.editor.textCursor()
        start, marked = cursor.selectionStart(), cursor.selectedText()
        words = marked.strip()
        before, after = marked[: len(marked) - len(marked.lstrip())], marked[len(marked.rstrip()) :] if words else ""
        cursor.insertText(f"{before}{WRITTEN}{words}{WRITTEN}{after}")
        # Between the marks where nothing stood, behind the words where something did.
        cursor.setPosition(start + len(before) + len(WRITTEN) + len(words) + (len(WRITTEN) if words else 0))
        self.editor.setTextCursor(cursor)
        self.editor.setFocus()

    # what it shows

    def show_text(self, text: str) -> None:
        """Show this text as what stands there; nothing is said."""
        if self.field.raw_text() != text:
            self.editor.blockSignals(True)
            self.field.set_raw_text(text)
            self.editor.blockSignals(False)

    def show_reading(self, reading: Reading | None) -> None:
        """Tell how plainly it speaks."""
        told = reading_told(reading, self._kit.tr) if reading is not None else ""
        self.reading.setText(told)
        self.reading.setVisible(bool(told))
        set_tone(self.reading, "muted" if reading is None or reading.easy else "hold")

    def show_weaker(self, said: str) -> None:
        """Say what it says less than the shipped text, "" for nothing."""
        self.weaker.say(said)

    def show_shipped_then(self, then: str, version: str) -> None:
        """Show how the shipped words ``then``, those of ``version``, became those of today."""
        tr = self._kit.tr
        told = tr("Changed since yours was written, beside version {version}", version=version)
        self._then.addSpacing(SPACE)
        self._then.addWidget(label(told, "caption", muted=True, wrap=True))
        self.since = DifferenceView(self._kit.theme, tr, right_to_left=self._right_to_left)
        self.since.show_difference(then, self.shipped.text())
        self._then.addWidget(self.since)

    def show_wrong(self, sentence: str) -> None:
        """Say what keeps this text from being kept; "" for nothing."""
        self.field.show_finding(sentence)

    def _on_edited(self) -> None:
        self.said.emit(self.key, self.field.raw_text())


class _GrowingField(ParagraphField[str]):
    """As high as its lines, up to a limit from which it scrolls."""

    def __init__(self, theme: Theme, words: Words, caption: str) -> None:
        super().__init__(theme, words, caption, lines=1)
        self.paragraphs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.paragraphs.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        # Lines that came by the width alone are told by what there is to scroll.
        self.paragraphs.verticalScrollBar().rangeChanged.connect(lambda *_: self._fit())

    @property
    def paragraphs(self) -> QPlainTextEdit:
        """The editor."""
        return cast("QPlainTextEdit", self.editor)

    def _fit(self) -> None:
        # A document of plain text tells its height in lines.
        told = max(round(self.paragraphs.document().size().height()), 1)
        lines = min(told, MOST_LINES)
        # A bar that came and went would change the width, and with it the lines.
        bars = Qt.ScrollBarPolicy
        policy = bars.ScrollBarAsNeeded if told > MOST_LINES else bars.ScrollBarAlwaysOff
        self.paragraphs.setVerticalScrollBarPolicy(policy)
        self.editor.setFixedHeight(max(48, self.editor.fontMetrics().lineSpacing() * lines + AROUND_PX))


def _from_the_right(editor: QPlainTextEdit) -> None:
    editor.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    option = QTextOption(editor.document().defaultTextOption())
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    option.setAlignment(Qt.AlignmentFlag.AlignRight)
    editor.document().setDefaultTextOption(option)


class _Highlights(QSyntaxHighlighter):
    """Placeholders stand out from the words, in bold; what is none of this text is underlined."""

    def __init__(self, document: QTextDocument, theme: Theme, known: set[str]) -> None:
        super().__init__(document)
        self._theme = theme
        self._known = known
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        start = text.find("{")
        while start >= 0:
            end = text.find("}", start)
            length = (end - start + 1) if end >= 0 else len(text) - start
            looks = QTextCharFormat()
            known = text[start : start + length] in self._known
            looks.setForeground(self._theme.colour("accent" if known else "stop"))
            looks.setFontWeight(600)
            if not known:
                looks.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            self.setFormat(start, length, looks)
            start = text.find("{", start + length)
