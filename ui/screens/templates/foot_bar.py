"""Along the foot: what counts now, how plainly the whole paper speaks, and the one way to make the new words count."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local
from needlelog.documents.reading_grade import Reading
from needlelog.domain.own_texts import OwnTextsVersion
from needlelog.i18n import record_time
from ui.screens.templates.reading_words import reading_told
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.phrases import moment_text
from ui.widgets.two_halves import TwoHalves

LEAST_WORDS_PX = 280


class FootBar(QWidget):
    """``use_asked``, ``discard_asked``, ``review_asked``, ``back_asked``: what somebody wants to do."""

    use_asked = Signal()
    discard_asked = Signal()
    review_asked = Signal()
    back_asked = Signal()

    def __init__(self, kit: Kit, zone: str) -> None:
        super().__init__()
        self._kit = kit
        self._zone = zone
        tr, theme = kit.tr, kit.theme
        self.state = label("", "strong", wrap=True)
        self.reading = label("", "caption", muted=True, wrap=True)
        self.discard = button(theme, tr("Discard changes"), "secondary", "trash")
        self.review = button(theme, tr("Say who reviewed it…"), "secondary", "check")
        self.back = button(theme, tr("Back to the texts"), "secondary", "back")
        self.use = button(theme, tr("Use this wording…"), "primary")
        for each, asked in (
            (self.discard, self.discard_asked),
            (self.review, self.review_asked),
            (self.back, self.back_asked),
            (self.use, self.use_asked),
        ):
            each.clicked.connect(asked)
        told, said = QWidget(), QVBoxLayout()
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(2)
        said.addWidget(self.state)
        said.addWidget(self.reading)
        told.setLayout(said)
        ways, row = QWidget(), QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addStretch(1)
        for each in (self.discard, self.review, self.back, self.use):
            row.addWidget(each)
        ways.setLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(TwoHalves(told, ways, theme.px(LEAST_WORDS_PX)))

    def show_state(
        self,
        current: OwnTextsVersion | None,
        changed: int,
        *,
        saved_at: datetime | None,
        last_look: bool,
        again: bool,
    ) -> None:
        """Say what counts; ``changed`` lines are not in use yet, and were made durable at ``saved_at``.

        With ``last_look`` the next press makes them count; ``again``: what counts may be kept anew as it is.
        """
        tr = self._kit.tr
        if changed:
            said = tr.plural("One line changed, not in use yet", "{count} lines changed, not in use yet", changed)
            if saved_at is not None:
                at = local(saved_at, self._zone)
                time = f"{record_time(at)}:{at.second:02d}"
                said = tr("{changed}. Draft saved {time}.", changed=said, time=time)
        elif current is None:
            said = tr("The shipped wording is in use. No clinician has reviewed it.")
        else:
            values = {"number": current.number, "when": moment_text(current.at, self._zone), "by": current.by}
            said = tr("Version {number} of {when} is in use ({by}).", **values)
            reviewed = tr("Reviewed by {name}.", name=current.reviewed_by)
            said += " " + (reviewed if current.reviewed_by else tr("No clinician has reviewed it."))
        self.state.setText(said)
        name = tr("Use it from now on") if last_look else tr("Use this wording…")
        self.use.setText(name)
        self.use.setAccessibleName(name)
        self.use.setEnabled(changed > 0 or last_look or again)
        self.discard.setVisible(changed > 0 and not last_look)
        self.review.setVisible(not changed and not last_look and not again)
        self.back.setVisible(last_look)

    def show_reading(self, reading: Reading) -> None:
        """Tell how plainly all texts of the paper speak together."""
        told = reading_told(reading, self._kit.tr)
        self.reading.setText(self._kit.tr("Whole paper: {told}", told=told) if told else "")
        set_tone(self.reading, "muted" if reading.easy else "hold")
