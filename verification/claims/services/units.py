"""What a claimant does with a unit claim before it is sent: start, offer blocks, say of them what is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from verification.audit.actors import Actor
from verification.audit.numbering import next_number
from verification.audit.services import record_event
from verification.claims import policy
from verification.claims.enums import (
    AdjustmentState,
    AuthorisationStatus,
    BlockState,
    ClaimKind,
    ReversalOutcome,
    UnitEventKind,
)
from verification.claims.kinds import MANIFESTS
from verification.claims.models import Authorisation, Claim, ReversalEvent, UnitBlock, UnitDetails
from verification.claims.unit_entry import BlockEntry, quantity_of, too_many
from verification.claims.unit_rules import programme_of, rules_for
from verification.evidence.models import EvidenceFile
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.reference.selectors.units import unit_rules_record
from verification.registry.models import Organisation
from verification.units.rules import UnitRules

BATCH = 1000


@transaction.atomic
def start_unit_claim(
    organisation: Organisation, *, scheme: str, year: int, actor: Actor, replaces: ReversalEvent | None = None
) -> Claim:
    """A new draft for a calendar year, or one whose units stand in for those that an event struck.

    Raises ``InvalidInput`` where the scheme takes no units in that year, ``Conflict`` where the event is closed.
    """
    if not actor.belongs_to(organisation.pk):
        raise NotAllowed("Only the party itself starts a claim for its units.")
    if replaces is not None:
        _demand_replaceable(replaces, organisation)
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    rules = UnitRules.from_record(unit_rules_record(scheme))
    channel = rules.channel_on(start)
    if channel is None or not rules.takes_units_on(start):
        raise InvalidInput("The claim was not started.", [_no_channel(scheme, year)])
    claim = Claim(
        number=next_number(MANIFESTS[ClaimKind.UNITS].number_prefix),
        kind=ClaimKind.UNITS,
        scheme=scheme,
        organisation=organisation,
        period_start=start,
        period_end=end,
        created_by_id=actor.id,
        created_at=clock.now(),
    )
    claim.save(force_insert=True)
    UnitDetails(claim=claim, channel=channel.value, replaces=replaces).save(force_insert=True)
    facts = {"number": claim.number, "kind": claim.kind, "scheme": scheme, "year": year, "channel": channel.value}
    record_event(
        "claims.claim.started",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts=facts | ({"replaces_units_of": replaces.claim.number} if replaces else {}),
    )
    return claim


@transaction.atomic
def add_blocks(claim: Claim, *, actor: Actor, entries: Sequence[BlockEntry], origin: str = "typed") -> int:
    """Offer further blocks, after those that stand. Returns how many; raises ``InvalidInput`` for too many."""
    policy.demand_editable(actor, claim)
    refusal = too_many(entries, claim.blocks.count())
    if refusal or not entries:
        raise InvalidInput("No block was added.", [refusal] if refusal else [_nothing_offered()])
    position = claim.blocks.aggregate(last=Max("position"))["last"] or 0
    rules = rules_for(claim)
    rows = [_row(claim, entry, number, rules) for number, entry in enumerate(entries, start=position + 1)]
    UnitBlock.objects.bulk_create(rows, batch_size=BATCH)
    _note(claim, actor, "added", blocks=len(rows), tonnes=quantity_of(entries), origin=origin)
    return len(rows)


@dataclass(frozen=True)
class BlockAnswers:
    """What the claimant says of a block's retirement and project. ``facts`` are named as the checks name them.

    A block that rests on a letter of authorisation is authorised, unless more is said.
    ``kept`` names answers (event, event_on, beneficiary, purpose, authorisation) that stay on each block as they are,
    for blocks that differ in them.
    """

    event: UnitEventKind
    event_on: date | None = None
    beneficiary: str = ""
    purpose: str = ""
    project: str = ""
    country: str = ""
    vintage_from: date | None = None
    vintage_to: date | None = None
    facts: Mapping[str, Any] | None = None
    authorisation: Authorisation | None = None
    evidence: EvidenceFile | None = None
    adjustment_state: AdjustmentState | None = None
    kept: Collection[str] = ()


@transaction.atomic
def describe_blocks(claim: Claim, *, actor: Actor, positions: Collection[int], answers: BlockAnswers) -> int:
    """Say the same of several blocks. Raises ``InvalidInput`` where it contradicts what a serial prints."""
    policy.demand_editable(actor, claim)
    _demand_own(claim, answers)
    chosen = claim.blocks.filter(position__in=positions, state__in=(BlockState.DRAFT, BlockState.RESERVED))
    chosen.update(**_said(answers), **_said_of_project(answers))
    if answers.facts:
        _add_facts(chosen, answers.facts)
    _follow_letters(chosen, answers.adjustment_state)
    described = sorted(chosen.values_list("position", flat=True))
    _note(claim, actor, "described", positions=described)
    return len(described)


@transaction.atomic
def remove_blocks(claim: Claim, *, actor: Actor, positions: Collection[int]) -> int:
    """Take blocks out. Serials that were examined already are released, and their rows stay on record."""
    policy.demand_editable(actor, claim)
    chosen = claim.blocks.filter(position__in=positions)
    released = chosen.filter(state=BlockState.RESERVED).update(state=BlockState.RELEASED, is_active=False)
    deleted, _ = chosen.filter(state=BlockState.DRAFT).delete()
    _note(claim, actor, "removed", positions=sorted(positions))
    return released + deleted


@transaction.atomic
def say_statement(claim: Claim, *, actor: Actor, statement: str) -> None:
    """The claimant's own words about what the units are offered for."""
    policy.demand_editable(actor, claim)
    UnitDetails.objects.filter(claim=claim).update(statement=statement.strip())
    _note(claim, actor, "statement said")


@transaction.atomic
def store_base(claim: Claim, *, actor: Actor, base: dict[str, Any]) -> None:
    """Keep what the limit is worked out from, see ``UnitDetails``; the use case that determined the values calls it."""
    policy.demand_editable(actor, claim)
    UnitDetails.objects.filter(claim=claim).update(base=base)
    claim.unit_details.refresh_from_db()
    _note(claim, actor, "base stated", lines=len(base.get("lines", ())))


@dataclass(frozen=True)
class LetterDetails:
    """A letter of authorisation as it reads. Countries are ISO 3166 alpha-2; windows include their last day."""

    host_country: str
    reference: str
    issued_on: date
    purposes: tuple[str, ...]
    project: str
    version: str = ""
    authorised_parties: tuple[str, ...] = ()
    authorised_entities: tuple[str, ...] = ()
    quantity: int | None = None
    vintage_from: date | None = None
    vintage_to: date | None = None
    use_from: date | None = None
    use_to: date | None = None
    first_transfer_trigger: str = ""
    status: AuthorisationStatus = AuthorisationStatus.VALID


@transaction.atomic
def add_letter(claim: Claim, *, actor: Actor, details: LetterDetails, document: EvidenceFile | None) -> Authorisation:
    """Record a host country's letter. The same letter in the same version stands once in a claim."""
    policy.demand_editable(actor, claim)
    same = claim.authorisations.filter(
        host_country=details.host_country, reference=details.reference, version=details.version
    )
    if same.exists():
        raise InvalidInput("The letter was not added.", [_letter_twice(details)])
    values = {**vars(details), "purposes": list(details.purposes)}
    values |= {name: list(values[name]) for name in ("authorised_parties", "authorised_entities")}
    letter = Authorisation(claim=claim, document=document, **values)
    letter.save(force_insert=True)
    _note(claim, actor, "letter added", reference=details.reference, host=details.host_country)
    return letter


@transaction.atomic
def remove_letter(letter: Authorisation, *, actor: Actor) -> None:
    """Take a letter out; blocks that rested on it rest on none."""
    policy.demand_editable(actor, letter.claim)
    _note(letter.claim, actor, "letter removed", reference=letter.reference, host=letter.host_country)
    letter.delete()


def _row(claim: Claim, entry: BlockEntry, position: int, rules: UnitRules) -> UnitBlock:
    serial = entry.serial
    if serial.start is None or serial.end is None:
        raise ValueError(f"{serial.normalised} has no numbers.")
    return UnitBlock(
        claim=claim,
        position=position,
        raw_serial=entry.raw_serial[:300],
        serial=serial.normalised,
        family=serial.family.value,
        family_key=serial.family_key,
        first=serial.start,
        last=serial.end,
        quantity=serial.end - serial.start + 1,
        unit_type=serial.unit_type,
        programme=programme_of(rules, serial.family.value, serial.unit_type),
        project=entry.project or serial.project,
        country=entry.country or (serial.country if len(serial.country) == len("CC") else ""),
        vintage_from=entry.vintage_from or serial.vintage_from,
        vintage_to=entry.vintage_to or serial.vintage_to,
        event=entry.event,
        event_on=entry.event_on,
        beneficiary=entry.beneficiary[:300],
        purpose=entry.purpose,
        facts=entry.facts,
    )


def _said(answers: BlockAnswers) -> dict[str, Any]:
    """Answers that every chosen block gets, empty ones included."""
    said = {
        "event": answers.event,
        "event_on": answers.event_on,
        "beneficiary": answers.beneficiary.strip(),
        "purpose": answers.purpose.strip(),
        "authorisation": answers.authorisation,
    }
    return {name: value for name, value in said.items() if name not in answers.kept}


def _said_of_project(answers: BlockAnswers) -> dict[str, Any]:
    """What an answer left empty does not change."""
    names = ("project", "country", "vintage_from", "vintage_to", "evidence")
    return {name: value for name in names if (value := getattr(answers, name))}


def _demand_replaceable(event: ReversalEvent, organisation: Organisation) -> None:
    if event.claim.organisation_id != organisation.pk:
        raise NotAllowed("Only the party itself replaces its units.")
    if event.outcome != ReversalOutcome.OPEN:
        raise Conflict("Nothing is to be replaced any more: the event was closed.")


def _add_facts(blocks: QuerySet[UnitBlock], facts: Mapping[str, Any]) -> None:
    rows = list(blocks.only("facts"))
    for row in rows:
        row.facts = {**row.facts, **facts}
    UnitBlock.objects.bulk_update(rows, ["facts"], batch_size=BATCH)


def _follow_letters(blocks: QuerySet[UnitBlock], stated: AdjustmentState | None) -> None:
    """What was said of the adjustment; a block that rests on a letter is authorised, unless more is said."""
    if stated:
        blocks.update(adjustment_state=stated)
    else:
        unknown = blocks.filter(adjustment_state=AdjustmentState.UNKNOWN)
        unknown.exclude(authorisation=None).update(adjustment_state=AdjustmentState.AUTHORISED)


def _demand_own(claim: Claim, answers: BlockAnswers) -> None:
    if answers.authorisation is not None and answers.authorisation.claim_id != claim.pk:
        raise NotAllowed("The letter belongs to another claim.")
    if answers.evidence is not None and not claim.evidence.filter(file=answers.evidence, removed_at=None).exists():
        raise Conflict("The file is not attached to this claim.")


def _note(claim: Claim, actor: Actor, what: str, **facts: object) -> None:
    record_event(
        f"claims.units.{what.replace(' ', '_')}",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"number": claim.number, **facts},
    )


def _no_channel(scheme: str, year: int) -> Problem:
    return Problem(
        "block",
        "E-PROG",
        f"{scheme} takes no reduction units for {year}.",
        "Choose a scheme that does. Under the EU's mechanism units can only count inside a carbon price paid abroad.",
        field="scheme",
        found=scheme,
        expected="a scheme with a channel for units",
    )


def _nothing_offered() -> Problem:
    return Problem("block", "S-FORMAT", "No serial was read.", "Paste at least one serial.", field="serials")


def _letter_twice(details: LetterDetails) -> Problem:
    return Problem(
        "block",
        "A-LOA",
        "This letter stands in the claim already.",
        "Change the one that is there, or give the version of this one.",
        field="reference",
        found=f"{details.host_country} {details.reference}",
    )
