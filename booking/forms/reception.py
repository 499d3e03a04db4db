"""How visitors of one stop are received, and the talk afterwards."""

from typing import Any

from booking.phrases.reception import talk_after
from booking.rules.reception import Reception, Talk, TalkAfter, Welcome
from core.forms import Choice, Form, HiddenNumber, LongText, Text, WholeNumber
from core.language import lazy_gettext as _l

LONGEST = 200
LONGEST_QUESTIONS = 1_000
SHORTEST_TALK, LONGEST_TALK = 5, 120


class ReceptionForm(Form):
    opened_by = Text(_l("Wie doet open?"), max=LONGEST, required=False)
    waiting_place = Text(_l("Waar wachten bezoekers?"), max=LONGEST, required=False)
    coffee = Text(_l("Is er koffie en thee?"), max=LONGEST, required=False)
    stays_after = Text(_l("Wie blijft er na afloop?"), max=LONGEST, required=False)
    talk_after = Choice(
        _l("Wanneer praten jullie na?"),
        coerce=TalkAfter,
        default=TalkAfter.NONE,
        missing=_l("Kies of en wanneer jullie napraten."),
    )
    talk_minutes = WholeNumber(
        _l("Hoeveel minuten?"), min=SHORTEST_TALK, max=LONGEST_TALK, required=False
    )
    talk_led_by = Text(_l("Wie leidt het gesprek?"), max=LONGEST, required=False)
    talk_questions = LongText(
        _l("Met welke vragen begin je?"), max=LONGEST_QUESTIONS, required=False
    )
    version = HiddenNumber()

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.talk_after.offer([(each.value, talk_after(each).capitalize()) for each in TalkAfter])

    @property
    def reception(self) -> Reception:
        said = self.data
        welcome = Welcome(*(said[name] for name in WELCOME))
        return Reception(
            welcome,
            Talk(
                said["talk_after"],
                said["talk_minutes"],
                said["talk_led_by"],
                said["talk_questions"],
            ),
        )


WELCOME = ("opened_by", "waiting_place", "coffee", "stays_after")


def typed_reception(reception: Reception) -> dict[str, Any]:
    """As the fields of the form take it."""
    talk = reception.talk
    return {
        **{name: getattr(reception.welcome, name) for name in WELCOME},
        "talk_after": talk.after,
        "talk_minutes": talk.minutes,
        "talk_led_by": talk.led_by,
        "talk_questions": talk.questions,
    }
