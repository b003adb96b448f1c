"""Records of the documents beside certificates: the notice of a revocation, the summary of an assessment."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tests.factories.certificates import certificate_record
from tests.factories.unit_certificates import HOLDER, block, taken, unit_record
from verification.certificates.assessment_record import AssessedLine, AssessmentFacts, build_assessment_record
from verification.certificates.revocation_record import RevocationFacts, build_revocation_record
from verification.kernel.canonical import sha256_of


def revocation_record(certificate: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    certificate = certificate or certificate_record()
    facts: dict[str, Any] = {
        "number": "L-2027-000731",
        "issued_at": datetime(2027, 9, 9, 14, 5, 51, tzinfo=UTC),
        "effective_on": date(2026, 9, 15),
        "reason": "Verification report withdrawn by the verifier on 2027-08-12: two months of scrap counted twice.",
        "decision": {
            "ref": "R-2027-000016",
            "reviewer": "R-0201",
            "recommended_on": "2027-09-02",
            "approver": "A-0017",
            "approved_on": "2027-09-09",
            "legal_ground": "Regulation (EU) 2023/956, Article 8",
            "appeal_until": "2027-10-09",
        },
        "language": certificate["language"],
        "is_specimen": True,
    }
    return build_revocation_record(
        RevocationFacts(**(facts | changes)), certificate=certificate, sha256=sha256_of(certificate)
    )


def assessed_line(number: int = 0, **changes: Any) -> AssessedLine:
    """A line with a verified value; the default is higher."""
    facts: dict[str, Any] = {
        "good": f"{72142000 + number}",
        "description": "Bars and rods, hot-rolled, with indentations, ribs or grooves",
        "origin": "TR",
        "mass_t": Decimal("12500.250"),
        "see": Decimal("0.3121852464"),
        "free_allocation": Decimal("0.25"),
        "default_see": Decimal("2.541"),
        "basis": "verified",
        "certificate_no": "EU-CBAM-2027-004182",
        "reference": "Regulation (EU) 2023/956, Article 8",
    }
    return AssessedLine(**(facts | changes))


def assessment_record(lines: int = 2, language: str = "en") -> dict[str, Any]:
    """The last line rests on a default value."""
    first = block(1)
    plain = assessed_line(900, see=Decimal("2.541"), basis="default", certificate_no="")
    facts = AssessmentFacts(
        number="L-2027-000802",
        issued_at=datetime(2027, 3, 18, 9, 42, 17, tzinfo=UTC),
        importer=HOLDER,
        lines=[*(assessed_line(number) for number in range(lines - 1)), plain],
        units_t=1000,
        language=language,
        is_specimen=True,
    )
    return build_assessment_record(facts, certificate=unit_record([first], [taken(first)]))
