"""The second reading's arithmetic with missing numbers, and the emissions of single streams (Annex II, B)."""

from __future__ import annotations

from fractions import Fraction as F

from verification.accounting.enums import BiomassProof, MeasuredGas, PfcMethod, StreamMethod

CARBON, MONOXIDE = F("3.664"), F("1.571")
N2O, CF4, C2F6 = 265, 6630, 11100


def f(value):
    return None if value is None else F(value)


def plus(values):
    """Sum, or None when one is None."""
    total = F(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total


def times(*values):
    product = F(1)
    for value in values:
        if value is None:
            return None
        product *= value
    return product


def over(value, divisor):
    return None if value is None or not divisor else value / divisor


def biomass_of(record):
    unproven = record.biomass_proof is BiomassProof.UNPROVEN
    return F(0) if unproven or record.biomass_percent is None else F(record.biomass_percent) / 100


def stream_emissions(stream):
    """(fossil, zero-rated biomass, energy in TJ)"""
    bio = biomass_of(stream)
    amount, ncv = f(stream.activity_data), f(stream.net_calorific_value_gj_per_unit)
    energy = None if amount is None or ncv is None else amount * ncv / 1000
    if stream.method is StreamMethod.MASS_BALANCE:
        whole = times(CARBON, amount, f(stream.carbon_content))
    else:
        used = stream.oxidation_percent if stream.method is StreamMethod.COMBUSTION else stream.conversion_percent
        part = F(1) if used is None else F(used) / 100
        base = energy if stream.emission_factor_unit == "tCO2/TJ" else amount
        whole = times(base, f(stream.emission_factor), part)
    if whole is None or stream.method is None:
        return None, None, None
    return whole * (1 - bio), whole * bio, energy


def pfc_emissions(stream):
    if stream.method is PfcMethod.SLOPE:
        cf4 = times(
            f(stream.effects_per_cell_day),
            f(stream.minutes_per_effect),
            f(stream.slope_factor_kg_cf4_per_t_minute),
            f(stream.production_t),
            F(1, 1000),
        )
    else:
        ratio = over(f(stream.overvoltage_mv), f(stream.current_efficiency_percent))
        coefficient = f(stream.overvoltage_coefficient_kg_cf4_per_t_mv)
        cf4 = times(coefficient, ratio, f(stream.production_t), F(1, 1000))
    fraction = f(stream.c2f6_weight_fraction)
    if cf4 is None or fraction is None:
        return None
    return (cf4 * CF4 + cf4 * fraction * C2F6) / (
        F(1) if stream.collection_efficiency is None else F(stream.collection_efficiency)
    )


def measured_emissions(source):
    """(fossil, zero-rated biomass)"""
    gas = times(
        f(source.concentration_g_per_nm3), f(source.operating_hours), f(source.flow_1000nm3_per_hour), F(1, 1000)
    )
    if gas is None or source.gas is None:
        return None, None
    carbon_monoxide = F(source.co_concentration_g_per_nm3 or 0)
    monoxide = carbon_monoxide * F(source.operating_hours) * F(source.flow_1000nm3_per_hour) / 1000 * MONOXIDE
    bio = biomass_of(source)
    if source.gas is MeasuredGas.N2O:
        return gas * N2O + monoxide * (1 - bio), monoxide * bio
    return (gas + monoxide) * (1 - bio), (gas + monoxide) * bio
