"""COM, IDN, DAT, EVI, PRI."""

from datetime import date
from decimal import Decimal

from tests.verification.checks.builders import (
    CLEAN,
    Case,
    gap,
    good,
    other_good,
    plan,
    precursor,
    price,
    process,
    product,
    report,
    route,
    site,
    stream,
    subject,
    supply,
    totals,
    transfer,
    use,
)

LAST_DAY, NEXT_DAY = date(2026, 12, 31), date(2027, 1, 1)
RECORDS = frozenset({"monitoring_plan", "production_records"})


def priced(**values):
    return subject(good(carbon_price=price(**values)), evidence_purposes=RECORDS)


def biomass(proof, **values):
    values.setdefault("evidence_purposes", frozenset())
    source = stream(biomass_percent="15", biomass_proof=proof)
    return subject(report(source_streams=(source,), monitoring_plan=plan(zero_rating_method="Certificates")), **values)


CASES = {
    "COM-001": Case(
        CLEAN,
        subject(goods=()),
        at=subject(good(applicable=None), good(applicable="0")),
        beyond=subject(good(applicable=None)),
    ),
    "COM-002": Case(
        CLEAN, subject(good(quantity=None)), at=subject(good(quantity="0.001")), beyond=subject(good(quantity="0"))
    ),
    "COM-004": Case(
        CLEAN,
        subject(good(), good(code="25231000", applicable=None)),
        at=subject(good(), good(code="25231000", applicable="0")),
    ),
    "COM-005": Case(
        CLEAN,
        subject(report(processes=(process(), process(id="P2", name="Idle mill")))),
        at=subject(report(processes=(process(), process(id="P2", name="Kiln", consumed_in=(use("P1", "0.1"),))))),
        beyond=subject(report(processes=(process(), process(id="P2", name="Kiln", consumed_in=(use("P1", "0"),))))),
    ),
    "COM-006": Case(
        CLEAN,
        subject(report(products=(product(process="P9"),))),
        at=subject(report(products=(product(process="P1"),))),
        beyond=subject(report(products=(product(process=""),))),
    ),
    "COM-007": Case(
        CLEAN,
        subject(good(parameters={})),
        at=subject(good(parameters={"clinker_factor": Decimal(0)})),
        beyond=subject(good(parameters={"colour": Decimal(1)})),
    ),
    "COM-008": Case(
        subject(report(monitoring_plan=plan(version="2", dated_on=date(2025, 12, 1)))),
        subject(report(monitoring_plan=plan(version="2"))),
        at=subject(report(monitoring_plan=plan())),
        beyond=subject(report(monitoring_plan=plan(dated_on=date(2025, 12, 1)))),
    ),
    "COM-009": Case(
        CLEAN,
        subject(report(source_streams=())),
        at=subject(report(source_streams=(), processes=(process(direct_emissions_tco2e="0"),))),
        beyond=subject(report(source_streams=(), processes=(process(direct_emissions_tco2e="0.1"),))),
    ),
    "COM-011": Case(
        subject(report(monitoring_plan=plan(months_monitored=7))),
        subject(report(monitoring_plan=plan(months_monitored=0))),
        at=subject(report(monitoring_plan=plan(months_monitored=12))),
        beyond=subject(report(monitoring_plan=plan(months_monitored=13))),
        more=(
            (
                subject(report(monitoring_plan=plan(months_monitored=1))),
                subject(report(monitoring_plan=plan(months_monitored=0))),
            ),
        ),
    ),
    "COM-012": Case(
        biomass("proven"),
        subject(report(source_streams=(stream(biomass_percent="15", biomass_proof="proven"),))),
        at=subject(report(source_streams=(stream(biomass_percent="15", biomass_proof="unproven"),))),
        beyond=subject(report(source_streams=(stream(biomass_percent="0.1", biomass_proof="proven"),))),
    ),
    "COM-013": Case(
        subject(report(other_goods=(other_good(),), totals=totals(other_processes_direct_tco2e="10"))),
        subject(report(other_goods=(other_good(),))),
        at=subject(report(other_goods=(other_good(),), totals=totals(other_processes_direct_tco2e="0"))),
        beyond=subject(report(totals=totals(other_processes_direct_tco2e="0.1"))),
    ),
    "IDN-001": Case(CLEAN, subject(file_country="DE"), at=subject(file_country=""), beyond=subject(file_country="TM")),
    "IDN-002": Case(
        CLEAN,
        subject(file_latitude=Decimal("41")),
        at=subject(file_latitude=Decimal("36.369402")),
        beyond=subject(file_latitude=Decimal("36.369403")),
    ),
    "IDN-003": Case(CLEAN, subject(template_is_used_elsewhere=True), at=subject(template_is_used_elsewhere=False)),
    "IDN-004": Case(
        CLEAN, subject(evidence_is_shared_with_others=True), at=subject(evidence_is_shared_with_others=False)
    ),
    "IDN-005": Case(
        subject(report(installation=site("TRMER")), unlocode="TRMER"),
        subject(report(installation=site("TRIST")), unlocode="TRMER"),
        at=subject(report(installation=site("tr mer")), unlocode="TRMER"),
        beyond=subject(report(installation=site("TRMES")), unlocode="TRMER"),
    ),
    "IDN-006": Case(
        CLEAN,
        subject(registration_ends_on=date(2026, 1, 1)),
        at=subject(registration_ends_on=date(2027, 3, 2)),
        beyond=subject(registration_ends_on=date(2027, 3, 1)),
    ),
    "IDN-007": Case(
        CLEAN,
        subject(report(processes=(process(), process(id="P2", consumed_in=(use("P1", "1"),))))),
        at=subject(
            report(processes=(process(), process(id="P2", name="Kilns and mill", consumed_in=(use("P1", "1"),))))
        ),
        beyond=subject(
            report(processes=(process(), process(id="P2", name="KILNS AND MILLS", consumed_in=(use("P1", "1"),))))
        ),
    ),
    "IDN-008": Case(
        CLEAN,
        subject(report(products=(product(quantity="500"), product(id="2", quantity="500")))),
        at=subject(report(products=(product(quantity="500"), product(id="2", quantity="500", variant="white")))),
    ),
    "IDN-009": Case(
        CLEAN,
        subject(file_latitude=Decimal("33.881967"), file_longitude=Decimal("36.319402")),
        at=subject(file_latitude=Decimal("33.931968"), file_longitude=Decimal("36.319402")),
        beyond=subject(file_latitude=Decimal("33.931967"), file_longitude=Decimal("36.319402")),
    ),
    "DAT-001": Case(
        CLEAN,
        subject(period_start=date(2026, 4, 1), period_end=date(2027, 4, 1)),
        at=subject(period_start=date(2028, 1, 1), period_end=date(2029, 1, 1)),
        beyond=subject(period_end=date(2026, 12, 31)),
    ),
    "DAT-002": Case(CLEAN, subject(today=date(2026, 6, 1)), at=subject(today=NEXT_DAY), beyond=subject(today=LAST_DAY)),
    "DAT-003": Case(
        CLEAN,
        subject(period_start=date(2023, 1, 1), period_end=date(2024, 1, 1)),
        at=subject(scheme_start=date(2026, 1, 1)),
        beyond=subject(scheme_start=date(2026, 1, 2)),
    ),
    "DAT-004": Case(CLEAN, subject(other_claims_for_period=("C-1",)), at=subject(other_claims_for_period=())),
    "DAT-005": Case(
        subject(report(monitoring_plan=plan(version="1", dated_on=date(2025, 11, 1)))),
        subject(report(monitoring_plan=plan(version="1", dated_on=date(2027, 2, 1)))),
        at=subject(report(monitoring_plan=plan(version="1", dated_on=LAST_DAY))),
        beyond=subject(report(monitoring_plan=plan(version="1", dated_on=NEXT_DAY))),
    ),
    "DAT-006": Case(
        subject(report(processes=(process(allowed_routes=("All production routes",)),))),
        subject(
            report(processes=(process(allowed_routes=("Electric arc furnace",), production=(route("1", "Smelting"),)),))
        ),
        at=subject(
            report(processes=(process(allowed_routes=("Electric arc furnace",), production=(route("0", "Smelting"),)),))
        ),
        beyond=subject(
            report(
                processes=(process(allowed_routes=("Electric arc furnace",), production=(route("1", "Arc furnace"),)),)
            )
        ),
    ),
    "DAT-007": Case(
        CLEAN,
        subject(good(list_category="crude_steel")),
        at=subject(
            good(list_category="cement_clinker"),
            report=report(processes=(process(included_categories=("Cement clinker",)),)),
        ),
        beyond=subject(good(list_category="cement_clinker")),
    ),
    "DAT-008": Case(
        subject(report(data_gaps=(gap(starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 2)),))),
        subject(report(data_gaps=(gap(starts_on=date(2025, 5, 1), ends_on=date(2025, 5, 2)),))),
        at=subject(report(data_gaps=(gap(starts_on=LAST_DAY, ends_on=LAST_DAY),))),
        beyond=subject(report(data_gaps=(gap(starts_on=LAST_DAY, ends_on=NEXT_DAY),))),
        more=(
            (
                subject(report(data_gaps=(gap(starts_on=date(2026, 1, 1)),))),
                subject(report(data_gaps=(gap(starts_on=date(2025, 12, 31)),))),
            ),
        ),
    ),
    "DAT-009": Case(
        subject(report(precursors=(precursor(supplies=(supply(period_starts_on=date(2026, 2, 1)),)),))),
        subject(report(precursors=(precursor(supplies=(supply(period_starts_on=date(2025, 1, 1)),)),))),
        at=subject(report(precursors=(precursor(supplies=(supply(period_ends_on=LAST_DAY),)),))),
        beyond=subject(report(precursors=(precursor(supplies=(supply(period_ends_on=NEXT_DAY),)),))),
        more=(
            (
                subject(report(precursors=(precursor(supplies=(supply(period_starts_on=date(2026, 1, 1)),)),))),
                subject(report(precursors=(precursor(supplies=(supply(period_starts_on=date(2025, 12, 31)),)),))),
            ),
        ),
    ),
    "DAT-010": Case(CLEAN, subject(good(is_known=False)), at=subject(good(is_known=True))),
    "DAT-012": Case(
        CLEAN,
        subject(report_starts_on=date(2025, 1, 1), report_ends_on=date(2025, 12, 31)),
        at=subject(report_starts_on=None),
        beyond=subject(report_ends_on=date(2026, 12, 30)),
    ),
    "EVI-001": Case(CLEAN, subject(evidence_purposes=frozenset()), at=subject(evidence_purposes=RECORDS)),
    "EVI-002": Case(CLEAN, subject(unclean_files=("report.pdf",)), at=subject(unclean_files=())),
    "EVI-003": Case(
        subject(report(co2_transfers=(transfer(),)), evidence_purposes=RECORDS),
        subject(report(co2_transfers=(transfer(),))),
        at=subject(report(co2_transfers=(transfer(amount_t="0"),))),
        beyond=subject(report(co2_transfers=(transfer(amount_t="0.1"),))),
    ),
    "EVI-004": Case(
        priced(),
        subject(good(carbon_price=price())),
        at=subject(good(carbon_price=price(due_per_unit="0"))),
        beyond=subject(good(carbon_price=price(due_per_unit="0.01"))),
    ),
    "EVI-005": Case(
        biomass("proven", evidence_purposes=RECORDS),
        biomass("proven"),
        at=biomass("unproven"),
        beyond=biomass("proven"),
    ),
    "PRI-001": Case(
        priced(share_covered="0.35"),
        priced(share_covered="35"),
        at=priced(share_covered="1"),
        beyond=priced(share_covered="1.01"),
        more=((priced(share_covered="0"), priced(share_covered="-0.01")),),
    ),
    "PRI-002": Case(
        priced(rebate_kind="Free allocation", rebate_per_unit="1"),
        priced(rebate_kind="Free allocation", rebate_per_unit="50"),
        at=priced(rebate_kind="Free allocation", rebate_per_unit="5"),
        beyond=priced(rebate_kind="Free allocation", rebate_per_unit="5.01"),
    ),
    "PRI-003": Case(
        priced(),
        priced(instrument="", currency=""),
        at=priced(due_per_unit="0", currency=""),
        beyond=priced(due_per_unit="0.01", currency=""),
    ),
    "PRI-004": Case(
        priced(rebate_share="0.2"),
        priced(rebate_share="80"),
        at=priced(rebate_share="1"),
        beyond=priced(rebate_share="1.001"),
        more=((priced(rebate_share="0"), priced(rebate_share="-0.01")),),
    ),
    "PRI-005": Case(priced(), priced(currency="dollar"), at=priced(currency="EUR"), beyond=priced(currency="EUr")),
    "PRI-006": Case(
        priced(rebate_kind="Free allocation", rebate_per_unit="1"),
        priced(rebate_kind="Free allocation"),
        at=priced(rebate_per_unit="0"),
        beyond=priced(rebate_per_unit="0.01"),
    ),
    "PRI-007": Case(
        priced(), priced(due_per_unit="-5"), at=priced(due_per_unit="0"), beyond=priced(due_per_unit="-0.01")
    ),
}
