"""A look at the weeks: for which place, from which day, how many day-parts in a row."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import request

from booking.forms.asking import OtherDateForm
from booking.queries.asking import check_wishes, first_askable_day
from booking.queries.norms import current_norms
from booking.rules.answers import Answers
from booking.rules.asked import Where
from booking.rules.capacity import day_parts_needed, visitors_that_fit
from booking.rules.norms import DayPart, Norms, Wish
from booking.rules.offer import Window, last_askable_day, window
from core import clock
from core.findings import Finding, blocker, blockers
from core.reading import calendar_date, whole_number

MANY = 30  # the example by which the page explains how many visitors fit


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at the page, or one press of a button on it."""

    answers: Answers
    where: Where
    norms: Norms
    now: datetime
    window: Window

    def findings(self, wishes: tuple[Wish, ...]) -> list[tuple[Wish, list[Finding]]]:
        return check_wishes(self.where, wishes, self.answers.visitors, self.now)

    def blocked(self, wishes: tuple[Wish, ...]) -> list[Finding]:
        """The wishes that cannot be, each followed by the reason."""
        return [
            finding
            for wish, said in self.findings(wishes)
            if blockers(said)
            for finding in (blocker("choice_not_free", wish=wish), *blockers(said))
        ]


def visit_for(answers: Answers) -> Visit | None:
    """None: nobody has said where yet."""
    if answers.where is None:
        return None
    now, norms = clock.utcnow(), current_norms()
    return Visit(answers, answers.where, norms, now, _asked_window(answers, norms, now))


def _asked_window(answers: Answers, norms: Norms, now: datetime) -> Window:
    """What the address says; whatever it says wrong is as if it said nothing."""
    chosen = [wish.day_parts for wish in answers.wishes]
    try:
        day_parts = whole_number(request.args.get("dagdelen", ""))
    except ValueError:
        day_parts = max(chosen, default=1)
    day_parts = min(max(day_parts, 1), norms.day_parts_at_most)
    first, last = first_askable_day(now, norms), last_askable_day(clock.local_date(now), norms)
    return window(_asked_day(), first, last, day_parts)


def _asked_day() -> date | None:
    try:
        return calendar_date(request.args.get("vanaf", ""))
    except ValueError:
        return None


def capacity(visit: Visit) -> dict[str, Any]:
    """Figures to explain how many visitors fit, beginning with an afternoon."""
    norms, shown = visit.norms, visit.window
    afternoons = Wish(shown.first, DayPart.AFTERNOON, shown.day_parts).sessions(norms)
    return {
        "numbers": range(1, norms.day_parts_at_most + 1),
        "fits_afternoon": visitors_that_fit(afternoons[:1], norms),
        "many": MANY,
        "day_parts_for_many": day_parts_needed(MANY, DayPart.AFTERNOON, norms),
    }


def other_date(visit: Visit) -> dict[str, Any]:
    """What is asked about another date, and the answer: `other` is the wish, when it can be."""
    is_asked = "datum" in request.args
    form = OtherDateForm(formdata=request.args if is_asked else None, meta={"csrf": False})
    if not (is_asked and form.validate()):
        return {"other_form": form, "asked_wish": None, "against_other": []}
    wish = Wish(form.datum.data, form.dagdeel.data, visit.window.day_parts)
    ((_wish, findings),) = visit.findings((wish,))
    return {"other_form": form, "asked_wish": wish, "against_other": blockers(findings)}
