"""Photos as people send them, made into pictures that are safe and small.

What comes in is decoded and drawn anew: nothing of the file itself is kept, so neither the place
where it was taken nor anything hidden in or behind it.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1600
LONGEST_SIDE_OF_THUMBNAIL = 480
# A JPEG is read at about the size it is needed in; the others whole, so those may hold less.
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000}
MOST_PIXELS_OTHERWISE = 25_000_000
WHITE = (255, 255, 255)
SHRINKS_WELL = ("RGB", "RGBA", "L")  # with every shade between two pixels


@dataclass(frozen=True, slots=True)
class Picture:
    """Both are WebP."""

    width: int
    height: int
    whole: bytes
    thumbnail: bytes


class NotAPicture(ValueError):
    """The file is no photo that can be read; `code` is that of a finding."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def read_picture(file: bytes) -> Picture:
    """Raises NotAPicture."""
    try:
        return _picture(_opened(file))
    except NotAPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPicture("photo_has_many_pixels") from error
    except Exception as error:
        # Files made to break a decoder raise nearly everything: OSError, ValueError, SyntaxError,
        # struct.error, MemoryError. None of them is a photo.
        raise NotAPicture("photo_unreadable") from error


def _opened(file: bytes) -> Image.Image:
    """Its head only: the pixels are read when it is known how many there are."""
    image = Image.open(BytesIO(file), formats=FORMATS)
    allowed = MOST_PIXELS.get(image.format or "", MOST_PIXELS_OTHERWISE)
    if image.width * image.height > allowed:
        raise NotAPicture("photo_has_many_pixels")
    if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise NotAPicture("photo_moves")
    return image


def _picture(image: Image.Image) -> Picture:
    whole = _on_white(ImageOps.exif_transpose(_small(image)))
    thumbnail = _within(whole, LONGEST_SIDE_OF_THUMBNAIL)
    return Picture(whole.width, whole.height, _webp(whole), _webp(thumbnail))


def _small(image: Image.Image) -> Image.Image:
    """Made small before anything else, so that no second picture of the full size is in memory."""
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image.load()
    return _within(image if image.mode in SHRINKS_WELL else image.convert("RGBA"), LONGEST_SIDE)


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, and with the pixels alone: what else came along stays behind."""
    seen = image.convert("RGBA")
    paper = Image.new("RGB", seen.size, WHITE)
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _within(image: Image.Image, longest_side: int) -> Image.Image:
    """The same picture when it is small enough already."""
    scale = min(1.0, longest_side / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if size == image.size:
        return image
    smaller = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    smaller.info = image.info  # says which way up it is
    return smaller


def _webp(image: Image.Image) -> bytes:
    into = BytesIO()
    image.save(into, "WEBP", quality=80, method=4)
    return into.getvalue()
