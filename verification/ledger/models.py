"""Accepted units as a balance of whole tonnes per party, scheme and period. Entries are only ever added.

Units stand on a line of their own: they never change the verified specific embedded emissions of a good.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from verification.ledger.enums import EntryKind
from verification.registry.models import Organisation


class UnitAccount(models.Model):
    """Sums of the entries, kept with them in one transaction; the database holds them within their bounds.

    ``own_limit_t`` is the entitlement of the period without what was carried into it. What may be drawn is
    credited less suspended, lost and drawn; what is lost takes no room of the limit any more.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="unit_accounts")
    scheme = models.CharField(max_length=40)
    period_start = models.DateField()
    period_end = models.DateField(help_text="First day after the period.")
    policy = models.CharField(max_length=60)
    own_limit_t = models.BigIntegerField(default=0)
    carried_t = models.BigIntegerField(default=0)
    credited_t = models.BigIntegerField(default=0)
    suspended_t = models.BigIntegerField(default=0)
    lost_t = models.BigIntegerField(default=0)
    drawn_t = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "scheme", "period_start"], name="unit_account_once"),
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="unit_account_period"),
            models.CheckConstraint(
                condition=Q(credited_t__gte=0, credited_t__lte=F("own_limit_t") + F("carried_t") + F("lost_t")),
                name="unit_account_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(suspended_t__gte=0, lost_t__gte=0, drawn_t__gte=0)
                & Q(credited_t__gte=F("suspended_t") + F("lost_t") + F("drawn_t")),
                name="unit_account_not_overdrawn",
            ),
        ]
        ordering = ["-period_start", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.scheme} {self.period_start:%Y}"

    @property
    def limit_t(self) -> int:
        return self.own_limit_t + self.carried_t

    @property
    def counted_t(self) -> int:
        """What takes room of the limit."""
        return self.credited_t - self.lost_t

    @property
    def available_t(self) -> int:
        """What a declaration may draw."""
        return self.credited_t - self.suspended_t - self.lost_t - self.drawn_t


class UnitEntry(models.Model):
    """One movement of whole tonnes. Never changes."""

    account = models.ForeignKey(UnitAccount, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind)
    tonnes = models.BigIntegerField()
    unit_class = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=60, help_text="Number of the claim, event or declaration.")
    note = models.CharField(max_length=300, blank=True)
    balance_t = models.BigIntegerField(help_text="What may be drawn after this entry.")
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tonnes__gt=0), name="unit_entry_positive"),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="unit_entry_kind_known"),
            models.UniqueConstraint(
                fields=["account", "kind", "reference", "unit_class"],
                condition=Q(kind=EntryKind.CREDITED),
                name="unit_entry_credited_once",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.tonnes} t, {self.reference}"
