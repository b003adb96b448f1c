"""A carbon price that was paid: the instrument, what was paid and handed in, what came back, and for which goods."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from verification.claims.enums import InstrumentKind, RebateKind, SurrenderKind, ValueBasis
from verification.claims.models.claim import Claim
from verification.evidence.models import EvidenceFile
from verification.reference.fields import ExactDecimalField

CURRENCY_LETTERS = 3


class PriceDetails(models.Model):
    """What a carbon price claim says once: the instrument, its emissions, and the person who certifies.

    ``obligation_tco2e`` are the installation's emissions of the year for which the instrument asks a price, those
    with free allowances included; what was paid is spread over them. ``certifier`` is independent of the operator
    (Regulation (EU) 2023/956, Article 9(2)).
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="price_details")
    instrument_kind = models.CharField(max_length=30, choices=InstrumentKind, blank=True)
    instrument_name = models.CharField(max_length=200, blank=True)
    law = models.CharField(max_length=300, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=3, blank=True)
    is_binding = models.BooleanField(null=True)
    obligation_tco2e = ExactDecimalField(null=True)
    free_allocation_tco2e = ExactDecimalField(null=True)
    certifier_name = models.CharField(max_length=200, blank=True)
    certifier_body = models.CharField(max_length=200, blank=True)
    certifier_accreditation = models.CharField(max_length=100, blank=True)
    certifier_accredited_from = models.DateField(null=True)
    certifier_accredited_to = models.DateField(null=True, help_text="The last day of the accreditation.")
    certified_on = models.DateField(null=True)
    certification_statement = models.TextField(blank=True)
    certification = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(instrument_kind="") | Q(instrument_kind__in=InstrumentKind.values),
                name="price_instrument_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.instrument_name or 'carbon price'}"


class PriceRow(models.Model):
    """What the rows of a claim share. ``position`` names the row within the claim and is not given again."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="%(class)s_rows")
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["claim", "position"], name="%(class)s_position_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.claim} {self._meta.verbose_name} {self.position}"


class PriceRate(PriceRow):
    """``per_unit`` of the scheme's currency for one unit of ``currency`` (ISO 4217)."""

    currency = models.CharField(max_length=CURRENCY_LETTERS)
    per_unit = ExactDecimalField()
    year = models.PositiveIntegerField()
    is_yearly_average = models.BooleanField()
    source = models.CharField(max_length=300)

    class Meta(PriceRow.Meta):
        constraints = [
            *PriceRow.Meta.constraints,
            models.UniqueConstraint(fields=["claim", "currency"], name="price_rate_once_per_currency"),
        ]


class PricePayment(PriceRow):
    """Money paid to the authority for ``emissions_tco2e``. Both days of the span that it covers are inclusive."""

    label = models.CharField(max_length=200)
    amount = ExactDecimalField()
    currency = models.CharField(max_length=CURRENCY_LETTERS)
    emissions_tco2e = ExactDecimalField(null=True)
    covers_from = models.DateField(null=True)
    covers_to = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    receipt = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")


class PriceSurrender(PriceRow):
    """Allowances or credits handed in: tonnes, and what each cost.

    Serials of credits are the claim's blocks whose ``facts`` name this row's position under ``surrender``.
    """

    kind = models.CharField(max_length=20, choices=SurrenderKind)
    label = models.CharField(max_length=200, blank=True)
    quantity_t = models.BigIntegerField()
    price_per_t = ExactDecimalField()
    currency = models.CharField(max_length=CURRENCY_LETTERS)
    surrendered_on = models.DateField(null=True)
    receipt = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(PriceRow.Meta):
        constraints = [
            *PriceRow.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=SurrenderKind.values), name="price_surrender_kind_known"),
            models.CheckConstraint(condition=Q(quantity_t__gt=0), name="price_surrender_quantity"),
        ]


class PriceRebate(PriceRow):
    """Money that came back in any form."""

    kind = models.CharField(max_length=20, choices=RebateKind, blank=True)
    label = models.CharField(max_length=200)
    amount = ExactDecimalField()
    currency = models.CharField(max_length=CURRENCY_LETTERS)
    proof = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(PriceRow.Meta):
        constraints = [
            *PriceRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=RebateKind.values), name="price_rebate_kind_known"
            ),
        ]


class PricedGood(PriceRow):
    """A good that bears the price. Emissions are tCO2e per tonne of the good.

    ``own_priced_tco2e_per_t`` is the part of its specific embedded emissions for which this installation paid;
    what was paid on precursors stands in rows of their own. ``certificate_number`` names the certificate of
    verified emissions from which the value was taken.
    """

    code = models.CharField(max_length=10)
    description = models.CharField(max_length=300, blank=True)
    quantity_t = ExactDecimalField(null=True)
    see_tco2e_per_t = ExactDecimalField(null=True)
    own_priced_tco2e_per_t = ExactDecimalField(null=True)
    basis = models.CharField(max_length=10, choices=ValueBasis, blank=True)
    certificate_number = models.CharField(max_length=40, blank=True)

    class Meta(PriceRow.Meta):
        constraints = [
            *PriceRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(basis="") | Q(basis__in=ValueBasis.values), name="priced_good_basis_known"
            ),
        ]


class PricePrecursor(PriceRow):
    """A precursor of a good, of which ``mass_t`` went into the good's quantity.

    Either it was bought, with the price that its maker paid per tCO2e, or it is another good of this claim
    (``made_here``), whose price travels with it.
    """

    good = models.ForeignKey(PricedGood, on_delete=models.PROTECT, related_name="precursors")
    made_here = models.ForeignKey(PricedGood, null=True, on_delete=models.PROTECT, related_name="used_in")
    name = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=3, blank=True)
    mass_t = ExactDecimalField(null=True)
    see_tco2e_per_t = ExactDecimalField(null=True)
    price_per_tco2e = ExactDecimalField(null=True)
    currency = models.CharField(max_length=CURRENCY_LETTERS, blank=True)
    certification = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")
