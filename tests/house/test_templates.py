"""Rules for templates that no page shows when they are broken."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import files, name_of, templates
from tests.markup import soup_of, value

INLINE = re.compile(
    r"""<style|<script(?![^>]*\bsrc=)|\s(?:style|on[a-z]+|hx-on[\w:-]*)\s*=\s*["']|javascript:""",
    re.IGNORECASE,
)
IMPORT = re.compile(r"""{%-?\s*from\s+"[^"]+"\s+import\s+(.+?)\s*-?%}""", re.DOTALL)


def without_comments(template: Path) -> str:
    return re.sub(r"{#.*?#}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)


def is_swapped_in(partial: Path) -> bool:
    """Whether a view answers with it; others are only included in a page."""
    name = name_of(partial).removeprefix("templates/")
    return any(f'"{name}"' in view.read_text(encoding="utf-8") for view in VIEWS)


TEMPLATES = [path for path in templates() if not name_of(path).startswith("templates/mail/")]
VIEWS = [path for path in files(".py") if "/views/" in name_of(path)]
FRAGMENTS = [path for path in TEMPLATES if path.name.startswith("_") and is_swapped_in(path)]


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_nothing_stands_inline(template: Path) -> None:
    found = INLINE.findall(without_comments(template))
    assert not found, f"the content security policy blocks {found}"


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_every_imported_name_is_used(template: Path) -> None:
    source = without_comments(template)
    used = IMPORT.sub("", source)
    assert not [name for name in imported(source) if not re.search(rf"\b{name}\b", used)]


@pytest.mark.parametrize("template", FRAGMENTS, ids=name_of)
def test_a_fragment_has_one_root_with_its_own_name(template: Path) -> None:
    roots = root_ids(template)
    name = template.stem.removeprefix("_").replace("_", "-")
    assert len(roots) == 1, f"one root element, not {len(roots)}"
    assert roots[0].startswith(name), f"the root's id is {name!r}, not {roots[0]!r}"


def imported(source: str) -> Iterator[str]:
    """The names under which macros are known in this template."""
    for names in IMPORT.findall(source):
        for name in names.replace("with context", "").split(","):
            yield name.split(" as ")[-1].strip()


def root_ids(template: Path) -> list[str]:
    """The ids of the elements at the top, whatever the template's conditions say."""
    source = re.sub(r"{%.*?%}", "", without_comments(template), flags=re.DOTALL)
    source = re.sub(r"{{.*?}}", "x", source, flags=re.DOTALL)
    tops = soup_of(source).find_all(True, recursive=False)
    roots = [top for top in tops if top.name != "title" and not top.has_attr("hx-swap-oob")]
    return [value(root, "id") for root in roots]
