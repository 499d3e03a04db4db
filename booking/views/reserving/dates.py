"""Page 1: which dates? All of them are shown, with what is taken and why, before anybody sends."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Response, request

from booking.forms.reserving import DatesForm, typed_dates
from booking.phrases import reserving as words
from booking.queries.norms import current_norms
from booking.queries.rooms import bare_place
from booking.rules.instead import slot_key
from booking.rules.room_answers import RoomStep, dates_part
from booking.rules.room_asked import AskedDate
from booking.rules.rooms import RoomAsker, asker_findings
from booking.views.reserving.overview import TAKEN, Overview, choices_in, day_in, overview_of
from booking.views.reserving.steps import STEPS, Visit, back_to_missing, bp, visit_or_404
from booking.views.rooms import addresses
from core.errors import sentences
from core.fields import near_date
from core.findings import Finding, blocker, blockers
from core.pages import go_to, htmx, page_or_fragment
from core.reading import clock_time, whole_number
from people.access import public
from venues.views.wording import terms_facts

LOOK = "bekijk"
READERS = {
    "day": ("datum", near_date),
    "starts": ("van", clock_time),
    "ends": ("tot", clock_time),
    "people": ("mensen", whole_number),
}
FIELDS = {
    "meeting_ends_early": "ends",
    "meeting_too_short": "ends",
    "meeting_too_long": "ends",
    "series_needs_one_end": "until",
    "series_ends_early": "until",
    "series_too_long": "until",
    "series_count": "count",
    "room_too_small": "people",
    "time_not_on_clock": "starts",
}


@bp.get("/ruimtes/<int:room_id>/reserveren")
@public
def start(room_id: int) -> Response:
    """`?datum=&van=&tot=&mensen=` fills in; htmx gets only the dates, while that is done."""
    visit = visit_or_404(room_id)
    if htmx and not htmx.history_restore_request:
        form = DatesForm(formdata=request.args, meta={"csrf": False})
        return dates_page(visit, form, choices_in(request.args))
    return dates_page(visit, DatesForm(data=_filled_in(visit)), visit.answers.choices)


@bp.post("/ruimtes/<int:room_id>/reserveren")
@public
def keep_dates(room_id: int) -> Response:
    """Nobody goes on before they have seen which dates are taken."""
    visit, form, choices = visit_or_404(room_id), DatesForm(), choices_in(request.form)
    form.validate_on_submit()
    shown = overview_of(visit, form, choices)
    _refuse(form, shown.against)
    if form.is_refused or shown.wanted is None:
        return dates_page(visit, form, choices, shown)
    if LOOK in request.form or _has_unseen(shown):
        _keep(visit, form, shown, choices, ())
        return go_to(visit.address("reserving.start", _anchor="dates"))
    return _go_on(visit, form, shown, choices)


def dates_page(
    visit: Visit,
    form: DatesForm,
    choices: dict[date, str],
    shown: Overview | None = None,
    status: int | None = None,
) -> Response:
    """Refused with all that was typed when something in it is not right."""
    return page_or_fragment(
        "booking/reserving/dates.html",
        "booking/reserving/_dates.html",
        status=status or (422 if form.is_refused else 200),
        visit=visit,
        room=visit.room,
        form=form,
        shown=shown or overview_of(visit, form, choices),
        steps=STEPS,
        answer_days=current_norms().host_answer_days,
        terms=terms_facts(visit.room.terms),
        words=words,
        addresses=addresses,
        slot_key=slot_key,
    )


def kept_dates_page(visit: Visit, findings: Iterable[Finding], status: int) -> Response:
    """The page as it was left, with what was found since."""
    form = DatesForm(data=_filled_in(visit), formdata=None)
    form.refuse(sentences(findings), "day" if visit.is_open else None)
    return dates_page(visit, form, visit.answers.choices, status=status)


def _filled_in(visit: Visit) -> dict[str, Any]:
    """What was kept, and over it what the address says; what that says wrong it does not say."""
    return typed_dates(visit.answers.part(RoomStep.DATES)) | _in_address()


def _in_address() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, (name, read) in READERS.items():
        try:
            found[field] = read(request.args.get(name, ""))
        except ValueError:
            continue
    return found


def _refuse(form: DatesForm, against: Iterable[Finding]) -> None:
    for each in against:
        form.refuse(sentences([each]), FIELDS.get(each.code, "day"))


def _has_unseen(shown: Overview) -> bool:
    """Whether a date of a series is taken that was not shown as such."""
    seen = {day_in(day) for day in request.form.getlist(TAKEN)}
    return shown.is_series and any(each.day not in seen for each in shown.taken)


def _go_on(visit: Visit, form: DatesForm, shown: Overview, choices: dict[date, str]) -> Response:
    """To who they are; to the check when that was said before."""
    gone = [blocker("choice_gone", day=day) for day in shown.lost(choices)]
    _refuse(form, gone or _against_choice(visit, shown))
    if form.is_refused:
        return dates_page(visit, form, choices, shown)
    _keep(visit, form, shown, choices, shown.slots)
    fresh = visit_or_404(visit.room.id)
    return back_to_missing(fresh, None) or go_to(visit.address("reserving.check"))


def _against_choice(visit: Visit, shown: Overview) -> list[Finding]:
    if not shown.slots:
        return _nothing_chosen(shown)
    own = [slot for slot in shown.slots if slot.room_id == visit.room.id]
    anybody = RoomAsker(visit.room.venue.district_number, is_known=True)  # who it is comes later
    return asker_findings(anybody, len(own), bare_place(visit.room))


def _nothing_chosen(shown: Overview) -> list[Finding]:
    if shown.is_series:
        return [blocker("no_date_chosen")]
    (only,) = shown.dates
    choose = [blocker("date_needs_choice", day=only.day)] if only.instead else []
    return [*blockers(only.judged.findings), *choose]


def _keep(
    visit: Visit,
    form: DatesForm,
    shown: Overview,
    choices: dict[date, str],
    slots: tuple[AskedDate, ...],
) -> None:
    assert shown.wanted
    days = set(shown.wanted.days)
    kept = {day: key for day, key in choices.items() if day in days}
    keys = tuple(map(slot_key, slots))
    visit.keep(RoomStep.DATES, dates_part(shown.wanted, form.purpose.data, kept, keys))
