"""Fields that say in plain words how to fix what was typed.

What was typed always comes back to the page as it was (cleaned), also when it could not be read.
"""

import re
import secrets
from collections.abc import Callable
from datetime import date, time
from typing import Any, TypeVar, cast

from babel.support import LazyProxy
from markupsafe import Markup
from wtforms import HiddenField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import (
    DateInput,
    EmailInput,
    HiddenInput,
    TelInput,
    TextArea,
    TextInput,
    TimeInput,
    URLInput,
)

from core import reading
from core.cleaning import Unreadable, many_lines, one_line
from core.language import gettext as _
from core.language import lazy_gettext as _l

Label = str | LazyProxy
Value = TypeVar("Value")

_FORM_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Written(StringField):
    """A field somebody types in; `read` turns the text into a value or raises ValueError."""

    data: Any  # what was read, in the type of the field
    missing: Label = _l("Vul dit veld in.")
    nothing: Any = None  # the value of a field that was left empty

    def __init__(
        self, label: Label = "", *, required: bool = True, missing: Label | None = None, **more: Any
    ) -> None:
        super().__init__(cast(str, label), **more)
        self.required = required
        self.missing = missing or self.missing
        self.typed = ""
        if not required:
            self.flags.optional = True

    def read(self, text: str) -> Any:
        return text

    def show(self, value: Any) -> str:
        """The text a value has in the field."""
        return str(value)

    def clean(self, text: str) -> str:
        return one_line(text)

    def process_data(self, value: Any) -> None:
        self.data = self.nothing if value is None else value
        self.typed = "" if value in (None, "") else self.show(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data, self.typed = self.nothing, ""
        try:
            self.typed = self.clean(str(valuelist[0]) if valuelist else "")
        except Unreadable as error:
            raise ValueError(
                _("Hier staan tekens in die we niet kunnen lezen. Typ de tekst opnieuw.")
            ) from error
        if self.typed:
            self.data = self.read(self.typed)

    def take_over(self, other: "Written") -> None:
        """What is typed in the other field, as if it was typed here."""
        self.data, self.typed = other.data, other.typed
        self.process_errors = list(other.process_errors)

    def pre_validate(self, _form: Any) -> None:
        if self.process_errors:
            raise StopValidation
        if self.required and not self.typed:
            raise StopValidation(str(self.missing))
        if not self.typed:
            raise StopValidation

    def _value(self) -> str:
        return self.typed


class Text(Written):
    """One line of text."""

    nothing = ""

    def __init__(self, label: Label = "", *, max: int = 200, **more: Any) -> None:  # noqa: A002
        super().__init__(label, **more)
        self.max = max

    def read(self, text: str) -> str:
        if len(text) > self.max:
            raise ValueError(
                _(
                    "Maak deze tekst korter: hoogstens %(max)s tekens, nu %(now)s.",
                    max=self.max,
                    now=len(text),
                )
            )
        return text


class LongText(Text):
    """Text of several lines."""

    widget = TextArea()

    def __init__(self, label: Label = "", *, max: int = 2000, **more: Any) -> None:  # noqa: A002
        super().__init__(label, max=max, **more)

    def clean(self, text: str) -> str:
        return many_lines(text)


def read_or_say(reader: Callable[[str], Value], text: str, otherwise: str) -> Value:
    try:
        return reader(text)
    except ValueError as error:
        raise ValueError(otherwise) from error


class Email(Written):
    """One e-mail address, in lower case."""

    widget = EmailInput()
    nothing = ""
    missing = _l("Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.")

    def read(self, text: str) -> str:
        return read_or_say(reading.email_address, text, str(Email.missing))


class Phone(Written):
    widget = TelInput()
    nothing = ""
    missing = _l("Vul een telefoonnummer in, bijvoorbeeld 030 123 45 67.")

    def read(self, text: str) -> str:
        return read_or_say(reading.phone_number, text, str(Phone.missing))


class WebAddress(Written):
    """An http or https address."""

    widget = URLInput()
    nothing = ""
    missing = _l("Vul het adres van een website in, bijvoorbeeld www.voorbeeld.nl.")

    def __call__(self, **more: object) -> Markup:
        # As text: browsers refuse 'www.voorbeeld.nl' in a field of type url.
        return super().__call__(**{"type": "text", **more})

    def read(self, text: str) -> str:
        return read_or_say(reading.web_address, text, str(WebAddress.missing))


class Postcode(Written):
    """A Dutch postcode; with `pc4` its four digits are enough."""

    widget = TextInput()
    nothing = ""
    missing = _l("Vul een postcode in, bijvoorbeeld 3563 CB.")

    def __init__(self, label: Label = "", *, pc4: bool = False, **more: Any) -> None:
        super().__init__(label, **more)
        self.reader = reading.postcode_or_pc4 if pc4 else reading.postcode

    def read(self, text: str) -> str:
        return read_or_say(self.reader, text, str(Postcode.missing))


class WholeNumber(Written):
    """A whole number from `min` up to and including `max`."""

    widget: Any = TextInput()
    missing = _l("Vul een getal in, bijvoorbeeld 12.")

    def __init__(
        self,
        label: Label = "",
        *,
        min: int = 0,  # noqa: A002
        max: int = 999_999_999,  # noqa: A002
        **more: Any,
    ) -> None:
        super().__init__(label, **more)
        self.min, self.max = min, max

    def read(self, text: str) -> int:
        number = read_or_say(
            reading.whole_number, text, _("Schrijf een heel getal in cijfers, bijvoorbeeld 12.")
        )
        if not self.min <= number <= self.max:
            raise ValueError(
                _("Kies een getal van %(min)s tot en met %(max)s.", min=self.min, max=self.max)
            )
        return number


class HiddenNumber(WholeNumber):
    """A number the page keeps for itself, such as the version of what is being changed."""

    widget = HiddenInput()
    missing = _l("Deze pagina is niet compleet. Laad de pagina opnieuw.")


class _Picked(Written):
    """A field in which the browser offers something to pick, and that also takes typed text."""

    picker_type = ""

    def __call__(self, **more: object) -> Markup:
        # A picker shows only what it understands; what it does not, stays readable as text.
        unread = bool(self.typed) and self.data is None
        return super().__call__(**{"type": "text" if unread else self.picker_type, **more})

    def _value(self) -> str:
        return self.typed if self.data is None else self.show(self.data)


def near_date(text: str) -> date:
    """A date in a year that can be meant. Raises ValueError for any other."""
    day = reading.calendar_date(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


class LocalDate(_Picked):
    """A date on the calendar in Utrecht."""

    widget = DateInput()
    picker_type = "date"
    missing = _l("Vul een datum in als dag-maand-jaar, bijvoorbeeld 1-10-2026.")

    def read(self, text: str) -> date:
        day = read_or_say(reading.calendar_date, text, str(LocalDate.missing))
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(_("Kijk het jaartal na: dit ligt te ver weg."))
        return day

    def show(self, value: date) -> str:
        return value.isoformat()


class ClockTime(_Picked):
    """A time on the clock in Utrecht."""

    widget = TimeInput()
    picker_type = "time"
    missing = _l("Vul een tijd in, bijvoorbeeld 14:00.")

    def read(self, text: str) -> time:
        return read_or_say(reading.clock_time, text, str(ClockTime.missing))

    def show(self, value: time) -> str:
        return f"{value:%H:%M}"


def new_form_token() -> str:
    return secrets.token_urlsafe(16)


class FormToken(HiddenField):
    """128 random bits by which `core.submissions` knows a form that is sent twice."""

    def __init__(self, **more: Any) -> None:
        super().__init__(default=new_form_token, **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        given = str(valuelist[0]) if valuelist else ""
        self.data = given if _FORM_TOKEN.fullmatch(given) else new_form_token()

    def _value(self) -> str:
        """A form on a page is a new one, also when it is shown again with what was typed: whoever
        reads that another was kept before may send it after all."""
        return new_form_token()
