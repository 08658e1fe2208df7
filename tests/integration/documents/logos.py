"""Picture files as clinics have them, and as they should not be: made here, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

TEAL, PAPER = (11, 110, 105), (255, 255, 255)


def drawn(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """A teal field with a white bar through its middle, in this mode."""
    image = Image.new("RGB", size, TEAL)
    ImageDraw.Draw(image).rectangle((0, size[1] * 2 // 5, size[0], size[1] * 3 // 5), fill=PAPER)
    return image if mode == "RGB" else image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def see_through(size: tuple[int, int]) -> Image.Image:
    image = drawn(size).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(size))
    return image


def deep_grey(size: tuple[int, int]) -> Image.Image:
    """16 bits: as dark as the teal, with the white bar."""
    image = Image.new("I;16", size, 24_000)
    image.paste(65_535, (0, size[1] * 2 // 5, size[0], size[1] * 3 // 5))
    return image


def on_its_side() -> bytes:
    """A photo of a logo as a phone writes it: to be turned before it is shown."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(drawn((300, 90)).transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)


USABLE: Mapping[str, Callable[[], bytes]] = {
    "PNG": lambda: saved(drawn((300, 90)), "PNG"),
    "PNG, 20 000 px wide": lambda: saved(drawn((20_000, 600)), "PNG"),
    "JPEG, 20 000 px wide": lambda: saved(drawn((20_000, 4_000)), "JPEG"),
    "JPEG in CMYK": lambda: saved(drawn((1_200, 360), "CMYK"), "JPEG"),
    "JPEG in grey": lambda: saved(drawn((300, 90), "L"), "JPEG"),
    "JPEG on its side": on_its_side,
    "PNG with alpha": lambda: saved(see_through((1_000, 300)), "PNG"),
    "PNG with a palette and a clear colour": lambda: saved(drawn((300, 90), "P"), "PNG", transparency=0),
    "PNG in black and white": lambda: saved(drawn((300, 90), "1"), "PNG"),
    "PNG of 16 bits": lambda: saved(deep_grey((300, 90)), "PNG"),
    "GIF": lambda: saved(drawn((300, 90)), "GIF"),
    "GIF that moves": lambda: saved(
        drawn((300, 90)), "GIF", save_all=True, append_images=[Image.new("RGB", (300, 90), "red")] * 3
    ),
    "TIFF in CMYK": lambda: saved(drawn((300, 90), "CMYK"), "TIFF"),
    "BMP": lambda: saved(drawn((300, 90)), "BMP"),
    "WebP": lambda: saved(drawn((300, 90)), "WEBP", lossless=True),
    "a single pixel": lambda: saved(drawn((1, 1)), "PNG"),
    "a hair": lambda: saved(drawn((2_000, 1)), "PNG"),
}

SVG = (
    b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>x()</script></svg>'
)

REFUSED: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "SVG": (lambda: SVG, "logo-is-a-drawing"),
    "SVG named PNG": (lambda: b"\xef\xbb\xbf" + SVG, "logo-is-a-drawing"),
    "EPS": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n", "logo-is-a-drawing"),
    "EPS with a preview": (lambda: b"\xc5\xd0\xd3\xc6" + bytes(28), "logo-is-a-drawing"),
    "PDF": (lambda: b"%PDF-1.7\n%%EOF\n", "logo-is-a-drawing"),
    "nothing": (lambda: b"", "logo-unreadable"),
    "text": (lambda: b"not a picture", "logo-unreadable"),
    "PNG, cut short": (lambda: saved(drawn((300, 90)), "PNG")[:-60], "logo-unreadable"),
    "JPEG, cut short": (lambda: saved(drawn((300, 300)), "JPEG")[:700], "logo-unreadable"),
    "GIF, cut short": (lambda: saved(drawn((300, 90)), "GIF")[:60], "logo-unreadable"),
    "PNG, its pixels damaged": (lambda: _damaged(saved(drawn((300, 90)), "PNG")), "logo-unreadable"),
    "PNG of 400 megapixels": (lambda: saved(Image.new("1", (20_000, 20_000)), "PNG"), "logo-too-large"),
    "HEIC": (lambda: b"\x00\x00\x00\x18ftypheic" + bytes(40), "photo-is-heic"),
}


def _damaged(data: bytes) -> bytes:
    at = data.index(b"IDAT") + 8
    return data[:at] + bytes(one ^ 0x5A for one in data[at : at + 12]) + data[at + 12 :]
