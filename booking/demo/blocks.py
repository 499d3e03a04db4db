"""The cube is in repair for some days, when nothing is planned yet."""

from datetime import datetime, timedelta

from sqlalchemy import select

from booking import services
from booking.models import Installation
from booking.queries.hit_by_block import hit_by
from booking.rules.blocks import BlockDetails, BlockKind
from core.clock import local_date, midnight
from core.db import session
from core.fields import new_form_token
from core.history import COMMAND


def repair(now: datetime) -> None:
    cube = session.scalars(select(Installation).order_by(Installation.id)).first()
    assert cube
    first = local_date(now) + timedelta(days=70)
    details = BlockDetails(
        kind=BlockKind.CUBE,
        resource_id=cube.resource_id,
        starts_at=midnight(first),
        ends_at=midnight(first + timedelta(days=4)),
        reason="Nieuwe wielen en een likje verf.",
        words="De kubus wordt dan nagekeken.",
    )
    chosen = {hit.key: hit.ways[0].out for hit in hit_by(details, now)}
    services.make_block(details, chosen, form_token=new_form_token(), by=COMMAND, now=now)
