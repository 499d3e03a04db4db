"""Offering a place without an account: nothing exists until the button of the mail."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.db import session, transact
from core.outbox import OutboxMail
from people.models import Person, Role
from tests import builders as b
from tests.conftest import SetClock, SignIn
from tests.hosting import DESK, OFFER, PLACE, csrf, offer_place
from tests.mailed import mailed_path
from tests.pages import CheckingClient
from venues import services
from venues.clockwork import forget_offers
from venues.models import PlaceOffer, Venue
from venues.rules.values import VenueDetails
from venues.services.offers import KEPT, OFFERS_PER_ADDRESS, OFFERS_PER_CLIENT, live_offer

FATMA = PLACE["email"]


@pytest.fixture(autouse=True)
def at_ten(set_clock: SetClock) -> None:
    set_clock(b.NOW)


def counted(kind: type[Person | Venue | PlaceOffer | OutboxMail]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_nothing_exists_until_the_button_and_then_a_place_with_its_host(
    client: CheckingClient,
) -> None:
    page = offer_place(client)
    assert page.h1 == "Kijk in je mail"
    link = mailed_path(FATMA, OFFER)
    for _ in range(2):
        page = client.visit(link)
        assert "Voorbeelddreef 12a, 3563 CB" in page.text
        assert client.head(link).status_code == 200
    assert (counted(Venue), counted(Person)) == (0, 0), "opening the link changes nothing"
    page = page.form().submit("Log in en begin")
    assert page.title.startswith("Een nieuwe ruimte (stap 1 van 4)")
    venue = session.scalars(select(Venue)).one()
    fatma = session.scalars(select(Person)).one()
    assert (venue.name, venue.address) == (PLACE["place"], "Voorbeelddreef 12a, 3563 CB Utrecht")
    assert (venue.phone, venue.district.name) == ("030 123 45 67", "Overvecht")
    assert (fatma.name, fatma.email) == ("Fatma", FATMA)
    assert fatma.roles == {Role.HOST}
    assert "Buurthuis De Ronde" in client.visit(DESK).text
    for answer in (client.get(link), client.post(link, data=csrf(page))):
        assert answer.status_code == 410
    assert counted(Venue) == 1


def test_the_mail_tells_nothing_of_what_was_typed(client: CheckingClient) -> None:
    offer_place(client, place="Koop nu goedkope horloges", name="www.horloges.example")
    mail = session.scalars(select(OutboxMail)).one()
    assert "horloges" not in mail.subject + mail.text + mail.html


def test_somebody_we_know_keeps_name_and_roles(client: CheckingClient) -> None:
    known = b.person("Noor", Role.PERFORMER)
    offer_place(client, name="Iemand anders", email=known.email)
    client.visit(mailed_path(known.email, OFFER)).form().submit()
    noor = session.scalars(select(Person)).one()
    session.refresh(noor)
    assert noor.name == "Noor"
    assert noor.roles == {Role.PERFORMER, Role.HOST}


def test_who_may_not_sign_in_gets_no_place(client: CheckingClient) -> None:
    gone = b.person("Noor")
    gone.disabled_at = b.NOW
    offer_place(client, email=gone.email)
    client.visit(mailed_path(gone.email, OFFER)).form().submit(status=410)
    assert counted(Venue) == 0
    assert client.get(DESK).status_code == 303


def test_a_host_who_is_signed_in_needs_no_mail(signed_in: SignIn, set_clock: SetClock) -> None:
    visitor = signed_in(b.person("Fatma", Role.HOST))
    assert visitor.visit(OFFER).path == f"{DESK}/plekken/nieuw"


WRONG = [
    ("place", "", "Vul de naam van je plek in."),
    ("street", "", "Vul de straat in."),
    ("postcode", "1012 AB", "ligt niet in Utrecht"),
    ("email", "fatma", "Vul een e-mailadres in"),
    ("phone", "", "Vul een telefoonnummer in"),
]


def test_what_is_wrong_is_said_and_kept(client: CheckingClient) -> None:
    for field, typed, says in WRONG:
        form = client.visit(OFFER).form("offer-form").fill(**{**PLACE, field: typed})
        page = form.submit(status=422)
        assert len(page.errors) == 1
        assert says in page.errors[0]
        assert page.form("offer-form").fields["name"] == "Fatma"
    assert counted(PlaceOffer) == counted(OutboxMail) == 0


def test_a_link_works_for_ten_minutes(client: CheckingClient, set_clock: SetClock) -> None:
    offer_place(client)
    link = mailed_path(FATMA, OFFER)
    page = client.visit(link)
    set_clock(b.NOW + timedelta(minutes=10, seconds=-1))
    client.visit(link)
    set_clock(b.NOW + timedelta(minutes=10))
    client.visit(link, status=410)
    page.form().submit(status=410)
    client.visit(f"{OFFER}/{'a' * 500}", status=410)
    assert counted(Venue) == 0


def test_one_address_gets_a_few_mails_and_the_page_says_the_same(client: CheckingClient) -> None:
    for _ in range(OFFERS_PER_ADDRESS + 2):
        assert offer_place(client).h1 == "Kijk in je mail"
    assert counted(OutboxMail) == OFFERS_PER_ADDRESS


def test_one_computer_offers_not_too_often(client: CheckingClient) -> None:
    def offer_often() -> None:
        for n in range(OFFERS_PER_CLIENT):
            details = services.OfferDetails(**{**PLACE, "email": f"{n}@deronde.example"})
            services.offer_place(details, client="127.0.0.1", now=b.NOW)

    transact(offer_often)
    form = client.visit(OFFER).form("offer-form").fill(**PLACE)
    form.submit(status=429)
    assert counted(OutboxMail) == OFFERS_PER_CLIENT


def test_what_was_offered_is_forgotten_after_a_day(client: CheckingClient) -> None:
    offer_place(client)
    forget_offers(b.NOW + KEPT)
    assert counted(PlaceOffer) == 1
    forget_offers(b.NOW + KEPT + timedelta(seconds=1))
    assert counted(PlaceOffer) == 0


PRESSES = 6


def at_once(app: Flask, press: Callable[[], object]) -> None:
    """Pressed so often at the same moment."""
    start = Barrier(PRESSES)

    def pressing() -> None:
        with app.app_context():
            start.wait()
            press()
            session.remove()

    threads = [Thread(target=pressing) for _ in range(PRESSES)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


@pytest.fixture
def token(client: CheckingClient) -> str:
    offer_place(client)
    return mailed_path(FATMA, OFFER).rsplit("/", 1)[1]


@pytest.mark.race
def test_a_button_pressed_many_times_at_once_makes_one_place(app: Flask, token: str) -> None:
    at_once(app, lambda: transact(services.take_offer, token, now=b.NOW))
    assert counted(Venue) == 1


@pytest.mark.race
def test_without_the_condition_in_the_update_there_would_be_several(app: Flask, token: str) -> None:
    """The twin of the test above: it shows that the race is really there."""
    everybody_has_looked = Barrier(PRESSES)
    place = VenueDetails(name=PLACE["place"], postcode="3563 CB")

    def careless() -> None:
        is_live = live_offer(token, b.NOW) is not None
        everybody_has_looked.wait()
        if is_live:
            transact(services.add_venue, place, by=b.PLANNER, now=b.NOW)

    at_once(app, careless)
    assert counted(Venue) > 1
