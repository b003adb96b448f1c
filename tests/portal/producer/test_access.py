"""Every address of the producer's pages: strangers sign in first, other organisations find nothing."""

import uuid

import pytest
from django.urls import reverse

from portal.producer.urls import urlpatterns
from verification.certificates.models import Certificate
from verification.claims.models import VerifierFinding

pytestmark = pytest.mark.db

PUBLIC_TO_PRODUCERS = {
    "home", "claims", "claim_start", "installations", "installation_register", "certificates", "organisation_register",
}  # fmt: skip
OF_A_CLAIM = {
    "claim", "claim_template", "claim_results", "claim_evidence", "claim_verifier", "claim_check", "claim_sent",
    "claim_answer", "claim_withdraw", "claim_entry_begin", "claim_file", "claim_changes", "claim_amend", "claim_renew",
    "claim_reports", "claim_report_share", "claim_computation", "claim_computation_json", "claim_computation_csv",
    "claim_verifier_findings", "claim_verification",
    "case_file",
}  # fmt: skip
IN_THE_FORM = {
    "claim_step": ["streams"], "claim_rows_paste": ["streams"], "claim_export": ["json"],
    "claim_row": ["streams", "S1"], "claim_row_add": ["streams"],
    "claim_row_remove": ["streams", "S1"],
}  # fmt: skip
ONLY_POSTED = {"claim_renew", "case_file", "claim_row_add"}
OTHERS = {"claim_evidence_remove", "installation", "certificate", "certificate_download", "file"}
REPORTS = {"claim_report": ["full"], "claim_report_download": ["full", "json"]}
REPORTS |= {"claim_verification_file": ["json"]}
OTHERS |= {*REPORTS, "claim_report_end", "claim_verifier_finding"}
PRICES = {pattern.name for pattern in urlpatterns if pattern.name.startswith("price")}
"""Tried with a claim of their own kind, in test_prices and with every other address of the site."""


def address(name, claim_at):
    claim = claim_at("Aliağa")
    if name in PUBLIC_TO_PRODUCERS:
        return reverse(f"producer:{name}")
    if name in OF_A_CLAIM:
        return reverse(f"producer:{name}", args=[claim.pk])
    if name in IN_THE_FORM:
        return reverse(f"producer:{name}", args=[claim_at("Gaziantep").pk, *IN_THE_FORM[name]])
    arguments = {
        "claim_evidence_remove": [claim.pk, claim.evidence.exclude(purpose="communication_template").get().pk],
        "installation": [claim.installation_id],
        "certificate": [Certificate.objects.get(claim=claim).pk],
        "certificate_download": [Certificate.objects.get(claim=claim).pk],
        "file": [claim.template_file_id],
        "claim_report_end": [claim.pk, claim.disclosures.get().pk],
        "claim_verifier_finding": [claim.pk, VerifierFinding.objects.get(work__claim=claim).pk],
        **{report: [claim.pk, *parts] for report, parts in REPORTS.items()},
    }
    return reverse(f"producer:{name}", args=arguments[name])


def test_every_address_is_tried_here():
    assert {pattern.name for pattern in urlpatterns} - PRICES == PUBLIC_TO_PRODUCERS | OF_A_CLAIM | set(
        IN_THE_FORM
    ) | OTHERS


@pytest.mark.parametrize("name", sorted(PUBLIC_TO_PRODUCERS | OF_A_CLAIM | set(IN_THE_FORM) | OTHERS))
def test_stranger_is_asked_to_sign_in(client, claim_at, name):
    response = client.get(address(name, claim_at))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", sorted(OF_A_CLAIM | set(IN_THE_FORM) | OTHERS))
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_organisation_finds_nothing(outsider, claim_at, name, method):
    assert getattr(outsider, method)(address(name, claim_at)).status_code in (404, 405)


@pytest.mark.parametrize("name", sorted((OF_A_CLAIM | set(IN_THE_FORM) | OTHERS) - ONLY_POSTED))
def test_other_organisation_gets_404_when_it_looks(outsider, claim_at, name):
    assert outsider.get(address(name, claim_at)).status_code == 404


@pytest.mark.parametrize("name", sorted(OF_A_CLAIM - ONLY_POSTED))
def test_official_finds_no_claim_on_the_producers_pages(client, user_of, claim_at, name):
    client.force_login(user_of("reviewer"))
    assert client.get(address(name, claim_at)).status_code in (404, 405)


def test_claim_that_is_not_there_is_404(producer):
    assert producer.get(reverse("producer:claim", args=[uuid.uuid4()])).status_code == 404


def test_pages_are_never_cached(producer):
    assert "no-store" in producer.get(reverse("producer:home"))["Cache-Control"]


def test_person_without_organisation_is_led_to_register_one(client, user_of):
    client.force_login(user_of("verifier"))
    assert client.get(reverse("producer:home"))["Location"] == reverse("producer:organisation_register")
