"""Rows of law. Each carries its half-open span, its release and its legal reference."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import In

from verification.reference.enums import BenchmarkColumn, Certainty, EmissionsScope, NoValueReason, OriginStanding
from verification.reference.fields import ExactDecimalField
from verification.reference.models.releases import Edition, Release


class ReferenceRow(models.Model):
    """Valid from its first day up to, not including, ``valid_to``; ``None`` is open."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    reference = models.CharField(max_length=300)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="%(class)s_span"),
            models.CheckConstraint(condition=~Q(reference=""), name="%(class)s_has_reference"),
        ]


class GoodsCategory(ReferenceRow):
    """An aggregated goods category."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=100)
    sector = models.SlugField(max_length=40)
    scope = models.CharField(max_length=20, choices=EmissionsScope)
    functional_unit = models.CharField(max_length=20)
    greenhouse_gases = models.CharField(max_length=40)
    production_routes = models.JSONField(default=list)
    precursors = models.JSONField(default=list, help_text="Codes of the categories that count as precursors.")

    class Meta(ReferenceRow.Meta):
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(fields=["release", "code"], name="goods_category_once"),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Good(ReferenceRow):
    """A good of the scheme under its code in one year of the nomenclature."""

    cn_code = models.CharField(max_length=10)
    nomenclature_year = models.PositiveSmallIntegerField()
    description = models.TextField()
    category = models.ForeignKey(GoodsCategory, on_delete=models.PROTECT, related_name="goods")
    scope = models.CharField(max_length=20, choices=EmissionsScope)
    functional_unit = models.CharField(max_length=20)
    functional_unit_certainty = models.CharField(max_length=12, choices=Certainty)
    greenhouse_gases = models.CharField(max_length=40)
    successors = models.JSONField(default=list, help_text="Codes that replaced this one.")

    class Meta(ReferenceRow.Meta):
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(fields=["release", "cn_code", "nomenclature_year"], name="good_once"),
            models.CheckConstraint(condition=Q(scope__in=EmissionsScope.values), name="good_scope_known"),
        ]
        ordering = ["cn_code"]

    def __str__(self) -> str:
        return self.cn_code


class Country(ReferenceRow):
    """A country or territory and what its origin means for the scheme; a standing that changes has several rows."""

    iso2 = models.CharField(max_length=2)
    iso3 = models.CharField(max_length=3)
    iso_numeric = models.CharField(max_length=3, blank=True)
    name = models.CharField(max_length=100)
    standing = models.CharField(max_length=20, choices=OriginStanding)

    class Meta(ReferenceRow.Meta):
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(fields=["release", "iso2", "valid_from"], name="country_once"),
            models.CheckConstraint(condition=Q(standing__in=OriginStanding.values), name="country_standing_known"),
        ]
        ordering = ["name", "valid_from"]

    def __str__(self) -> str:
        return self.name


class DefaultValue(ReferenceRow):
    """A row of the default values in tCO2e per tonne of good: base values, never with mark-up.

    ``total`` counts; the parts are for information and need not add up to it.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="default_values")
    country = models.CharField(max_length=5, help_text='ISO code, or "other".')
    cn_prefix = models.CharField(max_length=10)
    variant = models.CharField(max_length=20, blank=True)
    direct = ExactDecimalField(null=True)
    indirect = ExactDecimalField(null=True)
    total = ExactDecimalField(null=True)
    benchmark_route = models.CharField(max_length=5, blank=True)
    no_value_reason = models.CharField(max_length=10, blank=True, choices=NoValueReason)

    class Meta(ReferenceRow.Meta):
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(fields=["edition", "country", "cn_prefix", "variant"], name="default_value_once"),
            models.CheckConstraint(
                condition=Q(no_value_reason="", total__isnull=False)
                | (Q(no_value_reason__in=NoValueReason.values) & Q(direct=None, indirect=None, total=None)),
                name="default_value_or_reason",
            ),
            models.CheckConstraint(
                condition=In(Length("cn_prefix"), [4, 6, 8, 10]),
                name="default_value_prefix_length",
            ),
        ]
        indexes = [models.Index(fields=["release", "cn_prefix", "country", "id"], name="default_value_browse")]

    def __str__(self) -> str:
        return self.row_key

    @property
    def row_key(self) -> str:
        """Names the row by what it says, the same in every database: edition/country/prefix/variant."""
        variant = f"/{self.variant}" if self.variant else ""
        return f"{self.edition.code}/{self.country}/{self.cn_prefix}{variant}"


class Benchmark(ReferenceRow):
    """A free-allocation benchmark in tCO2e per tonne of good."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="benchmarks")
    cn_code = models.CharField(max_length=10)
    column = models.CharField(max_length=1, choices=BenchmarkColumn)
    route = models.CharField(max_length=5, blank=True)
    value = ExactDecimalField()

    class Meta(ReferenceRow.Meta):
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "cn_code", "column", "route", "valid_from"], name="benchmark_once"
            ),
            models.CheckConstraint(condition=Q(column__in=BenchmarkColumn.values), name="benchmark_column_known"),
        ]

    def __str__(self) -> str:
        return f"{self.cn_code} {self.column}{f' route {self.route}' if self.route else ''}"


class Parameter(ReferenceRow):
    """A dated scalar of law."""

    name = models.SlugField(max_length=60)
    description = models.CharField(max_length=300)
    value = ExactDecimalField()
    unit = models.CharField(max_length=30)
    published_on = models.DateField(null=True)
    checked_on = models.DateField()
    certainty = models.CharField(max_length=12, choices=Certainty)
    note = models.CharField(max_length=300, blank=True)

    class Meta(ReferenceRow.Meta):
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(fields=["release", "name", "valid_from"], name="parameter_once"),
        ]
        ordering = ["name", "valid_from"]

    def __str__(self) -> str:
        return f"{self.name} from {self.valid_from}"
