"""Unit claims for the checks. A clean one has no finding at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from verification.checks.model import (
    AuthorisationPart,
    BlockPart,
    ClaimantPart,
    EligibilityPart,
    EvidencePart,
    HostAgreementPart,
    LimitClassPart,
    LimitPart,
    LookupPart,
    OverlapPart,
    ProgrammePart,
    SerialProblemPart,
    UnitSubject,
    UnitTypePart,
)

SERIAL = "19309-936487628-936491271-VCS-VCU-1491-VER-RW-3-4150-01102024-31122024-1"
FIRST, LAST = 936487628, 936491271
RETIRED_ON = date(2026, 6, 10)
CLAIMANT = ClaimantPart(
    legal_name="Demir Çelik Sanayi A.Ş.",
    aliases=("Demir Steel",),
    tax_ids=("TR 123 456 7890",),
    lei="5493001KJTIIGC8Y1R12",
    country="TR",
)


def authorisation(**values: Any) -> AuthorisationPart:
    given: dict[str, Any] = {
        "host_country": "RW",
        "reference": "LoA-7",
        "issued_on": date(2025, 3, 1),
        "purposes": frozenset({"OIMP"}),
        "project_ref": "4150",
        "quantity": 10000,
        "used_elsewhere": 0,
        "vintage_from": date(2024, 10, 1),
        "vintage_to": date(2024, 12, 31),
        "use_from": date(2026, 1, 1),
        "use_to": date(2026, 12, 31),
        "status": "valid",
        "has_document": True,
    }
    return AuthorisationPart(**{**given, **values})


def proof(**values: Any) -> EvidencePart:
    given: dict[str, Any] = {
        "purpose": "retirement_certificate",
        "name": "certificate.pdf",
        "is_readable": True,
        "extracted_serial": SERIAL,
        "extracted_quantity": 3644,
    }
    return EvidencePart(**{**given, **values})


def lookup(**values: Any) -> LookupPart:
    given: dict[str, Any] = {
        "mode": "import_file",
        "found": True,
        "status": "Retired",
        "quantity": 3644,
        "beneficiary": CLAIMANT.legal_name,
        "event_on": RETIRED_ON,
        "fetched_on": date(2027, 2, 20),
    }
    return LookupPart(**{**given, **values})


def block(**values: Any) -> BlockPart:
    """A real block of Verra (3,644 t, project 4150, Rwanda), retired for the claimant."""
    given: dict[str, Any] = {
        "path": "blocks.0",
        "position": 1,
        "raw_serial": SERIAL,
        "normalised_serial": SERIAL,
        "programme": "VCS",
        "serial_family": "verra",
        "unit_type": "VCU",
        "family_key": "VERRA",
        "start": FIRST,
        "end": LAST,
        "quantity": 3644,
        "stated_quantity": 3644,
        "serial_project": "4150",
        "serial_country": "RW",
        "serial_vintage_from": date(2024, 10, 1),
        "serial_vintage_to": date(2024, 12, 31),
        "project": "4150",
        "country": "RW",
        "vintage_from": date(2024, 10, 1),
        "vintage_to": date(2024, 12, 31),
        "methodology": "VM0050",
        "first_crediting_start": date(2021, 1, 1),
        "event": "retirement",
        "event_on": RETIRED_ON,
        "use": "surrender",
        "beneficiary_text": CLAIMANT.legal_name,
        "purpose_text": "Model border charge, period 2026",
        "issued_on": date(2025, 5, 5),
        "authorisation": authorisation(),
        "ca_state": "applied",
        "evidence": (proof(),),
        "lookup": lookup(),
        "issued": (OverlapPart(FIRST, LAST),),
    }
    return BlockPart(**{**given, **values})


def second(**values: Any) -> BlockPart:
    """The block that follows, of the same project."""
    serial = SERIAL.replace("936487628-936491271", "936491272-936491452")
    given: dict[str, Any] = {
        "path": "blocks.1",
        "position": 2,
        "raw_serial": serial,
        "normalised_serial": serial,
        "start": 936491272,
        "end": 936491452,
        "quantity": 181,
        "stated_quantity": 181,
        "issued": (OverlapPart(936491272, 936491452),),
        "evidence": (proof(extracted_serial=serial, extracted_quantity=181),),
        "lookup": lookup(quantity=181),
    }
    return block(**{**given, **values})


def row(**values: Any) -> EligibilityPart:
    given: dict[str, Any] = {
        "programme": "VCS",
        "unit_type": "VCU",
        "vintage_from": date(2021, 1, 1),
        "vintage_to": date(2030, 12, 31),
        "authorisation_purposes_required": frozenset({"OIMP", "IMP"}),
        "valid_from": date(2024, 1, 1),
        "reference": "List of the model scheme, row 1",
    }
    return EligibilityPart(**{**given, **values})


def agreement(**values: Any) -> HostAgreementPart:
    return HostAgreementPart(**{"host_country": "RW", "in_force_from": date(2025, 1, 1), **values})


def problem(code: str, severity: str = "block", **values: Any) -> SerialProblemPart:
    return SerialProblemPart(code, severity, **values)


def limits(claimed: int = 3644, accepted: int = 3644, excess: int = 0, **values: Any) -> LimitPart:
    given: dict[str, Any] = {
        "base": "gross",
        "base_tco2e": Decimal(100000),
        "percent": Decimal(5),
        "carry": 0,
        "limit": 5000,
        "remaining": 5000,
        "adjustable_tco2e": Decimal(90000),
        "classes": (LimitClassPart("International units", claimed, accepted, excess),),
        "reference": "Model rule",
    }
    return LimitPart(**{**given, **values})


def unit_claim(*parts: Any, **values: Any) -> UnitSubject:
    """A clean claim for 2026; ``parts`` are blocks, rows of the list or a limit, ``values`` any other field."""
    given: dict[str, Any] = {
        "today": date(2027, 3, 1),
        "scheme": "model-bca",
        "scheme_names": ("Model border charge",),
        "channel": "surrender_with_limit",
        "period_start": date(2026, 1, 1),
        "period_end": date(2027, 1, 1),
        "filed_on": date(2027, 2, 28),
        "filing_deadline": date(2027, 5, 31),
        "claimant": CLAIMANT,
        "importing_countries": frozenset({"SG"}),
        "excluded_hosts": frozenset({"KP"}),
        "blocks": (block(),),
        "eligibility": (row(),),
        "agreements": (agreement(),),
        "programmes": (ProgrammePart("VCS", "Verified Carbon Standard"),),
        "unit_types": {"VCU": UnitTypePart("VCU", "GHG", False)},
        "needs_host_agreement": True,
        "requires_corresponding_adjustment": True,
        "limit": limits(),
        **values,
    }
    claim = UnitSubject(**given)
    for kind, name in ((BlockPart, "blocks"), (EligibilityPart, "eligibility")):
        found = tuple(part for part in parts if isinstance(part, kind))
        claim = replace(claim, **{name: found}) if found else claim
    policy = next((part for part in parts if isinstance(part, LimitPart)), None)
    return replace(claim, limit=policy) if policy else claim


def of(**values: Any) -> UnitSubject:
    """The clean claim with one block that differs by ``values``."""
    return unit_claim(block(**values))


CLEAN_UNITS = unit_claim()
