"""The subject of the checks: everything that a claim, its register and its history say reaches the rules."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from verification.checks import run_checks
from verification.checks.model import Finding
from verification.claims.findings import findings_on_draft, findings_on_snapshot, last_snapshot, open_findings
from verification.claims.kinds import content_of
from verification.claims.models import Claim, ClaimEvidence, FindingAnswer, VerificationStatement
from verification.claims.subjects.emissions import subject_of
from verification.claims.subjects.sealed import SealedContent
from verification.kernel import clock
from verification.registry.models import AccreditationMeasure, Installation, Membership

pytestmark = [pytest.mark.db, pytest.mark.django_db]
ClaimAt = Callable[[str], Claim]
CEMENT_GRID = "PRE-019:25232900 Clinker kilns and cement mills"
EXPECTED = {
    "Aliağa": ["ELE-001:D_Processes"],
    "İskenderun": ["ELE-001:D_Processes"],
    "Sivas": [CEMENT_GRID],
    "Gebze": [
        "PLA-002:72189911",
        "PLA-002:72191310",
        "PLA-002:72210010",
        "PLA-002:73041100",
        "PRE-002:E_PurchPrec",
        "ELE-001:D_Processes",
    ],
    "Gemlik": ["PRE-002:E_PurchPrec", "PRE-019:31052010 Pipe reactor and granulation"],
    "Silifke": [CEMENT_GRID],
    "Dilovası": ["PLA-003:28041000 Chlor-alkali cells", "ELE-001:D_Processes"],
    "Karabük": ["VER-009", "ELE-001:D_Processes"],
    "Trabzon": ["COM-001", "VER-009", "EVI-001"],
}


def codes(claim: Claim) -> list[str]:
    return [finding.code for finding in findings_on_draft(claim)]


def changed(claim: Claim, **changes: Any) -> Claim:
    """The claim with another reading, as a way in without the Commission's template gives it."""
    claim.reading = {**copy.deepcopy(claim.reading), "template": {"name": "Form", "version": "1"}, **changes}  # type: ignore[dict-item]
    return claim


def with_report(claim: Claim, **parts: Any) -> Claim:
    report = {**copy.deepcopy(claim.reading["report"]), **parts}  # type: ignore[index]
    return changed(claim, report=report)


# The demonstration


@pytest.mark.parametrize("city", sorted(EXPECTED))
def test_claims_of_the_demonstration_have_exactly_these_findings(claim_at: ClaimAt, city: str) -> None:
    claim = claim_at(city)
    assert [finding.key for finding in findings_on_draft(claim)] == EXPECTED[city]
    snapshot = claim.snapshots.last()
    if snapshot is not None:
        assert [finding.key for finding in findings_on_snapshot(claim, snapshot)] == EXPECTED[city]


def test_recorded_answers_still_belong_to_findings(world: None) -> None:
    answers = list(FindingAnswer.objects.select_related("claim", "snapshot"))
    assert answers
    for answer in answers:
        keys = {finding.key for finding in findings_on_snapshot(answer.claim, answer.snapshot)}
        assert answer.finding_key in keys


def test_place_names_the_cell_where_the_file_has_one(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    claim.reading["installation"]["latitude"] = "41"  # type: ignore[index]
    found = {each.code: each.where for each in findings_on_draft(claim)}
    assert found["IDN-002"] == "Coordinates of the installation (A_InstData!I28)"


# What else a reading may carry


def test_reconciliation_and_balances_are_judged_where_the_reading_has_them(claim_at: ClaimAt) -> None:
    claim = changed(
        claim_at("Silifke"),
        reconciliation={"installation_direct_tco2e": "120", "processes_direct_tco2e": "100", "factor": "1.2"},
        balances={"heat_tj": {"supplied": "100", "used": "50"}, "electricity_mwh": None},
    )
    assert {"SUM-004", "HEA-001"} <= set(codes(claim))
    assert "ELE-008" not in codes(claim)


def test_the_commission_s_template_is_not_asked_for_what_it_has_no_place_for(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    claim.reading["balances"] = {"heat_tj": {"supplied": "0", "used": "50"}}  # type: ignore[index]
    claim.reading["reconciliation"] = {"factor": "1.2"}  # type: ignore[index]
    assert {"HEA-001", "SUM-004", "STR-005", "COM-012"} & set(codes(claim)) == set()
    assert {"HEA-001", "SUM-004", "STR-005", "COM-012"} <= set(codes(changed(claim)))


def supplied(claim: Claim, **facts: str) -> Claim:
    supply = {"id": "U1", "operator": "Klinker Ltd", "certificate_number": "EC-1", "value_source": "measured"}
    precursor = {"id": "PP1", "name": "Clinker", "category": "Cement clinker", "country": "TR", "supplies": [supply]}
    certificate = {"status": "valid", "scheme": "eu-cbam", "period_start": "2026-01-01", "period_end": "2027-01-01"}
    return changed(
        with_report(claim, precursors=[precursor]), precursor_certificates={"EC-1": {**certificate, **facts}}
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"status": "revoked"}, "PRE-009"),
        ({"scheme": "uk-cbam"}, "PRE-010"),
        ({"period_start": "2025-01-01", "period_end": "2026-01-01"}, "PRE-011"),
        ({"verifier_problem": "suspended"}, "PRE-012"),
    ],
)
def test_facts_about_certificates_are_judged(claim_at: ClaimAt, facts: dict[str, str], code: str) -> None:
    found = [each for each in codes(supplied(claim_at("Silifke"), **facts)) if each.startswith("PRE-")]
    assert found == [code, "PRE-019"]


def test_valid_certificate_has_no_finding(claim_at: ClaimAt) -> None:
    assert [each for each in codes(supplied(claim_at("Silifke"))) if each.startswith("PRE-")] == ["PRE-019"]


def test_grid_factors_are_compared_where_the_reading_has_them(claim_at: ClaimAt) -> None:
    assert "ELE-004" in codes(changed(claim_at("Silifke"), grid_factors={"TR": "0.42"}))
    assert "ELE-004" not in codes(changed(claim_at("Silifke"), grid_factors={"TR": "0.833"}))


def test_default_of_a_precursor_is_compared_with_the_table(claim_at: ClaimAt) -> None:
    def buying(value: str) -> list[str]:
        precursor = {
            "id": "PP1",
            "name": "Coil",
            "cn": "72083900",
            "category": "Iron or steel products",
            "country": "TR",
            "see_direct_source": "default",
            "see_direct_tco2e_per_unit": value,
        }
        return codes(with_report(claim_at("Silifke"), precursors=[precursor]))

    assert "PRE-008" not in buying("2.428")
    assert "PRE-008" not in buying("2.671")
    assert "PRE-008" in buying("2.5")


def test_precursor_from_within_the_scheme_is_told(claim_at: ClaimAt) -> None:
    precursor = {"id": "PP1", "name": "Clinker", "country": "DE", "see_direct_tco2e_per_unit": "0.8"}
    assert "PRE-007" in codes(with_report(claim_at("Silifke"), precursors=[precursor]))


# Evidence and register


def test_file_that_was_not_found_clean_stands_against_the_claim(claim_at: ClaimAt) -> None:
    use = ClaimEvidence.objects.filter(claim=claim_at("Karabük"), removed_at=None).select_related("file").first()
    assert use is not None
    type(use.file).objects.filter(pk=use.file_id).update(state="quarantined")
    found = [finding for finding in findings_on_draft(claim_at("Karabük")) if finding.code == "EVI-002"]
    assert [finding.where for finding in found] == [use.file.name]


def test_ended_registration_is_told(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    Installation.objects.filter(pk=claim.installation_id).update(valid_to=clock.today())
    assert "IDN-006" in codes(claim_at("Silifke"))


def test_code_of_another_category_is_told(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    claim.reading["goods"][0]["cn"] = "72083900"  # type: ignore[index]
    assert "DAT-007" in codes(claim)


# The statement


def statement_of(claim: Claim) -> VerificationStatement:
    return VerificationStatement.objects.get(engagement__snapshot=last_snapshot(claim), engagement__state="confirmed")


def sealed_findings(claim: Claim, **values: Any) -> dict[str, Finding]:
    """Findings by code, as they would be had the statement said ``values``; a signed one never changes."""
    snapshot, statement = last_snapshot(claim), statement_of(claim)
    for name, value in values.items():
        setattr(statement, name, value)
    sealed = SealedContent(json.loads(snapshot.content), snapshot.sha256, snapshot.sealed_at)
    return {finding.code: finding for finding in run_checks(subject_of(claim, sealed, statement))}


def sealed_codes(claim: Claim, **values: Any) -> set[str]:
    return set(sealed_findings(claim, **values))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"materiality_percent": "7"}, "VER-015"),
        ({"non_conformities": "Calibration late"}, "VER-017"),
        ({"opinion": "satisfactory_with_comments"}, "VER-018"),
        ({"visit_kind": "virtual"}, "VER-012"),
        ({"visit_kind": "waived"}, "VER-013"),
        ({"independent_reviewer": "Emre Yıldırım", "lead_auditor": "emre yıldırım"}, "VER-010"),
        ({"visit_started_on": date(2025, 1, 1)}, "VER-011"),
        ({"report_number": ""}, "VER-030"),
    ],
)
def test_statement_is_judged_by_its_content(claim_at: ClaimAt, values: dict[str, Any], code: str) -> None:
    claim = claim_at("Silifke")
    assert code not in sealed_codes(claim)
    assert code in sealed_codes(claim, **values)


def test_confirmed_number_that_is_not_the_sealed_one_is_found(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    numbers = copy.deepcopy(statement_of(claim).confirmed_numbers)
    numbers[0]["see_direct"] = "0.1"
    found = sealed_findings(claim, confirmed_numbers=numbers)["VER-019"]
    assert (found.where, found.found) == ("good 1, 25232900, see direct", "0.1")


def test_later_suspension_is_a_matter_to_look_at_and_no_block(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    statement = statement_of(claim)
    AccreditationMeasure.objects.create(
        accreditation=statement.accreditation,
        kind="suspended",
        effective_on=statement.report_dated_on + timedelta(days=1),
        reason="Inspection",
        recorded_at=clock.now(),
    )
    assert {"VER-001", "VER-028"} & sealed_codes(claim) == {"VER-028"}


def test_person_of_both_organisations_is_found(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    statement = statement_of(claim)
    Membership.objects.create(
        user=statement.signed_by,
        organisation=claim.organisation,
        role="member",
        joined_at=statement.signed_at - timedelta(days=1),
    )
    assert "VER-025" in sealed_codes(claim)


def test_membership_that_ended_before_the_signature_is_no_matter(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    statement = statement_of(claim)
    Membership.objects.create(
        user=statement.signed_by,
        organisation=claim.organisation,
        role="member",
        joined_at=statement.signed_at - timedelta(days=9),
        ended_at=statement.signed_at - timedelta(days=5),
    )
    assert "VER-025" not in sealed_codes(claim)


def test_report_behind_another_statement_is_found(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    other = statement_of(claim_at("Gemlik"))
    assert "VER-027" not in sealed_codes(claim)
    assert "VER-027" in sealed_codes(claim, report=other.report)


def test_open_findings_leave_out_what_was_answered(claim_at: ClaimAt) -> None:
    claim = claim_at("Gemlik")
    assert [finding.key for finding in open_findings(claim)] == ["PRE-002:E_PurchPrec"]
    FindingAnswer.objects.create(
        claim=claim,
        snapshot=last_snapshot(claim),
        finding_key="PRE-002:E_PurchPrec",
        text="Seen.",
        answered_by=claim.created_by,
        answered_at=clock.now(),
    )
    assert open_findings(claim) == []


def test_draft_is_judged_by_what_it_says_now(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    claim.reading["goods"][0]["quantity"] = "0"  # type: ignore[index]
    assert content_of(claim)["reading"]["goods"][0]["quantity"] == "0"
    assert {"COM-002", "VER-007"} <= set(codes(claim))
