"""The language somebody is spoken to in.

The Dutch texts in the code are the message ids; `translations/en` holds the English. A context
variable instead of a request, because mails are written where there is no request.
"""

import gettext as stdlib_gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.support import LazyProxy

DUTCH, ENGLISH = "nl", "en"
LANGUAGES = (DUTCH, ENGLISH)
CATALOGUES = Path(__file__).parent.parent / "translations"

_language: ContextVar[str] = ContextVar("language", default=DUTCH)


def language() -> str:
    return _language.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Everything said inside is said in this language; an unknown one becomes Dutch."""
    token = _language.set(code if code in LANGUAGES else DUTCH)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(code: str) -> stdlib_gettext.NullTranslations:
    return stdlib_gettext.translation("messages", CATALOGUES, [code], fallback=True)


def gettext(message: str, **values: object) -> str:
    said = _catalogue(language()).gettext(message)
    return said % values if values else said


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    said = _catalogue(language()).ngettext(singular, plural, number)
    return said % {"num": number, **values}


def lazy_gettext(message: str, **values: object) -> LazyProxy:
    """For what is written down once and said later, such as the label of a form field."""
    return LazyProxy(gettext, message, enable_cache=False, **values)
