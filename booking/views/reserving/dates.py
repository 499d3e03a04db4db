"""Page 1: which dates? All of them are shown, with what is taken and why, before anybody sends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import Response, request
from werkzeug.datastructures import MultiDict

from booking.forms.reserving import DatesForm, typed_dates
from booking.phrases import reserving as words
from booking.queries.norms import current_norms
from booking.queries.offered_dates import offered_dates
from booking.queries.rooms import bare_place
from booking.rules.instead import LEFT_OUT, OfferedDate, against_all, slot_key
from booking.rules.room_answers import RoomStep, Wanted, dates_part, wanted_findings
from booking.rules.room_asked import AskedDate
from booking.rules.rooms import RoomAsker, asker_findings
from booking.views.reserving.steps import STEPS, Visit, back_to_missing, bp, visit_or_404
from booking.views.rooms import addresses
from core.errors import sentences
from core.findings import Finding, blocker, blockers
from core.pages import go_to, htmx, page_or_fragment
from core.reading import calendar_date, clock_time, whole_number
from people.access import public
from venues.views.wording import terms_facts

CHOICE = "keuze-"  # before the day, in the name of a field
FREE, TAKEN = "vrij", "bezet"  # hidden beside each date: how it stood when the page was made
LOOK = "bekijk"
READERS = {
    "day": ("datum", calendar_date),
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
WAITABLE = {"room_taken", "room_busy_outside", "room_kept"}


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page says of the dates. `wanted` None: it is not known yet which are meant."""

    wanted: Wanted | None
    against: tuple[Finding, ...] = ()  # why none of them can be had
    dates: tuple[OfferedDate, ...] = ()

    @property
    def is_series(self) -> bool:
        return self.wanted is not None and self.wanted.recurrence.is_series

    @property
    def taken(self) -> list[OfferedDate]:
        return [each for each in self.dates if not each.is_free]

    @property
    def free_by_month(self) -> list[tuple[date, list[OfferedDate]]]:
        free = [each for each in self.dates if each.is_free]
        grouped = groupby(free, key=lambda each: each.day.replace(day=1))
        return [(month, list(dates)) for month, dates in grouped]

    @property
    def slots(self) -> tuple[AskedDate, ...]:
        return tuple(each.chosen for each in self.dates if each.chosen)

    @property
    def can_wait(self) -> bool:
        """The one date is taken by somebody else, who may leave."""
        codes = {f.code for each in self.dates for f in blockers(each.judged.findings)}
        return not self.is_series and bool(codes) and codes <= WAITABLE


@bp.get("/ruimtes/<int:room_id>/reserveren")
@public
def start(room_id: int) -> Response:
    """`?datum=&van=&tot=&mensen=` fills in; htmx gets only the dates, while that is done."""
    visit = visit_or_404(room_id)
    if htmx and not htmx.history_restore_request:
        form = DatesForm(formdata=request.args, meta={"csrf": False})
        return dates_page(visit, form, _choices(request.args))
    return dates_page(visit, DatesForm(data=_filled_in(visit)), visit.answers.choices)


@bp.post("/ruimtes/<int:room_id>/reserveren")
@public
def keep_dates(room_id: int) -> Response:
    """Nobody goes on before they have seen which dates are taken."""
    visit, form, choices = visit_or_404(room_id), DatesForm(), _choices(request.form)
    form.validate_on_submit()
    shown = _overview(visit, form, choices)
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
        shown=shown or _overview(visit, form, choices),
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
    """What was kept, and over it what the address says; what that says wrong is not said."""
    return typed_dates(visit.answers.part(RoomStep.DATES)) | _in_address()


def _in_address() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, (name, read) in READERS.items():
        try:
            found[field] = read(request.args.get(name, ""))
        except ValueError:
            continue
    return found


def _choices(sent: "MultiDict[str, str]") -> dict[date, str]:
    """By day. A free date whose box was sent without a tick is left out."""
    chosen = {name.removeprefix(CHOICE): key for name, key in sent.items() if CHOICE in name}
    unticked = {day: LEFT_OUT for day in sent.getlist(FREE) if day not in chosen}
    return {
        day: key
        for written, key in (chosen | unticked).items()
        if key and (day := _day_in(written))
    }


def _day_in(written: str) -> date | None:
    try:
        return calendar_date(written)
    except ValueError:
        return None


def _overview(visit: Visit, form: DatesForm, choices: dict[date, str]) -> Overview:
    wanted = form.wanted
    if wanted is None:
        return Overview(None)
    if against := wanted_findings(wanted):
        return Overview(wanted, tuple(against))
    dates = offered_dates(visit.room, wanted, choices, visit.now)
    if about_all := against_all([each.judged for each in dates]):
        return Overview(wanted, tuple(about_all))
    return Overview(wanted, (), tuple(dates))


def _refuse(form: DatesForm, against: Iterable[Finding]) -> None:
    for each in against:
        form.refuse(sentences([each]), FIELDS.get(each.code, "day"))


def _has_unseen(shown: Overview) -> bool:
    """Whether a date of a series is taken that was not shown as such."""
    seen = {_day_in(day) for day in request.form.getlist(TAKEN)}
    return shown.is_series and any(each.day not in seen for each in shown.taken)


def _go_on(visit: Visit, form: DatesForm, shown: Overview, choices: dict[date, str]) -> Response:
    """To who they are; to the check when that was said before."""
    _refuse(form, _against_choice(visit, shown))
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
