"""Photos: what is taken in, what is refused, and what damage looks like."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from needlelog.errors import Fault, FaultCode
from needlelog.photos.picture import LIMIT_MEGAPIXELS
from needlelog.photos.store import PhotoStore
from needlelog.vault import DatabaseKey

MARKER = b"MARKER-Ana-Nowak"
ORIENTATION = 0x0112
GPS = 0x8825


def corners(width: int = 40, height: int = 20) -> Image.Image:
    """A picture whose upper left corner is red and upper right corner is blue."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("red", (0, 0, width // 4, height // 4))
    picture.paste("blue", (width - width // 4, 0, width, height // 4))
    return picture


def encoded(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> PhotoStore:
    return PhotoStore(tmp_path / "photos", DatabaseKey.new().sealer("photos"))


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def colour(picture: Image.Image, x: int, y: int) -> str:
    red, green, blue = picture.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return "red" if red > 150 > max(green, blue) else "blue" if blue > 150 > max(red, green) else "other"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_plain_photo_is_kept_byte_for_byte(store: PhotoStore, kind: str) -> None:
    data = encoded(corners(), kind)
    sha256 = store.add(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert store.data(sha256) == data
    assert store.add(data) == sha256


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright_once_and_never_mirrored(store: PhotoStore, orientation: int) -> None:
    backwards = {
        2: (Image.Transpose.FLIP_LEFT_RIGHT,),
        3: (Image.Transpose.ROTATE_180,),
        4: (Image.Transpose.FLIP_TOP_BOTTOM,),
        5: (Image.Transpose.TRANSPOSE,),
        6: (Image.Transpose.ROTATE_90,),
        7: (Image.Transpose.TRANSVERSE,),
        8: (Image.Transpose.ROTATE_270,),
    }
    picture = corners(400, 200)
    for turn in backwards.get(orientation, ()):
        picture = picture.transpose(turn)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    kept = opened(store.data(store.add(encoded(picture, exif=exif, quality=95))))
    assert kept.size == (400, 200)
    assert colour(kept, 20, 10) == "red"
    assert colour(kept, 380, 10) == "blue"
    assert ORIENTATION not in kept.getexif()
    small = opened(store.thumbnail(store.add(encoded(picture, exif=exif, quality=95)), 100))
    assert small.size == (100, 50)
    assert colour(small, 5, 2) == "red"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_where_it_was_taken_is_not_kept(store: PhotoStore, kind: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 1
    exif[0x010E] = MARKER.decode()
    exif.get_ifd(GPS)[1] = "N"
    data = encoded(corners(), kind, exif=exif)
    assert MARKER in data
    kept = store.data(store.add(data))
    assert MARKER not in kept
    assert dict(opened(kept).getexif()) == {}


def with_texts() -> dict[str, bytes]:
    texts = PngInfo()
    texts.add_text("Author", MARKER.decode())
    jpeg = encoded(corners())
    previews = io.BytesIO()
    corners().save(previews, "MPO", save_all=True, append_images=[corners()], comment=MARKER)
    return {
        "png text": encoded(corners(), "PNG", pnginfo=texts),
        "png trailer": encoded(corners(), "PNG") + MARKER,
        "jpeg maker's note": jpeg[:2] + b"\xff\xe7" + struct.pack(">H", len(MARKER) + 2) + MARKER + jpeg[2:],
        "jpeg comment": encoded(corners(), comment=MARKER),
        "jpeg xmp": encoded(corners(), xmp=MARKER),
        "jpeg trailer": jpeg + MARKER,
        "jpeg previews": previews.getvalue(),
    }


@pytest.mark.parametrize("where", sorted(with_texts()))
def test_no_words_beside_the_picture_are_kept(store: PhotoStore, where: str) -> None:
    data = with_texts()[where]
    assert MARKER in data
    kept = store.data(store.add(data))
    assert MARKER not in kept
    assert opened(kept).size == (40, 20)
    assert opened(kept).format == ("PNG" if "png" in where else "JPEG")


def test_nothing_of_a_photo_can_be_read_in_the_folder(store: PhotoStore, tmp_path: Path) -> None:
    data = encoded(corners(200, 200), "PNG")
    store.add(data)
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert len(files) == 1
    sealed = files[0].read_bytes()
    assert b"PNG" not in sealed
    assert data[100:120] not in sealed
    assert files[0].stat().st_mode & 0o777 == 0o600
    assert files[0].parent.stat().st_mode & 0o777 == 0o700


def test_damage_is_noticed_wherever_it_is(store: PhotoStore, tmp_path: Path) -> None:
    sha256 = store.add(encoded(corners()))
    file = next(one for one in tmp_path.rglob("*") if one.is_file())
    whole = file.read_bytes()
    for content in (
        b"",
        whole[:-1],
        whole[:10],
        *(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in range(0, len(whole), 37)),
    ):
        file.write_bytes(content)
        for read in (store.data, lambda name: store.thumbnail(name, 50)):
            with pytest.raises(Fault) as caught:
                read(sha256)
            assert caught.value.code is FaultCode.PHOTO_DAMAGED
    file.unlink()
    with pytest.raises(Fault):
        store.data(sha256)


def test_a_damaged_photo_is_mended_by_taking_it_in_again(store: PhotoStore, tmp_path: Path) -> None:
    data = encoded(corners())
    sha256 = store.add(data)
    next(one for one in tmp_path.rglob("*") if one.is_file()).write_bytes(b"rot")
    assert store.add(data) == sha256
    assert store.data(sha256) == data


def test_one_photo_cannot_stand_in_for_another(store: PhotoStore, tmp_path: Path) -> None:
    first, second = store.add(encoded(corners())), store.add(encoded(corners(60, 60)))
    folder = tmp_path / "photos"
    (folder / first[:2] / first).write_bytes((folder / second[:2] / second).read_bytes())
    with pytest.raises(Fault) as caught:
        store.data(first)
    assert caught.value.code is FaultCode.PHOTO_DAMAGED


@pytest.mark.parametrize("name", ["", "../../keys.json", "a" * 63, "A" * 64, "../" * 20 + "aaaa"])
def test_a_name_that_is_no_fingerprint_leads_nowhere(store: PhotoStore, name: str) -> None:
    with pytest.raises(Fault) as caught:
        store.data(name)
    assert caught.value.code is FaultCode.PHOTO_DAMAGED


def huge_png() -> bytes:
    """The head of a picture of 144 megapixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 12_000, 12_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("edge", [12_000, 30_000])
def test_a_pixel_bomb_is_refused_before_it_is_decoded(store: PhotoStore, tmp_path: Path, edge: int) -> None:
    data = huge_png()
    at = data.index(b"IHDR") + 4
    head = struct.pack(">II", edge, edge) + data[at + 8 : at + 13]
    data = data[:at] + head + struct.pack(">I", zlib.crc32(b"IHDR" + head)) + data[at + 17 :]
    with pytest.raises(Fault) as caught:
        store.add(data)
    assert caught.value.code is FaultCode.PHOTO_TOO_LARGE
    assert caught.value.values["limit"] == LIMIT_MEGAPIXELS
    assert not (tmp_path / "photos").exists()


def test_what_is_no_photo_is_refused(store: PhotoStore, tmp_path: Path) -> None:
    jpeg, png = encoded(corners(400, 400)), encoded(corners(400, 400), "PNG")
    for data in (
        b"",
        b"%PDF-1.7",
        b"<svg/>",
        jpeg[: len(jpeg) // 2],
        png[: len(png) // 2],
        png[:-30],
        encoded(corners(), "GIF"),
        encoded(corners(), "BMP"),
        b"\xff\xd8\xff" + bytes(100),
    ):
        with pytest.raises(Fault) as caught:
            store.add(data)
        assert caught.value.code is FaultCode.PHOTO_UNREADABLE
    assert not (tmp_path / "photos").exists()


def test_a_phones_heic_is_refused_by_name(store: PhotoStore) -> None:
    with pytest.raises(Fault) as caught:
        store.add(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200))
    assert caught.value.code is FaultCode.PHOTO_IS_HEIC


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "I;16", "1"])
def test_every_kind_of_pixel_has_a_thumbnail(store: PhotoStore, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    picture = Image.new("I;16", (300, 200)) if mode == "I;16" else corners(300, 200).convert(mode)
    small = opened(store.thumbnail(store.add(encoded(picture, kind)), 64))
    assert small.size == (64, 43)
    assert small.format == "JPEG"
