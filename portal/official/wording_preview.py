"""A wording as producers would read it, with invented facts in its braces."""

from __future__ import annotations

from collections.abc import Mapping

from verification.kernel.errors import InvalidInput
from verification.wording.placeholders import fill, problems_of

EXAMPLE: Mapping[str, str] = {
    "accepted": "600",
    "assurance": "reasonable",
    "certificate": "EU-CBAM-2027-000012",
    "claim": "EC-2027-000418",
    "comment_until": "2027-04-14",
    "decision": "D-2027-000031",
    "due_on": "2027-03-30",
    "effective_on": "2027-01-01",
    "installation": "Karaçam Aliağa",
    "offered": "900",
    "policy": "Article 7",
    "report": "VR-2027-031",
    "report_dated_on": "2027-02-26",
    "returned": "300",
    "verifier": "Anadolu Verification",
    "year": "2026",
}


def preview_of(text: str, *, claim_kind: str | None = None, act: str = "") -> str:
    """The filled text. Where a kind is named, raises ``InvalidInput`` with what keeps the text from being published."""
    problems = problems_of(text, claim_kind=claim_kind, act=act) if claim_kind is not None else []
    if problems:
        raise InvalidInput("The text cannot be published so.", problems)
    return fill(text, EXAMPLE)
