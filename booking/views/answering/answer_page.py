"""The page on which an answer about a room is given; the same for a host with a key, a host who is
signed in, and a planner who has the host on the phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, flash

from booking.letters.room_answers import given_away_line
from booking.models import RoomBooking
from booking.queries.host_answers import (
    JudgedQuestion,
    Venues,
    dates_at,
    is_said_with,
    judged_questions,
)
from booking.queries.room_bookings import room_booking_by_id
from booking.rules.host_answers import RoomAnswer
from booking.services import reserving
from booking.views.answering.answer_forms import AnswerForm, Forms, forms_for, said_in
from booking.views.answering.rivals import rivals_of
from core import clock
from core.db import transact
from core.findings import Finding, Refused, blocker
from core.history import Actor
from core.language import gettext as _
from core.pages import go_to, page

OUT_OF_DATE = {"booking_changed_meanwhile", "date_answered_already", "others_ask_too"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One visit to such a page. `venues`: whose dates are shown; None: all."""

    booking: RoomBooking
    venues: Venues
    template: str
    action: str  # where the forms are sent
    after: str  # where to go when it is done
    by: Actor
    more: Mapping[str, Any] | None = None  # what its template shows besides

    def show(self) -> Response:
        judged = self._judged()
        return self._page(judged, forms_for(self.booking, judged), 200)

    def take(self) -> Response:
        """Yes, no or another time, by the button that was pressed."""
        judged = self._judged()
        forms = forms_for(self.booking, judged)
        form = forms.pressed
        if form.version.data not in (None, self.booking.version):
            return self._too_late(form)
        answer = said_in(form, judged) if form.validate_on_submit() else None
        if answer is None:
            return self._page(judged, forms, 422)
        try:
            self._send(answer, form)
        except Refused as refusal:
            codes = {finding.code for finding in refusal.findings}
            return self._fresh(refusal.findings, 409 if codes & OUT_OF_DATE else 422)
        flash(_thanks(answer), "ok")
        return go_to(self.after)

    def _too_late(self, form: AnswerForm) -> Response:
        """The very same form is done already; any other answer is about something older."""
        if is_said_with(form.form_token.data or "", self.booking.id):
            return go_to(self.after)
        return self._fresh([blocker("booking_changed_meanwhile")], 409)

    def _judged(self) -> dict[int, JudgedQuestion]:
        return judged_questions(self.booking, self.venues, clock.utcnow())

    def _send(self, answer: RoomAnswer, form: AnswerForm) -> None:
        transact(
            reserving.answer_room,
            self.booking.id,
            answer,
            venues=self.venues,
            form_token=form.form_token.data or "",
            version=form.version.data,
            by=self.by,
            now=clock.utcnow(),
        )

    def _fresh(self, refused: list[Finding], status: int) -> Response:
        """What is true now, with what was typed: pressing again is then done knowingly."""
        found = room_booking_by_id(self.booking.id)
        assert found
        now_asked = replace(self, booking=found)
        judged = now_asked._judged()
        forms = forms_for(found, judged, is_seen_now=True)
        return now_asked._page(judged, forms, status, refused)

    def _page(
        self,
        judged: dict[int, JudgedQuestion],
        forms: Forms,
        status: int,
        refused: Sequence[Finding] = (),
    ) -> Response:
        forms.offer_what_can_be(judged)
        return page(
            self.template,
            status,
            booking=self.booking,
            dates=dates_at(self.booking, self.venues),
            questions=list(judged.values()),
            forms=forms,
            refused=refused,
            rivals=rivals_of(judged),
            given_away_line=given_away_line(),
            action=self.action,
            **(self.more or {}),
        )


def _thanks(answer: RoomAnswer) -> str:
    if answer.yes:
        return _("Dank je wel. De organisatie krijgt nu een mail met de afspraak.")
    if answer.other:
        return _("Dank je wel. De organisatie krijgt nu een mail met jouw voorstel.")
    return _("Dank je wel. De organisatie krijgt nu een mail, met wat er wel vrij is.")
