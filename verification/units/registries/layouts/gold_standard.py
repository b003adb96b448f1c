"""Gold Standard: issuances, and one list of retirements and cancellations told apart by a status."""

from __future__ import annotations

from verification.units.registries.layouts.base import Field, Layout
from verification.units.registries.model import ExportKind, RecordKind
from verification.units.serials import Family

_SHARED = {
    "Vintage": Field.VINTAGE_YEAR,
    "Credit Status": Field.STATUS,
    "Quantity": Field.QUANTITY,
    "GSID": Field.PROJECT,
    "Project Name": Field.PROJECT_NAME,
    "Country": Field.COUNTRY,
    "Methodology": Field.METHODOLOGY,
    "Issuance Date": Field.ISSUED,
    "Serial Number": Field.SERIAL,
    "Label": Field.LABELS,
    "Article Six Authorization": Field.ARTICLE_6,
}
_TELLING = ("Serial Number", "GSID", "Credit Status", "Quantity", "Issuance Date")
_STATUSES = {
    "issued": RecordKind.ISSUANCE,
    "retired": RecordKind.RETIREMENT,
    "canceled": RecordKind.CANCELLATION,
    "cancelled": RecordKind.CANCELLATION,
}

LAYOUTS = (
    Layout(
        registry="Gold Standard",
        family=Family.GOLD_STANDARD,
        kind=ExportKind.RETIREMENTS,
        columns={
            **_SHARED,
            "Retirement Date": Field.EVENT,
            "Note": Field.PURPOSE,
            "Aeroplane Operator Name": Field.AEROPLANE_OPERATOR,
            "Use Case": Field.REASON,
            "Using Entity": Field.BENEFICIARY,
        },
        telling=(*_TELLING, "Retirement Date", "Using Entity"),
        statuses=_STATUSES,
        label_separator=",",
    ),
    Layout(
        registry="Gold Standard",
        family=Family.GOLD_STANDARD,
        kind=ExportKind.ISSUANCES,
        columns=_SHARED,
        telling=_TELLING,
        record_kind=RecordKind.ISSUANCE,
        statuses=_STATUSES,
        label_separator=",",
    ),
)
