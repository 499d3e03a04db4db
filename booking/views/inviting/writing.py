"""Writing to the chosen: once for all of them, a draft for each. Nothing leaves from here."""

from flask import Response, flash, request, url_for

from booking import phrases, services
from booking.forms.inviting import InviteForm
from booking.letters.outreach import proposal
from booking.queries.district import history_of
from booking.queries.inviting import Invitee, fitting_rooms, invitees_in
from booking.services.inviting import Letter, findings_about
from booking.views.inviting.blueprint import bp
from booking.views.inviting.district import district_or_404
from core import clock, tone
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.language import ngettext
from core.pages import go_to, page
from people.access import current_actor, planner_only
from venues.facts import District


@bp.get("/planning/dekking/<int:number>/uitnodigen")
@planner_only
def write(number: int) -> Response:
    """`?wie=` names each of the chosen."""
    here = district_or_404(number)
    chosen = _chosen(here)
    if not chosen:
        return _back(number)
    begin = proposal(here.name, history_of(here, clock.utcnow()).last_visit_on)
    form = InviteForm(data=begin._asdict())
    return _page(here, chosen, form)


@bp.post("/planning/dekking/<int:number>/uitnodigen")
@planner_only
def draft(number: int) -> Response:
    here = district_or_404(number)
    chosen, form = _chosen(here), InviteForm()
    if not chosen:
        return _back(number)
    lately = _offer_again(form, chosen)
    wanted = [each.key for each in chosen if each.key not in lately or each.key in form.again.data]
    valid = form.validate_on_submit()
    if valid and not wanted:
        form.refuse([_("Vink aan wie je toch uitnodigt.")], "again")
    if valid and wanted and form.is_meant(_labels(form)):
        try:
            count = transact(
                services.draft_invitations,
                here.number,
                wanted,
                Letter(form.subject_line.data, form.words.data),
                accepted=form.again.data,
                form_token=str(form.form_token.data),
                by=current_actor(),
                now=clock.utcnow(),
            )
        except Refused as refusal:
            form.refuse(sentences(refusal.findings))
        else:
            return _ready(count)
    return _page(here, chosen, form, 422)


def _chosen(here: District) -> list[Invitee]:
    keys = set(request.args.getlist("wie"))
    there = invitees_in(here.number, fitting_rooms(here.number), clock.utcnow())
    return [each for each in there if each.key in keys and each.may_be_mailed]


def _offer_again(form: InviteForm, chosen: list[Invitee]) -> dict[str, str]:
    """Who was invited lately, to be ticked knowingly: key -> what is said of it."""
    said = findings_about(chosen, clock.utcnow())
    lately = {key: " ".join(sentences(each)) for key, each in said.items() if each}
    form.again.offer([(each.key, each.name) for each in chosen if each.key in lately])
    return lately


def _labels(form: InviteForm) -> list[str]:
    return [each.word for each in _remarks(form)]


def _remarks(form: InviteForm) -> list[tone.Remark]:
    return tone.remarks(f"{form.subject_line.data or ''}\n{form.words.data or ''}")


def _page(here: District, chosen: list[Invitee], form: InviteForm, status: int = 200) -> Response:
    lately = _offer_again(form, chosen)
    remarks = _remarks(form) if form.is_submitted() else []
    form.show_marks(each.word for each in remarks)
    return page(
        "booking/inviting/write.html",
        status,
        district=here,
        number=int(here.number),
        chosen=chosen,
        lately=lately,
        form=form,
        remarks=remarks,
        kind_word=phrases.invitee_kind,
    )


def _back(number: int) -> Response:
    flash(_("Kies eerst wie je uitnodigt."), "warn")
    return go_to(url_for("inviting.district", number=number))


def _ready(count: int) -> Response:
    said = ngettext(
        "%(num)d concept staat klaar. Er is nog niets verstuurd.",
        "%(num)d concepten staan klaar. Er is nog niets verstuurd.",
        count,
    )
    flash(said, "ok")
    return go_to(url_for("outbox.mails", staat="draft"))
