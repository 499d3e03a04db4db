"""Commands of booking."""

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from booking import clockwork, demo, services
from booking.models import BookingRequest
from booking.queries.blocks import stops_inside_blocks
from booking.queries.closing import misfits, room_of
from booking.services import reserving
from core.clock import utcnow
from core.db import session, transact
from core.errors import phrase
from core.filters import day_and_span
from core.reading import email_address
from core.settings import settings
from venues.facts import find_postcode

demo_group = AppGroup("demo", help="A made-up season, to try Speelplek out with.")
tour = AppGroup("tour", help="What and who is on tour.")
options = AppGroup("options", help="Options on a period.")
bookings = AppGroup("bookings", help="Bookings of rooms.")


@demo_group.command("fill")
def fill_demo() -> None:
    """Fill an empty database with a made-up season."""
    if not settings().demo:
        raise click.ClickException("Only in demo mode: set SPEELPLEK_DEMO=1.")
    if session.scalar(select(func.count()).select_from(BookingRequest)):
        raise click.ClickException("There are requests in this database already.")
    transact(demo.fill, utcnow())
    click.echo("A made-up season is in the database.")


@options.command("expire")
def expire_options() -> None:
    """Let options lapse whose end date has come, and remind of those that end soon."""
    clockwork.work_off(utcnow())
    click.echo("Options are up to date.")


@tour.command("add-cube")
@click.argument("name")
@click.option("--piece", required=True, help="What is played in it.")
@click.option("--depot", required=True, help="The four digits of the postcode where it is kept.")
def add_cube(name: str, piece: str, depot: str) -> None:
    """Let an installation called NAME tour."""
    if find_postcode(depot) is None:
        raise click.BadParameter(f"{depot!r} is not a postcode in Utrecht.")
    transact(services.add_installation, name, piece=piece, depot_pc4=depot[:4])
    click.echo(f"{name} tours.")


@tour.command("add-performer")
@click.argument("name")
@click.option("--email", default="", help="Gets mail and can sign in.")
def add_performer(name: str, email: str) -> None:
    """Let a performer called NAME play."""
    try:
        address = email_address(email) if email else ""
    except ValueError as error:
        raise click.BadParameter(f"{email!r} is not an e-mail address.") from error
    transact(services.add_performer, name, email=address, now=utcnow())
    click.echo(f"{name} plays.")


@tour.command("recheck")
def recheck_tour() -> None:
    """List stops that stand inside a block; there should be none."""
    for stop, block in stops_inside_blocks(utcnow()):
        where, when = stop.room.full_name, day_and_span(stop)
        click.echo(f"{where}: {when}, inside block {block.id} ({block.kind}).")


@bookings.command("recheck")
@click.option("--tell", is_flag=True, help="Mail the hosts what they have not been told yet.")
def recheck(tell: bool) -> None:
    """List what is agreed in rooms and does not fit any more; nothing is cancelled."""
    now = utcnow()
    for each in misfits(now):
        when, hit = day_and_span(each.hit.period), each.hit
        said = " ".join(phrase(finding) for finding in hit.findings)
        click.echo(f"{room_of(each).full_name}: {when}. {hit.who}, {hit.what}. {said}")
    if tell:
        number = transact(reserving.recheck, now=now)
        click.echo(f"Told of {number}.")


groups: list[click.Command] = [bookings, demo_group, options, tour]
