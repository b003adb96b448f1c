from django.db import models


class TableKind(models.TextChoices):
    """The big tables that a pack may bring."""

    GOODS = "goods", "Goods"
    CATEGORIES = "categories", "Categories of goods"
    COUNTRIES = "countries", "Countries"
    DEFAULT_VALUES = "default_values", "Default values"
    BENCHMARKS = "benchmarks", "Benchmarks"
    UNIT_PROGRAMMES = "unit_programmes", "Programmes of reduction units"
    UNIT_TYPES = "unit_types", "Types of reduction units"
    UNIT_ELIGIBILITY = "unit_eligibility", "Which reduction units are accepted"
    HOST_AGREEMENTS = "host_agreements", "Agreements with host countries"
    UNIT_LIMITS = "unit_limits", "Limits on reduction units"


class LegalStatus(models.TextChoices):
    """What the law says about an edition of a table."""

    IN_FORCE = "in_force", "In force"
    SUPERSEDED = "superseded", "Superseded"
    PLACEHOLDER = "placeholder", "Not yet published law"
    TEST_DATA = "test_data", "Test data"
    MODEL = "model", "Rule of a model, not law"


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


class UnitChannel(models.TextChoices):
    """What a scheme lets reduction units do."""

    NONE = "none", "Units are not accepted"
    INSIDE_CARBON_PRICE = "inside_carbon_price", "Units count inside a carbon price paid abroad"
    SURRENDER_WITH_LIMIT = "surrender_with_limit", "Units are surrendered against the obligation, up to a limit"


class ChannelStatus(models.TextChoices):
    """Whether a channel is law, a proposal of law, or a rule that this product's model pack sets."""

    IN_FORCE = "in_force", "In force"
    DRAFT = "draft", "Draft"
    MODEL = "model", "Model rule of the pack"


class SerialFamily(models.TextChoices):
    """How a programme prints its serial numbers; the words are those of the grammars."""

    VERRA = "verra", "Verra"
    GOLD_STANDARD = "gold-standard", "Gold Standard"
    ACR = "acr", "American Carbon Registry"
    CAR = "car", "Climate Action Reserve"
    ART = "art", "ART TREES"
    KYOTO = "kyoto", "Kyoto Protocol"
    ITMO = "itmo", "Paris Agreement, Article 6.2"
    ECOREGISTRY = "ecoregistry", "EcoRegistry"
    ISOMETRIC = "isometric", "Isometric"
    ARTICLE_6_4 = "article-6-4", "Paris Agreement, Article 6.4"
    NOT_KNOWN = "not-known", "No grammar known"


class LookupMode(models.TextChoices):
    """How a retirement can be looked up in the registry of a programme."""

    OFF = "off", "By document only"
    IMPORT_FILE = "import_file", "In an imported export of the registry"
    LIVE = "live", "Live"


class TreatyBasis(models.TextChoices):
    """The treaty that a type of unit stands on."""

    KYOTO_6 = "kyoto_6", "Kyoto Protocol, Article 6"
    KYOTO_7_4 = "kyoto_7_4", "Kyoto Protocol, Article 7.4"
    KYOTO_12 = "kyoto_12", "Kyoto Protocol, Article 12"
    PARIS_6_2 = "paris_6_2", "Paris Agreement, Article 6.2"
    PARIS_6_4 = "paris_6_4", "Paris Agreement, Article 6.4"
    NONE = "none", "No treaty"


class UnitMetric(models.TextChoices):
    """What one unit counts."""

    TCO2E = "tco2e", "Tonne of CO2 equivalent"
    NOT_GHG = "not_ghg", "Another metric than greenhouse gases"


class EligibilityOutcome(models.TextChoices):
    """What a row of the eligibility list says of the units that it describes."""

    ACCEPT = "accept", "Accepted"
    REFER = "refer", "An official decides"
    REFUSE = "refuse", "Refused"


class AuthorisationPurpose(models.TextChoices):
    """For what a host country has authorised a unit (decision 2/CMA.3)."""

    NDC = "NDC", "Nationally determined contribution"
    OIMP = "OIMP", "Other international mitigation purposes"
    IMP = "IMP", "International mitigation purposes"
    OP = "OP", "Other purposes"


class LimitBase(models.TextChoices):
    """Of which quantity of tCO2e a limit is a percentage."""

    GROSS = "gross", "Embedded emissions before free allocation"
    ADJUSTABLE = "adjustable", "Embedded emissions after free allocation"
    SCHEME_OBLIGATION = "scheme_obligation", "Obligation under the foreign scheme"
    TAXABLE = "taxable", "Taxable emissions"


class LimitRounding(models.TextChoices):
    """How a limit becomes whole tonnes."""

    FLOOR = "floor", "Down to the whole tonne"


OTHER_COUNTRIES = "other"
"""Stands in the country column for the table "Other countries and territories"."""
