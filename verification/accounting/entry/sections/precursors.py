"""Bought precursors, where they are used, and who delivered them."""

from verification.accounting.entry.schema import Field, Kind, Section, Shape, _, choice, day, link, number, text
from verification.accounting.entry.sections.energy import FACTOR_SOURCES, POWER_FACTOR

VALUE_SOURCES = (
    ("measured", _("Actual values, verified")),
    ("default", _("Default value")),
    ("unknown", _("Unknown")),
)
PER_UNIT = ("t CO2e/unit", "kg CO2e/unit")
POWER_PER_UNIT = ("MWh/unit", "kWh/unit")

PRECURSORS = Section(
    key="precursors",
    title=_("Bought precursors"),
    row_title=_("Bought precursor"),
    shape=Shape.LIST,
    collection="precursors",
    makes="Precursor",
    prefix="B",
    intro=_("Materials that carry embedded emissions of their own, bought from others."),
    reference="IR (EU) 2025/2547, Articles 13 and 14; Annex IV, 1.1, items 18 to 28",
    fields=(
        text("name", _("Name"), is_required=True, example="Ferro-nickel"),
        Field("category", _("Aggregated goods category"), Kind.CATEGORY, is_required=True),
        text("cn", _("CN code"), longest=10),
        Field("country", _("Country where it was made"), Kind.COUNTRY),
        Field("routes", _("Production routes"), Kind.ROUTES),
        choice("value_source", _("Where the values come from"), *VALUE_SOURCES, path="see_direct_source"),
        number("see_direct", _("Direct embedded emissions"), *PER_UNIT, path="see_direct_tco2e_per_unit"),
        number("electricity", _("Electricity embedded"), *POWER_PER_UNIT, path="electricity_mwh_per_unit"),
        choice(
            "electricity_value_source",
            _("Where the electricity figure comes from"),
            *VALUE_SOURCES,
            path="electricity_source",
        ),
        number(
            "electricity_factor",
            _("Emission factor of its electricity"),
            *POWER_FACTOR,
            path="electricity_factor_tco2e_per_mwh",
        ),
        choice("electricity_factor_source", _("Rule of the factor"), *FACTOR_SOURCES),
        number(
            "see_indirect",
            _("Indirect embedded emissions, if no electricity is known"),
            *PER_UNIT,
            path="see_indirect_stated_tco2e_per_unit",
        ),
        number("consumed_for_other_purposes", _("Used for other purposes"), "category unit", "thousand units"),
        Field("default_justification", _("Why a default value is used"), Kind.LONG_TEXT, longest=1000),
        text("default_reference", _("Row of the default value"), longest=200),
        Field(
            "is_traced_subset",
            _("Only traced deliveries count?"),
            Kind.YES_NO,
            hint=_("Without evidence of which delivery was used, the mean of all counts."),
        ),
    ),
)

PURCHASES = Section(
    key="purchases",
    title=_("Bought by route"),
    row_title=_("Amount bought"),
    shape=Shape.CROSS,
    collection="purchased",
    makes="RouteAmount",
    parent="precursor",
    across="route",
    fields=(
        link("precursor", _("Precursor"), "precursors", is_required=True),
        Field("route", _("Production route"), Kind.ROUTE, is_required=True),
        number("amount", _("Amount bought"), "category unit", "thousand units", is_required=True),
    ),
)

PRECURSOR_USE = Section(
    key="precursor_use",
    title=_("Where precursors are used"),
    row_title=_("Use in a process"),
    shape=Shape.CROSS,
    collection="consumed_in",
    makes="Consumption",
    parent="precursor",
    across="process",
    reference="IR (EU) 2025/2547, Annex III, B, equation 60",
    fields=(
        link("precursor", _("Precursor"), "precursors", is_required=True),
        link("process", _("Used in"), "processes", is_required=True),
        number("amount", _("Amount used, losses included"), "category unit", "thousand units", is_required=True),
    ),
)

DELIVERIES = Section(
    key="deliveries",
    title=_("Deliveries of precursors"),
    row_title=_("Delivery"),
    shape=Shape.LIST,
    collection="supplies",
    makes="Supply",
    prefix="L",
    parent="precursor",
    intro=_(
        "Who delivered a precursor, with that producer’s certificate. Where deliveries are stated, their values count."
    ),
    reference="IR (EU) 2025/2547, Article 14; Annex IV, 1.1, items 23 to 25 and 28",
    fields=(
        link("precursor", _("Precursor"), "precursors", is_required=True),
        text(
            "certificate_number",
            _("Certificate number"),
            longest=40,
            is_yearly=True,
            hint=_("Of a certificate of this portal: the values come by themselves."),
        ),
        text("operator", _("Producer")),
        text("installation", _("Installation")),
        text("registry_id", _("Identifier of the installation in the registry"), longest=40),
        Field("country", _("Country"), Kind.COUNTRY),
        text("cn", _("CN code"), longest=10),
        text("route", _("Production route")),
        number("amount", _("Amount delivered"), "category unit", "thousand units", is_required=True),
        day("period_starts_on", _("Reporting period of its data: first day")),
        day("period_ends_on", _("Reporting period of its data: last day")),
        text("period_method", _("How the period was determined"), longest=300, is_yearly=True),
        choice("value_source", _("Where the values come from"), *VALUE_SOURCES),
        number("see_direct", _("Direct embedded emissions"), *PER_UNIT, path="see_direct_tco2e_per_unit"),
        number("see_indirect", _("Indirect embedded emissions"), *PER_UNIT, path="see_indirect_tco2e_per_unit"),
        number("electricity", _("Electricity embedded"), *POWER_PER_UNIT, path="electricity_mwh_per_unit"),
        number(
            "electricity_factor",
            _("Emission factor of its electricity"),
            *POWER_FACTOR,
            path="electricity_factor_tco2e_per_mwh",
        ),
        text("default_reference", _("Row of the default value"), longest=200),
        text("verifier", _("Its verifier")),
        text("verifier_accreditation", _("Accreditation number of its verifier"), longest=60),
        day("verification_dated_on", _("Date of its verification report")),
        Field("is_traced", _("Proven to be the delivery used?"), Kind.YES_NO, is_yearly=True),
    ),
)
