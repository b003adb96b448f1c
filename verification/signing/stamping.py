"""The time-stamping authority: one that answers at an address, or the one of the set-up that stands in for it.

A time stamp tells the wall clock, also where a demonstration moves the clock of the product: it vouches for the
validity of keys, which is real time, and an authority at an address would tell nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from verification.signing import folder
from verification.signing.trust import certificate_of

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper


def time_stamper() -> TimeStamper:
    """Made anew for each file. Raises ``FileNotFoundError`` where the stand-in was not made."""
    if not folder.stamps_itself():
        from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper

        return HTTPTimeStamper(settings.TSA_URL, timeout=settings.TSA_TIMEOUT_SECONDS)
    from pyhanko.keys import load_private_key_from_pemder_data
    from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

    return DummyTimeStamper(
        certificate_of(folder.read(folder.STAMP_CERTIFICATE)),
        load_private_key_from_pemder_data(folder.read(folder.STAMP_KEY), passphrase=None),
    )
