"""Goods of the period as people paste them: code, country, tonnes and, where there is one, a certificate."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import PortalForm
from portal.units.schemes import BASE_WORDS
from verification.determination.unit_base import STATED_BASES, GoodsRow
from verification.kernel.errors import InvalidInput, Problem
from verification.kernel.quantities import decimal_from

COLUMNS = 3
_CELLS = re.compile(r"[\t;]")
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?:\.\d+)?")


class GoodsForm(PortalForm, forms.Form):
    """One good on each line."""

    rows = forms.CharField(
        label=_("Goods, one on each line"),
        strip=False,
        help_text=_(
            "Customs code, country of origin, tonnes and, where there is one, the certificate; "
            "parted by semicolons or copied from a spreadsheet."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "class": "serials-box", "spellcheck": "false"}),
    )

    def clean_rows(self) -> str:
        rows: str = self.cleaned_data["rows"]
        self.read, problems = rows_from(rows)
        if problems:
            raise forms.ValidationError([f"{problem.message} {problem.mend}" for problem in problems])
        return rows

    def add_problems(self, refusal: InvalidInput) -> None:
        """Problems of the lines stand beside the box."""
        for problem in refusal.problems:
            self.add_error("rows", f"{problem.message} {problem.mend}")
        if not refusal.problems:
            self.add_error("rows", refusal.summary)


class AmountForm(PortalForm, forms.Form):
    """An amount that the scheme takes as it is stated."""

    base_name = forms.ChoiceField(label=_("What it is"), choices=[(name, BASE_WORDS[name]) for name in STATED_BASES])
    tonnes = forms.DecimalField(
        label=_("Tonnes of CO₂e"),
        max_digits=24,
        decimal_places=9,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    source = forms.CharField(
        label=_("Where it stands"),
        max_length=300,
        help_text=_("For example your emissions report with its number and page."),
    )


def rows_from(text: str) -> tuple[list[GoodsRow], list[Problem]]:
    """Rows in the order of the lines; every line that is none of them, with what is wrong."""
    rows, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in _CELLS.split(line)]
        mass = _mass(cells[2]) if len(cells) >= COLUMNS else None
        if len(cells) < COLUMNS or len(cells) > COLUMNS + 1:
            problems.append(_problem(number, _g("it has %(n)s parts.") % {"n": len(cells)}))
        elif mass is None:
            problems.append(_problem(number, _g("“%(text)s” is no number of tonnes.") % {"text": cells[2][:40]}))
        else:
            code = cells[0].replace(" ", "").replace("\u00a0", "")
            rows.append(GoodsRow(number, code, cells[1].upper(), mass, cells[3] if len(cells) > COLUMNS else ""))
    return rows, problems


def text_of(lines: Sequence[Mapping[str, Any]]) -> str:
    """Stored lines as the box shows them; a good that was split between two values is one line again."""
    joined: dict[int, list[Any]] = {}
    for line in lines:
        row = joined.setdefault(line.get("row", line["line"]), [line["good"], line["origin"], Decimal(0), ""])
        row[2] += Decimal(line["mass_t"])
        row[3] = row[3] or line.get("certificate", "")
    return "\n".join("; ".join(str(cell) for cell in row if cell != "") for row in joined.values())


def _mass(text: str) -> Decimal | None:
    """Tonnes with a point as decimal mark; digits may be grouped by spaces."""
    plain = re.sub(r"[ \u00a0\u202f']", "", text) if _GROUPED.fullmatch(text) else text
    try:
        return decimal_from(plain)
    except ValueError:
        return None


def _problem(number: int, what: str) -> Problem:
    return Problem(
        "block",
        "L-LIMIT",
        _g("Line %(number)s: %(what)s") % {"number": number, "what": what},
        _g("Write code; country; tonnes, with a point before decimals, for example 72142000; TR; 1250.5."),
        field="rows",
    )
