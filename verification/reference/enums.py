from django.db import models


class TableKind(models.TextChoices):
    """The big tables that a pack may bring."""

    GOODS = "goods", "Goods"
    CATEGORIES = "categories", "Categories of goods"
    COUNTRIES = "countries", "Countries"
    DEFAULT_VALUES = "default_values", "Default values"
    BENCHMARKS = "benchmarks", "Benchmarks"


class LegalStatus(models.TextChoices):
    """What the law says about an edition of a table."""

    IN_FORCE = "in_force", "In force"
    SUPERSEDED = "superseded", "Superseded"
    PLACEHOLDER = "placeholder", "Not yet published law"
    TEST_DATA = "test_data", "Test data"


class Certainty(models.TextChoices):
    """How well a value has been read in its source."""

    CONFIRMED = "confirmed", "Confirmed"
    SECONDARY = "secondary", "From a secondary source"
    UNCONFIRMED = "unconfirmed", "Unconfirmed"


class EmissionsScope(models.TextChoices):
    """Which embedded emissions of a good count."""

    DIRECT = "direct", "Direct only"
    DIRECT_AND_INDIRECT = "direct_and_indirect", "Direct and indirect"


class OriginStanding(models.TextChoices):
    """What an origin means for the scheme."""

    THIRD_COUNTRY = "third_country", "Third country"
    EXEMPT = "exempt", "Outside the scheme"
    DOMESTIC = "domestic", "Inside the customs territory"


class NoValueReason(models.TextChoices):
    """Why a row of the default values carries no value."""

    DASH = "dash", "A dash: the row of other countries applies"
    HEADING = "heading", "A heading: values stand at longer codes"


class BenchmarkColumn(models.TextChoices):
    """Column A goes with verified values, column B with default values."""

    ACTUAL = "A", "With verified values"
    DEFAULT = "B", "With default values"


OTHER_COUNTRIES = "other"
"""Stands in the country column for the table "Other countries and territories"."""
