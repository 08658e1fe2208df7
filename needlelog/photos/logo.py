"""A clinic's logo as papers need it: from any common picture, small, upright, in plain colours.

Pillow is imported where it is used.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from needlelog.errors import Fault, FaultCode
from needlelog.photos.picture import is_heif

if TYPE_CHECKING:
    from PIL.Image import Image

LIMIT_MEGABYTES = 30
LIMIT_MEGAPIXELS = 60
SIDE_PX = 800
"""At the head of a paper that is finer than any printer."""

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_PLAIN = {"L", "RGB", "RGBA"}
_DEEP = ("I;16", "I;16L", "I;16B", "I;16N")
_DRAWINGS = (b"%!PS", b"\xc5\xd0\xd3\xc6", b"%PDF")


def kept_logo(data: bytes) -> bytes:
    """The PNG or JPEG that is kept of a chosen picture; one that is small and plain is kept as it is.

    Raises ``Fault`` (LOGO_UNREADABLE, LOGO_TOO_LARGE, LOGO_IS_A_DRAWING).
    """
    if data.startswith(_DRAWINGS) or b"<svg" in data[:2048].lower():
        raise Fault(FaultCode.LOGO_IS_A_DRAWING)
    if len(data) > LIMIT_MEGABYTES << 20:
        raise _too_large()
    picture = _decoded(data)
    plain = picture.format in ("PNG", "JPEG") and picture.mode in _PLAIN and not picture.getexif()
    if plain and max(picture.size) <= SIDE_PX:
        return data
    upright = _upright(picture)
    upright.thumbnail((SIDE_PX, SIDE_PX))
    kept = io.BytesIO()
    upright.save(kept, "PNG", exif=b"", icc_profile=picture.info.get("icc_profile") if picture.mode == "RGB" else None)
    return kept.getvalue()


def _too_large() -> Fault:
    return Fault(FaultCode.LOGO_TOO_LARGE, megabytes=LIMIT_MEGABYTES, megapixels=LIMIT_MEGAPIXELS)


def _decoded(data: bytes) -> Image:
    """The first picture of the file with every pixel read, which finds a file that ends too soon."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # The limits are ours; Pillow only warns.
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
            # A JPEG can be read at a part of its size, however large it is.
            picture.draft(None, (2 * SIDE_PX, 2 * SIDE_PX))
            if picture.width * picture.height > LIMIT_MEGAPIXELS * 1_000_000:
                raise _too_large()
            picture.load()
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError) as error:
        raise Fault(FaultCode.PHOTO_IS_HEIC if is_heif(data) else FaultCode.LOGO_UNREADABLE) from error
    return picture


def _upright(picture: Image) -> Image:
    """The same in plain colours, the way up it was taken."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture)
    if upright.mode in _DEEP:
        # Pillow would cut deep greys off at white instead of scaling them.
        upright = upright.point(lambda level: level / 256).convert("L")
    if upright.mode in _PLAIN:
        return upright
    seen_through = "A" in upright.getbands() or "a" in upright.getbands() or "transparency" in upright.info
    return upright.convert("RGBA" if seen_through else "RGB")
