"""Where plausibility begins. Policy of the portal, not law; law's own limits come from the packs."""

from decimal import Decimal

STATED_DIFFERENCE = Decimal("0.000005")
"""tCO2e/t: a difference beyond half a unit of the fifth decimal is more than rounding."""

FAR_BELOW_DEFAULT = Decimal("0.25")
"""A value under this share of the default is looked at by a person."""

DEFAULT_SHARE = Decimal("0.10")
"""Share of direct emissions that rests on default values, above which a person looks."""

COORDINATE_DISTANCE_DEGREES = Decimal("0.05")
"""About five kilometres."""
