"""Fills what the checks of a unit claim look at: its blocks, the scheme's rules, and other claims' serials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
from verification.claims.double_use import SharedSerials, shared_with_active, shared_with_drafts
from verification.claims.enums import ACTIVE_BLOCK_STATES, ClaimState, UnitEventKind
from verification.claims.models import Claim, ClaimEvidence, UnitBlock, VerificationStatement
from verification.claims.registry_records import AskedBlock, KnownRows, issued_for, lookup_for, rows_about
from verification.claims.selectors import evidence_of
from verification.claims.subjects.sealed import SealedContent
from verification.claims.unit_limit import ClaimLimit, limit_of_claim
from verification.claims.unit_rules import rules_for
from verification.database.kept import Given, Kept
from verification.kernel import clock
from verification.kernel.errors import MissingReference
from verification.reference.selectors import published_release
from verification.units.blocks import Block
from verification.units.rules import EligibilityRow, UnitRules
from verification.units.serials import Family, ParsedSerial, parse_serial
from verification.units.uses import use_of

LOOKUP_OFF = "off"
GREENHOUSE_GASES = "GHG"
METRICS = {"tco2e": GREENHOUSE_GASES}
REFUSED_ROW, REFERRED_ROW = "refuse", "refer"


def unit_subject(claim: Claim, sealed: SealedContent, statement: VerificationStatement | None) -> UnitSubject:
    """Everything that the checks of the claim may look at, as things stand now.

    Blocks and letters are those of the sealed content; whose else the serials are, and what others used of the
    limit, is of today. A unit claim has no verifier's ``statement``.
    """
    rules = rules_for(claim)
    rows: Sequence[Mapping[str, Any]] = sealed.content["blocks"]
    blocks = [Block(row["family_key"], row["first"], row["last"]) for row in rows]
    active, drafts = _by_block(shared_with_active(blocks, but=claim)), _by_block(shared_with_drafts(blocks, but=claim))
    proofs = _evidence(claim, rows, sealed.uses)
    asked = _asked(rows, blocks)
    known = rows_about(asked)
    lookups, issued = _lookups(asked, rows, rules, known), issued_for(asked, known)
    letters = {row["reference"]: _letter(claim, row) for row in sealed.content["authorisations"]}
    channel = rules.channel_on(claim.period_start)
    organisation = claim.organisation
    return UnitSubject(
        today=clock.today(),
        scheme=claim.scheme,
        scheme_names=_scheme_names(claim, rules),
        channel=channel.value if channel else "none",
        period_start=claim.period_start,
        period_end=claim.period_end,
        filed_on=claim.submitted_at.date() if claim.submitted_at else None,
        filing_deadline=_deadline(claim, rules),
        claimant=ClaimantPart(
            legal_name=organisation.name,
            aliases=(organisation.local_name,) if organisation.local_name else (),
            tax_ids=(organisation.registration_number,),
            country=organisation.country,
        ),
        blocks=tuple(
            replace(
                _block(row, active[block], drafts[block], proofs, letters),
                lookup=lookups[row["position"]],
                issued=issued[row["position"]],
            )
            for row, block in zip(rows, blocks, strict=True)
        ),
        eligibility=tuple(_eligibility(row) for row in rules.eligibility if row.outcome != REFUSED_ROW),
        agreements=tuple(
            HostAgreementPart(
                row.host_country, row.in_force_from or row.span.start, row.in_force_to or row.span.end, row.reference
            )
            for row in rules.agreements
        ),
        programmes=tuple(ProgrammePart(row.code, row.name) for row in rules.programmes),
        unit_types={
            row.code: UnitTypePart(row.code, METRICS.get(row.metric, row.metric), row.requires_corresponding_adjustment)
            for row in rules.types
        },
        needs_host_agreement=_says(rules, "host_agreement", "required"),
        limit=_limit(limit_of_claim(claim, sealed.content)),
        is_precheck=bool(rows) and all(row["event"] == UnitEventKind.NOT_YET for row in rows),
    )


def _asked(rows: Sequence[Mapping[str, Any]], blocks: Sequence[Block]) -> list[AskedBlock]:
    return [
        AskedBlock(row["position"], row["serial"], row["family"], block, _day(row["event_on"]))
        for row, block in zip(rows, blocks, strict=True)
    ]


def _lookups(
    asked: Sequence[AskedBlock], rows: Sequence[Mapping[str, Any]], rules: UnitRules, known: KnownRows
) -> dict[int, LookupPart]:
    """What loaded exports say, for programmes whose registry the scheme lets us compare."""
    switched_off = {row.code for row in rules.programmes if row.lookup_mode == LOOKUP_OFF}
    off = {row["position"] for row in rows if row["programme"] in switched_off}
    found = lookup_for([block for block in asked if block.position not in off], known)
    return {block.position: found.get(block.position, LookupPart(mode=LOOKUP_OFF)) for block in asked}


def _by_block(shared: Iterable[SharedSerials]) -> dict[Block, list[SharedSerials]]:
    found: dict[Block, list[SharedSerials]] = defaultdict(list)
    for item in shared:
        found[item.block].append(item)
    return found


def _block(
    row: Mapping[str, Any],
    active: Sequence[SharedSerials],
    drafts: Sequence[SharedSerials],
    proofs: Mapping[int, EvidencePart],
    letters: Mapping[str, AuthorisationPart],
) -> BlockPart:
    facts: Mapping[str, Any] = row["facts"]
    position = row["position"]
    parsed = parse_serial(row["serial"], family=Family(row["family"]), quantity=facts.get("stated_quantity"))
    use = use_of(facts.get("event_reason", ""), row["purpose"], row["beneficiary"])
    return BlockPart(
        path=f"blocks.{position}",
        position=position,
        raw_serial=row["raw_serial"],
        normalised_serial=row["serial"],
        serial_problems=tuple(
            SerialProblemPart(item.code, item.severity, item.found, item.expected, item.suggestion)
            for item in parsed.problems
        ),
        serial_family=row["family"],
        **{name: row[name] for name in ("programme", "unit_type", "family_key", "quantity", "project", "country")},
        start=row["first"],
        end=row["last"],
        stated_quantity=facts.get("stated_quantity"),
        **_serial_facts(parsed),
        vintage_from=_day(row["vintage_from"]),
        vintage_to=_day(row["vintage_to"]),
        methodology=facts.get("methodology", ""),
        first_crediting_start=_day(facts.get("first_crediting_start")),
        sector_scope=facts.get("sector_scope", ""),
        capacity_mw=Decimal(facts["capacity_mw"]) if facts.get("capacity_mw") else None,
        event="" if row["event"] == UnitEventKind.NOT_YET else row["event"],
        event_reason_code=facts.get("event_reason", ""),
        event_on=_day(row["event_on"]),
        use=use.use.value.replace("-", "_"),
        use_why=use.why,
        beneficiary_text=row["beneficiary"],
        purpose_text=row["purpose"],
        labels=tuple(facts.get("labels", ())),
        issued_on=_day(facts.get("issued_on")),
        authorisation=letters.get(row["authorisation"] or ""),
        ca_state=row["adjustment_state"],
        evidence=(proofs[position],) if position in proofs else (),
        active_overlaps=_overlaps(item for item in active if not item.is_in_price_claim),
        draft_overlaps=_overlaps(drafts),
        price_overlaps=_overlaps(item for item in active if item.is_in_price_claim),
    )


def _serial_facts(parsed: ParsedSerial) -> dict[str, Any]:
    serial = parsed.serial
    if serial is None:
        return {}
    return {
        "serial_project": serial.project,
        "serial_country": serial.country if len(serial.country) == len("CC") else "",
        "serial_vintage_from": serial.vintage_from,
        "serial_vintage_to": serial.vintage_to,
    }


def _overlaps(shared: Iterable[SharedSerials]) -> tuple[OverlapPart, ...]:
    return tuple(OverlapPart(item.shared.start, item.shared.end) for item in shared)


def _letter(claim: Claim, row: Mapping[str, Any]) -> AuthorisationPart:
    elsewhere = USED_BY_OTHERS.rows(host_country=row["host_country"], reference=row["reference"], claim=claim.pk)
    return AuthorisationPart(
        host_country=row["host_country"],
        reference=row["reference"],
        issued_on=_day(row["issued_on"]),
        purposes=frozenset(row["purposes"]),
        authorised_parties=tuple(row["authorised_parties"]),
        authorised_entities=tuple(row["authorised_entities"]),
        project_ref=row["project"],
        quantity=row["quantity"],
        used_elsewhere=sum(elsewhere),
        **{name: _day(row[name]) for name in ("vintage_from", "vintage_to", "use_from", "use_to")},
        status=row["status"],
        has_document=row["document_sha256"] is not None,
    )


def _evidence(
    claim: Claim, rows: Sequence[Mapping[str, Any]], known: Sequence[ClaimEvidence] | None
) -> dict[int, EvidencePart]:
    """The file of each block; what stands in it a person compares, unless it is the registry's own table."""
    uses = {use.file.sha256: use for use in (evidence_of(claim) if known is None else known)}
    elsewhere = set(FILES_OF_OTHERS.rows(hashes=list(uses), organisation=claim.organisation_id)) if uses else set()
    found = {}
    for row in rows:
        sha256 = row["evidence_sha256"]
        if sha256 not in uses:
            continue
        is_in_table = row["facts"].get("export_sha256") == sha256
        found[row["position"]] = EvidencePart(
            purpose="retirement_certificate",
            name=uses[sha256].file.name,
            is_readable=True,
            is_known_elsewhere=sha256 in elsewhere,
            extracted_serial=row["serial"] if is_in_table else "",
            extracted_quantity=row["facts"].get("stated_quantity") if is_in_table else None,
        )
    return found


USED_BY_OTHERS = Kept(
    lambda: (
        UnitBlock.objects.filter(
            authorisation__host_country=Given("host_country"),
            authorisation__reference=Given("reference"),
            state__in=ACTIVE_BLOCK_STATES,
        )
        .exclude(claim_id=Given("claim"))
        .values_list("quantity", flat=True)
    )
)
FILES_OF_OTHERS = Kept(
    lambda: (
        ClaimEvidence.objects.filter(file__sha256__in=Given("hashes"), removed_at=None)
        .exclude(claim__organisation_id=Given("organisation"))
        .exclude(claim__state=ClaimState.DRAFT)
        .values_list("file__sha256", flat=True)
    )
)


def _eligibility(row: EligibilityRow) -> EligibilityPart:
    return EligibilityPart(
        programme=row.programme,
        unit_type=row.unit_type,
        methodology_include=row.methodology_include,
        methodology_exclude=row.methodology_exclude,
        host_include=row.host_include,
        host_exclude=row.host_exclude,
        vintage_from=row.vintage_from,
        vintage_to=row.vintage_to,
        first_crediting_start_min=row.first_crediting_start_min,
        cancelled_from=row.cancelled_from,
        cancelled_to=row.cancelled_to,
        authorisation_purposes_required=frozenset(row.authorisation_purposes_required),
        label_required=row.label_required,
        exclusion_label=row.exclusion_label,
        refer_reason=(row.exclusion_note or "an official's look") if row.outcome == REFERRED_ROW else "",
        valid_from=row.span.start,
        valid_to=row.span.end,
        reference=row.reference,
    )


def _limit(limit: ClaimLimit | None) -> LimitPart | None:
    if limit is None:
        return None
    return LimitPart(
        base=limit.base_name,
        base_tco2e=limit.base_tco2e,
        percent=limit.policy.percent,
        carry=int(limit.carry_t),
        limit=int(limit.limit_t),
        remaining=int(limit.remaining_t),
        adjustable_tco2e=limit.adjustable_tco2e,
        classes=tuple(
            LimitClassPart(row.unit_class, row.claimed, row.accepted, row.excess, row.sublimit_t)
            for row in limit.classes
        ),
        reference=limit.policy.reference,
    )


def _scheme_names(claim: Claim, rules: UnitRules) -> tuple[str, ...]:
    """Words by which the purpose of a retirement may name the scheme."""
    definition = published_release(claim.scheme).definition
    words = rules.switches.get("purpose_words")
    return tuple(dict.fromkeys([*(words.value if words else ()), definition["short_name"], definition["name"]]))


def _says(rules: UnitRules, name: str, value: str) -> bool | None:
    switch = rules.switches.get(name)
    return switch.value == value if switch else None


def _deadline(claim: Claim, rules: UnitRules) -> date | None:
    try:
        return rules.filing_deadline(claim.period_end)
    except MissingReference:
        return None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
