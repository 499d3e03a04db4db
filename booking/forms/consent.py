"""What a host answers, on a page of their own or by phone to a planner."""

from booking.rules.consent import HostAnswer, HostReason
from core.forms import Choice, Choices, Form, HiddenNumber, LongText
from core.language import lazy_gettext as _l

LONGEST_WORDS = 1000


class AgreeForm(Form):
    """Yes, at all moments or at some of them."""

    moments = Choices(
        _l("Welke momenten kunnen bij jullie?"),
        required=True,
        missing=_l("Kies minstens één moment, of zeg hieronder nee."),
    )
    words = LongText(_l("Waar moeten we op letten?"), max=LONGEST_WORDS, required=False)
    version = HiddenNumber()

    def answer(self) -> HostAnswer:
        """The moments in the order in which they were asked."""
        offered = [value for value, *_more in self.moments.iter_choices()]
        chosen = tuple(key for key in offered if key in self.moments.data)
        return HostAnswer(says_yes=True, words=self.words.data, moments=chosen)


class RefuseForm(Form):
    """No, and why."""

    reason = Choice(_l("Waarom niet?"), coerce=HostReason, missing=_l("Kies waarom het niet kan."))
    words = LongText(
        _l("Wil je er iets bij zeggen? De organisatie leest dit."),
        max=LONGEST_WORDS,
        required=False,
    )
    version = HiddenNumber()

    def answer(self) -> HostAnswer:
        return HostAnswer(says_yes=False, reason=self.reason.data, words=self.words.data)


class LaterForm(Form):
    """Neither yes nor no yet: how many days to think on."""

    days = Choice(
        _l("Wanneer weten jullie het?"), coerce=int, missing=_l("Kies tot wanneer je wilt wachten.")
    )
    version = HiddenNumber()


class ChoosePlaceForm(Form):
    """A button with a room in it."""

    room = HiddenNumber()
    version = HiddenNumber()


class OtherPlaceForm(Form):
    """The asker chooses one of the rooms that are free."""

    room = Choice(_l("Welke plek kies je?"), coerce=int, missing=_l("Kies een plek."))
    version = HiddenNumber()
