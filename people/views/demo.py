"""Stepping in without an account: only while Speelplek is being tried out."""

from flask import Response, abort, request

from core.pages import go_to, page
from core.settings import settings
from people import access
from people.access import public
from people.forms import StepInForm
from people.models import Role
from people.queries import first_person_with
from people.views.signing_in import bp, landing_page

ASKING = "/kubus/aanvragen"


@bp.get("/demo")
@public
def demo() -> Response:
    """Who do you want to be?"""
    _only_in_demo()
    roles = [role for role in Role if first_person_with(role)]
    return page("people/demo.html", roles=roles, form=StepInForm(formdata=None))


@bp.post("/demo")
@public
def step_in() -> Response:
    _only_in_demo()
    form = StepInForm()
    if not form.validate_on_submit():
        abort(400)
    access.sign_out()
    if form.role.data == "asker":
        return go_to(request.root_path + ASKING)
    person = first_person_with(Role(form.role.data))
    if person is None:
        abort(404)
    access.sign_in(person)
    return go_to(landing_page(person))


def _only_in_demo() -> None:
    if not settings().demo:
        abort(404)
