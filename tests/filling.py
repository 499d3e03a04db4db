"""Forms as a visitor fills them in: only what is on the page can be typed, ticked or chosen."""

from io import BytesIO
from typing import TYPE_CHECKING, Any, Self

from bs4 import Tag
from werkzeug.datastructures import FileStorage, MultiDict

from tests.markup import text_of, value

if TYPE_CHECKING:
    from tests.pages import Page

Given = str | int | bool | list[str]
CHOSEN = {"radio", "checkbox"}
NOT_SENT = {"submit", "button", "reset", "image", "file"}


class FilledForm:
    """A form of a page with what is in it now; hidden fields and defaults come along."""

    def __init__(self, page: "Page", form: Tag) -> None:
        self.page = page
        self.form = form
        self.fields = _initial(form)
        self.files: dict[str, tuple[bytes, str]] = {}

    def fill(self, **given: Given) -> Self:
        """Give fields a value by name. Choices by value or by what their label says."""
        for name, wanted in given.items():
            self.fields.setlist(name, self._values(name, wanted))
        return self

    def attach(self, name: str, content: bytes, filename: str = "foto.jpg") -> Self:
        """Choose a file for a field."""
        [control] = _controls(self.form, name)
        assert value(control, "type") == "file"
        assert value(self.form, "enctype") == "multipart/form-data", "else the file is not sent"
        self.files[name] = content, filename
        return self

    def submit(self, button: str = "", *, status: int = 200, htmx: bool = False) -> "Page":
        """Press a button (the first, or the one that says this) and see where it leads."""
        pressed = self._button(button)
        fields: MultiDict[str, Any] = MultiDict(self.fields)
        for name, (content, filename) in self.files.items():
            fields.add(name, FileStorage(BytesIO(content), filename))
        if name := value(pressed, "name"):
            fields.add(name, value(pressed, "value"))
        address = value(pressed, "formaction") or value(self.form, "action") or self.page.path
        method = value(self.form, "method").lower() or "get"
        return self.page.send(method, address, fields, htmx=htmx, status=status)

    def _button(self, says: str) -> Tag:
        buttons = [tag for tag in self.form.find_all("button") if value(tag, "type") != "button"]
        found = [tag for tag in buttons if not says or text_of(tag) == says]
        said = [text_of(tag) for tag in buttons]
        assert found, f"no button says {says!r}; there are: {said}"
        return found[0]

    def _values(self, name: str, wanted: Given) -> list[str]:
        controls = _controls(self.form, name)
        assert controls, f"there is no field {name!r}; there are: {sorted(self.names)}"
        first = controls[0]
        if first.name == "select":
            return [_option(first, one) for one in _listed(wanted)]
        if value(first, "type") in CHOSEN:
            return self._ticked(controls, wanted)
        return [str(wanted)]

    def _ticked(self, controls: list[Tag], wanted: Given) -> list[str]:
        if isinstance(wanted, bool):
            assert len(controls) == 1, "True and False are for a single tick box"
            return [value(controls[0], "value") or "on"] if wanted else []
        return [self._choice(controls, one) for one in _listed(wanted)]

    def _choice(self, controls: list[Tag], wanted: str) -> str:
        choices = {value(tag, "value"): self._label(tag) for tag in controls}
        found = [one for one, label in choices.items() if wanted in (one, label)]
        found = found or [one for one, label in choices.items() if label.startswith(wanted)]
        assert len(found) == 1, f"{wanted!r} is not a choice; there are: {choices}"
        return found[0]

    def _label(self, control: Tag) -> str:
        label = self.form.find("label", attrs={"for": value(control, "id")})
        return text_of(label if isinstance(label, Tag) else control.find_parent("label"))

    @property
    def names(self) -> set[str]:
        return {value(tag, "name") for tag in _all_controls(self.form)}


def _initial(form: Tag) -> MultiDict[str, str]:
    fields: MultiDict[str, str] = MultiDict()
    for tag in _all_controls(form):
        for one in _sent_by(tag):
            fields.add(value(tag, "name"), one)
    return fields


def _sent_by(tag: Tag) -> list[str]:
    """What this control would send if the form were submitted untouched."""
    kind = value(tag, "type")
    if kind in NOT_SENT or tag.has_attr("disabled"):
        return []
    if tag.name == "select":
        return _selected(tag)
    if tag.name == "textarea":
        return [tag.get_text().replace("\r\n", "\n").removeprefix("\n")]
    if kind in CHOSEN:
        return [value(tag, "value") or "on"] if tag.has_attr("checked") else []
    return [value(tag, "value")]


def _selected(select: Tag) -> list[str]:
    options = select.find_all("option")
    chosen = [option for option in options if option.has_attr("selected")]
    if not chosen and not select.has_attr("multiple"):
        chosen = options[:1]
    return [_option_value(option) for option in chosen]


def _option(select: Tag, wanted: str) -> str:
    options = {_option_value(option): text_of(option) for option in select.find_all("option")}
    found = [one for one, label in options.items() if wanted in (one, label)]
    assert found, f"{wanted!r} is not an option; there are: {options}"
    return found[0]


def _option_value(option: Tag) -> str:
    return value(option, "value") if option.has_attr("value") else text_of(option)


def _listed(wanted: Given) -> list[str]:
    return [str(one) for one in wanted] if isinstance(wanted, list) else [str(wanted)]


def _controls(form: Tag, name: str) -> list[Tag]:
    return [tag for tag in _all_controls(form) if value(tag, "name") == name]


def _all_controls(form: Tag) -> list[Tag]:
    return [tag for tag in form.find_all(["input", "select", "textarea"]) if value(tag, "name")]
