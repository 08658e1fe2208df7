"""What every record of a product has in common: a line to read, what is set at the chair, the rest one tap away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.findings import Finding
from needlelog.domain.session import SessionDraft
from needlelog.services.desk import Desk
from ui.screens.session.finding_lines import FindingLines
from ui.toolkit.buttons import button, icon_button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.card import hairline
from ui.widgets.elided import ElidedLabel
from ui.widgets.phrases import unbroken

SEPARATOR = "  ·  "
NAMED_ZONES = 3


class RecordCard(QFrame):
    """Name and summary, ``quick`` for what is always in view, one line that names what is missing, and details.

    The details are sections by key; all of them are shown by ``set_open``, only those that lack something by
    ``open_missing``.
    """

    change_requested = Signal(object, object)
    """The id, and the fields to replace as a dict."""
    remove_requested = Signal(object)

    def __init__(
        self, kit: Kit, desk: Desk, record_id: UUID, name: str, mark: str = "check", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._record_id = record_id
        self._name = name
        self._sections: dict[str, QWidget] = {}
        self._asks: dict[str, Callable[[str], object]] = {}
        self._lasting: set[str] = set()
        self._lacking: dict[str, str] = {}
        self._shown: frozenset[str] = frozenset()
        self._whole = False
        self.setProperty("surface", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(SPACE)
        column.addLayout(self._build_head(mark))
        self.quick = QVBoxLayout()
        self.quick.setContentsMargins(0, 0, SPACE, 0)
        self.quick.setSpacing(SPACE)
        column.addLayout(self.quick)
        self.findings = FindingLines(kit)
        # Its bars end where what stands above and below them ends.
        self.findings.setContentsMargins(0, 0, SPACE, 0)
        column.addWidget(self.findings)
        self.missing = button(kit.theme, "", "quiet", "missing")
        self.missing.setProperty("align", "left")
        self.missing.clicked.connect(self.open_missing)
        self.missing.hide()
        column.addWidget(self.missing)
        self.body = QWidget()
        self.details = QVBoxLayout(self.body)
        self.details.setContentsMargins(0, 0, SPACE, SPACE)
        self.details.setSpacing(SPACE * 2)
        self.details.addWidget(hairline())
        column.addWidget(self.body)
        self.body.hide()

    def _build_head(self, mark: str) -> QHBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        self.title = ElidedLabel(self._name, "heading")
        self.summary = label("", "caption", muted=True, wrap=True)
        self.edit = button(theme, tr("Change"), "quiet", "edit")
        self.edit.clicked.connect(lambda: self.set_open(not self._can_close()))
        self.remove = icon_button(theme, "trash", tr("Remove {name}", name=self._name))
        self.remove.clicked.connect(lambda: self.remove_requested.emit(self._record_id))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.summary)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        if mark:
            sign = IconMark(theme, mark, "ok", 24)
            sign.setContentsMargins(0, 4, 0, 0)
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self._name_edit()
        return row

    def add_section(
        self, part: QWidget, *keys: str, lasting: bool = False, ask: Callable[[str], object] | None = None
    ) -> None:
        """Put ``part`` below the others; it holds what ``keys`` name, and ``ask`` puts the focus on one of them.

        A ``lasting`` one, once open, stays so when it is complete: more may be tapped in it.
        """
        self.details.addWidget(part)
        for key in keys:
            self._sections[key] = part
            self._asks[key] = ask or (lambda _key: part.setFocus())
        if lasting:
            self._lasting.update(keys)

    # opening

    def is_open(self) -> bool:
        """Whether any of the details are shown."""
        return not self.body.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Show all the details, or none."""
        self._whole = is_open
        self._show_sections(frozenset(self._sections) if is_open else frozenset())

    def open_missing(self) -> None:
        """Show what lacks something, and put the focus there."""
        if self._lacking:
            self._whole = False
            self._show_sections(frozenset(self._lacking))
            key = next(iter(self._lacking))
            self._asks[key](key)

    def _show_sections(self, keys: frozenset[str]) -> None:
        self._shown = keys
        seen = {id(self._sections[key]) for key in keys}
        for part in self._sections.values():
            part.setVisible(id(part) in seen)
        self.body.setVisible(bool(keys))
        self._name_edit()
        self._name_missing()

    def _can_close(self) -> bool:
        """Whether there is nothing more to open: everything is shown, or what was missing is there now."""
        return self._whole or bool(self._shown and not self._shown.intersection(self._lacking))

    def _name_edit(self) -> None:
        tr, closes = self._kit.tr, self._can_close()
        self.edit.setText(caption(tr("Close") if closes else tr("Change")))
        name = tr("Close {name}", name=self._name) if closes else tr("Change {name}", name=self._name)
        self.edit.setAccessibleName(name)

    # what it says

    def show_summary(self, said: Sequence[str], lacking: dict[str, str]) -> None:
        """The record in a line; ``lacking`` names by key what is not recorded yet."""
        self.summary.setText(SEPARATOR.join(unbroken(part) for part in said))
        self.setAccessibleName(", ".join((self._name, *said)))
        self._lacking = lacking
        if self._shown and not self._whole:
            self._show_sections(frozenset(key for key in self._shown if key in lacking or key in self._lasting))
        self._name_edit()
        self._name_missing()

    def lacking(self) -> tuple[str, ...]:
        """What the card names as not recorded yet."""
        return tuple(self._lacking.values())

    def lacks_lot(self) -> bool:
        """Whether the lot or its expiry date is not recorded yet."""
        return bool({"lot", "expiry"}.intersection(self._lacking))

    def _name_missing(self) -> None:
        words = [word for key, word in self._lacking.items() if key not in self._shown]
        self.missing.setVisible(bool(words))
        text = self._kit.tr("Not recorded yet: {what}", what=", ".join(words))
        self.missing.setText(caption(text))
        self.missing.setAccessibleName(text)

    def show_findings(self, findings: Sequence[Finding], draft: SessionDraft) -> None:
        """Show what the rules say of this record."""
        self.findings.show_findings(findings, draft)

    def zones_said(self, zones: Sequence[str]) -> tuple[str, ...]:
        """A few zones by name, many by their number."""
        tr, known = self._kit.tr, self._desk.knowledge.zones
        if len(zones) > NAMED_ZONES:
            return (tr.plural("{count} zone", "{count} zones", len(zones)),)
        named = [tr(known[zone].name) if zone in known else zone for zone in zones]
        return (", ".join(named),) if named else ()

    def worker_said(self, by: str) -> tuple[str, ...]:
        """Who did it, where that is not who sits here."""
        return (by,) if by and by != self._desk.me.signature else ()

    def ask_change(self, **fields: Any) -> None:
        """Ask for these fields of the record to be replaced."""
        self.change_requested.emit(self._record_id, fields)


def plain_number(number: Decimal) -> str:
    """``2.00`` as ``2``, ``0.50`` as ``0.5``; never an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
