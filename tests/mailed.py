"""What was mailed to somebody, as they find it in their mailbox."""

import re

from sqlalchemy import select

from core.db import session
from core.outbox import OutboxMail


def mailed_path(address: str, start: str) -> str:
    """The path of the link in the last mail to this address that begins so."""
    session.rollback()
    to_them = select(OutboxMail).where(OutboxMail.to_address == address)
    mails = session.scalars(to_them.order_by(OutboxMail.id)).all()
    assert mails, f"nothing was mailed to {address}"
    return path_in(mails[-1].text, start)


def path_in(text: str, start: str) -> str:
    found = re.search(rf"{re.escape(start)}/[\w-]+", text)
    assert found, f"no link to {start} in: {text}"
    return found[0]
