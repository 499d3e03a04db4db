"""The outbox: a mail is a row, written in the transaction of what it tells about.

`posting` writes and takes back, `drafts` holds what a person still has to send, `delivery` hands
out one mail at a time to whoever delivers, `queries` reads. The worker (`core.worker`) does the
sending, outside any transaction.
"""

from core.outbox.delivery import forget_people
from core.outbox.models import MailState, OutboxMail
from core.outbox.posting import Withdrawal, post, withdraw

__all__ = ["MailState", "OutboxMail", "Withdrawal", "forget_people", "post", "withdraw"]
