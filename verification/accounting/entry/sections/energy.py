"""Heat, combined heat and power, and electricity."""

from verification.accounting.entry.schema import Field, Kind, Section, Shape, _, choice, link, number, text

ENERGY = ("TJ", "GJ", "MWh", "GWh")
POWER = ("MWh", "GWh", "kWh")
HEAT_FACTOR = ("tCO2/TJ", "kgCO2/GJ", "kgCO2/MWh")
POWER_FACTOR = ("tCO2e/MWh", "kgCO2e/MWh", "gCO2e/kWh")
FACTOR_SOURCES = (
    ("D.4(a)", _("D.4(a): country’s grid, default of the act")),
    ("D.4(b)", _("D.4(b): another factor of the grid")),
    ("D.4.1", _("D.4.1: made by the installation")),
    ("D.4.2", _("D.4.2: from a power plant near by")),
    ("D.4.3.1", _("D.4.3.1: direct line")),
    ("D.4.3.2", _("D.4.3.2: power purchase agreement")),
    ("Mix", _("Mix of several")),
)

ASKED = ("yes", "")
"""Asked as long as the person has not said no."""

HEAT_SOURCES = Section(
    key="heat_sources",
    title=_("Heat"),
    row_title=_("Heat source"),
    shape=Shape.LIST,
    collection="heat_sources",
    makes="HeatSource",
    prefix="H",
    intro=_("Boilers and suppliers of steam, hot water and other measurable heat."),
    reference="IR (EU) 2025/2547, Annex III, A.2",
    fields=(
        text("name", _("Name"), is_required=True),
        choice(
            "kind",
            _("Kind"),
            ("boiler", _("Own boiler")),
            ("bought_verified", _("Bought, supplier’s verified data")),
            ("bought_unverified", _("Bought, no verified data")),
            ("exothermic", _("Heat of an exothermic process")),
            ("electric", _("Made from electricity")),
            is_required=True,
        ),
        number("amount", _("Net heat delivered"), *ENERGY, path="amount_tj"),
        number(
            "fuel_factor",
            _("Emission factor of the fuel"),
            *HEAT_FACTOR,
            path="fuel_factor_tco2_per_tj",
            only_for=("kind", ("boiler", "bought_verified", "bought_unverified")),
        ),
        number(
            "efficiency",
            _("Efficiency"),
            "share of 1",
            "%",
            above="0",
            most="1",
            only_for=("kind", ("boiler", "bought_verified")),
        ),
        number(
            "stated_factor",
            _("Emission factor of the heat, from the supplier"),
            *HEAT_FACTOR,
            path="stated_factor_tco2_per_tj",
            only_for=("kind", ("bought_verified",)),
        ),
        text("counterparty", _("Other party")),
        Field("country", _("Country of the supplier"), Kind.COUNTRY),
    ),
)

CHP_UNITS = Section(
    key="chp_units",
    title=_("Combined heat and power"),
    row_title=_("Unit of combined heat and power"),
    shape=Shape.LIST,
    collection="chp_units",
    makes="ChpUnit",
    prefix="C",
    reference="IR (EU) 2025/2547, Annex III, A.2.2",
    fields=(
        text("name", _("Name"), is_required=True),
        number("fuel", _("Fuel"), *ENERGY, path="fuel_tj"),
        number(
            "fuel_emissions",
            _("Emissions of the fuel"),
            "t CO2e",
            "kt CO2e",
            path="fuel_emissions_tco2",
            hint=_("Leave empty to take the fuels that you attributed to this unit."),
        ),
        number(
            "flue_gas_cleaning", _("Emissions of flue gas cleaning"), "t CO2e", "kt CO2e", path="flue_gas_cleaning_tco2"
        ),
        number("heat", _("Net heat delivered"), *ENERGY, path="heat_tj"),
        number("electricity", _("Net electricity delivered"), *POWER, path="electricity_mwh"),
        text("reference_fuel", _("Fuel category of the reference efficiencies")),
        number(
            "heat_reference_efficiency",
            _("Reference efficiency of heat"),
            "share of 1",
            "%",
            above="0",
            most="1",
            is_yearly=False,
        ),
        number(
            "electricity_reference_efficiency",
            _("Reference efficiency of electricity"),
            "share of 1",
            "%",
            above="0",
            most="1",
            is_yearly=False,
        ),
    ),
)

ELECTRICITY_SOURCES = Section(
    key="electricity_sources",
    title=_("Electricity"),
    row_title=_("Electricity source"),
    shape=Shape.LIST,
    collection="electricity_sources",
    makes="ElectricitySource",
    prefix="E",
    intro=_(
        "Where the electricity comes from. The processes take the mean of all sources, weighted by MWh, "
        "unless you name one source for a process."
    ),
    reference="IR (EU) 2025/2547, Article 9; Annex II, D.4",
    fields=(
        text("name", _("Name"), is_required=True, example="Public grid"),
        choice(
            "kind",
            _("Kind"),
            ("grid", _("Public grid")),
            ("direct_line", _("Direct line from a producer")),
            ("power_purchase_agreement", _("Power purchase agreement")),
            ("own_chp", _("Own combined heat and power")),
            ("own_separate", _("Own power plant")),
            is_required=True,
        ),
        number("amount", _("Electricity in the period"), *POWER, path="amount_mwh", is_required=True),
        number(
            "factor",
            _("Emission factor"),
            *POWER_FACTOR,
            path="factor_tco2e_per_mwh",
            hint=_("Leave empty for own combined heat and power: it follows from the unit."),
        ),
        choice("factor_source", _("Rule of the factor"), *FACTOR_SOURCES),
        link("chp_unit", _("Unit of combined heat and power"), "chp_units", only_for=("kind", ("own_chp",))),
        text("supplier", _("Supplier")),
        Field("country", _("Country"), Kind.COUNTRY),
        Field("is_renewable", _("From renewable sources?"), Kind.YES_NO),
        Field(
            "criteria_confirmed",
            _("Do the criteria for actual values hold?"),
            Kind.YES_NO,
            only_for=("kind", ("direct_line", "power_purchase_agreement")),
            is_yearly=True,
        ),
        Field(
            "evidence_given",
            _("Was the evidence given to the verifier?"),
            Kind.YES_NO,
            only_for=("kind", ("direct_line", "power_purchase_agreement")),
            is_yearly=True,
        ),
    ),
)

ENERGY_USE = Section(
    key="energy_use",
    title=_("Heat, waste gas and electricity of each process"),
    row_title=_("Energy of the process"),
    shape=Shape.EXTENSION,
    extends="processes",
    collection="processes",
    makes="Process",
    reference="IR (EU) 2025/2547, Annex III, A.3, equations 52 to 56",
    fields=(
        Field("has_indirect_emissions", _("Does the process use electricity?"), Kind.YES_NO),
        number("electricity", _("Electricity used"), *POWER, path="electricity_mwh"),
        link(
            "electricity_source",
            _("From one source only"),
            "electricity_sources",
            hint=_("Leave empty for the mean of all sources. One source needs evidence."),
        ),
        number(
            "electricity_factor",
            _("Emission factor of the electricity"),
            *POWER_FACTOR,
            path="electricity_factor_tco2e_per_mwh",
            hint=_("Leave empty to take it from the sources."),
        ),
        choice("electricity_factor_source", _("Rule of the factor"), *FACTOR_SOURCES),
        number("electricity_exported", _("Electricity made and handed on"), *POWER, path="electricity_exported_mwh"),
        link("electricity_export_source", _("Made by"), "chp_units", "electricity_sources"),
        number(
            "electricity_export_factor",
            _("Its emission factor"),
            "tCO2/MWh",
            "kgCO2/MWh",
            "gCO2/kWh",
            path="electricity_export_factor_tco2_per_mwh",
        ),
        Field("has_measurable_heat", _("Does measurable heat cross its boundary?"), Kind.YES_NO),
        number(
            "heat_imported",
            _("Heat taken in"),
            *ENERGY,
            path="heat.imported_tj",
            only_for=("has_measurable_heat", ASKED),
        ),
        link(
            "heat_import_source",
            _("Heat taken from"),
            "heat_sources",
            "chp_units",
            path="heat.import_source",
            only_for=("has_measurable_heat", ASKED),
        ),
        number(
            "heat_import_factor",
            _("Emission factor of heat taken in"),
            *HEAT_FACTOR,
            path="heat.import_factor_tco2_per_tj",
            hint=_("Leave empty to take it from the source."),
            only_for=("has_measurable_heat", ASKED),
        ),
        number(
            "heat_exported",
            _("Heat handed on"),
            *ENERGY,
            path="heat.exported_tj",
            only_for=("has_measurable_heat", ASKED),
        ),
        link(
            "heat_export_source",
            _("Heat made by"),
            "heat_sources",
            "chp_units",
            path="heat.export_source",
            only_for=("has_measurable_heat", ASKED),
        ),
        number(
            "heat_export_factor",
            _("Emission factor of heat handed on"),
            *HEAT_FACTOR,
            path="heat.export_factor_tco2_per_tj",
            hint=_("Leave empty to take it from the source."),
            only_for=("has_measurable_heat", ASKED),
        ),
        text(
            "heat_counterparty",
            _("Other party of the heat"),
            path="heat.counterparty",
            only_for=("has_measurable_heat", ASKED),
        ),
        Field("has_waste_gases", _("Do waste gases cross its boundary?"), Kind.YES_NO),
        number(
            "waste_gas_imported",
            _("Waste gas taken in"),
            *ENERGY,
            path="waste_gas.imported_tj",
            only_for=("has_waste_gases", ASKED),
        ),
        number(
            "waste_gas_import_factor",
            _("Emission factor of waste gas taken in"),
            *HEAT_FACTOR,
            path="waste_gas.import_factor_tco2_per_tj",
            only_for=("has_waste_gases", ASKED),
        ),
        number(
            "waste_gas_exported",
            _("Waste gas handed on"),
            *ENERGY,
            path="waste_gas.exported_tj",
            only_for=("has_waste_gases", ASKED),
        ),
        number(
            "waste_gas_export_factor",
            _("Emission factor of waste gas handed on"),
            *HEAT_FACTOR,
            path="waste_gas.export_factor_tco2_per_tj",
            only_for=("has_waste_gases", ASKED),
        ),
        text(
            "waste_gas_counterparty",
            _("Other party of the waste gas"),
            path="waste_gas.counterparty",
            only_for=("has_waste_gases", ASKED),
        ),
    ),
)
