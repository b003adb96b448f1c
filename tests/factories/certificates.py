"""A complete record of a certificate, as the approval of a claim would make it."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

from verification.certificates.record import Identity, build_record

DEFAULT = {
    "value": "2.541",
    "base": "2.310",
    "mark_up": "0.10",
    "geography": "Türkiye",
    "reference": "Implementing Regulation (EU) 2025/2621, Annex I",
    "edition": "2026-02-04",
    "warning": "",
}
GOOD = {
    "cn": "72142000",
    "description": "Bars and rods, hot-rolled, with indentations, ribs or grooves",
    "category": "Iron or steel products",
    "sector": "iron-and-steel",
    "scope": "direct",
    "process": "Melt shop and rolling mill",
    "route": "Electric arc furnace",
    "unit": "t",
    "quantity": "412600",
    "quantity_shared_by": 2,
    "see_direct": "0.31218524640",
    "see_direct_own": "0.0713288",
    "see_indirect": "0.173052",
    "see_total": "0.4852372464",
    "see_applicable": "0.31218524640",
    "share_default": "0.379",
    "default": DEFAULT,
}
CONTENT: dict[str, Any] = {
    "period": {"start": "2026-01-01", "end_exclusive": "2027-01-01"},
    "operator": {
        "name": "Körfez Çelik Sanayi ve Ticaret A.Ş.",
        "local_name": "",
        "local_language": "tr",
        "registration": "0589 0412 7730 0016",
        "address": "Dilovası",
        "country": "TR",
    },
    "installation": {
        "code": "TR-0418",
        "name": "Körfez Melt Shop and Rolling Mill",
        "address": "Dilovası Organize Sanayi Bölgesi",
        "city": "Kocaeli",
        "country": "TR",
        "unlocode": "TRDRC",
        "latitude": "40.787300",
        "longitude": "29.544100",
        "economic_activity": "Steel",
    },
    "workbook_sha256": "a" * 64,
    "reading": {
        "processes": [
            {
                "name": "Melt shop",
                "electricity_mwh": "170000",
                "activity_level": "412600",
                "electricity_factor_tco2e_per_mwh": "0.42",
                "electricity_factor_source": "D.4(a)",
            }
        ],
        "precursors": [
            {
                "name": "Ferro-manganese",
                "category": "Ferro-alloys",
                "country": "GE",
                "see_direct_source": "Default",
                "quantity": "3200",
                "see_direct_tco2e_per_unit": "1.859",
            }
        ],
        "goods": [GOOD, GOOD | {"cn": "72131000", "see_direct": "2.8", "see_applicable": "2.8"}],
    },
}
STATEMENT = {
    "name": "Anadolu Doğrulama A.Ş.",
    "accreditation": "AB-9904-V, Turkish Accreditation Agency, valid to 2028-06-30; scope: iron and steel",
    "accreditation_number": "AB-9904-V",
    "accreditation_body": "Turkish Accreditation Agency",
    "lead": "E. Yıldırım",
    "independent": "S. Kaya",
    "standard": "Implementing Regulation (EU) 2025/2546",
    "assurance": "reasonable",
    "materiality": "5 %",
    "site_visit": "physical, 2027-01-20 – 2027-01-21",
    "corrected": "none.",
    "outstanding": "none.",
    "opinion": "satisfactory",
    "opinion_date": "2027-02-16",
    "report_number": "VR-2027-11",
    "report_sha256": "b" * 64,
}
CREDENTIAL = {
    "id": "https://verify.example.org/credentials/7Q4MX2KD9HTC",
    "issuer": "did:web:verify.example.org",
    "status_list": "https://verify.example.org/status/revocation/1",
    "suspension_list": "https://verify.example.org/status/suspension/1",
    "status_index": 94_567,
    "key_id": "0123456789abcdef",
    "valid_until": "2028-09-30",
    "scheme_release": "3",
    "scheme_valid_from": "2026-01-01",
}
DECISION = {
    "ref": "D-2027-001187",
    "reviewer": "R-0172",
    "recommended_on": "2027-03-11",
    "approver": "A-0039",
    "approved_on": "2027-03-18",
    "legal_ground": "Regulation (EU) 2023/956, Article 8",
    "appeal": "Within the time limit of the decision letter, quoting the decision.",
}


def certificate_record(
    *, goods: list[dict[str, Any]] | None = None, is_specimen: bool = True, **identity: Any
) -> dict[str, Any]:
    """A record; ``goods`` replaces the two goods of the usual case."""
    content = deepcopy(CONTENT)
    if goods is not None:
        content["reading"]["goods"] = goods
    values = {
        "number": "EU-CBAM-2027-004182",
        "code": "7Q4MX2KD9HTC",
        "check_address": "https://verify.example.org/check/7Q4MX2KD9HTC/",
        "issued_at": datetime(2027, 3, 18, 9, 42, 17, tzinfo=UTC),
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2027, 1, 1),
        "replaces": None,
        "authority": "Border Carbon Office",
        "scheme": "eu-cbam",
        "scheme_name": "Carbon Border Adjustment Mechanism",
        "legal_basis": "Regulation (EU) 2023/956, Articles 7 and 8; Implementing Regulations (EU) 2025/2546 and 2547",
        "is_specimen": is_specimen,
        "credential": CREDENTIAL,
    }
    return build_record(
        Identity(**(values | identity)),
        content=content,
        statement=STATEMENT,
        decision=DECISION,
        evidence_sha256="7c" * 32,
        snapshot_sha256="5d" * 32,
    )
