"""Make the demonstration world, once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from portal.commands.base import PortalCommand
from portal.ui.demonstration import PASSWORD, PEOPLE
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.claims.services.search import index_lacking
from verification.kernel import clock
from verification.wording.services import load_wordings

OPENING_DAY = date(2027, 1, 11)
PACKS = settings.BASE_DIR / "verification" / "reference" / "packs"
SCHEMES = ("eu-cbam", "uk-cbam", "model-bca", "allowance-requirement")
"""In the order of their publication; the first is the one that pages offer first."""
OFFICIALS = ("R-0172", "A-0039")


class Command(PortalCommand):
    help = "Accounts, organisations and one claim in each interesting state; does nothing where they are there."

    def handle(self, *, as_json: bool, **options: Any) -> None:
        demonstration = clock.demonstration()
        if demonstration is None:
            raise CommandError(
                "The demonstration needs its own clock: set PORTAL_DEMONSTRATION_DATE, for example to 2027-03-15.",
                returncode=2,
            )
        is_new = not User.objects.filter(email=PEOPLE[0].email).exists()
        if is_new:
            try:
                _make()
                index_lacking()
            finally:
                clock.demonstrate(demonstration)
        load_wordings(actor=Actor.system("demonstration set-up"), officials=OFFICIALS, valid_from=OPENING_DAY)
        self.say(_record(is_new), as_json=as_json, in_words=_words(is_new))


def _make() -> None:
    """Imports what draws and reads papers only where the world is not there yet: the command runs at every start."""
    from portal.commands.demonstration.stage import SYSTEM, perform, set_clock, set_stage
    from portal.commands.demonstration.storylines import STORYLINES
    from portal.commands.demonstration.unit_storylines import UNIT_STORYLINES
    from verification.reference.services import load_pack

    set_clock(OPENING_DAY)
    for scheme in SCHEMES:
        load_pack(PACKS / scheme, actor=SYSTEM, publish_with=OFFICIALS)
    perform([*STORYLINES, *UNIT_STORYLINES], set_stage())


def _record(is_new: bool) -> dict[str, Any]:
    return {
        "made": is_new,
        "password": PASSWORD,
        "accounts": [{"email": somebody.email, "does": somebody.does} for somebody in PEOPLE],
        "claims": {claim.number: claim.state for claim in Claim.objects.order_by("number")},
    }


def _words(is_new: bool) -> list[str]:
    lines = ["Demonstration accounts (password for all: " + PASSWORD + ")"]
    lines += [f"  {somebody.email:36} {somebody.does}" for somebody in PEOPLE]
    lines.append("Verifier and officials need a second factor: its page shows the code in a demonstration.")
    return lines
