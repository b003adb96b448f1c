"""Runs the scenarios about reduction units: what the rules of a pack say on a day, and what of a claim is accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.scenarios.packs import compiled_pack
from tests.scenarios.test_scenarios import cases_of
from verification.kernel.quantities import plain
from verification.units.carbon_price import Surrendered, price_effectively_paid
from verification.units.limits import Emissions, OfferedBlock, accept, article_6_4_levies, base_of, limit_of
from verification.units.rules import UnitRules


def channel(rules: UnitRules, asked: dict[str, Any]) -> dict[str, Any]:
    day = asked["day"]
    found = {"in_force": rules.channel_on(day), "draft": rules.draft_channel_on(day)}
    return {name: row and row.value for name, row in found.items()} | {"takes_units": rules.takes_units_on(day)}


def agreement(rules: UnitRules, asked: dict[str, Any]) -> dict[str, Any]:
    found = rules.agreement_with(asked["country"], asked["day"])
    return {"is_in_force": found is not None, "certainty": found.certainty if found else ""}


def eligibility(rules: UnitRules, asked: dict[str, Any]) -> dict[str, Any]:
    rows = rules.eligibility_for(asked["programme"], asked["unit_type"], asked["day"])
    labels, method = asked.get("labels", ()), asked.get("methodology", "")
    return {
        "outcomes": [row.outcome for row in rows],
        "certainty": sorted({row.certainty for row in rows}),
        "referred_for_method": any(row.excludes_methodology(method, labels) for row in rows),
        **{key: [plain_text(asdict(row)[key]) for row in rows] for key in asked.get("show", ())},
    }


def acceptance(rules: UnitRules, asked: dict[str, Any]) -> dict[str, Any]:
    policy = rules.limit_for(asked["period_start"])
    stated = {f"{name}_tco2e": Decimal(value) for name, value in asked["emissions"].items()}
    emissions = Emissions(**{"gross_tco2e": Decimal(0), "adjustable_tco2e": Decimal(0)} | stated)
    limit = limit_of(policy, base_of(policy, emissions), Decimal(asked.get("carry", "0")))
    offered = [OfferedBlock(str(rank), name, units) for rank, (name, units) in enumerate(asked["offered"])]
    found = accept(offered, policy, limit, emissions.adjustable_tco2e)
    return {
        "limit": plain(found.limit_t),
        "accepted": plain(found.accepted_t),
        "excess": found.excess,
        "net": plain(found.net_obligation_tco2e),
        "certainty": policy.certainty,
    }


def price(rules: UnitRules, asked: dict[str, Any]) -> dict[str, Any]:
    cap = rules.switch("intl_credit_cap")
    handed_in = [Surrendered(kind, Decimal(tonnes), Decimal(paid)) for kind, tonnes, paid in asked["handed_in"]]
    found = price_effectively_paid(Decimal(asked["obligation"]), handed_in, credit_cap_share=Decimal(cap.value))
    return {
        "per_tco2e": plain(found.per_tco2e),
        "not_counted": plain(found.not_counted_t),
        "certainty": cap.certainty,
    }


def levies(rules: UnitRules, asked: dict[str, Any]) -> dict[str, Any]:
    parameters = compiled_pack(rules.scheme).snapshot.parameters
    found = article_6_4_levies(
        asked["issued"],
        adaptation_share=parameters.at("article_6_4_adaptation_share", asked["day"]).value,
        mitigation_share=parameters.at("article_6_4_mitigation_share", asked["day"]).value,
    )
    return {"adaptation": found.adaptation, "mitigation": found.mitigation, "available": found.available}


def deadline(rules: UnitRules, asked: dict[str, Any]) -> dict[str, Any]:
    return {"last_day": rules.filing_deadline(asked["period_end"])}


ASK: dict[str, Callable[[UnitRules, dict[str, Any]], dict[str, Any]]] = {
    each.__name__: each for each in (channel, agreement, eligibility, acceptance, price, levies, deadline)
}


def plain_text(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


@pytest.fixture(scope="module")
def rules_of(django_db_setup, django_db_blocker):
    def read(scheme: str) -> UnitRules:
        with django_db_blocker.unblock():
            return compiled_pack(scheme).unit_rules

    return read


@pytest.mark.db
@pytest.mark.django_db
@pytest.mark.parametrize(("scheme", "case"), cases_of("units.yaml"))
def test_rules_for_units_are_as_the_pack_says(rules_of, scheme, case):
    assert case["cites"]
    ((question, asked),) = case["ask"].items()
    found = ASK[question](rules_of(scheme), asked)
    assert {key: found[key] for key in case["expect"]} == case["expect"]
