"""Photos are drawn anew: small, upright, and nothing of the file that was sent."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image

from tests.pictures import (
    TELLS,
    moving,
    photo,
    photo_that_tells,
    png_that_claims,
    png_that_swells,
)
from venues.pictures import (
    LONGEST_SIDE,
    LONGEST_SIDE_OF_THUMBNAIL,
    NotAPicture,
    Picture,
    read_picture,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def drawn(picture: Picture) -> Image.Image:
    return Image.open(BytesIO(picture.whole))


def refusal(file: bytes) -> str:
    with pytest.raises(NotAPicture) as refused:
        read_picture(file)
    return refused.value.code


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(photo("JPEG"), id="jpeg"),
        pytest.param(photo("JPEG", mode="L"), id="grey jpeg"),
        pytest.param(photo("JPEG", mode="CMYK", colour=(0, 0, 0, 0)), id="jpeg for a printer"),
        pytest.param(photo("PNG"), id="png"),
        pytest.param(photo("PNG", mode="P"), id="png with a palette"),
        pytest.param(photo("PNG", mode="1"), id="png in black and white"),
        pytest.param(photo("PNG", mode="I;16"), id="png of 16 bits"),
        pytest.param(photo("WEBP"), id="webp"),
    ],
)
def test_every_kind_of_photo_becomes_webp(file: bytes) -> None:
    picture = read_picture(file)
    for made in (picture.whole, picture.thumbnail):
        image = Image.open(BytesIO(made))
        assert (image.format, image.mode) == ("WEBP", "RGB")
    assert (picture.width, picture.height) == (40, 30)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_a_photo_was_taken_is_gone_and_it_stands_upright(kind: str) -> None:
    sent = photo_that_tells(kind)
    before = Image.open(BytesIO(sent)).getexif()
    assert before.get_ifd(ExifTags.IFD.GPSInfo), "the photo of this test tells where it was"
    picture = read_picture(sent)
    assert (picture.width, picture.height) == (30, 40)
    for made in (picture.whole, picture.thumbnail):
        image = Image.open(BytesIO(made))
        assert not image.getexif()
        assert "exif" not in image.info
        assert "xmp" not in image.info
        assert TELLS not in made


def test_what_hangs_behind_a_photo_is_gone() -> None:
    picture = read_picture(photo("JPEG") + HTML)
    assert b"script" not in picture.whole + picture.thumbnail


def test_a_transparent_picture_stands_on_white() -> None:
    picture = read_picture(photo("PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    assert drawn(picture).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("size", "becomes", "small"),
    [
        pytest.param((3200, 1600), (1600, 800), (480, 240), id="wide"),
        pytest.param((1000, 4000), (400, 1600), (120, 480), id="high"),
        pytest.param((1600, 1600), (1600, 1600), (480, 480), id="just small enough"),
        pytest.param((4000, 1), (1600, 1), (480, 1), id="a line"),
    ],
)
def test_a_big_photo_becomes_small(
    size: tuple[int, int], becomes: tuple[int, int], small: tuple[int, int]
) -> None:
    picture = read_picture(photo("PNG", size))
    assert drawn(picture).size == (picture.width, picture.height) == becomes
    assert Image.open(BytesIO(picture.thumbnail)).size == small
    assert max(becomes) <= LONGEST_SIDE
    assert max(small) <= LONGEST_SIDE_OF_THUMBNAIL


@pytest.mark.parametrize(
    ("file", "code"),
    [
        pytest.param(b"", "photo_unreadable", id="empty"),
        pytest.param(SVG, "photo_unreadable", id="svg"),
        pytest.param(HTML, "photo_unreadable", id="html"),
        pytest.param(b"<?php system($_GET[0]); ?>", "photo_unreadable", id="php"),
        pytest.param(b"GIF89a/*" + HTML, "photo_unreadable", id="gif that is a script"),
        pytest.param(moving("GIF"), "photo_unreadable", id="gif"),
        pytest.param(photo("BMP"), "photo_unreadable", id="bmp"),
        pytest.param(photo("TIFF"), "photo_unreadable", id="tiff"),
        pytest.param(photo("JPEG")[:200], "photo_unreadable", id="cut off"),
        pytest.param(photo("PNG")[:60], "photo_unreadable", id="cut off png"),
        pytest.param(b"\xff\xd8\xff" + bytes(100), "photo_unreadable", id="only a head"),
        pytest.param(png_that_swells(), "photo_unreadable", id="text that swells"),
        pytest.param(moving("WEBP"), "photo_moves", id="moving webp"),
        pytest.param(moving("PNG"), "photo_moves", id="moving png"),
        pytest.param(png_that_claims(5001, 5000), "photo_has_many_pixels", id="one row more"),
        pytest.param(png_that_claims(12_000, 12_000), "photo_has_many_pixels", id="12,000 squared"),
        pytest.param(png_that_claims(30_000, 30_000), "photo_has_many_pixels", id="30,000 squared"),
        pytest.param(png_that_claims(5000, 5000), "photo_unreadable", id="just few enough"),
    ],
)
def test_what_is_no_photo_is_refused(file: bytes, code: str) -> None:
    assert refusal(file) == code
