"""When the tour stands still: first who is hit, then everything at once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for

from booking import phrases, services
from booking.forms.blocks import BlockForm, LiftForm, WaysForm, ways_form
from booking.models import Block
from booking.queries.blocks import block_by_id, blockable, past_blocks, standing_blocks
from booking.queries.dealt_with import dealt_with
from booking.queries.hit_by_block import Hit, hit_by
from booking.queries.stops import playing_performers, touring_installations
from booking.queries.ways_out import Suggested
from booking.rules.blocks import BlockDetails, BlockKind, may_block
from booking.rules.ways_out import Way
from core import clock
from core.clock import local_date, to_local
from core.db import transact
from core.errors import sentences
from core.findings import Refused, blocker
from core.forms import Form
from core.language import gettext as _
from core.pages import go_to, page
from people.access import current_actor, planner_only

bp = Blueprint("blocks", __name__, url_prefix="/planning/blokkades")

PAST_SHOWN = 50
STALE = frozenset({"hit_meanwhile", "block_changed_meanwhile"})


@bp.get("")
@planner_only
def overview() -> Response:
    now = clock.utcnow()
    return page(
        "booking/blocks/overview.html",
        standing=standing_blocks(now),
        past=past_blocks(now, PAST_SHOWN),
        names=_names(),
        players=playing_performers(),
    )


@bp.route("/nieuw", methods=["GET", "POST"])
@planner_only
def new() -> Response:
    """What, when and why. The next page shows who is hit; nothing is kept yet."""
    form = BlockForm(data={"what": request.args.get("wat", "")})
    form.what.offer(_choices())
    if form.validate_on_submit():
        refused = may_block(form.about(), clock.utcnow())
        if not refused:
            return _ways_page(form.about(), {}, 200)
        form.refuse(sentences(refused))
    return page("booking/blocks/new.html", 422 if form.is_refused else 200, form=form)


@bp.get("/kan-niet/<int:performer_id>")
@planner_only
def cannot_come(performer_id: int) -> Response:
    """The short way on the day itself: from now until the end of tomorrow."""
    found = next((each for each in playing_performers() if each.id == performer_id), None)
    if found is None:
        abort(404)
    now = clock.utcnow()
    starts = to_local(now).time().replace(second=0, microsecond=0)
    start = {
        "what": f"{BlockKind.PERFORMER}:{found.resource_id}",
        "first_on": local_date(now),
        "starts": starts,
        "last_on": local_date(now) + timedelta(days=1),
        "words": _("De speler kan onverwacht niet komen."),
    }
    details = BlockDetails(
        BlockKind.PERFORMER,
        found.resource_id,
        clock.to_utc(local_date(now), starts),
        clock.midnight(local_date(now) + timedelta(days=2)),
        "",
        str(start["words"]),
    )
    return _ways_page(details, start, 200)


@bp.post("/maak")
@planner_only
def make() -> Response:
    """The one button: the block, and all that was chosen."""
    about = BlockForm()
    about.what.offer(_choices())
    if not about.validate_on_submit() and set(about.errors) != {"words"}:
        return page("booking/blocks/new.html", 422, form=about)
    details, now = about.about(), clock.utcnow()
    hits = hit_by(details, now)
    form = _ways_form(hits, {})
    if any(hit.key not in form.seen_keys for hit in hits):
        form.refuse(sentences([blocker("hit_meanwhile")]))
        return _show(form, hits, details, 409)
    if not form.validate():
        return _show(form, hits, details, 422)
    try:
        block = transact(
            services.make_block,
            details,
            {hit.key: _chosen(hit, form) for hit in hits},
            form_token=form.token.data,
            by=current_actor(),
            now=now,
        )
    except Refused as refusal:
        return _refused(refusal, details)
    flash(_("De blokkade staat. Wie het raakt, krijgt nu een mail."), "ok")
    return go_to(url_for("blocks.one", block_id=block.id))


@bp.get("/<int:block_id>")
@planner_only
def one(block_id: int) -> Response:
    return _block_page(_block_or_404(block_id), LiftForm(), 200)


@bp.post("/<int:block_id>/weg")
@planner_only
def lift(block_id: int) -> Response:
    _block_or_404(block_id)
    form = LiftForm()
    if form.validate_on_submit():
        try:
            transact(
                services.lift_block,
                block_id,
                version=form.version.data,
                by=current_actor(),
                now=clock.utcnow(),
            )
        except Refused as refusal:
            form.refuse(sentences(refusal.findings))
            return _block_page(_block_or_404(block_id), form, 409)
        flash(_("De blokkade is weg. Kijk wie er nog wacht."), "ok")
    return go_to(url_for("blocks.one", block_id=block_id))


def _block_or_404(block_id: int) -> Block:
    return block_by_id(block_id) or abort(404)


def _block_page(block: Block, form: Form, status: int) -> Response:
    form["version"].process_data(block.version)
    dealt = dealt_with(block)
    return page(
        "booking/blocks/one.html",
        status,
        block=block,
        name=_names()[block.resource_id],
        dealt=dealt,
        to_call=[each for each in dealt if each.is_soon],
        is_over=block.ends_at is not None and block.ends_at <= clock.utcnow(),
        form=form,
    )


def _names() -> dict[int | None, str]:
    cubes, players = blockable()
    names: dict[int | None, str] = {None: _("De hele tournee")}
    names |= {cube.resource_id: cube.name for cube in cubes}
    return names | {player.resource_id: player.name for player in players}


def _choices() -> dict[str, list[tuple[str, str]]]:
    players, cubes = playing_performers(), touring_installations()
    return {
        _("Speler"): [(f"{BlockKind.PERFORMER}:{p.resource_id}", p.name) for p in players],
        _("Kubus"): [(f"{BlockKind.CUBE}:{cube.resource_id}", cube.name) for cube in cubes],
        _("Alles"): [(BlockKind.SEASON.value, _("De hele tournee"))],
    }


def _ways_page(details: BlockDetails, start: dict[str, Any], status: int) -> Response:
    hits = hit_by(details, clock.utcnow())
    return _show(_ways_form(hits, start), hits, details, status)


def _ways_form(hits: Sequence[Hit], start: dict[str, Any]) -> WaysForm:
    """Where only one thing can be done, nothing is asked."""
    asked = [hit for hit in hits if len(hit.ways) > 1]
    form = ways_form(
        [
            (
                hit.field,
                hit.request.organisation.name,
                [(each.out.key, _way(each)) for each in hit.ways],
            )
            for hit in asked
        ],
        data=start,
    )
    form.what.offer(_choices())
    form.start({hit.field: hit.ways[0].out.key for hit in asked})
    return form


def _show(form: WaysForm, hits: Sequence[Hit], details: BlockDetails, status: int) -> Response:
    form.seen.process_data(" ".join(hit.key for hit in hits))
    soon = local_date(clock.utcnow()) + timedelta(days=1)
    return page(
        "booking/blocks/ways.html",
        status,
        form=form,
        hits=hits,
        details=details,
        name=_names()[details.resource_id],
        soon=soon,
        hints=_hints(hits),
        way=_way,
    )


def _hints(hits: Sequence[Hit]) -> dict[str, str]:
    """What there is to mind with each of the choices."""
    said = {each.out.key: sentences(each.concerns) for hit in hits for each in hit.ways}
    return {key: " ".join(words) for key, words in said.items() if words}


def _chosen(hit: Hit, form: WaysForm) -> Any:
    return form.way(hit.field) if len(hit.ways) > 1 else hit.ways[0].out


def _refused(refusal: Refused, details: BlockDetails) -> Response:
    hits = hit_by(details, clock.utcnow())
    form = _ways_form(hits, {})
    form.refuse(sentences(refusal.findings))
    is_stale = any(finding.code in STALE for finding in refusal.findings)
    return _show(form, hits, details, 409 if is_stale else 422)


def _way(suggested: Suggested) -> str:
    """What a choice says."""
    out, placement = suggested.out, suggested.placement
    moments = "; ".join(phrases.moment(wish) for wish in out.wishes)
    match out.way:
        case Way.RECAST | Way.OTHER_CUBE | Way.KEEP if placement:
            who = ", ".join(placement.player_names)
            return {
                Way.RECAST: _("Gaat door, %(who)s speelt", who=who),
                Way.OTHER_CUBE: _("Gaat door met %(cube)s", cube=placement.cube.name),
                Way.KEEP: _("De optie blijft, met %(who)s", who=who),
            }[out.way]
        case Way.MOVE:
            return _("Verplaats naar %(moment)s", moment=moments)
        case Way.CALL_OFF if moments:
            return _("Zeg af, en bied aan: %(moments)s", moments=moments)
        case Way.CALL_OFF:
            return _("Zeg af. Dichtbij is er niets vrij.")
        case Way.OFFER:
            return _("Zeg dat het niet kan, en bied aan: %(moments)s", moments=moments)
        case Way.LET_GO:
            return _("Laat de optie los. De aanvraag wacht op een ander moment.")
        case Way.DROP:
            return _("Het aangeboden moment vervalt.")
    return _("Laat de aanvraag wachten. Jullie antwoorden later.")
