"""Fills what the checks of a carbon price claim look at, from its sealed content and from what stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from verification.checks.model import (
    CertifierPart,
    InstrumentPart,
    OverlapPart,
    PaymentPart,
    PrecursorPricePart,
    PricedGoodPart,
    PriceSubject,
    PriceSwitches,
    PriceUnitPart,
    RebatePart,
)
from verification.claims.double_use import shared_with_active
from verification.claims.enums import ClaimState, SurrenderKind
from verification.claims.models import Claim, ClaimEvidence, VerificationStatement
from verification.claims.price_computation import cost_of
from verification.claims.price_terms import PriceTerms, terms_from_record
from verification.claims.subjects.sealed import SealedContent
from verification.kernel import clock
from verification.reference.enums import OriginStanding
from verification.reference.selectors import countries
from verification.units.blocks import Block

Row = Mapping[str, Any]
ORIGINS = {SurrenderKind.DOMESTIC_CREDIT: "domestic", SurrenderKind.ARTICLE_6_CREDIT: "international"}


def price_subject(claim: Claim, sealed: SealedContent, statement: VerificationStatement | None) -> PriceSubject:
    """Everything that the checks of the claim may look at. No verifier's ``statement``: a person certifies it."""
    content = sealed.content
    terms = terms_from_record(content["terms"])
    files = _Files(claim)
    obligation = _number(content["obligation_tco2e"])
    return PriceSubject(
        today=clock.today(),
        period_start=claim.period_start,
        period_end=claim.period_end,
        scheme=claim.scheme,
        country=content["installation"]["country"],
        settlement_currency=terms.currency,
        instrument=InstrumentPart(
            kind=content["instrument"]["kind"],
            name=content["instrument"]["name"],
            law=content["instrument"]["law"],
            country=content["instrument"]["country"],
            is_binding=content["instrument"]["is_binding"],
        ),
        payments=(*_payments(content, files), *_handed_in(claim, content, files)),
        rebates=tuple(
            RebatePart(
                path=f"rebates.{row['position']}",
                kind=row["kind"],
                has_proof=files.stands(row["proof_sha256"]),
                **_money(row, Decimal(row["amount"]), content),
            )
            for row in content["rebates"]
        ),
        free_allocation_tco2e=_number(content["free_allocation_tco2e"]),
        verified_emissions_tco2e=obligation,
        certifier=_certifier(content["certifier"], files),
        units=tuple(_units(claim, content)),
        precursors=tuple(_precursors(content, files)),
        goods=tuple(_goods(content)),
        uses_default_price=False,
        switches=_switches(claim, terms, obligation),
    )


class _Files:
    """Which files stand in the claim, and which of its receipts stand in another claim that was sent."""

    def __init__(self, claim: Claim) -> None:
        self.attached = set(claim.evidence.filter(removed_at=None).values_list("file__sha256", flat=True))
        self.elsewhere = set(
            ClaimEvidence.objects.filter(file__sha256__in=self.attached, removed_at=None)
            .exclude(claim=claim)
            .exclude(claim__state=ClaimState.DRAFT)
            .values_list("file__sha256", flat=True)
        )

    def stands(self, sha256: str | None) -> bool:
        return sha256 in self.attached


def _payments(content: Row, files: _Files) -> Iterator[PaymentPart]:
    for row in content["payments"]:
        yield PaymentPart(
            path=f"payments.{row['position']}",
            paid_on=_day(row["paid_on"]),
            covers_from=_day(row["covers_from"]),
            covers_to=_day(row["covers_to"]),
            emissions_covered_tco2e=_number(row["emissions_tco2e"]),
            has_receipt=files.stands(row["receipt_sha256"]),
            is_receipt_known_elsewhere=row["receipt_sha256"] in files.elsewhere,
            **_money(row, Decimal(row["amount"]), content),
        )


def _handed_in(claim: Claim, content: Row, files: _Files) -> Iterator[PaymentPart]:
    """Units handed in are payments too: for the year's emissions, at what they cost."""
    for row in content["surrenders"]:
        yield PaymentPart(
            path=f"surrenders.{row['position']}",
            paid_on=_day(row["surrendered_on"]),
            covers_from=claim.period_start,
            covers_to=claim.period_end - timedelta(days=1),
            emissions_covered_tco2e=Decimal(row["quantity_t"]),
            has_receipt=files.stands(row["receipt_sha256"]),
            is_receipt_known_elsewhere=row["receipt_sha256"] in files.elsewhere,
            **_money(row, cost_of(row), content),
        )


def _money(row: Row, amount: Decimal, content: Row) -> dict[str, Any]:
    rate = next((rate for rate in content["rates"] if rate["currency"] == row["currency"]), None)
    label = row["label"] or (SurrenderKind(row["kind"]).label if row.get("kind") in SurrenderKind.values else "")
    return {
        "label": label,
        "amount": amount,
        "currency": row["currency"],
        "rate": _number(rate["per_unit"]) if rate else None,
        "rate_source": rate["source"] if rate else "",
        "rate_year": rate["year"] if rate else None,
        "is_rate_yearly_average": rate["is_yearly_average"] if rate else None,
    }


def _certifier(said: Row, files: _Files) -> CertifierPart:
    stated_on = _day(said["certified_on"])
    return CertifierPart(
        name=said["name"],
        accreditation=", ".join(part for part in (said["accreditation"], said["body"]) if part),
        accreditation_problem=_accreditation_problem(said, stated_on, files),
        statement_dated_on=stated_on,
    )


def _accreditation_problem(said: Row, stated_on: date | None, files: _Files) -> str:
    first, last = _day(said["accredited_from"]), _day(said["accredited_to"])
    if not said["accreditation"] or not said["body"]:
        return "accreditation number or body not stated"
    if first is None or last is None:
        return "days of the accreditation not stated"
    if stated_on is not None and not first <= stated_on <= last:
        return f"accredited from {first} to {last}, stated on {stated_on}"
    return "" if files.stands(said["certification_sha256"]) else "the certification is not attached"


def _units(claim: Claim, content: Row) -> Iterator[PriceUnitPart]:
    """Credits: by serial block where they have one, else by the row."""
    in_unit_claims = _in_unit_claims(claim, content)
    for row in content["surrenders"]:
        if row["kind"] == SurrenderKind.ALLOWANCE:
            continue
        path, label = f"surrenders.{row['position']}", row["label"] or SurrenderKind(row["kind"]).label
        blocks = [block for block in content["blocks"] if block["surrender"] == row["position"]]
        for block in blocks:
            yield PriceUnitPart(
                path=f"{path}.{block['position']}",
                label=block["serial"],
                origin=ORIGINS[row["kind"]],
                quantity=block["quantity"],
                start=block["first"],
                end=block["last"],
                claim_overlaps=tuple(in_unit_claims.get(_block(block), ())),
            )
        if not blocks:
            yield PriceUnitPart(path=path, label=label, origin=ORIGINS[row["kind"]], quantity=row["quantity_t"])


def _in_unit_claims(claim: Claim, content: Row) -> dict[Block, list[OverlapPart]]:
    found: dict[Block, list[OverlapPart]] = {}
    for item in shared_with_active([_block(block) for block in content["blocks"]], but=claim):
        if not item.is_in_price_claim:
            found.setdefault(item.block, []).append(OverlapPart(item.shared.start, item.shared.end))
    return found


def _block(block: Row) -> Block:
    return Block(block["family_key"], block["first"], block["last"])


def _precursors(content: Row, files: _Files) -> Iterator[PrecursorPricePart]:
    """Precursors that were bought; those of the claim's own goods carry a price that is worked out here."""
    for row in content["precursors"]:
        if row["made_here"] is None:
            yield PrecursorPricePart(
                path=f"precursors.{row['position']}",
                name=row["name"],
                country=row["country"],
                price_per_tco2e=_number(row["price_per_tco2e"]),
                see_tco2e_per_t=_number(row["see_tco2e_per_t"]),
                is_certified=files.stands(row["certification_sha256"]),
            )


def _goods(content: Row) -> Iterator[PricedGoodPart]:
    result = content["result"]
    shares = {good["position"]: good["share_priced"] for good in result["goods"]} if result else {}
    for row in content["goods"]:
        yield PricedGoodPart(
            path=f"goods.{row['position']}",
            code=row["code"],
            origin=content["installation"]["country"],
            values=row["basis"],
            share_covered=_number(shares.get(row["position"])),
            is_process_priced=bool(_number(row["own_priced_tco2e_per_t"])),
        )


def _switches(claim: Claim, terms: PriceTerms, obligation: Decimal | None) -> PriceSwitches:
    charged_not = countries(claim.scheme, claim.period_start).exclude(standing=OriginStanding.THIRD_COUNTRY)
    return PriceSwitches(
        exempt_origins=frozenset(charged_not.values_list("iso2", flat=True)),
        needs_certification=True,
        international_cap=terms.credit_cap_share,
        international_cap_base_tco2e=obligation,
        reference=terms.draft or terms.reference,
    )


def _number(text: str | None) -> Decimal | None:
    return None if text in (None, "") else Decimal(str(text))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
