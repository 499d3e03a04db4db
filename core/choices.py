"""Fields in which one chooses instead of types."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms import SelectField as PlainSelect
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from core.fields import Label, read_or_say
from core.language import gettext as _
from core.language import lazy_gettext as _l

Options = Iterable[tuple[str, Label]] | Mapping[Any, Iterable[tuple[str, Label]]]


def as_choices(options: Options) -> list[Any]:
    """Options for a choice field: (value, label) pairs, or such pairs per group."""
    if isinstance(options, Mapping):
        return [
            SelectChoice(value=value, label=label, optgroup=group)
            for group, members in options.items()
            for value, label in members
        ]
    return [SelectChoice(value=value, label=label) for value, label in options]


class _Choosing(PlainSelect):
    """One of several; `coerce` turns the text of an option into a value."""

    data: Any  # the value chosen
    missing: Label = _l("Kies een van de mogelijkheden.")

    def __init__(
        self,
        label: Label = "",
        options: Options = (),
        *,
        required: bool = True,
        missing: Label | None = None,
        coerce: Callable[[str], Any] = str,
        **more: Any,
    ) -> None:
        super().__init__(label=cast(str, label), coerce=coerce, choices=as_choices(options), **more)
        self.required = required
        self.missing = missing or self.missing
        if not required:
            self.flags.optional = True

    def offer(self, options: Options) -> None:
        """Set the options of a form that knows them only when it is made."""
        self.choices = as_choices(options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        chosen = str(valuelist[0]) if valuelist else ""
        self.data = None
        if chosen:
            self.data = read_or_say(self.coerce, chosen, str(self.missing))

    def pre_validate(self, _form: Any) -> None:
        if self.process_errors:
            raise StopValidation
        if self.data is None:
            raise StopValidation(str(self.missing) if self.required else "")
        if self.data not in [self.coerce(each[0]) for each in self.iter_choices()]:
            raise StopValidation(str(self.missing))


class Choice(_Choosing, RadioField):
    """One of several, as radio buttons."""

    def __init__(self, label: Label = "", options: Options = (), **more: Any) -> None:
        super().__init__(label, options, **more)
        self.label.field_id = False  # type: ignore[assignment]


class Select(_Choosing):
    """One of many, as a drop-down list."""


class Choices(SelectMultipleField):
    """Some of several, as tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    data: Any  # the values chosen
    missing: Label = _l("Kies minstens een van de mogelijkheden.")

    def __init__(
        self,
        label: Label = "",
        options: Options = (),
        *,
        required: bool = False,
        most: int | None = None,
        missing: Label | None = None,
        coerce: Callable[[str], Any] = str,
        **more: Any,
    ) -> None:
        super().__init__(label=cast(str, label), coerce=coerce, choices=as_choices(options), **more)
        self.required, self.most = required, most
        self.missing = missing or self.missing
        if not required:
            self.flags.optional = True

    def offer(self, options: Options) -> None:
        """Set the options of a form that knows them only when it is made."""
        self.choices = as_choices(options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = []
        self.data = [read_or_say(self.coerce, str(each), str(self.missing)) for each in valuelist]

    def pre_validate(self, _form: Any) -> None:
        if self.process_errors:
            raise StopValidation
        offered = [self.coerce(each[0]) for each in self.iter_choices()]
        chosen = self.data or []
        if (self.required and not chosen) or any(each not in offered for each in chosen):
            raise StopValidation(str(self.missing))
        if self.most is not None and len(chosen) > self.most:
            raise StopValidation(_("Kies er hoogstens %(most)s.", most=self.most))


class Tick(BooleanField):
    """A box to tick; with `must` it has to be ticked, and `must` says why."""

    def __init__(self, label: Label = "", *, must: Label | None = None, **more: Any) -> None:
        super().__init__(cast(str, label), **more)
        self.must = must

    def pre_validate(self, _form: Any) -> None:
        if self.must and not self.data:
            raise StopValidation(str(self.must))
