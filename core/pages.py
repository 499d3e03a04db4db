"""Answers: a whole page, or for htmx only the part that changed."""

from typing import Any

from flask import Response, make_response, redirect, render_template, request
from flask_htmx import HTMX
from flask_htmx import make_response as make_htmx_response

from core.reading import whole_number

htmx = HTMX()


def page(template: str, status: int = 200, **context: Any) -> Response:
    return make_response(render_template(template, **context), status)


def page_or_fragment(whole: str, fragment: str, status: int = 200, **context: Any) -> Response:
    """The fragment when htmx asks for it; the whole page to everybody else, and on going back."""
    wants_fragment = bool(htmx) and not htmx.history_restore_request
    response = page(fragment if wants_fragment else whole, status, **context)
    response.vary.add("HX-Request")
    return response


def go_to(url: str) -> Response:
    """Send the browser on, with a GET; htmx is told in a header, as it swallows redirects."""
    if htmx:
        answer: Response = make_htmx_response("", redirect=url)
        return answer
    return make_response(redirect(url, 303))


def asked_page() -> int:
    """The page of a long list that the address asks for; 1 when it asks for none that can be."""
    try:
        return max(1, whole_number(request.args.get("pagina", "1")))
    except ValueError:
        return 1
