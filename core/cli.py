"""Commands for whoever looks after the machine."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from core import backup
from core.clock import utcnow
from core.db import db
from core.settings import settings
from core.worker import command as worker


@click.command("backup")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to; else as configured.")
@with_appcontext
def back_up(folder: Path | None) -> None:
    """Write a checked copy of the database."""
    try:
        copy = backup.back_up(db.engine, folder or _backup_folder(), utcnow())
    except backup.BackupFailed as failure:
        raise click.ClickException(str(failure)) from failure
    click.echo(f"Backup written: {copy}")


@click.command("restore")
@click.argument("copy", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask whether everything may be replaced.")
@with_appcontext
def restore(copy: Path, yes: bool) -> None:
    """Replace everything in the database by COPY. Stop the app and the worker first."""
    if not yes:
        click.confirm("This replaces everything in the database. Go on?", abort=True)
    try:
        backup.restore(db.engine, copy)
    except backup.BackupFailed as failure:
        raise click.ClickException(str(failure)) from failure
    click.echo(f"Restored from {copy}. Now run: flask --app app db upgrade")


def _backup_folder() -> Path:
    configured = settings().backup_dir
    return Path(configured) if configured else Path(current_app.instance_path) / "backups"


groups: list[click.Command] = [back_up, restore, worker]
