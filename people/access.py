"""Who is signed in, and who may enter where.

Each route declares it with one of the decorators below, under `@bp.route`. The guard runs before
every view and lets nobody into a route that declares nothing.
"""

from flask import Flask, Response, abort, current_app, g, request, session, url_for

from core import db
from core.access import Access, by_link, declare, declared, public
from core.history import ASKER, Actor
from core.pages import go_to
from core.security import keep_private, keep_secret
from people.models import Person, Role

__all__ = [
    "by_link",
    "current_actor",
    "current_person",
    "host_only",
    "init_app",
    "performer_only",
    "planner_only",
    "public",
    "sign_in",
    "sign_out",
    "signed_in",
]

signed_in = declare(Access.SIGNED_IN)
planner_only = declare(Access.PLANNER)
performer_only = declare(Access.PERFORMER)
host_only = declare(Access.HOST)

ROLES = {
    Access.PLANNER: Role.PLANNER,
    Access.PERFORMER: Role.PERFORMER,
    Access.HOST: Role.HOST,
}
SAFE_METHODS = ("GET", "HEAD")
_PERSON, _EPOCH = "person", "epoch"


def init_app(app: Flask) -> None:
    app.before_request(guard)
    app.context_processor(lambda: {"person": current_person(), "current_person": current_person()})


def current_person() -> Person | None:
    """Who is signed in, as long as the session was not ended and the person may still sign in."""
    if "person" not in g:
        g.person = _signed_in_person()
        g.person_id = g.person.id if g.person else None
        if g.person:
            keep_private()
    person: Person | None = g.person
    return person


def current_actor(holder: Actor = ASKER) -> Actor:
    """Who does it, for the history: the person signed in, else whoever the link was given to."""
    person = current_person()
    return Actor.person(person.id) if person else holder


def sign_in(person: Person) -> None:
    """A new session, which takes over nothing of the one before."""
    session.clear()
    session.permanent = True
    session[_PERSON], session[_EPOCH] = person.id, person.epoch
    g.pop("person", None)


def sign_out() -> None:
    session.clear()
    g.pop("person", None)


def guard() -> Response | None:
    """Runs before every view."""
    if request.endpoint is None:
        return None  # no such page: the error page says so
    access = declared(current_app.view_functions.get(request.endpoint))
    if access is None:
        abort(404)
    if access is Access.LINK:
        keep_secret()
    if access in (Access.PUBLIC, Access.LINK):
        return None
    return _let_in(access)


def _let_in(access: Access) -> Response | None:
    keep_private()
    person = current_person()
    if person is None:
        return _to_sign_in()
    if access in ROLES and ROLES[access] not in person.roles:
        abort(403)
    return None


def _to_sign_in() -> Response:
    if request.method not in SAFE_METHODS:
        abort(403)
    asked_for = request.root_path + request.full_path.rstrip("?")
    return go_to(url_for("signing_in.ask_link", next=asked_for))


def _signed_in_person() -> Person | None:
    person_id, epoch = session.get(_PERSON), session.get(_EPOCH)
    if not isinstance(person_id, int):
        return None
    person = db.session.get(Person, person_id)
    if person is None or person.epoch != epoch or person.disabled_at is not None:
        return None
    return person
