"""Commands about people."""

import click
from flask.cli import AppGroup

from core.clock import utcnow
from core.db import transact
from core.history import COMMAND
from core.reading import email_address
from core.site import site
from people import services
from people.clockwork import forget_what_is_old

planners = AppGroup("planners", help="Who plans the tour.")


@planners.command("invite")
@click.argument("address")
@click.option("--name", default="", help="What to call this person; else the start of the address.")
@click.option("--show-link", is_flag=True, help="Also print a sign-in link, for when mail fails.")
def invite(address: str, name: str, show_link: bool) -> None:
    """Let the person with this e-mail ADDRESS plan, and tell by mail."""
    try:
        known = email_address(address)
    except ValueError as error:
        raise click.BadParameter(f"{address!r} is not an e-mail address.") from error
    person, token = transact(_invite, known, name, show_link)
    click.echo(f"{person} can sign in at {site().url(services.SIGN_IN_PATH)}")
    if token:
        click.echo(f"Once, within ten minutes: {site().url(services.SIGN_IN_PATH)}/{token}")


def _invite(address: str, name: str, show_link: bool) -> tuple[str, str]:
    now = utcnow()
    person = services.invite_planner(address, name=name, by=COMMAND, now=now)
    return person.email, services.make_link(person, now) if show_link else ""


people = AppGroup("people", help="Personal data.")


@people.command("tidy")
def tidy() -> None:
    """Forget old sign-in links, form tokens and counters."""
    forget_what_is_old(utcnow())
    click.echo("Old links, form tokens and counters are forgotten.")


groups: list[click.Command] = [planners, people]
