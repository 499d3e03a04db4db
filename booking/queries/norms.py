from dataclasses import fields, replace
from datetime import time
from typing import Any

from sqlalchemy import select

from booking.models import Setting
from booking.rules.norms import Norms
from core.db import session

NAMES = {field.name for field in fields(Norms)}


def current_norms() -> Norms:
    """The defaults, with the theatre's own numbers in their place."""
    rows = session.execute(select(Setting.name, Setting.value)).tuples()
    return replace(Norms(), **{name: _value(value) for name, value in rows if name in NAMES})


def _value(stored: Any) -> Any:
    """Times of a day-part are kept as two texts, for example ["13:00", "17:00"]."""
    return (
        tuple(time.fromisoformat(text) for text in stored) if isinstance(stored, list) else stored
    )
