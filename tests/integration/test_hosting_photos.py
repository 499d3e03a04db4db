"""Photos of a room: sent, described, put in order, taken away, and who may see them."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict

from core.db import session
from people.models import Person, Role
from tests import builders as b
from tests.conftest import CountQueries, SignIn
from tests.hosting import room_address, told_at
from tests.pages import CheckingClient, Page, body
from tests.pictures import TELLS, moving, photo, photo_that_tells, png_that_claims
from venues.models import Room, RoomPhoto, RoomState
from venues.services.photos import MOST_PHOTOS

MEGABYTE = 1024 * 1024
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
CHOOSE_AGAIN = "Kies de foto's opnieuw: je browser bewaart ze niet."


@pytest.fixture
def fatma() -> Person:
    return b.person("Fatma", Role.HOST)


@pytest.fixture
def here(fatma: Person) -> Room:
    return b.meeting_room("De Ronde", host=fatma)


@pytest.fixture
def desk(signed_in: SignIn, fatma: Person) -> CheckingClient:
    return signed_in(fatma)


@pytest.fixture
def at_photos(desk: CheckingClient, here: Room) -> Page:
    return desk.visit(room_address(here.id, "/fotos"))


def stored() -> list[RoomPhoto]:
    session.rollback()
    in_order = select(RoomPhoto).order_by(RoomPhoto.position)
    return list(session.scalars(in_order.execution_options(populate_existing=True)))


def add(page: Page, *texts: str, status: int = 200) -> Page:
    """Photos of different sizes, so that each can be told from the others."""
    form = page.form("photos-form")
    for n, text in enumerate(texts):
        form.fill(**{f"text_{n}": text}).attach(f"photo_{n}", photo(size=(40 + n, 30)))
    return form.submit(status=status)


def texts(page: Page) -> list[str]:
    return [str(image["alt"]) for image in page.soup.select(".photo-desk img")]


def test_a_photo_of_a_telephone_loses_where_it_was_taken(
    at_photos: Page, client: CheckingClient
) -> None:
    form = at_photos.form("photos-form").fill(text_0="Een lange tafel")
    page = form.attach("photo_0", photo_that_tells(), "../../IMG_1.jpg.php").submit()
    assert texts(page) == ["Een lange tafel"]
    [kept] = stored()
    assert (kept.width, kept.height) == (30, 40), "upright"
    for address in (f"/fotos/{kept.name}.webp", f"/fotos/klein/{kept.name}.webp"):
        answer = client.get(address)
        assert answer.mimetype == "image/webp"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert TELLS not in answer.data
        assert not Image.open(BytesIO(answer.data)).getexif()


def test_photos_are_added_put_in_order_described_and_taken_away(
    at_photos: Page, here: Room, client: CheckingClient
) -> None:
    page = add(at_photos, "Eén", "Twee", "Drie")
    assert texts(page) == ["Eén", "Twee", "Drie"]
    page = page.form("Zet eerder foto 3").submit()
    assert texts(page) == ["Eén", "Drie", "Twee"]
    page = page.form("Haal weg foto 1").submit()
    assert texts(page) == ["Drie", "Twee"]
    assert [each.position for each in stored()] == [1, 2]
    page = page.form("Bewaar de tekst van foto 2").fill(text="Stoelen & tafels").submit()
    assert texts(page) == ["Drie", "Stoelen & tafels"]
    public = client.visit(f"/ruimtes/{here.id}")
    assert [str(each["alt"]) for each in public.soup.select(".photos img")] == [
        "Drie",
        "Stoelen & tafels",
    ]


REFUSED_TEXTS = [("", "Schrijf op wat er te zien is."), ("a" * 201, "hoogstens 200 tekens")]
NO_PHOTOS = [
    (SVG, "foto.svg", "geen foto die we kunnen lezen"),
    (SVG, "foto.png", "geen foto die we kunnen lezen"),
    (b"<html>", "foto.jpg", "geen foto die we kunnen lezen"),
    (moving("GIF"), "foto.gif", "geen foto die we kunnen lezen"),
    (moving("WEBP"), "foto.webp", "bewegend plaatje"),
    (png_that_claims(30_000, 30_000), "foto.png", "te groot"),
]


def test_a_text_that_is_refused_is_kept_in_its_field(at_photos: Page) -> None:
    page = add(at_photos, "Eén", "Twee")
    first = stored()[0].id
    for typed, says in REFUSED_TEXTS:
        page = page.form("Bewaar de tekst van foto 1").fill(text=typed).submit(status=422)
        assert says in told_at(page, f"text-of-{first}")
        assert page.title.startswith("Fout:")
        assert page.form("Bewaar de tekst van foto 1").fields["text"] == typed
        assert page.form("photos-form").fields["text_0"] == ""
    assert [each.alternative_text for each in stored()] == ["Eén", "Twee"]


def test_what_is_no_photo_is_refused_at_its_field(at_photos: Page) -> None:
    """See `tests/unit/test_pictures.py` for everything a photo may pretend to be."""
    for file, filename, says in NO_PHOTOS:
        form = at_photos.form("photos-form").fill(text_0="Goed", text_1="De zaal")
        form.attach("photo_0", photo()).attach("photo_1", file, filename)
        page = form.submit(status=422)
        assert says in told_at(page, "photo_1")
        assert page.form("photos-form").fields["text_1"] == "De zaal"
        assert CHOOSE_AGAIN in page.text
    assert stored() == [], "all of them or none"


def test_a_photo_and_its_text_come_together(at_photos: Page) -> None:
    page = at_photos.form("photos-form").submit(status=422)
    assert "Kies minstens één foto." in told_at(page, "photo_0")
    page = at_photos.form("photos-form").fill(text_1="De zaal").submit(status=422)
    assert "Kies hier een foto bij." in told_at(page, "photo_1")
    page = at_photos.form("photos-form").attach("photo_2", photo()).submit(status=422)
    assert "Schrijf op wat er te zien is." in told_at(page, "text_2")
    assert stored() == []


def test_files_that_are_too_big_together_are_refused(at_photos: Page) -> None:
    form = at_photos.form("photos-form").fill(text_0="De zaal")
    page = form.attach("photo_0", bytes(41 * MEGABYTE)).submit(status=413)
    assert "De bestanden zijn samen te groot." in page.text
    assert stored() == []


def test_other_forms_of_the_desk_take_no_big_files(desk: CheckingClient, here: Room) -> None:
    address = room_address(here.id, "/gegevens")
    fields = desk.visit(address).form().fields
    big = MultiDict([*fields.items(), ("photo_0", FileStorage(BytesIO(bytes(3 * MEGABYTE))))])
    assert desk.post(address, **body(big)).status_code == 413


def test_nothing_is_read_of_who_may_not_enter(
    desk: CheckingClient, client: CheckingClient, here: Room
) -> None:
    for visitor, status, is_read in ((client, 403, False), (desk, 413, True)):
        sent = BytesIO(bytes(3 * MEGABYTE))
        kind = "multipart/form-data; boundary=b"
        form = {"input_stream": sent, "content_length": 3 * MEGABYTE, "content_type": kind}
        answer = visitor.post(room_address(here.id, "/fotos"), **form)
        assert answer.status_code == status
        assert (sent.tell() > 0) is is_read


def test_the_same_form_twice_adds_the_photos_once(at_photos: Page) -> None:
    form = at_photos.form("photos-form").fill(text_0="De zaal").attach("photo_0", photo())
    form.submit()
    form.submit()
    assert len(stored()) == 1
    form.fill(text_0="Iets anders")
    assert "Je stuurde dit formulier al eerder op" in form.submit(status=422).text
    assert len(stored()) == 1


def test_there_are_no_more_photos_than_fit(desk: CheckingClient, at_photos: Page) -> None:
    page = add(add(at_photos, "1", "2", "3"), "4", "5", "6")
    late = desk.visit(page.path)
    page = add(page, "7")
    assert "Er kunnen er nog 1 bij." in page.text
    assert "photo_1" not in page.form("photos-form").names
    page = add(late, "8", "9", status=422)
    assert "Er kunnen er nog 1 bij." in told_at(page, "photo_0")
    page = add(page, "8")
    assert len(stored()) == MOST_PHOTOS
    assert "Er staan 8 foto's: dat is het meeste." in page.text
    assert not page.soup.find(id="photos-form")


def test_only_whoever_may_see_the_room_sees_its_photos(
    at_photos: Page, desk: CheckingClient, here: Room, client: CheckingClient, signed_in: SignIn
) -> None:
    add(at_photos, "De zaal")
    planner = signed_in(b.person("Noor", Role.PLANNER))
    other = signed_in(b.person("Kees", Role.HOST))
    address = f"/fotos/{stored()[0].name}.webp"
    for state, is_listed, is_public in (
        (RoomState.PUBLISHED, True, True),
        (RoomState.PUBLISHED, False, False),
        (RoomState.DRAFT, True, False),
        (RoomState.PAUSED, True, False),
    ):
        room = session.get_one(Room, here.id, populate_existing=True)
        room.state, room.venue.is_listed = state, is_listed
        for visitor, may_see in (
            (desk, True), (planner, True), (other, is_public), (client, is_public)
        ):  # fmt: skip
            assert visitor.get(address).status_code == (200 if may_see else 404)
        kept = desk.get(address).headers["Cache-Control"]
        assert kept.startswith("public" if is_public else "no-store")
    assert client.get("/fotos/0.webp").status_code == 404


def test_photos_of_another_room_stay_as_they_are(
    at_photos: Page, desk: CheckingClient, here: Room, fatma: Person
) -> None:
    other = b.meeting_room("De Tweede", host=fatma)
    add(at_photos, "Eén", "Twee")
    token = {"csrf_token": at_photos.form("photos-form").fields["csrf_token"]}
    second = stored()[1].id
    for what, status in (("weg", 303), ("eerder", 409), ("tekst", 409)):
        fields = {**token, "text": "Iets anders"}
        address = room_address(other.id, f"/fotos/{second}/{what}")
        assert desk.post(address, data=fields).status_code == status
    assert [each.alternative_text for each in stored()] == ["Eén", "Twee"]


def test_a_list_of_photos_never_reads_the_pictures(
    at_photos: Page, here: Room, client: CheckingClient, count_queries: CountQueries
) -> None:
    add(at_photos, "Eén", "Twee")
    with count_queries() as seen:
        client.visit(f"/ruimtes/{here.id}")
    assert not [each for each in seen if "room_photo.picture" in each]
