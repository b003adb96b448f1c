"""The machine-readable addresses: forms by ``Accept``, keys, status lists, and nothing for guessers."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from verification.certificates.models import Certificate
from verification.credentials.did import did_of, keys_of
from verification.credentials.jose import verified_credential
from verification.credentials.services import sign_credential, sign_every_list
from verification.credentials.status import is_marked

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("world")]


@pytest.fixture(autouse=True)
def _no_throttle_of_earlier_tests() -> None:
    cache.clear()


def get(address: str, accept: str = "*/*", **headers: str):
    return Client().get(address, headers={"accept": accept, **headers})


def certificate_at(city: str) -> Certificate:
    return Certificate.objects.get(claim__installation__city=city)


def test_three_forms_of_one_address() -> None:
    certificate = certificate_at("Aliağa")
    signed = sign_credential(certificate.pk, json.loads(certificate.record), document_sha256="ab" * 32)
    address = f"/credentials/{certificate.code}"
    for accept in ("*/*", "application/vc+jwt", "application/vc+jwt, text/html;q=0.5"):
        answer = get(address, accept)
        assert (answer["Content-Type"], answer.content.decode()) == ("application/vc+jwt", signed.token)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Accept" in answer["Vary"]
    keys = keys_of(get("/.well-known/did.json").json())
    said = verified_credential(signed.token, keys=keys, did=did_of(settings.SITE_ADDRESS))
    secured = get(address, "application/vc")
    assert secured["Content-Type"] == "application/vc"
    assert {name: part for name, part in json.loads(secured.content).items() if name != "proof"} == said
    assert get(address, "application/vc", **{"if-none-match": secured["ETag"]}).status_code == 304
    page = get(address, "text/html,application/xhtml+xml,*/*;q=0.8")
    assert (page.status_code, page["Location"]) == (302, f"/check/{certificate.code}/")
    assert get(address, "application/pdf").status_code == 406


def test_guesses_and_what_is_not_signed_yet_are_answered_alike() -> None:
    unsigned = certificate_at("Aliağa")
    answers = [get(f"/credentials/{code}") for code in (unsigned.code, unsigned.number, "7Q4MX2KD9HTC", "x")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_status_list_says_what_the_page_says_and_is_not_sent_twice() -> None:
    assert get("/status/revocation/1").status_code == 404
    sign_every_list()
    keys = keys_of(get("/.well-known/did.json").json())
    answer = get("/status/revocation/1")
    assert answer["Content-Type"] == "application/vc+jwt"
    assert answer["Cache-Control"] == "public, max-age=300"
    listed = verified_credential(answer.content.decode(), keys=keys, did=did_of(settings.SITE_ADDRESS))
    assert listed["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    for certificate in Certificate.objects.all():
        place = json.loads(certificate.record)["credential"]["status_index"]
        has_ended = hasattr(certificate, "revocation") or certificate.superseded_by_id is not None
        assert is_marked(listed, place) is has_ended, certificate.number
    assert get("/status/revocation/1", **{"if-none-match": answer["ETag"]}).status_code == 304
    assert get("/status/other/1").status_code == get("/status/revocation/2").status_code == 404
