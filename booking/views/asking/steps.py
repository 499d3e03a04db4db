"""The draft behind the pages: reading it, adding to it, and which page comes next.

A GET only reads. What is typed is kept on the server as soon as it is sound; the cookie holds
nothing but the draft's token. Pages may be filled in in any order, left, and reloaded.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, session, url_for

from booking import services
from booking.queries.drafts import find_draft
from booking.rules.answers import Answers, Step
from core import clock
from core.db import transact
from core.forms import Form
from core.pages import go_to, page_or_fragment
from core.security import keep_private

bp = Blueprint("asking", __name__)

PAGES = {
    Step.WHERE: "asking.start",
    Step.WHEN: "asking.when",
    Step.AUDIENCE: "asking.audience",
    Step.CONTACT: "asking.contact",
}
CHECK = "asking.check"
_DRAFT = "draft"


def kept_answers() -> Answers:
    """What this visitor has filled in so far; such pages stay in no cache."""
    keep_private()
    token = draft_token()
    draft = find_draft(token) if token else None
    return Answers(dict(draft.answers) if draft else {})


def draft_token() -> str | None:
    token = session.get(_DRAFT)
    return token if isinstance(token, str) else None


def keep(step: Step, given: Mapping[str, Any]) -> None:
    answers = {step.value: dict(given)}
    session[_DRAFT] = transact(services.keep_draft, draft_token(), answers, now=clock.utcnow())


def forget_token() -> None:
    """The draft has become a request."""
    session.pop(_DRAFT, None)


def onward() -> Response:
    """To the first page that is not filled in yet; else to the check."""
    missing = kept_answers().missing
    return go_to(url_for(PAGES[missing[0]] if missing else CHECK))


def back_to_missing(answers: Answers, before: Step | None) -> Response | None:
    """To the first page that is missing, when it comes before this step (None: the check)."""
    order = list(Step)
    earlier = order[: order.index(before)] if before else order
    missing = [step for step in answers.missing if step in earlier]
    return go_to(url_for(PAGES[missing[0]])) if missing else None


def step_page(step: Step, form: Form, **context: Any) -> Response:
    """The page of a step; 422 with all that was typed when something in it is not right."""
    return page_or_fragment(
        f"booking/asking/{step}.html",
        f"booking/asking/_{step}_form.html",
        status=422 if form.is_refused else 200,
        form=form,
        **context,
    )
