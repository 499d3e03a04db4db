"""The waiting list and the list of who is hit, in a browser: with and without JavaScript."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from booking.models import RoomBooking, RoomDate
from core.clock import local_date, utcnow
from core.db import session
from core.outbox import OutboxMail
from tests.browser.conftest import PageAt, Site
from tests.browser.stepping_in import step_in
from tests.waiting import clock, free

SIZES = [(1280, False, True), (390, True, True), (320, False, False)]
IDS = ["desk", "phone_dark", "small_without_javascript"]


@pytest.fixture
def on_site(site: Site, apps: Callable[[str], Flask]) -> Iterator[Site]:
    """The rows of the site can be read and changed from here."""
    with apps(f"sqlite:///{site.database}").app_context():
        yield site
        session.remove()


def evening(number: int) -> RoomDate:
    """One of the last evenings of the language café: nobody else looks at it."""
    series = (
        select(RoomDate)
        .join(RoomDate.room_booking)
        .where(RoomBooking.purpose == "Taalcafé")
        .order_by(RoomDate.starts_at.desc())
    )
    return session.scalars(series).all()[number]


def own_link(address: str) -> str:
    """In the last mail to somebody."""
    session.rollback()
    mails = select(OutboxMail.text).where(OutboxMail.to_address == address)
    found = re.search(r"/wachtlijst/[\w-]+", session.scalars(mails).all()[-1])
    assert found
    return found[0]


@pytest.mark.parametrize(("width", "dark", "javascript"), SIZES, ids=IDS)
def test_waiting_and_being_offered(
    on_site: Site,
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
    dark: bool,
    javascript: bool,
) -> None:
    del on_site
    number = [size[0] for size in SIZES].index(width)
    date = evening(number)
    date_id, room_id, day = date.id, date.room_id, local_date(date.starts_at)
    page = page_at(width, dark=dark, javascript=javascript)

    def look(name: str) -> None:
        picture(page, f"waiting-{name}-{width}{'-dark' * dark}")
        no_overflow(page)
        if javascript:
            axe(page)

    page.goto(f"/ruimtes/{room_id}/wachtlijst?datum={day}&van=19:00&tot=21:00&mensen=12")
    look("join")
    page.get_by_role("button", name="Zet me op de wachtlijst").click()
    page.wait_for_load_state()
    look("refused")
    address = f"kookclub{width}@buren.example"
    for label, text in (
        ("Wat gaan jullie doen?", "Samen koken"),
        ("Organisatie of groep", "Kookclub Overvecht"),
        ("Je naam", "Sam de Vries"),
        ("Je e-mailadres", address),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Zet me op de wachtlijst").click()
    page.wait_for_url("**/wachtlijst/verstuurd")
    look("sent")
    own = own_link(address)
    page.goto(own)
    look("own")
    free(date_id, utcnow())
    clock(utcnow())
    page.goto(own)
    look("offered")
    page.get_by_role("button", name="Neem deze tijd").click()
    page.wait_for_load_state()
    look("taken")
    assert page.get_by_text("De tijd is voor jullie. Je krijgt een mail").is_visible()
    page.goto(f"/ruimtes/{room_id}/wachtlijst?datum={day + timedelta(1)}&van=19:00&tot=21:00")
    look("free")


@pytest.mark.parametrize(("width", "dark", "javascript"), SIZES, ids=IDS)
def test_who_is_hit_by_a_closure(
    on_site: Site,
    page_at: PageAt,
    axe: Callable[[Page], list[str]],
    no_overflow: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
    dark: bool,
    javascript: bool,
) -> None:
    del on_site
    page = page_at(width, dark=dark, javascript=javascript)
    step_in(page, "host")
    room_id, today = evening(0).room_id, local_date(utcnow())
    page.goto(f"/mijn-ruimtes/ruimtes/{room_id}/sluiting")
    page.get_by_label("Eerste dag").fill(str(today + timedelta(1)))
    page.get_by_label("Laatste dag").fill(str(today + timedelta(40)))
    page.get_by_label("Waarom?").fill("De vloer wordt nieuw.")
    page.get_by_role("button", name="Sluit de ruimte").click()
    page.wait_for_load_state()
    assert page.get_by_role("button", name="Sluit en stel hen op de hoogte").is_visible()
    picture(page, f"hits-{width}{'-dark' * dark}")
    no_overflow(page)
    if javascript:
        axe(page)
