"""A producer's workbook becomes the reading of its claim: recomputed, and each value beside its default."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from verification.accounting.calculation import InstallationResult, calculate
from verification.accounting.entry.gaps import problems_of_result
from verification.accounting.entry.interpretation import Interpretation
from verification.accounting.model import InstallationReport
from verification.accounting.rules import AccountingRules
from verification.accounting.template import (
    TemplateReading,
    TemplateRules,
    read_template_guarded,
    reading_as_contract,
    report_as_contract,
)
from verification.accounting.template.reading import PeriodRule, TemplateIdentity
from verification.accounting.tree import shown
from verification.audit.actors import Actor
from verification.claims import policy
from verification.claims.enums import WayIn
from verification.claims.models import Claim
from verification.claims.services.producer import record_reading
from verification.determination.accounting_rules import rules_of
from verification.determination.precursors import certificate_facts
from verification.determination.services import determine_question, question_for
from verification.evidence.inspection import XLSX
from verification.evidence.services import keep, received
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, MissingReference, Problem
from verification.kernel.quantities import exact, plain
from verification.reference.models import Good
from verification.reference.selectors import country_names, goods, known_goods, scheme_start

EMPTY_TEMPLATE = "TPL-023"
ENTERED = TemplateIdentity(name="Answers in the portal", version="1")


def upload_template(claim: Claim, chunks: Iterable[bytes], *, name: str, actor: Actor) -> Claim:
    """Receive a workbook, read it in a guarded process, and make it the claim's content.

    Raises ``InvalidInput`` (field ``file``) where the file cannot be read as a communication template,
    is an empty one or the one that the claim already has; then nothing is kept. Problems inside a readable
    workbook do not raise: they are part of the reading.
    """
    policy.demand_editable(actor, claim)
    with received(chunks, name=name) as file:
        if claim.template_file and claim.template_file.sha256 == file.sha256:
            raise InvalidInput("Nothing was changed.", [_same_file(claim)])
        if file.content_type != XLSX:
            raise InvalidInput("The file was not accepted.", [_no_workbook(name)])
        reading = read_template_guarded(file.path, rules=template_rules(claim))
        if not reading.is_readable:
            raise InvalidInput("The workbook could not be read.", reading.problems)
        if any(problem.code == EMPTY_TEMPLATE for problem in reading.problems):
            raise InvalidInput("The workbook is empty.", reading.problems)
        problems = _period_problems(claim, reading.report)
        content = reading_for_claim(claim, reading, problems)
        with transaction.atomic():
            evidence = keep(file, organisation_id=claim.organisation_id, actor=actor)
            return record_reading(claim, actor=actor, file=evidence, reading=content)


def reading_of_answers(claim: Claim, interpretation: Interpretation) -> dict[str, Any]:
    """What follows from answers, as a record of the same shape as a workbook's.

    A number that a formula lacks is a problem at its field, unless something is said there already.
    """
    report = interpretation.report
    result = calculate(report, rules=_accounting_rules(claim))
    stopped = {problem.field for problem in interpretation.problems if problem.severity == "block"}
    gaps = [gap for gap in problems_of_result(report, result) if gap.field not in stopped]
    problems = [*interpretation.problems, *gaps, *_period_problems(claim, report)]
    return _reading(claim, report, result, report_as_contract(report, result, problems, template=ENTERED))


def reading_for_claim(claim: Claim, reading: TemplateReading, problems: list[Problem]) -> dict[str, Any]:
    """The plain record that ``claims.content`` describes, computed by the rules of the claim's scheme."""
    report = reading.report
    if report is None:
        return _reading(claim, None, None, reading_as_contract(reading))
    result = calculate(report, rules=_accounting_rules(claim))
    found = [*reading.problems, *problems]
    return _reading(
        claim, report, result, report_as_contract(report, result, found, reading.stated.values, reading.template)
    )


def _accounting_rules(claim: Claim) -> AccountingRules:
    return rules_of(claim.scheme, claim.period_end - timedelta(days=1))


def _reading(
    claim: Claim, report: InstallationReport | None, result: InstallationResult | None, contract: dict[str, Any]
) -> dict[str, Any]:
    known = {good.cn_code: good for good in goods(claim.scheme, claim.period_end - timedelta(days=1))}
    names = {process["id"]: process["name"] or process["id"] for process in contract["processes"]}
    for row in contract["goods"]:
        row.update(_judged(claim, row, known.get(row["cn"]), result))
        row["process_id"], row["process"] = row["process"], names.get(row["process"], row["process"])
    for row in contract["precursors"]:
        row["quantity"] = _bought(row)
    contract["precursor_certificates"] = certificate_facts(
        supply["certificate_number"] for row in contract["precursors"] for supply in row["supplies"]
    )
    contract["report"] = report.as_record() if report else None
    return contract


def _judged(claim: Claim, row: dict[str, Any], good: Good | None, result: InstallationResult | None) -> dict[str, Any]:
    """What the scheme makes of one good: its scope, the value that would apply, the default beside it."""
    return {
        "description": good.description if good else row["name"],
        "sector": good.category.sector if good else "",
        "scope": good.scope if good else "",
        "see_direct_own": _own_direct(row["process"], result),
        "see_applicable": row["see_in_scope"],
        "share_default": row["default_share"],
        "default": _default(claim, row["cn"], row["variant"]) if good else None,
    }


def _own_direct(process_id: str, result: InstallationResult | None) -> str | None:
    """Attributed direct emissions of the process itself per unit, without any precursor (equation 57)."""
    process = result.process(process_id) if result else None
    if process is None or process.attributed_direct is None or not process.activity_level:
        return None
    with exact():
        return shown(process.attributed_direct.value / process.activity_level)


def _default(claim: Claim, code: str, variant: str) -> dict[str, str] | None:
    """The default value that an approval would displace for imports of the reporting year."""
    legal_date = claim.period_end - timedelta(days=1)
    question = question_for(claim.scheme, code, claim.site.country, legal_date=legal_date, variant=variant)
    try:
        answer = determine_question(question)
    except MissingReference:
        return None
    if answer.value is None or answer.base is None or answer.mark_up is None:
        return None
    names = country_names(claim.scheme)
    is_own_country = answer.rung == "country_default"
    return {
        "value": plain(answer.value),
        "base": plain(answer.base),
        "mark_up": plain(answer.mark_up),
        "geography": names.get(claim.site.country, "") if is_own_country else "Other countries and territories",
        "reference": answer.reference,
        "edition": answer.edition,
        "row": answer.row,
        "warning": answer.warning,
    }


def _bought(row: dict[str, Any]) -> str:
    with exact():
        return plain(sum((Decimal(part["amount"]) for part in row["purchased"]), Decimal(0)))


def template_rules(claim: Claim) -> TemplateRules:
    """What the claim's scheme asks of a communication template: goods of the list at the period's end, whole years."""
    return TemplateRules(
        today=clock.today(),
        known_goods=frozenset(known_goods(claim.scheme, claim.period_end - timedelta(days=1))),
        period=PeriodRule(earliest_start_on=scheme_start(claim.scheme), is_calendar_year_required=True),
    )


def _period_problems(claim: Claim, report: InstallationReport | None) -> list[Problem]:
    period = report.period if report else None
    last = claim.period_end - timedelta(days=1)
    if period is None or period.starts_on is None or (period.starts_on, period.ends_on) == (claim.period_start, last):
        return []
    return [
        Problem(
            "block",
            "DAT-011",
            f"The numbers are about another period than this claim for {claim.period_start.year}.",
            "Correct the period, or start a claim for the other year.",
            sheet="A_InstData" if claim.way_in != WayIn.ANSWERS else "",
            cell="I9" if claim.way_in != WayIn.ANSWERS else "",
            field="period/-/starts_on",
            found=f"{period.starts_on} to {period.ends_on}",
            expected=f"{claim.period_start} to {last}",
        )
    ]


def _same_file(claim: Claim) -> Problem:
    return Problem(
        "block",
        "EVI-011",
        "This is the same file that the claim already has, byte for byte.",
        "If you corrected something, save the workbook and choose the saved file.",
        field="file",
        found=claim.template_file.name if claim.template_file else "",
    )


def _no_workbook(name: str) -> Problem:
    return Problem(
        "block",
        "TPL-001",
        "This is not a workbook, whatever its name says.",
        "Upload the communication template as your spreadsheet program saves it, with the ending .xlsx.",
        field="file",
        found=name,
    )
