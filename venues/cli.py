"""Commands of venues. What comes round by the clock is made known here."""

import math

import click
from flask.cli import AppGroup

from core.clock import utcnow
from core.db import transact
from venues import clockwork, services
from venues.refreshing import read_due

calendars = AppGroup("calendars", help="Calendars that hosts and performers keep elsewhere.")


@calendars.command("read")
@click.option("--all", "all_of_them", is_flag=True, help="Also those that are not due yet.")
def read(all_of_them: bool) -> None:
    """Read the calendars that are due, as the worker does."""
    now = utcnow()
    if all_of_them:
        transact(services.read_all_again, now=now)
    reads = read_due(now, turn=math.inf)
    failed = sum(read.failure is not None for read in reads)
    click.echo(f"Calendars read: {len(reads) - failed}. Failed: {failed}.")


groups: list[click.Command] = [calendars]

__all__ = ["clockwork", "groups"]
