"""The form every form is made of, and the fields to make it from.

A form judges the shape of what was typed and turns it into values; whether those fit is for the
rules.
"""

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from core.choices import Choice, Choices, Select, Tick
from core.fields import (
    ClockTime,
    Email,
    FormToken,
    HiddenNumber,
    LocalDate,
    LongText,
    Phone,
    Postcode,
    Text,
    WebAddress,
    WholeNumber,
)

__all__ = [
    "Choice",
    "Choices",
    "ClockTime",
    "Email",
    "Form",
    "FormToken",
    "HiddenNumber",
    "LocalDate",
    "LongText",
    "Phone",
    "Postcode",
    "Select",
    "Text",
    "Tick",
    "WebAddress",
    "WholeNumber",
]


class Form(FlaskForm):  # type: ignore[misc]
    """Subclasses list their fields; a view asks `validate_on_submit()` and then `values()`."""

    form_errors: list[str]

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def wrap_formdata(self, _form: Any, formdata: Any) -> MultiDict[str, Any] | None:
            """Only what a form sent, on a POST: no JSON, no query."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            return request.form if request.method == "POST" else None

    def values(self) -> dict[str, Any]:
        """What was filled in, by field, without the fields that guard the form itself."""
        guards = {FormToken.__name__, "CSRFTokenField"}
        return {field.short_name: field.data for field in self if field.type not in guards}

    @property
    def summary(self) -> list[tuple[str, str]]:
        """All that is wrong, in order, with the id of its field ('': about the whole form)."""
        about_form = [("", str(message)) for message in self.form_errors]
        about_fields = [(field.id, str(said)) for field in self for said in field.errors]
        return about_form + about_fields

    def refuse(self, sentences: Iterable[str], field: str | None = None) -> None:
        """Add what the rules say against it, to one field or to the whole form."""
        if field is None:
            self.form_errors = [*self.form_errors, *sentences]
        else:
            self[field].errors = [*self[field].errors, *sentences]

    @property
    def is_refused(self) -> bool:
        return bool(self.summary)
