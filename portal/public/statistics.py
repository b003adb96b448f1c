"""How claims are decided, for anyone: the same treatment whatever the country and the size, or not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.ui.charts.shares import Share, shares_chart
from portal.ui.files import data_file
from verification.claims.enums import ClaimKind
from verification.statistics.groups import SOURCE
from verification.statistics.selectors import latest_summary
from verification.statistics.suppression import FEWEST

TITLES: Mapping[str, str | Promise] = {
    "country_group": gettext_lazy("By group of countries"),
    "size": gettext_lazy("By size of the producer"),
    "kind": gettext_lazy("By kind of claim"),
    "year": gettext_lazy("By year of the decision"),
}
ROW_LABELS: Mapping[str, str | Promise] = {
    "least_developed": gettext_lazy("Least developed countries"),
    "africa": gettext_lazy("Africa, other countries"),
    "americas": gettext_lazy("Americas, other countries"),
    "asia": gettext_lazy("Asia, other countries"),
    "europe": gettext_lazy("Europe, other countries"),
    "oceania": gettext_lazy("Oceania, other countries"),
    "elsewhere": gettext_lazy("Elsewhere"),
    "below_1000": gettext_lazy("Below 1,000 t"),
    "below_10000": gettext_lazy("1,000 to 10,000 t"),
    "below_100000": gettext_lazy("10,000 to 100,000 t"),
    "below_1000000": gettext_lazy("100,000 to 1,000,000 t"),
    "from_1000000": gettext_lazy("1,000,000 t and more"),
    "no_goods": gettext_lazy("No goods examined by a verifier"),
    **{kind.value: kind.label for kind in ClaimKind},
}
FIGURES = ("claims", "approved_permille", "median_days", "ninth_decile_days", "questions_permille")
COLUMNS = ("table", "group", "claims", "approved_share", "median_working_days", "ninth_decile_working_days",
           "questions_per_claim")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One group; the texts are empty where it is not shown."""

    label: str
    claims: str = ""
    approved: str = ""
    median: str = ""
    ninth_decile: str = ""
    questions: str = ""

    @property
    def is_shown(self) -> bool:
        return self.claims != ""


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """The report that was made last. What a reader could make somebody out by was never in it."""
    summary = latest_summary()
    if summary is None or summary.report["total"] is None:
        return render(request, "public/statistics.html", {"summary": summary, "fewest": FEWEST})
    total = _row(_("All claims"), summary.report["total"])
    context = {
        "summary": summary,
        "fewest": FEWEST,
        "figures": _figures(total),
        "told": _told(total),
        "sections": [_section(name, summary.report["tables"][name]) for name in TITLES],
        "refusals": summary.report["refusals"],
        "source": SOURCE,
    }
    return render(request, "public/statistics.html", context)


@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as rows; groups that are not shown have empty cells."""
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(COLUMNS)
    summary = latest_summary()
    if summary is not None:
        writer.writerow(["total", "", *_exact(summary.report["total"])])
        for name in TITLES:
            rows = summary.report["tables"][name]
            writer.writerows([name, row["key"], *_exact(row["figures"])] for row in rows)
        for each in summary.report["refusals"]["grounds"]:
            writer.writerow(["refusals_by_legal_ground", _inert(each["ground"]), each["claims"], "", "", "", ""])
    return data_file(content.getvalue().encode(), "statistics.csv", "csv")


@require_safe
def statistics_json(request: HttpRequest) -> HttpResponse:
    summary = latest_summary()
    record = {"made_at": None, "claims": None, "fewest_shown": FEWEST, "source_of_groups": SOURCE, "report": None}
    if summary is not None:
        record |= {"made_at": summary.made_at.astimezone(UTC).isoformat(), "report": summary.report}
        record |= {"claims": summary.claims if summary.report["total"] else None}
    return data_file(json.dumps(record, ensure_ascii=False, indent=1).encode(), "statistics.json", "json")


def _section(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    shown = [_row(str(ROW_LABELS.get(row["key"], row["key"])), row["figures"]) for row in rows]
    title = str(TITLES[name])
    permilles = [row["figures"]["approved_permille"] if row["figures"] else None for row in rows]
    shares = [
        Share(row.label, permille, row.approved if row.is_shown else _("not shown"))
        for row, permille in zip(shown, permilles, strict=True)
    ]
    chart = shares_chart(
        shares, title=_("Approved claims") + ": " + title, summary=_("Share of decided claims that were approved."),
        chart_id=f"by-{name.replace('_', '-')}",
    )  # fmt: skip
    return {"name": name.replace("_", "-"), "title": title, "rows": shown, "chart": chart}


def _row(label: str, figures: dict[str, int] | None) -> Row:
    if figures is None:
        return Row(label)
    return Row(
        label,
        claims=f"{figures['claims']:,}",
        approved=f"{_tenths(figures['approved_permille'])} %",
        median=str(figures["median_days"]),
        ninth_decile=str(figures["ninth_decile_days"]),
        questions=_hundredths(figures["questions_permille"]),
    )


def _figures(total: Row) -> list[dict[str, Any]]:
    return [
        {"label": _("Decided claims"), "value": total.claims},
        {"label": _("Approved"), "value": total.approved},
        {"label": _("Half were decided within"), "value": total.median, "unit": _("working days")},
        {"label": _("Nine of ten within"), "value": total.ninth_decile, "unit": _("working days")},
    ]


def _told(total: Row) -> str:
    return _(
        "%(claims)s claims were decided; %(approved)s of them were approved. Officials took %(median)s working days or "
        "less for half of them and %(ninth)s or less for nine of ten, and asked %(questions)s questions a claim."
    ) % {
        "claims": total.claims,
        "approved": total.approved,
        "median": total.median,
        "ninth": total.ninth_decile,
        "questions": total.questions,
    }  # fmt: skip


def _exact(figures: dict[str, int] | None) -> list[object]:
    if figures is None:
        return [""] * len(FIGURES)
    return [f"{figures[name] / 1000:.3f}" if name.endswith("permille") else figures[name] for name in FIGURES]


def _tenths(permille: int) -> str:
    return f"{permille // 10}.{permille % 10}"


def _hundredths(permille: int) -> str:
    return f"{permille // 1000}.{permille % 1000 // 10:02d}"


def _inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
