"""Answers become the reading of a claim: what was typed is kept, what follows from it is computed at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from verification.accounting.entry.answers import SINGLE_KEY, Answers, RowAnswers, is_blank, next_key
from verification.accounting.entry.copying import answers_for_next_year
from verification.accounting.entry.interpretation import Interpretation, interpret
from verification.accounting.entry.sections import section_named
from verification.accounting.entry.standard_factors import standard_factor
from verification.accounting.entry.writing import Written, answers_of
from verification.accounting.enums import StreamMethod
from verification.accounting.model import InstallationReport
from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims import policy
from verification.claims.enums import ClaimState, WayIn
from verification.claims.models import Claim
from verification.claims.selectors import stored_answers
from verification.claims.services.answers import (
    delete_row,
    lock_for_editing,
    record_derived_reading,
    replace_answers,
    store_rows,
)
from verification.claims.services.producer import start_claim
from verification.determination.claim_reading import reading_of_answers
from verification.determination.precursors import default_for_precursor, demand_fitting, values_from_certificate
from verification.kernel.canonical import sha256_of
from verification.kernel.errors import Conflict, InvalidInput, Problem

CLOSED_STATES = (ClaimState.WITHDRAWN, ClaimState.REFUSED, ClaimState.REVOKED)
PROCESS_SECTIONS = ("processes", "route_production")
DELIVERIES, STREAMS = "deliveries", "streams"


def answers_of_claim(claim: Claim) -> dict[str, dict[str, RowAnswers]]:
    """The claim's answers without the rows in which nothing was answered yet."""
    return {
        section: {key: values for key, values in rows.items() if not is_blank(values)}
        for section, rows in stored_answers(claim).items()
    }


def interpretation_of_claim(claim: Claim) -> Interpretation:
    return interpret(answers_of_claim(claim))


@transaction.atomic
def begin_answers(claim: Claim, *, actor: Actor) -> Claim:
    """Start filling in: from the claim's own workbook where it has one, else from the register."""
    policy.demand_editable(actor, claim)
    if claim.way_in == WayIn.ANSWERS:
        return claim
    if claim.reading and claim.reading.get("report"):
        answers = answers_of(InstallationReport.from_record(claim.reading["report"]))
        replace_answers(claim, answers, actor=actor, origin="workbook of this claim")
    else:
        replace_answers(claim, _registered(claim), actor=actor, origin="register")
    return _refresh(claim, actor)


def earlier_claims(claim: Claim) -> list[Claim]:
    """Claims of the same installation and scheme from which a new year can start, the newest first."""
    earlier = Claim.objects.filter(
        installation=claim.site,
        scheme=claim.scheme,
        organisation_id=claim.organisation_id,
        period_start__lt=claim.period_start,
    ).exclude(reading=None)
    return list(earlier.exclude(state=ClaimState.WITHDRAWN).order_by("-period_start", "-created_at")[:5])


@transaction.atomic
def copy_from_earlier(claim: Claim, earlier: Claim, *, actor: Actor) -> Claim:
    """Everything of an earlier year but its numbers; what the claim had before goes."""
    policy.demand_editable(actor, claim)
    if earlier not in earlier_claims(claim):
        raise Conflict("This claim cannot be copied: it is of another installation, scheme or a later year.")
    report = InstallationReport.from_record((earlier.reading or {}).get("report") or {})
    answers = answers_for_next_year(answers_of(report))
    answers |= _registered(claim, only=("period",))
    replace_answers(claim, answers, actor=actor, origin=f"claim {earlier.number}")
    return _refresh(claim, actor)


@transaction.atomic
def amend_claim(approved: Claim, *, actor: Actor) -> Claim:
    """A new draft with the numbers of an approved claim; the approval stands until the new one replaces it.

    One report per installation and period; a revised version names the one that it replaces (Delegated
    Regulation (EU) 2025/2551, Annex II, 2.17.3). Raises ``Conflict`` where nothing was approved, or another
    amendment is open.
    """
    policy.demand_producer(actor, approved)
    if approved.state not in (ClaimState.APPROVED, ClaimState.EXPIRED):
        raise Conflict("Only an approved claim is amended; a claim under way is corrected itself.")
    open_ones = approved.amended_by.exclude(state__in=CLOSED_STATES)
    if open_ones.exists():
        raise Conflict(f"Claim {open_ones[0].number} amends this one already.")
    year = approved.period_start.year
    claim = start_claim(approved.site, scheme=approved.scheme, year=year, actor=actor, amends=approved)
    report = InstallationReport.from_record((approved.reading or {}).get("report") or {})
    return import_answers(claim, answers_of(report), actor=actor, origin=f"claim {approved.number}")


@transaction.atomic
def renew_claim(earlier: Claim, *, actor: Actor) -> Claim:
    """A draft for the next year with everything of this one but its numbers.

    Raises ``Conflict`` where that year has a claim already.
    """
    policy.demand_producer(actor, earlier)
    year = earlier.period_start.year + 1
    next_ones = Claim.objects.filter(
        installation=earlier.installation, scheme=earlier.scheme, period_start=earlier.period_end
    ).exclude(state__in=CLOSED_STATES)
    if next_ones.exists():
        raise Conflict(f"There is claim {next_ones[0].number} for {year} already.")
    claim = start_claim(earlier.site, scheme=earlier.scheme, year=year, actor=actor)
    return copy_from_earlier(claim, earlier, actor=actor)


@transaction.atomic
def import_answers(claim: Claim, answers: Answers, *, actor: Actor, origin: str) -> Claim:
    """All answers from a file; what the claim had before goes."""
    replace_answers(claim, answers, actor=actor, origin=origin)
    return _refresh(claim, actor)


@transaction.atomic
def add_row(claim: Claim, section_key: str, *, actor: Actor, values: RowAnswers | None = None) -> str:
    """A new row at the end of a section, empty unless ``values`` are given; its key."""
    lock_for_editing(claim, actor)
    section = section_named(section_key)
    key = next_key(section, stored_answers(claim).get(section_key, {}))
    store_rows(claim, {(section_key, key): values or {}}, actor=actor)
    if values:
        _refresh(claim, actor)
    return key


@transaction.atomic
def add_rows(claim: Claim, section_key: str, rows: Mapping[str, RowAnswers], *, actor: Actor) -> Claim:
    """Rows pasted at the end of a section; rows with a key that is there already replace it."""
    store_rows(claim, {(section_key, key): values for key, values in rows.items()}, actor=actor)
    return _refresh(claim, actor)


@transaction.atomic
def save_rows(
    claim: Claim, rows: Mapping[tuple[str, str], RowAnswers | None], *, actor: Actor, is_autosave: bool = False
) -> Claim:
    """Keep what was typed and compute anew. Only a person's own saving is an event; autosave is not.

    Goods categories that came with a file give way to those that follow from the processes, once these change.
    """
    changed = dict(rows)
    if any(section in PROCESS_SECTIONS for section, _key in rows):
        changed |= dict.fromkeys(("goods_categories", key) for key in _keys_of(claim, "goods_categories"))
    store_rows(claim, changed, actor=actor)
    if not is_autosave:
        record_event(
            "claims.answers.saved",
            actor=actor,
            subject_type="claim",
            subject_id=claim.pk,
            facts={
                "rows": ", ".join(f"{section}/{key}" for section, key in rows),
                "sha256": sha256_of(
                    {f"{section}/{key}": dict(values or {}) for (section, key), values in rows.items()}
                ),
            },
        )
    return _refresh(claim, actor)


@transaction.atomic
def remove_row(claim: Claim, section_key: str, key: str, *, actor: Actor) -> Claim:
    delete_row(claim, section_key, key, actor=actor)
    return _refresh(claim, actor)


@transaction.atomic
def fill_from_certificate(claim: Claim, key: str, *, actor: Actor) -> Claim:
    """The values of a delivery from the certificate that its row names, logged for the one whose it is.

    Raises ``InvalidInput`` as ``precursors.values_from_certificate``, and where no number was given.
    """
    policy.demand_editable(actor, claim)
    row = _delivery(claim, key)
    number = row.get("certificate_number", "").strip()
    if not number:
        raise InvalidInput("No certificate was named.", [_no_number()])
    found = values_from_certificate(number, cn=row.get("cn", "").strip(), route=row.get("route", "").strip())
    demand_fitting(
        number,
        scheme=claim.scheme,
        period=(claim.period_start, claim.period_end - timedelta(days=1)),
        is_period_explained=bool(row.get("period_method", "").strip()),
    )
    record_event(
        "determination.certificate.values_taken",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"certificate": number, "row": key},
    )
    return save_rows(claim, {(DELIVERIES, key): {**row, **found.answers}}, actor=actor)


@transaction.atomic
def fill_with_default(claim: Claim, key: str, *, actor: Actor) -> Claim:
    """The values of a delivery from the table of defaults, marked as default. Raises ``InvalidInput``."""
    policy.demand_editable(actor, claim)
    row = _delivery(claim, key)
    precursor = stored_answers(claim).get("precursors", {}).get(row.get("precursor", ""), {})
    found = default_for_precursor(
        claim.scheme,
        cn=(row.get("cn") or precursor.get("cn", "")).strip(),
        country=(row.get("country") or precursor.get("country", "")).strip(),
        year=claim.period_start.year,
    )
    return save_rows(claim, {(DELIVERIES, key): {**row, **found.answers, "certificate_number": ""}}, actor=actor)


@transaction.atomic
def fill_with_standard_factor(claim: Claim, key: str, name: str, *, actor: Actor) -> Claim:
    """The standard factors of the act for a fuel or material. Raises ``InvalidInput`` (field ``standard_factor``)."""
    policy.demand_editable(actor, claim)
    row = stored_answers(claim).get(STREAMS, {}).get(key)
    if row is None:
        raise Conflict("This fuel or material is no longer there.")
    stated = row.get("method", "").strip()
    method = StreamMethod(stated) if stated in set(StreamMethod) else None
    try:
        answers = standard_factor(name).answers(method)
    except LookupError as unknown:
        raise InvalidInput("No standard factor fits.", [_no_factor(name, str(unknown))]) from unknown
    return save_rows(claim, {(STREAMS, key): {**row, **answers}}, actor=actor)


def _keys_of(claim: Claim, section: str) -> list[str]:
    return list(stored_answers(claim).get(section, {}))


def _delivery(claim: Claim, key: str) -> dict[str, str]:
    row = stored_answers(claim).get(DELIVERIES, {}).get(key)
    if row is None:
        raise Conflict("This delivery is no longer there.")
    return row


def _refresh(claim: Claim, actor: Actor) -> Claim:
    reading = reading_of_answers(claim, interpretation_of_claim(claim))
    return record_derived_reading(claim, actor=actor, reading=reading)


def _registered(claim: Claim, only: tuple[str, ...] = ("installation", "period")) -> Written:
    """What the register and the claim know already, as answers."""
    site = claim.site
    known: dict[str, dict[str, str]] = {
        "installation": {
            "name": site.name,
            "name_local": site.local_name,
            "registry_id": site.code,
            "street": site.address,
            "city": site.city,
            "country": site.country,
            "un_locode": site.unlocode,
            "latitude": str(site.latitude),
            "longitude": str(site.longitude),
            "economic_activity": site.economic_activity,
        },
        "period": {
            "starts_on": claim.period_start.isoformat(),
            "ends_on": (claim.period_end - timedelta(days=1)).isoformat(),
        },
    }
    return {section: {SINGLE_KEY: known[section]} for section in only}


def _no_number() -> Problem:
    return Problem(
        "block",
        "PCV-013",
        "No certificate number was given.",
        "Type the number that is printed on the supplier’s certificate, then take its values.",
        field="certificate_number",
    )


def _no_factor(name: str, why: str) -> Problem:
    return Problem(
        "block",
        "ENT-110",
        why if name else "No standard factor was chosen.",
        "Choose a fuel or material of the list that fits the method, then fill in its factors.",
        field="standard_factor",
        found=name,
    )
