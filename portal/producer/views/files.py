"""Giving a claim's numbers as a file or a pasted table, and taking them away as a file."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal.producer.entry.steps import entry_section, step_of
from portal.producer.lookups import own_claim_or_404
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.files import DATA_TYPES, data_file
from portal.ui.forms import PortalForm, posted
from portal.ui.uploads import UploadField, UploadForm, largest_upload_megabytes
from verification.accounting.entry.schema import Shape
from verification.claims.enums import WayIn
from verification.claims.policy import demand_editable
from verification.determination.claim_files import (
    Imported,
    claim_as_file,
    import_file,
    paste_rows,
)
from verification.kernel.errors import InvalidInput

MARKS = [(".", gettext_lazy("Point, as in 1234.5")), (",", gettext_lazy("Comma, as in 1234,5"))]
PROBLEMS_SHOWN = 100


class MarkField(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(choices=MARKS, initial=".", label=gettext_lazy("Decimal mark in numbers typed as text"))


class OwnFileForm(UploadForm, forms.Form):
    """The project's own workbook, its tables, or JSON."""

    file = UploadField(label=gettext_lazy("File (.xlsx, .csv, .zip or .json)"))
    decimal_mark = MarkField()


class PasteForm(PortalForm, forms.Form):
    """Rows copied from a spreadsheet."""

    text = forms.CharField(widget=forms.Textarea({"rows": 12, "class": "code"}), label=gettext_lazy("Rows"))
    decimal_mark = MarkField()


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_file(request: HttpRequest, pk: object) -> HttpResponse:
    """Upload the project's own file. What cannot be taken in changes nothing."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    demand_editable(actor, claim)
    form = OwnFileForm(request.POST, request.FILES) if request.method == "POST" else OwnFileForm()
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            imported = import_file(
                claim,
                upload.chunks(),
                name=upload.name,
                actor=actor,
                decimal_mark=form.cleaned_data["decimal_mark"],
            )
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            return _taken_in(request, imported, "producer/entry/file_read.html")
    context = {"claim": claim, "form": form, "megabytes": largest_upload_megabytes()}
    return render(request, "producer/entry/file.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_rows_paste(request: HttpRequest, pk: object, section: str) -> HttpResponse:
    """Add rows copied from a spreadsheet to a part of the claim."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    demand_editable(actor, claim)
    asked = entry_section(section)
    if claim.way_in != WayIn.ANSWERS or asked.shape is not Shape.LIST:
        raise Http404
    form = PasteForm(posted(request))
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            imported = paste_rows(claim, asked.key, typed["text"], actor=actor, decimal_mark=typed["decimal_mark"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            if not _worth_saying(imported):
                messages.success(request, _rows_words(imported.rows))
                return redirect("producer:claim_step", claim.pk, step_of(asked.key).key)
            return _taken_in(request, imported, "producer/entry/file_read.html")
    context = {
        "claim": claim,
        "form": form,
        "title": _(asked.title),
        "step": step_of(asked.key),
        "columns": [_(field.label) for field in asked.fields],
    }
    return render(request, "producer/entry/paste.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def claim_export(request: HttpRequest, pk: object, kind: str) -> HttpResponse:
    """The claim's numbers as a file that can be uploaded again."""
    claim = own_claim_or_404(actor_of(request), pk)
    if kind not in DATA_TYPES:
        raise Http404
    return data_file(claim_as_file(claim, kind), f"{claim.number}.{kind}", kind)


def _rows_words(count: int) -> str:
    return ngettext("%(n)s row was taken in.", "%(n)s rows were taken in.", count) % {"n": count}


def _worth_saying(imported: Imported) -> Sequence[object]:
    return [problem for problem in imported.problems if problem.severity in ("block", "refer", "warn")]


def _taken_in(request: HttpRequest, imported: Imported, template: str) -> HttpResponse:
    """What was taken in, and each thing that is wrong with its cell."""
    problems = _worth_saying(imported)
    context = {
        "claim": imported.claim,
        "rows": _rows_words(imported.rows),
        "problems": problems[:PROBLEMS_SHOWN],
        "more": max(0, len(problems) - PROBLEMS_SHOWN),
        "count": len(problems),
    }
    return render(request, template, context)
