"""Signing in by a mailed link.

Mail scanners open every link, so opening one does nothing: the page shows whose it is, and only its
button signs in.
"""

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from core.clock import utcnow
from core.db import transact
from core.language import gettext as _
from core.pages import go_to, page
from core.security import client_address, safe_next
from people import access, queries, services
from people.access import by_link, current_person, public, signed_in
from people.forms import AskLinkForm
from people.models import Person, Role

bp = Blueprint("signing_in", __name__)

LANDINGS = {
    Role.PLANNER: "/planning",
    Role.HOST: "/mijn-ruimtes",
    Role.PERFORMER: "/mijn-speelbeurten",
}


@bp.get("/inloggen")
@public
def ask_link() -> Response:
    """Ask for a sign-in link."""
    return page("people/ask_link.html", form=AskLinkForm())


@bp.post("/inloggen")
@public
def send_link() -> Response:
    """The same answer for an address we know and one we do not."""
    form = AskLinkForm()
    if not form.validate_on_submit():
        return page("people/ask_link.html", 422, form=form)
    asked = transact(
        services.ask_for_link,
        str(form.email.data),
        client=client_address(),
        now=utcnow(),
        go_on_to=safe_next(request.args.get("next"), ""),
    )
    if asked is services.Asked.TOO_OFTEN:
        abort(429)
    return go_to(url_for("signing_in.link_sent"))


@bp.get("/inloggen/verstuurd")
@public
def link_sent() -> Response:
    return page("people/link_sent.html")


@bp.get("/inloggen/<token>")
@by_link
def open_link(token: str) -> Response:
    """Whose account it is, and the button. Changes nothing, also on HEAD."""
    link = queries.live_link(token, utcnow())
    if link is None:
        return _gone()
    return page("people/open_link.html", owner=link.person)


@bp.post("/inloggen/<token>")
@by_link
def use_link(token: str) -> Response:
    """Sign in."""
    person = transact(services.use_link, token, now=utcnow())
    if person is None:
        return _gone()
    access.sign_in(person)
    return go_to(safe_next(request.args.get("next"), landing_page(person)))


@bp.post("/uitloggen")
@signed_in
def sign_out() -> Response:
    """End the session here and on all other devices: a copied cookie is worth nothing then."""
    person = current_person()
    if person:
        transact(services.sign_out_everywhere, person.id)
    access.sign_out()
    flash(_("Je bent uitgelogd, op al je apparaten."))
    return go_to(f"{request.root_path}/")


def landing_page(person: Person) -> str:
    """Where somebody starts after signing in; the home page where there is no such page."""
    for role, path in LANDINGS.items():
        if role in person.roles and _exists(path):
            return request.root_path + path
    return f"{request.root_path}/"


def _exists(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, "GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def _gone() -> Response:
    return page("people/link_gone.html", 410, form=AskLinkForm(formdata=None))
