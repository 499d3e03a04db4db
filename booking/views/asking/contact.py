"""Page 4: who are you?"""

from flask import Response

from booking.forms.asking import ContactForm
from booking.rules.answers import Step
from booking.views.asking.steps import back_to_missing, bp, keep, kept_answers, onward, step_page
from people.access import public


@bp.get("/kubus/aanvragen/wie-ben-je")
@public
def contact() -> Response:
    answers = kept_answers()
    form = ContactForm(data=answers.part(Step.CONTACT))
    return back_to_missing(answers, Step.CONTACT) or step_page(Step.CONTACT, form)


@bp.post("/kubus/aanvragen/wie-ben-je")
@public
def keep_contact() -> Response:
    kept_answers()
    form = ContactForm()
    if not form.validate_on_submit():
        return step_page(Step.CONTACT, form)
    keep(Step.CONTACT, form.values())
    return onward()
