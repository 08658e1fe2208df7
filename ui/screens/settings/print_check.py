"""Whether a print, or a PDF somebody brings along, belongs to a record of this clinic that still is what was signed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.errors import Fault
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.tasks import Lane
from ui.toolkit.theme import SPACE
from ui.widgets.line_fields import LineField
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from pathlib import Path

    from needlelog.services.desk import Desk
    from needlelog.services.prints import Verdict

MOST_SAID = 12
"""Verdicts that are shown of one file; the rest is counted."""

LINE_MAX = 400
"""Characters taken of what is pasted: more is no code, and needs not be shown."""


class PrintCheck(QWidget):
    """A code to type, a file to choose, and what is to be said of it."""

    def __init__(self, kit: Kit, desk: Desk) -> None:
        super().__init__()
        self._kit = kit
        self._desk = desk
        tr = kit.tr
        self.code: LineField[str] = LineField(
            kit.theme, tr, tr("Code beside the seal"), placeholder="XXXX-XXXX-XXXX-XXXX-XXXX"
        )
        self.code.line.setMaxLength(LINE_MAX)
        self.code.line.returnPressed.connect(self._on_code)
        self.check = button(kit.theme, tr("Check the code"), "secondary", "check")
        self.check.clicked.connect(self._on_code)
        self.choose = button(kit.theme, tr("Choose a PDF…"), "secondary", "sheet")
        self.choose.clicked.connect(self._on_choose)
        self.notice = Notice(kit.theme, "ok")
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for made in (self.check, self.choose):
            made.setMinimumHeight(48)
            row.addWidget(made)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.code)
        column.addLayout(row)
        column.addWidget(self.notice)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _on_code(self) -> None:
        self._run(partial(self._of_code, self.code.raw_text()))

    def _of_code(self, typed: str) -> tuple[Verdict, ...]:
        return (self._desk.prints.of_code(typed),)

    def _on_choose(self) -> None:
        tr = self._kit.tr
        path = self._kit.dialogs.open_path(self, tr("Choose a paper"), tr("PDF files (*.pdf)"))
        if path is not None:
            self._run(partial(self._of_file, path))

    def _of_file(self, path: Path) -> tuple[Verdict, ...]:
        return self._desk.prints.of_file(path)

    def _run(self, work: partial[tuple[Verdict, ...]]) -> None:
        for made in (self.check, self.choose):
            made.setEnabled(False)
        self.notice.say(self._kit.tr("Checking…"), "raised")
        # PDFium works in one thread only, the one that makes papers.
        self._kit.tasks.run(work, self._checked, self._failed, owner=self, lane=Lane.PAPERS)

    def _checked(self, found: tuple[Verdict, ...]) -> None:
        tr, lines = self._kit.tr, list[str]()
        for verdict in found[:MOST_SAID]:
            lines += [verdict.says, *verdict.notes]
        if len(found) > MOST_SAID:
            lines.append(tr("{count} more", count=len(found) - MOST_SAID))
        worst = max(found, key=lambda one: list(_TONES).index(one.match.value))
        self._rest("\n".join(lines), _TONES[worst.match.value])

    def _failed(self, fault: Fault) -> None:
        self._rest(str(self._kit.tr.fault(fault)), "stop")

    def _rest(self, text: str, tone: str) -> None:
        for made in (self.check, self.choose):
            made.setEnabled(True)
        self.notice.say(text, tone)


_TONES = {"whole": "ok", "marked": "hold", "none": "stop"}
"""The colour of a verdict, the worst last."""
