"""What a scheme decides about the accounting; the caller fills it, the formulas receive it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from verification.accounting.categories import category_named


@dataclass(frozen=True)
class AccountingRules:
    """Rules of one scheme and legal date; without any, no origin counts zero and no scope is known.

    ``zero_rated_origins`` are ISO 3166 alpha-2 codes of countries whose precursors carry nothing: the
    Union and the exempted countries (2025/2547 Annex III, B). ``indirect_scope`` says by the name of the
    goods category whether its indirect emissions count (Annex I, 3.1). ``functional_unit`` gives by the
    name of the goods category the product's parameter that makes the functional unit, where that is not
    the tonne of good (Article 4): ``clinker_factor`` or ``nitrogen_share``.
    """

    zero_rated_origins: frozenset[str] = frozenset()
    indirect_scope: Mapping[str, bool] = field(default_factory=dict)
    functional_unit: Mapping[str, str] = field(default_factory=dict)

    def is_zero_rated(self, country: str) -> bool:
        return country.strip().upper() in self.zero_rated_origins

    def has_indirect_in_scope(self, category: str) -> bool | None:
        """``None`` where the scheme says nothing of the category."""
        return self.indirect_scope.get(_official(category))

    def content_parameter(self, category: str) -> str:
        """Empty where the functional unit is the unit of the category itself."""
        return self.functional_unit.get(_official(category), "")


NO_RULES = AccountingRules()


def _official(category: str) -> str:
    known = category_named(category)
    return known.name if known else category
