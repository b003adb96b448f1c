"""What the limit of a unit claim is worked out from: the goods of the period with their values, or a stated amount.

The value of each line is what the scheme's ladder gives: a verified value where a certificate covers the good,
else the default. Units never change it; they come off the sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.claims.services.units import store_base
from verification.determination.engine import Determination
from verification.determination.models import Override
from verification.determination.obligation import has_free_allocation, side_for
from verification.determination.services import determine_question, question_for
from verification.determination.snapshot import snapshot_of
from verification.kernel.errors import InvalidInput, MissingReference, Problem
from verification.kernel.quantities import plain
from verification.reference.selectors import published_release

STATED_BASES = ("taxable", "scheme_obligation")
MAX_LINES = 2_000
GREATEST_T = Decimal(10) ** 12
ZERO = Decimal(0)


@dataclass(frozen=True)
class GoodsRow:
    """A good that the claimant imports in the period: code, country of origin (ISO alpha-2), mass in tonnes.

    ``certificate_number`` names the certificate whose verified value is asked for, or is empty.
    """

    line: int
    good: str
    origin: str
    mass_t: Decimal
    certificate_number: str = ""


def state_goods(claim: Claim, *, actor: Actor, rows: Sequence[GoodsRow]) -> Claim:
    """Determine every line on the last day of the period and keep the result as the base of the limit.

    Raises ``InvalidInput`` naming each line that has no value, and writes nothing then.
    """
    if not rows or len(rows) > MAX_LINES:
        raise InvalidInput("The goods were not kept.", [_count(len(rows))])
    problems: list[Problem] = []
    lines = []
    for row in rows:
        try:
            lines += _lines(claim, row)
        except (MissingReference, InvalidInput) as error:
            problems.append(_unanswered(row, str(error)))
    if problems:
        raise InvalidInput("Some lines have no value, so nothing was kept.", problems)
    stated = {name: value for name, value in claim.unit_details.base.items() if name != "lines"}
    numbered = [{"line": number, **line} for number, line in enumerate(lines, start=1)]
    store_base(claim, actor=actor, base=stated | {"lines": numbered})
    return claim


def state_amount(claim: Claim, *, actor: Actor, base_name: str, tonnes: Decimal, source: str) -> Claim:
    """Keep an amount in tCO2e that the scheme takes as base: taxable emissions, or the obligation of its own scheme."""
    problems = []
    if base_name not in STATED_BASES:
        problems.append(_wrong("base_name", base_name, ", ".join(STATED_BASES), "Choose one of the bases."))
    if not ZERO < tonnes <= GREATEST_T:
        problems.append(
            _wrong("tonnes", str(tonnes), "tonnes above zero", "Give the emissions of the period in tCO2e.")
        )
    if not source.strip():
        problems.append(_wrong("source", "nothing", "where it stands", "Name the report that it comes from."))
    if problems:
        raise InvalidInput("The amount was not kept.", problems)
    base = dict(claim.unit_details.base)
    store_base(claim, actor=actor, base=base | {base_name: plain(tonnes), f"{base_name}_source": source.strip()})
    return claim


def _lines(claim: Claim, row: GoodsRow) -> list[dict[str, Any]]:
    """One line, or two where a verified value covers only a part of the mass."""
    if not ZERO < row.mass_t <= GREATEST_T:
        raise InvalidInput("The mass must be above zero, in tonnes.")
    question = question_for(
        claim.scheme,
        row.good,
        row.origin,
        legal_date=claim.period_end - timedelta(days=1),
        installation=_installation_of(row.certificate_number),
        quantity_t=row.mass_t,
    )
    answer: Determination | None = determine_question(question)
    rest, found = row.mass_t, []
    while answer is not None:
        if answer.value is None:
            raise MissingReference(answer.reason)
        mass = answer.covered_quantity_t if answer.remainder and answer.covered_quantity_t is not None else rest
        rest -= mass
        found.append(
            {
                "row": row.line,
                "good": question.good,
                "origin": question.origin,
                "mass_t": plain(mass),
                "see": plain(answer.value),
                "free_allocation": plain(_free_allocation(claim, answer, question.good)),
                "basis": answer.basis,
                "certificate": answer.certificate or "",
                "reference": answer.reference,
            }
        )
        answer = answer.remainder
    return found


def _installation_of(certificate_number: str) -> str:
    """Code of the installation whose value the certificate put into force. Raises ``MissingReference``."""
    if not certificate_number.strip():
        return ""
    override = Override.objects.filter(certificate_number=certificate_number.strip().upper()).first()
    if override is None:
        raise MissingReference(f"No verified value rests on a certificate {certificate_number.strip()[:40]}.")
    return override.installation_code


def _free_allocation(claim: Claim, answer: Determination, good: str) -> Decimal:
    """In tCO2e/t; nothing where the scheme gives none."""
    snapshot = snapshot_of(published_release(claim.scheme))
    if answer.value is None or not has_free_allocation(snapshot.parameters):
        return ZERO
    basis = "verified" if answer.basis == "verified" else "default"
    return side_for(
        basis,
        answer.value,
        good=good,
        route=answer.benchmark_route,
        on=claim.period_end - timedelta(days=1),
        tables=snapshot.tables,
        parameters=snapshot.parameters,
    ).allocation_per_t


def _unanswered(row: GoodsRow, why: str) -> Problem:
    return Problem(
        "block",
        "L-LIMIT",
        f"Line {row.line}: {why}",
        "Correct the code, the country or the mass, or leave the line out.",
        field=f"lines/{row.line}",
        found=f"{row.good}, {row.origin}, {row.mass_t} t",
        expected="a good of the scheme with a value for this origin",
    )


def _count(count: int) -> Problem:
    return _wrong("lines", f"{count} lines", f"1 to {MAX_LINES:,} lines", "Give at least one good, or join lines.")


def _wrong(field: str, found: str, expected: str, mend: str) -> Problem:
    return Problem("block", "L-LIMIT", f"This is not {expected}.", mend, field=field, found=found, expected=expected)
