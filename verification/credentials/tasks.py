"""The background work of this room: status lists are signed where the key is."""

from __future__ import annotations

from typing import Any

from verification.credentials.services import SIGN_LIST, sign_every_list, sign_list
from verification.jobs.daily import every_day
from verification.jobs.handlers import handles

every_day("credentials.status_lists")(sign_every_list)


@handles(SIGN_LIST)
def sign(payload: dict[str, Any]) -> dict[str, Any]:
    signed = sign_list(payload["list"], payload["purpose"])
    return {"version": signed.version, "key_id": signed.key_id}
