"""Short secrets that are kept and have to be read again: encrypted with a key made from the app's.

After the secret key was changed, what an earlier one sealed is read with the fallbacks.
"""

import base64
from collections.abc import Iterator

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from core.security import secret_key

PURPOSE = b"speelplek sealing 1"


class Unopenable(Exception):
    """Sealed with a key this installation no longer has."""


def seal(text: str) -> str:
    return _seals().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Raises Unopenable."""
    try:
        return _seals().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as error:
        raise Unopenable from error


def _seals() -> MultiFernet:
    """The first one seals, each of them opens."""
    return MultiFernet([Fernet(_made_from(key)) for key in _keys()])


def _keys() -> Iterator[bytes]:
    yield secret_key()
    for earlier in current_app.config.get("SECRET_KEY_FALLBACKS") or ():
        yield earlier.encode() if isinstance(earlier, str) else earlier


def _made_from(key: bytes) -> bytes:
    """A key of its own, so that what seals can never sign, nor the other way round."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key)
    return base64.urlsafe_b64encode(made)
