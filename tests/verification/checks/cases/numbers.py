"""SUM and PLA."""

from decimal import Decimal

from tests.verification.checks.builders import (
    CLEAN,
    Case,
    good,
    other_good,
    precursor,
    process,
    product,
    report,
    route,
    stream,
    subject,
    supply,
    use,
)
from verification.checks.model import EarlierGood, Peers, Reconciliation


def factor(text, is_applied=False):
    return subject(reconciliation=Reconciliation(Decimal(100), Decimal(100), Decimal(text), is_applied))


def works(**values):
    return subject(report(processes=(process(**values),)))


def bought(**values):
    return subject(report(precursors=(precursor(**values),)))


def made(*quantities):
    products = tuple(
        product(id=str(place), path=f"products.{place}", name=f"Cement {place}", quantity=quantity)
        for place, quantity in enumerate(quantities)
    )
    return subject(report(products=products))


def last_year(applicable="0.9", direct="0.7", quantity="1000", **values):
    earlier = EarlierGood("25232900", "Kilns and mills", Decimal(applicable), Decimal(direct), Decimal(quantity))
    return subject(good(**values), earlier=(earlier,))


def among(median, count=5):
    return subject(peers={"Cement": Peers(Decimal(median), count)})


def fuel(tonnes, **values):
    return subject(report(source_streams=(stream(activity_data=tonnes),), **values))


CASES = {
    "SUM-001": Case(
        subject(good(stated_direct="0.8")),
        subject(good(stated_indirect="0.9")),
        at=subject(good(stated_direct="0.800005")),
        beyond=subject(good(stated_direct="0.8000051")),
    ),
    "SUM-002": Case(
        CLEAN, subject(good(direct="-1")), at=subject(good(direct="0")), beyond=subject(good(indirect="-0.00001"))
    ),
    "SUM-003": Case(
        factor("1"),
        factor("1.02"),
        at=factor("1.001"),
        beyond=factor("1.00101"),
        more=((factor("0.999"), factor("0.99899")),),
    ),
    "SUM-004": Case(
        factor("1.2", True),
        factor("1.2"),
        at=factor("1.05"),
        beyond=factor("1.0501"),
        more=((factor("0.95"), factor("0.9499")),),
    ),
    "SUM-005": Case(
        CLEAN,
        works(produced_for_market="100"),
        at=works(produced_for_market="999"),
        beyond=works(produced_for_market="998.99"),
    ),
    "SUM-006": Case(
        bought(),
        bought(consumed_in=(use("P1", "50"),)),
        at=bought(consumed_in=(use("P1", "499.5"),)),
        beyond=bought(consumed_in=(use("P1", "499.49"),)),
    ),
    "SUM-007": Case(
        subject(good(stated_total="0.91")),
        subject(good(stated_total="0.5")),
        at=subject(good(stated_total="0.945")),
        beyond=subject(good(stated_total="0.9451")),
    ),
    "SUM-008": Case(
        subject(good(stated_direct="0.8", stated_indirect="0.1", stated_total="0.9")),
        subject(good(stated_direct="0.8", stated_indirect="0.1", stated_total="0.8")),
        at=subject(good(stated_direct="0.8", stated_indirect="0.1", stated_total="0.900015")),
        beyond=subject(good(stated_direct="0.8", stated_indirect="0.1", stated_total="0.900016")),
    ),
    "SUM-009": Case(made("400", "600"), made("1000", "1000"), at=made("1001"), beyond=made("1001.1")),
    "SUM-010": Case(
        bought(supplies=(supply(amount="500"),)),
        bought(supplies=(supply(amount="50"),)),
        at=bought(supplies=(supply(amount="499.5"),)),
        beyond=bought(supplies=(supply(amount="499.4"),)),
    ),
    "SUM-011": Case(
        CLEAN,
        works(electricity_exported_mwh="-5"),
        at=works(electricity_exported_mwh="0"),
        beyond=works(scrap_and_off_specification="-0.1"),
    ),
    "SUM-012": Case(
        works(scrap_and_off_specification="50"),
        works(production=(route("1050"),), scrap_and_off_specification="50"),
        at=works(production=(route("1050"),), scrap_and_off_specification="50.1"),
        beyond=works(production=(route("1050"),), scrap_and_off_specification="50.05"),
    ),
    "PLA-001": Case(
        CLEAN,
        subject(good(default_value="0.5")),
        at=subject(good(default_value="0.9")),
        beyond=subject(good(default_value="0.8999")),
    ),
    "PLA-002": Case(
        CLEAN,
        subject(good(default_value="9")),
        at=subject(good(default_value="3.6")),
        beyond=subject(good(default_value="3.6001")),
    ),
    "PLA-003": Case(
        CLEAN,
        subject(good(applicable="0")),
        at=subject(good(applicable="0.00001")),
        beyond=subject(good(applicable="0")),
    ),
    "PLA-004": Case(last_year(), last_year("2"), at=last_year("0.75"), beyond=last_year("0.7499")),
    "PLA-005": Case(
        among("0.9"), among("5"), at=among("1.8"), beyond=among("1.8001"), more=((among("5", 4), among("5", 5)),)
    ),
    "PLA-006": Case(
        CLEAN,
        subject(good(direct="0.0008")),
        at=subject(good(direct="0.05")),
        beyond=subject(good(direct="0.0499")),
        more=((subject(good(direct="0")), subject(good(direct="0.00001"))),),
    ),
    "PLA-007": Case(
        CLEAN, subject(good(direct="800")), at=subject(good(direct="2")), beyond=subject(good(direct="2.0001"))
    ),
    "PLA-009": Case(
        CLEAN,
        works(production=()),
        at=works(production=(route("0"),), direct_emissions_tco2e="0", electricity_mwh="0"),
        beyond=works(production=(route("0"),), direct_emissions_tco2e="0.1", electricity_mwh="0"),
    ),
    "PLA-010": Case(
        fuel("1000000", other_goods=(other_good(),)),
        fuel("1000000"),
        at=fuel("10000"),
        beyond=fuel("10000.1"),
        more=((fuel("1000000", processes=(process(production=(route("0"),)),)), fuel("1000000")),),
    ),
    "PLA-011": Case(
        last_year(), last_year(direct="0.8"), at=last_year(direct="0.80001"), beyond=last_year(direct="0.800004")
    ),
    "PLA-012": Case(
        last_year(), last_year(quantity="100000"), at=last_year(quantity="2000"), beyond=last_year(quantity="2000.1")
    ),
    "PLA-013": Case(
        CLEAN,
        subject(good(indirect="0", applicable="0.8", total="0.8")),
        at=subject(
            good(indirect="0", applicable="0.8", total="0.8"), report=report(processes=(process(electricity_mwh="0"),))
        ),
        beyond=subject(
            good(indirect="0", applicable="0.8", total="0.8"),
            report=report(processes=(process(electricity_mwh="0.1"),)),
        ),
    ),
}
