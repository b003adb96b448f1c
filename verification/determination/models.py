"""Approved values that override the defaults, in two times: when they hold, and when that was known."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from verification.reference.fields import ExactDecimalField


class Override(models.Model):
    """A verified value in force for one installation and one good or category.

    ``[valid_from, valid_to)`` are the legal dates that it covers; ``[known_from, known_to)`` the time
    during which the authority held it to be so. Never changed but for closing ``known_to``, once; a
    correction is a new row. The database refuses two rows that say something about the same key,
    day and instant.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey("reference.Scheme", on_delete=models.PROTECT, related_name="+")
    installation = models.ForeignKey(
        "registry.Installation",
        on_delete=models.PROTECT,
        to_field="code",
        db_column="installation_code",
        related_name="overrides",
    )
    good_code = models.CharField(max_length=10, blank=True)
    category = models.CharField(max_length=40, blank=True, help_text="Where the approval is for a whole category.")
    route = models.CharField(max_length=80, blank=True)
    variant = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)
    see_direct = ExactDecimalField()
    see_indirect = ExactDecimalField(null=True)
    see_total = ExactDecimalField()
    unit = models.CharField(max_length=30, help_text="Of the three values, e.g. tCO2e/t.")
    verified_quantity_t = ExactDecimalField(null=True)
    claim_reference = models.CharField(max_length=40)
    snapshot_sha256 = models.CharField(max_length=64, help_text="Of the sealed claim that was decided on.")
    certificate_number = models.CharField(max_length=40, null=True, blank=True)
    decision_reference = models.CharField(max_length=40)
    reference = models.CharField(max_length=300, help_text="Legal basis.")
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="continued_by", help_text="The row that it restates."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(good_code="") & ~Q(category="")) | (~Q(good_code="") & Q(category="")),
                name="override_for_good_or_category",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="override_valid_span"
            ),
            models.CheckConstraint(
                condition=Q(known_to=None) | Q(known_to__gt=F("known_from")), name="override_known_span"
            ),
            models.CheckConstraint(
                condition=~Q(reference="") & ~Q(claim_reference="") & ~Q(decision_reference=""),
                name="override_cites_its_grounds",
            ),
        ]
        indexes = [models.Index(fields=["installation", "known_from"], name="override_by_installation")]

    def __str__(self) -> str:
        return f"{self.installation_id} {self.good_code or self.category} from {self.valid_from}"

    @property
    def installation_code(self) -> str:
        return str(self.installation_id)


class PriceCredit(models.Model):
    """A carbon price effectively paid abroad, as an approved credit for one installation and one good.

    ``amount_per_tco2e`` is money per tonne of the good's specific embedded emissions, ``amount_per_t`` per tonne of
    the good; precursors' prices are in both. ``[valid_from, valid_to)`` are the legal dates, ``[known_from,
    known_to)`` the time during which the authority held it to be so, as with ``Override``. Never changed but for
    closing ``known_to``, once. The database refuses two rows on the same key, day and instant. Several instruments
    may price one good: each stands for itself, and they add up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey("reference.Scheme", on_delete=models.PROTECT, related_name="+")
    installation = models.ForeignKey(
        "registry.Installation",
        on_delete=models.PROTECT,
        to_field="code",
        db_column="installation_code",
        related_name="price_credits",
    )
    instrument = models.CharField(max_length=200)
    instrument_country = models.CharField(max_length=3)
    good_code = models.CharField(max_length=10, blank=True)
    category = models.CharField(max_length=40, blank=True, help_text="Where the approval is for a whole category.")
    amount_per_tco2e = ExactDecimalField()
    amount_per_t = ExactDecimalField()
    see_tco2e_per_t = ExactDecimalField(help_text="Specific embedded emissions over which the amount was spread.")
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)
    claim_reference = models.CharField(max_length=40)
    snapshot_sha256 = models.CharField(max_length=64, help_text="Of the sealed claim that was decided on.")
    certificate_number = models.CharField(max_length=40, blank=True)
    decision_reference = models.CharField(max_length=40)
    reference = models.CharField(max_length=300, help_text="Legal basis.")
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="continued_by", help_text="The row that it restates."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(good_code="") & ~Q(category="")) | (~Q(good_code="") & Q(category="")),
                name="price_credit_for_good_or_category",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="price_credit_valid_span"
            ),
            models.CheckConstraint(
                condition=Q(known_to=None) | Q(known_to__gt=F("known_from")), name="price_credit_known_span"
            ),
            models.CheckConstraint(
                condition=~Q(reference="") & ~Q(claim_reference="") & ~Q(decision_reference="") & ~Q(instrument=""),
                name="price_credit_cites_its_grounds",
            ),
        ]
        indexes = [models.Index(fields=["installation", "known_from"], name="price_credit_by_installation")]

    def __str__(self) -> str:
        return f"{self.installation_id} {self.good_code or self.category} {self.instrument} from {self.valid_from}"

    @property
    def installation_code(self) -> str:
        return str(self.installation_id)
