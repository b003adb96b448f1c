"""What officials do not see, and that no act is done by reading. Whose pages exist for whom: ``tests/architecture``."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.factories.registry_exports import loaded_export
from tests.factories.screening import screened_list
from verification.certificates.models import Certificate
from verification.claims.models import PreCheck, ReversalEvent
from verification.claims.services.bench import save_view
from verification.ledger.models import UnitAccount
from verification.registry.models import Accreditation
from verification.wording.models import DecisionWording

pytestmark = [pytest.mark.db, pytest.mark.django_db]
POSTED = {
    "claim_take", "claim_declare", "claim_conflict", "claim_release", "claim_reassign", "claim_note", "claim_ask",
    "claim_answer_finding", "claim_recommend", "claim_send_back",
    "claim_accept", "claim_accept_code", "view_save", "view_delete", "absence_cancel",
    "wording_publish", "wording_withdraw",
    "case_file", "certificate_retry", "revocation_propose", "revocation_confirm", "revocation_drop",
}  # fmt: skip
WITHOUT_OBJECT = {
    "queue", "keys", "view_save", "batch_screen", "batch_reassign", "batch_lists", "absences",
    "decisions", "verifiers", "verifier_register", "pre_checks", "registry_records", "time_travel",
    "wordings", "wording_new",
}  # fmt: skip
WORDINGS = ("wording", "wording_version", "wording_publish", "wording_withdraw")


@pytest.fixture
def units(acting, claim_at) -> dict[str, Callable[[], object]]:
    """What stands in the addresses of pages that are not about a claim of emissions."""
    return {
        "view_delete": lambda: save_view(actor=acting("reviewer"), name="Units", query="kind=units").pk,
        "batch_sign": lambda: screened_list(claim_at("Gebze")).pk,
        "absence_cancel": lambda: 1,
        **dict.fromkeys(WORDINGS, lambda: DecisionWording.objects.earliest("pk").pk),
        "pre_check": lambda: PreCheck.objects.get().claim_id,
        "claim_events": lambda: ReversalEvent.objects.get().claim_id,
        "reversal_record": lambda: ReversalEvent.objects.get().block_id,
        "adjustment_record": lambda: ReversalEvent.objects.get().block_id,
        "reversal_close": lambda: ReversalEvent.objects.get().pk,
        "unit_account": lambda: UnitAccount.objects.get().pk,
        "registry_export_file": lambda: loaded_export(acting("reviewer")).pk,
    }


@pytest.fixture
def address_of(claim_at, units):
    def address(name: str) -> str:
        claim = claim_at("Gebze")
        if name in WITHOUT_OBJECT:
            return reverse(f"official:{name}")
        accreditation = Accreditation.objects.get()
        if name in ("verifier", "accreditation_record"):
            return reverse(f"official:{name}", args=[accreditation.organisation_id])
        if name == "accreditation_measure":
            return reverse(f"official:{name}", args=[accreditation.pk])
        if name in units:
            return reverse(f"official:{name}", args=[units[name]()])
        if name == "file":
            return reverse("official:file", args=[claim.template_file_id])
        if name == "file_picture":
            return reverse("official:file_picture", args=[claim.template_file_id, 1])
        if name.startswith(("certificate", "revocation")):
            return reverse(f"official:{name}", args=[Certificate.objects.first().pk])
        report = {"claim_report": ["full"], "claim_report_download": ["full", "json"]}
        report["claim_verification_file"] = ["json"]
        return reverse(f"official:{name}", args=[claim.pk, *report.get(name, [])])

    return address


@pytest.mark.parametrize("city", ["Karabük", "Trabzon"])
def test_draft_does_not_exist_for_officials(city, claim_at, client_of):
    assert client_of("reviewer").get(reverse("official:claim", args=[claim_at(city).pk])).status_code == 404


@pytest.mark.parametrize("name", sorted(POSTED))
def test_act_is_not_done_by_reading(name, address_of, client_of):
    assert client_of("reviewer").get(address_of(name)).status_code == 405
