"""The list of partners: add, change, take off it and put back."""

from collections.abc import Callable

from flask import Response, abort, flash, url_for

from booking import services
from booking.forms.inviting import BackForm, PartnerForm, RetireForm
from booking.models import Partner
from booking.queries.inviting import has_refused, partner_by_id, partners_by_district
from booking.services.partners import partner_details
from booking.views.inviting.blueprint import bp
from core import clock
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.forms import Form
from core.history import story
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only
from people.queries import names_of
from venues.facts import districts

STALE = "partner_changed_meanwhile"
FIELDS = {"postcode_outside_utrecht": "postcode", "partner_known": "name"}


@bp.get("/planning/partners")
@planner_only
def partners() -> Response:
    found = partners_by_district()
    return page(
        "booking/inviting/partners.html",
        districts=[(each, found.get(number, [])) for number, each in districts().items()],
    )


@bp.route("/planning/partners/nieuw", methods=["GET", "POST"])
@planner_only
def add_partner() -> Response:
    form = PartnerForm()
    return _answer(
        form,
        lambda: transact(
            services.add_partner,
            form.details(),
            by=current_actor(),
            now=clock.utcnow(),
            form_token=str(form.form_token.data),
        ),
        _("De partner staat op de lijst."),
    )


@bp.get("/planning/partners/<int:partner_id>")
@planner_only
def partner(partner_id: int) -> Response:
    return _show(partner_or_404(partner_id), None)


@bp.route("/planning/partners/<int:partner_id>/wijzig", methods=["GET", "POST"])
@planner_only
def change_partner(partner_id: int) -> Response:
    found = partner_or_404(partner_id)
    details = partner_details(found)
    form = PartnerForm(obj=details, data={"version": found.version})
    return _answer(
        form,
        lambda: transact(
            services.change_partner,
            partner_id,
            form.details(),
            version=form.version.data,
            by=current_actor(),
            now=clock.utcnow(),
        ),
        _("De wijzigingen zijn bewaard."),
        found,
    )


@bp.post("/planning/partners/<int:partner_id>/van-de-lijst")
@planner_only
def retire_partner(partner_id: int) -> Response:
    found, form = partner_or_404(partner_id), RetireForm()
    if form.validate_on_submit():
        try:
            transact(
                services.retire_partner,
                partner_id,
                why=form.why.data,
                version=form.version.data,
                by=current_actor(),
                now=clock.utcnow(),
            )
        except Refused as refusal:
            return _show(partner_or_404(found.id), form, _refuse(form, refusal, found.id))
        flash(_("De partner is van de lijst. Niemand nodigt hen meer uit."), "ok")
        return go_to(url_for("inviting.partner", partner_id=partner_id))
    return _show(found, form, 422)


@bp.post("/planning/partners/<int:partner_id>/terug")
@planner_only
def bring_back(partner_id: int) -> Response:
    partner_or_404(partner_id)
    form = BackForm()
    if form.validate_on_submit():
        transact(
            services.bring_back,
            partner_id,
            version=form.version.data,
            by=current_actor(),
            now=clock.utcnow(),
        )
        flash(_("De partner staat weer op de lijst."), "ok")
    return go_to(url_for("inviting.partner", partner_id=partner_id))


def partner_or_404(partner_id: int) -> Partner:
    return partner_by_id(partner_id) or abort(404)


def _answer(
    form: PartnerForm, act: Callable[[], Partner], said: str, found: Partner | None = None
) -> Response:
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            kept = act()
        except Refused as refusal:
            status = _refuse(form, refusal, found.id if found else None)
        else:
            flash(said, "ok")
            return go_to(url_for("inviting.partner", partner_id=kept.id))
    return page("booking/inviting/partner_form.html", status, form=form, partner=found)


def _refuse(form: Form, refusal: Refused, partner_id: int | None) -> int:
    """The sentences where they can be mended; what is sent next answers what is there now."""
    for finding in refusal.findings:
        field = FIELDS.get(finding.code)
        form.refuse(sentences([finding]), field if field in form else None)
    if partner_id is None or all(finding.code != STALE for finding in refusal.findings):
        return 422
    form["version"].process_data(partner_or_404(partner_id).version)
    return 409


def _show(found: Partner, form: RetireForm | None, status: int = 200) -> Response:
    told = story(found.subject)
    return page(
        "booking/inviting/partner.html",
        status,
        partner=found,
        wants_none=has_refused(found.email),
        form=form or RetireForm(formdata=None, data={"version": found.version}),
        back=BackForm(formdata=None, data={"version": found.version}),
        story=told,
        names=names_of(entry.person_id for entry in told),
    )
