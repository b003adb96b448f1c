"""Installations, organisations and certificates of a producer."""

import hashlib
import io
import subprocess

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.organisations import make_installation, make_organisation
from tests.factories.people import make_user
from verification.certificates.models import Certificate
from verification.certificates.services.issue import issue_certificate
from verification.registry.models import Installation, Organisation

pytestmark = pytest.mark.db

SITE = {
    "name": "Test Works",
    "economic_activity": "Manufacture of cement",
    "address": "1 Test Road",
    "city": "İzmir",
    "country": "TR",
    "unlocode": "tr izm",
    "latitude": "38.42",
    "longitude": "27.14",
}
FIRM = {
    "name": "New Firm",
    "country": "IN",
    "registration_number": "U27100",
    "address": "1 Test Road",
    "contact_email": "office@firm.example",
    "is_producer": "on",
}


@pytest.fixture
def karacam(world):
    return Organisation.objects.get(is_producer=True, country="TR")


def test_installation_is_registered(producer, karacam):
    response = producer.post(reverse("producer:installation_register"), SITE | {"organisation": karacam.pk})
    made = Installation.objects.get(name="Test Works")
    assert response["Location"] == reverse("producer:installation", args=[made.pk])
    assert made.unlocode == "TRIZM"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("latitude", "100"), ("longitude", "-181"), ("latitude", "38,42"), ("unlocode", "TR"), ("unlocode", "DEHAM")],
)
def test_wrong_place_is_told_beside_its_field_and_kept(producer, karacam, field, typed):
    fields = SITE | {"organisation": karacam.pk, field: typed}
    response = producer.post(reverse("producer:installation_register"), fields)
    assert list(response.context["form"].errors) == [field]
    assert 'value="Test Works"' in response.content.decode()


def test_installation_of_another_organisation_is_not_made(outsider, karacam):
    response = outsider.post(reverse("producer:installation_register"), SITE | {"organisation": karacam.pk})
    assert response.status_code == 200
    assert not Installation.objects.filter(name="Test Works").exists()


def test_list_of_installations_issues_as_many_queries_for_one_as_for_many(client, world):
    organisation, user = make_organisation("New Works", is_producer=True)
    client.force_login(user)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("producer:installations")).status_code == 200
        return len(captured)

    make_installation(organisation, user)
    queries()
    with_one = queries()
    for number in range(5):
        make_installation(organisation, user, f"Works {number}")
    assert queries() == with_one


def test_person_registers_an_organisation_and_acts_for_it(client, world):
    client.force_login(make_user())
    response = client.post(reverse("producer:organisation_register"), FIRM)
    assert response["Location"] == reverse("producer:installation_register")
    assert client.get(reverse("producer:home")).status_code == 200


def test_organisation_needs_something_to_do(client, world):
    client.force_login(make_user())
    fields = {key: value for key, value in FIRM.items() if key != "is_producer"}
    response = client.post(reverse("producer:organisation_register"), fields)
    assert list(response.context["form"].errors) == ["is_producer"]


def test_registered_number_is_not_registered_again(client, karacam):
    client.force_login(make_user())
    fields = FIRM | {"country": "TR", "registration_number": karacam.registration_number}
    response = client.post(reverse("producer:organisation_register"), fields)
    assert list(response.context["form"].errors) == ["registration_number"]


def test_nobody_registers_a_verifier(client, world):
    client.force_login(make_user())
    client.post(reverse("producer:organisation_register"), FIRM | {"is_verifier": "on"})
    assert not Organisation.objects.get(name="New Firm").is_verifier


def test_certificate_that_is_being_sealed_looks_again_by_itself(producer, claim_at):
    certificate = Certificate.objects.get(claim=claim_at("Aliağa"))
    address = reverse("producer:certificate", args=[certificate.pk])
    page = producer.get(address).content.decode()
    assert 'hx-trigger="every ' in page
    assert producer.get(reverse("producer:certificate_download", args=[certificate.pk])).status_code == 404


def test_sealed_certificate_is_downloaded(producer, claim_at):
    certificate = Certificate.objects.get(claim=claim_at("Aliağa"))
    edition = issue_certificate(str(certificate.pk))
    page = producer.get(reverse("producer:certificate", args=[certificate.pk])).content.decode()
    assert 'hx-trigger="every ' not in page
    assert f'href="/check/{certificate.code}/"' in page
    response = producer.get(reverse("producer:certificate_download", args=[certificate.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="{certificate.number}.pdf"'
    assert len(b"".join(response.streaming_content)) == edition.size_bytes


def test_revoked_certificate_says_so(producer, claim_at):
    certificate = Certificate.objects.get(claim=claim_at("İskenderun"))
    page = producer.get(reverse("producer:certificate", args=[certificate.pk])).content.decode()
    assert certificate.revocation.number in page
    assert "weighbridge" in page


def test_certificates_are_listed(producer, claim_at):
    page = producer.get(reverse("producer:certificates")).content.decode()
    assert Certificate.objects.get(claim=claim_at("Aliağa")).number in page


def test_file_of_a_revoked_certificate_comes_in_a_cover_that_says_so(producer, claim_at):
    certificate = Certificate.objects.get(claim=claim_at("İskenderun"))
    issue_certificate(str(certificate.pk))
    address = reverse("producer:certificate_download", args=[certificate.pk])
    alone = b"".join(producer.get(address, {"file": "sealed"}).streaming_content)
    assert hashlib.sha256(alone).hexdigest() == certificate.editions.get().sha256
    response = producer.get(address)
    assert response["Content-Disposition"] == f'attachment; filename="{certificate.number}-not-in-force.pdf"'
    with pikepdf.open(io.BytesIO(response.content)) as cover:
        assert cover.attachments[f"{certificate.number}.pdf"].get_file().read_bytes() == alone
    text = subprocess.run(["pdftotext", "-", "-"], input=response.content, capture_output=True, check=True).stdout
    assert certificate.revocation.number in text.decode()
    assert certificate.revocation.effective_on.isoformat() in text.decode()
