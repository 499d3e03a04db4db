"""Files as people send them for a photo, good ones and others."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image

HERE = (52.0, 5.0, 30.0)  # degrees, minutes, seconds: in the middle of the country
TELLS = b"secret-kept-in-the-file"


def photo(
    kind: str = "JPEG",
    size: tuple[int, int] = (40, 30),
    mode: str = "RGB",
    colour: str | int | tuple[int, ...] | None = None,
    **more: Any,
) -> bytes:
    into = BytesIO()
    image = Image.new(mode, size, colour or ("steelblue" if mode in ("RGB", "RGBA") else 1))
    image.save(into, kind, **more)
    return into.getvalue()


def photo_that_tells(kind: str = "JPEG") -> bytes:
    """With where it was taken, which way up, by which telephone, and a remark."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # turn it a quarter to the right
    exif[ExifTags.Base.Make] = TELLS.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: HERE, 3: "E", 4: HERE})
    return photo(kind, exif=exif.tobytes())


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    into = BytesIO()
    frames[0].save(into, kind, save_all=True, append_images=frames[1:])
    return into.getvalue()


def png_that_swells(size: int = 64 * 1024 * 1024) -> bytes:
    """A small file with a compressed text of many megabytes in it."""
    swelling = b"Comment\x00\x00" + zlib.compress(b"a" * size, 9)
    whole = photo("PNG")
    return whole[:33] + _chunk(b"zTXt", swelling) + whole[33:]


def png_that_claims(width: int, height: int) -> bytes:
    """A head that promises a picture of this size, and nothing of it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b""))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
