"""A calendar kept elsewhere: its address or a file, and what its owner calls it."""

from typing import Any

from flask import request
from flask_wtf.file import FileField
from werkzeug.datastructures import CombinedMultiDict
from wtforms.widgets import TextInput

from core.fields import Written
from core.forms import Form, FormToken, Text
from core.language import gettext as _
from core.language import lazy_gettext as _l
from venues.outside.addresses import target, tidied
from venues.outside.failures import Unread
from venues.outside_phrases import failure

LONGEST_NAME = 80


class CalendarAddress(Written):
    """As it is copied from a calendar; what it answers is seen later."""

    widget = TextInput()
    nothing = ""

    def __init__(self, label: Any = "", **more: Any) -> None:
        super().__init__(label, **more)
        self.flags.optional = False  # the page says when it may stay empty
        self.inside: tuple[str, ...] = ()  # set before the form is judged

    def read(self, text: str) -> str:
        return tidied(text)

    def post_validate(self, _form: Any, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        try:
            target(self.data, self.inside)
        except Unread as unread:
            self.errors = [*self.errors, failure(unread.failure)]


class CalendarForm(Form):
    """A new one."""

    class Meta(Form.Meta):
        def wrap_formdata(self, _form: Any, formdata: Any) -> Any:
            if request.method != "POST":
                return None
            return CombinedMultiDict([request.files, request.form])

    name: Any = Text(
        _l("Hoe noem je deze agenda?"), max=LONGEST_NAME, missing=_l("Geef de agenda een naam.")
    )
    address: Any = CalendarAddress(_l("Adres van de agenda"), required=False)
    file: Any = FileField(_l("Of een bestand"))
    form_token = FormToken()

    def reading(self, inside: tuple[str, ...]) -> "CalendarForm":
        """`inside`: what this installation may read on the inside."""
        self.address.inside = inside
        return self

    def validate(self, *args: Any, **more: Any) -> bool:
        is_read = bool(super().validate(*args, **more))
        return self._has_one_source() and is_read

    def _has_one_source(self) -> bool:
        if self.address.typed and self.file.data:
            self.refuse([_("Vul een adres in of kies een bestand, niet allebei.")], "address")
        elif not self.address.typed and not self.file.data:
            self.refuse([_("Vul het adres van je agenda in, of kies een bestand.")], "address")
        else:
            return True
        return False


class ChangeCalendarForm(Form):
    """The name of one that is there, and if need be another address."""

    name: Any = Text(
        _l("Hoe noem je deze agenda?"), max=LONGEST_NAME, missing=_l("Geef de agenda een naam.")
    )
    address: Any = CalendarAddress(_l("Nieuw adres"), required=False)

    def reading(self, inside: tuple[str, ...]) -> "ChangeCalendarForm":
        self.address.inside = inside
        return self
