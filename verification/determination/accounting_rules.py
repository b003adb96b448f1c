"""What a scheme decides about the accounting of emissions, taken from its published release."""

from __future__ import annotations

from datetime import date

from verification.accounting.rules import AccountingRules
from verification.kernel.errors import MissingReference
from verification.reference.enums import OriginStanding
from verification.reference.selectors import categories, countries, kept_by_release

CODES_BY_NAME = {
    "Cement": ("cement",),
    "Cement clinker": ("cement_clinker",),
    "Calcined clays": ("calcined_clay",),
    "Aluminous cement": ("aluminous_cement",),
    "Iron or steel products": ("iron_or_steel_products",),
    "Crude steel": ("crude_steel",),
    "Direct reduced iron": ("direct_reduced_iron",),
    "Pig iron": ("pig_iron",),
    "Alloys (FeMn, FeCr, FeNi)": ("ferro_manganese", "ferro_chromium", "ferro_nickel"),
    "Sintered Ore": ("sintered_ore",),
    "Hydrogen": ("hydrogen",),
    "Ammonia": ("ammonia",),
    "Nitric acid": ("nitric_acid",),
    "Urea": ("urea",),
    "Mixed fertilisers": ("mixed_fertilisers",),
    "Aluminium products": ("aluminium_products",),
    "Unwrought aluminium": ("unwrought_aluminium",),
    "Electricity (export to EU)": ("electricity",),
}
"""Categories as reports name them, to the codes of the packs; ferro-alloys are one there and three here."""

CONTENT_BY_UNIT = {"t clinker": "clinker_factor", "kg N": "nitrogen_share"}
OWN_UNIT = {"cement_clinker"}
"""Clinker is all clinker: its functional unit is its own tonne."""


@kept_by_release
def rules_of(scheme: str, on: date) -> AccountingRules:
    """Zero-rated origins, scope of indirect emissions and functional units of ``scheme``.

    Precursors of domestic and exempt origin carry nothing (Implementing Regulation (EU) 2025/2547, Annex III,
    B); whether indirect emissions count is the scheme's word on each category. Raises ``MissingReference``
    where categories that reports join have different scopes.
    """
    rows = {row.code: row for row in categories(scheme)}
    scope, content = {}, {}
    for name, codes in CODES_BY_NAME.items():
        known = [rows[code] for code in codes if code in rows]
        scopes = {row.scope for row in known}
        if len(scopes) > 1:
            raise MissingReference(f"{scheme} gives the categories of {name} different scopes on {on}.")
        if scopes:
            scope[name] = scopes != {"direct"}
        parameter = CONTENT_BY_UNIT.get(known[0].functional_unit, "") if known else ""
        if parameter and codes[0] not in OWN_UNIT:
            content[name] = parameter
    return AccountingRules(
        zero_rated_origins=frozenset(
            countries(scheme, on)
            .filter(standing__in=(OriginStanding.DOMESTIC, OriginStanding.EXEMPT))
            .values_list("iso2", flat=True)
        ),
        indirect_scope=scope,
        functional_unit=content,
    )
