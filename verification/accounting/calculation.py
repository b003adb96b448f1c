"""The formulas run over a report: streams, attribution, embedded emissions, goods, as one result."""

from __future__ import annotations

from verification.accounting import embedded, goods, specific
from verification.accounting.balances import balances_of
from verification.accounting.constants import Constants, constants_on, latest_constants
from verification.accounting.gaps import Gap, Log, Mismatch
from verification.accounting.model import InstallationReport
from verification.accounting.reconciliation import Reconciliation, direct_emissions
from verification.accounting.results import InstallationResult, PerFunctionalUnit, ProcessResult, ProductResult
from verification.accounting.rules import NO_RULES, AccountingRules
from verification.accounting.shares import received_by_target
from verification.accounting.supply import EnergySupply
from verification.accounting.totals import InstallationTotals, emitted
from verification.kernel.errors import MissingReference

__all__ = [
    "AccountingRules",
    "Gap",
    "InstallationResult",
    "InstallationTotals",
    "Mismatch",
    "PerFunctionalUnit",
    "ProcessResult",
    "ProductResult",
    "Reconciliation",
    "calculate",
]


def calculate(
    report: InstallationReport, constants: Constants | None = None, rules: AccountingRules = NO_RULES
) -> InstallationResult:
    """Recompute ``report`` with ``constants``, or with those in force on the period's last day.

    ``rules`` are what the scheme decides; without them no origin counts zero, no scope is known and every good
    is counted by the unit of its category. Never raises for missing numbers: they are listed as gaps and what
    depends on them is ``None``.
    """
    constants = constants or _constants_for(report)
    log = Log()
    streams, emitters, totals = emitted(report, constants, log)
    received = received_by_target(report, emitters, log)
    supply = EnergySupply(report, received, constants)
    direct, reconciliation = direct_emissions(report, totals, received, supply, log)
    parts = specific.parts_of(specific.Surroundings(report, supply, constants, rules, log), direct)
    loop = ""
    try:
        solved = specific.solve(parts)
    except embedded.ImpossibleLoop as error:
        loop, solved = str(error), specific.unsolved(parts)
    processes = tuple(specific.result_of(part, solved) for part in parts)
    products = goods.product_results(report, processes, rules, log)
    return InstallationResult(
        constants=constants,
        streams=streams,
        totals=totals,
        processes=processes,
        gaps=log.gaps,
        loop=loop,
        products=products,
        mismatches=log.mismatches,
        reconciliation=reconciliation,
        balances=balances_of(report),
    )


def _constants_for(report: InstallationReport) -> Constants:
    if report.period.ends_on is None:
        return latest_constants()
    try:
        return constants_on(report.period.ends_on)
    except MissingReference:
        return latest_constants()
