"""Every page that says it did not work: what happened, and what somebody can do now."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from core import logs
from core.db import Busy, session
from core.findings import Finding, Refused
from core.language import gettext as _
from core.language import language
from core.uploads import largest_body

Phrases = Callable[[Finding], str | None]
RETRY_AFTER = "5"
_phrases: list[Phrases] = []


def register_phrases(say: Phrases) -> None:
    """Let a package put its own findings into words; it answers None for those of others."""
    if say not in _phrases:
        _phrases.append(say)


def phrase(finding: Finding) -> str:
    """The sentence for a finding, in the language being spoken."""
    for say in (_own_phrase, *_phrases):
        if sentence := say(finding):
            return sentence
    return _("Dit kan nu niet.")


def sentences(findings: Iterable[Finding]) -> list[str]:
    return [phrase(finding) for finding in findings]


def _own_phrase(finding: Finding) -> str | None:
    if finding.code == "same_form_other_content":
        return _(
            "Je stuurde dit formulier al eerder op, met andere antwoorden. "
            "Begin opnieuw als je nog iets wilt vragen."
        )
    return None


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _refused_by_http)
    app.register_error_handler(InternalServerError, _unexpected)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(StaleDataError, _changed_meanwhile)
    for passing in (Busy, OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(passing, _busy)


def _refused_by_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    title, *words = _words(status)
    # Under a foreign host name no address of ours can be built, so no whole page either.
    response = error_page(status, title, words, is_bare=isinstance(error, SecurityError))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _refused(error: Refused) -> Response:
    return error_page(409, _("Dit kan nu niet"), sentences(error.findings))


def _changed_meanwhile(_error: StaleDataError) -> Response:
    return error_page(
        409,
        _("Iemand was je voor"),
        [_("Iemand anders veranderde dit net."), _("Open de pagina opnieuw en kijk wat er staat.")],
    )


def _busy(error: Exception) -> Response:
    logs.failure(error)
    title, *words = _words(503)
    response = error_page(503, title, words)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _unexpected(error: InternalServerError) -> Response:
    if error.original_exception is None:  # else it is in the log already
        logs.failure(error)
    title, *words = _words(500)
    return error_page(500, title, words, reference=logs.request_id())


def error_page(
    status: int,
    title: str,
    words: list[str],
    *,
    reference: str | None = None,
    is_bare: bool = False,
) -> Response:
    """A whole page, also for htmx; a bare one needs nothing else of the app to work."""
    what = {"title": title, "sentences": words, "reference": reference, "status": status}
    return make_response(_bare_page(what) if is_bare else _whole_page(what), status)


def _whole_page(what: dict[str, Any]) -> str:
    _let_go_of_database()
    try:
        return render_template("errors/error.html", **what)
    except Exception as failure:
        logs.failure(failure)
        return _bare_page(what)


def _bare_page(what: dict[str, Any]) -> str:
    # Not render_template: that asks the context processors, which may be what is broken.
    bare = current_app.jinja_env.get_template("errors/bare.html")
    return bare.render(**what, language=language())


def _let_go_of_database() -> None:
    """End a transaction that failed, so that the page can still ask who is signed in."""
    try:
        session.rollback()
    except SQLAlchemyError as failure:
        logs.failure(failure)


def _words(status: int) -> tuple[str, ...]:
    """The title of an error page and the sentences below it."""
    if status == 413 and _sent_files():
        return (
            _("Dat is te veel"),
            _("De bestanden zijn samen te groot."),
            _("Kies er minder tegelijk, of maak ze eerst kleiner."),
        )
    return _known_words().get(status) or _known_words()[500 if status >= 500 else 400]


def _sent_files() -> bool:
    return largest_body(current_app.view_functions.get(request.endpoint or "")) is not None


def _known_words() -> dict[int, tuple[str, ...]]:
    return {
        400: (
            _("Dit lukte niet"),
            _("De pagina stond te lang open, of we begrijpen niet wat je browser stuurde."),
            _("Ga terug, laad de pagina opnieuw en probeer het nog een keer."),
        ),
        403: (
            _("Hier mag je niet in"),
            _("Deze pagina is voor iemand anders, of je bent niet ingelogd."),
            _("Log in met het e-mailadres dat we van je kennen."),
        ),
        404: (
            _("Deze pagina bestaat niet"),
            _("Misschien is de link niet helemaal overgenomen, of is de pagina weg."),
            _("Begin bij de startpagina, of bel ons."),
        ),
        405: (
            _("Dat kan hier niet"),
            _("Deze pagina kan niet wat je browser vroeg."),
            _("Begin bij de startpagina, of bel ons."),
        ),
        409: (
            _("Dit kan nu niet"),
            _("Er is intussen iets veranderd. Open de pagina opnieuw en kijk wat er staat."),
        ),
        410: (
            _("Deze link werkt niet meer"),
            _("De link is verlopen, al gebruikt of ingetrokken."),
            _("Vraag een nieuwe link, of bel ons."),
        ),
        413: (
            _("Dat is te veel"),
            _("Wat je stuurde is te groot voor dit formulier."),
            _("Maak je tekst korter en stuur het nog een keer."),
        ),
        429: (
            _("Even rustig aan"),
            _("Dit is net heel vaak gevraagd. Wacht een uur en probeer het dan weer, of bel ons."),
        ),
        500: (
            _("Er ging iets mis bij ons"),
            _("Wat je deed is niet bewaard. Probeer het over een paar minuten nog een keer."),
            _("Lukt het dan niet? Bel ons en noem dit nummer."),
        ),
        503: (
            _("Even wachten"),
            _("Het is nu te druk. Er is niets veranderd."),
            _("Wacht een paar tellen en probeer het nog een keer."),
        ),
    }
