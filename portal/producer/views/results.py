from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.producer.entry.findings import placed
from portal.producer.entry.steps import address_of
from portal.producer.lookups import own_claim_or_404
from portal.producer.progress import Progress, progress_of
from portal.producer.results import chart_of, figures_of, heading_of, lead_of, worths_of
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.computation.recalculation import recalculation_of
from portal.ui.earlier import approved_before, years_of
from portal.ui.goods import goods_of
from portal.ui.pictures import installation_picture, pictures_of
from portal.ui.references import references_of
from verification.checks.model import Severity

WORDS = {
    Severity.BLOCK: _("Stops sending"),
    Severity.REFER: _("The official will look"),
    Severity.WARN: _("Advice"),
    Severity.INFO: _("To know"),
}


@signed_in
@require_safe
def claim_results(request: HttpRequest, pk: object) -> HttpResponse:
    """The value beside the default, what it is worth, and every mistake with its cell."""
    claim = own_claim_or_404(actor_of(request), pk)
    if claim.reading is None:
        return redirect("producer:claim_entry_begin", claim.pk)
    goods = goods_of(claim.reading)
    worths = worths_of(claim, goods)
    chosen = _chosen(request.GET.get("good", ""), len(goods))
    progress = progress_of(claim)
    recalculation = recalculation_of(claim, claim.reading)
    context = {
        "claim": claim,
        "progress": progress,
        "heading": heading_of(goods),
        "goods": goods,
        "chosen": chosen,
        "checks": _checks(progress),
        "reading": claim.reading,
        "warnings": sorted({good.default["warning"] for good in goods if good.default and good.default["warning"]}),
        "worths": list(zip(goods, worths, strict=True)),
        "flow": installation_picture(recalculation),
        "has_computation": recalculation is not None,
    }
    if goods:
        good, worth = goods[chosen], worths[chosen]
        last_day = claim.period_end - timedelta(days=1)
        context |= {
            "lead": lead_of(good),
            "figures": figures_of(claim, good, worth),
            "chart": chart_of(good, references_of(claim.scheme, good, last_day)),
            "good": good,
            **pictures_of(recalculation, good, years_of(claim, good, approved_before(claim))),
            "price": next((each.gain.price for each in worths if each.gain), None),
        }
    return render(request, "producer/claim_results.html", context)


def _chosen(typed: str, count: int) -> int:
    return int(typed) if typed.isdecimal() and int(typed) < count else 0


def _checks(progress: Progress) -> list[dict[str, object]]:
    """Problems of the workbook and findings of the checks as one list, the gravest first."""
    fields = {each["key"]: each["field"] for each in placed(progress.claim, progress.findings)}
    findings = [{**each.as_dict(), "field": fields.get(each.key, "")} for each in progress.findings]
    entries = [*progress.problems, *findings]
    order = list(WORDS)
    entries.sort(key=lambda entry: order.index(Severity(entry["severity"])))
    return [
        {
            "id": f"check-{number}",
            "entry": entry,
            "word": WORDS[Severity(entry["severity"])],
            "address": address_of(progress.claim, entry) if progress.is_editable else "",
        }
        for number, entry in enumerate(entries, start=1)
    ]
