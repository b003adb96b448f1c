"""Anyone checks a certificate: by code, by number and code, by dropping the file."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from verification.certificates.models import Certificate
from verification.certificates.services.issue import issue_certificate
from verification.kernel.identifiers import grouped

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("world")]
CHECK = "/check/"


@pytest.fixture(autouse=True)
def _no_throttle_of_earlier_tests() -> None:
    cache.clear()


@pytest.fixture
def sealed() -> Certificate:
    certificate = _certificate("Aliağa")
    issue_certificate(str(certificate.pk))
    return Certificate.objects.get(pk=certificate.pk)


def _certificate(city: str) -> Certificate:
    return Certificate.objects.get(claim__installation__city=city)


def _page(reference: str, **query: str):
    return Client().get(reverse("public:check_result", args=[reference]), query)


def _drop(content: bytes, name: str = "certificate.pdf"):
    return Client().post(CHECK, {"file": SimpleUploadedFile(name, content, "application/pdf")})


def test_code_opens_the_answer_with_the_values_to_compare(sealed: Certificate) -> None:
    response = _page(sealed.code)
    assertContains(response, "Valid")
    assertContains(response, sealed.number)
    assertContains(response, "1.53898")
    assertContains(response, "SPECIMEN")


def test_typed_code_with_hyphens_and_small_letters_leads_there(sealed: Certificate) -> None:
    typed = grouped(sealed.code).lower()
    response = Client().get(CHECK, {"code": f" {typed} "})
    assertRedirects(response, f"/check/{typed.upper()}/")


def test_revoked_certificate_says_so_with_day_reason_and_default() -> None:
    response = _page(_certificate("İskenderun").code)
    assertContains(response, "Revoked")
    assertContains(response, "The default value applies instead.")
    assertContains(response, "weighbridge records")
    assertContains(response, "<s>")


def test_json_by_accept(sealed: Certificate) -> None:
    response = Client().get(f"/check/{sealed.code}/", headers={"accept": "application/json"})
    said = response.json()
    assert (said["number"], said["status"]) == (sealed.number, "valid")
    assert said["record"] == json.loads(sealed.record)
    assert said["file_sha256"] == sealed.edition.sha256
    revoked = Client().get(f"/check/{_certificate('İskenderun').code}/", headers={"accept": "application/json"}).json()
    assert (revoked["status"], revoked["revoked_from"]) == ("revoked", "2026-01-01")


def test_number_alone_tells_nothing_whether_it_exists_or_not(sealed: Certificate) -> None:
    real, invented = _page(sealed.number), _page("EU-CBAM-2027-999999")
    assert real.status_code == invented.status_code == 200
    for response in (real, invented):
        assertContains(response, "Code beside the QR code")
        assertNotContains(response, "Aliağa")


def test_number_and_code_must_belong_together(sealed: Certificate) -> None:
    assertContains(_page(sealed.number, code=sealed.code), "Valid")
    assert _page(_certificate("İskenderun").number, code=sealed.code).status_code == 404


@pytest.mark.parametrize("reference", ["JNC32JRSSZZT", "x", "0" * 12, "EU-CBAM", "%27%20OR%201=1"])
def test_unknown_codes_get_one_and_the_same_answer(reference: str) -> None:
    response = _page(reference)
    assert response.status_code == 404
    assertContains(response, "No such certificate", status_code=404)


def test_dropped_file_is_genuine_byte_for_byte(sealed: Certificate) -> None:
    response = _drop(sealed.edition.file.read(), name="renamed.pdf")
    assertContains(response, "The file is genuine")
    assertContains(response, "The seal is valid and covers the whole file.")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_one_changed_byte_fails_the_dropped_file(sealed: Certificate, share: float) -> None:
    content = bytearray(sealed.edition.file.read())
    content[int(len(content) * share)] ^= 1
    response = _drop(bytes(content))
    assertNotContains(response, "The file is genuine")
    assertNotContains(response, "The seal is valid")


def test_dropped_file_of_a_revoked_certificate_is_genuine_and_revoked() -> None:
    certificate = _certificate("İskenderun")
    content = issue_certificate(str(certificate.pk)).file.read()
    response = _drop(content)
    assertContains(response, "The file is genuine")
    assertContains(response, "Revoked")


@pytest.mark.parametrize("content", [b"", b"no pdf at all", b"%PDF-1.7 torn"])
def test_what_is_no_certificate_is_said_plainly(content: bytes) -> None:
    response = _drop(content)
    assert response.status_code == 200
    assertNotContains(response, "The file is genuine")


def test_large_files_are_refused_with_the_limit(settings) -> None:
    settings.CERTIFICATE_CHECK_MAX_BYTES = 1024 * 1024
    response = _drop(b"%PDF-1.7" + b"0" * (1024 * 1024 + 1))
    assertContains(response, "larger than 1 MB")


def test_too_many_checks_from_one_address_are_slowed() -> None:
    answers = [_drop(b"no pdf").status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]


def test_pages_are_never_cached(sealed: Certificate) -> None:
    assert "no-store" in _page(sealed.code)["Cache-Control"]


def test_units_show_their_numbers_and_what_struck_them(world) -> None:
    certificate = Certificate.objects.get(claim__kind="units")
    page = Client().get(reverse("public:check_result", args=[certificate.code]))
    assertContains(page, "9990003000")
    assertContains(page, "Accepted units")
    assertContains(page, "Registry corrected its record")
    assertContains(page, "They never change the verified specific embedded emissions")
