"""The judge of pages must itself refuse what is broken."""

import pytest

from tests.markup import fragment_faults, page_faults

FINE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Wanneer? – Speelplek</title>
<link rel="stylesheet" href="/static/speelplek.css"><script src="/static/speelplek.js"></script>
</head><body><main><h1>Wanneer?</h1>
<form method="post" action="/kubus/aanvragen">
<input type="hidden" name="csrf_token" value="abc">
<p id="day-hint">Bijvoorbeeld 1 oktober.</p>
<label for="day">Dag</label><input id="day" name="day" aria-describedby="day-hint">
<button type="submit">Verder</button></form>
<a href="#day">Naar de dag</a>
<h2>Agenda</h2>
<table><caption>Oktober</caption><tr><th scope="col">ma</th></tr><tr><td>1</td></tr></table>
<img src="data:image/svg+xml,x" alt="De kubus">
</main></body></html>"""


def test_a_good_page_passes() -> None:
    assert page_faults(FINE) == []


@pytest.mark.parametrize(
    ("part", "broken", "says"),
    [
        ("<!doctype html>\n", "", "doctype"),
        ("</table>", "", "not valid HTML"),
        ("<p id=", "<p><div></p><p id=", "not valid HTML"),
        (' lang="nl"', "", "language"),
        (' lang="nl"', ' lang="xx"', "language"),
        ("<h1>Wanneer?</h1>", "", "one <h1>"),
        ("<h1>Wanneer?</h1>", "<h1>Wanneer?</h1><h1>Wanneer?</h1>", "one <h1>"),
        ("<title>Wanneer?", "<title>Waar?", "does not hold the heading"),
        ("<main>", "<div>", "one <main>"),
        ("<h2>Agenda</h2>", "<h3>Agenda</h3>", "from level 1 to 3"),
        ("<h2>Agenda</h2>", '<h2 id="day">Agenda</h2>', "used twice"),
        ('for="day"', 'for="date"', "has no label"),
        ('for="day"', 'for="date"', "is for 'date'"),
        ('aria-describedby="day-hint"', 'aria-describedby="day-hint day-error"', "'day-error'"),
        ('href="#day"', 'href="#week"', "nowhere"),
        (">Verder</button>", "></button>", "says nothing"),
        ("<h2>", '<input type="radio" name="a" aria-label="a"><h2>', "no <fieldset>"),
        ("<h2>", "<fieldset></fieldset><h2>", "no <legend>"),
        ("<caption>Oktober</caption>", "", "no <caption>"),
        (' scope="col"', "", "without scope"),
        (' alt="De kubus"', "", "no alt"),
        ("</head>", "<style>p {color: red}</style></head>", "inline <style>"),
        ("</head>", "<script>alert(1)</script></head>", "inline <script>"),
        ("<h2>", '<p style="color: red">x</p><h2>', "style="),
        ("<h2>", '<p onclick="x()">x</p><h2>', "onclick="),
        ("<h2>", '<p hx-on:click="x()">x</p><h2>', "hx-on:click="),
        ("<h2>", '<p hx-trigger="click[ctrlKey]">x</p><h2>', "needs eval"),
        ("<h2>", '<a href="javascript:x()">x</a><h2>', "javascript:"),
        ('src="/static/speelplek.js"', 'src="//elsewhere.example/x.js"', "elsewhere"),
        ('src="/static/speelplek.js"', 'src="https://elsewhere.example/x.js"', "elsewhere"),
        ('<input type="hidden" name="csrf_token" value="abc">', "", "no token"),
        ('value="abc"', 'value=""', "no token"),
        ('method="post" ', "", "into the address"),
        ("<h2>", '<button hx-post="/x">x</button><h2>', "needs a form"),
        ("<h2>", '<a hx-get="/x">x</a><h2>', "needs a href"),
        ("<h2>", '<a href="/x" hx-get="/x" hx-target="#month">x</a><h2>', "not on the page"),
    ],
)
def test_a_broken_page_is_refused(part: str, broken: str, says: str) -> None:
    assert part in FINE
    found = page_faults(FINE.replace(part, broken, 1))
    assert any(says in fault for fault in found), found


@pytest.mark.parametrize(
    "html",
    [
        '<section id="month"><h2>Oktober</h2></section>',
        '<tr id="request-1"><td>Buurthuis</td></tr>',
        '<p id="fits">Past.</p><div id="live" hx-swap-oob="innerHTML">Past.</div>',
        '<title>Oktober</title><section id="month"></section>',
    ],
)
def test_a_good_fragment_passes(html: str) -> None:
    assert fragment_faults(html) == []


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<p id='a'>a</p><p id='b'>b</p>", "has 2"),
        ("", "has 0"),
        ("<p>a</p>", "has an id"),
        ("<p id='a'><b>a</p>", "not valid HTML"),
        ("<form id='a' method='post'></form>", "no token"),
    ],
)
def test_a_broken_fragment_is_refused(html: str, says: str) -> None:
    found = fragment_faults(html)
    assert any(says in fault for fault in found), found
