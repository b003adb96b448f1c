"""The site, the period, the plan that monitoring follows, and the quality of the data."""

from verification.accounting.entry.schema import Bounds, Field, Kind, Section, Shape, _, day, number, text, yes_no

INSTALLATION = Section(
    key="installation",
    title=_("Installation"),
    row_title=_("Installation"),
    shape=Shape.SINGLE,
    collection="installation",
    makes="Installation",
    reference="IR (EU) 2025/2547, Annex IV, 1.1, item 1",
    fields=(
        text("name", _("Name in English"), is_required=True),
        text("name_local", _("Name in the local script")),
        text("registry_id", _("Identifier in the scheme’s registry"), longest=40),
        text("street", _("Street and number")),
        text("post_code", _("Post code"), longest=40),
        text("po_box", _("PO box"), longest=40),
        text("city", _("City"), is_required=True),
        Field("country", _("Country"), Kind.COUNTRY, is_required=True),
        text(
            "un_locode",
            _("UN/LOCODE"),
            longest=6,
            hint=_("Two letters for the country, three for the place."),
            example="TRGZT",
        ),
        number(
            "latitude",
            _("Latitude of the main emission source"),
            "°",
            least="-90",
            most="90",
            hint=_("Six decimals."),
            is_yearly=False,
            example="37.074512",
        ),
        number(
            "longitude",
            _("Longitude of the main emission source"),
            "°",
            least="-180",
            most="180",
            hint=_("Six decimals."),
            is_yearly=False,
            example="37.315428",
        ),
        text("economic_activity", _("Main economic activity")),
        text("representative", _("Contact person")),
        text("email", _("E-mail")),
        text("telephone", _("Telephone"), longest=40),
    ),
)

PERIOD = Section(
    key="period",
    title=_("Reporting period"),
    row_title=_("Reporting period"),
    shape=Shape.SINGLE,
    collection="period",
    makes="Period",
    intro=_("A report covers one calendar year."),
    reference="IR (EU) 2025/2547, Article 7",
    fields=(
        day("starts_on", _("First day"), is_required=True, example="2026-01-01"),
        day("ends_on", _("Last day"), is_required=True, example="2026-12-31"),
    ),
)

PLAN = Section(
    key="plan",
    title=_("Monitoring plan"),
    row_title=_("Monitoring plan"),
    shape=Shape.SINGLE,
    collection="monitoring_plan",
    makes="MonitoringPlan",
    intro=_("The plan that says how you measure and calculate. The verifier reads it first."),
    reference="IR (EU) 2025/2547, Article 5; Annex II, A.5",
    fields=(
        text("version", _("Version of the plan"), longest=40, example="2.1"),
        day("dated_on", _("Date of the plan"), is_yearly=False),
        Field("summary", _("The plan in a few sentences"), Kind.LONG_TEXT, longest=4000),
        Field("attribution_method", _("How emissions were divided between processes"), Kind.LONG_TEXT, longest=4000),
        Field("zero_rating_method", _("Proof for fuels rated zero"), Kind.LONG_TEXT, longest=4000),
        Field(
            "months_monitored",
            _("Months monitored, for a new installation"),
            Kind.WHOLE_NUMBER,
            bounds=Bounds(least="1", most="12"),
            is_yearly=True,
            hint=_("Leave empty if the plant ran all year."),
        ),
    ),
)

QUALITY = Section(
    key="quality",
    title=_("Quality of the data"),
    row_title=_("Quality of the data"),
    shape=Shape.SINGLE,
    collection="data_quality",
    makes="DataQuality",
    reference="IR (EU) 2025/2547, Annex IV, 1.1, item 15",
    fields=(
        Field("quality", _("General information on data quality"), Kind.LONG_TEXT, longest=4000),
        Field("default_justification", _("Why default values were used"), Kind.LONG_TEXT, longest=4000),
        text("assurance", _("How the data were assured"), longest=400),
    ),
)

TOTALS = Section(
    key="totals",
    title=_("Totals of the installation"),
    row_title=_("Totals of the installation"),
    shape=Shape.SINGLE,
    collection="totals",
    makes="EnteredTotals",
    intro=_("Only what the other parts cannot tell."),
    reference="IR (EU) 2025/2547, Annex III, equations 41 and 42",
    fields=(
        number("fuel_for_goods", _("Fuel used for the goods"), "TJ", "GJ", "MWh", path="fuel_for_goods_tj"),
        number(
            "fuel_for_electricity", _("Fuel used for electricity"), "TJ", "GJ", "MWh", path="fuel_for_electricity_tj"
        ),
        number(
            "fuel_for_other_goods", _("Fuel used for other goods"), "TJ", "GJ", "MWh", path="fuel_for_other_goods_tj"
        ),
        number(
            "indirect_emissions",
            _("Indirect emissions of the whole installation"),
            "t CO2e",
            "kt CO2e",
            path="indirect_emissions_tco2e",
        ),
        number(
            "other_processes_direct",
            _("Direct emissions of processes outside the scheme"),
            "t CO2e",
            "kt CO2e",
            path="other_processes_direct_tco2e",
        ),
        Field(
            "is_reconciled",
            _("Scale the processes to the installation’s total?"),
            Kind.YES_NO,
            hint=_(
                "If the sum of the processes differs from the total, each process is multiplied by the same "
                "reconciliation factor."
            ),
        ),
    ),
)

OTHER_GOODS = Section(
    key="other_goods",
    title=_("Other goods"),
    row_title=_("Other good"),
    shape=Shape.LIST,
    collection="other_goods",
    makes="OtherGood",
    prefix="O",
    intro=_("Goods made on this site that the scheme does not cover."),
    reference="IR (EU) 2025/2547, Annex IV, 1.1, items 13 and 14",
    fields=(
        text("name", _("Name of the good"), is_required=True),
        number("amount", _("Amount made in the period")),
        text("unit", _("Unit of the amount"), longest=20, example="t"),
    ),
)

VERIFIER = Section(
    key="verifier",
    title=_("Verifier, as a workbook names it"),
    row_title=_("Verifier"),
    shape=Shape.SINGLE,
    collection="verifier",
    makes="Verifier",
    is_in_form=False,
    fields=tuple(
        text(name, label)
        for name, label in (
            ("name", _("Name")),
            ("street", _("Street and number")),
            ("city", _("City")),
            ("post_code", _("Post code")),
            ("country", _("Country")),
            ("representative", _("Contact person")),
            ("email", _("E-mail")),
            ("telephone", _("Telephone")),
            ("fax", _("Fax")),
            ("accreditation_state", _("State of accreditation")),
            ("accreditation_body", _("Accreditation body")),
            ("accreditation_number", _("Accreditation number")),
        )
    ),
)

ADDENDA = Section(
    key="electricity_addenda",
    title=_("Electricity delivered to declarants"),
    row_title=_("Electricity addendum"),
    shape=Shape.LIST,
    collection="electricity_addenda",
    makes="ElectricityAddendum",
    prefix="A",
    intro=_("Only for exported electricity. Each addendum is shown to its declarant alone."),
    reference="IR (EU) 2025/2547, Annex IV, 1.1.1",
    fields=(
        text(
            "declarant_eori",
            _("Declarant’s EORI number"),
            is_required=True,
            longest=17,
            pattern=r"[A-Z]{2}[A-Za-z0-9]{1,15}",
            pattern_words=_("two capital letters of the country and up to fifteen letters or digits"),
        ),
        number("amount", _("Electricity that meets the criteria"), "MWh", "GWh", "kWh", path="amount_mwh"),
        yes_no("contract_confirmed", _("Power purchase agreement with the declarant (criterion a)"), is_yearly=True),
        yes_no("congestion_confirmed", _("No physical congestion (criterion b)"), is_yearly=True),
        yes_no("capacity_confirmed", _("Capacity firmly nominated (criterion d)"), is_yearly=True),
        yes_no(
            "direct_connection_confirmed",
            _("Direct connection of the power plant to the Union’s grid, if that is how criterion b is met"),
            is_yearly=True,
        ),
        yes_no("fossil_emissions_confirmed", _("At most 550 g of fossil CO2 per kWh (criterion c)"), is_yearly=True),
        yes_no("evidence_given", _("Evidence was given to the verifier (Annex II, D.2.4)"), is_yearly=True),
    ),
)
