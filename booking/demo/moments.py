"""Days that neighbourhoods ask for together."""

from datetime import datetime, timedelta

from booking import services
from booking.rules.moments import MomentAsked
from core.clock import local_date
from core.fields import new_form_token
from core.history import COMMAND

SATURDAY = 5


def collect(now: datetime) -> None:
    """Requests are collected for a weekend, eleven weeks ahead."""
    today = local_date(now)
    first = today + timedelta(weeks=11, days=(SATURDAY - today.weekday()) % 7)
    asked = MomentAsked(
        public_name="Weekend van de buren",
        first_day=first,
        last_day=first + timedelta(days=1),
        intake_from=today - timedelta(days=7),
        intake_until=today + timedelta(weeks=5),
        internal_subject="Samen met de wijkraden",
        public_text="Twee dagen waarop buren elkaar ontmoeten. De kubus doet graag mee.",
    )
    services.add_moment(asked, form_token=new_form_token(), by=COMMAND, now=now)
