"""Reduction units offered in a claim: blocks of serials, their authorisations, and what happens to them later."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from verification.claims.enums import (
    ACTIVE_BLOCK_STATES,
    AdjustmentState,
    AuthorisationStatus,
    BlockState,
    PreCheckOutcome,
    ReversalKind,
    ReversalOutcome,
    UnitEventKind,
)
from verification.claims.models.claim import Claim, Snapshot
from verification.evidence.models import EvidenceFile


class UnitDetails(models.Model):
    """What a unit claim says beside its blocks.

    ``base`` is what the limit is worked out from, as plain JSON with decimals as text: ``lines`` (good, origin, mass
    in t, specific embedded emissions and free allocation in tCO2e/t with their basis) or ``stated`` tonnes with the
    words on their source; empty while nothing was said.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="unit_details")
    channel = models.CharField(max_length=30, help_text="The scheme's channel when the claim was started.")
    policy = models.CharField(max_length=60, blank=True, help_text="Code of the limit policy.")
    statement = models.TextField(blank=True)
    base = models.JSONField(default=dict)
    replaces = models.ForeignKey(
        "claims.ReversalEvent", null=True, on_delete=models.PROTECT, related_name="replacements"
    )

    def __str__(self) -> str:
        return f"{self.claim}: {self.channel}"


class Authorisation(models.Model):
    """A host country's letter of authorisation, as the claimant shows it (decision 6/CMA.4)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="authorisations")
    host_country = models.CharField(max_length=3)
    reference = models.CharField(max_length=100)
    issued_on = models.DateField()
    version = models.CharField(max_length=20, blank=True)
    purposes = models.JSONField(default=list, help_text="Of NDC, OIMP, IMP, OP.")
    authorised_parties = models.JSONField(default=list)
    authorised_entities = models.JSONField(default=list)
    project = models.CharField(max_length=60)
    quantity = models.BigIntegerField(null=True)
    vintage_from = models.DateField(null=True)
    vintage_to = models.DateField(null=True)
    use_from = models.DateField(null=True)
    use_to = models.DateField(null=True)
    first_transfer_trigger = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=10, choices=AuthorisationStatus, default=AuthorisationStatus.VALID)
    document = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "host_country", "reference", "version"], name="authorisation_once_per_claim"
            ),
            models.CheckConstraint(condition=Q(quantity=None) | Q(quantity__gt=0), name="authorisation_quantity"),
            models.CheckConstraint(
                condition=Q(status__in=AuthorisationStatus.values), name="authorisation_status_known"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.host_country} {self.reference}"


class UnitBlock(models.Model):
    """Contiguous serials of one family, both ends included; ``quantity`` is a tonne a serial.

    ``is_active`` follows ``state``. The database refuses two active blocks that share a serial, whoever claims them
    and in whatever scheme; see ``overlaps``. ``facts`` are what the claimant or the registry's export says of the
    retirement, under the names that the checks use.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="blocks")
    position = models.PositiveIntegerField()
    raw_serial = models.CharField(max_length=300)
    serial = models.CharField(max_length=300)
    family = models.CharField(max_length=30)
    family_key = models.CharField(max_length=120)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    quantity = models.BigIntegerField()
    unit_type = models.CharField(max_length=20, blank=True)
    programme = models.CharField(max_length=40, blank=True)
    project = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=3, blank=True)
    vintage_from = models.DateField(null=True)
    vintage_to = models.DateField(null=True)
    event = models.CharField(max_length=20, choices=UnitEventKind, default=UnitEventKind.NOT_YET)
    event_on = models.DateField(null=True)
    beneficiary = models.CharField(max_length=300, blank=True)
    purpose = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    authorisation = models.ForeignKey(Authorisation, null=True, on_delete=models.SET_NULL, related_name="blocks")
    evidence = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_quantity = models.BigIntegerField(
        null=True, help_text="As the reviewer sees it; empty where not looked at."
    )
    acceptance_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=BlockState, default=BlockState.DRAFT)
    is_active = models.BooleanField(default=False)
    adjustment_state = models.CharField(max_length=20, choices=AdjustmentState, default=AdjustmentState.UNKNOWN)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first"), first__gte=0), name="unit_block_range"),
            models.CheckConstraint(condition=Q(quantity=F("last") - F("first") + 1), name="unit_block_quantity"),
            models.CheckConstraint(condition=Q(state__in=BlockState.values), name="unit_block_state_known"),
            models.CheckConstraint(
                condition=Q(is_active=True, state__in=ACTIVE_BLOCK_STATES)
                | (Q(is_active=False) & ~Q(state__in=ACTIVE_BLOCK_STATES)),
                name="unit_block_active_by_state",
            ),
            models.CheckConstraint(
                condition=Q(accepted_quantity=None) | Q(accepted_quantity__gte=0, accepted_quantity__lte=F("quantity")),
                name="unit_block_accepted_within",
            ),
        ]
        indexes = [
            models.Index(fields=["family_key", "first"], condition=Q(is_active=True), name="unit_block_active_space"),
            models.Index(fields=["family_key", "first", "last"], name="unit_block_space"),
        ]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.claim} block {self.position}: {self.serial}"


class PreCheck(models.Model):
    """An official's answer in advance, before anything is retired. It binds nobody; it is kept as it was given."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="pre_checks")
    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="pre_check")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=PreCheckOutcome, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(answered_at=None), name="pre_check_one_open_per_claim"
            ),
        ]
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.claim}: advance answer {self.outcome or 'awaited'}"


class ReversalEvent(models.Model):
    """Something happened to accepted units; the claimant has until a day to replace them."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reversals")
    block = models.ForeignKey(UnitBlock, on_delete=models.PROTECT, related_name="reversals")
    kind = models.CharField(max_length=30, choices=ReversalKind)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    effective_on = models.DateField()
    source = models.CharField(max_length=300)
    replacement_due_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=ReversalOutcome, default=ReversalOutcome.OPEN)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="reversal_range"),
            models.CheckConstraint(condition=Q(outcome__in=ReversalOutcome.values), name="reversal_outcome_known"),
        ]
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.block}"

    @property
    def quantity(self) -> int:
        return self.last - self.first + 1


class AdjustmentEvent(models.Model):
    """The state of authorisation or corresponding adjustment of a block changed; the newest row is the state."""

    block = models.ForeignKey(UnitBlock, on_delete=models.PROTECT, related_name="adjustments")
    state = models.CharField(max_length=20, choices=AdjustmentState)
    source = models.CharField(max_length=300)
    known_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.block}: {self.state}"
