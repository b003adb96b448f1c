"""Runs the scenario files beside it: facts in, expected answer out, each with its rule."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.factories.determination import approved
from tests.scenarios.packs import snapshot_of_pack
from verification.determination.engine import Question, determine
from verification.determination.obligation import obligation_of_line, specific_free_allocation
from verification.determination.records import record_of
from verification.kernel.quantities import round_half_up
from verification.kernel.spans import Span

FOLDER = Path(__file__).parent
KNOWN_AT = datetime(2026, 12, 1, tzinfo=UTC)
DECIDED_AT = datetime(2026, 11, 1, tzinfo=UTC)


def cases_of(file_name: str) -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob(f"*/{file_name}")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [pytest.param(content["scheme"], case, id=case["name"]) for case in content["cases"]]
    return found


@pytest.fixture(scope="module")
def compiled(django_db_setup, django_db_blocker):
    def compile_pack(scheme: str):
        with django_db_blocker.unblock():
            return snapshot_of_pack(scheme)

    return compile_pack


@pytest.mark.db
@pytest.mark.django_db
@pytest.mark.parametrize(("scheme", "case"), cases_of("determination.yaml"))
def test_determination_is_as_the_law_says(compiled, scheme, case):
    snapshot = compiled(scheme)
    overrides = [override_from(index, stated) for index, stated in enumerate(case.get("approved", ()))]
    question = Question(scheme=scheme, known_at=KNOWN_AT, **case["question"])
    record = record_of(determine(question, snapshot.tables, {"TR-9001": tuple(overrides)}, snapshot.parameters))
    assert case["cites"]
    assert {key: record[key] for key in case["expect"]} == case["expect"]


@pytest.mark.db
@pytest.mark.django_db
@pytest.mark.parametrize(("scheme", "case"), cases_of("obligation.yaml"))
def test_obligation_is_as_worked_out_by_hand(compiled, scheme, case):
    parameters = compiled(scheme).parameters
    new_year = Span.year(case["import_year"]).start
    expected = {name: Decimal(value) for name, value in case["expect"].items()}
    emissions = round_half_up(Decimal(case["base_default"]) * (1 + Decimal(case["mark_up"])), 3)
    allocation = specific_free_allocation(
        Decimal(case["benchmark_b"]),
        parameters.at("cbam_factor", new_year).value,
        parameters.at("cross_sectoral_correction_factor", new_year).value,
    )
    line = obligation_of_line(
        emissions_per_t=emissions, allocation_per_t=allocation, mass_t=Decimal(case["mass_t"]),
        price=Decimal(case["price"]),
    )  # fmt: skip
    found = {
        "emissions_per_t": emissions,
        "free_allocation_t": line.free_allocation_t,
        "certificates_t": line.certificates_t,
        "amount": line.amount,
    }
    assert found == expected


def override_from(index: int, stated: dict[str, Any]):
    return approved(
        id=f"approval-{index}",
        good_code=stated["good_code"],
        span=Span.year(stated["reporting_year"]),
        known_from=DECIDED_AT,
        see_direct=Decimal(stated["see_direct"]),
        see_total=Decimal(stated["see_total"]),
    )
