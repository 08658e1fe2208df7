"""What a photo must be before it is kept, and how it is made small. Pillow is imported where it is used."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from needlelog.errors import Fault, FaultCode

if TYPE_CHECKING:
    from PIL.Image import Image

LIMIT_MEGAPIXELS = 60
_FORMATS = ("JPEG", "PNG")
_SHOWN = {"L", "RGB", "RGBA"}
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevx", b"mif1", b"msf1", b"avif"}
_JPEG_QUALITY = 92
_THUMBNAIL_QUALITY = 82


def is_heif(data: bytes) -> bool:
    """Whether this is a phone's HEIC or AVIF, which needs a decoder that is not shipped."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS


def checked(data: bytes) -> bytes:
    """The photo as it will be kept: every pixel decoded once, upright, and without where it was taken.

    An upright picture that carries nothing beside its pixels is kept as it is. Raises ``Fault`` (PHOTO_UNREADABLE,
    PHOTO_IS_HEIC, PHOTO_TOO_LARGE).
    """
    from PIL import ImageOps

    picture = _decoded(data)
    plain = not picture.getexif() and not {"exif", "xmp", "comment", "XML:com.adobe.xmp"} & set(picture.info)
    if plain and picture.mode in _SHOWN:
        return data
    upright = ImageOps.exif_transpose(picture)
    if upright.mode not in _SHOWN:
        upright = upright.convert("RGBA" if "A" in upright.mode or "transparency" in upright.info else "RGB")
    kept = io.BytesIO()
    # The colour profile is part of what the skin looked like; everything else beside the pixels goes.
    profile = picture.info.get("icc_profile")
    if picture.format == "JPEG":
        upright.save(kept, "JPEG", quality=_JPEG_QUALITY, icc_profile=profile, exif=b"", comment=b"")
    else:
        upright.info = {}
        upright.save(kept, "PNG", icc_profile=profile, exif=b"")
    return kept.getvalue()


def thumbnail(data: bytes, edge_px: int) -> bytes:
    """A small JPEG, its longer edge at most ``edge_px``; raises as ``checked``."""
    picture = _decoded(data, about=(edge_px, edge_px))
    picture.thumbnail((edge_px, edge_px))
    if picture.mode != "RGB":
        picture = picture.convert("RGB")
    small = io.BytesIO()
    picture.save(small, "JPEG", quality=_THUMBNAIL_QUALITY)
    return small.getvalue()


def _decoded(data: bytes, about: tuple[int, int] | None = None) -> Image:
    """The picture with every pixel read, because only that finds a file that ends too soon."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # The limit below is ours; Pillow only warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
            if picture.width * picture.height > LIMIT_MEGAPIXELS * 1_000_000:
                raise Fault(FaultCode.PHOTO_TOO_LARGE, limit=LIMIT_MEGAPIXELS)
            if about is not None:
                picture.draft("RGB", about)
            picture.load()
    except Image.DecompressionBombError as error:
        raise Fault(FaultCode.PHOTO_TOO_LARGE, limit=LIMIT_MEGAPIXELS) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        raise Fault(FaultCode.PHOTO_IS_HEIC if is_heif(data) else FaultCode.PHOTO_UNREADABLE) from error
    return picture
