"""Drawings in place of photos: nobody's room, in the colours of the site. Each is a PNG."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1200, 800)
FINER = 2  # drawn so much bigger first, as that makes smooth edges
AIR, LEAF, GRASS, HILL, SUN = "#bfe3e8", "#3f7a55", "#5c8a5a", "#8fb58a", "#ffdc8a"
WALL, FLOOR, WOOD, CHAIR, LAMP = "#ffe7b5", "#d9822b", "#6b2a2a", "#b0123f", "#fffdf5"
HORIZON = 540


class _Paper:
    """Takes sizes as of the finished picture."""

    def __init__(self, colour: str) -> None:
        self._image = Image.new("RGB", (SIZE[0] * FINER, SIZE[1] * FINER), colour)
        self._pen = ImageDraw.Draw(self._image)

    def box(
        self, left: int, top: int, right: int, bottom: int, colour: str, corner: int = 0
    ) -> None:
        self._pen.rounded_rectangle(self._fine(left, top, right, bottom), corner * FINER, colour)

    def oval(self, left: int, top: int, right: int, bottom: int, colour: str) -> None:
        self._pen.ellipse(self._fine(left, top, right, bottom), colour)

    def shape(self, colour: str, *corners: tuple[int, int]) -> None:
        self._pen.polygon([(x * FINER, y * FINER) for x, y in corners], colour)

    def png(self) -> bytes:
        into = BytesIO()
        self._image.resize(SIZE, Image.Resampling.LANCZOS).save(into, "PNG")
        return into.getvalue()

    def _fine(self, *sizes: int) -> list[int]:
        return [each * FINER for each in sizes]


def living_room() -> bytes:
    paper = _room()
    _window(paper, 170, 130)
    _window(paper, 480, 130)
    _lamp(paper, 860)
    for left in (300, 450, 600, 750):
        _chair(paper, left, 470)
    paper.box(230, 560, 930, 600, WOOD, 12)
    for left in (270, 860):
        paper.box(left, 590, left + 28, 740, WOOD)
    _plant(paper, 1010)
    return paper.png()


def hall() -> bytes:
    paper = _room()
    for left in (100, 420, 740):
        _window(paper, left, 100)
    paper.oval(260, 560, 940, 780, LAMP)
    paper.oval(290, 572, 910, 768, FLOOR)
    for left, top in ((560, 420), (390, 450), (730, 450), (250, 540), (870, 540)):
        _chair(paper, left, top)
    return paper.png()


def garden() -> bytes:
    paper = _Paper(AIR)
    paper.oval(620, 80, 760, 220, SUN)
    paper.oval(-200, 430, 800, 1000, HILL)
    paper.box(0, HORIZON, *SIZE, GRASS)
    for left, top in ((90, 170), (330, 240), (910, 180)):
        paper.box(left + 88, top + 180, left + 118, 600, WOOD)
        paper.oval(left, top, left + 206, top + 230, LEAF)
    paper.shape(SUN, (520, 800), (680, 800), (640, HORIZON), (590, HORIZON))
    paper.box(700, 590, 1000, 614, WOOD, 8)
    paper.box(700, 650, 1000, 674, WOOD, 8)
    for left in (730, 950):
        paper.box(left, 600, left + 20, 740, WOOD)
    return paper.png()


def _room() -> _Paper:
    paper = _Paper(WALL)
    paper.box(0, HORIZON, *SIZE, FLOOR)
    paper.box(0, HORIZON - 14, SIZE[0], HORIZON, LAMP)
    return paper


def _window(paper: _Paper, left: int, top: int) -> None:
    paper.box(left, top, left + 260, top + 290, LAMP, 8)
    for pane in (left + 16, left + 138):
        paper.box(pane, top + 16, pane + 106, top + 274, AIR)
    paper.oval(left + 150, top + 180, left + 240, top + 290, LEAF)
    paper.box(left + 138, top + 274, left + 244, top + 290, LAMP)


def _lamp(paper: _Paper, middle: int) -> None:
    paper.box(middle - 4, 0, middle + 4, 150, WOOD)
    shade = ((middle - 30, 150), (middle + 30, 150), (middle + 90, 240), (middle - 90, 240))
    paper.shape(CHAIR, *shade)
    paper.oval(middle - 26, 222, middle + 26, 262, LAMP)


def _chair(paper: _Paper, left: int, top: int) -> None:
    for leg in (left + 4, left + 82):
        paper.box(leg, top + 90, leg + 14, top + 210, WOOD)
    paper.box(left, top, left + 100, top + 90, CHAIR, 16)
    paper.box(left - 6, top + 100, left + 106, top + 126, CHAIR, 10)


def _plant(paper: _Paper, left: int) -> None:
    paper.oval(left - 20, 430, left + 60, 600, LEAF)
    paper.oval(left + 40, 400, left + 120, 600, GRASS)
    paper.shape(CHAIR, (left - 10, 590), (left + 110, 590), (left + 90, 720), (left + 10, 720))
