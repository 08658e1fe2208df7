"""What changed between two texts, word by word: readable without colour, by eye and by ear."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlelog.i18n import Words
from ui.toolkit.theme import Theme

How = Literal["same", "out", "in"]
# Words with the blanks behind them; scripts without blanks go letter by letter.
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+\s*|\s+")
_MARKS: dict[How, tuple[str, str]] = {"same": ("", ""), "out": ("[– ", "] "), "in": ("[+ ", "] ")}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, went out or came in."""

    text: str
    how: How


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """How ``before`` became ``after``: what went out stands before what came in in its place."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    bare_old, bare_new = [word.strip() for word in old], [word.strip() for word in new]
    pieces: list[Piece] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, bare_old, bare_new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("".join(new[new_start:new_end]), "same"))
            continue
        out, into = "".join(old[start:end]).strip(), "".join(new[new_start:new_end]).strip()
        pieces += [Piece(text, how) for text, how in ((out, "out"), (into, "in")) if text]  # type: ignore[arg-type]
    return tuple(pieces)


class DifferenceView(QWidget):
    """Struck through in brackets with a minus: went out. Bold in brackets with a plus: came in."""

    def __init__(self, theme: Theme, words: Words, *, right_to_left: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._pieces: tuple[Piece, ...] = ()
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        option = QTextOption(Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft)
        way = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        option.setTextDirection(way)
        # Right means where lines begin when the text runs from the right.
        option.setAlignment(Qt.AlignmentFlag.AlignLeading)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(option)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._write)

    def show_difference(self, before: str, after: str) -> None:
        """Show how ``before`` became ``after``."""
        self._pieces = difference(before, after)
        self._write()
        told = {"same": "{text}", "out": self._words("taken out: {text}"), "in": self._words("put in: {text}")}
        self.setAccessibleName(
            ", ".join(told[piece.how].replace("{text}", piece.text.strip()) for piece in self._pieces)
        )

    def text(self) -> str:
        """All that is shown, with its marks."""
        return self._document.toPlainText()

    def _write(self) -> None:
        self._document.clear()
        self._document.setDefaultFont(self._theme.font(12))
        cursor = QTextCursor(self._document)
        blank = True
        for piece in self._pieces:
            before, after = _MARKS[piece.how]
            # A mark never sticks to the word before it, though that was once the last word of all.
            cursor.insertText(
                f"{before}{piece.text}{after}" if blank else f" {before}{piece.text}{after}", self._looks(piece.how)
            )
            blank = f"{piece.text}{after}"[-1:].isspace()
        self.updateGeometry()
        self.update()

    def _looks(self, how: How) -> QTextCharFormat:
        looks = QTextCharFormat()
        looks.setForeground(self._theme.colour("muted" if how == "out" else "ink"))
        looks.setFontStrikeOut(how == "out")
        if how == "in":
            looks.setFontWeight(QFont.Weight.Bold)
            looks.setForeground(self._theme.colour("accent"))
        return looks

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._document.setTextWidth(width)
        return round(self._document.size().height()) + 1

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._document.setTextWidth(self.width())
        self._document.drawContents(painter)
