"""Fills the subject of the checks from a claim, its reading, its evidence and the register.

What a reading does not carry stays ``None`` or empty, and the checks that need it stay silent:
readings of the Commission's template know no heat sources, older readings no balances.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from verification.checks.model import (
    Balance,
    CarbonPricePart,
    CertificateFacts,
    GoodSubject,
    PrecursorSubject,
    Reconciliation,
    Subject,
)
from verification.claims.content import decimal_or_none
from verification.claims.enums import ClaimState
from verification.claims.models import Claim, VerificationStatement
from verification.claims.selectors import evidence_of
from verification.claims.subjects import history, register
from verification.claims.subjects.report import part_of, report_sealed_as
from verification.claims.subjects.reuse import reuse_of
from verification.claims.subjects.sealed import SealedContent
from verification.claims.subjects.statement import statement_subject
from verification.database.kept import Given, Kept
from verification.evidence.enums import FileState
from verification.kernel import clock
from verification.reference.selectors import scheme_start

COMMUNICATION_TEMPLATE = "CBAM"
"""The Commission's templates are named so, in every version."""


def subject_of(claim: Claim, sealed: SealedContent, statement: VerificationStatement | None) -> Subject:
    """Everything that the checks of ``claim`` may look at."""
    reading: Mapping[str, Any] = sealed.content["reading"] or {}
    in_file, period = reading.get("installation") or {}, reading.get("period") or {}
    report = report_sealed_as(sealed.sha256, reading.get("report"))
    rows = reading.get("goods") or []
    listed = register.list_categories(claim, [row["cn"] for row in rows])
    goods = tuple(_good(row, listed) for row in rows)
    uses = list(evidence_of(claim)) if sealed.uses is None else sealed.uses
    reuse = reuse_of(claim, statement)
    return Subject(
        scheme=claim.scheme,
        scheme_start=scheme_start(claim.scheme),
        period_start=claim.period_start,
        period_end=claim.period_end,
        today=clock.today(),
        country=claim.site.country,
        latitude=claim.site.latitude,
        longitude=claim.site.longitude,
        unlocode=claim.site.unlocode,
        registration_ends_on=claim.site.valid_to,
        file_country=in_file.get("country") or "",
        file_latitude=decimal_or_none(in_file.get("latitude")),
        file_longitude=decimal_or_none(in_file.get("longitude")),
        report_starts_on=_day(period.get("starts_on")),
        report_ends_on=_day(period.get("ends_on")),
        goods=goods,
        precursors=tuple(_precursor(row) for row in reading.get("precursors") or []),
        evidence_purposes=frozenset(use.purpose for use in uses),
        unclean_files=tuple(use.file.name for use in uses if use.file.state != FileState.CLEAN),
        electricity_sources=frozenset(
            row["electricity_factor_source"]
            for row in reading.get("processes") or []
            if row.get("electricity_factor_source")
        ),
        template_is_used_elsewhere=reuse.template,
        evidence_is_shared_with_others=reuse.evidence,
        other_claims_for_period=_others_for_period(claim),
        snapshot_sha256=sealed.sha256,
        statement=statement_subject(claim, statement, sealed.sha256, goods, rows, reuse) if statement else None,
        report=report,
        is_communication_template=str((reading.get("template") or {}).get("name", "")).startswith(
            COMMUNICATION_TEMPLATE
        ),
        noted=frozenset(row["code"] for row in reading.get("problems") or []),
        reconciliation=_reconciliation(reading.get("reconciliation")),
        balances={name: _balance(row) for name, row in (reading.get("balances") or {}).items() if row},
        certificates=_certificates(reading.get("precursor_certificates")),
        earlier=history.goods_of_the_year_before(claim, sealed.at),
        peers=history.medians_by_category(claim, sealed.at),
        grid_factors=_numbers(reading.get("grid_factors")),
        domestic_countries=register.zero_rated_countries(claim) if report.precursors else frozenset(),
        precursor_defaults=register.precursor_defaults(claim, report),
    )


def _good(row: Mapping[str, Any], listed: Mapping[str, str]) -> GoodSubject:
    default, stated = row.get("default") or {}, row.get("stated") or {}
    return GoodSubject(
        code=row["cn"],
        category=row["category"],
        sector=row.get("sector") or "",
        process=row.get("process") or "",
        route=row.get("route") or "",
        unit=row["unit"],
        quantity=decimal_or_none(row.get("quantity")),
        direct=decimal_or_none(row.get("see_direct")),
        indirect=decimal_or_none(row.get("see_indirect")),
        total=decimal_or_none(row.get("see_total")),
        applicable=decimal_or_none(row.get("see_applicable")),
        stated_direct=decimal_or_none(stated.get("see_direct")),
        stated_indirect=decimal_or_none(stated.get("see_indirect")),
        stated_total=decimal_or_none(stated.get("see_total")),
        default_value=decimal_or_none(default.get("value")),
        default_share=decimal_or_none(row.get("share_default")),
        default_share_indirect=decimal_or_none(row.get("default_share_indirect")),
        is_known=bool(row.get("sector")),
        list_category=listed.get(row["cn"][:8], ""),
        scope=row.get("scope") or "",
        process_id=row.get("process_id") or "",
        parameters=_numbers(row.get("parameters")),
        carbon_price=part_of(CarbonPricePart, row.get("carbon_price") or {}),
    )


def _precursor(row: Mapping[str, Any]) -> PrecursorSubject:
    return PrecursorSubject(
        name=row.get("name") or "",
        category=row.get("category") or "",
        country=row.get("country") or "",
        is_default=(row.get("see_direct_source") or "").lower() == "default",
        quantity=decimal_or_none(row.get("quantity")),
    )


def _reconciliation(row: Mapping[str, Any] | None) -> Reconciliation | None:
    if not row:
        return None
    return Reconciliation(
        installation_direct_tco2e=decimal_or_none(row.get("installation_direct_tco2e")),
        processes_direct_tco2e=decimal_or_none(row.get("processes_direct_tco2e")),
        factor=decimal_or_none(row.get("factor")),
        is_applied=row.get("is_applied"),
    )


def _balance(row: Mapping[str, Any]) -> Balance:
    return Balance(decimal_or_none(row.get("supplied")), decimal_or_none(row.get("used")))


def _certificates(rows: Mapping[str, Any] | None) -> dict[str, CertificateFacts] | None:
    if rows is None:
        return None
    return {
        number: CertificateFacts(
            status=row.get("status") or "",
            scheme=row.get("scheme") or "",
            period_start=_day(row.get("period_start")),
            period_end=_day(row.get("period_end")),
            verifier_problem=row.get("verifier_problem") or "",
        )
        for number, row in rows.items()
    }


def _numbers(row: Mapping[str, Any] | None) -> dict[str, Any]:
    found = {name: decimal_or_none(value) for name, value in (row or {}).items()}
    return {name: value for name, value in found.items() if value is not None}


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None


def _others_for_period(claim: Claim) -> tuple[str, ...]:
    """Claims that say something of the same period, but for the one that this claim names as amended by it."""
    return tuple(
        OTHERS_FOR_PERIOD.rows(
            scheme=claim.scheme,
            installation=claim.site.pk,
            claim=claim.pk,
            named=[claim.pk, claim.amends_id] if claim.amends_id else [claim.pk],
            starts_on=claim.period_start,
            ends_on=claim.period_end,
        )
    )


OTHERS_FOR_PERIOD = Kept(
    lambda: (
        Claim.objects.filter(
            scheme=Given("scheme"),
            installation_id=Given("installation"),
            period_start__lt=Given("ends_on"),
            period_end__gt=Given("starts_on"),
        )
        .exclude(state__in=(ClaimState.DRAFT, ClaimState.WITHDRAWN, ClaimState.REFUSED, ClaimState.REVOKED))
        .exclude(pk__in=Given("named"))
        .exclude(amends_id=Given("claim"))
        .order_by("number")
        .values_list("number", flat=True)
    )
)
