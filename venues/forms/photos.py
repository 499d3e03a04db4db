"""Photos as they are sent: a few at once, each with what can be seen on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from flask import request
from flask_wtf.file import FileField
from werkzeug.datastructures import CombinedMultiDict

from core.fields import Label
from core.forms import Form, FormToken, Text
from core.language import gettext as _
from core.language import lazy_gettext as _l

AT_ONCE = 3
LONGEST_TEXT = 200


class PhotoText(Text):
    """What can be seen on a photo: only without a photo it may be left empty."""

    def __init__(self, label: Label = "", **more: Any) -> None:
        super().__init__(label, max=LONGEST_TEXT, required=False, **more)
        self.flags.optional = False


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo and its text. A browser never keeps a chosen file, so a row may be half filled."""

    file: Any
    text: Any

    def is_sound(self) -> bool:
        if self.file.data and not self.text.typed:
            self.text.errors = [*self.text.errors, _("Schrijf op wat er te zien is.")]
        if self.text.typed and not self.file.data:
            self.file.errors = [*self.file.errors, _("Kies hier een foto bij.")]
        return bool(self.file.data) == bool(self.text.typed)


class PhotosForm(Form):
    class Meta(Form.Meta):
        def wrap_formdata(self, _form: Any, formdata: Any) -> Any:
            if formdata is None or request.method != "POST":
                return None
            return CombinedMultiDict([request.files, request.form])

    photo_0 = FileField(_l("Foto 1"))
    text_0 = PhotoText(_l("Wat is er te zien op foto 1?"))
    photo_1 = FileField(_l("Foto 2"))
    text_1 = PhotoText(_l("Wat is er te zien op foto 2?"))
    photo_2 = FileField(_l("Foto 3"))
    text_2 = PhotoText(_l("Wat is er te zien op foto 3?"))
    form_token = FormToken()

    def rows(self) -> Iterator[PhotoRow]:
        for n in range(AT_ONCE):
            yield PhotoRow(self[f"photo_{n}"], self[f"text_{n}"])

    def chosen(self) -> list[PhotoRow]:
        return [row for row in self.rows() if row.file.data]

    def validate(self, *args: Any, **more: Any) -> bool:
        is_read = bool(super().validate(*args, **more))
        are_sound = [row.is_sound() for row in self.rows()]
        if is_read and all(are_sound) and not self.chosen():
            self.refuse([_("Kies minstens één foto.")], "photo_0")
            return False
        return is_read and all(are_sound)


class DescribeForm(Form):
    """The text of a photo that is there; one page has several of these."""

    text = Text(
        _l("Wat is er te zien?"), max=LONGEST_TEXT, missing=_l("Schrijf op wat er te zien is.")
    )

    @classmethod
    def of(cls, photo_id: int, text: str | None = None) -> Self:
        """What was sent for this photo; with a text, filled in with that and nothing else."""
        form = cls() if text is None else cls(None, data={"text": text})
        form.text.id = f"text-of-{photo_id}"
        return form

    def about(self, number: int) -> Self:
        """With a label that says which photo of the page it is."""
        self.text.label.text = _("Wat is er te zien op foto %(number)s?", number=number)
        return self
