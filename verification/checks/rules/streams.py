"""STR: how fuels, materials, gaps and transfers are stated: percentages, shares, proofs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from verification.checks.catalogue import check
from verification.checks.model import GapPart, Hit, MeasuredPart, PfcPart, Severity, StreamPart, Subject
from verification.checks.references import METHODS, PRODUCT
from verification.checks.rules.common import HUNDRED, in_percent, is_above, is_outside, looks_like_share, total
from verification.checks.thresholds import GAP_SHARE_OF_PERIOD, LOW_OXIDATION_PERCENT
from verification.kernel.quantities import exact

PERCENTAGES = ("oxidation_percent", "conversion_percent", "biomass_percent")
TAKEN_OFF = ("geological_storage", "permanent_binding")
Shared: TypeAlias = StreamPart | PfcPart | MeasuredPart | GapPart


def label(item: Shared) -> str:
    return getattr(item, "name", "") or getattr(item, "technology", "") or item.id


def _hit(subject: Subject, item: Shared, field: str, value: Decimal, expected: str) -> Hit:
    return Hit(
        where=subject.place(f"{item.path}.{field}", f"{label(item)}, {field.replace('_', ' ')}"),
        found=str(value),
        expected=expected,
        identity=f"{item.path}.{field}",
        inputs={field: value},
    )


@check(
    "STR-001",
    Severity.BLOCK,
    "The oxidation factor looks like a share of one",
    text="Oxidation is written in per cent. No fuel burns to one per cent or less.",
    mend="Write 98 for 98 %, not 0.98.",
    reference=f"{METHODS}, Annex II, B.3.1.1",
)
def str_001(subject: Subject) -> Iterator[Hit]:
    for stream in subject.report.source_streams:
        value = stream.oxidation_percent
        if value is not None and looks_like_share(value):
            yield _hit(subject, stream, "oxidation_percent", value, "above 1, up to 100")


@check(
    "STR-002",
    Severity.REFER,
    "A conversion factor or biomass share looks like a share of one",
    text="Both are written in per cent. One per cent or less is possible and rare.",
    mend="Write 15 for 15 %, not 0.15.",
    reference=f"{METHODS}, Annex II, B.3.1",
)
def str_002(subject: Subject) -> Iterator[Hit]:
    for stream in subject.report.source_streams:
        for field in ("conversion_percent", "biomass_percent"):
            value = getattr(stream, field)
            if looks_like_share(value):
                yield _hit(subject, stream, field, value, "above 1, up to 100")


@check(
    "STR-003",
    Severity.BLOCK,
    "A percentage is below 0 or above 100",
    text="Oxidation, conversion and biomass are parts of a whole.",
    mend="Correct the percentage.",
    reference=f"{METHODS}, Annex II, B.3.1",
)
def str_003(subject: Subject) -> Iterator[Hit]:
    for item in subject.report.emission_sources:
        for field in PERCENTAGES:
            value: Decimal | None = getattr(item, field, None)
            if value is not None and is_outside(value, Decimal(0), HUNDRED):
                yield _hit(subject, item, field, value, "0 to 100")


@check(
    "STR-004",
    Severity.REFER,
    "Much of the fuel does not burn",
    text="Unburnt carbon in ash and dust is seldom more than a fifth. Less oxidation means less emissions.",
    mend="Attach the analyses of ash and dust, or use 100 %.",
    reference=f"{METHODS}, Annex II, B.3.1.1",
)
def str_004(subject: Subject) -> Iterator[Hit]:
    for stream in subject.report.source_streams:
        value = stream.oxidation_percent
        if value is not None and 1 < value < LOW_OXIDATION_PERCENT:
            yield _hit(subject, stream, "oxidation_percent", value, f"at least {LOW_OXIDATION_PERCENT}")


@check(
    "STR-005",
    Severity.REFER,
    "Biomass is rated zero without a word on its proof",
    text="Biomass counts as fossil unless it meets the criteria of sustainability and this is shown.",
    mend="Say whether the criteria are proven. Without proof the biomass counts as fossil.",
    reference=f"{METHODS}, Annex II, B.3.3",
)
def str_005(subject: Subject) -> Iterator[Hit]:
    if subject.is_communication_template:
        return
    for item in subject.report.emission_sources:
        if item.biomass_percent and not item.biomass_proof:
            yield _hit(subject, item, "biomass_percent", item.biomass_percent, "proven or unproven")


@check(
    "STR-006",
    Severity.INFO,
    "Biomass without proof counts as fossil",
    text="The report says that the criteria of sustainability are not proven for this biomass.",
    mend="Nothing to mend. With a proof the emissions would be lower.",
    reference=f"{METHODS}, Annex II, B.3.3",
)
def str_006(subject: Subject) -> Iterator[Hit]:
    for item in subject.report.emission_sources:
        if item.biomass_percent and item.biomass_proof == "unproven":
            yield _hit(subject, item, "biomass_percent", item.biomass_percent, "counted as fossil")


@check(
    "STR-015",
    Severity.BLOCK,
    "More than all of a stream is divided among processes",
    text="The shares of one stream are percentages and add up to at most 100.",
    mend="Correct the shares.",
    reference=f"{METHODS}, Annex II, A.4; Annex III, A.1",
)
def str_015(subject: Subject) -> Iterator[Hit]:
    for item in subject.report.divided:
        divided = total(share.percent for share in item.attributed_to)
        if divided > HUNDRED or any(share.percent is not None and share.percent < 0 for share in item.attributed_to):
            yield _hit(subject, item, "attributed_to", divided, "0 to 100")


@check(
    "STR-016",
    Severity.BLOCK,
    "The shares of a stream look like shares of one",
    text="Shares are written in per cent. These add up to one or less.",
    mend="Write 50 for one half, not 0.5.",
    reference=f"{METHODS}, Annex III, A.1",
)
def str_016(subject: Subject) -> Iterator[Hit]:
    for item in subject.report.divided:
        divided = total(share.percent for share in item.attributed_to)
        if looks_like_share(divided):
            yield _hit(subject, item, "attributed_to", divided, "up to 100")


@check(
    "STR-017",
    Severity.WARN,
    "A part of a stream belongs to no process",
    text="What no share claims stays with the installation, outside the goods. This report names no other goods.",
    mend="Divide the whole stream, or list the other goods that the rest belongs to.",
    reference=f"{METHODS}, Annex III, A.1",
)
def str_017(subject: Subject) -> Iterator[Hit]:
    if subject.report.other_goods or subject.report.totals.other_processes_direct_tco2e:
        return
    for item in subject.report.divided:
        divided = total(share.percent for share in item.attributed_to)
        if 1 < divided < HUNDRED:
            yield _hit(subject, item, "attributed_to", divided, "100")


@check(
    "STR-018",
    Severity.BLOCK,
    "A stream is divided among something that is not in the report",
    text="Shares go to processes, heat sources and combined heat and power units of the report.",
    mend="Choose one that is in the report.",
    reference=f"{METHODS}, Annex III, A.1",
)
def str_018(subject: Subject) -> Iterator[Hit]:
    known = {*subject.report.process_by_id, *subject.report.heat_source_ids}
    for item in subject.report.divided:
        for share in item.attributed_to:
            if share.target not in known:
                yield Hit(
                    where=subject.place(f"{item.path}.attributed_to", label(item)),
                    found=share.target or "none",
                    identity=f"{item.path} {share.target}"[:90],
                )


@check(
    "STR-022",
    Severity.REFER,
    "The same stream is listed twice",
    text="Two streams have the same name, amount and factor. Their emissions would count twice.",
    mend="Take one of them out, or say in its name how they differ.",
    reference=f"{METHODS}, Annex II, A.3",
)
def str_022(subject: Subject) -> Iterator[Hit]:
    seen = Counter(
        (stream.name.casefold(), stream.activity_data, stream.emission_factor, stream.carbon_content)
        for stream in subject.report.source_streams
        if stream.name and stream.activity_data
    )
    for (name, amount, _, _), count in seen.items():
        if count > 1:
            yield Hit(where=name, found=f"{count} times {amount}", inputs={"activity_data": amount})


@check(
    "STR-023",
    Severity.REFER,
    "A data gap is not explained",
    text="Where data are missing, the report says why, how the emissions were estimated, and how much they are.",
    mend="Give the reason, the method and the estimate.",
    reference=f"{METHODS}, Annex II, A.3, and Annex IV, 1.1, item 16",
)
def str_023(subject: Subject) -> Iterator[Hit]:
    for gap in subject.report.data_gaps:
        missing = [
            words
            for words, is_given in (
                ("reason", bool(gap.reason)),
                ("method", bool(gap.estimation_method)),
                ("estimate", gap.emissions_tco2e is not None),
            )
            if not is_given
        ]
        if missing:
            where = subject.place(f"{gap.path}.reason", f"Data gap {gap.id}")
            yield Hit(where=where, found="none", expected=", ".join(missing), identity=gap.path)


@check(
    "STR-024",
    Severity.REFER,
    "Data are missing for a large part of the year",
    text="More than a tenth of the days of the year rest on an estimate for one stream.",
    mend="Attach the records of the days that were measured, and how the estimate was made.",
    reference=f"{METHODS}, Annex II, A.3; {PRODUCT}",
)
def str_024(subject: Subject) -> Iterator[Hit]:
    days = (subject.period_end - subject.period_start).days
    for gap in subject.report.data_gaps:
        if gap.starts_on is None or gap.ends_on is None or days <= 0:
            continue
        with exact():
            share = Decimal((gap.ends_on - gap.starts_on).days + 1) / days
        if share > GAP_SHARE_OF_PERIOD:
            yield Hit(
                where=subject.place(f"{gap.path}.starts_on", f"Data gap {gap.id}"),
                found=in_percent(share),
                expected=f"at most {in_percent(GAP_SHARE_OF_PERIOD)}",
                identity=gap.path,
                inputs={"starts_on": gap.starts_on, "ends_on": gap.ends_on},
            )


@check(
    "STR-025",
    Severity.REFER,
    "A transfer of CO2 is described by half",
    text="The report says what becomes of CO2 that leaves or enters, with whom, and who can be asked.",
    mend="Give the purpose, the other installation and a contact.",
    reference=f"{METHODS}, Annex II, B.8, and Annex IV, 1.1, items 5 and 6",
)
def str_025(subject: Subject) -> Iterator[Hit]:
    for transfer in subject.report.co2_transfers:
        missing = [name for name in ("direction", "purpose", "counterparty", "contact") if not getattr(transfer, name)]
        if missing:
            where = subject.place(f"{transfer.path}.counterparty", f"CO2 transfer {transfer.id}")
            yield Hit(where=where, found="none", expected=", ".join(missing), identity=transfer.path)


@check(
    "STR-026",
    Severity.REFER,
    "More CO2 was handed over than the process states",
    text="The CO2 handed over for storage or bound for good is more than the stated direct emissions of its process.",
    mend="Correct the amount, in tonnes. Say in a note if the stated emissions are those left after the transfer.",
    reference=f"{METHODS}, Annex II, B.8.2",
)
def str_026(subject: Subject) -> Iterator[Hit]:
    processes = subject.report.process_by_id
    for transfer in subject.report.co2_transfers:
        process = processes.get(transfer.process)
        if transfer.direction != "out" or transfer.purpose not in TAKEN_OFF or process is None:
            continue
        emitted = process.direct_emissions_tco2e
        if emitted is not None and is_above(transfer.amount_t, emitted):
            yield Hit(
                where=subject.place(f"{transfer.path}.amount_t", f"CO2 transfer {transfer.id}"),
                found=f"{transfer.amount_t} t",
                expected=f"at most {emitted} t",
                identity=transfer.path,
                inputs={"amount_t": transfer.amount_t, "direct_emissions_tco2e": emitted},
            )
