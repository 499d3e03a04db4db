"""Moments: the days themselves, and what is decided for each request."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import HiddenField

from booking.phrases import short_moment
from booking.rules.moments import NEARBY_AT_MOST, Choosing, MomentAsked, Pick
from booking.rules.norms import parse_wish
from core.forms import Form, FormToken, HiddenNumber, LocalDate, LongText, Select, Text, WholeNumber
from core.language import gettext as _
from core.language import lazy_gettext as _l

NEARBY, LATER = "nearby", "later"
LONGEST_ACCEPTED = 500


class MomentForm(Form):
    public_name = Text(_l("Naam voor iedereen"), max=120)
    public_text = LongText(_l("Tekst voor iedereen"), max=1000, required=False)
    internal_subject = Text(_l("Onderwerp voor onszelf"), max=120, required=False)
    first_day = LocalDate(_l("Eerste dag"))
    last_day = LocalDate(_l("Laatste dag"))
    intake_from = LocalDate(_l("Aanvragen verzamelen vanaf"))
    intake_until = LocalDate(_l("Aanvragen verzamelen tot en met"))
    nearby_days = WholeNumber(
        _l("Hoeveel dagen ervoor en erna bied je de rest iets aan?"), min=1, max=NEARBY_AT_MOST
    )

    @property
    def asked(self) -> MomentAsked:
        return MomentAsked(**{name: self[name].data for name in MomentAsked.__dataclass_fields__})


class NewMomentForm(MomentForm):
    token = FormToken()


class ChangeMomentForm(MomentForm):
    version = HiddenNumber()


class MomentButton(Form):
    """Only a button; the form guards against other sites."""


class TurnMomentForm(Form):
    """A button that closes or opens the moment that was looked at."""

    version = HiddenNumber()


class TogetherForm(Form):
    """Subclasses have a choice for each request."""

    why = LongText(_l("Waarom deze keuze?"), max=500, required=False)
    words = LongText(_l("Wat lees je als je niet op deze dagen speelt?"), max=1000)
    version = HiddenNumber()
    rows: tuple[Choosing, ...]

    @property
    def picks(self) -> list[Pick]:
        """Without those that go on waiting."""
        return [pick for row in self.rows if (pick := self._pick(row.request_id))]

    def choice(self, request_id: int) -> Any:
        return self[f"pick_{request_id}"]

    def look_again(self, rows: Sequence[Choosing], moment_version: int) -> None:
        """Go on from what is true now."""
        known = {row.request_id for row in self.rows}
        self.rows = tuple(row for row in rows if row.request_id in known)
        self["version"].process_data(moment_version)
        for row in self.rows:
            self[f"seen_{row.request_id}"].process_data(row.version)

    def accept(self, request_id: int, codes: Iterable[str]) -> None:
        self[f"accepted_{request_id}"].process_data(" ".join(sorted(codes)))

    def _pick(self, request_id: int) -> Pick | None:
        chosen = self[f"pick_{request_id}"].data
        if chosen == LATER:
            return None
        accepted = str(self[f"accepted_{request_id}"].data or "")[:LONGEST_ACCEPTED].split()
        wish = None if chosen == NEARBY else parse_wish(chosen)
        return Pick(request_id, self[f"seen_{request_id}"].data, wish, frozenset(accepted))


def together_form(
    rows: Sequence[Choosing], version: int, words: str, *, is_sent: bool = True
) -> TogetherForm:
    """`is_sent` False: another form was, so this one begins with what is proposed."""
    fields: dict[str, Any] = {"rows": tuple(rows)}
    start: dict[str, Any] = {"version": version, "words": words}
    for row in rows:
        key = row.request_id
        fields[f"pick_{key}"] = Select(
            _("Wat doe je met %(name)s?", name=row.name),
            _options(row),
            missing=_("Kies wat je doet met %(name)s.", name=row.name),
        )
        fields[f"seen_{key}"] = HiddenNumber()
        fields[f"accepted_{key}"] = HiddenField(default="")
        start |= {f"pick_{key}": _proposed(row), f"seen_{key}": row.version}
    kind = type("MomentTogetherForm", (TogetherForm,), fields)
    form: TogetherForm = kind(data=start) if is_sent else kind(formdata=None, data=start)
    return form


def _options(row: Choosing) -> list[tuple[str, str]]:
    playing = [
        (wish.key, _("Bevestig %(moment)s", moment=short_moment(wish))) for wish in row.possible
    ]
    return [*playing, (NEARBY, _("Bied dagen dichtbij aan")), (LATER, _("Laat nog wachten"))]


def _proposed(row: Choosing) -> str:
    """Who also asked for other days, or has no place yet, is not declined by itself."""
    if row.proposed:
        return row.proposed.key
    return LATER if row.may_wait else NEARBY
