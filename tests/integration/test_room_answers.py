from functools import partial

from booking.rules.room_answers import RoomAnswer
from booking.services import reserving
from core.db import transact
from core.fields import new_form_token
from core.history import Actor
from core.outbox.queries import mails_about
from people.models import Role
from tests.builders import *


def test_x(app):
    host = transact(person, "Jo", Role.HOST, "jo@plek.example")
    room = transact(partial(meeting_room, host=host, confirms_at_once=False))
    one = booked(room_asked(room))
    two = booked(room_asked(room, email="b@b.example"))
    a = RoomAnswer(yes=(one.dates[0].id,), seen=(two.dates[0].id,))
    transact(
        reserving.answer_room, one.id, a, form_token=new_form_token(), by=Actor("person"), now=NOW
    )
    for b in (one, two):
        for m in mails_about(b.subject):
            print("=======", m.to_address, m.calendar_method, m.subject)
            print(m.text)
    from booking.clockwork import work_off

    work_off(NOW)
