"""The page on which a host's answer is given; the same for a host with a key, a host who is signed
in, and a planner who has the host on the phone."""

from dataclasses import dataclass

from flask import Response, flash, request

from booking import phrases, services
from booking.forms.consent import AgreeForm, RefuseForm
from booking.models import HostConsent
from booking.queries.consents import consent_by_id, has_other_place, three_answers
from booking.rules.consent import ConsentAction, HostAnswer, HostReason, may_consent
from booking.rules.three_answers import Party
from core import clock
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor
from venues.fitting import fit_of

OUT_OF_DATE = {"consent_changed_meanwhile", "host_not_needed", "host_answered_already"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One visit to such a page."""

    consent: HostConsent
    template: str
    action: str  # where the forms are sent
    after: str  # where to go when it is done
    reader: Party

    def may(self, action: ConsentAction) -> bool:
        consent = self.consent
        asked_for = consent.booking_request
        is_latest = consent is asked_for.consents[-1]
        return is_latest and not may_consent(
            action,
            consent.state,
            asked_for.state,
            has_other_place=has_other_place(asked_for, consent),
        )

    def show(self) -> Response:
        return self._page(self._agreeing(), self._refusing(), 200)

    def take(self) -> Response:
        """Yes or no, by the button that was pressed."""
        agreeing, refusing = self._agreeing(), self._refusing()
        form = agreeing if request.form.get("answer") == "yes" else refusing
        if not form.validate_on_submit():
            return self._page(agreeing, refusing, 422)
        try:
            self._send(form.answer(), form.version.data)
        except Refused as refusal:
            form.refuse(sentences(refusal.findings))
            codes = {finding.code for finding in refusal.findings}
            return self._fresh(form, 409 if codes & OUT_OF_DATE else 422)
        flash(_thanks(form.answer()), "ok")
        return go_to(self.after)

    def _send(self, answer: HostAnswer, version: int) -> None:
        transact(
            services.answer_as_host,
            self.consent.id,
            answer,
            version=version,
            by=current_actor(),
            now=clock.utcnow(),
        )

    def _fresh(self, form: AgreeForm | RefuseForm, status: int) -> Response:
        """What is true now, with what was typed: pressing again is then done knowingly."""
        found = consent_by_id(self.consent.id)
        assert found
        now_asked = Asked(found, self.template, self.action, self.after, self.reader)
        agreeing, refusing = now_asked._agreeing(), now_asked._refusing()
        for each in (agreeing, refusing):
            each["version"].process_data(found.version)
            each.form_errors = form.form_errors if type(each) is type(form) else []
        return now_asked._page(agreeing, refusing, status)

    def _agreeing(self) -> AgreeForm:
        consent = self.consent
        wishes = [choice.wish for choice in consent.booking_request.choices]
        kept = list(consent.moments) or [wish.key for wish in wishes]
        pressed = request.form.get("answer") == "yes"
        form = AgreeForm(
            **({} if pressed else {"formdata": None}),
            prefix="yes-",
            data={"version": consent.version, "moments": kept},
        )
        form.moments.offer([(wish.key, phrases.moment(wish)) for wish in wishes])
        return form

    def _refusing(self) -> RefuseForm:
        pressed = request.form.get("answer") == "no"
        form = RefuseForm(
            **({} if pressed else {"formdata": None}),
            prefix="no-",
            data={"version": self.consent.version},
        )
        form.reason.offer([(reason, phrases.host_reason(reason)) for reason in HostReason])
        return form

    def _page(self, agreeing: AgreeForm, refusing: RefuseForm, status: int) -> Response:
        consent = self.consent
        return page(
            self.template,
            status,
            consent=consent,
            asked=consent.booking_request,
            action=self.action,
            agreeing=agreeing,
            refusing=refusing,
            may_agree=self.may(ConsentAction.AGREE),
            may_refuse=self.may(ConsentAction.REFUSE),
            fit=fit_of(consent.room),
            answers=three_answers(consent.booking_request),
            reader=self.reader,
        )


def _thanks(answer: HostAnswer) -> str:
    if answer.says_yes:
        return _("Dank je wel. De kubus is welkom. Nu beslist het theater.")
    return _("Dank je wel. We laten het iedereen weten.")
