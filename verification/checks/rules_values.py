"""Consistency of sums, and plausibility against the default value."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import Hit, Severity, Subject
from verification.checks.thresholds import FAR_BELOW_DEFAULT, STATED_DIFFERENCE
from verification.kernel.quantities import SEE_DECIMALS, round_half_up


@check(
    "SUM-001",
    Severity.REFER,
    "The file states another value than its own inputs give",
    text="The portal computes the value anew from the raw cells and differs by more than rounding.",
    mend="Open the workbook, let it recalculate, save and upload it again.",
    reference="Implementing Regulation (EU) 2025/2547, Annex III, equations 53 to 60",
)
def sum_001(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        for own, stated, part in (
            (good.direct, good.stated_direct, "direct"),
            (good.indirect, good.stated_indirect, "indirect"),
        ):
            if own is not None and stated is not None and abs(own - stated) > STATED_DIFFERENCE:
                yield Hit(
                    where=f"{good.code} {good.process}, {part}",
                    found=str(round_half_up(stated, SEE_DECIMALS)),
                    expected=str(round_half_up(own, SEE_DECIMALS)),
                )


@check(
    "SUM-002",
    Severity.BLOCK,
    "A value is below zero",
    text="Attributed emissions are never below zero.",
    mend="Look for a sign that is wrong in the exported heat, waste gas or electricity.",
    reference="Implementing Regulation (EU) 2025/2547, Annex III, equation 55",
)
def sum_002(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if any(part is not None and part < 0 for part in (good.direct, good.indirect)):
            yield Hit(where=good.code)


@check(
    "DAT-010",
    Severity.BLOCK,
    "A good is not in the scheme's list",
    text="Only goods of the scheme's list have a default value that could be displaced.",
    mend="Correct the customs code in sheet Summary_Products, column F.",
    reference="Regulation (EU) 2023/956, Annex I",
)
def dat_010(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if not good.is_known:
            yield Hit(where=good.code or "no code", found=good.code)


@check(
    "PLA-001",
    Severity.INFO,
    "The value is above the default",
    text="An approved value applies even where it is higher than the default.",
    mend="Nothing to mend. Think about whether you want to send it.",
    reference="Regulation (EU) 2023/956, Article 7",
)
def pla_001(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if good.applicable is not None and good.default_value is not None and good.applicable > good.default_value:
            yield Hit(
                where=good.code,
                found=str(round_half_up(good.applicable, SEE_DECIMALS)),
                expected=str(good.default_value),
            )


@check(
    "PLA-002",
    Severity.REFER,
    "The value is far below the default",
    text="The value is less than a quarter of the default value.",
    mend="Nothing to mend if it is right. Production records or the monitoring plan help the official.",
    reference="Product rule",
)
def pla_002(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if not good.applicable or not good.default_value:
            continue
        if good.applicable < FAR_BELOW_DEFAULT * good.default_value:
            yield Hit(
                where=good.code,
                found=str(round_half_up(good.applicable, SEE_DECIMALS)),
                expected=str(good.default_value),
            )


@check(
    "PLA-003",
    Severity.REFER,
    "Emissions of zero",
    text="The emissions in scope of this good come out as exactly zero.",
    mend="Check that every fuel, material and precursor is in the workbook.",
    reference="Product rule",
)
def pla_003(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if good.applicable is not None and good.applicable == 0:
            yield Hit(where=f"{good.code} {good.process}")
