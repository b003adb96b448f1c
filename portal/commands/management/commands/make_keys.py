"""Make the keys of this machine, once, and what an earlier version did not have yet."""

from __future__ import annotations

from typing import Any

from portal.commands.base import CALLED_WRONGLY, PortalCommand
from verification.signing.errors import SealingError
from verification.signing.folder import key_folder
from verification.signing.making import make_keys


class Command(PortalCommand):
    help = "Make root, sealing key, time-stamping authority and issuer's key in PORTAL_SIGNING_KEY_DIR where missing."
    requires_system_checks: list[str] = []

    def handle(self, *, as_json: bool, **options: Any) -> None:
        try:
            is_made = make_keys()
        except (FileExistsError, SealingError) as error:
            self.refuse(f"{error} Nothing was written.", code=CALLED_WRONGLY)
        record = {"made": is_made, "folder": str(key_folder())}
        words = [f"Keys {'made' if is_made else 'already there'}: {key_folder()}"]
        self.say(record, as_json=as_json, in_words=words)
