"""The numbers of the theatre: what they are, changing them, and what a change would do."""

from dataclasses import replace

from flask import Response, abort, flash, request, url_for

from booking import phrases, services
from booking.forms.settings import SettingsForm, settings_form
from booking.queries.preview import Compared, scores_compared
from booking.queries.settings import current_values, setting_changes, version_of
from booking.rules.audience import Weights
from booking.rules.settings import NAMES, SettingTopic, weights_findings
from booking.views.planning.desk import bp
from core import clock
from core.db import transact
from core.errors import sentences
from core.findings import Refused
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only
from people.queries import names_of

ADDRESSES = {
    "wijkpubliek": SettingTopic.WEIGHTS,
    "ontmoetingen": SettingTopic.PLAYING,
    "reizen": SettingTopic.TOURING,
    "antwoorden": SettingTopic.ANSWERING,
    "dagdelen": SettingTopic.DAY_PARTS,
}
CHANGED = "settings_changed_meanwhile"


@bp.get("/instellingen")
@planner_only
def settings() -> Response:
    """All settings in groups, and every change there was."""
    changes = setting_changes()
    weights, norms = current_values(SettingTopic.WEIGHTS), current_values(SettingTopic.PLAYING)
    groups = [
        (address, topic, weights if topic is SettingTopic.WEIGHTS else norms, NAMES[topic])
        for address, topic in ADDRESSES.items()
    ]
    return page(
        "booking/planning/settings.html",
        groups=groups,
        changes=changes,
        names=names_of(change.person_id for change in changes),
    )


@bp.route("/instellingen/<address>", methods=["GET", "POST"])
@planner_only
def change_settings(address: str) -> Response:
    """The weights can be tried out first: the button "preview" changes nothing."""
    topic = ADDRESSES.get(address) or abort(404)
    current = current_values(topic)
    form = settings_form(topic, current, version_of(topic), phrases.setting_name)
    status, compared = 200, None
    if topic is SettingTopic.WEIGHTS and request.form.get("do") == "preview":
        status, compared = _preview(form, current)
    elif form.validate_on_submit():
        try:
            _save(topic, form)
        except Refused as refusal:
            status = _refuse(form, topic, refusal)
        else:
            flash(_("Bewaard. Dit geldt voor alles wat vanaf nu beoordeeld wordt."), "ok")
            return go_to(url_for("planning.settings"))
    elif form.is_refused:
        status = 422
    changes = setting_changes(topic)
    return page(
        "booking/planning/settings_form.html",
        status,
        form=form,
        topic=topic,
        address=address,
        compared=compared,
        changes=changes,
        names=names_of(change.person_id for change in changes),
    )


def _save(topic: SettingTopic, form: SettingsForm) -> None:
    transact(
        services.change_settings,
        topic,
        form.settings,
        why=form["why"].data,
        version=form["version"].data,
        by=current_actor(),
        now=clock.utcnow(),
    )


def _refuse(form: SettingsForm, topic: SettingTopic, refusal: Refused) -> int:
    form.refuse(sentences(refusal.findings))
    if any(finding.code == CHANGED for finding in refusal.findings):
        form["version"].process_data(version_of(topic))
        return 409
    return 422


def _preview(form: SettingsForm, current: object) -> tuple[int, list[Compared] | None]:
    """What stands in the form, tried on the requests that wait; why is asked when it is saved."""
    form["why"].required = False
    if not form.validate_on_submit():
        return 422, None
    assert isinstance(current, Weights)
    weights = replace(current, **form.settings)
    findings = weights_findings(weights)
    if findings:
        form.refuse(sentences(findings))
        return 422, None
    return 200, scores_compared(weights, clock.utcnow())
