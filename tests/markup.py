"""What every page and every fragment must be. Each fault is a sentence a developer can act on.

Reads HTML as text and knows nothing of the app, so that it can be tested by itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import html5lib
from bs4 import BeautifulSoup, Doctype, Tag
from html5lib.constants import E as PARSE_ERRORS

Check = Callable[[BeautifulSoup], Iterable[str]]

CONTAINERS = {"tr": "tbody", "td": "tr", "th": "tr", "tbody": "table", "option": "select"}
NOT_TYPED_IN = ("hidden", "submit", "button", "reset", "image")
POINTERS = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
LOADERS = {"script": "src", "link": "href", "img": "src", "source": "src", "iframe": "src"}
HTMX_WRITES = ("hx-post", "hx-put", "hx-patch", "hx-delete")
HTMX_EVALUATES = ("hx-on", "hx-vars", "hx-boost")
# New on each page, and the same to every check; digits stay, as they may be ids.
RANDOM = re.compile(r'(?<=value=")[A-Za-z0-9._-]{20,}(?=")|(?<=content=")[A-Za-z0-9._-]{60,}(?=")')
REMEMBERED = 2000  # pages that are not judged again when they come back the same


def page_faults(html: str) -> list[str]:
    """All that is wrong with a whole page."""
    return list(_page_faults(RANDOM.sub("random", html)))


def fragment_faults(html: str) -> list[str]:
    """All that is wrong with a part of a page, on its way to be swapped in."""
    return list(_fragment_faults(RANDOM.sub("random", html)))


@lru_cache(REMEMBERED)
def _page_faults(html: str) -> tuple[str, ...]:
    soup = soup_of(html)
    return (*_parse_faults(html), *_found(soup, (*ON_PAGES, *EVERYWHERE)))


@lru_cache(REMEMBERED)
def _fragment_faults(html: str) -> tuple[str, ...]:
    soup = soup_of(html)
    return (*_parse_faults(html, _container(soup)), *_found(soup, (one_root, *EVERYWHERE)))


@lru_cache(4)  # a page is judged first and then read
def soup_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def text_of(tag: Tag | None) -> str:
    """What a reader sees of it, on one line."""
    return " ".join(tag.get_text(" ").split()) if tag else ""


def values(tag: Tag, attribute: str) -> list[str]:
    """The words in an attribute; none when it is not there."""
    return value(tag, attribute).split()


def value(tag: Tag, attribute: str) -> str:
    found = tag.get(attribute) or ""
    return found if isinstance(found, str) else " ".join(found)


def _found(soup: BeautifulSoup, checks: Iterable[Check]) -> list[str]:
    return [fault for check in checks for fault in check(soup)]


def _parse_faults(html: str, container: str | None = None) -> list[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    if container:
        parser.parseFragment(html, container=container)
    else:
        parser.parse(html)
    return [
        f"not valid HTML, line {line}: {PARSE_ERRORS.get(code, code) % data}"
        for (line, _column), code, data in parser.errors
    ]


def _container(soup: BeautifulSoup) -> str:
    """Where a fragment would stand: a table row on its own is valid only inside a table."""
    first = soup.find(True)
    return CONTAINERS.get(first.name, "div") if isinstance(first, Tag) else "div"


def one_root(soup: BeautifulSoup) -> Iterator[str]:
    """What is swapped elsewhere (`hx-swap-oob`) and a new title come beside the root."""
    tops = soup.find_all(True, recursive=False)
    roots = [tag for tag in tops if tag.name != "title" and not tag.has_attr("hx-swap-oob")]
    if len(roots) != 1:
        yield f"a fragment has one root element, this one has {len(roots)}"
    elif not value(roots[0], "id"):
        yield f"the root of a fragment has an id: <{roots[0].name}>"


def doctype(soup: BeautifulSoup) -> Iterator[str]:
    first = next((each for each in soup.contents if str(each).strip()), None)
    if not isinstance(first, Doctype) or first.lower() != "html":
        yield "the page does not start with <!doctype html>"


def language(soup: BeautifulSoup) -> Iterator[str]:
    root = soup.html
    if root is None or value(root, "lang") not in ("nl", "en"):
        yield "<html> does not say its language"


def one_heading_in_the_title(soup: BeautifulSoup) -> Iterator[str]:
    headings = soup.find_all("h1")
    if len(headings) != 1:
        yield f"a page has one <h1>, this one has {len(headings)}"
        return
    heading, title = text_of(headings[0]), text_of(soup.title)
    if not heading or heading not in title:
        yield f"the title {title!r} does not hold the heading {heading!r}"


def one_main(soup: BeautifulSoup) -> Iterator[str]:
    if len(soup.find_all("main")) != 1:
        yield "a page has one <main>"


def swap_targets(soup: BeautifulSoup) -> Iterator[str]:
    ids = {value(tag, "id") for tag in soup.find_all(id=True)}
    for tag in soup.select("[hx-target]"):
        target = value(tag, "hx-target")
        if target.startswith("#") and target[1:] not in ids:
            yield f"hx-target {target} is not on the page"


def anchors(soup: BeautifulSoup) -> Iterator[str]:
    ids = {value(tag, "id") for tag in soup.find_all(id=True)}
    for link in soup.find_all("a", href=re.compile("^#")):
        if value(link, "href")[1:] not in ids:
            yield f"the link {text_of(link)!r} leads to {value(link, 'href')}, which is nowhere"


def heading_levels(soup: BeautifulSoup) -> Iterator[str]:
    previous = 0
    for heading in soup.find_all(re.compile("^h[1-6]$")):
        level = int(heading.name[1])
        if previous and level > previous + 1:
            yield f"heading {text_of(heading)!r} goes from level {previous} to {level}"
        previous = level


def unique_ids(soup: BeautifulSoup) -> Iterator[str]:
    ids = [value(tag, "id") for tag in soup.find_all(id=True)]
    yield from (
        f"id {twice!r} is used twice" for twice in sorted({i for i in ids if ids.count(i) > 1})
    )


def pointers(soup: BeautifulSoup) -> Iterator[str]:
    """What aria attributes and labels point at must be there."""
    ids = {value(tag, "id") for tag in soup.find_all(id=True)}
    for attribute in POINTERS:
        for tag in soup.select(f"[{attribute}]"):
            for missing in set(values(tag, attribute)) - ids:
                yield f"{attribute} of <{tag.name}> points at {missing!r}, which is not there"
    for label in soup.find_all("label", attrs={"for": True}):
        if value(label, "for") not in ids:
            yield f"the label {text_of(label)!r} is for {value(label, 'for')!r}, which is not there"


def labelled_controls(soup: BeautifulSoup) -> Iterator[str]:
    labels = {value(tag, "for") for tag in soup.find_all("label", attrs={"for": True})}
    for control in soup.find_all(["input", "select", "textarea"]):
        if value(control, "type") in NOT_TYPED_IN:
            continue
        wrapped = control.find_parent("label") is not None
        if not (wrapped or value(control, "id") in labels or _has_aria_name(control)):
            yield f"<{control.name} name={value(control, 'name')!r}> has no label"


def names_of_what_is_clicked(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(["a", "button", "summary"]):
        pictured = any(value(image, "alt") for image in tag.find_all("img"))
        if not (text_of(tag) or pictured or _has_aria_name(tag)):
            yield f"<{tag.name}> says nothing: {str(tag)[:80]}"


def _has_aria_name(tag: Tag) -> bool:
    return bool(value(tag, "aria-label") or value(tag, "aria-labelledby"))


def groups(soup: BeautifulSoup) -> Iterator[str]:
    for fieldset in soup.find_all("fieldset"):
        if not text_of(fieldset.legend):
            yield "<fieldset> has no <legend>"
    for radio in soup.find_all("input", type="radio"):
        if not radio.find_parent(["fieldset"]) and not radio.find_parent(role="radiogroup"):
            yield f"radio button {value(radio, 'name')!r} stands in no <fieldset>"


def tables(soup: BeautifulSoup) -> Iterator[str]:
    for table in soup.find_all("table"):
        if not text_of(table.caption):
            yield "<table> has no <caption>"
        if any(not heading.has_attr("scope") for heading in table.find_all("th")):
            yield f"table {text_of(table.caption)!r} has a <th> without scope"


def pictures(soup: BeautifulSoup) -> Iterator[str]:
    for image in soup.find_all("img"):
        if not image.has_attr("alt"):
            yield f"<img src={value(image, 'src')!r}> has no alt"


def nothing_inline(soup: BeautifulSoup) -> Iterator[str]:
    """The content security policy blocks it, so it would be there for nothing."""
    for tag in soup.find_all(True):
        if tag.name == "style" or (tag.name == "script" and not tag.has_attr("src")):
            yield f"inline <{tag.name}>"
        for attribute in tag.attrs:
            if attribute == "style" or re.fullmatch("on[a-z]+", attribute):
                yield f"<{tag.name}> has {attribute}="


def nothing_evaluated(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(True):
        for attribute, content in tag.attrs.items():
            if attribute.startswith(HTMX_EVALUATES):
                yield f"<{tag.name}> has {attribute}="
            elif attribute == "hx-trigger" and "[" in str(content):
                yield f"<{tag.name}>: hx-trigger with a filter needs eval"
            elif str(content).lstrip().lower().startswith(("javascript:", "js:")):
                yield f"<{tag.name}>: {attribute}={content!r}"


def nothing_from_elsewhere(soup: BeautifulSoup) -> Iterator[str]:
    for name, attribute in LOADERS.items():
        for tag in soup.find_all(name):
            address = value(tag, attribute)
            if address and not re.match("/(?!/)|data:image/", address):
                yield f"<{name}> loads {address!r} from elsewhere"


def forms(soup: BeautifulSoup) -> Iterator[str]:
    for form in soup.find_all("form"):
        method = value(form, "method").lower() or "get"
        token = form.find("input", attrs={"name": re.compile(r"(^|-)csrf_token$")})
        where = value(form, "action")
        if method == "post" and not (isinstance(token, Tag) and value(token, "value")):
            yield f"the form to {where!r} has no token against forged requests"
        if method == "get" and token:
            yield f"the form to {where!r} puts its token into the address"


def works_without_script(soup: BeautifulSoup) -> Iterator[str]:
    for write in HTMX_WRITES:
        for tag in soup.select(f"[{write}]"):
            form = tag if tag.name == "form" else tag.find_parent("form")
            if form is None or value(form, "method").lower() != "post":
                yield f"<{tag.name} {write}> does nothing without JavaScript: it needs a form"
    for link in soup.select("a[hx-get]:not([href])"):
        yield f"the link {text_of(link)!r} does nothing without JavaScript: it needs a href"


ON_PAGES: tuple[Check, ...] = (
    doctype,
    language,
    one_heading_in_the_title,
    one_main,
    swap_targets,
    anchors,
)
EVERYWHERE: tuple[Check, ...] = (
    heading_levels,
    unique_ids,
    pointers,
    labelled_controls,
    names_of_what_is_clicked,
    groups,
    tables,
    pictures,
    nothing_inline,
    nothing_evaluated,
    nothing_from_elsewhere,
    forms,
    works_without_script,
)
