"""Photos of a visit: taken in, sealed, shown."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from needlelog.clock import Clock
from needlelog.domain.session import Photo
from needlelog.photos.store import PhotoStore


class Pictures:
    """What the practice does with photos. A photo is on disk, sealed, before a draft names it."""

    def __init__(self, store: PhotoStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def take_in(self, data: bytes, *, view: str, taken_at: datetime | None = None) -> Photo:
        """Check, seal and keep a JPEG or PNG; raises ``Fault`` (PHOTO_UNREADABLE, PHOTO_TOO_LARGE)."""
        sha256 = self._store.add(data)
        return Photo(id=uuid4(), sha256=sha256, view=view, taken_at=taken_at or self._clock.now())

    def whole(self, photo: Photo) -> bytes:
        """The photo as it was taken in; raises ``Fault(PHOTO_DAMAGED)``."""
        return self._store.data(photo.sha256)

    def thumbnail(self, photo: Photo, edge_px: int) -> bytes:
        """A small JPEG of it, its longer edge ``edge_px``."""
        return self._store.thumbnail(photo.sha256, edge_px)
