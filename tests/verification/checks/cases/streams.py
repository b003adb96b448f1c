"""STR."""

from datetime import date

from tests.verification.checks.builders import (
    CLEAN,
    Case,
    gap,
    material,
    measured,
    other_good,
    pfc,
    report,
    share,
    stream,
    subject,
    transfer,
)


def burning(**values):
    return subject(report(source_streams=(stream(**values),)))


def using(**values):
    return subject(report(source_streams=(material(**values),)))


def stack(**values):
    return subject(report(measured_sources=(measured(**values),)))


def cells(**values):
    return subject(report(pfc_streams=(pfc(**values),)))


def divided(*percents, **values):
    shares = tuple(share(percent) for percent in percents)
    return subject(report(source_streams=(stream(attributed_to=shares),), **values))


def missing(**values):
    return subject(report(data_gaps=(gap(**values),)))


def moved(**values):
    return subject(report(co2_transfers=(transfer(**values),)))


CASES = {
    "STR-001": Case(
        burning(oxidation_percent="98"),
        burning(oxidation_percent="0.98"),
        at=burning(oxidation_percent="1.01"),
        beyond=burning(oxidation_percent="1"),
    ),
    "STR-002": Case(
        burning(biomass_percent="15"),
        burning(biomass_percent="0.15"),
        at=burning(conversion_percent="1.01"),
        beyond=burning(conversion_percent="1"),
        more=((burning(biomass_percent="0"), burning(biomass_percent="0.01")),),
    ),
    "STR-003": Case(
        burning(oxidation_percent="95"),
        stack(biomass_percent="120"),
        at=burning(oxidation_percent="100", biomass_percent="0"),
        beyond=burning(oxidation_percent="100.01"),
    ),
    "STR-004": Case(
        burning(oxidation_percent="99"),
        burning(oxidation_percent="50"),
        at=burning(oxidation_percent="80"),
        beyond=burning(oxidation_percent="79.9"),
        more=((burning(oxidation_percent="1"), burning(oxidation_percent="1.01")),),
    ),
    "STR-005": Case(
        burning(biomass_percent="15", biomass_proof="proven"),
        stack(biomass_percent="15"),
        at=burning(biomass_percent="0"),
        beyond=burning(biomass_percent="0.1"),
    ),
    "STR-006": Case(
        burning(biomass_percent="15", biomass_proof="proven"),
        burning(biomass_percent="15", biomass_proof="unproven"),
        at=burning(biomass_percent="0", biomass_proof="unproven"),
        beyond=burning(biomass_percent="0.1", biomass_proof="unproven"),
    ),
    "STR-007": Case(
        burning(),
        burning(net_calorific_value_gj_per_unit="25000"),
        at=burning(net_calorific_value_gj_per_unit="125"),
        beyond=burning(net_calorific_value_gj_per_unit="125.1"),
        more=(
            (
                burning(activity_unit="1000Nm3", net_calorific_value_gj_per_unit="135"),
                burning(activity_unit="1000Nm3", net_calorific_value_gj_per_unit="135.1"),
            ),
        ),
    ),
    "STR-008": Case(
        burning(),
        burning(net_calorific_value_gj_per_unit="0.025"),
        at=burning(net_calorific_value_gj_per_unit="0.5"),
        beyond=burning(net_calorific_value_gj_per_unit="0.49"),
        more=((burning(net_calorific_value_gj_per_unit="0"), burning(net_calorific_value_gj_per_unit="0.001")),),
    ),
    "STR-009": Case(
        burning(),
        burning(emission_factor="0.095"),
        at=burning(emission_factor="300"),
        beyond=burning(emission_factor="300.1"),
        more=(
            (burning(emission_factor="20"), burning(emission_factor="19.9")),
            (burning(emission_factor="0"), burning(emission_factor="0.01")),
        ),
    ),
    "STR-010": Case(
        using(),
        using(emission_factor="525"),
        at=using(emission_factor="3.664"),
        beyond=using(emission_factor="3.665"),
    ),
    "STR-011": Case(
        using(carbon_content="0.88"),
        using(carbon_content="88"),
        at=using(carbon_content="1"),
        beyond=using(carbon_content="1.001"),
    ),
    "STR-012": Case(
        using(name="Limestone", emission_factor="0.42"),
        using(name="CaCO3", emission_factor="0.5"),
        at=using(name="Limestone", emission_factor="0.440"),
        beyond=using(name="Limestone", emission_factor="0.441"),
    ),
    "STR-013": Case(
        burning(name="Natural gas", net_calorific_value_gj_per_unit="47", emission_factor="56.1"),
        burning(name="Natural gas", net_calorific_value_gj_per_unit="20", emission_factor="56.1"),
        at=burning(name="Natural gas", net_calorific_value_gj_per_unit="60", emission_factor="56.1"),
        beyond=burning(name="natural  GAS", net_calorific_value_gj_per_unit="60.1", emission_factor="56.1"),
    ),
    "STR-014": Case(
        burning(name="Lignite", net_calorific_value_gj_per_unit="11", emission_factor="104"),
        burning(name="Lignite", net_calorific_value_gj_per_unit="11", emission_factor="56.1"),
        at=burning(name="Lignite", net_calorific_value_gj_per_unit="11", emission_factor="111.1"),
        beyond=burning(name="Lignite", net_calorific_value_gj_per_unit="11", emission_factor="111.2"),
    ),
    "STR-015": Case(
        divided("40", "60"),
        divided("60", "60"),
        at=divided("100"),
        beyond=divided("100.01"),
        more=((divided("0"), divided("100", "-1")),),
    ),
    "STR-016": Case(divided("100"), divided("0.5", "0.5"), at=divided("1.01"), beyond=divided("1")),
    "STR-017": Case(
        divided("90", other_goods=(other_good(),)),
        divided("90"),
        at=divided("100"),
        beyond=divided("99.99"),
        more=((divided("1"), divided("1.01")),),
    ),
    "STR-018": Case(
        divided("100"),
        subject(report(source_streams=(stream(attributed_to=(share("100", "P9"),)),))),
        at=subject(report(data_gaps=(gap(attributed_to=(share("100"),)),))),
        beyond=subject(report(data_gaps=(gap(attributed_to=(share("100", ""),)),))),
    ),
    "STR-019": Case(
        stack(operating_hours="8000"),
        stack(operating_hours="87600"),
        at=stack(operating_hours="8760"),
        beyond=stack(operating_hours="8760.1"),
    ),
    "STR-020": Case(
        stack(concentration_g_per_nm3="400"),
        stack(concentration_g_per_nm3="400000"),
        at=stack(concentration_g_per_nm3="1980"),
        beyond=stack(concentration_g_per_nm3="1980.1"),
    ),
    "STR-021": Case(
        cells(current_efficiency_percent="95", collection_efficiency="0.9", c2f6_weight_fraction="0.121"),
        cells(current_efficiency_percent="0.95"),
        at=cells(current_efficiency_percent="100", collection_efficiency="1", c2f6_weight_fraction="1"),
        beyond=cells(collection_efficiency="1.01"),
    ),
    "STR-022": Case(
        CLEAN,
        subject(report(source_streams=(stream(), stream(id="S2", path="source_streams.1")))),
        at=subject(report(source_streams=(stream(), stream(id="S2", activity_data="100.1")))),
        beyond=subject(report(source_streams=(stream(), stream(id="S2", name="FUEL mix")))),
    ),
    "STR-023": Case(
        missing(),
        missing(reason="", estimation_method=""),
        at=missing(emissions_tco2e="0"),
        beyond=missing(emissions_tco2e=None),
    ),
    "STR-024": Case(
        missing(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 2)),
        missing(starts_on=date(2026, 3, 1), ends_on=date(2026, 8, 31)),
        at=missing(starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 5)),
        beyond=missing(starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 6)),
    ),
    "STR-025": Case(moved(), moved(counterparty="", contact=""), at=moved(direction="in"), beyond=moved(contact="")),
    "STR-026": Case(moved(), moved(amount_t="90000"), at=moved(amount_t="800"), beyond=moved(amount_t="800.1")),
    "STR-027": Case(
        using(name="Clinker made", emission_factor="0.53"),
        using(name="Clinker made", emission_factor="0.85"),
        at=using(name="Clinker made", emission_factor="0.49875"),
        beyond=using(name="Clinker made", emission_factor="0.49874"),
    ),
    "STR-028": Case(
        subject(report(source_streams=(material(method="mass_balance", activity_data="-100", carbon_content="0.1"),))),
        burning(activity_data="-100"),
        at=burning(activity_data="0"),
        beyond=burning(activity_data="-0.1"),
    ),
}
