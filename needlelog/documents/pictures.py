"""Pictures that are put into a paper: a logo, and small photos."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

from needlelog.errors import Fault, FaultCode


class Picture:
    """A PNG or JPEG, decoded whole; raises ``Fault(PHOTO_UNREADABLE)``."""

    def __init__(self, data: bytes) -> None:
        from PIL import Image, UnidentifiedImageError
        from reportlab.lib.utils import ImageReader

        try:
            image: Image.Image = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
            image.load()
            if image.mode not in ("L", "RGB", "RGBA"):
                image = image.convert("RGBA" if "A" in image.mode or "transparency" in image.info else "RGB")
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise Fault(FaultCode.PHOTO_UNREADABLE) from error
        self.aspect = image.width / image.height
        self.reader: Any = ImageReader(image)
        self._image = image

    @property
    def grey_reader(self) -> Any:
        """The same in greys."""
        from reportlab.lib.utils import ImageReader

        return ImageReader(self._image.convert("LA" if "A" in self._image.getbands() else "L").convert("RGBA"))


class Jpeg:
    """A small photo in colours or greys, put into the file as it is; raises ``Fault(PHOTO_UNREADABLE)``."""

    def __init__(self, data: bytes) -> None:
        from PIL import Image, UnidentifiedImageError

        try:
            with Image.open(BytesIO(data), formats=("JPEG",)) as image:
                self.width_px, self.height_px = image.size
                self._space = "DeviceGray" if image.mode == "L" else "DeviceRGB"
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
            raise Fault(FaultCode.PHOTO_UNREADABLE) from error
        self._data = data

    def put_into(self, canvas: Any) -> str:
        """Put it into the file, the same photo once, and name it on this page; returns its name.

        By hand: reportlab would decode it whole to give it a name, and write it again in letters.
        """
        from reportlab.pdfbase.pdfdoc import PDFImageXObject

        form, document = hashlib.sha256(self._data).hexdigest()[:32], canvas._doc
        name: str = document.getXObjectName(form)
        if name not in document.idToObject:
            made: Any = PDFImageXObject(form)
            made.width, made.height, made.bitsPerComponent = self.width_px, self.height_px, 8
            made.colorSpace, made._filters, made.streamContent = self._space, ("DCTDecode",), self._data
            canvas._setXObjects(made)
            document.Reference(made, name)
            document.addForm(form, made)
        canvas._currentPageHasImages = 1
        canvas._formsinuse.append(form)
        return name
