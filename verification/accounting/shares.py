"""What each process, heat source and cogeneration unit receives of the installation's emissions.

Shares are stated by the operator (2025/2547 Annex III, A.1); what none of them claims stays with the
installation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from verification.accounting.gaps import Gap, Log
from verification.accounting.model import InstallationReport, Share
from verification.accounting.streams import TCO2E
from verification.accounting.totals import Emitter
from verification.accounting.tree import Node, given
from verification.kernel.quantities import exact

ACT = "IR (EU) 2025/2547, Annex III, A.1"
WHOLE_PERCENT = Decimal(100)


@dataclass(frozen=True)
class Received:
    """Parts of emitters that one target receives; ``None`` parts lack a number and are in the log."""

    parts: tuple[Node | None, ...]
    fuel_tj: Decimal | None

    @property
    def total(self) -> Decimal | None:
        """t CO2e, ``None`` where a part is not known."""
        known = [part.value for part in self.parts if part is not None]
        if len(known) < len(self.parts):
            return None
        with exact():
            return sum(known, Decimal(0))

    def node(self, label: str, reference: str) -> Node | None:
        total = self.total
        if total is None:
            return None
        inputs = tuple(part for part in self.parts if part is not None)
        return Node(label, total, TCO2E, "Σ share × Em", reference, inputs=inputs)


def received_by_target(report: InstallationReport, emitters: Sequence[Emitter], log: Log) -> Mapping[str, Received]:
    """By id of the target. Shares of targets that there are not, and more than 100 %, are put in the log."""
    known = {item.id for group in (report.processes, report.heat_sources, report.chp_units) for item in group}
    parts: dict[str, list[Node | None]] = {}
    fuel: dict[str, list[Decimal | None]] = {}
    for emitter in emitters:
        _check(emitter, known, log)
        for share in emitter.shares:
            parts.setdefault(share.target, []).append(_part(emitter.node, share))
            if emitter.path.startswith("source_streams"):
                fuel.setdefault(share.target, []).append(_of(emitter.fuel_tj, share))
    return {target: Received(tuple(nodes), _sum(fuel.get(target, []))) for target, nodes in parts.items()}


def _check(emitter: Emitter, known: set[str], log: Log) -> None:
    for index, share in enumerate(emitter.shares):
        if share.target not in known:
            where = "process" if emitter.path.startswith("co2_transfers") else f"attributed_to.{index}.target"
            log.lack(Gap(f"{emitter.path}.{where}", "the attribution of these emissions"))
    with exact():
        claimed = sum((share.percent for share in emitter.shares), Decimal(0))
    if claimed > WHOLE_PERCENT:
        log.contradict(f"{emitter.path}.attributed_to", f"{claimed} %", "at most 100 %")


def _part(node: Node | None, share: Share) -> Node | None:
    if node is None:
        return None
    if share.percent == WHOLE_PERCENT:
        return node
    with exact():
        value = node.value * share.percent / 100
    inputs = (node, given("share", share.percent, "%"))
    return Node(f"Part of {node.label}", value, TCO2E, "Em × share", ACT, inputs=inputs)


def _of(fuel_tj: Decimal | None, share: Share) -> Decimal | None:
    if fuel_tj is None:
        return None
    with exact():
        return fuel_tj * share.percent / 100


def _sum(values: list[Decimal | None]) -> Decimal | None:
    """Energy of all fuels; ``None`` where none states its energy, or any of them does not."""
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    with exact():
        return sum(known, Decimal(0))
