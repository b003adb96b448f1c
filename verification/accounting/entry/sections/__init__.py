"""All sections, in the order in which a person answers them."""

from __future__ import annotations

from functools import cache

from verification.accounting.entry.schema import Section
from verification.accounting.entry.sections import energy, goods, precursors, processes, site, streams

SECTIONS: tuple[Section, ...] = (
    site.INSTALLATION,
    site.PERIOD,
    site.PLAN,
    processes.GOODS_CATEGORIES,
    processes.PROCESSES,
    streams.STREAMS,
    streams.ANODE_EFFECTS,
    streams.MEASURED,
    streams.DATA_GAPS,
    streams.TRANSFERS,
    energy.HEAT_SOURCES,
    energy.CHP_UNITS,
    streams.ATTRIBUTION,
    energy.ELECTRICITY_SOURCES,
    energy.ENERGY_USE,
    processes.PRODUCTION,
    processes.ROUTE_PRODUCTION,
    processes.INTERNAL_USE,
    processes.CO_PRODUCTS,
    site.OTHER_GOODS,
    precursors.PRECURSORS,
    precursors.PURCHASES,
    precursors.PRECURSOR_USE,
    precursors.DELIVERIES,
    goods.GOODS,
    goods.COMPOSITION,
    site.TOTALS,
    site.QUALITY,
    site.ADDENDA,
    site.VERIFIER,
)


@cache
def _by_key() -> dict[str, Section]:
    return {section.key: section for section in SECTIONS}


def section_named(key: str) -> Section:
    """Raises ``LookupError`` for a key that names no section."""
    try:
        return _by_key()[key]
    except KeyError:
        raise LookupError(f"There is no section {key!r}.") from None
