"""What stands in the addresses of a verifier's work, for the table of addresses."""

from __future__ import annotations

from collections.abc import Callable

from portal.ui.demonstration import person
from verification.accounts.models import User
from verification.claims.models import Claim, Engagement, ReportDraft, VerificationWork
from verification.kernel import clock


def _claim(city: str) -> Claim:
    return Claim.objects.get(installation__city=city)


def _work() -> VerificationWork:
    return VerificationWork.objects.get(claim=_claim("Aliağa"))


def _signed() -> Engagement:
    return Engagement.objects.get(claim=_claim("Aliağa"))


def _work_row() -> dict[str, object]:
    """A row of a team that is on its way; the demonstration signs without one."""
    work, user = _work(), User.objects.get(email=person("verifier").email)
    if not work.drafts.exists():
        member = {"name": "Deniz Arslan", "role": "auditor", "visited_site": True}
        spoken = {"speaks_english": True, "speaks_operator_language": True}
        ReportDraft.objects.create(
            work=work, part="team", answers={"rows": [member | spoken]}, saved_by=user, saved_at=clock.now()
        )
    return {"pk": work.pk, "part": "team", "position": 1}


VERIFIER_OBJECTS: dict[str, Callable[[], dict[str, object]]] = {
    "claim_finding": lambda: {"pk": _claim("Aliağa").pk, "finding_pk": _work().findings.get().pk},
    "claim_report_file": lambda: {"pk": _claim("Aliağa").pk, "form": "json"},
    "verification_file": lambda: {"pk": _claim("Silifke").pk, "form": "json"},
    "signed": lambda: {"pk": _signed().pk},
    "signed_file": lambda: {"pk": _signed().pk, "form": "json"},
    "work": lambda: {"pk": _work().pk},
    "work_part": lambda: {"pk": _work().pk, "part": "team"},
    "work_list": lambda: {"pk": _work().pk, "part": "team"},
    "work_row": _work_row,
    "work_finding": lambda: {"pk": _work().pk, "number": 1},
}
