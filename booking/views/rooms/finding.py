"""/ruimtes: which rooms are free when you want to meet, near to where you are.

What somebody looks for stands in the address, so a search can be kept and passed on.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from flask import Response, request

from booking.forms.finder import FinderForm
from booking.phrases import finder as words
from booking.queries.finder import search
from booking.rules.finder import Found, by_district
from booking.rules.sought import Sought, sought_findings
from booking.views.rooms.addresses import finding as address
from booking.views.rooms.blueprint import bp
from booking.views.rooms.cards import Cards
from booking.views.rooms.sought import offer_choices, sought_in
from core import clock
from core.pages import asked_page, page_or_fragment
from people.access import public
from venues.facts import districts

A_WEEK = timedelta(days=7)
AT_ONCE = 24
NEAR_MISSES = 8
PER_DISTRICT = 3


@bp.get("/ruimtes")
@public
def find() -> Response:
    """The form and what it finds; htmx gets only what is found."""
    form, now = FinderForm(formdata=request.args), clock.utcnow()
    offer_choices(form)
    sought = sought_in(form, now)
    response = page_or_fragment(
        "booking/rooms/find.html",
        "booking/rooms/_results.html",
        status=200 if sought else 422,
        form=form,
        sought=sought,
        nothing=Sought(),
        words=words,
        later_url=_a_week_later(form, sought, now) if sought else None,
        **(_results(form, sought, now) if sought else {}),
    )
    response.headers["HX-Replace-Url"] = address(form)
    return response


def _results(form: FinderForm, sought: Sought, now: datetime) -> dict[str, Any]:
    results, nearly = search(sought, now)
    counts = {number: len(found) for number, found in by_district(results).items()}
    chosen = form.district.data or ""
    here, near = _in_district(results, chosen), _in_district(nearly, chosen)
    part = _part(here) if sought.origin or chosen else _overview(here)
    missed = near[:NEAR_MISSES] if part.number == 1 else []
    cards = Cards([*part.shown, *missed], sought)
    return {
        "sections": cards.sections(part.shown, counts),
        "near_misses": cards.all(missed),
        "count": len(here),
        "counts": counts,
        "district": districts().get(chosen),
        "district_url": lambda number: address(form, wijk=number),
        "everywhere_url": address(form, wijk=""),
        "previous_url": address(form, pagina=part.number - 1) if part.number > 1 else None,
        "next_url": address(form, pagina=part.number + 1) if part.number < part.of else None,
    }


def _a_week_later(form: FinderForm, sought: Sought, now: datetime) -> str | None:
    """None when no day was asked, or when nobody can book that far ahead."""
    if not sought.days:
        return None
    day = sought.days[0] + A_WEEK
    return None if sought_findings(day, None, now) else address(form, datum=day.isoformat())


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands on one page of the results."""

    shown: list[Found]
    number: int = 1
    of: int = 1


def _part(found: list[Found]) -> _Part:
    """The page that is asked for, or the last one there is."""
    last = max(1, ceil(len(found) / AT_ONCE))
    number = min(asked_page(), last)
    return _Part(found[(number - 1) * AT_ONCE : number * AT_ONCE], number, last)


def _overview(found: list[Found]) -> _Part:
    """When it is not known where somebody is: some of each district."""
    return _Part([each for here in by_district(found).values() for each in here[:PER_DISTRICT]])


def _in_district(found: list[Found], number: str) -> list[Found]:
    return [each for each in found if number in ("", each.place.district_number)]
