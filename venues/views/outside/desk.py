"""Looking after calendars kept elsewhere, the same for whoever they belong to."""

from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from flask import Response, abort, flash, url_for

from core.clock import utcnow
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page, page_or_fragment
from core.settings import settings
from people.access import current_actor
from venues import outside_phrases, services
from venues.forms import CalendarForm, ChangeCalendarForm
from venues.models import OutsideCalendar
from venues.outside.content import LARGEST, looked_over
from venues.outside.failures import Unread
from venues.queries.outside import calendar_of
from venues.refreshing import read_at_once
from venues.rules.outside import MOST_CALENDARS
from venues.views import refusals
from venues.views.outside.states import shown_of

MEGABYTES = 3  # a file of the largest size, and the form around it


@dataclass(frozen=True, slots=True)
class Desk:
    """The pages of one owner. `endpoints` begin the names of their routes."""

    owner: services.Owner
    heading: str
    back: tuple[str, str]  # address and name of the page above
    is_room: bool
    endpoints: str = ""
    values: dict[str, Any] = field(default_factory=dict)  # what their addresses need

    def url(self, page_name: str, **more: Any) -> str:
        return url_for(f"outside.{self.endpoints}{page_name}", **self.values, **more)


def show(desk: Desk) -> Response:
    return _calendars_page(desk, CalendarForm())


def add(desk: Desk) -> Response:
    """A file is read while its sender waits, unless that takes long; an address by the worker."""
    inside = settings().inside_calendars
    form = CalendarForm().reading(inside)
    if not form.validate_on_submit():
        return _calendars_page(desk, form, 422)
    try:
        new = _new(form, inside)
        transact(
            services.add_calendar,
            desk.owner,
            new,
            by=current_actor(),
            now=utcnow(),
            form_token=str(form.form_token.data),
        )
    except Unread as unread:
        form.refuse([outside_phrases.failure(unread.failure)], "file")
        return _calendars_page(desk, form, 422)
    except Refused as refusal:
        return _calendars_page(desk, form, refusals.put(refusal, form))
    flash(_added(new))
    return go_to(desk.url("calendars"))


def change(desk: Desk, calendar_id: int) -> Response:
    calendar = _own_or_404(desk, calendar_id)
    inside = settings().inside_calendars
    form = ChangeCalendarForm(data={"name": calendar.name}).reading(inside)
    if not form.validate_on_submit():
        return _change_page(desk, calendar, form, 422 if form.errors else 200)
    try:
        transact(
            services.change_calendar,
            desk.owner,
            calendar_id,
            name=form.name.data,
            address=form.address.data if calendar.sealed_address else "",
            inside=inside,
            by=current_actor(),
            now=utcnow(),
        )
    except Refused as refusal:
        return _change_page(desk, calendar, form, refusals.put(refusal, form))
    flash(_("De wijzigingen zijn bewaard."))
    return go_to(desk.url("calendars"))


def read_again(desk: Desk, calendar_id: int) -> Response:
    try:
        transact(services.read_again, desk.owner, calendar_id, now=utcnow())
    except Refused as refusal:
        flash(" ".join(sentences(refusal.findings)), "bad")
    else:
        flash(_("We lezen de agenda zo opnieuw."))
    return go_to(desk.url("calendars"))


def remove(desk: Desk, calendar_id: int) -> Response:
    transact(services.remove_calendar, desk.owner, calendar_id, by=current_actor(), now=utcnow())
    flash(_("De agenda is weg. De tijden eruit tellen niet meer mee."))
    return go_to(desk.url("calendars"))


def _new(form: CalendarForm, inside: tuple[str, ...]) -> services.NewCalendar:
    """Raises Unread for a file that is no calendar."""
    if not form.file.data:
        return services.NewCalendar(form.name.data, form.address.data, inside)
    with closing(form.file.data) as file:
        content = looked_over(file.read(LARGEST + 1))
    found = read_at_once(content, utcnow())
    return services.NewCalendar(form.name.data, found=found, file=content)


def _added(new: services.NewCalendar) -> str:
    if new.found is None:
        return _("De agenda is toegevoegd. We lezen hem binnen een minuut.")
    number = outside_phrases.busy_times(len(new.found.times))
    return _("De agenda is gelezen: %(times)s.", times=number)


def _own_or_404(desk: Desk, calendar_id: int) -> OutsideCalendar:
    return calendar_of(desk.owner.resource_id, calendar_id) or abort(404)


def _calendars_page(desk: Desk, form: CalendarForm, status: int = 200) -> Response:
    calendars = shown_of(desk.owner.resource_id, utcnow())
    context: dict[str, Any] = {
        "desk": desk,
        "form": form,
        "calendars": calendars,
        "is_waiting": any(each.is_waiting for each in calendars),
        "left": MOST_CALENDARS - len(calendars),
    }
    if status != 200:
        return page("venues/outside/calendars.html", status, **context)
    return page_or_fragment(
        "venues/outside/calendars.html", "venues/outside/_calendars.html", **context
    )


def _change_page(
    desk: Desk, calendar: OutsideCalendar, form: ChangeCalendarForm, status: int
) -> Response:
    return page("venues/outside/change.html", status, desk=desk, calendar=calendar, form=form)
