"""The clinic's logo: a PNG or JPEG of reasonable size, shown small, taken away again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from needlelog.errors import Fault, FaultCode
from needlelog.files import read_whole
from needlelog.i18n import Words
from ui.toolkit.buttons import button
from ui.toolkit.dialogs import Dialogs
from ui.toolkit.labels import label, set_tone
from ui.toolkit.theme import SPACE, Theme

SIZE_LIMIT = 1 << 20
"""Bytes."""
SIDE_LIMIT = 4000
"""Pixels a side."""
_HEIGHT = 48


def read_logo(path: Path) -> bytes:
    """The bytes of the picture at ``path``; raises ``Fault`` (LOGO_UNREADABLE, LOGO_TOO_LARGE)."""
    too_large = Fault(FaultCode.LOGO_TOO_LARGE, kilobytes=SIZE_LIMIT // 1024, pixels=SIDE_LIMIT)
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise too_large
        data = read_whole(path, limit=SIZE_LIMIT)
    except OSError as error:
        raise Fault(FaultCode.LOGO_UNREADABLE) from error
    picture = QByteArray(data)
    buffer = QBuffer(picture)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    if reader.format().data() not in (b"png", b"jpeg"):
        raise Fault(FaultCode.LOGO_UNREADABLE)
    if max(reader.size().width(), reader.size().height()) > SIDE_LIMIT:
        raise too_large
    if reader.read().isNull():
        raise Fault(FaultCode.LOGO_UNREADABLE)
    return data


class LogoPicker(QWidget):
    """Holds the bytes of a logo, or None."""

    changed = Signal()

    def __init__(self, theme: Theme, words: Words, dialogs: Dialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._dialogs = dialogs
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
        self._below = label(words("PNG or JPEG, for the top of the papers"), "caption", muted=True, wrap=True)
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
        path = self._dialogs.open_path(
            self, self._words("Choose a logo"), self._words("Pictures") + " (*.png *.jpg *.jpeg)"
        )
        if path is None:
            return
        try:
            self._take(read_logo(path))
        except Fault as fault:
            self._below.setText(str(self._words.fault(fault)))
            set_tone(self._below, "stop")

    def _take(self, logo: bytes | None) -> None:
        self.set_logo(logo)
        self._below.setText(self._words("PNG or JPEG, for the top of the papers"))
        set_tone(self._below, "muted")
        self.changed.emit()
