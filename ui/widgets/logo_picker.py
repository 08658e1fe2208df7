"""The clinic's logo: any common picture, made small enough for papers, shown, taken away again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from needlelog.errors import Fault, FaultCode
from needlelog.files import read_whole
from needlelog.i18n import Words
from ui.toolkit.buttons import button
from ui.toolkit.dialogs import Dialogs
from ui.toolkit.labels import label, set_tone
from ui.toolkit.tasks import Tasks
from ui.toolkit.theme import SPACE, Theme

_HEIGHT = 48
_FILES = "*.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff *.webp"


def read_logo(path: Path) -> bytes:
    """What is kept of the picture at ``path``; slow where it is large. Raises ``Fault`` as ``kept_logo``."""
    from needlelog.photos.logo import LIMIT_MEGABYTES, LIMIT_MEGAPIXELS, kept_logo

    limit = LIMIT_MEGABYTES << 20
    try:
        if path.stat().st_size > limit:
            raise Fault(FaultCode.LOGO_TOO_LARGE, megabytes=LIMIT_MEGABYTES, megapixels=LIMIT_MEGAPIXELS)
        return kept_logo(read_whole(path, limit=limit))
    except OSError as error:
        raise Fault(FaultCode.LOGO_UNREADABLE) from error


class LogoPicker(QWidget):
    """Holds the bytes of a logo, or None."""

    changed = Signal()

    def __init__(
        self, theme: Theme, words: Words, dialogs: Dialogs, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._dialogs = dialogs
        self._tasks = tasks
        self._logo: bytes | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(words("Logo (optional)"), "strong"))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self._shown = QLabel()
        self._shown.hide()
        self.choose = button(theme, words("Choose a picture"), "secondary")
        self.choose.setMinimumHeight(_HEIGHT)
        self.choose.clicked.connect(self._choose)
        self._remove = button(theme, words("Remove"), "quiet")
        self._remove.clicked.connect(lambda: self._take(None))
        row.addWidget(self._shown)
        row.addWidget(self.choose)
        row.addWidget(self._remove)
        row.addStretch(1)
        column.addLayout(row)
        self._below = label(words("A picture for the top of the papers"), "caption", muted=True, wrap=True)
        column.addWidget(self._below)
        self.set_logo(None)

    def logo(self) -> bytes | None:
        """The bytes as they were read."""
        return self._logo

    def set_logo(self, logo: bytes | None) -> None:
        """Show this logo, or none."""
        self._logo = logo
        self._shown.setVisible(logo is not None)
        self._remove.setVisible(logo is not None)
        if logo is not None:
            picture = QPixmap.fromImage(QImage.fromData(logo))
            mode = Qt.TransformationMode.SmoothTransformation
            self._shown.setPixmap(picture.scaled(3 * _HEIGHT, _HEIGHT, Qt.AspectRatioMode.KeepAspectRatio, mode))
            self._shown.setAccessibleName(self._words("The clinic's logo"))

    def _choose(self) -> None:
        path = self._dialogs.open_path(self, self._words("Choose a logo"), self._words("Pictures") + f" ({_FILES})")
        if path is None:
            return
        self.choose.setEnabled(False)
        self._say(self._words("Reading the picture…"), "muted")
        self._tasks.run(lambda: read_logo(path), self._take, self._refuse, owner=self)

    def _refuse(self, fault: Fault) -> None:
        self.choose.setEnabled(True)
        self._say(str(self._words.fault(fault)), "stop")

    def _take(self, logo: bytes | None) -> None:
        self.choose.setEnabled(True)
        self.set_logo(logo)
        self._say(self._words("A picture for the top of the papers"), "muted")
        self.changed.emit()

    def _say(self, text: str, tone: str) -> None:
        self._below.setText(text)
        set_tone(self._below, tone)
