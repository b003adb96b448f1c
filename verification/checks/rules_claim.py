"""Completeness, identity, dates, evidence, electricity and precursors."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import Hit, Severity, Subject
from verification.checks.thresholds import COORDINATE_DISTANCE_DEGREES, DEFAULT_SHARE

CONTRACT_SOURCES = {"D.4.1", "D.4.2", "D.4.3.1", "D.4.3.2", "Mix"}


@check(
    "COM-001",
    Severity.BLOCK,
    "No good has a value",
    text="A claim needs at least one good with specific embedded emissions.",
    mend="Fill in the sheets D_Processes and Summary_Products and upload the workbook again.",
    reference="Implementing Regulation (EU) 2025/2547, Annex IV, 1.1, item 15",
)
def com_001(subject: Subject) -> Iterator[Hit]:
    if not any(good.applicable is not None for good in subject.goods):
        yield Hit()


@check(
    "COM-002",
    Severity.BLOCK,
    "A good has no quantity",
    text="The verified quantity limits how much may be imported at the verified value.",
    mend="Give the activity level of the production process in sheet D_Processes.",
    reference="Implementing Regulation (EU) 2025/2547, Annex IV, 1.1, items 13 and 30",
)
def com_002(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if good.quantity is None or good.quantity <= 0:
            yield Hit(where=good.code, found="none" if good.quantity is None else str(good.quantity))


@check(
    "IDN-001",
    Severity.BLOCK,
    "The workbook is about a site in another country",
    text="The country in the workbook is not the country of the registered installation.",
    mend="Choose the right installation for this claim, or correct cell A_InstData!I26.",
    reference="Regulation (EU) 2023/956, Article 10",
)
def idn_001(subject: Subject) -> Iterator[Hit]:
    if subject.file_country and subject.file_country != subject.country:
        yield Hit(where="A_InstData!I26", found=subject.file_country, expected=subject.country)


@check(
    "IDN-002",
    Severity.REFER,
    "The coordinates are not those of the registered site",
    text="More than about five kilometres lie between the workbook's coordinates and the register's.",
    mend="Correct cells A_InstData!I28 and I29, or the installation's coordinates.",
    reference="Regulation (EU) 2023/956, Article 10",
)
def idn_002(subject: Subject) -> Iterator[Hit]:
    if subject.file_latitude is None or subject.file_longitude is None:
        return
    distance = max(abs(subject.file_latitude - subject.latitude), abs(subject.file_longitude - subject.longitude))
    if distance > COORDINATE_DISTANCE_DEGREES:
        yield Hit(
            where="A_InstData!I28",
            found=f"{subject.file_latitude}, {subject.file_longitude}",
            expected=f"{subject.latitude}, {subject.longitude}",
        )


@check(
    "IDN-003",
    Severity.REFER,
    "The same workbook stands in another claim",
    text="The file is byte for byte the one of another claim.",
    mend="If you meant another installation or period, upload its workbook.",
    reference="Product rule",
)
def idn_003(subject: Subject) -> Iterator[Hit]:
    if subject.template_is_used_elsewhere:
        yield Hit()


@check(
    "IDN-004",
    Severity.REFER,
    "Another organisation uses the same evidence",
    text="A file of this claim is byte for byte the same as one of another organisation.",
    mend="Nothing to mend if the file is public, such as an accreditation certificate.",
    reference="Product rule",
)
def idn_004(subject: Subject) -> Iterator[Hit]:
    if subject.evidence_is_shared_with_others:
        yield Hit()


@check(
    "DAT-001",
    Severity.BLOCK,
    "The reporting period is not a calendar year",
    text="A report covers one calendar year.",
    mend="Set cells A_InstData!I9 and L9 to 1 January and 31 December of one year.",
    reference="Implementing Regulation (EU) 2025/2547, Article 7",
)
def dat_001(subject: Subject) -> Iterator[Hit]:
    start, end = subject.period_start, subject.period_end
    if (start.month, start.day) != (1, 1) or end != start.replace(year=start.year + 1):
        yield Hit(where="A_InstData!I9", found=f"{start.isoformat()} to before {end.isoformat()}")


@check(
    "DAT-002",
    Severity.BLOCK,
    "The reporting period has not ended",
    text="Emissions of a year can be verified only once the year is over.",
    mend="Send the claim after the last day of the period.",
    reference="Implementing Regulation (EU) 2025/2546, Annex, 2.6; Regulation (EU) 2023/956, Annex VI",
)
def dat_002(subject: Subject) -> Iterator[Hit]:
    if subject.period_end > subject.today:
        yield Hit(where="A_InstData!L9", found=subject.period_end.isoformat(), expected=subject.today.isoformat())


@check(
    "DAT-003",
    Severity.BLOCK,
    "The period lies before the scheme's definitive period",
    text="Verified values count for goods imported from the start of the definitive period on.",
    mend="Upload the workbook of a later year.",
    reference="Regulation (EU) 2023/956, Article 36",
)
def dat_003(subject: Subject) -> Iterator[Hit]:
    if subject.period_start < subject.scheme_start:
        yield Hit(
            where="A_InstData!I9", found=subject.period_start.isoformat(), expected=subject.scheme_start.isoformat()
        )


@check(
    "DAT-004",
    Severity.REFER,
    "There is another claim for this installation and period",
    text="There is one report per installation and period; a newer one must be a revision of the older.",
    mend="Withdraw the older claim, or say in a note what the revision changes.",
    reference="Delegated Regulation (EU) 2025/2551, Annex II, 2.17.3",
)
def dat_004(subject: Subject) -> Iterator[Hit]:
    if subject.other_claims_for_period:
        yield Hit(found=", ".join(subject.other_claims_for_period))


@check(
    "ELE-001",
    Severity.WARN,
    "The power contract is named, its file is not attached",
    text="The workbook uses an emission factor of a contract or a direct line.",
    mend="Attach the contract, or use the grid factor.",
    reference="Implementing Regulation (EU) 2025/2547, Annex II, D.4.3",
)
def ele_001(subject: Subject) -> Iterator[Hit]:
    used = subject.electricity_sources & CONTRACT_SOURCES
    if used and "electricity_contract" not in subject.evidence_purposes:
        yield Hit(where="D_Processes", found=", ".join(sorted(used)))


@check(
    "PRE-001",
    Severity.REFER,
    "A part of the value rests on default values",
    text="More than a tenth of the direct emissions of the good comes from precursors at default values.",
    mend="Ask the supplier for its certificate. You can send the claim without it.",
    reference="Implementing Regulation (EU) 2025/2547, Annex IV, 1.1, item 15",
)
def pre_001(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if good.default_share is not None and good.default_share > DEFAULT_SHARE:
            yield Hit(where=good.code, found=f"{good.default_share:.1%}", expected=f"at most {DEFAULT_SHARE:.0%}")


@check(
    "PRE-002",
    Severity.REFER,
    "Actual values of bought precursors without a certificate",
    text="Actual data of a precursor count only with its own valid verification report.",
    mend="Attach the certificate or verification report of the supplier.",
    reference="Implementing Regulation (EU) 2025/2547, Article 14; Implementing Regulation (EU) 2025/2546, Annex, 2.5",
)
def pre_002(subject: Subject) -> Iterator[Hit]:
    if "precursor_certificate" in subject.evidence_purposes:
        return
    actual = [p for p in subject.precursors if not p.is_default and p.quantity]
    if actual:
        yield Hit(where="E_PurchPrec", found=", ".join(p.name for p in actual))


@check(
    "EVI-001",
    Severity.INFO,
    "No monitoring plan attached",
    text="Officials often ask for the monitoring plan.",
    mend="Attach it to save a question.",
    reference="Implementing Regulation (EU) 2025/2547, Article 5",
)
def evi_001(subject: Subject) -> Iterator[Hit]:
    if "monitoring_plan" not in subject.evidence_purposes:
        yield Hit()
