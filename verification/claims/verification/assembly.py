"""Fills the report from what is sealed, what is registered and what the verifier adds. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from verification.claims.verification.additions import Additions, PrecursorVerifier
from verification.claims.verification.structure import (
    ConclusionPart,
    GoodRow,
    IdentityPart,
    OperatorPart,
    PrecursorRow,
    ProcessRow,
    VerificationReport,
    VerifierPart,
)

ELECTRICITY = "Electricity (export to EU)"
DEFAULT = "default"


@dataclass(frozen=True)
class Sealed:
    """Sealed content with its place in the claim."""

    content: Mapping[str, Any]
    number: int
    sha256: str

    @property
    def goods(self) -> Sequence[Mapping[str, Any]]:
        return (self.content.get("reading") or {}).get("goods") or []

    @property
    def sectors(self) -> tuple[str, ...]:
        """Sectors that the accreditation must cover."""
        return tuple(sorted({good["sector"] for good in self.goods if good.get("sector")}))

    @property
    def makes_electricity_alone(self) -> bool:
        return bool(self.goods) and all(good.get("category") == ELECTRICITY for good in self.goods)


@dataclass(frozen=True)
class Annexes:
    """Parts 3 and 4: the operator's summary report and its addenda on electricity, as records."""

    summary: Mapping[str, Any] | None = None
    addenda: tuple[Mapping[str, Any], ...] = ()


def assemble_report(
    sealed: Sealed,
    *,
    report_number: str,
    verifier: VerifierPart,
    additions: Additions,
    conclusion: ConclusionPart,
    annexes: Annexes,
) -> VerificationReport:
    """The report on exactly these sealed numbers."""
    reading = sealed.content.get("reading") or {}
    return VerificationReport(
        operator=_operator(sealed.content),
        identity=_identity(sealed, report_number),
        verifier=verifier,
        team=additions.team,
        visits=additions.visits,
        terms=additions.terms,
        sectors_required=sealed.sectors,
        methods=additions.methods,
        total_direct_tco2e=(reading.get("totals") or {}).get("direct_tco2e"),
        processes=tuple(_process(row) for row in reading.get("processes") or []),
        goods=tuple(_good(row) for row in sealed.goods),
        precursors=tuple(_precursor(row) for row in reading.get("precursors") or []),
        precursor_verifiers=additions.precursors,
        conclusion=conclusion,
        summary=annexes.summary,
        addenda=annexes.addenda,
    )


def known_precursor_verifiers(sealed: Sealed) -> tuple[PrecursorVerifier, ...]:
    """Who verified bought precursors, as the operator named them delivery by delivery, for the verifier to complete."""
    rows = (sealed.content.get("reading") or {}).get("precursors") or []
    found = [(row, supply) for row in rows for supply in row.get("supplies") or []]
    known = [_known_verifier(row, supply) for row, supply in found if supply.get("value_source") != DEFAULT]
    without = [row for row in rows if not row.get("supplies") and not _is_default(row)]
    return (*known, *(PrecursorVerifier(precursor=row.get("name") or row.get("id") or "") for row in without))


def _known_verifier(row: Mapping[str, Any], supply: Mapping[str, Any]) -> PrecursorVerifier:
    dated_on = supply.get("verification_dated_on")
    return PrecursorVerifier(
        precursor=row.get("name") or row.get("id") or "",
        producer=supply.get("operator") or "",
        name=supply.get("verifier") or "",
        accreditation_number=supply.get("verifier_accreditation") or "",
        country=supply.get("country") or "",
        issued_on=date.fromisoformat(dated_on) if dated_on else None,
    )


def _operator(content: Mapping[str, Any]) -> OperatorPart:
    operator, site = content["operator"], content["installation"]
    return OperatorPart(
        name=operator["name"],
        registration=operator["registration"],
        address=operator["address"],
        country=operator["country"],
        installation=site["name"],
        installation_code=site["code"],
        unlocode=site["unlocode"],
        installation_address=f"{site['address']}, {site['city']}",
        installation_country=site["country_name"],
        latitude=site["latitude"],
        longitude=site["longitude"],
    )


def _identity(sealed: Sealed, report_number: str) -> IdentityPart:
    period = sealed.content["period"]
    return IdentityPart(
        report_number=report_number,
        claim=sealed.content["claim"],
        scheme=sealed.content["scheme"],
        period_starts_on=date.fromisoformat(period["start"]),
        period_ends_on=date.fromisoformat(period["end_exclusive"]) - timedelta(days=1),
        snapshot=sealed.number,
        snapshot_sha256=sealed.sha256,
    )


def _process(row: Mapping[str, Any]) -> ProcessRow:
    return ProcessRow(
        name=row.get("name") or row.get("id") or "",
        category=row.get("category") or "",
        routes=", ".join(row.get("routes") or []),
        unit=row.get("unit") or "",
        activity_level=row.get("activity_level"),
        direct_tco2e=row.get("attributed_direct_tco2e"),
        indirect_tco2e=row.get("attributed_indirect_tco2e"),
        electricity_mwh=row.get("electricity_mwh"),
        electricity_factor=row.get("electricity_factor_tco2e_per_mwh"),
        electricity_factor_source=row.get("electricity_factor_source") or "",
    )


def _good(row: Mapping[str, Any]) -> GoodRow:
    names = ("quantity", "see_direct", "see_indirect", "see_total", "see_applicable", "share_default")
    return GoodRow(
        cn=row["cn"],
        process=row.get("process") or "",
        route=row.get("route") or "",
        unit=row.get("unit") or "",
        **{name: row.get(name) for name in names},
    )


def _precursor(row: Mapping[str, Any]) -> PrecursorRow:
    return PrecursorRow(
        name=row.get("name") or row.get("id") or "",
        category=row.get("category") or "",
        country=row.get("country") or "",
        is_default=_is_default(row),
        quantity=row.get("quantity"),
        see_direct=row.get("see_direct_tco2e_per_unit"),
    )


def _is_default(row: Mapping[str, Any]) -> bool:
    return (row.get("see_direct_source") or "").lower() == DEFAULT
