"""What a partner offers around a stop."""

from collections.abc import Iterator
from typing import Any

from wtforms import HiddenField

from booking.rules.recurrence import Times
from booking.rules.side import SideMoment, SideOffer, SidePlace
from core.forms import (
    Choice,
    ClockTime,
    Email,
    Form,
    FormToken,
    HiddenNumber,
    LocalDate,
    LongText,
    Phone,
    Select,
    Text,
    WholeNumber,
)
from core.language import DUTCH, ENGLISH
from core.language import gettext as _
from core.language import lazy_gettext as _l
from core.period import Period

LONGEST_ACCEPTED = 500
LANGUAGE_CHOICES = [(DUTCH, "Nederlands"), (ENGLISH, "English")]


def _number_or_none(text: str) -> int | None:
    return int(text) if text else None


class SideMomentForm(Form):
    """When and where."""

    day = LocalDate(_l("Dag"))
    starts = ClockTime(_l("Van"))
    ends = ClockTime(_l("Tot"))
    people = WholeNumber(_l("Hoeveel mensen verwacht je?"), min=1, max=2000)
    place = Choice(
        _l("Waar is het?"),
        [
            (SidePlace.HERE.value, _l("Bij de kubus, op dezelfde plek")),
            (SidePlace.ROOM.value, _l("In een ruimte van Speelplek")),
            (SidePlace.OUTDOORS.value, _l("Ergens buiten")),
        ],
        coerce=SidePlace,
        missing=_l("Kies waar het is."),
    )
    room = Select(_l("Welke ruimte?"), coerce=_number_or_none, required=False)
    where = Text(_l("Waar buiten?"), max=200, required=False)
    version = HiddenNumber(required=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """A room or words, as the place asks for; a time that is on the clock."""
        super().validate(extra_validators)
        if self.place.data is SidePlace.ROOM and not self.room.data and not self.room.errors:
            self.refuse([_("Kies een ruimte.")], "room")
        if self.place.data is SidePlace.OUTDOORS and not self.where.data and not self.where.errors:
            self.refuse([_("Vul in waar het is.")], "where")
        self.check_when()
        return not self.is_refused

    def check_when(self) -> None:
        if self.day.errors or self.starts.errors or self.ends.errors:
            return
        times = Times(self.starts.data, self.ends.data)
        if not times.are_in_order:
            self.refuse([_("Kies een eindtijd na de begintijd.")], "ends")
        elif times.on(self.day.data) is None:
            self.refuse([_("Deze tijd bestaat die dag niet. Kies een andere.")], "starts")

    @property
    def period(self) -> Period:
        """Of a form that is valid."""
        period = Times(self.starts.data, self.ends.data).on(self.day.data)
        assert isinstance(period, Period)
        return period

    def moment(self) -> SideMoment:
        """Of a form that is valid."""
        place = self.place.data
        return SideMoment(
            self.period,
            place,
            self.people.data,
            self.room.data if place is SidePlace.ROOM else None,
            self.where.data if place is SidePlace.OUTDOORS else "",
        )


class SideForm(SideMomentForm):
    """All of it."""

    on_page: tuple[str, ...] = ("title", "text", "day", "starts", "ends", "people", "place")

    title = Text(_l("Wat is het?"), max=120, missing=_l("Vul in wat het is."))
    text = LongText(
        _l("Wat is er te doen? Iedereen leest dit."),
        max=500,
        missing=_l("Vul in wat er te doen is."),
    )
    partner = Text(_l("Wie doet het?"), max=120, missing=_l("Vul in wie het doet."))
    email = Email(_l("E-mail"))
    phone = Phone(_l("Telefoon"), required=False)
    language = Choice(_l("In welke taal mailen we?"), LANGUAGE_CHOICES, default=DUTCH)
    read_as = HiddenField(default="")  # the words that the suggestions on the page were about
    token = FormToken()

    def __iter__(self) -> Iterator[Any]:
        """As on the page: what is wrong is listed in that order."""
        first = [self[name] for name in self.on_page]
        return iter([*first, *(each for each in super().__iter__() if each not in first)])

    @property
    def public_words(self) -> str:
        return f"{self.title.data or ''} {self.text.data or ''}"

    @property
    def is_meant(self) -> bool:
        """Whoever sends the same words again has read the suggestions."""
        return bool(self.read_as.data == self.public_words)

    def offer(self) -> SideOffer:
        return SideOffer(
            self.title.data,
            self.text.data,
            self.partner.data,
            self.email.data,
            self.phone.data,
            self.moment(),
            self.language.data,
        )


class SideAgreeForm(Form):
    accepted = HiddenField(default="")
    version = HiddenNumber()

    @property
    def accepted_codes(self) -> frozenset[str]:
        return frozenset(str(self.accepted.data or "")[:LONGEST_ACCEPTED].split())


class SideNoForm(Form):
    words = LongText(
        _l("Waarom niet? Wie het voorstelde en wie het doet lezen dit."),
        max=1000,
        missing=_l("Vul in waarom. Eén zin is genoeg."),
    )
    version = HiddenNumber()


class SideChangeForm(Form):
    """The theatre would like it otherwise."""

    wanted = LongText(
        _l("Wat vraag je? Wie het voorstelde en wie het doet lezen dit."),
        max=1000,
        missing=_l("Vul in wat anders moet. Eén zin is genoeg."),
    )
    version = HiddenNumber()


class SideEndForm(Form):
    """The partner or the organisation calls it off."""

    words = LongText(
        _l("Waarom? Het theater leest dit."),
        max=1000,
        missing=_l("Vul in waarom. Eén zin is genoeg."),
    )
    version = HiddenNumber()
