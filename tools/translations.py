"""The catalogues of what Speelplek says. The Dutch texts in the code are the message ids.

python -m tools.translations extract   brings translations/<language>/ up to date with the code
python -m tools.translations compile   makes the .mo files that the app reads
python -m tools.translations check     fails when a catalogue lacks something that the code says
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.steps import ROOT

LANGUAGES = ("en",)
SPOKEN = ("core", "people", "venues", "booking", "templates")
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {
    method: {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true", "trimmed": "true"}
    for method in ("**.html", "**.txt")
}
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}


def main(arguments: list[str]) -> int:
    commands = {"extract": extract, "compile": compile_all, "check": check}
    command = commands.get(arguments[0] if arguments else "")
    if command is None:
        print(__doc__, file=sys.stderr)
        return 2
    return command()


def extract() -> int:
    said = said_in_the_code()
    for path in catalogues():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_text(brought_up_to_date(path, said)))
        left = len(untranslated(path))
        print(f"{path.relative_to(ROOT)}: {len(said)} texts, {left} to translate")
    return 0


def compile_all() -> int:
    for path in catalogues():
        if path.exists():
            with path.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read(path))
    return 0


def check() -> int:
    said = said_in_the_code()
    problems = [problem for path in catalogues() for problem in problems_of(path, said)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("Run: make translations", file=sys.stderr)
    return 1 if problems else 0


def problems_of(path: Path, said: Catalog) -> Iterator[str]:
    """What is missing from one catalogue, and which translations do not fit their text."""
    name = path.relative_to(ROOT)
    if not path.exists():
        yield f"{name} does not exist."
        return
    known = read(path)
    yield from (f"{name} lacks: {m.id!r}" for m in said if m.id and known.get(m.id) is None)
    for message in known:
        yield from (f"{name}: {message.id!r}: {error}" for error in message.check())


def untranslated(path: Path) -> list[Message]:
    return [message for message in read(path) if message.id and not _is_translated(message)]


def _is_translated(message: Message) -> bool:
    said = message.string or ""
    return all((said,) if isinstance(said, str) else said) and not message.fuzzy


def said_in_the_code() -> Catalog:
    catalogue = Catalog(charset="utf-8")
    for folder in SPOKEN:
        for _name, _line, message, comments, context in extract_from_dir(
            ROOT / folder, METHODS, OPTIONS, KEYWORDS
        ):
            catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def catalogues() -> list[Path]:
    return [ROOT / "translations" / code / "LC_MESSAGES" / "messages.po" for code in LANGUAGES]


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def brought_up_to_date(path: Path, said: Catalog) -> Catalog:
    """The catalogue with exactly what the code says; guesses and obsolete texts are not kept."""
    known = read(path) if path.exists() else Catalog(locale=path.parent.parent.name)
    known.update(said, no_fuzzy_matching=True)
    known.obsolete.clear()
    known.fuzzy = False
    return known


def as_text(catalogue: Catalog) -> bytes:
    """Sorted and without dates or line numbers, so that a change shows only what changed."""
    body = io.BytesIO()
    write_po(body, catalogue, width=100, no_location=True, sort_output=True, omit_header=True)
    head = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Speelplek\\n"\n'
        f'"Language: {catalogue.locale}\\n"\n"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    return head.encode() + body.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
