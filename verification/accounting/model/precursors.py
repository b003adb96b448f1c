"""Precursors that the installation buys, and the producers who delivered them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from verification.accounting.categories import unit_of
from verification.accounting.enums import ValueSource
from verification.accounting.model.processes import Consumption, RouteAmount
from verification.kernel.quantities import exact


@dataclass(frozen=True)
class Supply:
    """What one producer delivered of a precursor, in the precursor's unit, with that producer's data.

    ``certificate_number`` is of a certificate of this portal; the verifier's data come with it.
    ``is_traced`` marks deliveries proven to be the ones used (2025/2547 Article 14).
    """

    id: str
    operator: str = ""
    installation: str = ""
    registry_id: str = ""
    country: str = ""
    cn: str = ""
    route: str = ""
    amount: Decimal | None = None
    period_starts_on: date | None = None
    period_ends_on: date | None = None
    period_method: str = ""
    value_source: ValueSource | None = None
    see_direct_tco2e_per_unit: Decimal | None = None
    see_indirect_tco2e_per_unit: Decimal | None = None
    electricity_mwh_per_unit: Decimal | None = None
    electricity_factor_tco2e_per_mwh: Decimal | None = None
    default_reference: str = ""
    certificate_number: str = ""
    verifier: str = ""
    verifier_accreditation: str = ""
    verification_dated_on: date | None = None
    is_traced: bool | None = None


@dataclass(frozen=True)
class Precursor:
    """A bought precursor; ``country`` is where it was made.

    ``supplies`` tells deliveries apart; where there are any, their values count instead of the
    precursor's own, weighted by quantity over all of them, or over the traced ones where
    ``is_traced_subset`` (2025/2547 Article 14). ``see_indirect_stated_tco2e_per_unit`` is an indirect
    value that came as a whole, from a certificate or a default, where no electricity is known.
    """

    id: str
    name: str = ""
    cn: str = ""
    category: str = ""
    country: str = ""
    routes: tuple[str, ...] = ()
    purchased: tuple[RouteAmount, ...] = ()
    consumed_in: tuple[Consumption, ...] = ()
    consumed_for_other_purposes: Decimal | None = None
    see_direct_tco2e_per_unit: Decimal | None = None
    see_direct_source: ValueSource | None = None
    electricity_mwh_per_unit: Decimal | None = None
    electricity_source: ValueSource | None = None
    electricity_factor_tco2e_per_mwh: Decimal | None = None
    electricity_factor_source: str = ""
    see_indirect_stated_tco2e_per_unit: Decimal | None = None
    default_justification: str = ""
    default_reference: str = ""
    supplies: tuple[Supply, ...] = ()
    is_traced_subset: bool | None = None

    @property
    def unit(self) -> str:
        return unit_of(self.category)

    @property
    def see_indirect_tco2e_per_unit(self) -> Decimal | None:
        """Electricity per unit times its factor, else the value stated as a whole, else ``None``."""
        if self.electricity_mwh_per_unit is None or self.electricity_factor_tco2e_per_mwh is None:
            return self.see_indirect_stated_tco2e_per_unit
        with exact():
            return self.electricity_mwh_per_unit * self.electricity_factor_tco2e_per_mwh
