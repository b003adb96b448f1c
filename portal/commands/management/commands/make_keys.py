"""Make the sealing key of this machine, once."""

from typing import Any

from django.core.management.base import BaseCommand

from verification.certificates.seal import key_folder, make_keys


class Command(BaseCommand):
    help = "Make a root and a sealing key in PORTAL_SIGNING_KEY_DIR unless they are there."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_keys()
        self.stderr.write(f"Sealing key {'made' if made else 'already there'}: {key_folder()}")
