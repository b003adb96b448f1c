"""What is wrong with the content of a template that was read, beyond single cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from verification.accounting.calculation import Gap, InstallationResult
from verification.accounting.enums import ValueSource
from verification.accounting.model import InstallationReport, Process
from verification.accounting.template import layout
from verification.accounting.template.cells import Cells
from verification.accounting.template.reading import TemplateRules
from verification.kernel.quantities import exact, plain

LOCODE = re.compile(r"^[A-Z]{2}[A-Z2-9]{3}$")
COARSE_BELOW_DECIMALS = 4  # a number cell drops trailing zeros, so six cannot be told from four
BALANCE_TOLERANCE = Decimal("0.000001")
EXCESS_TOLERANCE = Decimal("0.001")
INDIRECT = ("electricity_mwh", "electricity_factor_tco2e_per_mwh", "electricity_mwh_per_unit")


class Judge:
    """Notes problems of ``report`` on ``cells``, each at the cell of its field."""

    def __init__(
        self, cells: Cells, report: InstallationReport, result: InstallationResult, rules: TemplateRules
    ) -> None:
        self.cells, self.report, self.result, self.rules = cells, report, result, rules

    def note(self, code: str, path: str, message: str, found: object = "", expected: str = "") -> None:
        sheet, cell = self.cells.places.get(path, ("", ""))
        self.cells.note(code, message, sheet, cell, path, found, expected)

    def judge(self) -> None:
        self._period()
        self._installation()
        self._goods_and_processes()
        self._gaps()
        self._balances()
        self._products()

    def _was_noted(self, path: str) -> bool:
        return any(item.field == path for item in self.cells.problems)

    # Who, where, when

    def _period(self) -> None:
        start, end = self.report.period.starts_on, self.report.period.ends_on
        if start is None or end is None:
            for name, day in (("starts_on", start), ("ends_on", end)):
                if day is None and not self._was_noted(f"period.{name}"):
                    self.note("TPL-040", f"period.{name}", "The reporting period is not complete.", "nothing", "a date")
            return
        found = f"{start} to {end}"
        if start > end:
            self.note("TPL-040", "period.ends_on", "The reporting period ends before it starts.", found)
            return
        if end >= self.rules.today:
            text = "The reporting period has not ended; what was not yet made cannot be reported."
            self.note("TPL-042", "period.ends_on", text, end, f"a day before {self.rules.today}")
        self._period_rule(start, found)

    def _period_rule(self, start: date, found: str) -> None:
        rule, is_year = self.rules.period, self.report.period.is_calendar_year
        if rule and rule.earliest_start_on and start < rule.earliest_start_on:
            text = "The scheme does not accept reports of this period."
            self.note("TPL-043", "period.starts_on", text, found, f"from {rule.earliest_start_on}")
        if is_year:
            return
        text = "The reporting period is not a calendar year."
        code = "TPL-043" if rule and rule.is_calendar_year_required else "TPL-041"
        self.note(code, "period.starts_on", text, found, "1 January to 31 December of one year")

    def _installation(self) -> None:
        site = self.report.installation
        if not site.name:
            self.note("TPL-044", "installation.name", "The installation has no English name.")
        if not site.country and not self._was_noted("installation.country"):
            self.note("TPL-047", "installation.country", "The installation's country is missing.")
        for name in ("latitude", "longitude"):
            value = getattr(site, name)
            if self._was_noted(f"installation.{name}"):
                continue
            if value is None or -value.as_tuple().exponent < COARSE_BELOW_DECIMALS:
                text = (
                    f"The {name} of the main emission source is missing or too coarse; the law asks for six decimals."
                )
                self.note("TPL-049", f"installation.{name}", text, "" if value is None else plain(value))
        code = "".join(site.un_locode.split()).upper()
        if code and (not LOCODE.match(code) or (site.country and code[:2] != site.country)):
            expected = f"two letters of the country ({site.country or 'ISO 3166'}) and three of the place"
            text = "The UN/LOCODE is malformed or of another country."
            self.note("TPL-048", "installation.un_locode", text, site.un_locode, expected)

    # Processes

    def _goods_and_processes(self) -> None:
        names = Counter(process.name.casefold() for process in self.report.processes if process.name)
        for index, process in enumerate(self.report.processes):
            for field in ("name", "category"):
                path = f"processes.{index}.{field}"
                if not getattr(process, field) and not self._was_noted(path):
                    self.note("TPL-065", path, f"The production process {process.id} has no {field}.")
            if names[process.name.casefold()] > 1:
                text = "Two production processes have the same name, so goods cannot be told apart."
                self.note("TPL-062", f"processes.{index}.name", text, process.name)
            self._empty_sections(index, process)
        for index, precursor in enumerate(self.report.precursors):
            if precursor.see_direct_source is ValueSource.DEFAULT and not precursor.default_justification:
                text = "A default value was used for this precursor and no ground is given."
                self.note("TPL-056", f"precursors.{index}.default_justification", text)

    def _empty_sections(self, index: int, process: Process) -> None:
        flows = (
            ("heat", process.has_measurable_heat, process.heat),
            ("waste_gas", process.has_waste_gases, process.waste_gas),
        )
        for name, is_applicable, flow in flows:
            if is_applicable and flow.imported_tj is None and flow.exported_tj is None:
                text = "The section is marked as applicable and holds no amount."
                self.note("TPL-058", f"processes.{index}.{name}.imported_tj", text)

    def _gaps(self) -> None:
        for gap in self.result.gaps:
            if self._was_noted(gap.path):
                continue
            if gap.path.endswith(".production"):
                self.note(
                    "TPL-050", gap.path, "The process has no production in the period.", "0 or nothing", "above 0"
                )
            else:
                self._gap(gap)
        if self.result.loop:
            self.note("TPL-055", "processes.0.consumed_in.0.amount", self.result.loop)

    def _gap(self, gap: Gap) -> None:
        is_indirect = gap.path.split(".")[0] in ("processes", "precursors") and gap.path.endswith(INDIRECT)
        code = "TPL-052" if is_indirect else "TPL-051"
        text = f"A number is missing that {gap.needed_for} need{'s' if gap.needed_for.startswith('a ') else ''}."
        self.note(code, gap.path, text, "nothing", "a number")

    # Sums

    def _balances(self) -> None:
        with exact():
            for path, total, parts in self._quantities():
                rest = total - sum(parts, Decimal(0))
                if abs(rest) > abs(total) * BALANCE_TOLERANCE:
                    text = "What was made or bought and what became of it do not agree."
                    self.note("TPL-054", path, text, f"{plain(rest)} left over", "nothing left over")
            self._attribution()

    def _quantities(self) -> Iterator[tuple[str, Decimal, list[Decimal]]]:
        for index, process in enumerate(self.report.processes):
            if process.activity_level is not None and process.produced_for_market is not None:
                parts = [process.produced_for_market, *(use.amount for use in process.consumed_in)]
                parts += [process.consumed_for_other_goods] if process.consumed_for_other_goods else []
                yield f"processes.{index}.produced_for_market", process.activity_level, parts
        for index, precursor in enumerate(self.report.precursors):
            if precursor.purchased:
                parts = [use.amount for use in precursor.consumed_in]
                parts += [precursor.consumed_for_other_purposes] if precursor.consumed_for_other_purposes else []
                total = sum((item.amount for item in precursor.purchased), Decimal(0))
                yield f"precursors.{index}.purchased", total, parts

    def _attribution(self) -> None:
        """More emissions attributed to processes than the installation has; less may be other goods."""
        if not self.result.streams:
            return
        attributed = sum((item.direct_emissions_tco2e or Decimal(0) for item in self.report.processes), Decimal(0))
        total = self.result.totals.direct_tco2e
        if attributed - total > abs(total) * EXCESS_TOLERANCE:
            text = "The processes together carry more direct emissions than the installation's streams."
            found, expected = f"{plain(attributed)} t CO2e", f"at most {plain(total)} t CO2e"
            self.note("TPL-057", "processes.0.direct_emissions_tco2e", text, found, expected)

    # Goods

    def _products(self) -> None:
        if not self.report.products:
            self.cells.note("TPL-060", "The template lists no goods.", layout.PRODUCTS, "D10", "products")
        if self.rules.known_goods is None:
            return
        known = {code[:8] for code in self.rules.known_goods}
        for index, product in enumerate(self.report.products):
            if product.cn and not any(product.cn[:digits] in known for digits in (4, 6, 8)):
                text = "The scheme does not cover goods of this CN code."
                self.note("TPL-064", f"products.{index}.cn", text, product.cn, "a CN code of the scheme's list")
