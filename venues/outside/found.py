"""What reading a calendar gives."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    start: datetime
    end: datetime
    is_tentative: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    times: tuple[Busy, ...]
    skipped: int = 0  # events that could not be understood
