"""Where plausibility begins. Policy of the portal, not law; law's own limits are in ``data/limits.yaml``.

Every number carries its reason; ``docs/checks.md`` prints this page's names beside the rules.
"""

from decimal import Decimal

STATED_DIFFERENCE = Decimal("0.000005")
"""tCO2e/t: a difference beyond half a unit of the fifth decimal is more than rounding."""

FAR_BELOW_DEFAULT = Decimal("0.25")
"""A value under this share of the default is looked at by a person."""

DEFAULT_SHARE = Decimal("0.10")
"""Share of emissions that rests on default values, above which a person looks."""

COORDINATE_DISTANCE_DEGREES = Decimal("0.05")
"""About five kilometres."""

SUM_TOLERANCE = Decimal("0.001")
"""A thousandth: sums that differ by less differ by rounded inputs and meter readings."""

RECONCILIATION_TOLERANCE = Decimal("0.001")
"""The factor is one where every stream was attributed; a thousandth leaves room for rounded shares."""

BALANCE_TOLERANCE = Decimal("0.02")
"""Two per cent: heat and electricity meters of industry differ by one to two per cent."""

CHANGE_TO_LAST_YEAR = Decimal("0.20")
"""A fifth: yearly changes of a works without a rebuild stay well below."""

PRODUCTION_CHANGE = Decimal("0.50")
"""Half: beyond it the works was extended, stopped or counted otherwise."""

DISTANCE_TO_MEDIAN = Decimal("0.50")
"""Half: works of one category and country differ by route and age, seldom by more."""

PEERS_NEEDED = 5
"""Fewer approved values say nothing about a category, and could reveal a competitor's."""

LOW_OXIDATION_PERCENT = Decimal("80")
"""Industrial firing burns more than nine tenths of the carbon; grates with wet fuel come down to here."""

HIGHEST_NET_CALORIFIC_VALUE_GJ_PER_T = Decimal("125")
"""Hydrogen, the richest fuel by mass, has 120 GJ/t."""

HIGHEST_NET_CALORIFIC_VALUE_GJ_PER_1000NM3 = Decimal("135")
"""Butane, the richest common gas by volume, has about 124 GJ per 1000 Nm3."""

LOWEST_NET_CALORIFIC_VALUE_GJ = Decimal("0.5")
"""Below it nothing burns by itself; blast furnace gas has about 2.5 GJ/t."""

LOWEST_EMISSION_FACTOR_TCO2_PER_TJ = Decimal("20")
"""Hydrogen-rich gases come down to about 30; below 20 the unit is wrong. Zero is a fuel without carbon."""

HIGHEST_EMISSION_FACTOR_TCO2_PER_TJ = Decimal("300")
"""Blast furnace gas, the highest of the standard factors, has 260."""

NET_CALORIFIC_VALUE_DISTANCE = Decimal("0.25")
"""A quarter: moisture and ash move the heating value of one kind of coal about that much."""

EMISSION_FACTOR_DISTANCE = Decimal("0.10")
"""A tenth: per unit of energy, fuels of one kind differ by a few per cent."""

GAS_DENSITY_G_PER_NM3 = Decimal("1980")
"""Pure CO2 weighs 1977 g/Nm3, N2O 1978: no concentration is higher."""

GAP_SHARE_OF_PERIOD = Decimal("0.10")
"""A tenth of the days without data is more than repairs explain."""

HIGHEST_BOILER_EFFICIENCY = Decimal("1.1")
"""Condensing boilers reach about 1.09 on the net calorific value; more is a percentage typed as a share."""

LOWEST_BOILER_EFFICIENCY = Decimal("0.4")
"""Old boilers lose a third; below 0.4 most of the fuel would be wasted."""

HIGHEST_HEAT_FACTOR_TCO2_PER_TJ = Decimal("250")
"""Lignite or coke (107 tCO2/TJ) at the lowest plausible efficiency."""

TJ_PER_MWH = Decimal("0.0036")
"""Conversion of units."""

HIGHEST_ELECTRICITY_FACTOR_TCO2E_PER_MWH = Decimal("2")
"""Old lignite or oil-shale units emit 1.2 to 1.5; a larger number is in kilograms."""

GRID_FACTOR_DISTANCE = Decimal("0.01")
"""The published grid factor is one number; a hundredth allows for its rounding."""

HIGHEST_PRECURSOR_UNITS_PER_UNIT = Decimal("5")
"""The heaviest ordinary need is about two tonnes of sinter per tonne of iron."""

HIGHEST_FUEL_ENERGY_GJ_PER_UNIT = Decimal("250")
"""Hydrogen from coal needs about 200 GJ/t, more than any other good; beyond it a unit is wrong."""

CONSECUTIVE_AUDITS = 5
"""Years in which one lead auditor may follow another; the rule of the emissions trading system, not yet confirmed."""

CLINKER_FACTOR_DISTANCE = Decimal("0.05")
"""A twentieth around the standard factor of clinker: its lime and magnesia content hardly varies."""

MONTHS_OF_A_YEAR = 12
"""The calendar."""

HIGHEST_SERIAL_NUMBER = 9223372036854775807
"""The largest number that fits into a signed field of 64 bits; registries print numbers near a thousand million."""

LONGEST_VERRA_VINTAGE_DAYS = 366
"""A leap year; the longest vintage of two hundred real Verra blocks."""

DAYS_BEFORE_PERIOD = 92
"""A quarter: units are sometimes retired ahead of the period for which they are meant."""

LOOKUP_AGE_DAYS = 30
"""A month: corrections of a registry reach its public export within that time."""

LOOKUP_DATE_DISTANCE_DAYS = 1
"""A day: registries print times of several time zones."""

PRICE_DISTANCE = Decimal("0.50")
"""Half: the price of one instrument within a year seldom moves further from its mean."""
