"""The settings of one topic; the bounds are those of the rules."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.settings import BOUNDS, NAMES, SettingTopic, kept, written
from core.forms import ClockTime, Form, HiddenNumber, LongText, Tick, WholeNumber
from core.language import lazy_gettext as _l

FIRST, LAST = "_from", "_to"  # after the name of a day-part

Say = Callable[[str], str]


class SettingsForm(Form):
    """Subclasses list the fields of a topic."""

    topic: SettingTopic

    @property
    def settings(self) -> dict[str, Any]:
        """By name, as the rules compute with them."""
        return {name: self._setting(name) for name in NAMES[self.topic]}

    @property
    def fields_shown(self) -> list[list[Any]]:
        """In order; those on one line together."""
        return [[self[each] for each in _field_names(name)] for name in NAMES[self.topic]]

    def _setting(self, name: str) -> Any:
        values = [self[each].data for each in _field_names(name)]
        return tuple(values) if len(values) > 1 else kept(name, values[0])


def settings_form(topic: SettingTopic, now: object, version: int, say: Say) -> SettingsForm:
    """`now` holds the values as they are; `say` names a setting."""
    fields: dict[str, Any] = {"topic": topic}
    for name in NAMES[topic]:
        fields.update(_fields(name, getattr(now, name), say))
    fields["why"] = LongText(
        _l("Waarom verander je dit?"), max=1000, missing=_l("Vul in waarom. Eén zin is genoeg.")
    )
    fields["version"] = HiddenNumber()
    kind = type("TopicForm", (SettingsForm,), fields)
    start = {each: value for name in NAMES[topic] for each, value in _start(name, now).items()}
    form: SettingsForm = kind(data={**start, "version": version})
    return form


def _fields(name: str, value: object, say: Say) -> Mapping[str, Any]:
    if isinstance(value, tuple):
        return {each: ClockTime(say(each)) for each in _times(name)}
    if isinstance(value, bool):
        return {name: Tick(say(name))}
    return {name: WholeNumber(say(name), min=BOUNDS[name].low, max=BOUNDS[name].high)}


def _start(name: str, now: object) -> Mapping[str, Any]:
    value = getattr(now, name)
    if isinstance(value, tuple):
        return dict(zip(_times(name), value, strict=True))
    return {name: written(name, value)}


def _times(name: str) -> tuple[str, str]:
    return name + FIRST, name + LAST


def _field_names(name: str) -> tuple[str, ...]:
    return _times(name) if name in NAMES[SettingTopic.DAY_PARTS] else (name,)
