"""Saying when and where somebody can play: the same pages for a performer and for a planner.

What a change hits is shown on a page in between, which sends the form again with what was seen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Response, flash, request, url_for

from booking import services
from booking.forms.availability import AvailabilityForm, DaysForm, SeenForm
from booking.models import Performer, PerformerAvailability
from booking.phrases.availability import availability_lines, days_line
from booking.queries.availability import availability_of
from booking.queries.norms import current_norms
from booking.rules.availability import ALWAYS
from core import clock
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor
from venues.views import refusals

HITS, STALE = "availability_hits", "availability_changed_meanwhile"
FIELDS = {"own_maximum": "at_most", "days_are_over": "first_on", "days_too_long": "last_on"}


@dataclass(frozen=True, slots=True)
class Door:
    """Who says it: `endpoints` begin the names of the routes."""

    performer: Performer
    layout: str
    endpoints: str
    back: tuple[str, str]  # address and name of the page above
    is_own: bool

    def url(self, page_name: str, **more: Any) -> str:
        if not self.is_own:
            more["performer_id"] = self.performer.id
        return url_for(f"performers.{self.endpoints}{page_name}", **more)


def say(door: Door) -> Response:
    row = availability_of(door.performer.id)
    form = AvailabilityForm.of(row.said if row else ALWAYS, row.version if row else 0)
    if not form.validate_on_submit():
        return _page(door, row, form, 422 if form.is_submitted() else 200)
    keep = partial(
        services.say_availability, door.performer.id, form.said(), version=form.version.data
    )

    def refused(refusal: Refused) -> Response:
        return _page(door, _renewed(door, form), form, _put(refusal, form))

    return _keep(door, form, keep, door.url("availability"), refused)


def add_days(door: Door) -> Response:
    form = DaysForm()
    if not form.validate_on_submit():
        return _days_page(door, form, 422 if form.is_submitted() else 200)
    keep = partial(services.add_days, door.performer.id, form.days(), form_token=form.token.data)

    def refused(refusal: Refused) -> Response:
        return _days_page(door, form, _put(refusal, form))

    return _keep(door, form, keep, door.url("add_days"), refused)


def remove_days(door: Door, days_id: int) -> Response:
    keep = partial(services.remove_days, door.performer.id, days_id)
    return _keep(door, SeenForm(), keep, door.url("remove_days", days_id=days_id))


def _keep(
    door: Door,
    form: SeenForm,
    keep: Callable[..., object],
    action: str,
    refused: Callable[[Refused], Response] | None = None,
) -> Response:
    """What it hits is shown first, and sent again to `action`."""
    try:
        transact(keep, seen=form.seen_keys, by=current_actor(), now=clock.utcnow())
    except Refused as refusal:
        if _is_hit(refusal):
            return _hits_page(door, refusal, action)
        if refused is None:
            raise
        return refused(refusal)
    flash(_said(form.seen_keys), "ok")
    return go_to(door.url("availability"))


def _said(seen: frozenset[str]) -> str:
    if seen:
        return _("Bewaard. De planners weten welke speelbeurten dit raakt.")
    return _("Bewaard. We houden er rekening mee.")


def _page(
    door: Door, row: PerformerAvailability | None, form: AvailabilityForm, status: int
) -> Response:
    return page(
        "booking/performers/availability.html",
        status,
        door=door,
        form=form,
        lines=availability_lines(row.said if row else ALWAYS),
        days=row.days if row else [],
        days_line=days_line,
        norm=current_norms().encounters_a_day,
    )


def _days_page(door: Door, form: DaysForm, status: int) -> Response:
    return page("booking/performers/days.html", status, door=door, form=form)


def _is_hit(refusal: Refused) -> bool:
    return refusal.findings[0].code == HITS


def _hits_page(door: Door, refusal: Refused, action: str) -> Response:
    """409 when what was agreed to is no longer all there is."""
    hits = refusal.findings[0].data["hits"]
    again = [pair for pair in request.form.items(multi=True) if pair[0] not in AGAIN]
    form = SeenForm(formdata=None, data={"seen": " ".join(each.key for each in hits)})
    return page(
        "booking/performers/hits.html",
        409 if request.form.get("seen") else 200,
        door=door,
        hits=hits,
        form=form,
        again=again,
        action=action,
    )


AGAIN = frozenset({"csrf_token", "seen"})


def _put(refusal: Refused, form: AvailabilityForm | DaysForm) -> int:
    for finding in refusal.findings:
        field: str | None = FIELDS.get(finding.code)
        if finding.code in refusals.HOURS and isinstance(form, AvailabilityForm):
            field = form.field_at(finding.data["weekday"], finding.data["opens_at"])
        form.refuse(sentences([finding]), field)
    return 409 if any(finding.code == STALE for finding in refusal.findings) else 422


def _renewed(door: Door, form: AvailabilityForm) -> PerformerAvailability | None:
    """As it is now; what is sent next is an answer to that."""
    row = availability_of(door.performer.id)
    form.version.process_data(row.version if row else 0)
    return row
