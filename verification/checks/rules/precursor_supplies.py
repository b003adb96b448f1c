"""PRE: deliveries of a precursor, each with its producer's data, and the certificates behind them."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import CertificateFacts, Hit, PrecursorPart, Severity, Subject, SupplyPart
from verification.checks.references import METHODS, PRINCIPLES

VALID = "valid"
ACTUAL = f"{METHODS}, Annex II, A.1, points 4 and 5"


def _supplies(subject: Subject) -> Iterator[tuple[PrecursorPart, SupplyPart]]:
    for precursor in subject.report.precursors:
        for supply in precursor.supplies:
            yield precursor, supply


def _certified(subject: Subject) -> Iterator[tuple[PrecursorPart, SupplyPart, CertificateFacts]]:
    for precursor, supply in _supplies(subject):
        facts = (subject.certificates or {}).get(supply.certificate_number)
        if facts is not None:
            yield precursor, supply, facts


def _hit(subject: Subject, precursor: PrecursorPart, supply: SupplyPart, found: str, expected: str = "") -> Hit:
    return Hit(
        where=subject.place(f"{supply.path}.certificate_number", f"{precursor.label}, {supply.label}"),
        found=found,
        expected=expected,
        identity=f"{supply.path}.certificate_number",
        inputs={"certificate": supply.certificate_number},
    )


@check(
    "PRE-009",
    Severity.BLOCK,
    "The certificate of a precursor is not valid",
    text="A certificate that was revoked or superseded proves nothing any more.",
    mend="Ask the supplier for the certificate that holds now, or use the default value.",
    reference=ACTUAL,
)
def pre_009(subject: Subject) -> Iterator[Hit]:
    for precursor, supply, facts in _certified(subject):
        if facts.status and facts.status != VALID:
            yield _hit(subject, precursor, supply, facts.status, VALID)


@check(
    "PRE-010",
    Severity.BLOCK,
    "The certificate of a precursor is of another scheme",
    text="Each scheme has its own rules for embedded emissions. Values do not pass from one to the other.",
    mend="Ask the supplier for a certificate of this scheme, or use the default value.",
    reference=ACTUAL,
)
def pre_010(subject: Subject) -> Iterator[Hit]:
    for precursor, supply, facts in _certified(subject):
        if facts.scheme and subject.scheme and facts.scheme != subject.scheme:
            yield _hit(subject, precursor, supply, facts.scheme, subject.scheme)


@check(
    "PRE-011",
    Severity.BLOCK,
    "The certificate of a precursor is of another period",
    text="The report behind the certificate covers the time in which the precursor was made.",
    mend="Ask the supplier for the certificate of that time, or use the default value.",
    reference=f"{ACTUAL}; {METHODS}, Article 13",
)
def pre_011(subject: Subject) -> Iterator[Hit]:
    for precursor, supply, facts in _certified(subject):
        if facts.period_start is None or facts.period_end is None:
            continue
        made_from = supply.period_starts_on or subject.period_start
        made_until = supply.period_ends_on or subject.last_day
        if made_from < facts.period_start or made_until >= facts.period_end:
            found = f"{facts.period_start} to before {facts.period_end}"
            yield _hit(subject, precursor, supply, found, f"{made_from} to {made_until}")


@check(
    "PRE-012",
    Severity.BLOCK,
    "The verifier of a precursor was not accredited",
    text="The accreditation of the precursor's verifier must have held, for its sector, when the report was issued.",
    mend="Ask the supplier for a report of an accredited verifier, or use the default value.",
    reference=ACTUAL,
)
def pre_012(subject: Subject) -> Iterator[Hit]:
    for precursor, supply, facts in _certified(subject):
        if facts.verifier_problem:
            yield _hit(subject, precursor, supply, facts.verifier_problem)


@check(
    "PRE-013",
    Severity.REFER,
    "The certificate of a precursor is not in the register",
    text="A certificate number of this portal that the register does not know is mistyped or false.",
    mend="Copy the number from the certificate, or check it on the public page.",
    reference=ACTUAL,
)
def pre_013(subject: Subject) -> Iterator[Hit]:
    if subject.certificates is None:
        return
    for precursor, supply in _supplies(subject):
        if supply.certificate_number and supply.certificate_number not in subject.certificates:
            yield _hit(subject, precursor, supply, supply.certificate_number, "a number of the register")


@check(
    "PRE-014",
    Severity.REFER,
    "Actual values of a delivery without a verifier",
    text="Actual values of a delivery need a certificate, or the verifier, its accreditation and the report's date.",
    mend="Name the certificate, or the verifier with number and date, or use the default value.",
    reference=f"{ACTUAL}; {PRINCIPLES}, Annex, 2.5(b)(7)",
)
def pre_014(subject: Subject) -> Iterator[Hit]:
    for precursor, supply in _supplies(subject):
        is_named = bool(supply.verifier and supply.verifier_accreditation and supply.verification_dated_on)
        if supply.value_source == "measured" and not supply.certificate_number and not is_named:
            yield _hit(subject, precursor, supply, "none", "a certificate, or verifier, accreditation and date")


@check(
    "PRE-015",
    Severity.BLOCK,
    "A delivery was verified before it was made",
    text="The verification report of a precursor is dated after the period that it covers.",
    mend="Correct the date of the report, or the period of the delivery.",
    reference=f"{PRINCIPLES}, Annex, 2.5(b) and 2.6",
)
def pre_015(subject: Subject) -> Iterator[Hit]:
    for precursor, supply in _supplies(subject):
        dated_on, ends_on = supply.verification_dated_on, supply.period_ends_on
        if dated_on is not None and ends_on is not None and dated_on <= ends_on:
            yield _hit(subject, precursor, supply, str(dated_on), f"after {ends_on}")


@check(
    "PRE-016",
    Severity.REFER,
    "A traced part is claimed, and no delivery is traced",
    text="The mean of all deliveries counts, unless it is shown which of them went into the good.",
    mend="Mark the deliveries that are proven to be the ones used, or use the mean of all.",
    reference=f"{METHODS}, Article 14",
)
def pre_016(subject: Subject) -> Iterator[Hit]:
    for precursor in subject.report.precursors:
        if precursor.is_traced_subset and not any(supply.is_traced for supply in precursor.supplies):
            where = subject.place(f"{precursor.path}.is_traced_subset", precursor.label)
            yield Hit(where=where, found="no traced delivery", identity=precursor.id)


@check(
    "PRE-017",
    Severity.REFER,
    "A delivery comes from another country than the precursor",
    text="The country decides the default value, and whether the precursor counts as zero.",
    mend="Correct the country, or list deliveries of another country as a precursor of their own.",
    reference=f"{METHODS}, Annex IV, 1.1, items 22 and 23",
)
def pre_017(subject: Subject) -> Iterator[Hit]:
    for precursor, supply in _supplies(subject):
        if supply.country and precursor.country and supply.country != precursor.country:
            yield _hit(subject, precursor, supply, supply.country, precursor.country)


@check(
    "PRE-022",
    Severity.BLOCK,
    "A delivery ends before it begins",
    text="The period of a delivery has a first and a last day, in this order.",
    mend="Correct the two days.",
    reference=f"{METHODS}, Article 13",
)
def pre_022(subject: Subject) -> Iterator[Hit]:
    for precursor, supply in _supplies(subject):
        start, end = supply.period_starts_on, supply.period_ends_on
        if start is not None and end is not None and end < start:
            yield _hit(subject, precursor, supply, f"{start} to {end}")
