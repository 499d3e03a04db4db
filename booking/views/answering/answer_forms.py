"""The three forms of an answer, filled with what can be answered now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from booking import phrases
from booking.forms.host_answers import OPEN, NoForm, OtherTimeForm, YesForm
from booking.models import RoomBooking
from booking.queries.host_answers import JudgedQuestion
from booking.rules.host_answers import CHOSEN_REASONS, NoReason, Question, RoomAnswer
from core.clock import local_date, to_local
from core.errors import sentences
from core.filters import day_and_span, time_span
from core.findings import blocker
from core.language import gettext as _
from core.period import Period

AnswerForm = YesForm | NoForm | OtherTimeForm
Judged = Mapping[int, JudgedQuestion]


@dataclass(frozen=True, slots=True)
class Forms:
    yes: YesForm
    no: NoForm
    other: OtherTimeForm

    @property
    def pressed(self) -> AnswerForm:
        """The one whose button was pressed."""
        return {"yes": self.yes, "other": self.other}.get(_pressed(), self.no)

    @property
    def hints(self) -> Mapping[str, str]:
        return self.yes.hints

    @property
    def are_refused(self) -> bool:
        return any(form.is_refused for form in (self.yes, self.no, self.other))

    def offer_what_can_be(self, judged: Judged) -> None:
        """To be shown. What is sent is judged by the service, which says why it cannot be."""
        possible = [each for each in judged.values() if each.can_be]
        self.yes.dates.offer([(str(each.date.id), _named(each)) for each in possible])


def forms_for(booking: RoomBooking, judged: Judged, *, is_seen_now: bool = False) -> Forms:
    """`is_seen_now`: what was sent is answered with what is true now, and that is what counts."""
    seen = {
        "version": booking.version,
        "seen": sorted({date.id for each in judged.values() for date in each.rivals}),
        "accepted": sorted({said.code for each in judged.values() for said in each.concerns}),
    }
    forms = Forms(_yes(judged, seen), _no(judged, seen), _other(judged, seen))
    for form in (forms.yes, forms.no, forms.other) if is_seen_now else ():
        for name, value in seen.items():
            form[name].process_data(value)
    return forms


def said_in(form: AnswerForm, judged: Judged) -> RoomAnswer | None:
    """None when a time cannot be meant; the form then says so."""
    if isinstance(form, OtherTimeForm):
        periods = _periods(form, judged)
        return form.answer(periods) if periods else None
    return form.answer()


def _yes(judged: Judged, seen: dict[str, Any]) -> YesForm:
    possible = [each for each in judged.values() if each.can_be]
    form: YesForm = _filled(YesForm, "yes", possible, {**seen, "rest": OPEN})
    form.dates.offer([(str(each.date.id), _named(each)) for each in judged.values()])
    later = [(OPEN, _("Daar antwoord ik later op"))]
    reasons = [
        (reason.value, _("Nee: %(reason)s", reason=_inside(phrases.no_reason_choice(reason))))
        for reason in CHOSEN_REASONS
        if reason is not NoReason.OTHER
    ]
    form.rest.offer([*later, *reasons])
    if len(judged) < 2:
        form.ask_nothing_of_the_rest()
    form.hints = {str(each.date.id): _hint(each) for each in possible}
    form.left = tuple(
        date_id
        for date_id, each in judged.items()
        if each.question.waits_for_host and date_id not in (form.dates.data or ())
    )
    return form


def _no(judged: Judged, seen: dict[str, Any]) -> NoForm:
    form: NoForm = _filled(NoForm, "no", list(judged.values()), seen)
    form.reason.offer([(each, phrases.no_reason_choice(each)) for each in CHOSEN_REASONS])
    return form


def _other(judged: Judged, seen: dict[str, Any]) -> OtherTimeForm:
    first = next(iter(judged.values())).question.at_stake if judged else None
    times = {}
    if first:
        start, end = to_local(first.start), to_local(first.end)
        times = {"day": start.date(), "starts": start.time(), "ends": end.time()}
    form: OtherTimeForm = _filled(OtherTimeForm, "other", list(judged.values()), {**seen, **times})
    if len(judged) > 1:
        form.keep_days()
    return form


def _filled(
    kind: type[Any], name: str, offered: Sequence[JudgedQuestion], data: dict[str, Any]
) -> Any:
    ticked = [each.date.id for each in offered if each.question.waits_for_host]
    if len(offered) == 1:
        ticked = [offered[0].date.id]
    form = kind(
        **({} if _pressed() == name else {"formdata": None}),
        prefix=f"{name}-",
        data={**data, "dates": ticked},
    )
    form.dates.offer([(str(each.date.id), _named(each)) for each in offered])
    return form


def _pressed() -> str:
    return request.form.get("answer", "") if request.method == "POST" else ""


def _named(judged: JudgedQuestion) -> str:
    question = judged.question
    when = day_and_span(question.wanted)
    if question.stands:
        return _("%(when)s (nu %(now)s)", when=when, now=_now(question.stands, question))
    return when


def _now(stands: Period, question: Question) -> str:
    is_same_day = local_date(stands.start) == local_date(question.wanted.start)
    return time_span(stands) if is_same_day else day_and_span(stands)


def _hint(judged: JudgedQuestion) -> str:
    """What to mind before a yes to this date."""
    said = sentences(judged.findings)
    offered = judged.question.offered
    if offered:
        said.append(_("Je stelde %(when)s voor.", when=day_and_span(offered)))
    names = dict.fromkeys(date.room_booking.organisation.name for date in judged.rivals)
    if names:
        said.append(_("Ook gevraagd door %(names)s.", names=", ".join(names)))
    return " ".join(said)


def _periods(form: OtherTimeForm, judged: Judged) -> dict[int, Period]:
    """The proposed time of each date that is ticked, by its id; empty when it cannot be meant."""
    if not form.times.are_in_order:
        form.refuse(sentences([blocker("meeting_ends_early")]), "ends")
        return {}
    periods = {}
    for date_id in form.dates.data:
        day = form.other_day or local_date(judged[date_id].question.wanted.start)
        period = form.times.on(day)
        if period is None:
            form.refuse(sentences([blocker("time_not_on_clock", day=day)]), "starts")
            return {}
        periods[date_id] = period
    return periods


def _inside(sentence: str) -> str:
    """As part of another one."""
    return sentence[:1].lower() + sentence[1:]
