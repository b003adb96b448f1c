"""Emissions of a multi-functional process divided among the substances that it makes.

Implementing Regulation (EU) 2025/2547, Annex III, A.2.1, equation 43: by moles, or by mass where the molar mass
of one of the substances is not known. It comes after heat and waste gases (A.2), for direct and indirect
emissions alike, and for the electricity behind them.
"""

from __future__ import annotations

from decimal import Decimal

from verification.accounting.model import Process
from verification.accounting.tree import MissingInput, Node, given
from verification.kernel.quantities import exact

REFERENCE = "IR (EU) 2025/2547, Annex III, A.2.1, eq 43"

PART_FORMULA = "Em × share"


def share_of_product(process: Process) -> Node | None:
    """The part of the process's emissions that belongs to its own goods; ``None`` without co-products.

    Raises ``MissingInput`` while an amount of a co-product, or the production, is missing.
    """
    if not process.co_products:
        return None
    missing = tuple(
        f"co_products.{index}.amount_t" for index, item in enumerate(process.co_products) if item.amount_t is None
    )
    level = process.activity_level
    if missing or not level:
        raise MissingInput(missing or ("production",))
    masses = [process.product_molar_mass_g_per_mol, *(item.molar_mass_g_per_mol for item in process.co_products)]
    amounts = [level, *(item.amount_t or Decimal(0) for item in process.co_products)]
    names = [process.name or process.id, *(item.name or item.id for item in process.co_products)]
    by_moles = all(mass is not None and mass > 0 for mass in masses)
    with exact():
        parts = [amount / mass if by_moles and mass else amount for amount, mass in zip(amounts, masses, strict=True)]
        value = parts[0] / sum(parts, Decimal(0))
    inputs = [given(f"m, {name}", amount, "t") for name, amount in zip(names, amounts, strict=True)]
    if by_moles:
        inputs += [given(f"M, {name}", mass or Decimal(0), "g/mol") for name, mass in zip(names, masses, strict=True)]
    formula = "(m / M) / Σ (mᵢ / Mᵢ)" if by_moles else "m / Σ mᵢ"
    return Node("Share of the product", value, "1", formula, REFERENCE, inputs=tuple(inputs))


def product_part(whole: Node, share: Node | None) -> Node:
    """``whole`` itself without co-products, else the part of it that belongs to the process's own goods."""
    if share is None:
        return whole
    with exact():
        value = whole.value * share.value
    return Node(whole.label, value, whole.unit, PART_FORMULA, REFERENCE, inputs=(whole, share))


def whole_of(part: Node) -> Node:
    """The emissions of the whole process, where ``part`` is what belongs to its own goods; else ``part`` itself."""
    return part.inputs[0] if part.formula == PART_FORMULA else part
