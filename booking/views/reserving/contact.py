"""Page 2: who are you? What the terms of the room ask of that is said here."""

from flask import Response

from booking.forms.reserving import RoomContactForm
from booking.queries.asked_rooms import against_asker, rooms_asked
from booking.rules.room_answers import RoomStep
from booking.views.reserving.steps import STEPS, Visit, back_to_missing, bp, visit_or_404
from core.errors import sentences
from core.findings import Finding
from core.language import language
from core.pages import go_to, page_or_fragment
from people.access import public

FIELDS = {"only_for_neighbours": "postcode", "only_for_known": "email"}


@bp.get("/ruimtes/<int:room_id>/reserveren/wie-ben-je")
@public
def contact(room_id: int) -> Response:
    visit = visit_or_404(room_id)
    return back_to_missing(visit, RoomStep.CONTACT) or contact_page(visit, _kept_form(visit))


@bp.post("/ruimtes/<int:room_id>/reserveren/wie-ben-je")
@public
def keep_contact(room_id: int) -> Response:
    visit = visit_or_404(room_id)
    form = RoomContactForm(asks_postcode=visit.asks_postcode)
    if form.validate_on_submit():
        refuse(form, _against(visit, form))
    if form.is_refused:
        return contact_page(visit, form)
    visit.keep(RoomStep.CONTACT, form.values())
    return back_to_missing(visit, RoomStep.CONTACT) or go_to(visit.address("reserving.check"))


def contact_page(visit: Visit, form: RoomContactForm, status: int | None = None) -> Response:
    return page_or_fragment(
        "booking/reserving/contact.html",
        "booking/reserving/_contact_form.html",
        status=status or (422 if form.is_refused else 200),
        visit=visit,
        room=visit.room,
        form=form,
        steps=STEPS,
    )


def kept_contact_page(visit: Visit, findings: list[Finding], status: int) -> Response:
    """The page as it was left, with what was found since."""
    form = _kept_form(visit)
    refuse(form, findings)
    return contact_page(visit, form, status)


def refuse(form: RoomContactForm, findings: list[Finding]) -> None:
    for each in findings:
        field = FIELDS.get(each.code)
        form.refuse(sentences([each]), field if field in form else None)


def _kept_form(visit: Visit) -> RoomContactForm:
    data = visit.answers.part(RoomStep.CONTACT)
    # Never what another form sent.
    return RoomContactForm(asks_postcode=visit.asks_postcode, data=data, formdata=None)


def _against(visit: Visit, form: RoomContactForm) -> list[Finding]:
    """None while there are no dates: that page comes first."""
    asked = visit.with_part(RoomStep.CONTACT, form.values()).asked(language())
    return against_asker(asked, rooms_asked(asked), visit.now) if asked else []
