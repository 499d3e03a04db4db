"""Page 2: when? Only moments that can truly be served, and an answer about any other date.

Every button keeps what it says at once, so nothing is lost while somebody leafs through the weeks.
"""

from typing import Any

from flask import Response, request, url_for

from booking.forms.asking import WhenForm
from booking.phrases import moment
from booking.queries.asking import offered
from booking.queries.moments import moments_on
from booking.rules.answers import Step
from booking.rules.asked import CHOICES_AT_MOST
from booking.rules.capacity import visitors_that_fit
from booking.rules.norms import Wish, parse_wish
from booking.rules.offer import Window, by_week
from booking.views.asking.moments import Visit, capacity, other_date, visit_for
from booking.views.asking.steps import bp, keep, kept_answers, onward, step_page
from core.clock import local_date
from core.errors import sentences
from core.findings import blocker, blockers
from core.language import gettext as _
from core.pages import go_to, htmx, page
from people.access import public

ASKED = ("vanaf", "dagdelen", "datum", "dagdeel")


@bp.get("/kubus/aanvragen/wanneer")
@public
def when() -> Response:
    answers = kept_answers()
    visit = visit_for(answers)
    if visit is None:
        return onward()
    return _page(visit, WhenForm(), answers.wishes)


@bp.get("/kubus/aanvragen/wanneer/check")
@public
def check_date() -> Response:
    """Whether another date can be, by the same rules as when it is chosen."""
    visit = visit_for(kept_answers())
    if not htmx or visit is None:
        asked: dict[str, Any] = {name: request.args[name] for name in ASKED if name in request.args}
        return go_to(url_for("asking.when", **asked))
    return page("booking/asking/_other_date.html", window=visit.window, **other_date(visit))


@bp.post("/kubus/aanvragen/wanneer")
@public
def keep_when() -> Response:
    """One button: add, take away, or move up a moment; or go on."""
    visit = visit_for(kept_answers())
    if visit is None:
        return onward()
    form = WhenForm()
    form.validate_on_submit()
    wishes = _changed(visit, form)
    if form.is_refused:
        return _page(visit, form, visit.answers.wishes)
    if wishes is None:
        return _go_on(visit, form)
    keep(Step.WHEN, {"wishes": [wish.key for wish in wishes]})
    if htmx:
        return _page(visit, form, wishes, is_changed=True)
    return go_to(_address(visit.window))


def _address(shown: Window) -> str:
    return url_for("asking.when", vanaf=shown.first.isoformat(), dagdelen=shown.day_parts)


def _changed(visit: Visit, form: WhenForm) -> tuple[Wish, ...] | None:
    """The wishes after the button; None for the button that goes on."""
    kept = visit.answers.wishes
    if form.add.data:
        return _with_one_more(visit, form, parse_wish(form.add.data))
    if form.remove.data:
        return tuple(wish for wish in kept if wish.key != form.remove.data)
    if form.up.data:
        return _moved_up(kept, form.up.data)
    return None


def _with_one_more(visit: Visit, form: WhenForm, wish: Wish | None) -> tuple[Wish, ...]:
    kept = visit.answers.wishes
    if wish in kept:
        return kept
    if wish is None:
        form.refuse([_("Kies een moment uit de lijst.")])
        return kept
    if len(kept) >= CHOICES_AT_MOST:
        form.refuse([_("Je hebt al %(most)s keuzes. Haal er eerst een weg.", most=CHOICES_AT_MOST)])
    form.refuse(sentences(visit.blocked((wish,))))
    return (*kept, wish)


def _moved_up(kept: tuple[Wish, ...], key: str) -> tuple[Wish, ...]:
    keys = [wish.key for wish in kept]
    at = keys.index(key) if key in keys else 0
    if at == 0:
        return kept
    return (*kept[: at - 1], kept[at], kept[at - 1], *kept[at + 1 :])


def _go_on(visit: Visit, form: WhenForm) -> Response:
    wishes = visit.answers.wishes
    form.refuse(sentences(visit.blocked(wishes) if wishes else [blocker("no_choice")]))
    return _page(visit, form, wishes) if form.is_refused else onward()


def _page(
    visit: Visit, form: WhenForm, wishes: tuple[Wish, ...], *, is_changed: bool = False
) -> Response:
    shown = visit.window
    placements = offered(visit.where, shown.first, shown.last, shown.day_parts, visit.now)
    return step_page(
        Step.WHEN,
        form,
        window=shown,
        address=_address(shown),
        weeks=by_week(placements),
        seats={p.wish: visitors_that_fit(p.sessions, visit.norms) for p in placements},
        chosen=[(wish, blockers(said)) for wish, said in visit.findings(wishes)],
        ranks={wish: rank for rank, wish in enumerate(wishes, 1)},
        collected=moments_on(shown.first, shown.last, local_date(visit.now)),
        term=visit.norms.theatre_answer,
        news=_news(wishes) if is_changed else None,
        **capacity(visit),
        **other_date(visit),
    )


def _news(wishes: tuple[Wish, ...]) -> str:
    if not wishes:
        return _("Je hebt nog geen keuze.")
    return _("Jouw keuzes: %(moments)s.", moments="; ".join(moment(wish) for wish in wishes))
