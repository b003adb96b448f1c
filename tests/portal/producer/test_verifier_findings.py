"""The producer's side of what a verifier finds, and the sealed report."""

import pytest
from django.urls import reverse

from tests.factories.organisations import make_organisation
from tests.factories.verification import accepted_work, sign
from verification.claims.models import Engagement, FindingMessage
from verification.claims.services.verifier_findings import FindingDetails, close_finding, raise_finding
from verification.claims.verification.words import FindingKind, FindingOutcome

pytestmark = pytest.mark.db


@pytest.fixture
def claim(claim_at):
    return claim_at("Karabük")


@pytest.fixture
def finding(claim, acting):
    work = accepted_work(Engagement.objects.get(claim=claim), acting("verifier"))
    details = FindingDetails(FindingKind.NON_CONFORMITY, False, "Monitoring plan", "Version 2 was used & signed.")
    return raise_finding(work, actor=acting("verifier"), details=details)


def at(name, claim, *more):
    return reverse(f"producer:{name}", args=[claim.pk, *more])


def test_findings_are_listed_and_answered(producer, claim, finding):
    assert at("claim_verifier_findings", claim) in producer.get(at("claim_verifier", claim)).content.decode()
    shown = producer.get(at("claim_verifier_findings", claim)).content.decode()
    assert "Version 2 was used &amp; signed." in shown
    address = at("claim_verifier_finding", claim, finding.pk)
    assert list(producer.post(address, {"text": " "}).context["form"].errors) == ["text"]
    producer.post(address, {"text": "Version 3 is attached."})
    assert list(FindingMessage.objects.filter(finding=finding).values_list("side", "text")) == [
        ("producer", "Version 3 is attached.")
    ]
    assert "Version 3 is attached." in producer.get(address).content.decode()


def test_closed_finding_takes_no_answer(producer, claim, finding, acting):
    close_finding(finding, actor=acting("verifier"), outcome=FindingOutcome.CORRECTED, reason="Seen.")
    address = at("claim_verifier_finding", claim, finding.pk)
    assert "Your answer" not in producer.get(address).content.decode()
    assert producer.post(address, {"text": "Late."}).status_code == 409


def test_other_producer_finds_nothing(client, claim, finding):
    _organisation, user = make_organisation("Other Works", is_producer=True)
    client.force_login(user)
    for address in (
        at("claim_verifier_findings", claim),
        at("claim_verifier_finding", claim, finding.pk),
        at("claim_verification", claim),
        at("claim_verification_file", claim, "json"),
    ):
        assert client.get(address).status_code == 404, address


def test_finding_of_another_claim_is_not_found(producer, claim_at, finding):
    assert producer.get(at("claim_verifier_finding", claim_at("Aliağa"), finding.pk)).status_code == 404


def test_sealed_report_is_the_same_for_producer_and_official(producer, client, claim_at, user_of):
    claim = claim_at("Gebze")
    shown = producer.get(at("claim_verification", claim)).content.decode()
    own = producer.get(at("claim_verification_file", claim, "json")).content
    assert claim.engagements.get().statement.sealed_report.sha256 in shown
    client.force_login(user_of("reviewer"))
    page = client.get(reverse("official:claim_verification", args=[claim.pk])).content.decode()
    assert claim.engagements.get().statement.sealed_report.sha256 in page
    assert (
        reverse("official:claim_verification", args=[claim.pk])
        in client.get(reverse("official:claim", args=[claim.pk])).content.decode()
    )
    assert client.get(reverse("official:claim_verification_file", args=[claim.pk, "json"])).content == own


def test_there_is_no_report_before_the_signature(producer, claim, finding):
    assert producer.get(at("claim_verification", claim)).status_code == 404


def test_statement_leads_to_the_report(producer, claim, finding, acting):
    close_finding(finding, actor=acting("verifier"), outcome=FindingOutcome.CORRECTED, reason="Seen.")
    sign(Engagement.objects.get(claim=claim), acting("verifier"))
    assert at("claim_verification", claim) in producer.get(at("claim_verifier", claim)).content.decode()
