"""Objects of a file that are written as they come: reportlab would build each of its parts as an object of its own."""

from __future__ import annotations

from functools import cache
from typing import Any


def written(data: bytes) -> Any:
    """An object of a file, to be named and referred to like reportlab's own."""
    return _kind()(data)


@cache
def _kind() -> Any:
    from reportlab.pdfbase.pdfdoc import PDFObject

    class Written(PDFObject):  # type: ignore[misc]
        __RefOnly__ = 1

        def __init__(self, data: bytes) -> None:
            self._data = data

        def format(self, document: Any) -> bytes:
            del document
            return self._data

    return Written
