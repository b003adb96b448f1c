"""What a producer does with a carbon price claim before it is sent: start, say, add rows, take rows out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max, ProtectedError

from verification.audit.actors import Actor
from verification.audit.numbering import next_number
from verification.audit.services import record_event
from verification.claims import policy
from verification.claims.enums import ClaimKind, SurrenderKind, UnitEventKind
from verification.claims.kinds import MANIFESTS
from verification.claims.models import (
    Claim,
    PriceDetails,
    PricedGood,
    PricePayment,
    PricePrecursor,
    PriceRate,
    PriceRebate,
    PriceSurrender,
)
from verification.claims.models.price import PriceRow
from verification.claims.price_content import SURRENDER
from verification.claims.price_terms import takes_prices
from verification.claims.services.units import add_blocks, remove_blocks
from verification.claims.unit_content import offered_blocks
from verification.claims.unit_entry import BlockEntry, EntryReading, quantity_of, read_paste
from verification.evidence.models import EvidenceFile
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.registry.models import Installation

Row = TypeVar("Row", bound=PriceRow)
ROWS: dict[str, type[PriceRow]] = {
    "rates": PriceRate,
    "payments": PricePayment,
    "surrenders": PriceSurrender,
    "rebates": PriceRebate,
    "goods": PricedGood,
    "precursors": PricePrecursor,
}
MAX_ROWS = 500


@transaction.atomic
def start_price_claim(installation: Installation, *, scheme: str, year: int, actor: Actor) -> Claim:
    """A new draft for an installation and a calendar year.

    Raises ``InvalidInput`` where the scheme does not speak of prices paid abroad.
    """
    if not actor.belongs_to(installation.organisation_id):
        raise NotAllowed("Only the producer itself starts a claim for its installation.")
    if not takes_prices(scheme):
        raise InvalidInput("The claim was not started.", [_no_price_credit(scheme)])
    claim = Claim(
        number=next_number(MANIFESTS[ClaimKind.CARBON_PRICE].number_prefix),
        kind=ClaimKind.CARBON_PRICE,
        scheme=scheme,
        organisation_id=installation.organisation_id,
        installation=installation,
        period_start=date(year, 1, 1),
        period_end=date(year + 1, 1, 1),
        created_by_id=actor.id,
        created_at=clock.now(),
    )
    claim.save(force_insert=True)
    PriceDetails(claim=claim, country=installation.country).save(force_insert=True)
    record_event(
        "claims.claim.started",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={
            "number": claim.number,
            "kind": claim.kind,
            "scheme": scheme,
            "installation": installation.code,
            "year": year,
        },
    )
    return claim


@transaction.atomic
def say_of_price(claim: Claim, *, actor: Actor, values: Mapping[str, Any]) -> PriceDetails:
    """Keep answers about the instrument, its emissions or the certifier; ``values`` are fields of ``PriceDetails``."""
    policy.demand_editable(actor, claim)
    _demand_attached(claim, values)
    details: PriceDetails = claim.price_details
    for name, value in values.items():
        setattr(details, name, value)
    details.save(update_fields=list(values))
    _note(claim, actor, "said", fields=sorted(values))
    return details


@transaction.atomic
def save_price_row(
    claim: Claim, section: str, *, actor: Actor, values: Mapping[str, Any], position: int | None = None
) -> PriceRow:
    """A new row of a section of ``ROWS``, or new values of the one at ``position``.

    Raises ``InvalidInput`` for a currency that has its rate already and for too many rows, ``Conflict`` where the row
    is gone.
    """
    policy.demand_editable(actor, claim)
    _demand_attached(claim, values)
    model = ROWS[section]
    row = _row_at(claim, model, position) if position is not None else _new_row(claim, model)
    if model is PriceRate:
        _demand_one_rate(claim, row, values["currency"])
    for name, value in values.items():
        setattr(row, name, value)
    _demand_of_this_claim(row)
    row.save()
    _note(claim, actor, "row saved", section=section, position=row.position)
    return row


@transaction.atomic
def save_surrender(
    claim: Claim, *, actor: Actor, values: Mapping[str, Any], serials: str, position: int | None = None
) -> PriceSurrender:
    """Units handed in, with the serials of credits, one block a line.

    The serials become blocks of the claim: they are reserved when it is sent, and nobody else can use them. Raises
    ``InvalidInput`` for serials that cannot be read, for Article 6 credits without them, and for a quantity that is
    not theirs.
    """
    policy.demand_editable(actor, claim)
    reading = _serials_read(values["kind"], values["quantity_t"], serials)
    row = save_price_row(claim, "surrenders", actor=actor, values=values, position=position)
    standing = _blocks_of(claim, row.position)
    if [block.raw_serial for block in standing] != [entry.raw_serial for entry in reading.entries]:
        if standing:
            remove_blocks(claim, actor=actor, positions=[block.position for block in standing])
        if reading.entries:
            add_blocks(claim, actor=actor, entries=[_handed_in(entry, row) for entry in reading.entries])
    return PriceSurrender.objects.get(pk=row.pk)


@transaction.atomic
def remove_price_row(claim: Claim, section: str, *, actor: Actor, position: int) -> None:
    """Take a row out, with the serials of a surrender. Raises ``Conflict`` where other rows rest on it."""
    policy.demand_editable(actor, claim)
    row = _row_at(claim, ROWS[section], position)
    if section == "surrenders":
        blocks = _blocks_of(claim, position)
        remove_blocks(claim, actor=actor, positions=[block.position for block in blocks])
    try:
        row.delete()
    except ProtectedError as error:
        raise Conflict("Precursors rest on this good. Take them out first.") from error
    _note(claim, actor, "row removed", section=section, position=position)


def serials_of(claim: Claim, position: int) -> list[str]:
    """Serials of a surrender as they were typed, for its form."""
    return [block.raw_serial for block in _blocks_of(claim, position)]


def _blocks_of(claim: Claim, position: int) -> list[Any]:
    return [block for block in offered_blocks(claim) if block.facts.get(SURRENDER) == position]


def _new_row(claim: Claim, model: type[PriceRow]) -> PriceRow:
    rows = model._default_manager.filter(claim=claim)
    if rows.count() >= MAX_ROWS:
        raise InvalidInput("The row was not added.", [_too_many()])
    return model(claim=claim, position=(rows.aggregate(last=Max("position"))["last"] or 0) + 1)


def _row_at(claim: Claim, model: type[PriceRow], position: int) -> PriceRow:
    row = model._default_manager.filter(claim=claim, position=position).first()
    if row is None:
        raise Conflict("This row was removed in the meantime. Nothing was saved; look again.")
    return row


def _demand_attached(claim: Claim, values: Mapping[str, Any]) -> None:
    """Files named in answers stand in the claim."""
    files = [value for value in values.values() if isinstance(value, EvidenceFile)]
    attached = set(claim.evidence.filter(removed_at=None).values_list("file_id", flat=True))
    if any(file.pk not in attached for file in files):
        raise Conflict("The file is not attached to this claim.")


def _demand_of_this_claim(row: PriceRow) -> None:
    if isinstance(row, PricePrecursor):
        goods = [good for good in (row.good, row.made_here) if good is not None]
        if any(good.claim_id != row.claim_id for good in goods):
            raise NotAllowed("The good belongs to another claim.")


def _demand_one_rate(claim: Claim, row: PriceRow, currency: str) -> None:
    if PriceRate.objects.filter(claim=claim, currency=currency).exclude(pk=row.pk).exists():
        raise InvalidInput("The rate was not saved.", [_rate_twice(currency)])


def _serials_read(kind: str, quantity_t: int, serials: str) -> EntryReading:
    reading = read_paste(serials) if serials.strip() else EntryReading()
    problems = list(reading.problems)
    if kind == SurrenderKind.ALLOWANCE and reading.entries:
        problems.append(_no_serials_for_allowances())
    if kind == SurrenderKind.ARTICLE_6_CREDIT and not serials.strip():
        problems.append(_serials_missing())
    if reading.entries and not problems and quantity_of(reading.entries) != quantity_t:
        problems.append(_other_quantity(quantity_of(reading.entries), quantity_t))
    if problems:
        raise InvalidInput("The units were not saved.", problems)
    return reading


def _handed_in(entry: BlockEntry, row: PriceRow) -> BlockEntry:
    surrender = PriceSurrender.objects.get(pk=row.pk)
    return BlockEntry(
        raw_serial=entry.raw_serial,
        serial=entry.serial,
        event=UnitEventKind.CANCELLATION,
        event_on=surrender.surrendered_on,
        facts={SURRENDER: surrender.position},
    )


def _note(claim: Claim, actor: Actor, what: str, **facts: object) -> None:
    record_event(
        f"claims.price.{what.replace(' ', '_')}",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"number": claim.number, **facts},
    )


def _no_price_credit(scheme: str) -> Problem:
    return Problem(
        "block",
        "PRI-008",
        f"{scheme} says nothing of carbon prices paid abroad.",
        "Choose a scheme that credits them.",
        field="scheme",
        found=scheme,
    )


def _too_many() -> Problem:
    return Problem("block", "PRI-COUNT", "This part has too many rows.", f"At most {MAX_ROWS} rows are taken.")


def _rate_twice(currency: str) -> Problem:
    return Problem(
        "block",
        "PRI-020",
        f"The claim has a rate for {currency} already.",
        "Change the one that is there: one yearly average counts for all amounts.",
        field="currency",
        found=currency,
    )


def _serials_missing() -> Problem:
    return Problem(
        "block",
        "PRI-030",
        "Article 6 credits have no serial numbers.",
        "Enter them as the registry prints them, one block a line. They keep a unit from being used twice.",
        field="serials",
        reference="Rule of the portal: a unit counts once, for one party in one scheme",
    )


def _no_serials_for_allowances() -> Problem:
    return Problem(
        "block",
        "PRI-030",
        "Allowances of the foreign system are entered without serial numbers.",
        "Leave the serials empty, or choose credits.",
        field="serials",
    )


def _other_quantity(of_serials: int, stated: int) -> Problem:
    return Problem(
        "block",
        "PRI-030",
        f"The serials hold {of_serials:,} units, the row says {stated:,}.",
        "Correct the tonnes, or the serials.",
        field="quantity_t",
        found=str(stated),
        expected=str(of_serials),
    )
