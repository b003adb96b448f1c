"""HEA and ELE."""

from decimal import Decimal

from tests.verification.checks.builders import (
    CLEAN,
    Case,
    addendum,
    chp,
    flow,
    good,
    heat,
    power,
    process,
    report,
    route,
    subject,
)
from verification.checks.model import Balance

ELECTRICITY = "Electricity (export to EU)"
CONTRACT = frozenset({"monitoring_plan", "electricity_contract"})


def balance(name, supplied, used):
    return subject(balances={name: Balance(Decimal(supplied), Decimal(used))})


def source(**values):
    return subject(report(heat_sources=(heat(**values),)))


def unit(**values):
    return subject(report(chp_units=(chp(**values),)))


def flowing(**values):
    return subject(report(processes=(process(heat=flow(**values)),), heat_sources=(heat(),)))


def gas(exported):
    return subject(report(processes=(process(waste_gas=flow(exported_tj=exported)),)))


def exact_credit(exported):
    """A process whose direct emissions are just the credit for one terajoule."""
    emitted = process(waste_gas=flow(exported_tj=exported), direct_emissions_tco2e="37.4187")
    return subject(report(processes=(emitted,)))


def works(**values):
    return subject(report(processes=(process(**values),)))


def electricity(**values):
    return subject(report(electricity_sources=(power(**values),)))


def promised(amount="10", **values):
    station = process(category=ELECTRICITY, production=(route("100"),), electricity_mwh=None)
    return subject(
        good(category=ELECTRICITY, list_category="", parameters={}),
        report=report(processes=(station,), electricity_addenda=(addendum(amount_mwh=amount, **values),)),
    )


def station(direct):
    return subject(good(category=ELECTRICITY, list_category="", direct=direct))


CASES = {
    "HEA-001": Case(
        balance("heat_tj", "100", "100"),
        balance("heat_tj", "100", "50"),
        at=balance("heat_tj", "100", "98"),
        beyond=balance("heat_tj", "100", "97.99"),
    ),
    "HEA-002": Case(
        balance("waste_gas_tj", "100", "100"),
        balance("waste_gas_tj", "50", "100"),
        at=balance("waste_gas_tj", "98", "100"),
        beyond=balance("waste_gas_tj", "97.99", "100"),
    ),
    "HEA-003": Case(
        source(efficiency="0.85"),
        source(efficiency="85"),
        at=source(efficiency="1.1"),
        beyond=source(efficiency="1.11"),
    ),
    "HEA-004": Case(
        source(efficiency="0.85"),
        source(efficiency="0.085"),
        at=source(efficiency="0.4"),
        beyond=source(efficiency="0.399"),
    ),
    "HEA-005": Case(
        source(kind="bought_unverified", fuel_factor_tco2_per_tj="56.1"),
        source(kind="bought_unverified", stated_factor_tco2_per_tj="40"),
        at=source(kind="bought_unverified", efficiency="0.90"),
        beyond=source(kind="bought_unverified", efficiency="0.91"),
    ),
    "HEA-006": Case(
        source(stated_factor_tco2_per_tj="60"),
        source(kind="exothermic", stated_factor_tco2_per_tj="60"),
        at=source(kind="electric", stated_factor_tco2_per_tj="0"),
        beyond=source(kind="electric", fuel_factor_tco2_per_tj="0.1"),
    ),
    "HEA-007": Case(
        flowing(imported_tj="5", import_source="H1"),
        flowing(imported_tj="5", import_source="H9"),
        at=flowing(imported_tj="5", import_factor_tco2_per_tj="50"),
        beyond=flowing(exported_tj="5", export_source="H11"),
    ),
    "HEA-008": Case(
        flowing(imported_tj="5", import_source="H1"),
        flowing(imported_tj="5"),
        at=flowing(imported_tj="5", import_factor_tco2_per_tj="0"),
        beyond=flowing(imported_tj="0.1"),
    ),
    "HEA-009": Case(
        source(stated_factor_tco2_per_tj="62"),
        source(stated_factor_tco2_per_tj="62000"),
        at=flowing(imported_tj="5", import_factor_tco2_per_tj="250"),
        beyond=flowing(imported_tj="5", import_factor_tco2_per_tj="250.1"),
    ),
    "HEA-010": Case(
        works(has_measurable_heat=True, heat=flow(exported_tj="5")),
        works(has_measurable_heat=False, heat=flow(exported_tj="5")),
        at=works(has_waste_gases=False, waste_gas=flow(exported_tj="0")),
        beyond=works(has_waste_gases=False, waste_gas=flow(imported_tj="0.1")),
    ),
    "HEA-011": Case(
        unit(),
        unit(heat_tj="50000"),
        at=unit(heat_tj="82", electricity_mwh="5000"),
        beyond=unit(heat_tj="82.01", electricity_mwh="5000"),
    ),
    "HEA-012": Case(unit(), unit(fuel_tj=None), at=unit(electricity_mwh="0"), beyond=unit(electricity_mwh=None)),
    "HEA-013": Case(
        unit(heat_reference_efficiency="0.92"),
        unit(electricity_reference_efficiency="53"),
        at=unit(heat_reference_efficiency="1"),
        beyond=unit(heat_reference_efficiency="1.01"),
        more=((unit(heat_reference_efficiency="0.01"), unit(heat_reference_efficiency="0")),),
    ),
    # 800 t of CO2 are 21.38 TJ at 56.1 times 0.667.
    "HEA-014": Case(
        gas("10"), gas("12800"), at=gas("21.37"), beyond=gas("21.39"), more=((exact_credit("1"), exact_credit("1.01")),)
    ),
    "ELE-001": Case(
        subject(electricity_sources=frozenset({"D.4.1"}), evidence_purposes=CONTRACT),
        subject(electricity_sources=frozenset({"D.4.1"})),
        at=subject(electricity_sources=frozenset({"D.4(a)"})),
        beyond=subject(electricity_sources=frozenset({"D.4(a)", "Mix"})),
    ),
    "ELE-002": Case(
        CLEAN,
        works(electricity_factor_tco2e_per_mwh="420"),
        at=works(electricity_factor_tco2e_per_mwh="2"),
        beyond=electricity(factor_tco2e_per_mwh="2.01"),
    ),
    "ELE-003": Case(
        CLEAN,
        works(electricity_mwh="100000"),
        at=works(electricity_mwh="600"),
        beyond=works(electricity_mwh="600.1"),
        more=((works(electricity_mwh="0"), works(electricity_mwh="0.1")),),
    ),
    "ELE-004": Case(
        subject(
            report(electricity_sources=(power(factor_tco2e_per_mwh="0.42"),)), grid_factors={"TR": Decimal("0.42")}
        ),
        subject(report(electricity_sources=(power(factor_tco2e_per_mwh="0.1"),)), grid_factors={"TR": Decimal("0.42")}),
        at=subject(
            report(electricity_sources=(power(factor_tco2e_per_mwh="0.4242"),)), grid_factors={"TR": Decimal("0.42")}
        ),
        beyond=subject(
            report(electricity_sources=(power(factor_tco2e_per_mwh="0.42421"),)), grid_factors={"TR": Decimal("0.42")}
        ),
    ),
    "ELE-005": Case(
        electricity(factor_tco2e_per_mwh="0.42"),
        electricity(factor_tco2e_per_mwh="0"),
        at=electricity(factor_tco2e_per_mwh="0.0001"),
        beyond=works(electricity_factor_tco2e_per_mwh="0", electricity_factor_source="D.4(b)"),
    ),
    "ELE-006": Case(
        electricity(kind="direct_line", criteria_confirmed=True, evidence_given=True),
        electricity(kind="power_purchase_agreement"),
        at=electricity(kind="grid"),
        beyond=electricity(kind="direct_line", criteria_confirmed=True, evidence_given=False),
    ),
    "ELE-007": Case(
        subject(report(processes=(process(electricity_source="E1"),), electricity_sources=(power(),))),
        subject(report(processes=(process(electricity_source="E9"),), electricity_sources=(power(),))),
        at=works(electricity_source=""),
        beyond=works(electricity_export_source="E1"),
    ),
    "ELE-008": Case(
        balance("electricity_mwh", "100", "100"),
        balance("electricity_mwh", "100", "50"),
        at=balance("electricity_mwh", "100", "98"),
        beyond=balance("electricity_mwh", "100", "97.99"),
    ),
    "ELE-009": Case(
        works(electricity_exported_mwh="10", electricity_export_factor_tco2_per_mwh="0.4"),
        works(electricity_exported_mwh="10"),
        at=works(electricity_exported_mwh="0"),
        beyond=works(electricity_exported_mwh="0.1"),
    ),
    "ELE-010": Case(
        subject(report(chp_units=(chp(),), electricity_sources=(power(kind="own_chp", chp_unit="C1"),))),
        electricity(kind="own_chp"),
        at=electricity(kind="own_chp", factor_tco2e_per_mwh="0"),
        beyond=subject(report(chp_units=(chp(),), electricity_sources=(power(kind="own_chp", chp_unit="C2"),))),
    ),
    "ELE-011": Case(promised(), promised(contract_confirmed=False), at=promised("0.1"), beyond=promised("0")),
    "ELE-012": Case(
        promised(),
        promised(declarant_eori="Importer GmbH"),
        at=promised(declarant_eori="DE123456789012345"),
        beyond=promised(declarant_eori="DE1234567890123456"),
        more=((promised(declarant_eori="DE1"), promised(declarant_eori="DE")),),
    ),
    "ELE-013": Case(station("0.4"), station("0.9"), at=station("0.550"), beyond=station("0.551")),
    "ELE-014": Case(promised(), promised("1000"), at=promised("100"), beyond=promised("100.1")),
}
