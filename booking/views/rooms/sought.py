"""From the form of the finder to what somebody looks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from booking.forms.finder import LENGTHS, FinderForm
from booking.phrases import finder as words
from booking.phrases.rooms import length
from booking.rules.recurrence import Times
from booking.rules.sought import DAY_PARTS, WHOLE_DAY, Need, Sought, sought_findings
from core.clock import local_date
from core.errors import sentences
from core.findings import Finding, blocker
from core.language import gettext as _
from venues.facts import districts, find_postcode

AN_HOUR = timedelta(hours=1)
A_WEEK = 7
MOMENT = ("when", "day", "starts", "ends", "length")
FIELDS = {"meeting_ends_early": "ends", "time_not_on_clock": "starts"}


@dataclass(frozen=True, slots=True)
class _Moment:
    days: tuple[date, ...] = ()
    times: Times = WHOLE_DAY
    length: timedelta | None = None


def sought_in(form: FinderForm, now: datetime) -> Sought | None:
    """None when something cannot be meant; the form then says what, and how to go on."""
    is_sound = form.validate()
    is_moment_sound = not any(form[name].errors for name in MOMENT)
    moment = _moment(form, now) if is_moment_sound else None  # all that is wrong is said at once
    if moment is None or not is_sound:
        return None
    return Sought(
        days=moment.days,
        times=moment.times,
        length=moment.length,
        people=form.people.data,
        needs=frozenset(Need(each) for each in form.needs.data),
        origin=find_postcode(form.postcode.data) if form.postcode.data else None,
    )


def offer_choices(form: FinderForm) -> None:
    """What can be chosen, in the language being spoken."""
    form.needs.offer((each.value, words.need(each)) for each in Need)
    form.length.offer((str(m), length(timedelta(minutes=m))) for m in LENGTHS)
    wide = [("", _("Heel Utrecht"))]
    form.district.offer([*wide, *((d.number, d.name) for d in districts().values())])


def _moment(form: FinderForm, now: datetime) -> _Moment | None:
    if form.part:
        return _part_of_days(form, now)
    starts, ends, day = form.starts.data, form.ends.data, form.day.data
    if day is None:
        is_half_said = starts is not None or ends is not None
        return _unless(form, [blocker("no_day_chosen")] if is_half_said else [], _Moment())
    is_whole = starts is not None and ends is not None
    times = Times(starts or time(), ends or time())
    against = sought_findings(day, times if is_whole else None, now)
    return _unless(form, against, _Moment((day,), times, None if is_whole else AN_HOUR))


def _part_of_days(form: FinderForm, now: datetime) -> _Moment | None:
    """A week from the chosen day on, or from today; of a week that has begun what is left."""
    assert form.part
    today = local_date(now)
    first = form.day.data or today
    days = tuple(first + timedelta(days=n) for n in range(A_WEEK))
    left = tuple(day for day in days if day >= today) or days
    moment = _Moment(left, DAY_PARTS[form.part], form.stretch)
    return _unless(form, sought_findings(left[0], None, now), moment)


def _unless(form: FinderForm, against: Iterable[Finding], moment: _Moment) -> _Moment | None:
    """The moment, unless there is something against it: then the form says so at its field."""
    for each in against:
        form.refuse(sentences([each]), FIELDS.get(each.code, "day"))
    return None if form.is_refused else moment
