"""From a claim to its reports: what is sealed, else the draft as it stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from verification.accounting.model import InstallationReport
from verification.accounting.rules import AccountingRules
from verification.claims.kinds import content_of
from verification.claims.models import Claim, Snapshot
from verification.claims.selectors import statement_for_snapshot
from verification.claims.workflow import EDITABLE_STATES
from verification.determination.accounting_rules import rules_of
from verification.determination.engine import Question, determine
from verification.determination.obligation import benchmark_for, specific_free_allocation
from verification.determination.services import question_for
from verification.determination.snapshot import snapshot_of
from verification.disclosure.allocation import Yardstick, free_allocations
from verification.disclosure.documents.addendum import addendum_named, electricity_addendum
from verification.disclosure.documents.full import operator_report
from verification.disclosure.documents.shape import Document
from verification.disclosure.documents.source import FreeAllocation, NothingToReport, Source
from verification.disclosure.documents.summary import summary_report
from verification.disclosure.enums import Level
from verification.kernel import clock
from verification.kernel.errors import MissingReference
from verification.reference.selectors import published_release

NO_YARDSTICK = "the scheme has published no benchmarks for this period"


@dataclass(frozen=True)
class ReportName:
    """Which report: a level, and the id of the addendum where it is one."""

    level: Level
    addendum: str = ""


def source_of_snapshot(snapshot: Snapshot) -> Source:
    """Sealed numbers, with the reference data that were known when they were sealed."""
    statement = statement_for_snapshot(snapshot.pk)
    told = None
    if statement:
        told = {
            "verifier": statement.engagement.verifier.name,
            "accreditation": str(statement.accreditation),
            "opinion": statement.get_opinion_display(),
            "assurance": statement.get_assurance_display(),
            "report_number": statement.report_number,
            "report_dated_on": statement.report_dated_on.isoformat(),
        }
    sealed_at = snapshot.sealed_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return _source(
        json.loads(snapshot.content),
        snapshot.sealed_at,
        snapshot=snapshot.number,
        sha256=snapshot.sha256,
        sealed_at=sealed_at,
        statement=told,
    )


def source_of_draft(claim: Claim) -> Source:
    """The claim as it stands. Never for anyone but its producer."""
    return _source(content_of(claim), clock.now())


def current_source(claim: Claim) -> Source:
    """What was sealed last, unless the producer has other numbers since. Raises ``NothingToReport``."""
    snapshot = claim.snapshots.last()
    if snapshot is None:
        return source_of_draft(claim)
    is_changed = claim.state in EDITABLE_STATES and json.loads(snapshot.content)["reading"] != claim.reading
    return source_of_draft(claim) if is_changed else source_of_snapshot(snapshot)


def names_of_reports(source: Source) -> list[ReportName]:
    """Every report that the numbers give, the summary first."""
    addenda = [ReportName(Level.ADDENDUM, item.id) for item in source.report.electricity_addenda]
    return [ReportName(Level.SUMMARY), ReportName(Level.FULL), *addenda]


def report_named(source: Source, name: ReportName) -> Document:
    """Raises ``NothingToReport`` for an addendum that the report does not have."""
    if name.level is Level.FULL:
        return operator_report(source)
    if name.level is Level.SUMMARY:
        return summary_report(source)
    addendum = addendum_named(source, name.addendum)
    if addendum is None:
        raise NothingToReport("There is no such addendum.")
    return electricity_addendum(source, addendum)


def _source(content: dict[str, Any], known_at: datetime, **identity: Any) -> Source:
    last = date.fromisoformat(content["period"]["end_exclusive"]) - timedelta(days=1)
    rules: AccountingRules = rules_of(content["scheme"], last)
    plain = Source(content, rules)
    allocations = _allocations(plain.report, content["scheme"], last, known_at)
    return Source(content, rules, allocations, is_specimen=clock.demonstration() is not None, **identity)


def _allocations(report: InstallationReport, scheme: str, on: date, known_at: datetime) -> tuple[FreeAllocation, ...]:
    try:
        release = snapshot_of(published_release(scheme, known_at))
    except MissingReference:
        return tuple(FreeAllocation(why_missing=NO_YARDSTICK) for _ in report.products)
    if not {"cbam_factor", "cross_sectoral_correction"} <= set(release.parameters.obligation):
        return tuple(FreeAllocation(why_missing=NO_YARDSTICK) for _ in report.products)

    def of_default(cn: str, country: str) -> Decimal:
        """Column B, of the route on which the default value rests."""
        question: Question = question_for(scheme, cn, country, legal_date=on, known_at=known_at)
        answer = determine(question, release.tables, {}, release.parameters)
        if answer.value is None:
            raise MissingReference(answer.reason)
        benchmark = benchmark_for(release.tables, question.good, "B", answer.benchmark_route, on)
        factor = release.parameters.at(release.parameters.obligation["cbam_factor"], on).value
        correction = release.parameters.at(release.parameters.obligation["cross_sectoral_correction"], on).value
        return specific_free_allocation(benchmark.value, factor, correction)

    yardstick = Yardstick(release.tables, release.parameters, on, of_default)
    return free_allocations(report, yardstick)
