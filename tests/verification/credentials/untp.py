"""Facts of the UNTP Digital Conformity Credential 0.6.1: which term of which type means what, and what is required.

Read from ``data-models/untp-dcc/artefacts/{context.jsonld,untp-dcc-schema.json}`` of uncefact/spec-untp, tag v0.6.1.
Those files are under the GPL and are not copied; here stand the names, identifiers and rules of the parts that our
credentials use, in a form of our own. What is not here is undefined: a credential that used another term, even one
that UNTP defines, would fail the tests.
"""

from __future__ import annotations

from typing import Any

CONTEXT_ADDRESS = "https://test.uncefact.org/vocabulary/untp/dcc/0.6.1/"
CORE, DCC = "https://test.uncefact.org/vocabulary/untp/core/0/", "https://test.uncefact.org/vocabulary/untp/dcc/0/"
VOCABULARY = "https://vocabulary.uncefact.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"

Terms = dict[str, Any]


def _text(*names: str) -> Terms:
    return {name: {"@id": CORE + name, "@type": f"{XSD}string"} for name in names}


def _schema_org(*names: str) -> Terms:
    return {name: {"@id": f"https://schema.org/{name}"} for name in names}


def _coded(name: str, base: str = "") -> Terms:
    coded = {"@protected": True, "@vocab": base or f"{CORE}{name}Code#"}
    return {name: {"@id": CORE + name, "@type": "@vocab", "@context": coded}}


def _to(iri: str) -> Terms:
    return {"@id": iri, "@type": "@id"}


def _inside(iri: str, terms: Terms) -> Terms:
    return {"@protected": True, "@id": iri, "@context": {"@protected": True, **terms}}


_NAMED = {**_schema_org("name"), **_text("registeredId"), "idScheme": _to(f"{CORE}idScheme")}
_PARTY = {**_to(f"{CORE}Party"), "@context": {"@protected": True, **_NAMED}}
_PARTY_IN_WORDS = {**_to(f"{CORE}Party"), "@context": {"@protected": True, **_NAMED, **_schema_org("description")}}
_MEASURE = {
    "value": {"@id": f"{CORE}value", "@type": f"{XSD}double"},
    **_coded("unit", f"{VOCABULARY}UnitMeasureCode#"),
}
_METRIC = {
    **_text("metricName", "score"),
    "metricValue": _inside(f"{CORE}metricValue", _MEASURE),
    "accuracy": {"@id": f"{CORE}accuracy", "@type": f"{XSD}double"},
}
_SECURE_LINK = {
    **_text("linkURL", "linkName", "linkType", "hashDigest"),
    **_coded("hashMethod"),
    **_coded("encryptionMethod"),
}
_BATCH = _text("batchNumber", "serialNumber")
_PRODUCT = {**_to(f"{CORE}Product"), "@context": {"@protected": True, **_NAMED, **_BATCH}}
_FACILITY = {**_to(f"{CORE}Facility"), "@context": {"@protected": True, **_NAMED}}
_IDENTIFIED = {"IDverifiedByCAB": {"@id": f"{DCC}IDverifiedByCAB", "@type": f"{XSD}boolean"}}
_ATTESTATION = {
    **_schema_org("name", "description"),
    **_coded("assessorLevel"),
    **_coded("assessmentLevel"),
    **_coded("attestationType"),
    "issuedToParty": _PARTY_IN_WORDS,
    "authorisation": _to(f"{CORE}authorisation"),
    "conformityCertificate": _inside(f"{CORE}conformityCertificate", _SECURE_LINK),
    "auditableEvidence": _inside(f"{CORE}auditableEvidence", _SECURE_LINK),
}
_DECLARATION = {
    **_schema_org("description"),
    "referenceStandard": _to(f"{CORE}referenceStandard"),
    "referenceRegulation": _to(f"{CORE}referenceRegulation"),
    "assessmentCriteria": _to(f"{CORE}assessmentCriteria"),
    **_text("assessmentDate"),
    "declaredValue": _inside(f"{CORE}declaredValue", _METRIC),
    "conformance": {"@id": f"{CORE}conformance", "@type": f"{XSD}boolean"},
    **_coded("conformityTopic"),
}
_TYPES: dict[str, tuple[str, Terms]] = {
    "DigitalConformityCredential": (DCC, {}),
    "CredentialIssuer": (CORE, _schema_org("name")),
    "Attestation": (CORE, _ATTESTATION),
    "ConformityAttestation": (
        DCC,
        {**_ATTESTATION, "scope": _to(f"{CORE}scope"), "assessment": _to(f"{DCC}assessment")},
    ),
    "Declaration": (CORE, _DECLARATION),
    "ConformityAssessment": (
        DCC,
        {
            **_DECLARATION,
            **_schema_org("name"),
            "assessedProduct": _inside(f"{DCC}assessedProduct", {"product": _PRODUCT, **_IDENTIFIED}),
            "assessedFacility": _inside(f"{DCC}assessedFacility", {"facility": _FACILITY, **_IDENTIFIED}),
            "assessedOrganisation": _PARTY_IN_WORDS,
            "auditor": _PARTY_IN_WORDS,
        },
    ),
    "ConformityScheme": (
        CORE,
        {**_schema_org("name", "description"), **_text("version", "validFrom"), "owner": _PARTY},
    ),
    "Endorsement": (CORE, {**_schema_org("name"), "issuingAuthority": _PARTY}),
    "Regulation": (
        CORE,
        {
            **_schema_org("name"),
            **_coded("jurisdictionCountry", f"{VOCABULARY}CountryId#"),
            "administeredBy": _PARTY,
            **_text("effectiveDate"),
        },
    ),
    "Criterion": (
        CORE,
        {
            **_schema_org("name", "description"),
            **_coded("conformityTopic"),
            **_coded("status"),
            "thresholdValue": _inside(f"{CORE}thresholdValue", _METRIC),
        },
    ),
}


def context() -> dict[str, Any]:
    """A JSON-LD context that gives these terms the meaning that the published one gives them."""
    types = {
        name: {"@protected": True, "@id": base + name, **({"@context": {"@protected": True, **terms}} if terms else {})}
        for name, (base, terms) in _TYPES.items()
    }
    return {"@context": {"@protected": True, "@version": 1.1, **types}}


_PARTY_RULE = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {name: {"type": "string"} for name in ("id", "name", "registeredId", "description")},
}
_TOPIC = {"type": "string", "pattern": r"^(environment|circularity|social|governance)\.[a-z]+$"}
_STATUS = {"enum": ["proposed", "active", "deprecated"]}
_DATE = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
_INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}


def _closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _typed(*names: str) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string"}, "allOf": [{"contains": {"const": name}} for name in names]}


_STRING = {"type": "string"}
_METRIC_RULE = _closed(
    ["metricName", "metricValue"],
    metricName=_STRING,
    metricValue=_closed(["value", "unit"], value={"type": "number"}, unit=_STRING),
    score=_STRING,
    accuracy={"type": "number"},
)
_LINK_RULE = _closed(
    [],
    linkURL=_STRING,
    linkName=_STRING,
    linkType=_STRING,
    hashDigest=_STRING,
    hashMethod={"enum": ["SHA-256", "SHA-1"]},
    encryptionMethod={"enum": ["none", "AES"]},
)
_ASSESSMENT_RULE = {
    "type": "object",
    "required": ["id", "conformance", "conformityTopic"],
    "properties": {
        "type": _typed("ConformityAssessment", "Declaration"),
        "assessmentDate": _DATE,
        "conformance": {"type": "boolean"},
        "conformityTopic": _TOPIC,
        "declaredValue": {"type": "array", "items": _METRIC_RULE},
        "assessmentCriteria": {
            "type": "array",
            "items": _closed(
                ["id", "name", "description", "conformityTopic", "status"],
                type=_typed("Criterion"),
                id=_STRING,
                name=_STRING,
                description=_STRING,
                conformityTopic=_TOPIC,
                status=_STATUS,
                thresholdValue=_METRIC_RULE,
            ),
        },
        "referenceRegulation": _closed(
            ["administeredBy"],
            type=_typed("Regulation"),
            id=_STRING,
            name=_STRING,
            jurisdictionCountry=_STRING,
            administeredBy=_PARTY_RULE,
            effectiveDate=_DATE,
        ),
        "assessedProduct": {"type": "array", "items": {"type": "object", "properties": {"product": _PARTY_RULE}}},
        "assessedFacility": {"type": "array", "items": {"type": "object", "properties": {"facility": _PARTY_RULE}}},
        "auditor": _PARTY_RULE,
    },
}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["@context", "id", "issuer"],
    "properties": {
        "type": _typed("DigitalConformityCredential", "VerifiableCredential"),
        "@context": {
            "type": "array",
            "prefixItems": [{"const": "https://www.w3.org/ns/credentials/v2"}, {"const": CONTEXT_ADDRESS}],
            "minItems": 2,
            "uniqueItems": True,
        },
        "issuer": _closed(["id", "name"], type=_typed("CredentialIssuer"), id=_STRING, name=_STRING),
        "validFrom": _INSTANT,
        "validUntil": _INSTANT,
        "credentialSubject": {
            "type": "object",
            "required": ["id", "assessorLevel", "assessmentLevel", "attestationType", "issuedToParty"],
            "properties": {
                "type": _typed("ConformityAttestation", "Attestation"),
                "assessorLevel": {"enum": ["Self", "Commercial", "Buyer", "Membership", "Unspecified", "3rdParty"]},
                "assessmentLevel": {
                    "enum": ["GovtApproval", "GlobalMRA", "Accredited", "Verified", "Validated", "Unspecified"]
                },
                "attestationType": {
                    "enum": [
                        "certification",
                        "declaration",
                        "inspection",
                        "testing",
                        "verification",
                        "validation",
                        "calibration",
                    ]
                },
                "issuedToParty": _PARTY_RULE,
                "authorisation": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["id", "name", "issuingAuthority"],
                        "properties": {"type": _typed("Endorsement"), "issuingAuthority": _PARTY_RULE},
                    },
                },
                "conformityCertificate": _LINK_RULE,
                "auditableEvidence": _LINK_RULE,
                "scope": {
                    "type": "object",
                    "required": ["id", "name", "description", "version", "validFrom", "owner"],
                    "properties": {"type": _typed("ConformityScheme"), "validFrom": _DATE, "owner": _PARTY_RULE},
                },
                "assessment": {"type": "array", "items": _ASSESSMENT_RULE},
            },
        },
    },
}
