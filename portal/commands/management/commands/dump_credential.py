"""Write the machine-readable forms of a certificate to a folder, for the test suites of others."""

from __future__ import annotations

import json
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.commands.base import CALLED_WRONGLY, PortalCommand
from verification.certificates.selectors import public_certificate_by_number
from verification.credentials.did import keys_of
from verification.credentials.jose import verified_credential
from verification.credentials.selectors import issuer_document, offline_code_of, signed_credential_of, signed_list
from verification.credentials.status import REVOCATION

SCHEMA = settings.BASE_DIR / "static" / "schemas" / "certificate-1.json"


class Command(PortalCommand):
    help = "Write a certificate's credential, unsigned and signed, with keys, status list, record and schema."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("number", help="number of the certificate, e.g. EU-CBAM-2027-000001")
        parser.add_argument("--to", type=Path, required=True, help="folder; made where it is not there")

    def handle(self, *, number: str, to: Path, as_json: bool, **options: Any) -> None:
        files = self._files(number)
        try:
            to.mkdir(parents=True, exist_ok=True)
            for name, content in files.items():
                (to / name).write_text(content, encoding="utf-8")
            shutil.copyfile(SCHEMA, to / "record.schema.json")
        except OSError as error:
            self.refuse(f"{to} cannot be written: {error.strerror}.", code=CALLED_WRONGLY)
        written = sorted([*files, "record.schema.json"])
        self.say({"folder": str(to), "files": written}, as_json=as_json, in_words=[str(to / name) for name in written])

    def _files(self, number: str) -> dict[str, str]:
        """Everything that is signed is verified on the way out, and what it says is what is written beside it."""
        certificate = public_certificate_by_number(number)
        signed = signed_credential_of(certificate.pk) if certificate else None
        if certificate is None or signed is None:
            self.refuse(f"There is no certificate {number}, or its credential is not signed yet.")
        record = json.loads(certificate.record)
        named = record["credential"]
        listed = signed_list(REVOCATION, int(named["status_list"].rpartition("/")[2]))
        if listed is None:
            self.refuse("The status list is not signed yet.")
        document = issuer_document()
        keys = keys_of(document)
        return {
            "credential.json": _text(verified_credential(signed.token, keys=keys, did=named["issuer"])),
            "credential.vc+jwt": signed.token,
            "credential.secured.json": signed.secured,
            "did.json": _text(document),
            "status-list.vc+jwt": listed.token,
            "status-list.json": _text(verified_credential(listed.token, keys=keys, did=named["issuer"])),
            "offline-code.txt": offline_code_of(certificate.pk),
            "record.json": certificate.record,
        }


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
