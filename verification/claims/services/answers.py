"""Writing what a producer types. The reading that follows from it is written by the caller, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from verification.accounting.entry.answers import Answers, RowAnswers, dependent_rows
from verification.accounting.entry.sections import section_named
from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims import policy
from verification.claims.content import goods_in_short
from verification.claims.enums import WayIn
from verification.claims.models import AnswerRow, Claim, ClaimEvidence
from verification.claims.selectors import stored_answers
from verification.claims.services.producer import close_open_engagements
from verification.evidence.enums import Purpose
from verification.kernel import clock
from verification.kernel.canonical import sha256_of

LONGEST_ANSWER = 5000


def lock_for_editing(claim: Claim, actor: Actor) -> None:
    """Hold the claim until the transaction ends; refuse where it is no longer open, whatever ``claim`` remembers.

    To be called inside a transaction. Raises what ``policy.demand_editable`` does.
    """
    policy.demand_editable(actor, Claim.objects.select_for_update().only("state", "organisation").get(pk=claim.pk))


@transaction.atomic
def store_rows(claim: Claim, rows: Mapping[tuple[str, str], RowAnswers | None], *, actor: Actor) -> None:
    """Keep rows by (section, key), as typed; ``None`` takes a row out; new rows are added at the end."""
    lock_for_editing(claim, actor)
    there = {(row.section, row.key): row for row in AnswerRow.objects.filter(claim=claim).defer("values")}
    last = AnswerRow.objects.filter(claim=claim).aggregate(last=Max("position"))["last"] or 0
    for (section, key), values in rows.items():
        section_named(section)
        row = there.get((section, key))
        if values is None:
            if row is not None:
                row.delete()
            continue
        if row is None:
            last += 1
            row = AnswerRow(claim=claim, section=section, key=key, position=last)
        row.values = {name: text[:LONGEST_ANSWER] for name, text in values.items() if text}
        row.saved_at, row.saved_by_id = clock.now(), int(actor.id)
        row.save()


@transaction.atomic
def delete_row(claim: Claim, section: str, key: str, *, actor: Actor) -> None:
    """Take a row out, and with it the rows that only say something about it."""
    lock_for_editing(claim, actor)
    gone = dependent_rows(stored_answers(claim), section, key)
    for name, row_key in ((section, key), *gone):
        AnswerRow.objects.filter(claim=claim, section=name, key=row_key).delete()
    record_event(
        "claims.answers.removed",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"section": section, "row": key},
    )


@transaction.atomic
def replace_answers(claim: Claim, answers: Answers, *, actor: Actor, origin: str) -> None:
    """All answers anew: from a file, from last year, or from the claim's own workbook."""
    lock_for_editing(claim, actor)
    AnswerRow.objects.filter(claim=claim).delete()
    now, position, rows = clock.now(), 0, []
    for section, by_key in answers.items():
        for key, values in by_key.items():
            position += 1
            rows.append(
                AnswerRow(
                    claim=claim,
                    section=section_named(section).key,
                    key=key,
                    position=position,
                    values={name: text[:LONGEST_ANSWER] for name, text in values.items() if text},
                    saved_at=now,
                    saved_by_id=int(actor.id),
                )
            )
    AnswerRow.objects.bulk_create(rows, batch_size=500)
    record_event(
        "claims.answers.replaced",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"from": origin, "rows": len(rows), "sha256": sha256_of(answers)},
    )


@transaction.atomic
def record_derived_reading(claim: Claim, *, actor: Actor, reading: dict[str, Any]) -> Claim:
    """Keep what follows from the answers; a workbook that the claim had before is no longer its content."""
    lock_for_editing(claim, actor)
    claim.way_in, claim.template_file = WayIn.ANSWERS, None
    claim.reading, claim.read_at = reading, clock.now()
    claim.goods_in_short = goods_in_short(reading)
    claim.save(update_fields=["way_in", "template_file", "reading", "goods_in_short", "read_at"])
    ClaimEvidence.objects.filter(claim=claim, purpose=Purpose.COMMUNICATION_TEMPLATE, removed_at=None).update(
        removed_at=clock.now()
    )
    close_open_engagements(claim)
    return claim
