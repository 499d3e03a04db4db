"""The draft behind the pages: reading it, adding to it, and which page comes next.

What is typed is kept as soon as it is sound. Pages may be filled in in any order, left, and
reloaded.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, url_for

from booking.rules.answers import Answers, Step
from booking.views.drafting import Draft
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
DRAFT = Draft("cube")


def kept_answers() -> Answers:
    """What this visitor has filled in so far; such pages stay in no cache."""
    keep_private()
    return Answers(DRAFT.answers)


def keep(step: Step, given: Mapping[str, Any]) -> None:
    DRAFT.keep(step.value, given)


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
