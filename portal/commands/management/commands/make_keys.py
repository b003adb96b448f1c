"""Make the sealing key of this machine, once."""

from __future__ import annotations

from typing import Any

from portal.commands.base import CALLED_WRONGLY, PortalCommand
from verification.signing.folder import key_folder
from verification.signing.making import make_keys


class Command(PortalCommand):
    help = "Make a root and a sealing key in PORTAL_SIGNING_KEY_DIR unless they are there."
    requires_system_checks: list[str] = []

    def handle(self, *, as_json: bool, **options: Any) -> None:
        try:
            is_made = make_keys()
        except FileExistsError as error:
            self.refuse(f"{error} Nothing was written; restore the missing part.", code=CALLED_WRONGLY)
        record = {"made": is_made, "folder": str(key_folder())}
        words = [f"Sealing key {'made' if is_made else 'already there'}: {key_folder()}"]
        self.say(record, as_json=as_json, in_words=words)
