"""The page on which a host's answer is given; the same for a host with a key, a host who is signed
in, and a planner who has the host on the phone."""

from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Response, flash, request

from booking import phrases, services
from booking.forms.consent import AgreeForm, LaterForm, RefuseForm
from booking.models import HostConsent
from booking.queries.consents import (
    against_answer,
    consent_by_id,
    stays_asked,
    terms_to_think,
    three_answers,
)
from booking.rules.consent import ConsentAction, HostAnswer, HostReason
from booking.rules.lifecycle import RequestState
from booking.rules.three_answers import Party
from core import clock
from core.db import transact
from core.errors import sentences
from core.filters import long_date
from core.findings import Refused
from core.forms import Form
from core.history import HOST
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor
from venues.fitting import fit_of

OUT_OF_DATE = {"consent_changed_meanwhile", "host_not_needed", "host_answered_already"}
YES, NO, LATER = "yes", "no", "later"

Kind = TypeVar("Kind", bound=Form)


@dataclass(frozen=True, slots=True)
class Asked:
    """One visit to such a page."""

    consent: HostConsent
    template: str
    action: str  # where the forms are sent
    after: str  # where to go when it is done
    reader: Party

    def show(self) -> Response:
        return self._page(self._forms(), 200)

    def take(self) -> Response:
        """Yes, no or later, by the button that was pressed."""
        forms = self._forms()
        pressed = request.form.get("answer", "")
        form = forms.get(pressed) or forms[NO]
        if not form.validate_on_submit():
            return self._page(forms, 422)
        try:
            said = self._send(form)
        except Refused as refusal:
            codes = {finding.code for finding in refusal.findings}
            status = 409 if codes & OUT_OF_DATE else 422
            return self._fresh(pressed, sentences(refusal.findings), status)
        flash(said, "ok")
        return go_to(self.after)

    def _send(self, form: Form) -> str:
        """Do it, and say what was done."""
        how = {"version": form.version.data, "by": current_actor(HOST), "now": clock.utcnow()}
        if isinstance(form, LaterForm):
            transact(services.answer_later, self.consent.id, form.days.data, **how)
            return _("Goed. De organisatie en het theater horen tot wanneer het duurt.")
        assert isinstance(form, AgreeForm | RefuseForm)
        answer = form.answer()
        transact(services.answer_as_host, self.consent.id, answer, **how)
        return self._thanks(answer)

    def _thanks(self, answer: HostAnswer) -> str:
        if self.reader is Party.THEATRE:
            return _("Opgeschreven. Wie het moet weten krijgt een mail.")
        if not answer.says_yes:
            return _("Dank je wel. We laten het iedereen weten.")
        if self.consent.booking_request.state is RequestState.CONFIRMED:
            return _("Dank je wel. De kubus is welkom.")
        return _("Dank je wel. De kubus is welkom. Nu beslist het theater.")

    def _fresh(self, pressed: str, said: list[str], status: int) -> Response:
        """What is true now, with what was typed: pressing again is then done knowingly."""
        found = consent_by_id(self.consent.id)
        assert found
        anew = Asked(found, self.template, self.action, self.after, self.reader)
        forms = anew._forms()
        for form in forms.values():
            form["version"].process_data(found.version)
        forms[pressed].refuse(said)
        return anew._page(forms, status)

    def _may(self, action: ConsentAction) -> bool:
        return not against_answer(action, self.consent, clock.utcnow())

    def _forms(self) -> dict[str, Form]:
        return {YES: self._agreeing(), NO: self._refusing(), LATER: self._thinking()}

    def _agreeing(self) -> AgreeForm:
        wishes = [choice.wish for choice in self.consent.booking_request.choices]
        kept = list(self.consent.moments) or [wish.key for wish in wishes]
        form = self._form(AgreeForm, YES, moments=kept)
        form.moments.offer([(wish.key, phrases.moment(wish)) for wish in wishes])
        return form

    def _refusing(self) -> RefuseForm:
        form = self._form(RefuseForm, NO)
        form.reason.offer([(reason, phrases.host_reason(reason)) for reason in HostReason])
        return form

    def _thinking(self) -> LaterForm:
        form = self._form(LaterForm, LATER)
        terms = terms_to_think(self.consent, clock.utcnow())
        form.days.offer([(str(days), long_date(until)) for days, until in terms.items()])
        return form

    def _form(self, kind: type[Kind], pressed: str, **start: Any) -> Kind:
        """Filled with what was typed when its own button was pressed.

        The template writes the token against forged requests: with a prefix it has another name.
        """
        typed: dict[str, Any] = {"meta": {"csrf": False}}
        if request.form.get("answer") != pressed:
            typed["formdata"] = None
        return kind(prefix=f"{pressed}-", data={"version": self.consent.version, **start}, **typed)

    def _page(self, forms: dict[str, Form], status: int) -> Response:
        consent = self.consent
        return page(
            self.template,
            status,
            consent=consent,
            asked=consent.booking_request,
            action=self.action,
            agreeing=forms[YES],
            refusing=forms[NO],
            thinking=forms[LATER],
            may_agree=self._may(ConsentAction.AGREE),
            may_refuse=self._may(ConsentAction.REFUSE),
            may_think=self._may(ConsentAction.POSTPONE),
            fit=fit_of(consent.room),
            stays=stays_asked(consent.booking_request),
            answers=three_answers(consent.booking_request, clock.utcnow()),
            reader=self.reader,
        )
