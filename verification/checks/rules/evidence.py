"""EVI: whether what is said is shown."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import Hit, Severity, Subject
from verification.checks.references import BASE, METHODS, PRODUCT

TAKEN_OFF = ("geological_storage", "permanent_binding")
RECORDS = frozenset({"production_records", "other", "emissions_report"})


@check(
    "EVI-001",
    Severity.INFO,
    "No monitoring plan attached",
    text="Officials often ask for the monitoring plan.",
    mend="Attach it to save a question.",
    reference=f"{METHODS}, Article 5",
)
def evi_001(subject: Subject) -> Iterator[Hit]:
    if "monitoring_plan" not in subject.evidence_purposes:
        yield Hit()


@check(
    "EVI-002",
    Severity.BLOCK,
    "A file has not been found clean",
    text="Every file is examined before anybody opens it. Nothing is decided on a file that was not.",
    mend="Wait until the examination has ended. Take out a file that was refused and attach a clean one.",
    reference=PRODUCT,
)
def evi_002(subject: Subject) -> Iterator[Hit]:
    for name in subject.unclean_files:
        yield Hit(where=name[:90])


@check(
    "EVI-003",
    Severity.REFER,
    "CO2 was taken off the emissions, and no proof is attached",
    text="Only CO2 that was handed over for storage or bound for good is taken off, and the operator must show it.",
    mend="Attach the contract with the store or user and the meter readings of the transfer.",
    reference=f"{METHODS}, Annex II, B.8.2 and B.8.3",
)
def evi_003(subject: Subject) -> Iterator[Hit]:
    if subject.evidence_purposes & RECORDS:
        return
    for transfer in subject.report.co2_transfers:
        if transfer.direction == "out" and transfer.purpose in TAKEN_OFF and transfer.amount_t:
            yield Hit(
                where=subject.place(f"{transfer.path}.amount_t", f"CO2 transfer {transfer.id}"),
                found=f"{transfer.amount_t} t",
                identity=transfer.id,
                inputs={"amount_t": transfer.amount_t},
            )


@check(
    "EVI-004",
    Severity.WARN,
    "A carbon price is stated, and no proof is attached",
    text="A carbon price counts only where it was really paid and an independent person certifies it.",
    mend="Attach the law, the receipts and the certification, or leave the carbon price to a claim of its own.",
    reference=f"{BASE}, Article 9",
)
def evi_004(subject: Subject) -> Iterator[Hit]:
    if subject.is_communication_template or subject.evidence_purposes & RECORDS:
        return
    for good in subject.goods:
        if good.carbon_price.due_per_unit:
            yield Hit(where=good.label, found=f"{good.carbon_price.due_per_unit} {good.carbon_price.currency}".strip())


@check(
    "EVI-005",
    Severity.WARN,
    "Biomass is marked as proven, and no proof is attached",
    text="Biomass is rated zero only where it meets the criteria of sustainability, and the operator can show it.",
    mend="Attach the proof of sustainability of the batch or of the supplier.",
    reference=f"{METHODS}, Annex II, B.3.3",
)
def evi_005(subject: Subject) -> Iterator[Hit]:
    if subject.evidence_purposes & RECORDS:
        return
    for source in subject.report.emission_sources:
        if source.biomass_percent and source.biomass_proof == "proven":
            where = subject.place(f"{source.path}.biomass_proof", source.name or source.id)
            yield Hit(where=where, found=f"{source.biomass_percent} % biomass", identity=source.path)
