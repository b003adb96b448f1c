"""Choices that forms of several audiences offer; codes come from the published schemes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from verification.reference.selectors import categories, country_names, known_schemes

SECTOR_WORDS = {
    "cement": _("Cement"),
    "iron_steel": _("Iron and steel"),
    "aluminium": _("Aluminium"),
    "fertilisers": _("Fertilisers"),
    "hydrogen": _("Hydrogen"),
    "electricity": _("Electricity"),
}


def country_choices() -> list[tuple[str, Any]]:
    names: dict[str, str] = {}
    for code in known_schemes():
        names |= country_names(code)
    return [("", _("Choose")), *sorted(names.items(), key=lambda pair: pair[1])]


def sector_choices() -> list[tuple[str, Any]]:
    """Sectors with goods in any scheme."""
    found: set[str] = set()
    for code in known_schemes():
        found |= set(categories(code).values_list("sector", flat=True))
    return [(sector, SECTOR_WORDS.get(sector, sector)) for sector in sorted(found)]
