"""The same form for whoever receives the cube and for the theatre."""

from datetime import datetime

from booking import services
from booking.forms.reception import ReceptionForm, typed_reception
from booking.models import BookingRequest, Stop
from booking.queries.reception import agreed_reception
from booking.queries.stops import request_by_id
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.history import Actor

CHANGED = "changed_meanwhile"
FIELDS = {"talk_needs_minutes": "talk_minutes"}


def reception_form(asked: BookingRequest, stop: Stop) -> ReceptionForm:
    typed = typed_reception(agreed_reception(stop.id))
    return ReceptionForm(data={**typed, "version": asked.version})


def keep_reception(form: ReceptionForm, request_id: int, *, by: Actor, now: datetime) -> int:
    """The status to answer with; 200 when it is kept."""
    try:
        transact(
            services.agree_reception,
            request_id,
            form.reception,
            version=form.version.data,
            by=by,
            now=now,
        )
    except Refused as refusal:
        for each in refusal.findings:
            form.refuse(sentences([each]), FIELDS.get(each.code))
        return _status(form, refusal, request_id)
    return 200


def _status(form: ReceptionForm, refusal: Refused, request_id: int) -> int:
    """When somebody else changed it, the form goes on from what is true now."""
    if all(each.code != CHANGED for each in refusal.findings):
        return 422
    now_there = request_by_id(request_id)
    form.version.process_data(now_there.version if now_there else None)
    return 409
