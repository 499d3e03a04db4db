"""Drafts in the theatre's post: read, change, send or throw away. Nobody else sends them."""

from flask import Response, abort, flash, request, url_for

from booking import services
from booking.forms.inviting import DraftForm, DropForm
from booking.models import Outreach
from booking.queries.inviting import outreach_by_id
from booking.services.inviting import Letter
from booking.views.outbox import bp, mail_or_404
from core import clock, tone
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.history import story
from core.language import gettext as _
from core.outbox import MailState, OutboxMail
from core.pages import go_to, page
from people.access import current_actor, planner_only
from people.queries import names_of

STALE = "invitation_changed_meanwhile"


@bp.get("/<int:mail_id>/concept")
@planner_only
def draft(mail_id: int) -> Response:
    mail, outreach = _draft_or_404(mail_id)
    if mail.state is not MailState.DRAFT:
        return go_to(url_for("outbox.mail", mail_id=mail_id))
    return _page(mail, outreach, DraftForm(obj=outreach))


@bp.post("/<int:mail_id>/concept")
@planner_only
def change_draft(mail_id: int) -> Response:
    """Keep what was typed, and send it when that is the button that was pressed."""
    mail, outreach = _draft_or_404(mail_id)
    form, status = DraftForm(), 422
    sends = request.form.get("do") == "send"
    if form.validate_on_submit() and form.is_meant(each.word for each in _remarks(form)):
        try:
            transact(
                services.send_invitation if sends else services.rewrite_invitation,
                outreach.id,
                Letter(form.subject_line.data, form.words.data),
                version=form.version.data,
                by=current_actor(),
                now=clock.utcnow(),
            )
        except Refused as refusal:
            status = _refuse(form, refusal, outreach.id)
            mail, outreach = _draft_or_404(mail_id)
        else:
            return _done(mail_id, sends=sends)
    return _page(mail, outreach, form, status)


@bp.post("/<int:mail_id>/weggooien")
@planner_only
def drop_draft(mail_id: int) -> Response:
    _mail, outreach = _draft_or_404(mail_id)
    form = DropForm()
    if form.validate_on_submit():
        transact(
            services.drop_invitation,
            outreach.id,
            version=form.version.data,
            by=current_actor(),
            now=clock.utcnow(),
        )
        flash(_("Het concept is weggegooid. Er is niets verstuurd."), "ok")
    return go_to(url_for("outbox.mails", staat="draft"))


def _draft_or_404(mail_id: int) -> tuple[OutboxMail, Outreach]:
    """Only letters that invite are ever drafts."""
    mail = mail_or_404(mail_id)
    found = outreach_by_id(mail.about_id) if mail.about_kind == Outreach.__tablename__ else None
    return (mail, found) if found else abort(404)


def _remarks(form: DraftForm) -> list[tone.Remark]:
    return tone.remarks(f"{form.subject_line.data or ''}\n{form.words.data or ''}")


def _refuse(form: DraftForm, refusal: Refused, outreach_id: int) -> int:
    form.refuse(sentences(refusal.findings))
    if all(finding.code != STALE for finding in refusal.findings):
        return 422
    now_there = outreach_by_id(outreach_id)
    form.version.process_data(now_there.version if now_there else 0)
    return 409


def _done(mail_id: int, *, sends: bool) -> Response:
    if sends:
        flash(_("Verstuurd. De mail gaat nu weg."), "ok")
        return go_to(url_for("outbox.mails", staat="draft"))
    flash(_("Bewaard. Er is nog niets verstuurd."), "ok")
    return go_to(url_for("outbox.draft", mail_id=mail_id))


def _page(mail: OutboxMail, outreach: Outreach, form: DraftForm, status: int = 200) -> Response:
    told = story(outreach.subject)
    remarks = _remarks(form)
    form.show_marks(each.word for each in remarks)
    return page(
        "booking/outbox/draft.html",
        status,
        mail=mail,
        outreach=outreach,
        form=form,
        drop=DropForm(formdata=None, data={"version": outreach.version}),
        remarks=remarks,
        story=told,
        names=names_of(entry.person_id for entry in told),
    )
