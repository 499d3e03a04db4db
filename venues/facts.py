"""Utrecht's districts, postcodes and holidays: facts, so files beside the code and no tables."""

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from core.geography import Point

DATA = Path(__file__).parent / "data"
DISTRICTS_OVER_THE_CANAL = frozenset({"09", "10"})


@dataclass(frozen=True, slots=True)
class District:
    number: str  # "01" to "10"
    name: str
    centre: Point

    @property
    def is_over_the_canal(self) -> bool:
        """West of the Amsterdam-Rhine canal: all trips to the rest of the city cross a bridge."""
        return self.number in DISTRICTS_OVER_THE_CANAL


@dataclass(frozen=True, slots=True)
class Postcode:
    pc4: str
    district: District
    centre: Point  # of the addresses
    known_as: str


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday, or a holiday of the schools in the middle of the country."""

    name: str
    first_on: date
    last_on: date
    is_for_schools: bool


@cache
def districts() -> dict[str, District]:
    """By number, in order."""
    return {
        row["number"]: District(row["number"], row["name"], _point(row))
        for row in _rows("districts.csv")
    }


@cache
def postcodes() -> dict[str, Postcode]:
    """By four-digit postcode, in order."""
    return {
        row["pc4"]: Postcode(row["pc4"], districts()[row["district"]], _point(row), row["known_as"])
        for row in _rows("postcodes.csv")
    }


@cache
def holidays() -> tuple[Holiday, ...]:
    """All that are known, in order."""
    read = (
        Holiday(
            name=row["name"],
            first_on=date.fromisoformat(row["first_on"]),
            last_on=date.fromisoformat(row["last_on"]),
            is_for_schools=row["kind"] == "school",
        )
        for row in _rows("holidays.csv")
    )
    return tuple(sorted(read, key=lambda each: (each.first_on, each.last_on)))


@cache
def public_holidays() -> frozenset[date]:
    """Days on which offices are closed."""
    public = (each for each in holidays() if not each.is_for_schools)
    return frozenset(
        each.first_on + timedelta(days=n)
        for each in public
        for n in range((each.last_on - each.first_on).days + 1)
    )


def holidays_ahead(today: date, until: date) -> list[Holiday]:
    """Those that are not over yet and begin by then."""
    return [each for each in holidays() if each.last_on >= today and each.first_on <= until]


def find_postcode(text: str) -> Postcode | None:
    """The facts for "3563 CB", "3563cb" or "3563"; None outside Utrecht or for something else."""
    match = re.fullmatch(r"([1-9][0-9]{3}) ?([A-Za-z]{2})?", text.strip(), re.ASCII)
    return postcodes().get(match[1]) if match else None


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _point(row: dict[str, str]) -> Point:
    return Point(float(row["lat"]), float(row["lon"]))
