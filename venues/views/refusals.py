"""What the rules say against a form, put where it can be mended."""

from collections.abc import Iterable

from core.errors import sentences
from core.findings import Finding, Refused
from core.forms import Form
from venues.forms.hours import WeekForm
from venues.forms.special import DayForm

FIELDS = {
    "postcode_outside_utrecht": "postcode",
    "host_is_disabled": "email",
    "shortest_over_longest": "longest_minutes",
    "day_is_over": "day_on",
    "too_many_photos": "photo_0",
    "too_many_calendars": "name",
    "too_many_addresses": "address",
}
HOURS = {"too_many_opening_hours", "closes_before_opening", "opening_hours_overlap"}


def put(refusal: Refused, form: Form) -> int:
    """The sentences on the form; returns the status of the answer."""
    for finding in refusal.findings:
        form.refuse(sentences([finding]), _field(finding, form))
    return 409 if is_stale(refusal.findings) else 422


def is_stale(findings: Iterable[Finding]) -> bool:
    return any(finding.code == "place_changed_meanwhile" for finding in findings)


def _field(finding: Finding, form: Form) -> str | None:
    if finding.code in HOURS and isinstance(form, WeekForm | DayForm):
        return form.field_at(finding.data["weekday"], finding.data["opens_at"])
    field = FIELDS.get(finding.code)
    return field if field in form else None
