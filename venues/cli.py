"""Commands of venues: none yet."""

import click

groups: list[click.Command] = []
