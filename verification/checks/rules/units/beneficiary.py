"""C-BENEF: the units were retired for the claimant and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import About, Hit, Moment, Severity, UnitSubject
from verification.checks.references import REGISTRY_RECORD
from verification.checks.rules.units.common import at
from verification.checks.words import Likeness, likeness

NO_OWNER = "no_owner"
MILDER = {
    Likeness.ALIAS: Severity.REFER,
    Likeness.FORM: Severity.REFER,
    Likeness.WITHIN: Severity.REFER,
    Likeness.SPELLING: Severity.WARN,
}


@check(
    "C-BENEF",
    Severity.BLOCK,
    "The units were not retired for the claimant",
    text="The registry names the claimant as beneficiary: its legal name, tax number or LEI.",
    mend="Ask the registry to correct the beneficiary, or register the other name of your company first.",
    reference=REGISTRY_RECORD,
    about=About.UNITS,
    moment=Moment.RETIREMENT,
    milder={
        Severity.REFER: "a registered alias or another legal form is named, or the name stands within a longer text",
        Severity.WARN: "only the spelling differs, or a legal form is missing",
    },
)
def c_benef(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.retired:
        is_like = likeness(block.beneficiary_text, subject.claimant)
        if block.use == NO_OWNER and is_like is not Likeness.EXACT:
            is_like = Likeness.NOBODY
        if is_like is Likeness.EXACT:
            continue
        yield Hit(
            **at(block),
            found=block.beneficiary_text.strip()[:90] or "blank",
            expected=subject.claimant.legal_name[:90],
            inputs={"match": is_like.value},
            severity=MILDER.get(is_like),
        )
