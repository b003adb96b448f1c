"""Direct emissions of the whole installation: streams, estimates for data gaps, CO2 handed over.

Implementing Regulation (EU) 2025/2547, Annex II, A.2(5) and B.8. Gaps are filled by estimates that count.
CO2 for geological storage, or bound permanently, counts as not emitted as far as it is fossil (B.8.2);
every other transfer is reported only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from verification.accounting import streams
from verification.accounting.constants import Constants
from verification.accounting.enums import TransferDirection, TransferPurpose
from verification.accounting.gaps import Log, gaps_of
from verification.accounting.model import (
    Co2Transfer,
    DataGap,
    InstallationReport,
    MeasuredSource,
    PfcStream,
    Share,
    SourceStream,
)
from verification.accounting.streams import TCO2E, StreamResult
from verification.accounting.tree import MissingInput, Node, given, require
from verification.kernel.quantities import exact

ACT = "IR (EU) 2025/2547, Annex II, "
NOT_EMITTED = (TransferPurpose.STORAGE, TransferPurpose.BINDING)


@dataclass(frozen=True)
class Emitter:
    """Something that adds to the direct emissions, or takes off; ``node`` is ``None`` where a number is missing."""

    path: str
    node: Node | None
    shares: tuple[Share, ...]
    fuel_tj: Decimal | None = None


@dataclass(frozen=True)
class InstallationTotals:
    """Period totals of the installation, t CO2e; fuel in TJ.

    ``is_complete`` is false where a stream, a data gap or a transfer lacks a number: then the totals are
    of the others only.
    """

    co2_tco2e: Decimal
    n2o_tco2e: Decimal
    pfc_tco2e: Decimal
    biomass_tco2e: Decimal
    fuel_tj: Decimal
    data_gaps_tco2e: Decimal = Decimal(0)
    not_emitted_tco2: Decimal = Decimal(0)
    is_complete: bool = True
    tree: Node | None = None

    @property
    def direct_tco2e(self) -> Decimal:
        with exact():
            emitted = self.co2_tco2e + self.n2o_tco2e + self.pfc_tco2e + self.data_gaps_tco2e
            return emitted - self.not_emitted_tco2


def emitted(
    report: InstallationReport, constants: Constants, log: Log
) -> tuple[tuple[StreamResult, ...], tuple[Emitter, ...], InstallationTotals]:
    """Results of the streams, everything that emits with its shares, and the installation's totals."""
    results, emitters = _streams(report, constants, log)
    groups: tuple[Sequence[SourceStream | PfcStream | MeasuredSource], ...] = (
        report.source_streams,
        report.pfc_streams,
        report.measured_sources,
    )
    shares = {item.id: item.attributed_to for items in groups for item in items}
    gaps = [_data_gap(shares, index, item, log) for index, item in enumerate(report.data_gaps)]
    has_biomass = any(result.biomass_tco2e for result in results)
    transfers = [
        _transfer(index, item, has_biomass, log) for index, item in enumerate(report.co2_transfers) if _may_count(item)
    ]
    return tuple(results), (*emitters, *gaps, *transfers), _totals(results, emitters, gaps, transfers)


def _streams(report: InstallationReport, constants: Constants, log: Log) -> tuple[list[StreamResult], list[Emitter]]:
    results: list[StreamResult] = []
    emitters: list[Emitter] = []
    groups: tuple[tuple[str, Sequence, Callable], ...] = (
        ("source_streams", report.source_streams, streams.source_stream_emissions),
        ("pfc_streams", report.pfc_streams, streams.pfc_emissions),
        ("measured_sources", report.measured_sources, streams.measured_emissions),
    )
    for group, items, formula in groups:
        for index, item in enumerate(items):
            path = f"{group}.{index}"
            try:
                result = formula(item, constants)
            except MissingInput as missing:
                log.lack(*gaps_of(path, missing, "the emissions of this stream"))
                emitters.append(Emitter(path, None, item.attributed_to))
                continue
            results.append(result)
            emitters.append(Emitter(path, result.fossil, item.attributed_to, result.fuel_tj))
    return results, emitters


def _data_gap(shares: Mapping[str, tuple[Share, ...]], index: int, gap: DataGap, log: Log) -> Emitter:
    """A gap that says nothing of its own shares follows those of the stream whose data it fills."""

    def formula() -> Node:
        (estimate,) = require(gap, "emissions_tco2e")
        inputs = (given("estimate", estimate, TCO2E),)
        label = f"Data gap of {gap.stream}" if gap.stream else "Data gap"
        return Node(label, estimate, TCO2E, "conservative estimate", ACT + "A.2(5), B.6.2.6", inputs=inputs)

    path = f"data_gaps.{index}"
    node = log.attempt(path, "the emissions in the time without data", formula)
    return Emitter(path, node, gap.attributed_to or shares.get(gap.stream, ()))


def _may_count(transfer: Co2Transfer) -> bool:
    """Whether the transfer lowers emissions, or would if it said enough."""
    is_out = transfer.direction in (TransferDirection.OUT, None)
    return is_out and (transfer.purpose is None or transfer.purpose in NOT_EMITTED)


def _transfer(index: int, transfer: Co2Transfer, has_biomass: bool, log: Log) -> Emitter:
    def formula() -> Node:
        unsaid = tuple(name for name in ("direction", "purpose") if getattr(transfer, name) is None)
        if unsaid:
            raise MissingInput(unsaid)
        (amount,) = require(transfer, "amount_t")
        # Of biogenic CO2 nothing was counted, so nothing may be taken off.
        biogenic = require(transfer, "biomass_percent")[0] if has_biomass else transfer.biomass_percent or Decimal(0)
        with exact():
            fossil = given("1 − BF", 1 - biogenic / 100, "1")
            inputs = (given("CO2 handed over", amount, "t CO2"), fossil)
            value = -amount * fossil.value
        return Node("−CO2 not emitted", value, TCO2E, "−CO2 handed over × (1 − BF)", ACT + "B.8.2", inputs=inputs)

    path = f"co2_transfers.{index}"
    node = log.attempt(path, "the CO2 that counts as not emitted", formula)
    return Emitter(path, node, (Share(transfer.process, Decimal(100)),) if transfer.process else ())


def _totals(
    results: list[StreamResult], emitters: list[Emitter], gaps: list[Emitter], transfers: list[Emitter]
) -> InstallationTotals:
    with exact():

        def of(gas: str) -> Decimal:
            return sum((item.fossil.value for item in results if item.gas == gas), Decimal(0))

        parts = [*emitters, *gaps, *transfers]
        nodes = tuple(part.node for part in parts if part.node is not None)
        monoxide = sum((item.carbon_monoxide_tco2 for item in results if item.gas == "n2o"), Decimal(0))
        return InstallationTotals(
            co2_tco2e=of("co2") + monoxide,
            n2o_tco2e=of("n2o") - monoxide,
            pfc_tco2e=of("pfc"),
            biomass_tco2e=sum((item.biomass_tco2e for item in results), Decimal(0)),
            fuel_tj=sum((item.fuel_tj or Decimal(0) for item in results), Decimal(0)),
            data_gaps_tco2e=_sum_of(gaps),
            not_emitted_tco2=-_sum_of(transfers),
            is_complete=len(nodes) == len(parts),
            tree=_tree(nodes) if nodes and len(nodes) == len(parts) else None,
        )


def _sum_of(parts: list[Emitter]) -> Decimal:
    return sum((part.node.value for part in parts if part.node is not None), Decimal(0))


def _tree(nodes: tuple[Node, ...]) -> Node:
    value = sum((node.value for node in nodes), Decimal(0))
    label = "Direct emissions of the installation"
    return Node(label, value, TCO2E, "Σ Em", ACT + "B.1, B.2", inputs=nodes)
