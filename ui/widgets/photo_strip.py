"""Photos of a visit: added off the UI thread, sealed before the draft names them, shown as thumbnails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from needlelog.domain.session import Photo
from needlelog.errors import Fault, FaultCode
from needlelog.files import read_whole
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label

THUMBNAIL_PX = 132
READ_LIMIT_BYTES = 60 * 1024 * 1024


class PhotoStrip(QWidget):
    """Thumbnails and "Add a photo"; the client is the one whose visit this strip was made for.

    ``take_in`` seals what was read from a file and is called off the UI thread, like ``thumbnail`` (edge in px).
    """

    taken = Signal(object)

    def __init__(self, kit: Kit, take_in: Callable[[bytes], Photo], thumbnail: Callable[[Photo, int], bytes]) -> None:
        super().__init__()
        self._kit = kit
        self._take_in = take_in
        self._thumbnail = thumbnail
        self._photos: tuple[Photo, ...] = ()
        self._list = QListWidget()
        self._list.setViewMode(QListWidget.ViewMode.IconMode)
        self._list.setIconSize(QSize(THUMBNAIL_PX, THUMBNAIL_PX))
        self._list.setFixedHeight(THUMBNAIL_PX + 40)
        self._list.setMovement(QListWidget.Movement.Static)
        self._list.setAccessibleName(kit.tr("Photos"))
        self._said = label("", "body", muted=True, wrap=True)
        self._add = button(kit.theme, kit.tr("Add a photo"), "secondary", "camera")
        self._add.clicked.connect(self._on_add_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        column.addWidget(self._said)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_photos(self, photos: tuple[Photo, ...]) -> None:
        """Show these; thumbnails come when they are unsealed."""
        self._list.setVisible(bool(photos))
        if photos == self._photos:
            return
        self._photos = photos
        self._list.clear()
        for number, photo in enumerate(photos, 1):
            item = QListWidgetItem(self._kit.tr("Photo {number}", number=number))
            self._list.addItem(item)
            self._load(photo, item)

    def _load(self, photo: Photo, item: QListWidgetItem) -> None:
        def show(data: bytes) -> None:
            picture = QPixmap()
            if photo in self._photos and picture.loadFromData(data):
                item.setIcon(QIcon(picture))

        def failed(fault: Fault) -> None:
            if photo in self._photos:
                item.setText(str(self._kit.tr.fault(fault)))

        self._kit.tasks.run(lambda: self._thumbnail(photo, THUMBNAIL_PX * 2), show, failed, owner=self)

    def _on_add_clicked(self) -> None:
        tr = self._kit.tr
        path = self._kit.dialogs.open_path(self, tr("Choose a photo"), tr("Photos (*.jpg *.jpeg *.png)"))
        if path is None:
            return
        self._say(tr("Adding the photo"))
        self._kit.tasks.run(self._taking(path), self._on_taken, self._on_failed, owner=self)

    def _taking(self, path: Path) -> Callable[[], Photo]:
        def work() -> Photo:
            if path.stat().st_size > READ_LIMIT_BYTES:
                raise Fault(FaultCode.PHOTO_UNREADABLE)
            return self._take_in(read_whole(path, limit=READ_LIMIT_BYTES))

        return work

    def _on_taken(self, photo: Photo) -> None:
        self._say("")
        self.taken.emit(photo)

    def _on_failed(self, fault: Fault) -> None:
        self._say(str(self._kit.tr.fault(fault)))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))
