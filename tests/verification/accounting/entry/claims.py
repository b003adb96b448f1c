"""Answers that tell one small claim without a fault, to be spoilt by tests one answer at a time."""

from __future__ import annotations

from copy import deepcopy

GOOD = {
    "installation": {"-": {"name": "Kiln works", "city": "Gaziantep", "country": "TR"}},
    "period": {"-": {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}},
    "processes": {
        "P1": {"name": "Kiln", "category": "Cement clinker"},
        "P2": {"name": "Steel furnace", "category": "Crude steel"},
    },
    "streams": {
        "S1": {
            "name": "Coal",
            "method": "combustion",
            "activity_data": "88000",
            "activity_data.unit": "t",
            "net_calorific_value": "25",
            "net_calorific_value.unit": "GJ/t",
            "emission_factor": "95",
            "emission_factor.unit": "tCO2/TJ",
            "biomass": "0",
            "biomass.unit": "%",
        },
        "S2": {
            "name": "Raw meal",
            "method": "process",
            "activity_data": "1255",
            "activity_data.unit": "kt",
            "emission_factor": "525",
            "emission_factor.unit": "kgCO2/t",
        },
    },
    "attribution": {
        "S1~P1": {"percent": "60", "percent.unit": "%"},
        "S1~P2": {"percent": "0.4", "percent.unit": "share of 1"},
    },
    "route_production": {
        "P1~All production routes": {"amount": "1255", "amount.unit": "thousand units"},
        "P2~Electric arc furnace": {"amount": "10", "amount.unit": "t"},
    },
    "goods": {"N1": {"process": "P1", "cn": "2523 10 00"}},
    "composition": {"N1~clinker_factor": {"value": "95", "value.unit": "%"}},
    "anode_effects": {
        "A1": {
            "technology": "CWPB",
            "method": "slope",
            "production": "10",
            "production.unit": "kt",
            "c2f6_fraction": "0.121",
            "collection_efficiency": "98",
            "collection_efficiency.unit": "%",
        }
    },
}


def spoilt(address: str, text: str | None) -> dict:
    """``GOOD`` with one answer put in, or taken out where ``text`` is ``None``."""
    answers = deepcopy(GOOD)
    section, _, rest = address.partition("/")
    row, _, name = rest.rpartition("/")
    answers.setdefault(section, {}).setdefault(row, {})
    if text is None:
        answers[section][row].pop(name)
    else:
        answers[section][row][name] = text
    return answers
