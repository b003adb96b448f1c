"""Rules for reduction units: programmes, types, eligibility, agreements with host countries, limits.

Each row says how well it has been read (``certainty``). Lists are kept as lists of words; an empty list sets no bound.
"""

from __future__ import annotations

from django.db import models
from django.db.models import DecimalField, F, Q
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from verification.reference.enums import (
    Certainty,
    EligibilityOutcome,
    LimitBase,
    LimitRounding,
    LookupMode,
    SerialFamily,
    TreatyBasis,
    UnitMetric,
)
from verification.reference.fields import ExactDecimalField
from verification.reference.models.tables import ReferenceRow


def _is_percentage(field: str) -> Q:
    """From 0 to 100. On SQLite the number is text and must be read as one to be compared."""
    figure = Cast(field, DecimalField(max_digits=40, decimal_places=20))
    return Q(GreaterThanOrEqual(figure, 0)) & Q(LessThanOrEqual(figure, 100))


class UnitRow(ReferenceRow):
    """A row of the rules for units."""

    certainty = models.CharField(max_length=12, choices=Certainty)
    note = models.TextField(blank=True)

    class Meta(ReferenceRow.Meta):
        abstract = True
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.CheckConstraint(condition=Q(certainty__in=Certainty.values), name="%(class)s_certainty_known"),
        ]


class UnitProgramme(UnitRow):
    """A programme that issues units, and the registry that keeps them."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    registry_name = models.CharField(max_length=100)
    registry_url = models.CharField(max_length=200, blank=True)
    serial_family = models.CharField(max_length=20, choices=SerialFamily)
    lookup_mode = models.CharField(max_length=12, choices=LookupMode)

    class Meta(UnitRow.Meta):
        constraints = [
            *UnitRow.Meta.constraints,
            models.UniqueConstraint(fields=["release", "code", "valid_from"], name="unit_programme_once"),
            models.CheckConstraint(condition=Q(serial_family__in=SerialFamily.values), name="unit_family_known"),
            models.CheckConstraint(condition=Q(lookup_mode__in=LookupMode.values), name="unit_lookup_known"),
        ]
        ordering = ["code", "valid_from"]

    def __str__(self) -> str:
        return self.name


class UnitType(UnitRow):
    """A type of unit. ``unit_class`` groups types under one sub-limit or factor."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    programme = models.CharField(max_length=20, blank=True, help_text="Code of the one programme that issues it.")
    treaty_basis = models.CharField(max_length=12, choices=TreatyBasis)
    unit_class = models.SlugField(max_length=40)
    requires_corresponding_adjustment = models.BooleanField()
    metric = models.CharField(max_length=10, choices=UnitMetric)

    class Meta(UnitRow.Meta):
        constraints = [
            *UnitRow.Meta.constraints,
            models.UniqueConstraint(fields=["release", "code", "valid_from"], name="unit_type_once"),
            models.CheckConstraint(condition=Q(treaty_basis__in=TreatyBasis.values), name="unit_treaty_known"),
            models.CheckConstraint(condition=Q(metric__in=UnitMetric.values), name="unit_metric_known"),
        ]
        ordering = ["code", "valid_from"]

    def __str__(self) -> str:
        return self.name


class UnitEligibility(UnitRow):
    """What the eligibility list says of some units; ``outcome`` is accept, refer or refuse.

    Empty programme or type: any. Methodologies are patterns in which ``*`` stands for any text; countries are ISO
    codes. Vintages, first crediting starts and cancellations count with their last day (``_to`` is inside).
    A method of ``methodology_exclude`` is referred unless the unit carries ``exclusion_label``.
    """

    code = models.SlugField(max_length=60)
    programme = models.CharField(max_length=20, blank=True)
    unit_type = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=10, choices=EligibilityOutcome)
    methodology_include = models.JSONField(default=list)
    methodology_exclude = models.JSONField(default=list)
    host_include = models.JSONField(default=list)
    host_exclude = models.JSONField(default=list)
    vintage_from = models.DateField(null=True)
    vintage_to = models.DateField(null=True)
    first_crediting_start_min = models.DateField(null=True)
    cancelled_from = models.DateField(null=True)
    cancelled_to = models.DateField(null=True)
    authorisation_purposes_required = models.JSONField(default=list, help_text="One of them is enough.")
    label_required = models.CharField(max_length=100, blank=True)
    exclusion_label = models.CharField(max_length=100, blank=True)
    exclusion_note = models.TextField(blank=True)

    class Meta(UnitRow.Meta):
        constraints = [
            *UnitRow.Meta.constraints,
            models.UniqueConstraint(fields=["release", "code", "valid_from"], name="unit_eligibility_once"),
            models.CheckConstraint(condition=Q(outcome__in=EligibilityOutcome.values), name="unit_outcome_known"),
            models.CheckConstraint(
                condition=Q(vintage_from=None) | Q(vintage_to=None) | Q(vintage_to__gte=F("vintage_from")),
                name="unit_vintages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_from=None) | Q(cancelled_to=None) | Q(cancelled_to__gte=F("cancelled_from")),
                name="unit_cancellations_in_order",
            ),
            models.CheckConstraint(
                condition=Q(outcome=EligibilityOutcome.ACCEPT) | ~Q(exclusion_note=""), name="unit_exclusion_says_why"
            ),
        ]
        ordering = ["code", "valid_from"]

    def __str__(self) -> str:
        return self.code


class HostAgreement(UnitRow):
    """An agreement with a host country. ``in_force_to`` is the first day after it; dates not read are empty.

    ``loa_levy_percent`` is the share of units, in percent, that the host's authorisation letter keeps back.
    """

    host_country = models.CharField(max_length=2)
    signed_on = models.DateField(null=True)
    in_force_from = models.DateField(null=True)
    in_force_to = models.DateField(null=True)
    loa_levy_percent = ExactDecimalField(null=True)
    url = models.CharField(max_length=200, blank=True)

    class Meta(UnitRow.Meta):
        constraints = [
            *UnitRow.Meta.constraints,
            models.UniqueConstraint(fields=["release", "host_country", "valid_from"], name="host_agreement_once"),
            models.CheckConstraint(
                condition=Q(in_force_from=None) | Q(in_force_to=None) | Q(in_force_to__gt=F("in_force_from")),
                name="host_agreement_in_order",
            ),
            models.CheckConstraint(
                condition=Q(loa_levy_percent=None) | _is_percentage("loa_levy_percent"), name="host_levy_percentage"
            ),
        ]
        ordering = ["host_country", "valid_from"]

    def __str__(self) -> str:
        return f"Agreement with {self.host_country}"


class UnitLimit(UnitRow):
    """How many tonnes units may cover: ``percent`` of ``base``, for the period that begins inside the row's span.

    ``sublimits`` are ``{"class", "percent_of_limit"}`` and ``unit_factors`` ``{"class", "factor"}``, numbers as
    decimal text. ``carry_over_years`` says for how many later years an unused part of this period's limit stays
    usable; ``carry_over_cap`` is the percentage of the period's own limit that may be carried (empty: all of it).
    """

    code = models.SlugField(max_length=60)
    base = models.CharField(max_length=20, choices=LimitBase)
    percent = ExactDecimalField()
    sublimits = models.JSONField(default=list)
    carry_over_years = models.PositiveSmallIntegerField()
    carry_over_cap = ExactDecimalField(null=True)
    rounding = models.CharField(max_length=10, choices=LimitRounding)
    unit_factors = models.JSONField(default=list)

    class Meta(UnitRow.Meta):
        constraints = [
            *UnitRow.Meta.constraints,
            models.UniqueConstraint(fields=["release", "code", "valid_from"], name="unit_limit_once"),
            models.CheckConstraint(condition=Q(base__in=LimitBase.values), name="unit_limit_base_known"),
            models.CheckConstraint(condition=Q(rounding__in=LimitRounding.values), name="unit_limit_rounding_known"),
            models.CheckConstraint(condition=_is_percentage("percent"), name="unit_limit_percentage"),
            models.CheckConstraint(
                condition=Q(carry_over_cap=None) | _is_percentage("carry_over_cap"), name="unit_limit_cap_percentage"
            ),
        ]
        ordering = ["code", "valid_from"]

    def __str__(self) -> str:
        return self.code
