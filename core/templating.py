"""What every template may use without being given it."""

from typing import Any

from flask import Flask, has_request_context, request

from core import filters
from core.language import _catalogue, gettext, language
from core.language_prefix import url_in_other_language
from core.settings import settings


def init_app(app: Flask) -> None:
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(gettext, _plural, newstyle=True)  # type: ignore[attr-defined]
    filters.register(app)
    app.context_processor(everywhere)


def everywhere() -> dict[str, Any]:
    chosen = settings()
    return {
        "language": language(),
        "theatre_name": chosen.theatre_name,
        "theatre_phone": chosen.phone,
        "demo_mode": chosen.demo,
        "other_language_url": url_in_other_language(request) if has_request_context() else "/",
    }


def _plural(singular: str, plural: str, number: int) -> str:
    """The text as it stands: Jinja fills in the values itself."""
    return _catalogue(language()).ngettext(singular, plural, number)
