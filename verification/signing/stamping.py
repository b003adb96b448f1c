"""The time-stamping authority: one that answers at an address, or the one of the set-up that stands in for it.

A time stamp tells the wall clock, also where a demonstration moves the clock of the product: it vouches for the
validity of keys, which is real time, and an authority at an address would tell nothing else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.conf import settings

from verification.signing import folder
from verification.signing.errors import KeyUnavailable
from verification.signing.trust import certificate_of

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper


def time_stamper() -> TimeStamper:
    """Raises ``FileNotFoundError`` where the stand-in was not made, ``KeyUnavailable`` where its key is not RSA."""
    if not folder.stamps_itself():
        from verification.signing.authority_client import AuthorityClient

        return AuthorityClient(settings.TSA_URL, timeout=settings.TSA_TIMEOUT_SECONDS)
    return _stand_in(folder.read(folder.STAMP_CERTIFICATE), folder.read(folder.STAMP_KEY))


@lru_cache(maxsize=1)
def _stand_in(certificate: bytes, key: bytes) -> TimeStamper:
    """Kept while its files stay the same: the first stamp of each is spent on measuring."""
    from verification.signing.stand_in import StandIn

    loaded = serialization.load_pem_private_key(key, password=None)
    if not isinstance(loaded, RSAPrivateKey):
        raise KeyUnavailable(f"{folder.STAMP_KEY} is not an RSA key.")
    return StandIn(certificate_of(certificate), loaded)
