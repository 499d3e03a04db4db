"""How migrations are written: with plain types, so that they outlive the code they came from."""

from pathlib import Path
from typing import Any, Literal

from flask_migrate import Migrate
from sqlalchemy.types import TypeDecorator

from core.db import db

FOLDER = Path(__file__).parent.parent / "migrations"


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our own column types as the SQLAlchemy type below them; the rest as Alembic does it."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


migrate = Migrate(
    db=db,
    directory=str(FOLDER),
    render_as_batch=True,
    render_item=plain_type,
    compare_type=True,
)
