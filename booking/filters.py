"""How booking's own values read in a template."""

from collections.abc import Iterable
from datetime import date, timedelta

from babel.dates import format_date
from flask import Flask

from booking import phrases
from booking.phrases import follow_up, history, reception, reserving
from core import errors
from core.filters import LOCALES, time_span, weeks_in_words
from core.language import gettext as _
from core.language import language
from core.period import Period, hull


def since_visit(weeks: int | None) -> str:
    """How long ago the cube was in a district."""
    return _("nog nooit geweest") if weeks is None else weeks_in_words(weeks)


def week_span(monday: date) -> str:
    """For example "1 – 7 februari"; across months "29 maart – 4 april"."""
    sunday, locale = monday + timedelta(days=6), LOCALES[language()]
    first = format_date(monday, "d" if monday.month == sunday.month else "d MMMM", locale=locale)
    return f"{first} – {format_date(sunday, 'd MMMM', locale=locale)}"


def playing_span(sessions: Iterable[Period]) -> str:
    """From the first playing time to the last, for example "13.00 – vr 5 feb 12.30 uur"."""
    return time_span(hull(sessions))


def register(app: Flask) -> None:
    errors.register_phrases(phrases.say)
    app.jinja_env.filters.update(
        sentence=errors.phrase,
        moment=phrases.moment,
        block_span=phrases.block_span,
        cast_change=phrases.cast_change,
        side_next_step=phrases.side_next_step,
        side_state=phrases.side_state,
        way_done=phrases.way_done,
        day_part=phrases.day_part,
        minutes=phrases.minutes,
        request_state=phrases.request_state,
        next_step=phrases.next_step,
        continues=phrases.continues,
        meetings_state=follow_up.meetings_state,
        meetings_counted=follow_up.meetings_counted,
        talk_when=reception.talk_when,
        recurrence=phrases.recurrence,
        times_in_words=reserving.times,
        ordinal=phrases.ordinal,
        seating=phrases.seating,
        decline_reason=phrases.decline_reason,
        stop_state=phrases.stop_state,
        swap_state=phrases.swap_state,
        setting_name=phrases.setting_name,
        setting_topic=phrases.setting_topic,
        moment_days=phrases.moment_days,
        waits_for=phrases.waits_for,
        heard_before=phrases.heard_before,
        when_heard=phrases.when_heard,
        short_moment=phrases.short_moment,
        verdict=phrases.verdict,
        yearly_day=phrases.yearly_day,
        setting_value=phrases.setting_value,
        score_part=phrases.score_part,
        history_action=phrases.history_action,
        history_actor=lambda entry, names: history.actor(entry.actor, names),
        history_details=history.details,
        host_reason=phrases.host_reason,
        host_next_step=phrases.host_next_step,
        consent_state=phrases.consent_state,
        party=phrases.party,
        stance=phrases.stance,
        with_stay=phrases.with_stay,
        date_state=phrases.date_state,
        booking_state=phrases.booking_state,
        frequency=phrases.frequency,
        since_visit=since_visit,
        week_span=week_span,
        playing_span=playing_span,
    )
