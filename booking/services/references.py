"""Numbers by which people know a request or a booking."""

import secrets

# Without letters and digits that are read for one another: a reference is said over the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6


def new_reference(letter: str) -> str:
    """For example "K-7QX2MD"; the letter says what it is of."""
    return f"{letter}-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
