"""Showing sealed reports to importers, ending it, and writing down who saw what."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.certificates.models import Revocation
from verification.claims.models import Claim, Snapshot
from verification.disclosure import policy
from verification.disclosure.assembly import source_of_snapshot
from verification.disclosure.documents.addendum import addendum_named
from verification.disclosure.documents.source import NothingToReport
from verification.disclosure.enums import Level, ViewFormat
from verification.disclosure.models import Disclosure, DisclosureView
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.notifications.models import Notice
from verification.notifications.services import notify
from verification.registry.models import Organisation
from verification.registry.selectors import members_of

ACT = "Implementing Regulation (EU) 2025/2547, Annex IV"


def grant_disclosure(
    snapshot: Snapshot, *, actor: Actor, recipient: Organisation, level: Level, addendum: str = "", note: str = ""
) -> Disclosure:
    """Show one report of sealed numbers to an importer from now on.

    Raises ``NotAllowed``, ``InvalidInput`` (fields ``recipient``, ``addendum``) and ``Conflict`` where the
    recipient has this report already, or another declarant has the addendum.
    """
    claim = snapshot.claim
    policy.demand_may_disclose(actor, claim)
    if not recipient.is_importer:
        raise InvalidInput("Nothing was shared.", [_no_importer(recipient)])
    eori = _eori(snapshot, level, addendum)
    disclosure = Disclosure(
        claim=claim,
        snapshot=snapshot,
        recipient=recipient,
        level=level,
        addendum=addendum if level is Level.ADDENDUM else "",
        eori=eori,
        note=note,
        granted_by_id=actor.id,
        granted_at=clock.now(),
    )
    try:
        with transaction.atomic():
            disclosure.save(force_insert=True)
            _record("granted", disclosure, actor)
            _tell_recipient(disclosure, claim)
    except IntegrityError as error:
        raise Conflict(_why_not_twice(level, recipient)) from error
    return disclosure


@transaction.atomic
def end_disclosure(disclosure: Disclosure, *, actor: Actor) -> Disclosure:
    """From now on the recipient sees nothing of it. Raises ``NotAllowed``, ``Conflict`` where it ended before."""
    policy.demand_may_disclose(actor, disclosure.claim)
    now = clock.now()
    open_grant = Disclosure.objects.filter(pk=disclosure.pk, ended_at=None)
    if open_grant.update(ended_at=now, ended_by_id=actor.id) != 1:
        raise Conflict("This was ended before.")
    disclosure.ended_at, disclosure.ended_by_id = now, actor.id
    _record("ended", disclosure, actor)
    return disclosure


@transaction.atomic
def tell_of_revocation(claim_id: str) -> int:
    """Every importer that was shown a report of the claim learns that its certificate was revoked; how many.

    Once for each revocation: a message that stands there is not written again.
    """
    revocation = Revocation.objects.select_related("certificate").filter(certificate__claim_id=claim_id).latest("pk")
    number, told = revocation.certificate.number, 0
    grants = Disclosure.objects.filter(claim_id=claim_id).order_by("granted_at", "pk")
    for recipient_id, grant in {row.recipient_id: row for row in grants}.items():
        known = Notice.objects.filter(kind="certificate_revoked", subject__contains=number).values("user")
        notify(
            members_of(recipient_id).exclude(pk__in=known),
            "certificate_revoked",
            address=f"/importer/reports/{grant.pk}/" if grant.ended_at is None else "/importer/reports/",
            certificate=number,
            effective_on=revocation.effective_on.isoformat(),
            reason=revocation.reason,
        )
        told += 1
    return told


@transaction.atomic
def record_view(disclosure: Disclosure, *, actor: Actor, document: str, view_format: ViewFormat) -> DisclosureView:
    """Write down that the recipient is about to be handed ``document`` (its schema).

    The grant is read again under lock, so that nothing is handed out after it ended. Raises ``NotAllowed``.
    """
    current = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
    if not policy.may_view(actor, current):
        raise NotAllowed("This report is not shared with you.")
    view = DisclosureView(
        disclosure=current, viewed_by_id=actor.id, viewed_at=clock.now(), document=document, format=view_format
    )
    view.save(force_insert=True)
    record_event(
        "disclosure.report.viewed",
        actor=actor,
        subject_type="disclosure",
        subject_id=current.pk,
        facts={"document": document, "format": view_format.value},
    )
    return view


def _eori(snapshot: Snapshot, level: Level, addendum: str) -> str:
    """EORI of the declarant whom the addendum concerns; empty for other levels."""
    if level is not Level.ADDENDUM:
        return ""
    try:
        found = addendum_named(source_of_snapshot(snapshot), addendum)
    except NothingToReport:
        found = None
    if found is None:
        raise InvalidInput("Nothing was shared.", [_no_addendum(addendum)])
    if not found.declarant_eori:
        raise InvalidInput("Nothing was shared.", [_no_eori(addendum)])
    return found.declarant_eori


def _record(verb: str, disclosure: Disclosure, actor: Actor) -> None:
    record_event(
        f"disclosure.report.{verb}",
        actor=actor,
        subject_type="claim",
        subject_id=disclosure.claim_id,
        facts={
            "disclosure": str(disclosure.pk),
            "snapshot_sha256": disclosure.snapshot.sha256,
            "recipient": str(disclosure.recipient_id),
            "level": str(disclosure.level),
            "addendum": disclosure.addendum,
        },
    )


def _tell_recipient(disclosure: Disclosure, claim: Claim) -> None:
    notify(
        members_of(disclosure.recipient_id),
        "report_shared",
        address=f"/importer/reports/{disclosure.pk}/",
        producer=claim.organisation.name,
        installation=claim.place,
        year=str(claim.period_start.year),
        level=Level(disclosure.level).label.lower(),
    )


def _why_not_twice(level: Level, recipient: Organisation) -> str:
    if level is Level.ADDENDUM:
        return "This addendum is shared already. It concerns one declarant: end that first."
    return f"{recipient.name} has this report already. Nothing was changed."


def _no_importer(recipient: Organisation) -> Problem:
    return Problem(
        "block",
        "DIS-001",
        f"{recipient.name} is not registered as an importer.",
        "Reports are shared with importers. Ask the company to register as one.",
        field="recipient",
        reference=ACT,
    )


def _no_addendum(addendum: str) -> Problem:
    return Problem(
        "block",
        "DIS-002",
        "The sealed numbers have no such addendum.",
        "Choose one of the addenda of the sealed report.",
        field="report",
        found=addendum,
        reference=f"{ACT}, 1.1.1",
    )


def _no_eori(addendum: str) -> Problem:
    return Problem(
        "block",
        "DIS-003",
        "The addendum names no declarant.",
        "Give the declarant’s EORI number in the form, and have the numbers sealed again.",
        field="report",
        found=addendum,
        reference=f"{ACT}, 1.1.1",
    )
