"""The table of addresses. A new address that is not in it fails the build; who may open which is tried by the matrix
of access that is made of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portal.ui.demonstration import person
from tests.architecture.bench_objects import BENCH_OBJECTS
from tests.architecture.verifier_objects import VERIFIER_OBJECTS
from tests.factories.letters import sealed_letter
from tests.factories.price_claims import complete_price_claim
from tests.factories.registry_exports import loaded_export
from verification.accounts.models import User
from verification.certificates.models import Certificate
from verification.certificates.services.issue import issue_certificate
from verification.claims.models import (
    Claim,
    ClaimEvidence,
    Engagement,
    PreCheck,
    RegistryExport,
    ReversalEvent,
    VerificationStatement,
)
from verification.disclosure.models import Disclosure
from verification.ledger.models import UnitAccount
from verification.registry.models import Accreditation, Installation
from verification.registry.selectors import actor_for
from verification.wording.models import DecisionWording

pytestmark = pytest.mark.db
GUARDED = ("producer", "verifier", "official", "importer", "units")


@dataclass(frozen=True)
class Page:
    """Who of the world may open the page, and which object stands in its address."""

    open_to: tuple[str, ...]
    arguments: str = ""


PRODUCER, VERIFIER, IMPORTER = ("producer",), ("verifier",), ("importer", "reviewer", "approver")
HOLDER, HOLDERS = ("importer",), ("producer", "importer")
OFFICIALS, STEWARD = ("reviewer", "approver"), ("reviewer",)
PAGES: dict[str, Page] = {
    "producer:home": Page(PRODUCER),
    "producer:claims": Page(PRODUCER),
    "producer:claim_start": Page(PRODUCER),
    "producer:claim": Page(PRODUCER, "draft"),
    "producer:claim_entry_begin": Page(PRODUCER, "draft"),
    "producer:claim_step": Page(PRODUCER, "form_step"),
    "producer:claim_row": Page(PRODUCER, "form_row"),
    "producer:claim_row_add": Page(PRODUCER, "form_section"),
    "producer:claim_row_remove": Page(PRODUCER, "form_row"),
    "producer:claim_file": Page(PRODUCER, "draft"),
    "producer:claim_export": Page(PRODUCER, "form_export"),
    "producer:claim_rows_paste": Page(PRODUCER, "form_section"),
    "producer:claim_template": Page(PRODUCER, "draft"),
    "producer:claim_results": Page(PRODUCER, "draft"),
    "producer:claim_computation": Page(PRODUCER, "draft"),
    "producer:claim_computation_json": Page(PRODUCER, "draft"),
    "producer:claim_computation_csv": Page(PRODUCER, "draft"),
    "producer:claim_evidence": Page(PRODUCER, "draft"),
    "producer:claim_evidence_remove": Page(PRODUCER, "evidence_use"),
    "producer:claim_verifier": Page(PRODUCER, "draft"),
    "producer:claim_check": Page(PRODUCER, "draft"),
    "producer:claim_sent": Page(PRODUCER, "submitted"),
    "producer:claim_answer": Page(PRODUCER, "asked"),
    "producer:claim_comment": Page(PRODUCER, "submitted"),
    "producer:claim_appeal": Page(PRODUCER, "refused"),
    "producer:claim_appealed": Page(PRODUCER, "submitted"),
    "producer:claim_changes": Page(PRODUCER, "submitted"),
    "producer:claim_amend": Page(PRODUCER, "approved"),
    "producer:claim_renew": Page(PRODUCER, "approved"),
    "producer:claim_reports": Page(PRODUCER, "draft"),
    "producer:claim_report": Page(PRODUCER, "report"),
    "producer:claim_report_download": Page(PRODUCER, "report_file"),
    "producer:claim_report_share": Page(PRODUCER, "draft"),
    "producer:claim_report_end": Page(PRODUCER, "grant"),
    "producer:claim_verifier_findings": Page(PRODUCER, "draft"),
    "producer:claim_verifier_finding": Page(PRODUCER, "claim_finding"),
    "producer:claim_verification": Page(PRODUCER, "approved"),
    "producer:claim_verification_file": Page(PRODUCER, "claim_report_file"),
    "producer:case_file": Page(PRODUCER, "submitted"),
    "producer:claim_withdraw": Page(PRODUCER, "submitted"),
    "producer:price_start": Page(PRODUCER),
    "producer:price": Page(PRODUCER, "price"),
    "producer:price_part": Page(PRODUCER, "price_part"),
    "producer:price_rows": Page(PRODUCER, "price_section"),
    "producer:price_row_add": Page(PRODUCER, "price_section"),
    "producer:price_row": Page(PRODUCER, "price_row"),
    "producer:price_row_remove": Page(PRODUCER, "price_row"),
    "producer:price_goods_take": Page(PRODUCER, "price"),
    "producer:price_evidence": Page(PRODUCER, "price"),
    "producer:price_evidence_remove": Page(PRODUCER, "price_use"),
    "producer:price_result": Page(PRODUCER, "price"),
    "producer:price_check": Page(PRODUCER, "price"),
    "producer:price_sent": Page(PRODUCER, "price"),
    "producer:price_answer": Page(PRODUCER, "price"),
    "producer:price_comment": Page(PRODUCER, "price"),
    "producer:price_appeal": Page(PRODUCER, "price"),
    "producer:price_appealed": Page(PRODUCER, "price"),
    "producer:price_withdraw": Page(PRODUCER, "price"),
    "producer:installations": Page(PRODUCER),
    "producer:installation_register": Page(PRODUCER),
    "producer:installation": Page(PRODUCER, "installation"),
    "producer:certificates": Page(PRODUCER),
    "producer:certificate": Page(PRODUCER, "certificate"),
    "producer:certificate_download": Page(PRODUCER, "sealed"),
    "producer:letter": Page(PRODUCER, "letter"),
    "producer:organisation_register": Page(PRODUCER),
    "producer:file": Page(PRODUCER, "file"),
    "verifier:home": Page(VERIFIER),
    "verifier:engagement": Page(VERIFIER, "engagement"),
    "verifier:engagement_confirm": Page(VERIFIER, "engagement"),
    "verifier:engagement_decline": Page(VERIFIER, "engagement"),
    "verifier:engagement_accept": Page(VERIFIER, "engagement"),
    "verifier:engagement_report": Page(VERIFIER, "signed"),
    "verifier:engagement_report_file": Page(VERIFIER, "signed_file"),
    "verifier:work": Page(VERIFIER, "work"),
    "verifier:part": Page(VERIFIER, "work_part"),
    "verifier:row_add": Page(VERIFIER, "work_list"),
    "verifier:row": Page(VERIFIER, "work_row"),
    "verifier:row_remove": Page(VERIFIER, "work_row"),
    "verifier:findings": Page(VERIFIER, "work"),
    "verifier:finding_raise": Page(VERIFIER, "work"),
    "verifier:finding": Page(VERIFIER, "work_finding"),
    "verifier:finding_close": Page(VERIFIER, "work_finding"),
    "verifier:check": Page(VERIFIER, "work"),
    "official:queue": Page(OFFICIALS),
    "official:decisions": Page(OFFICIALS),
    "official:keys": Page(OFFICIALS),
    "official:view_save": Page(OFFICIALS),
    "official:view_delete": Page(STEWARD, "saved_view"),
    "official:batch_screen": Page(OFFICIALS),
    "official:batch_reassign": Page(OFFICIALS),
    "official:batch_lists": Page(OFFICIALS),
    "official:batch_sign": Page(OFFICIALS, "screening_list"),
    "official:absences": Page(OFFICIALS),
    "official:absence_cancel": Page(STEWARD, "absence"),
    "official:claim": Page(OFFICIALS, "submitted"),
    "official:claim_take": Page(OFFICIALS, "submitted"),
    "official:claim_next": Page(OFFICIALS, "submitted"),
    "official:claim_declare": Page(OFFICIALS, "submitted"),
    "official:claim_conflict": Page(OFFICIALS, "submitted"),
    "official:claim_reassign": Page(OFFICIALS, "submitted"),
    "official:claim_note": Page(OFFICIALS, "submitted"),
    "official:claim_release": Page(OFFICIALS, "submitted"),
    "official:claim_ask": Page(OFFICIALS, "submitted"),
    "official:claim_answer_finding": Page(OFFICIALS, "submitted"),
    "official:claim_recommend": Page(OFFICIALS, "submitted"),
    "official:claim_send_back": Page(OFFICIALS, "recommended"),
    "official:claim_accept": Page(OFFICIALS, "unit_sent"),
    "official:claim_accept_code": Page(OFFICIALS, "unit_sent"),
    "official:claim_events": Page(OFFICIALS, "unit_approved"),
    "official:reversal_record": Page(OFFICIALS, "unit_block"),
    "official:adjustment_record": Page(OFFICIALS, "unit_block"),
    "official:reversal_close": Page(OFFICIALS, "reversal"),
    "official:unit_account": Page(OFFICIALS, "unit_account"),
    "official:pre_checks": Page(OFFICIALS),
    "official:pre_check": Page(OFFICIALS, "unit_asked"),
    "official:registry_records": Page(OFFICIALS),
    "official:registry_export_file": Page(OFFICIALS, "registry_export"),
    "official:decision": Page(OFFICIALS, "recommended"),
    "official:claim_changes": Page(OFFICIALS, "submitted"),
    "official:claim_verification": Page(OFFICIALS, "submitted"),
    "official:claim_verification_file": Page(OFFICIALS, "verification_file"),
    "official:claim_reports": Page(OFFICIALS, "submitted"),
    "official:claim_report": Page(OFFICIALS, "report"),
    "official:claim_report_download": Page(OFFICIALS, "report_file"),
    "official:claim_computation": Page(OFFICIALS, "submitted"),
    "official:claim_computation_json": Page(OFFICIALS, "submitted"),
    "official:claim_computation_csv": Page(OFFICIALS, "submitted"),
    "official:audit": Page(OFFICIALS, "submitted"),
    "official:case_file": Page(OFFICIALS, "submitted"),
    "official:time_travel": Page(OFFICIALS),
    "official:file": Page(OFFICIALS, "sent_file"),
    "official:file_picture": Page(OFFICIALS, "sent_page"),
    "official:certificate": Page(OFFICIALS, "certificate"),
    "official:certificate_download": Page(OFFICIALS, "sealed"),
    "official:certificate_retry": Page(OFFICIALS, "certificate"),
    "official:revocation_propose": Page(OFFICIALS, "certificate"),
    "official:revocation_confirm": Page(OFFICIALS, "certificate"),
    "official:revocation_drop": Page(OFFICIALS, "certificate"),
    "official:issuing": Page(STEWARD),
    "official:issuing_batch": Page(STEWARD, "issuing_batch"),
    "official:issuing_retry": Page(STEWARD, "issuing_batch"),
    "official:letter": Page(OFFICIALS, "letter"),
    "official:wordings": Page(OFFICIALS),
    "official:wording_new": Page(STEWARD),
    "official:wording": Page(OFFICIALS, "wording"),
    "official:wording_version": Page(STEWARD, "wording"),
    "official:wording_publish": Page(OFFICIALS, "wording"),
    "official:wording_withdraw": Page(STEWARD, "wording"),
    "official:verifiers": Page(STEWARD),
    "official:verifier_register": Page(STEWARD),
    "official:verifier": Page(STEWARD, "verifier"),
    "official:accreditation_record": Page(STEWARD, "verifier"),
    "official:accreditation_measure": Page(STEWARD, "accreditation"),
    "importer:lookup": Page(IMPORTER),
    "importer:reports": Page(("importer",)),
    "importer:report": Page(("importer",), "shared"),
    "importer:report_download": Page(("importer",), "shared_file"),
    "units:home": Page(HOLDERS),
    "units:claim_start": Page(HOLDERS),
    "units:claim": Page(HOLDER, "unit_draft"),
    "units:claim_statement": Page(HOLDER, "unit_draft"),
    "units:claim_replace": Page(HOLDER, "unit_event"),
    "units:claim_serials": Page(HOLDER, "unit_draft"),
    "units:claim_serials_explain": Page(HOLDER, "unit_draft"),
    "units:claim_export_file": Page(HOLDER, "unit_draft"),
    "units:claim_blocks": Page(HOLDER, "unit_draft"),
    "units:claim_blocks_describe": Page(HOLDER, "unit_draft"),
    "units:claim_blocks_remove": Page(HOLDER, "unit_draft"),
    "units:claim_letters": Page(HOLDER, "unit_draft"),
    "units:claim_letter_remove": Page(HOLDER, "unit_letter"),
    "units:claim_base": Page(HOLDER, "unit_draft"),
    "units:claim_evidence": Page(HOLDER, "unit_draft"),
    "units:claim_evidence_remove": Page(HOLDER, "unit_evidence"),
    "units:claim_pre_check": Page(HOLDER, "unit_draft"),
    "units:claim_pre_check_take_back": Page(HOLDER, "unit_draft"),
    "units:claim_check": Page(HOLDER, "unit_draft"),
    "units:claim_sent": Page(HOLDER, "unit_sent"),
    "units:claim_answer": Page(HOLDER, "unit_sent"),
    "units:claim_comment": Page(HOLDER, "unit_sent"),
    "units:claim_appeal": Page(HOLDER, "unit_sent"),
    "units:claim_appealed": Page(HOLDER, "unit_sent"),
    "units:claim_withdraw": Page(HOLDER, "unit_sent"),
    "units:claim_changes": Page(HOLDER, "unit_sent"),
    "units:claim_content_json": Page(HOLDER, "unit_draft"),
    "units:claim_blocks_csv": Page(HOLDER, "unit_draft"),
    "units:claim_exchange": Page(HOLDER, "unit_exchange"),
    "verifier:file": Page(("producer", "verifier"), "verifier_file"),
}


@pytest.fixture
def visitors(world: None) -> dict[str, Client]:
    """The people of the world."""
    found = {}
    for key in ("producer", "verifier", "reviewer", "approver", "importer"):
        found[key] = Client()
        found[key].force_login(User.objects.get(email=person(key).email))
    return found


def test_every_guarded_address_is_in_the_table() -> None:
    assert set(_names()) == set(PAGES)


@pytest.mark.parametrize("audience", GUARDED)
def test_unknown_ids_are_not_found(visitors: dict[str, Client], audience: str) -> None:
    for name in _pages_of(audience, with_object=True):
        arguments = {key: _unknown(value) for key, value in _arguments(name).items()}
        address = reverse(name, kwargs=arguments)
        for key in PAGES[name].open_to:
            said = visitors[key].get(address).status_code
            assert said in (404, 405), (name, key)
            assert said == 404 or visitors[key].post(address).status_code == 404, (name, key)


def _unknown(value: object) -> object:
    """An id that nothing has; names of parts and rows stay, for they belong to the thing."""
    if isinstance(value, str):
        return value
    return 0 if isinstance(value, int) else uuid.uuid4()


def _pages_of(audience: str, *, with_object: bool = False) -> list[str]:
    pages = {name: page for name, page in PAGES.items() if name.startswith(f"{audience}:")}
    assert pages
    return [name for name, page in pages.items() if page.arguments or not with_object]


def address_of(name: str) -> str:
    return reverse(name, kwargs=_arguments(name))


def _arguments(name: str) -> dict[str, object]:
    kind = PAGES[name].arguments
    return OBJECTS[kind]() if kind else {}


def _claim(city: str) -> Claim:
    return Claim.objects.get(installation__city=city)


def _price() -> Claim:
    """A draft that is complete; the demonstration tells none yet."""
    standing = Claim.objects.filter(kind="carbon_price").first()
    user = User.objects.get(email=person("producer").email)
    return standing or complete_price_claim(Installation.objects.get(city="Aliağa"), actor_for(user))


def _grant() -> Disclosure:
    return Disclosure.objects.get(claim=_claim("Aliağa"), level="summary")


def _unit_claim(state: str) -> Claim:
    return Claim.objects.get(kind="units", state=state)


def _part_of_units(name: str) -> dict[str, object]:
    claim = _unit_claim("approved")
    parts = {"event_pk": claim.reversals, "letter_pk": claim.authorisations, "use_pk": claim.evidence}
    return {"pk": claim.pk, name: parts[name].first().pk}


def _evidence_use() -> dict[str, object]:
    use = ClaimEvidence.objects.get(claim=_claim("Karabük"), purpose="monitoring_plan")
    return {"pk": use.claim_id, "use_pk": use.pk}


def _sent_page() -> dict[str, object]:
    statement = VerificationStatement.objects.get(engagement__claim=_claim("Silifke"))
    return {"pk": statement.report_id, "page": 1}


def _registry_export() -> dict[str, object]:
    steward = actor_for(User.objects.get(email=person("reviewer").email))
    export = RegistryExport.objects.first() or loaded_export(steward)
    return {"pk": export.pk}


def _sealed() -> dict[str, object]:
    certificate = Certificate.objects.get(claim__installation__city="Aliağa")
    issue_certificate(str(certificate.pk))
    return {"pk": certificate.pk}


def _letter() -> dict[str, object]:
    letter = sealed_letter(Certificate.objects.get(claim__installation__city="Aliağa").claim)
    return {"pk": letter.pk}


OBJECTS: dict[str, Callable[[], dict[str, object]]] = {
    **VERIFIER_OBJECTS,
    **BENCH_OBJECTS,
    "draft": lambda: {"pk": _claim("Karabük").pk},
    "approved": lambda: {"pk": _claim("Aliağa").pk},
    "form_export": lambda: {"pk": _claim("Gaziantep").pk, "kind": "xlsx"},
    "form_step": lambda: {"pk": _claim("Gaziantep").pk, "step": "streams"},
    "form_section": lambda: {"pk": _claim("Gaziantep").pk, "section": "streams"},
    "form_row": lambda: {"pk": _claim("Gaziantep").pk, "section": "streams", "key": "S1"},
    "submitted": lambda: {"pk": _claim("Silifke").pk},
    "refused": lambda: {"pk": _claim("Sivas").pk},
    "asked": lambda: {"pk": _claim("Dilovası").pk},
    "recommended": lambda: {"pk": _claim("Gebze").pk},
    "evidence_use": _evidence_use,
    "unit_exchange": lambda: {"pk": _unit_claim("draft").pk, "shape": "cad-trust"},
    "unit_draft": lambda: {"pk": _unit_claim("draft").pk},
    "unit_sent": lambda: {"pk": _unit_claim("submitted").pk},
    "unit_event": lambda: _part_of_units("event_pk"),
    "unit_letter": lambda: _part_of_units("letter_pk"),
    "unit_evidence": lambda: _part_of_units("use_pk"),
    "unit_approved": lambda: {"pk": Claim.objects.get(kind="units", state="approved").pk},
    "unit_asked": lambda: {"pk": PreCheck.objects.get().claim_id},
    "unit_block": lambda: {"pk": ReversalEvent.objects.get().block_id},
    "reversal": lambda: {"pk": ReversalEvent.objects.get().pk},
    "unit_account": lambda: {"pk": UnitAccount.objects.get().pk},
    "registry_export": _registry_export,
    "report": lambda: {"pk": _claim("Aliağa").pk, "name": "summary"},
    "report_file": lambda: {"pk": _claim("Aliağa").pk, "name": "summary", "form": "json"},
    "grant": lambda: {"pk": _claim("Aliağa").pk, "disclosure_pk": _grant().pk},
    "shared": lambda: {"pk": _grant().pk},
    "shared_file": lambda: {"pk": _grant().pk, "form": "json"},
    "price": lambda: {"pk": _price().pk},
    "price_part": lambda: {"pk": _price().pk, "part": "instrument"},
    "price_section": lambda: {"pk": _price().pk, "section": "goods"},
    "price_row": lambda: {"pk": _price().pk, "section": "goods", "position": 1},
    "price_use": lambda: {"pk": _price().pk, "use_pk": _price().evidence.first().pk},
    "installation": lambda: {"pk": Installation.objects.get(city="Aliağa").pk},
    "certificate": lambda: {"pk": Certificate.objects.get(claim__installation__city="Aliağa").pk},
    "sealed": _sealed,
    "file": lambda: {"pk": _claim("Trabzon").template_file_id},
    "sent_file": lambda: {"pk": _claim("Silifke").template_file_id},
    "sent_page": _sent_page,
    "verifier_file": lambda: {"pk": _claim("Karabük").template_file_id},
    "letter": _letter,
    "wording": lambda: {"pk": DecisionWording.objects.earliest("pk").pk},
    "verifier": lambda: {"pk": Accreditation.objects.get().organisation_id},
    "accreditation": lambda: {"pk": Accreditation.objects.get().pk},
    "engagement": lambda: {"pk": Engagement.objects.get(claim=_claim("Karabük")).pk},
}


def _names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern) and namespace in GUARDED:
            yield f"{namespace}:{pattern.name}"
