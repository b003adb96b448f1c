"""V: the proof that was attached, and what the registry says. A look-up that was not made is never a pass."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from verification.checks.catalogue import check
from verification.checks.model import About, BlockPart, EvidencePart, Hit, LookupPart, Moment, Severity, UnitSubject
from verification.checks.references import PRODUCT, REGISTRY_RECORD
from verification.checks.rules.units.common import at
from verification.checks.thresholds import LOOKUP_AGE_DAYS, LOOKUP_DATE_DISTANCE_DAYS
from verification.checks.words import plain_words

PROOF = "retirement_certificate"
ENDED = frozenset({"retired", "cancelled"})
OFF = "off"


@check(
    "V-EVID",
    Severity.BLOCK,
    "The proof of the retirement is missing or says something else",
    text="A certificate of the registry shows the block: the same serial number, the same quantity.",
    mend="Attach the registry's certificate as it was issued, without a password.",
    reference=REGISTRY_RECORD,
    about=About.UNITS,
    moment=Moment.RETIREMENT,
    milder={
        Severity.REFER: "the same file is attached to another party's claim",
        Severity.WARN: "the text of the file cannot be read, so that a person compares it",
    },
)
def v_evid(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.retired:
        proofs = [each for each in block.evidence if each.purpose == PROOF]
        opened = [each for each in proofs if each.is_readable is not False]
        if not opened:
            found = "a file that cannot be opened" if proofs else "none"
            yield Hit(**at(block), found=found, expected="a certificate of the retirement")
        for proof in opened:
            yield from _judged(block, proof)


def _judged(block: BlockPart, proof: EvidencePart) -> Iterator[Hit]:
    if proof.is_known_elsewhere:
        found = f"{proof.name} is known"[:90]
        yield Hit(**at(block, f"{proof.name} hash"), found=found, expected="a file of its own", severity=Severity.REFER)
    if not proof.extracted_serial and proof.extracted_quantity is None:
        found = f"no text in {proof.name}"[:90]
        yield Hit(**at(block, f"{proof.name} text"), found=found, expected="serial number", severity=Severity.WARN)
    if proof.extracted_serial and _bare(proof.extracted_serial) != _bare(block.normalised_serial):
        yield Hit(
            **at(block, f"{proof.name} serial"),
            found=proof.extracted_serial[:90],
            expected=block.normalised_serial[:90],
        )
    if proof.extracted_quantity is not None and proof.extracted_quantity != block.tonnes:
        yield Hit(
            **at(block, f"{proof.name} quantity"),
            found=f"{proof.extracted_quantity} t",
            expected=f"{block.tonnes} t",
        )


def _bare(serial: str) -> str:
    return "".join(serial.split()).casefold()


@check(
    "V-LOOK",
    Severity.BLOCK,
    "The registry says something else, or was not asked",
    text="The registry's own record agrees in status, quantity, beneficiary and day.",
    mend="Correct the block as the registry shows it, or ask the registry to correct its record.",
    reference=PRODUCT,
    about=About.UNITS,
    moment=Moment.RETIREMENT,
    milder={
        Severity.WARN: "the registry's data are old, or do not hold the block",
        Severity.INFO: "the registry was not asked: that is not a pass",
    },
)
def v_look(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.retired:
        record = block.lookup
        if record is None or record.mode == OFF or record.found is None:
            yield Hit(**at(block), found="no data", expected="the registry's record", severity=Severity.INFO)
            continue
        age = (subject.today - record.fetched_on).days if record.fetched_on else None
        if age is None or age > LOOKUP_AGE_DAYS:
            found = f"{age} days old" if age is not None else "age not known"
            expected = f"at most {LOOKUP_AGE_DAYS} days"
            yield Hit(**at(block, "age"), found=found, expected=expected, severity=Severity.WARN)
        if not record.found:
            yield Hit(**at(block), found="not in the data", expected="the block", severity=Severity.WARN)
            continue
        for aspect, found, expected in _contradictions(block, record):
            yield Hit(**at(block, aspect), found=found[:90], expected=expected[:90])


def _contradictions(block: BlockPart, record: LookupPart) -> Iterator[tuple[str, str, str]]:
    """Aspect, what the registry has, what the claim says. A claim may use a part of a larger retirement."""
    if record.status.casefold() not in ENDED:
        yield "status", record.status or "no status", "retired or cancelled"
    if record.quantity is not None and record.quantity < block.tonnes:
        yield "quantity", f"{record.quantity} t", f"{block.tonnes} t"
    if record.beneficiary and plain_words(record.beneficiary) != plain_words(block.beneficiary_text):
        yield "beneficiary", "another beneficiary", block.beneficiary_text or "blank"
    apart = timedelta(days=LOOKUP_DATE_DISTANCE_DAYS)
    if record.event_on and block.event_on and abs(record.event_on - block.event_on) > apart:
        yield "day", str(record.event_on), str(block.event_on)
