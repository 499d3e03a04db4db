"""What people type, read as values; odd input gets a sentence, and nothing typed is lost."""

from collections.abc import Iterator
from datetime import date
from datetime import time as clock
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from core.cleaning import Unreadable, many_lines, one_line
from core.forms import (
    Choice,
    Choices,
    ClockTime,
    Email,
    Form,
    FormToken,
    HiddenNumber,
    LocalDate,
    LongText,
    Phone,
    Postcode,
    Select,
    Text,
    Tick,
    WebAddress,
    WholeNumber,
)

COLOURS = [("red", "Rood"), ("blue", "Blauw")]


class Everything(Form):
    """One field of each kind."""

    token = FormToken()
    name = Text("Naam", max=20)
    story = LongText("Verhaal", required=False)
    email = Email("E-mail")
    phone = Phone("Telefoon", required=False)
    website = WebAddress("Website", required=False)
    postcode = Postcode("Postcode", required=False)
    area = Postcode("Buurt", required=False, pc4=True)
    visitors = WholeNumber("Bezoekers", min=1, max=400, required=False)
    version = HiddenNumber("Versie", required=False)
    day = LocalDate("Datum", required=False)
    at = ClockTime("Tijd", required=False)
    colour = Choice("Kleur", COLOURS, required=False)
    shade = Select("Tint", COLOURS, required=False)
    colours = Choices("Kleuren", COLOURS, most=1)
    agreed = Tick("Akkoord")


FILLED = {"name": "Anna", "email": "anna@huis.example"}


@pytest.fixture(autouse=True)
def _request() -> Iterator[None]:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="only for this test", WTF_CSRF_ENABLED=False)
    with app.test_request_context("/", method="POST"):
        yield


def filled(**typed: Any) -> Everything:
    return Everything(formdata=MultiDict({**FILLED, **typed}))


def messages(form: Form, field: str) -> str:
    form.validate()
    return " ".join(map(str, form[field].errors))


READ: dict[str, list[tuple[str, Any]]] = {
    "name": [("  Anna \t de  Vries ", "Anna de Vries"), ("Zoe\u0308", "Zoë"), ("<b>", "<b>")],
    "story": [("a\r\n\r\n\r\n\r\nb\r", "a\n\nb"), ("", "")],
    "email": [
        ("Anna@Huis.Example", "anna@huis.example"),
        ("a+b@huis.example", "a+b@huis.example"),
        ("info@bücher.example", "info@xn--bcher-kva.example"),
    ],
    "phone": [("030 - 123 45 67", "030 - 123 45 67"), ("+31 6 12345678", "+31 6 12345678")],
    "website": [
        ("www.huis.example", "https://www.huis.example"),
        ("http://huis.example/a?b=c", "http://huis.example/a?b=c"),
        ("huis.example:8080/a", "https://huis.example:8080/a"),
    ],
    "postcode": [("3563cb", "3563 CB"), ("3563 CB", "3563 CB")],
    "area": [("3563", "3563"), ("3563cb", "3563 CB")],
    "visitors": [("1", 1), (" 400 ", 400), ("012", 12)],
    "version": [("3", 3)],
    "day": [("2026-10-01", date(2026, 10, 1)), ("1-10-2026", date(2026, 10, 1))],
    "at": [("14:00", clock(14)), ("9.30", clock(9, 30)), ("14 uur", clock(14))],
    "colour": [("red", "red"), ("", None)],
    "shade": [("blue", "blue")],
    "agreed": [("y", True)],
}


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [(field, typed, value) for field, cases in READ.items() for typed, value in cases],
)
def test_field_reads_what_people_type(field: str, typed: str, value: Any) -> None:
    form = filled(**{field: typed})
    assert form.validate(), form.errors
    assert form[field].data == value


REFUSED = {
    "name": ["", "   ", "\u200b\u2066", "x" * 21, "a\x00b", "half \ud800"],
    "story": ["x" * 2001, "a\x00b"],
    "email": [
        "",
        "anna",
        "a@b",
        "a@huis.example, b@huis.example",
        "Anna <a@huis.example>",
        "a@[127.0.0.1]",
        "a(comment)@huis.example",
        '"a b"@huis.example',
        "a@huis.example\x00",
        "=?utf-8?q?a?=@huis.example",
        "\uff41@huis.example",
        "jürgen@huis.example",
        "a" * 300 + "@huis.example",
        "a@huis.example" + "." * 50_000,
    ],
    "phone": ["abc", "12", "٠٣٠١٢٣٤٥٦٧", "030-12345<script>", "1" * 40],
    "website": [
        "javascript:alert(1)",
        "data:text/html,x",
        "//huis.example",
        "https:huis.example",
        "ftp://huis.example",
        "https://anna:geheim@huis.example",
        "https://huis",
        "https://huis.example\\@ander.example",
        "https://huis.example:x/",
        'https://huis.example/"onload="x',
        "https://①②.example.",
        "https://127.0.0.1/",
    ],
    "postcode": ["3563", "0123 AB", "３５６３ CB", "3563 C", "abc"],
    "area": ["356", "35633"],
    "visitors": [
        *("0", "-1", "401", "10000", "9223372036854775808", "1e3", "1_0", "NaN", "1.000", "+5"),
        *("１２", "٣", "1,5", "0x10", "²"),
    ],
    "version": ["x"],
    "day": [
        *("0000-01-01", "9999-12-31", "2026-02-30", "30-2-2026", "2026-W40-1", "20261001"),
        *("２０２６-10-01", "morgen", "1999-12-31", "1-13-2026"),
    ],
    "at": ["24:00", "12:60", "half drie", "１４:00", "-1:00"],
    "colour": ["green", "red\x00"],
    "shade": ["green"],
}


@pytest.mark.parametrize(
    ("field", "typed"),
    [(field, typed) for field, cases in REFUSED.items() for typed in cases],
)
def test_field_refuses_with_a_sentence(field: str, typed: str) -> None:
    form = filled(**{field: typed})
    assert messages(form, field).endswith(".")
    assert field in dict(form.summary)


def test_too_long_text_says_how_long_it_may_be_and_keeps_what_was_typed() -> None:
    form = filled(story="a" * 100_000)
    assert messages(form, "story") == ("Maak deze tekst korter: hoogstens 2000 tekens, nu 100000.")
    assert "a" * 100_000 in str(form.story())


@pytest.mark.parametrize("field", ["visitors", "day", "at", "postcode", "email", "website"])
def test_unreadable_value_stays_in_the_field(field: str) -> None:
    form = filled(**{field: 'half "drie" <b>'})
    form.validate()
    assert "half &#34;drie&#34; &lt;b&gt;" in str(form[field]())


def test_date_that_was_not_understood_is_shown_as_text() -> None:
    assert 'type="date"' in str(filled(day="2026-10-01").day())
    assert 'type="text"' in str(filled(day="1 okt").day())


def test_date_and_time_are_shown_as_browsers_want_them() -> None:
    form = Everything(formdata=None, day=date(2026, 10, 1), at=clock(9, 5))
    assert 'value="2026-10-01"' in str(form.day())
    assert 'value="09:05"' in str(form.at())


def test_first_of_several_values_counts() -> None:
    form = Everything(formdata=MultiDict([*FILLED.items(), ("name", "Tweede"), ("name[]", "x")]))
    assert form.validate()
    assert form.name.data == "Anna"


def test_nothing_sent_asks_for_what_is_missing() -> None:
    form = Everything(formdata=MultiDict({"other": "x"}))
    assert not form.validate()
    assert set(dict(form.summary)) == {"name", "email"}


@pytest.mark.parametrize("chosen", [["green"], ["red", "blue"]], ids=["unknown", "too many"])
def test_choices_refuse(chosen: list[str]) -> None:
    form = Everything(formdata=MultiDict([*FILLED.items(), *(("colours", one) for one in chosen)]))
    assert messages(form, "colours")


def test_choices_are_read_in_order() -> None:
    form = Everything(formdata=MultiDict([*FILLED.items(), ("colours", "blue")]))
    assert form.validate()
    assert form.colours.data == ["blue"]


def test_tick_that_must_be_ticked() -> None:
    class Promise(Form):
        promised = Tick("Beloofd", must="Zet een vinkje.")

    assert messages(Promise(formdata=MultiDict({"x": "y"})), "promised") == "Zet een vinkje."


def test_grouped_choices_keep_their_groups() -> None:
    class Grouped(Form):
        slot = Choice("Wanneer", {"week 40": [("1", "do")], "week 41": [("2", "ma")]})

    form = Grouped(formdata=MultiDict({"slot": "2"}))
    assert form.validate()
    assert [group for group, _ in form.slot.iter_groups()] == ["week 40", "week 41"]


def test_options_can_be_offered_when_the_form_is_made() -> None:
    form = filled(colour="3")
    form.colour.offer([("3", "Geel")])
    assert form.validate()


def test_form_token_stays_the_same_and_is_random() -> None:
    first = Everything(formdata=None).token.data
    assert filled(token=first).token.data == first
    assert str(first) not in str(filled(token=first).token), "what is shown again is a new form"
    assert filled(token="' OR 1=1").token.data != "' OR 1=1"
    assert len({Everything(formdata=None).token.data for _ in range(1000)}) == 1000


def test_values_leave_out_what_guards_the_form() -> None:
    values = filled(visitors="3").values()
    assert values["visitors"] == 3
    assert "token" not in values


def test_refusal_of_a_rule_stands_in_the_summary() -> None:
    form = filled()
    assert form.validate()
    form.refuse(["Die middag is al bezet."])
    form.refuse(["Kies een andere dag."], field="day")
    assert form.summary == [("", "Die middag is al bezet."), ("day", "Kies een andere dag.")]
    assert form.errors


def test_line_separators_of_all_kinds_become_one_space_in_a_line() -> None:
    assert one_line("a\rb\nc\u2028d\u2029e\x85f\x0bg\x0ch") == "a b c d e f g h"


def test_control_and_direction_characters_are_removed() -> None:
    assert one_line("a\x07\x1b\u202eb\u2066c\ufeffd\u061ce") == "abcde"


def test_emoji_with_joiners_survive() -> None:
    family = "\U0001f469\u200d\U0001f467"
    assert one_line(family) == family


def test_piles_of_marks_are_cut() -> None:
    assert len(one_line("z" + "\u0335" * 500)) == 4


@pytest.mark.parametrize("text", ["a\x00", "\ud800", "a\udfff"])
def test_text_no_keyboard_makes_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        many_lines(text)


@pytest.mark.parametrize("field", ["email", "website", "postcode", "phone", "day", "at"])
def test_long_nonsense_is_refused_without_a_long_search(field: str) -> None:
    """A regular expression that explodes on these would not come back at all."""
    for nonsense in ("a" * 50_000, "1" * 50_000, "a." * 25_000, "0-" * 25_000):
        assert not filled(**{field: nonsense}).validate()
