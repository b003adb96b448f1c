"""The verifier's pages: exactly the sealed numbers, a statement with a second factor, nothing typed is lost."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.commands.demonstration.workbooks import paper
from tests.factories.people import current_code
from tests.factories.verification import accepted_work, fill_report
from verification.accounts.models import User
from verification.claims.models import Engagement, VerificationStatement
from verification.evidence.models import EvidenceFile
from verification.registry.models import Accreditation

pytestmark = pytest.mark.db


@pytest.fixture(autouse=True)
def _no_earlier_failures():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def report():
    return paper("Verification report", ["Reasonable assurance."])


@pytest.fixture
def person(user_of) -> User:
    return user_of("verifier")


@pytest.fixture
def verifier(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def code(person):
    return current_code(person.authenticator_set.get(type="totp"))


@pytest.fixture
def invitation(claim_at):
    return Engagement.objects.get(claim=claim_at("Karabük"))


@pytest.fixture
def engagement(invitation, acting):
    """Accepted, with every part of the report filled in."""
    fill_report(accepted_work(invitation, acting("verifier")), acting("verifier"))
    return invitation


def page(name, engagement):
    return reverse(f"verifier:{name}", args=[engagement.pk])


def statement(engagement, report=None, **changes):
    fields = {
        "opinion": "satisfactory",
        "assurance": "reasonable",
        "report_number": "AV-2027-901",
        "report_dated_on": "2027-03-12",
        "accreditation": Accreditation.objects.get().pk,
        "seen_sha256": engagement.snapshot.sha256,
    }
    files = {"report": SimpleUploadedFile("Report.pdf", report)} if report else {}
    return fields | changes | files


def test_home_shows_open_invitations_first(verifier, engagement):
    response = verifier.get(reverse("verifier:home"))
    assert [entry.address for entry in response.context["to_do"]] == [
        reverse("verifier:work", args=[engagement.claim.works.get().pk])
    ]
    assert all(row.state == "confirmed" for row in response.context["page"])


def test_page_shows_exactly_the_sealed_numbers(verifier, engagement):
    engagement.claim.reading["goods"][0]["see_applicable"] = "99"
    engagement.claim.save(update_fields=["reading"])
    shown = verifier.get(page("engagement", engagement)).content.decode()
    assert engagement.snapshot.sha256 in shown
    assert "1.60452643514" in shown
    assert "99</strong>" not in shown


def test_statement_is_signed_with_a_code(verifier, engagement, report, code):
    response = verifier.post(page("engagement_confirm", engagement), statement(engagement, report, code=code))
    assert response["Location"] == page("engagement", engagement)
    signed = VerificationStatement.objects.get(engagement=engagement)
    assert (signed.opinion, signed.snapshot_sha256) == ("satisfactory", engagement.snapshot.sha256)
    assert signed.report.name == "Report.pdf"
    engagement.refresh_from_db()
    assert engagement.state == "confirmed"


def test_wrong_code_keeps_everything_that_was_typed_and_the_report(verifier, engagement, report, code):
    address = page("engagement_confirm", engagement)
    fields = statement(engagement, report, code="000000", report_number="Two meters & one scale")
    response = verifier.post(address, fields)
    assert list(response.context["form"].errors) == ["code"]
    shown = response.content.decode()
    assert "Two meters &amp; one scale" in shown
    assert "The report “Report.pdf” is kept." in shown
    kept = EvidenceFile.objects.get(name="Report.pdf")
    again = statement(engagement, code=code, kept_report=str(kept.pk))
    assert verifier.post(address, again)["Location"] == page("engagement", engagement)
    assert VerificationStatement.objects.get(engagement=engagement).report == kept


def test_code_is_not_asked_again_for_five_minutes(verifier, engagement, report, code):
    address = page("engagement_confirm", engagement)
    wrong = statement(engagement, report, code=code, report_dated_on="2027-05-01")
    response = verifier.post(address, wrong)
    assert list(response.context["form"].errors) == ["report_dated_on"]
    assert "code" not in verifier.get(address).context["form"].fields


def test_used_code_does_not_sign_again(verifier, engagement, report, code, person):
    address = page("engagement_confirm", engagement)
    verifier.post(address, statement(engagement, report, code=code, report_dated_on="2027-05-01"))
    other_session = Client()
    other_session.force_login(person)
    response = other_session.post(address, statement(engagement, report, code=code))
    assert list(response.context["form"].errors) == ["code"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"report_dated_on": "2027-05-01"}, "report_dated_on"),
        ({"report_dated_on": "2026-01-01"}, "accreditation"),
        ({"opinion": "wonderful"}, "opinion"),
        ({"report_number": ""}, "report_number"),
    ],
)
def test_wrong_field_is_named(verifier, engagement, report, code, changes, field):
    fields = statement(engagement, report, code=code, **changes)
    response = verifier.post(page("engagement_confirm", engagement), fields)
    assert field in response.context["form"].errors
    assert not VerificationStatement.objects.filter(engagement=engagement).exists()


def test_statement_about_other_numbers_is_a_conflict(verifier, engagement, report, code):
    fields = statement(engagement, report, code=code, seen_sha256="0" * 64)
    response = verifier.post(page("engagement_confirm", engagement), fields)
    assert response.status_code == 409
    assert "other numbers" in response.content.decode()


def test_report_is_needed(verifier, engagement, code):
    response = verifier.post(page("engagement_confirm", engagement), statement(engagement, code=code))
    assert list(response.context["form"].errors) == ["report"]


def test_report_must_be_a_pdf(verifier, engagement, code):
    fields = statement(engagement, b"a,b\n1,2\n", code=code)
    fields["report"].name = "report.csv"
    response = verifier.post(page("engagement_confirm", engagement), fields)
    assert "FIL-019" in response.context["form"].errors["report"][0]


def test_report_over_the_limit_is_refused_and_fields_are_kept(verifier, engagement, settings, code):
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    fields = statement(engagement, b"%PDF-1.7" + bytes(3 * 1024 * 1024), code=code)
    response = verifier.post(page("engagement_confirm", engagement), fields)
    assert response.context["form"].errors["report"][0].startswith("FIL-001: ")
    assert "AV-2027-901" in response.content.decode()


def test_kept_report_of_another_organisation_is_not_taken(verifier, engagement, code, claim_at):
    fields = statement(engagement, code=code, kept_report=str(claim_at("Karabük").template_file_id))
    response = verifier.post(page("engagement_confirm", engagement), fields)
    assert "report" in response.context["form"].errors


def test_invitation_is_declined_with_a_reason(verifier, engagement):
    address = page("engagement_decline", engagement)
    assert "reason" in verifier.post(address, {"reason": " "}).context["form"].errors
    verifier.post(address, {"reason": "We audited this site's software."})
    engagement.refresh_from_db()
    assert (engagement.state, engagement.decline_reason) == ("declined", "We audited this site's software.")
    assert verifier.post(address, {"reason": "again"}).status_code == 409


def test_signed_invitation_is_closed(verifier, claim_at):
    signed = Engagement.objects.get(claim=claim_at("Aliağa"))
    assert verifier.get(page("engagement_confirm", signed)).status_code == 409
    assert verifier.get(page("engagement", signed)).status_code == 200


def test_signature_before_the_acceptance_leads_to_the_declaration(verifier, invitation):
    response = verifier.get(page("engagement_confirm", invitation))
    assert response["Location"] == page("engagement_accept", invitation)


def test_report_that_lacks_a_part_is_not_signed(verifier, invitation, report, code, acting):
    accepted_work(invitation, acting("verifier"))
    response = verifier.post(page("engagement_confirm", invitation), statement(invitation, report, code=code))
    shown = response.content.decode()
    assert "The team has one lead auditor." in shown
    assert "The kind of site visit is missing." in shown
    assert not VerificationStatement.objects.filter(engagement=invitation).exists()


def test_producer_is_no_verifier(client, user_of, engagement):
    client.force_login(user_of("producer"))
    assert client.get(page("engagement_confirm", engagement)).status_code == 404


def test_files_of_the_claim_are_downloaded(verifier, engagement):
    use = engagement.claim.evidence.first()
    response = verifier.get(reverse("verifier:file", args=[use.file_id]))
    assert response["Content-Disposition"].startswith("attachment")


def test_person_with_a_passkey_is_led_to_prove_it(verifier, engagement):
    shown = verifier.get(page("engagement_confirm", engagement)).content.decode()
    assert f"{reverse('mfa_reauthenticate_webauthn')}?next={page('engagement_confirm', engagement)}" in shown
