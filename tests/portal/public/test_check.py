"""Anyone checks a certificate: by code, by number and code, by its file, its hash or its offline code."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories.files import pdf
from verification.certificates.answers import Answer, answer_of, last_day_of_use
from verification.certificates.inspection import MAX_RECORD_BYTES
from verification.certificates.models import Certificate
from verification.certificates.services.issue import issue_certificate
from verification.credentials import selectors
from verification.credentials.selectors import offline_code_of
from verification.credentials.services import mark_suspended, sign_credential
from verification.kernel import clock
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
    return Client().post(CHECK, {"file": SimpleUploadedFile(name, content, "application/pdf")}, follow=True)


def _word(response: HttpResponse) -> str:
    found = re.search(r'<h2 id="verdict">([^<]*)</h2>', response.content.decode())
    return found.group(1) if found else ""


def _main(response: HttpResponse) -> str:
    """Without the token of the form, which is another one each time."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main)


def _with_attachment(content: bytes) -> bytes:
    document = pikepdf.Pdf.new()
    document.add_blank_page()
    document.attachments["record.json"] = pikepdf.AttachedFileSpec(document, content, filename="record.json")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _answers(response: HttpResponse) -> list[str]:
    return re.findall(r'<dd><span class="status status-\w+">([^<]*)</span>', response.content.decode())


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
    assertRedirects(response, f"/check/digest/{sealed.edition.sha256}/")
    assert (_word(response), _answers(response)) == ("Valid", ["Yes", "Yes", "Yes", "Valid"])
    for told in ("Sealed by", "Time stamped on", "Issued as edition B-T.", "What this check does not prove"):
        assertContains(response, told)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_one_changed_byte_fails_the_dropped_file(sealed: Certificate, share: float) -> None:
    content = bytearray(sealed.edition.file.read())
    content[int(len(content) * share)] ^= 1
    response = _drop(bytes(content))
    assert _word(response) in ("Altered", "Unknown")
    assert _answers(response)[:2] == ["No", "No"]


def test_dropped_file_of_a_revoked_certificate_is_genuine_and_revoked() -> None:
    certificate = _certificate("İskenderun")
    content = issue_certificate(str(certificate.pk)).file.read()
    response = _drop(content)
    assert (_word(response), _answers(response)) == ("Revoked", ["Yes", "Yes", "Yes", "Revoked"])


@pytest.mark.parametrize("content", [b"no pdf at all", b"%PDF-1.7 torn", pdf(password="x"), _with_attachment(b"[1]")])
def test_what_is_no_certificate_is_said_plainly(content: bytes) -> None:
    response = _drop(content)
    assert (response.status_code, _word(response)) == (200, "Unknown")
    assert _answers(response) == ["No", "No", "Nothing to compare"]


def test_attached_file_that_unpacks_to_more_than_a_record_is_not_unpacked() -> None:
    response = _drop(_with_attachment(b" " * (MAX_RECORD_BYTES + 1)))
    assertContains(response, "The file is damaged or is no certificate of this portal.")


def test_file_with_another_record_under_the_same_names_is_altered(sealed: Certificate) -> None:
    response = _drop(_with_attachment(sealed.record.replace("Aliağa", "Elsewhere").encode()))
    assert (_word(response), _answers(response)) == ("Altered", ["No", "No", "No", "Valid"])
    assertContains(response, f'href="/check/{sealed.code}/"')


def test_large_files_are_refused_with_the_limit(settings) -> None:
    settings.CERTIFICATE_CHECK_MAX_BYTES = 1024 * 1024
    response = _drop(b"%PDF-1.7" + b"0" * (1024 * 1024 + 1))
    assertContains(response, "larger than 1 MB")


def test_far_too_much_is_refused_before_it_is_read() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        CHECK, b"0" * 6_000_000, content_type="multipart/form-data; boundary=x"
    )
    assertContains(answer, "larger than 5 MB", status_code=413)
    assert Client(enforce_csrf_checks=True).post(CHECK, {"offline": "x"}).status_code == 403


def test_hash_answers_like_the_file_and_tells_nothing_to_guessers(sealed: Certificate) -> None:
    sha256 = sealed.edition.sha256
    assert _answers(Client().get(f"/check/digest/{sha256.upper()}/")) == ["Yes", "Yes", "Yes", "Valid"]
    said = Client().get(f"/check/digest/{sha256}/", headers={"accept": "application/json"}).json()
    assert said["number"] == sealed.number
    pages = [Client().get(f"/check/digest/{guess}/") for guess in ("0" * 64, sha256[:63], sha256[:63] + "g")]
    assert {page.status_code for page in pages} == {404}
    assert len({_main(page) for page in pages}) == 1


def test_offline_code_is_answered_with_the_register(sealed: Certificate) -> None:
    text = offline_code_of(sealed.pk)
    response = Client().post(CHECK, {"offline": text[:60] + "\r\n" + text[60:]})
    assert (_word(response), _answers(response)) == ("Valid", ["Yes", "Yes", "Valid"])
    assert _word(Client().get(CHECK, {"code": text})) == "Valid"
    altered = text[:40] + ("A" if text[40] != "A" else "B") + text[41:]
    assert _word(Client().post(CHECK, {"offline": altered})) == "Altered"
    assert _word(Client().post(CHECK, {"offline": "IVP1:"})) == "Altered"


def test_offline_code_of_another_key_is_unknown(sealed: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    text = offline_code_of(sealed.pk)
    monkeypatch.setattr(selectors, "issuer_keys", lambda: ())
    response = Client().post(CHECK, {"offline": text})
    assert (_word(response), _answers(response)) == ("Unknown", ["No"])


def test_each_end_has_its_word(sealed: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _word(_page(_certificate("İskenderun").code)) == "Revoked"
    mark_suspended(sealed.pk, is_suspended=True)
    assert _word(_page(sealed.code)) == "Suspended"
    mark_suspended(sealed.pk, is_suspended=False)
    last = last_day_of_use(sealed)
    assert answer_of(sealed, last) is Answer.VALID
    monkeypatch.setattr(clock, "today", lambda: last + timedelta(days=1))
    expired = _page(sealed.code)
    assert _word(expired) == "Expired"
    assertContains(expired, "The last day on which a declaration could rest on it was")
    newer = _certificate("İskenderun")
    Certificate.objects.filter(pk=sealed.pk).update(superseded_by=newer, superseded_at=clock.now())
    replaced = _page(sealed.code)
    assert _word(replaced) == "Replaced"
    assertContains(replaced, f'<a href="/check/{newer.number}/"><bdi>{newer.number}</bdi></a>')


def test_paper_without_a_seal_is_being_sealed(world: None) -> None:
    unsealed = Certificate.objects.filter(edition=None, revocation=None, superseded_by=None).first()
    assert unsealed is not None
    assert _word(_page(unsealed.code)) == "Being sealed"


def test_wrong_number_and_wrong_code_are_answered_alike(
    sealed: Certificate, django_assert_num_queries: Callable[..., Any]
) -> None:
    other = _certificate("İskenderun").number
    asked = [("JNC32JRSSZZT", {}), (other, {"code": sealed.code}), ("EU-CBAM-2027-999999", {"code": sealed.code})]
    pages = []
    for reference, query in asked:
        with django_assert_num_queries(1):
            pages.append(_page(reference, **query))
    assert {page.status_code for page in pages} == {404}
    assert len({_main(page) for page in pages}) == 1


def test_machines_get_json_with_an_etag_and_the_credential_from_one_address(sealed: Certificate) -> None:
    address = f"/check/{sealed.code}/"
    first = Client().get(address, headers={"accept": "application/json"})
    assert first["Cache-Control"] == "private, max-age=60"
    assert first["Access-Control-Allow-Origin"] == "*"
    again = Client().get(f"/check/{sealed.code}.json", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    signed = sign_credential(sealed.pk, json.loads(sealed.record), document_sha256=sealed.edition.sha256)
    for form, content in (("application/vc+jwt", signed.token), ("application/vc", signed.secured)):
        answer = Client().get(address, headers={"accept": form})
        assert (answer["Content-Type"], answer.content.decode()) == (form, content)
        assert "Accept" in answer["Vary"]
    assert Client().get("/check/JNC32JRSSZZT.json").json()["title"] == "No such certificate"


def test_command_tells_the_same_without_register_and_network(
    sealed: Certificate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, code = tmp_path / "paper.pdf", offline_code_of(sealed.pk)
    path.write_bytes(sealed.edition.file.read())
    call_command("check_certificate", str(path), "--offline", "--code", code, "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["verdict"], said["signature_level"], said["content_hash"]) == (
        "seal_only", "B-T", sealed.edition.sha256
    )  # fmt: skip
    assert said["offline_code"] == "says what the attached record says"
    call_command("check_certificate", str(path))
    assert "Attached record: that of the register." in capsys.readouterr().out
    with pytest.raises(CommandError, match="does not belong to this file"):
        call_command("check_certificate", str(path), "--code", code[:-3])


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
