"""The theatre's post: what was mailed to whom, what waits, and what failed."""

from urllib.parse import quote

from flask import Blueprint, Response, abort, make_response, request, url_for

from core.clock import utcnow
from core.db import transact
from core.errors import register_phrases
from core.findings import Finding
from core.language import gettext as _
from core.outbox import MailState, OutboxMail
from core.outbox.delivery import retry
from core.outbox.queries import mail_by_id, mail_counts, mail_page
from core.pages import asked_page, go_to, page, page_or_fragment
from core.settings import settings
from people.access import planner_only

bp = Blueprint("outbox", __name__, url_prefix="/planning/post")

SIGN_IN_THREAD = "sign-in:"
# A mail's own style may be shown and nothing in it may run or be sent.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox allow-top-navigation-by-user-activation"
)


@bp.get("")
@planner_only
def mails() -> Response:
    """All mails, or those in one state, newest first."""
    chosen = _state_asked_for()
    found = mail_page(chosen, asked_page())
    return page_or_fragment(
        "booking/outbox/mails.html",
        "booking/outbox/_mails.html",
        page=found,
        chosen=chosen,
        states=_states(),
        counts=mail_counts(),
        newer=_page_url(chosen, found.number - 1) if found.number > 1 else None,
        older=_page_url(chosen, found.number + 1) if found.has_next else None,
    )


@bp.get("/<int:mail_id>")
@planner_only
def mail(mail_id: int) -> Response:
    found = mail_or_404(mail_id)
    if found.state is MailState.DRAFT:
        return go_to(url_for("outbox.draft", mail_id=mail_id))
    return page(
        "booking/outbox/mail.html",
        mail=found,
        state=_states()[found.state],
        is_secret=_is_secret(found),
        calendar=found.calendar.decode() if found.calendar else "",
    )


@bp.get("/<int:mail_id>/html")
@planner_only
def as_received(mail_id: int) -> Response:
    """The HTML part as its reader sees it."""
    found = _readable_or_404(mail_id)
    response = make_response(found.html)
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


@bp.get("/<int:mail_id>/uitnodiging.ics")
@planner_only
def invitation(mail_id: int) -> Response:
    found = _readable_or_404(mail_id)
    if not found.calendar:
        abort(404)
    response = make_response(found.calendar)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    name = quote(f"uitnodiging-{found.id}.ics")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.post("/<int:mail_id>/opnieuw")
@planner_only
def try_again(mail_id: int) -> Response:
    """Send a mail after all that was given up on."""
    mail_or_404(mail_id)
    transact(retry, mail_id, now=utcnow())
    return go_to(url_for("outbox.mail", mail_id=mail_id))


def say(finding: Finding) -> str | None:
    return {
        "mail_not_given_up": _("Deze mail is al verstuurd, wacht nog of is ingetrokken."),
        "mail_no_draft": _("Deze mail is al verstuurd of weggegooid."),
        "mail_erased": _("De inhoud van deze mail is gewist, omdat hij ouder is dan 30 dagen."),
        "mail_overtaken": _(
            "De ontvanger kreeg al een nieuwere uitnodiging. Deze geldt niet meer."
        ),
    }.get(finding.code)


register_phrases(say)


def _states() -> dict[MailState, str]:
    return {
        MailState.DRAFT: _("Concept"),
        MailState.PENDING: _("Wacht"),
        MailState.SENT: _("Verstuurd") if settings().smtp_host else _("Bewaard"),
        MailState.WITHDRAWN: _("Ingetrokken"),
        MailState.DEAD: _("Mislukt"),
    }


def _state_asked_for() -> MailState | None:
    asked = request.args.get("staat", "")
    return MailState(asked) if asked in list(MailState) else None


def _page_url(chosen: MailState | None, number: int) -> str:
    return url_for("outbox.mails", staat=chosen, pagina=number if number > 1 else None)


def mail_or_404(mail_id: int) -> OutboxMail:
    return mail_by_id(mail_id) or abort(404)


def _readable_or_404(mail_id: int) -> OutboxMail:
    found = mail_or_404(mail_id)
    return found if not _is_secret(found) and not found.is_erased else abort(404)


def _is_secret(found: OutboxMail) -> bool:
    """A sign-in link is a key to somebody else's account; in the demo everybody may step in."""
    return found.thread.startswith(SIGN_IN_THREAD) and not settings().demo
