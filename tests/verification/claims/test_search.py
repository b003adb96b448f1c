"""Anything printed on a claim finds it, however it is typed."""

from __future__ import annotations

import pytest

from verification.claims.models import Claim, SearchEntry
from verification.claims.search import is_beginning, words_in, words_typed
from verification.claims.search_selectors import printed_on
from verification.claims.services.search import index_claim, index_lacking
from verification.registry.models import Installation

UNIT = pytest.mark.unit


@UNIT
@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Karaçam Çelik", ["celik", "karacam"]),
        ("DİLOVASI Dilovası", ["dilovasi"]),
        ("EC-2027-000418", ["000418", "2027", "2027000418", "ec", "ec2027", "ec2027000418"]),
        ("7208 39 00", ["72083900"]),
        ("7208 39 00 80", ["7208390080"]),
        ("洛阳 铝业", ["洛阳", "铝业"]),
        ("Ørsted Łódź Straße", ["lodz", "orsted", "strasse"]),
        ("--- …", []),
    ],
)
def test_words_that_are_kept(printed, words):
    assert words_in([printed]) == words


@UNIT
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ec-2027-000418", ["ec2027000418"]),
        ("Al-Ezz Steel", ["al", "ezz", "steel"]),
        ("72083900", ["72083900"]),
        ("7208 39 00", ["72083900"]),
        ("steel steel", ["steel"]),
        ("'; DROP & | !", ["drop"]),
        (" ".join(f"w{n}x" for n in range(20)), [f"w{n}x" for n in range(8)]),
    ],
)
def test_words_that_are_looked_for(typed, words):
    assert words_typed(typed) == words


@UNIT
@pytest.mark.parametrize(("word", "is_one"), [("ec", False), ("2027", True), ("ste", True), ("铝", True)])
def test_short_words_are_looked_for_whole(word, is_one):
    assert is_beginning(word) is is_one


@pytest.fixture
def silifke(claim_at) -> Claim:
    return claim_at("Silifke")


def _found(text: str, **narrowing) -> set[str]:
    return set(
        Claim.objects.filter(printed_on(text, **narrowing).condition).values_list("installation__city", flat=True)
    )


@pytest.mark.db
@pytest.mark.django_db
class TestFinding:
    @pytest.mark.parametrize(
        "typed",
        [
            lambda claim: claim.number,
            lambda claim: claim.number.lower().replace("-", " "),
            lambda claim: claim.organisation.registration_number,
            lambda claim: claim.installation.code,
            lambda claim: claim.installation.name.upper(),
            lambda claim: claim.installation.unlocode,
            lambda claim: claim.snapshots.last().sha256,
            lambda claim: claim.snapshots.last().sha256[:16].upper(),
            lambda claim: claim.evidence.first().file.sha256[:16],
            lambda claim: claim.evidence.first().file.name,
            lambda claim: claim.engagements.first().verifier.name,
            lambda claim: claim.engagements.first().statement.report_number,
            lambda claim: claim.engagements.first().statement.accreditation.number,
        ],
    )
    def test_what_is_printed_finds_the_claim(self, typed, silifke):
        assert "Silifke" in _found(typed(silifke))

    def test_decisions_and_certificates_are_found(self, claim_at):
        claim = claim_at("Aliağa")
        certificate = claim.certificates.get()
        for typed in (certificate.number, certificate.code, claim.decisions.get().number):
            assert _found(typed) == {"Aliağa"}

    def test_local_names_are_found_in_their_script(self, silifke):
        Installation.objects.filter(pk=silifke.installation_id).update(local_name="铝业 工厂")
        index_claim(Claim.objects.get(pk=silifke.pk))
        assert _found("铝业") == {"Silifke"}
        assert _found("铝") == {"Silifke"}

    def test_every_word_must_be_there(self, silifke):
        assert _found(f"{silifke.number} qqq") == set()
        assert _found("…") == set()

    def test_country_and_openness_narrow(self, silifke, claim_at):
        assert _found("", country="TR", is_open=True) == {"Gebze", "Gemlik", "Dilovası", "Silifke"}
        assert _found(silifke.number, country="IN") == set()
        assert _found(claim_at("Aliağa").number, is_open=True) == set()

    def test_what_nobody_can_type_is_not_found(self, silifke):
        assert _found("=open") == set()

    def test_claims_without_an_entry_get_one_and_drafts_none(self, silifke):
        SearchEntry.objects.all().delete()
        sent = Claim.objects.exclude(submitted_at=None).count()
        assert index_lacking() == {"indexed": sent}
        assert index_lacking() == {"indexed": 0}
        assert "Silifke" in _found(silifke.number)
