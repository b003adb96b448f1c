"""Values of a bought precursor: from the certificate of the producer who made it, else the default.

Actual values of a precursor count only with a verification report that is valid, in scope and of the right
period (Implementing Regulation (EU) 2025/2547, Article 14); otherwise the default value applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from verification.claims.enums import EngagementState
from verification.claims.models import Claim, VerificationStatement
from verification.determination.models import Override
from verification.determination.services import determine_question, question_for
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, MissingReference, Problem
from verification.kernel.quantities import exact, plain
from verification.reference.selectors import good_for_code
from verification.registry.selectors import standing_of

CERTIFICATE_FIELD = "certificate_number"


@dataclass(frozen=True)
class PrecursorValues:
    """What a certificate, or the table of defaults, says of one precursor; values per unit in t CO2e.

    ``answers`` are the fields of a delivery as ``accounting.entry`` asks them.
    """

    answers: Mapping[str, str]
    title: str


def values_from_certificate(number: str, *, cn: str = "", route: str = "") -> PrecursorValues:
    """The approved values behind a certificate of this portal, with its verifier's data.

    Where the certificate covers several goods, ``cn`` (and ``route``) must choose one. Raises
    ``InvalidInput`` (field ``certificate_number``, ``cn``) for a number that there is not, one that is no
    longer in force, or a choice that is open.
    """
    rows = list(_in_force(number))
    if not rows:
        raise InvalidInput("The certificate gives no values.", [_no_values(number)])
    chosen = [row for row in rows if (not cn or row.good_code == cn) and (not route or row.route == route)]
    if len(chosen) != 1:
        raise InvalidInput("The certificate covers several goods.", [_open_choice(rows)])
    return _values_of(chosen[0])


def demand_fitting(number: str, *, scheme: str, period: tuple[date, date], is_period_explained: bool) -> None:
    """A certificate counts for a claim of its own scheme and period, while its verifier stands.

    Another period is possible only where the producer says how it was determined (2025/2547 Article 13).
    Raises ``InvalidInput`` (fields ``certificate_number``, ``period_method``).
    """
    facts = _facts(number)
    problems = []
    if facts.get("scheme") != scheme:
        problems.append(_unfit("PCV-014", "The certificate is of another scheme.", facts.get("scheme", ""), scheme))
    if facts.get("verifier_problem"):
        words = "The verifier behind the certificate does not stand any more."
        problems.append(_unfit("PCV-015", words, facts["verifier_problem"], "an accreditation in force"))
    own = (facts.get("period_start"), facts.get("period_end"))
    asked = (period[0].isoformat(), (period[1] + timedelta(days=1)).isoformat())
    if own != asked and not is_period_explained:
        problems.append(_other_period(" to before ".join(map(str, own)), " to before ".join(asked)))
    if problems:
        raise InvalidInput("The certificate does not fit this claim.", problems)


def default_for_precursor(scheme: str, *, cn: str, country: str, year: int) -> PrecursorValues:
    """The default value of the country and year by the scheme's ladder, marked up as the scheme says.

    The total of the table is what counts; its indirect part is told apart only where the good's scope
    has one. Raises ``InvalidInput`` (fields ``cn``, ``country``) where the ladder gives no value.
    """
    legal_date = date(year, 12, 31)
    try:
        answer = determine_question(question_for(scheme, cn, country, legal_date=legal_date))
    except MissingReference as missing:
        raise InvalidInput("There is no default value.", [_no_default(str(missing), cn)]) from missing
    if answer.value is None:
        raise InvalidInput("There is no default value.", [_no_default(answer.reason, cn)])
    indirect = answer.indirect if good_for_code(scheme, cn, legal_date).scope != "direct" else None
    if indirect is not None and answer.base:
        with exact():
            indirect = indirect * answer.value / answer.base
    with exact():
        direct = answer.value - (indirect or Decimal(0))
    return PrecursorValues(
        answers={
            "value_source": "default",
            "see_direct": plain(direct),
            "see_indirect": plain(indirect or Decimal(0)),
            "cn": cn,
            "country": country,
            "default_reference": f"{answer.row} ({answer.edition})",
        },
        title=answer.reference,
    )


def certificate_facts(numbers: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What the checks ask of every certificate named: status, scheme, period, verifier's standing.

    A number that the register does not know is left out. ``period_end`` is the first day after the period.
    """
    found = {number: _facts(number) for number in sorted(set(filter(None, numbers)))}
    return {number: facts for number, facts in found.items() if facts}


def _in_force(number: str) -> Iterable[Override]:
    return (
        Override.objects.filter(certificate_number=number.strip(), known_to=None)
        .select_related("scheme", "installation__organisation")
        .order_by("good_code", "route")
    )


def _values_of(row: Override) -> PrecursorValues:
    statement = _statement(row)
    organisation = row.installation.organisation
    period = _period(row)
    answers = {
        "certificate_number": row.certificate_number or "",
        "operator": organisation.name,
        "installation": row.installation.name,
        "registry_id": row.installation.code,
        "country": row.installation.country,
        "cn": row.good_code,
        "route": row.route,
        "period_starts_on": period[0].isoformat(),
        "period_ends_on": period[1].isoformat(),
        "value_source": "measured",
        "see_direct": plain(row.see_direct),
        "see_indirect": plain(row.see_indirect) if row.see_indirect is not None else "",
    }
    if statement:
        answers |= {
            "verifier": statement.engagement.verifier.name,
            "verifier_accreditation": statement.accreditation.number,
            "verification_dated_on": statement.report_dated_on.isoformat(),
        }
    return PrecursorValues(answers, f"{organisation.name}, {row.installation.name}")


def _statement(row: Override) -> VerificationStatement | None:
    return (
        VerificationStatement.objects.filter(
            engagement__claim__number=row.claim_reference,
            engagement__state=EngagementState.CONFIRMED,
            snapshot_sha256=row.snapshot_sha256,
        )
        .select_related("engagement__verifier", "accreditation")
        .first()
    )


def _period(row: Override) -> tuple[date, date]:
    """Reporting period of the claim behind the approved value; both days belong to it."""
    claim = Claim.objects.only("period_start", "period_end").get(number=row.claim_reference)
    return claim.period_start, claim.period_end - timedelta(days=1)


def _facts(number: str) -> dict[str, Any]:
    row = Override.objects.filter(certificate_number=number).select_related("scheme").order_by("-known_from").first()
    if row is None:
        return {}
    statement, period = _statement(row), _period(row)
    standing = standing_of(statement.accreditation, clock.today()) if statement else None
    has_problem = standing is not None and standing.state in ("suspended", "withdrawn")
    is_in_force = Override.objects.filter(certificate_number=number, known_to=None).exists()
    return {
        "status": "valid" if is_in_force else "ended",
        "scheme": row.scheme.code,
        "period_start": period[0].isoformat(),
        "period_end": (period[1] + timedelta(days=1)).isoformat(),
        "verifier_problem": standing.why if standing and has_problem else "",
    }


def _no_values(number: str) -> Problem:
    return Problem(
        "block",
        "PCV-010",
        "No approved values stand behind this certificate number.",
        "Check the number on the certificate. A revoked or replaced certificate gives no values.",
        field=CERTIFICATE_FIELD,
        found=number,
    )


def _open_choice(rows: list[Override]) -> Problem:
    goods = sorted({f"{row.good_code or row.category} ({row.route})" if row.route else row.good_code for row in rows})
    return Problem(
        "block",
        "PCV-011",
        "The certificate covers other goods, or several.",
        "Give the CN code, and the route where one code was made in two ways, of the good that you bought.",
        field="cn",
        expected="; ".join(goods),
    )


def _unfit(code: str, words: str, found: str, expected: str) -> Problem:
    return Problem(
        "block",
        code,
        words,
        "Take the default value, or ask the supplier for another certificate.",
        field=CERTIFICATE_FIELD,
        found=found,
        expected=expected,
        reference="Implementing Regulation (EU) 2025/2547, Article 14",
    )


def _other_period(found: str, expected: str) -> Problem:
    return Problem(
        "block",
        "PCV-016",
        f"The certificate is of another period: {found}.",
        "Say how the period of the delivery was determined, then take the values again.",
        field="period_method",
        found=found,
        expected=expected,
        reference="Implementing Regulation (EU) 2025/2547, Article 13",
    )


def _no_default(why: str, cn: str) -> Problem:
    return Problem(
        "block",
        "PCV-012",
        f"There is no default value for this precursor. {why}".strip(),
        "Give the CN code of the precursor and the country where it was made.",
        field="cn",
        found=cn,
        reference="Implementing Regulation (EU) 2025/2621, Annexes I and IV",
    )
