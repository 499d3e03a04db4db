"""`/en/...`: the same pages in English.

The prefix moves from the path to the script name, so that every route is written once and
`url_for` stays within the language.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Request

from core.language import DUTCH, LANGUAGES, language, speaking

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class LanguagePrefix:
    """WSGI middleware: speaks the language of the path's first part while the app answers."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        code = _move_prefix(environ)
        with speaking(code):
            return self.app(environ, start_response)


def _move_prefix(environ: "WSGIEnvironment") -> str:
    path: str = environ.get("PATH_INFO", "")
    first, _slash, rest = path.removeprefix("/").partition("/")
    if first == DUTCH or first not in LANGUAGES or not path.startswith("/"):
        return DUTCH
    environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
    environ["PATH_INFO"] = f"/{rest}"
    return first


def url_in_other_language(request: Request) -> str:
    """The address of the page asked for, in the language it is not in now."""
    outer = request.root_path
    if language() != DUTCH:
        prefix = outer.removesuffix(f"/{language()}")
    else:
        prefix = f"{outer}/{next(code for code in LANGUAGES if code != DUTCH)}"
    query = request.query_string.decode("latin-1")
    return quote(prefix + request.path, safe="/:@!$&'()*+,;=~") + (f"?{query}" if query else "")
