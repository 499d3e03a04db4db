"""Commands of venues: none yet. What comes round by the clock is made known here."""

import click

from venues import clockwork

groups: list[click.Command] = []

__all__ = ["clockwork", "groups"]
