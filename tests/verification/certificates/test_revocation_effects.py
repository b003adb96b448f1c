"""What a revocation would touch, before anybody signs it; and who is told once it is signed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.transitions import READY, claim_of, revocation_proposed, someone
from verification.certificates.revocation_effects import effects_of_revocation
from verification.certificates.selectors import certificate_of
from verification.claims.models import AnswerRow, Claim
from verification.claims.services.producer import start_claim
from verification.determination.models import Override
from verification.disclosure.services import tell_of_revocation
from verification.kernel import clock
from verification.notifications.models import Notice

pytestmark = pytest.mark.db


def test_values_end_from_their_first_day_or_are_cut_short(world):
    certificate = certificate_of(claim_of("Aliağa"))
    values = Override.objects.filter(certificate_number=certificate.number, known_to=None)
    from_the_start = effects_of_revocation(certificate, certificate.valid_from)
    assert {ending.row.pk for ending in from_the_start.values} == set(values.values_list("pk", flat=True))
    assert {ending.holds_to for ending in from_the_start.values} == {None}
    later = certificate.valid_from + timedelta(days=30)
    assert {ending.holds_to for ending in effects_of_revocation(certificate, later).values} == {later}


def test_claims_that_took_over_its_values_are_named(world):
    certificate = certificate_of(claim_of("Aliağa"))
    assert effects_of_revocation(certificate, certificate.valid_from).claims == ()
    user = claim_of("Gaziantep")
    AnswerRow.objects.create(
        claim=user,
        section="deliveries",
        key="D1",
        position=900,
        values={"certificate_number": certificate.number},
        saved_at=clock.now(),
        saved_by=user.created_by,
    )
    assert effects_of_revocation(certificate, certificate.valid_from).claims == (user,)
    other = start_claim(user.site, scheme=user.scheme, year=2026, actor=someone("producer"))
    assert other not in effects_of_revocation(certificate, certificate.valid_from).claims


def test_preview_proposes_nothing(client, user_of, world):
    client.force_login(user_of("reviewer"))
    certificate = certificate_of(claim_of("Aliağa"))
    day = certificate.valid_from.isoformat()
    address = reverse("official:revocation_propose", args=[certificate.pk])
    page = client.post(address, {"preview": "1", "reason": "", "legal_ground": "", "effective_on": day})
    said = page.content.decode()
    assert "What it would touch" in said
    assert "Nordhafen Import GmbH" in said
    assert "error-summary" not in said
    assert not certificate.revocation_proposals.exists()


def test_importers_that_were_shown_a_report_are_told_once(world, user_of):
    claim = revocation_proposed()
    READY["revoke"].make(Claim.objects.get(pk=claim.pk), someone("approver"))
    told = Notice.objects.filter(user=user_of("importer"), kind="certificate_revoked")
    assert not told.exists()
    assert [tell_of_revocation(str(claim.pk)), tell_of_revocation(str(claim.pk))] == [1, 1]
    assert certificate_of(claim).number in told.get().subject
