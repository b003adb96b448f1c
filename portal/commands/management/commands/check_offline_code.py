"""Check the offline code of a certificate without any network, as whoever scans the paper would."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.commands.base import CALLED_WRONGLY, PortalCommand
from verification.credentials.did import did_of, keys_of
from verification.credentials.jose import verified_credential
from verification.credentials.keys import NotGenuine, UnknownKey
from verification.credentials.offline import read_offline_code
from verification.credentials.selectors import issuer_document
from verification.credentials.status import REVOCATION, is_marked

NOT_ASKED = "not asked"


class Command(PortalCommand):
    help = "Say what an offline code says, if it was signed by the issuer; with a status list, whether it was revoked."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("code", help="the text of the QR code, IVP1:…, or a file that holds it")
        parser.add_argument("--did", type=Path, help="the issuer's did.json; without it this portal's own keys")
        parser.add_argument("--status-list", type=Path, help="the revocation list as vc+jwt, kept from earlier")

    def handle(self, *, code: str, did: Path | None, status_list: Path | None, as_json: bool, **options: Any) -> None:
        document = self._document(did)
        try:
            said = read_offline_code(code if code.startswith("IVP1:") else self._text(Path(code)), keys_of(document))
            status = self._status(status_list, said, document) if status_list else NOT_ASKED
        except (NotGenuine, UnknownKey) as reason:
            self.refuse(str(reason))
        words = [f"{name}: {value}" for name, value in said.items() if name != "rows"]
        words += ["  ".join(f"{name} {value}" for name, value in row.items()) for row in said["rows"]]
        self.say(said | {"status": status}, as_json=as_json, in_words=[*words, f"status: {status}"])
        if status == "revoked":
            self.refuse("The certificate was revoked or replaced.")

    def _document(self, path: Path | None) -> dict[str, Any]:
        if path is None:
            try:
                return issuer_document()
            except FileNotFoundError as error:
                self.refuse(f"{error} Name a did.json with --did.", code=CALLED_WRONGLY)
        try:
            return json.loads(self._text(path))
        except ValueError:
            self.refuse(f"{path} is no JSON.", code=CALLED_WRONGLY)

    def _status(self, path: Path, said: dict[str, Any], document: dict[str, Any]) -> str:
        issuer = str(document.get("id", did_of(settings.SITE_ADDRESS)))
        listed = verified_credential(self._text(path).strip(), keys=keys_of(document), did=issuer)
        number, purpose = said["status_list"], listed["credentialSubject"].get("statusPurpose")
        if purpose != REVOCATION or not str(listed["id"]).endswith(f"/{number}"):
            self.refuse(f"The code is in revocation list {number}; this is {listed['id']}.", code=CALLED_WRONGLY)
        return "revoked" if is_marked(listed, said["status_index"]) else f"not revoked on {listed['validFrom']}"

    def _text(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.refuse(f"{path} cannot be read: {error}.", code=CALLED_WRONGLY)
