"""This computer: the look, the text size, when to lock, where the data lies; and whether the records are whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.entry import parse_paragraphs
from needlelog.errors import Fault
from needlelog.services.door import Door
from needlelog.settings import IDLE_MINUTES, TEXT_PERCENTS, Scheme, Settings, read_settings, write_settings
from ui.screens.settings.print_check import PrintCheck
from ui.screens.settings.tab import Tab
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.notice import Notice
from ui.widgets.paragraph_field import ParagraphField

if TYPE_CHECKING:
    from needlelog.services.desk import Desk
    from needlelog.services.proof import Findings

REASON_LIMIT = 600
MOST_SAID = 10
"""Sentences that are shown; the rest is counted."""


class ComputerTab(Tab):
    """Choices that take effect at once and are kept for this data folder."""

    changed = Signal(object)

    def __init__(self, kit: Kit, door: Door) -> None:
        super().__init__(kit)
        self._door = door
        tr = kit.tr
        now = read_settings(door.folder.settings)
        column = self.card(tr("Look"))
        self.scheme = self._row(
            column,
            tr("Colours"),
            [(Scheme.SYSTEM, tr("As the system")), (Scheme.LIGHT, tr("Light")), (Scheme.DARK, tr("Dark"))],
            now.scheme,
        )
        self.text = self._row(column, tr("Text size"), [(one, f"{one} %") for one in TEXT_PERCENTS], now.text_percent)
        column = self.card(tr("Locking"), tr("Ctrl+L locks at once. Locking never loses an entry, and timers go on."))
        minutes: list[tuple[Any, str]] = [(one, tr("{count} min", count=one)) for one in IDLE_MINUTES]
        self.idle = self._row(
            column, tr("Lock when nobody has used it for"), [*minutes, (0, tr("Never"))], now.idle_minutes
        )
        self.notice = Notice(kit.theme, "stop")
        self.notice.hide()
        self.column.addWidget(self.notice)
        column = self.card(tr("Data folder"))
        shown = label(str(door.folder.root).replace("/", "/\u200b").replace("\\", "\\\u200b"), "body", wrap=True)
        column.addWidget(shown)

    def _row(self, column: QVBoxLayout, caption: str, options: list[tuple[Any, str]], value: object) -> ChipRow:
        column.addWidget(label(caption, "strong"))
        row = ChipRow(self.kit.theme, caption, options, clearable=False)
        row.set_value(value)
        row.changed.connect(self._keep)
        column.addWidget(row)
        return row

    def _keep(self, _: object) -> None:
        settings = Settings(
            scheme=cast("Scheme", self.scheme.value()),
            text_percent=cast("int", self.text.value()),
            idle_minutes=cast("int", self.idle.value()),
        )
        try:
            write_settings(self._door.folder.settings, settings)
        except Fault as fault:
            self.notice.say(str(self.kit.tr.fault(fault)), "stop")
        else:
            self.notice.say("")
        self.changed.emit(settings)


class RecordsTab(Tab):
    """Checks every seal, paper and photo off the window's own thread, and says plainly what was found."""

    def __init__(self, kit: Kit, desk: Desk) -> None:
        super().__init__(kit)
        self._desk = desk
        tr = kit.tr
        column = self.card(
            tr("Check the records"),
            tr(
                "Every signed visit, addendum and paper is sealed. This compares each with its seal, opens every "
                "photo, and shows if anything was changed, removed or put in between."
            ),
        )
        self.notice = Notice(kit.theme, "ok")
        self.notice.hide()
        self.check = button(kit.theme, tr("Check now"), "primary", "check")
        self.check.setMinimumHeight(48)
        self.check.clicked.connect(self._check)
        column.addWidget(self.notice)
        column.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        self.anew = self._build_anew()
        column.addWidget(self.anew)
        column = self.card(
            tr("Check a print"),
            tr(
                "The record of a visit, its consent and the report of an adverse event bear a code beside their seal. "
                "It tells to which record a print belongs, and whether that record still is what was signed."
            ),
        )
        self.prints = PrintCheck(kit, desk)
        column.addWidget(self.prints)

    def _build_anew(self) -> QWidget:
        """Shown while the note of the last seal is missing: it is begun anew for a reason, which is sealed."""
        tr, theme = self.kit.tr, self.kit.theme
        reason = tr("Why the note is begun anew")
        self.reason = ParagraphField(
            theme, tr, reason, lambda text: parse_paragraphs(text, field=reason, limit=REASON_LIMIT), lines=2
        )
        self.begin = button(theme, tr("Begin the note anew"), "secondary", "lock")
        self.begin.setMinimumHeight(48)
        self.begin.clicked.connect(self._begin_anew)
        text = tr(
            "First compare the last visits with a backup or with paper. From the seal that is the last now on, a "
            "missing end is found again; what may be missing before it is not. Your name and the reason are sealed."
        )
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE)
        rows.addWidget(label(text, "body", muted=True, wrap=True))
        rows.addWidget(self.reason)
        rows.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        whole.hide()
        return whole

    def _begin_anew(self) -> None:
        if not self.reason.commit():
            return
        try:
            self._desk.proof.begin_end_anew(self.reason.value() or "")
        except Fault as fault:
            self.reason.show_finding(str(self.kit.tr.fault(fault)))
            return
        self.reason.set_value(None)
        self._check()

    def _check(self) -> None:
        self.check.setEnabled(False)
        self.notice.say(self.kit.tr("Checking…"), "raised")
        self.kit.tasks.run(self._desk.proof.whole, self._checked, self._failed, owner=self)

    def _checked(self, found: Findings) -> None:
        self.check.setEnabled(True)
        self.anew.setVisible(found.end_lost)
        tr = self.kit.tr
        notes = [tr("Note: {note}", note=note) for note in found.notes[:MOST_SAID]]
        notes += self._desk.proof.why_begun_anew()[-MOST_SAID:]
        if not found.flaws:
            said = tr.plural(
                "Every record and paper is as it was signed, and {count} photo was opened and is whole.",
                "Every record and paper is as it was signed, and {count} photos were opened and are whole.",
                found.photos,
            )
            end = self._desk.proof.said_of_the_end(found.last) if found.last else ()
            self.notice.say("\n".join([said, *notes, *end]), "ok")
            return
        head = tr.plural(
            "{count} thing is not as it was recorded. Keep the data folder as it is and compare with a backup.",
            "{count} things are not as they were recorded. Keep the data folder as it is and compare with a backup.",
            len(found.flaws),
        )
        lines = [flaw.says for flaw in found.flaws]
        if len(lines) > MOST_SAID:
            lines = [*lines[:MOST_SAID], tr("{count} more", count=len(found.flaws) - MOST_SAID)]
        self.notice.say("\n".join([head, *lines, *notes]), "stop")

    def _failed(self, fault: Fault) -> None:
        self.check.setEnabled(True)
        self.notice.say(str(self.kit.tr.fault(fault)), "stop")
