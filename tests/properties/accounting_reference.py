"""A second, slow reading of the rules of 2025/2547 in exact fractions; shares no formula with the product.

Written from the text of the act, one function a rule, numbers of the act typed in again. ``None`` is a value
that cannot be had.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction as F

from tests.properties.reference_streams import f, measured_emissions, over, pfc_emissions, plus, stream_emissions, times
from verification.accounting.enums import (
    ElectricityKind,
    HeatKind,
    TransferDirection,
    TransferPurpose,
    ValueSource,
)

NATURAL_GAS, WASTE_GAS_CORRECTION = F("56.1"), F("0.667")
BOILER, CHP_HEAT, CHP_POWER, TJ_OF_MWH = F("0.9"), F("0.55"), F("0.25"), F("0.0036")
POWER_REFERENCES = {"S1": F("0.442"), "S2": F("0.418"), "G13": F("0.35"), "G12": F("0.42")}


@dataclass
class Site:
    """Everything that the act asks of one installation, worked out."""

    report: object
    rules: object

    def __post_init__(self):
        self.known = {}
        self.emitters = self._emitters()
        self.installation = plus(emission for emission, _, _ in self.emitters) if self.emitters else None
        self.given = {}
        self.energy = {}
        for emission, shares, energy in self.emitters:
            for target, percent in shares:
                self.given.setdefault(target, []).append(times(emission, percent))
                if energy is not False:
                    self.energy.setdefault(target, []).append(times(energy, percent))

    def _emitters(self):
        """(emission, [(target, share)], energy; False where there can be none)"""
        report, found, shares_of = self.report, [], {}
        biomass = F(0)
        for stream in report.source_streams:
            fossil, bio, energy = stream_emissions(stream)
            biomass += bio or 0
            shares_of[stream.id] = _shares(stream)
            found.append((fossil, _shares(stream), energy))
        for stream in report.pfc_streams:
            shares_of[stream.id] = _shares(stream)
            found.append((pfc_emissions(stream), _shares(stream), False))
        for source in report.measured_sources:
            fossil, bio = measured_emissions(source)
            biomass += bio or 0
            shares_of[source.id] = _shares(source)
            found.append((fossil, _shares(source), False))
        for gap in report.data_gaps:
            found.append((f(gap.emissions_tco2e), _shares(gap) or shares_of.get(gap.stream, []), False))
        for transfer in report.co2_transfers:
            stored = transfer.purpose in (TransferPurpose.STORAGE, TransferPurpose.BINDING)
            if transfer.direction is TransferDirection.OUT and stored:
                bio = f(transfer.biomass_percent)
                if bio is None and biomass == 0:
                    bio = F(0)
                off = None if bio is None else times(f(transfer.amount_t), 1 - bio / 100, F(-1))
                found.append((off, [(transfer.process, F(1))] if transfer.process else [], False))
        return found

    def once(self, key, formula):
        if key not in self.known:
            self.known[key] = formula()
        return self.known[key]

    def received(self, target):
        return plus(self.given[target]) if target in self.given else None

    def fuel(self, target):
        found = self.energy.get(target)
        return plus(found) if found else None

    # Heat and electricity

    def heat_factor(self, source_id):
        for unit in self.report.chp_units:
            if unit.id == source_id:
                return self.chp(unit)[0]
        for source in self.report.heat_sources:
            if source.id == source_id:
                return self.boiler_factor(source)
        return None

    def boiler_factor(self, source):
        if source.kind in (HeatKind.EXOTHERMIC, HeatKind.ELECTRIC):
            return F(0)
        fuel_factor = f(source.fuel_factor_tco2_per_tj)
        if source.kind is HeatKind.BOUGHT_UNVERIFIED:
            return over(fuel_factor, BOILER)
        if source.stated_factor_tco2_per_tj is not None:
            return F(source.stated_factor_tco2_per_tj)
        if fuel_factor is not None:
            return over(fuel_factor, f(source.efficiency))
        if source.kind is HeatKind.BOUGHT_VERIFIED or source.id not in self.given:
            return None
        emissions = self.received(source.id)
        if source.efficiency is not None and (self.fuel(source.id) or 0) > 0:
            return over(over(emissions, self.fuel(source.id)), f(source.efficiency))
        return over(emissions, f(source.amount_tj))

    def chp(self, unit):
        """(tCO2/TJ heat, tCO2/MWh electricity)"""
        return self.once(("chp", unit.id), lambda: self._chp(unit))

    def _chp(self, unit):
        emissions = f(unit.fuel_emissions_tco2)
        if emissions is None:
            emissions = self.received(unit.id)
        energy = f(unit.fuel_tj) if unit.fuel_tj is not None else self.fuel(unit.id)
        if emissions is None or energy is None or energy <= 0:
            return None, None
        emissions += F(unit.flue_gas_cleaning_tco2 or 0)
        heat = CHP_HEAT * energy if unit.heat_tj is None else F(unit.heat_tj)
        power = CHP_POWER * energy / TJ_OF_MWH if unit.electricity_mwh is None else F(unit.electricity_mwh)
        heat_weight, power_weight = F(0), F(0)
        if heat:
            if not unit.heat_reference_efficiency:
                return None, None
            heat_weight = heat / energy / F(unit.heat_reference_efficiency)
        if power:
            reference = f(unit.electricity_reference_efficiency) or POWER_REFERENCES.get(unit.reference_fuel)
            if reference is None:
                return None, None
            power_weight = power * TJ_OF_MWH / energy / reference
        whole = heat_weight + power_weight
        if not whole:
            return None, None
        return over(emissions * heat_weight / whole, heat), over(emissions * power_weight / whole, power)

    def power_source(self, source_id):
        """(factor, part on default values)"""
        for source in self.report.electricity_sources:
            if source.id == source_id:
                return self.power_of(source)
        for unit in self.report.chp_units:
            if unit.id == source_id:
                return self.chp(unit)[1], F(0)
        return None, None

    def power_of(self, source):
        if source.chp_unit:
            (factor,) = [self.chp(unit)[1] for unit in self.report.chp_units if unit.id == source.chp_unit]
            return factor, F(0)
        factor = f(source.factor_tco2e_per_mwh)
        return factor, _on_default(factor, source.factor_source, source.kind)

    def mean_power(self):
        sources = self.report.electricity_sources
        if len(sources) == 1:
            return self.power_of(sources[0])
        amounts = [f(source.amount_mwh) for source in sources]
        whole = plus(amounts)
        pairs = [self.power_of(source) for source in sources]
        factor = plus(times(amount, pair[0]) for amount, pair in zip(amounts, pairs, strict=True))
        default = plus(
            F(0) if amount == 0 else times(amount, pair[1]) for amount, pair in zip(amounts, pairs, strict=True)
        )
        factor = over(factor, whole)
        return factor, None if factor is None else over(default, whole)

    def process_power(self, process):
        if process.electricity_factor_tco2e_per_mwh is not None:
            factor = F(process.electricity_factor_tco2e_per_mwh)
            return factor, _on_default(factor, process.electricity_factor_source, None)
        if process.electricity_source:
            return self.power_source(process.electricity_source)
        return self.mean_power() if self.report.electricity_sources else (None, None)

    # Processes

    def dir_em(self, process):
        stated = f(process.direct_emissions_tco2e)
        return self.received(process.id) if stated is None else stated

    def reconciliation(self):
        """(installation, energy units, processes, factor)"""
        return self.once("reconciliation", self._reconciliation)

    def _reconciliation(self):
        units = []
        for unit in self.report.chp_units:
            if unit.id in self.given:
                units.append(self.received(unit.id))
            else:
                stated = f(unit.fuel_emissions_tco2)
                units.append(None if stated is None else stated + F(unit.flue_gas_cleaning_tco2 or 0))
        for source in self.report.heat_sources:
            if source.id in self.given:
                units.append(self.received(source.id))
            elif source.kind is HeatKind.BOILER:
                units.append(times(self.boiler_factor(source), f(source.amount_tj)))
        others = f(self.report.totals.other_processes_direct_tco2e)
        processes = plus(self.dir_em(process) for process in self.report.processes)
        if others is None and self.report.other_goods:
            processes = None
        elif processes is not None:
            processes += others or 0
        energy = plus(units)
        factor = None
        if None not in (self.installation, energy, processes) and processes > 0:
            factor = (self.installation - energy) / processes
        return self.installation, energy, processes, factor

    def attributed_direct(self, process):
        return self.once(("direct", process.id), lambda: self._attributed_direct(process))

    def _attributed_direct(self, process):
        own = self.dir_em(process)
        if self.report.totals.is_reconciled:
            own = times(own, self.reconciliation()[3])
        terms = [own]
        heat, gas = process.heat, process.waste_gas
        if heat.imported_tj:
            factor = f(heat.import_factor_tco2_per_tj)
            factor = self.heat_factor(heat.import_source) if factor is None else factor
            terms.append(times(F(heat.imported_tj), factor))
        if heat.exported_tj:
            factor = f(heat.export_factor_tco2_per_tj)
            without = [s.id for s in self.report.heat_sources if s.kind in (HeatKind.EXOTHERMIC, HeatKind.ELECTRIC)]
            if factor is None or heat.export_source in without:
                factor = self.heat_factor(heat.export_source)
            terms.append(times(F(-1), F(heat.exported_tj), factor))
        terms.append(F(gas.imported_tj or 0) * NATURAL_GAS)
        terms.append(-F(gas.exported_tj or 0) * NATURAL_GAS * WASTE_GAS_CORRECTION)
        if process.electricity_exported_mwh:
            factor = f(process.electricity_export_factor_tco2_per_mwh)
            factor = self.power_source(process.electricity_export_source)[0] if factor is None else factor
            terms.append(times(F(-1), F(process.electricity_exported_mwh), factor))
        total = plus(terms)
        return None if total is None else max(total, F(0))

    def attributed_indirect(self, process):
        return times(f(process.electricity_mwh), self.process_power(process)[0])

    def scope(self, category):
        return self.rules.indirect_scope.get(category)

    # Precursors: (direct, indirect, electricity, default direct, default indirect, in scope)

    def precursor(self, precursor):
        return self.once(("precursor", precursor.id), lambda: self._precursor(precursor))

    def _precursor(self, precursor):
        if precursor.supplies:
            values = self._supplies(precursor)
        elif precursor.country in self.rules.zero_rated_origins:
            values = (F(0),) * 5
        else:
            direct = f(precursor.see_direct_tco2e_per_unit)
            power, factor = f(precursor.electricity_mwh_per_unit), f(precursor.electricity_factor_tco2e_per_mwh)
            indirect = times(power, factor)
            if indirect is None:
                indirect = f(precursor.see_indirect_stated_tco2e_per_unit)
            by = precursor.electricity_source or precursor.see_direct_source
            values = (
                direct,
                indirect,
                power,
                direct if precursor.see_direct_source is ValueSource.DEFAULT else F(0),
                indirect if by is ValueSource.DEFAULT else F(0),
            )
        used = [item for item in precursor.supplies if item.is_traced or not precursor.is_traced_subset]
        origins = [item.country or precursor.country for item in used] if precursor.supplies else [precursor.country]
        is_zero = bool(origins) and all(origin in self.rules.zero_rated_origins for origin in origins)
        is_zero = is_zero and values[0] is not None
        in_scope = self.scope(precursor.category)
        counted = {True: values[1], False: F(0), None: F(0) if is_zero else None}[in_scope]
        return (*values, counted)

    def _supplies(self, precursor):
        used = [supply for supply in precursor.supplies if supply.is_traced or not precursor.is_traced_subset]
        if not used:
            return (None,) * 5
        rows = [self._supply(supply, precursor) for supply in used]
        if len(used) == 1:
            return rows[0]
        amounts = [f(supply.amount) for supply in used]
        whole = plus(amounts)
        return tuple(
            over(plus(times(amount, row[place]) for amount, row in zip(amounts, rows, strict=True)), whole)
            for place in range(5)
        )

    def _supply(self, supply, precursor):
        if (supply.country or precursor.country) in self.rules.zero_rated_origins:
            return (F(0),) * 5
        direct = f(supply.see_direct_tco2e_per_unit)
        power = f(supply.electricity_mwh_per_unit)
        indirect = times(power, f(supply.electricity_factor_tco2e_per_mwh))
        if indirect is None:
            indirect = f(supply.see_indirect_tco2e_per_unit)
        is_default = supply.value_source is ValueSource.DEFAULT
        return direct, indirect, power, direct if is_default else F(0), indirect if is_default else F(0)

    # Specific embedded emissions

    def embedded(self):
        """Column by column, value by process."""
        own = {process.id: self._own(process) for process in self.report.processes}
        return [_solve(self.report.processes, {name: row[place] for name, row in own.items()}) for place in range(6)]

    def _own(self, process):
        """(direct, indirect, electricity, default direct, default indirect, in scope) of the period."""
        level = process.activity_level
        if not level:
            return (None,) * 6
        indirect, (_, default) = self.attributed_indirect(process), self.process_power(process)
        in_scope = {True: indirect, False: F(0), None: None}[self.scope(process.category)]
        on_default = times(f(process.electricity_mwh), default)
        if indirect is None:
            on_default = None
        elif not process.electricity_mwh:
            on_default = F(0)
        sums = [self.attributed_direct(process), indirect, f(process.electricity_mwh), F(0), on_default, in_scope]
        for precursor in self.report.precursors:
            for use in precursor.consumed_in:
                if use.process == process.id and use.amount:
                    row = self.precursor(precursor)
                    sums = [plus((total, times(F(use.amount), part))) for total, part in zip(sums, row, strict=True)]
        return tuple(sums)


def _shares(record):
    return [(share.target, F(share.percent) / 100) for share in record.attributed_to]


def _on_default(factor, code, kind):
    if factor is None:
        return None
    if code in ("D.4(a)", "D.4(b)"):
        return factor
    if code in ("D.4.1", "D.4.2", "D.4.3.1", "D.4.3.2"):
        return F(0)
    if code or kind is None:
        return None
    return factor if kind is ElectricityKind.GRID else F(0)


def _solve(processes, own):
    """Total over the period of every process by elimination: E_c = own_c + Σ amount / level_s × E_s."""
    unknown = {name for name, value in own.items() if value is None}
    links = [
        (use.process, supplier, F(use.amount)) for supplier in processes for use in supplier.consumed_in if use.amount
    ]
    for _ in processes:
        unknown |= {consumer for consumer, supplier, _ in links if supplier.id in unknown}
    known = [process for process in processes if process.id not in unknown]
    level = {process.id: F(process.activity_level) for process in known}
    rows = []
    for process in known:
        row = {other.id: F(other is process) for other in known}
        for consumer, supplier, amount in links:
            if consumer == process.id:
                row[supplier.id] -= amount / level[supplier.id]
        rows.append([row[other.id] for other in known] + [own[process.id]])
    size = len(known)
    for column in range(size):
        pivot = next(place for place in range(column, size) if rows[place][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for place in range(size):
            if place != column and rows[place][column]:
                by = rows[place][column] / rows[column][column]
                rows[place] = [left - by * right for left, right in zip(rows[place], rows[column], strict=True)]
    totals = {process.id: rows[place][size] / rows[place][place] for place, process in enumerate(known)}
    return {
        process.id: totals[process.id] / level[process.id] if process.id in totals else None for process in processes
    }
