"""Verra: a list of projects, and one of transactions in which a date tells that units were retired or cancelled."""

from __future__ import annotations

from verification.units.registries.layouts.base import Field, Layout
from verification.units.registries.model import ExportKind, RecordKind
from verification.units.serials import Family

LAYOUTS = (
    Layout(
        registry="Verra",
        family=Family.VERRA,
        kind=ExportKind.TRANSACTIONS,
        columns={
            "Issuance Date": Field.ISSUED,
            "Vintage Start": Field.VINTAGE_FROM,
            "Vintage End": Field.VINTAGE_TO,
            "ID": Field.PROJECT,
            "Name": Field.PROJECT_NAME,
            "Country/Area": Field.COUNTRY,
            "Methodology": Field.METHODOLOGY,
            "Quantity Issued": Field.QUANTITY,
            "Serial Number": Field.SERIAL,
            "Additional Certifications": Field.LABELS,
            "Retirement/Cancellation Date": Field.EVENT,
            "Retirement Beneficiary": Field.BENEFICIARY,
            "Retirement Reason": Field.REASON,
            "Retirement Details": Field.PURPOSE,
        },
        telling=("Serial Number", "Quantity Issued", "Retirement/Cancellation Date", "Vintage Start", "ID"),
        record_kind=RecordKind.RETIREMENT_OR_CANCELLATION,
        kind_without_event=RecordKind.ISSUANCE,
    ),
    Layout(
        registry="Verra",
        family=Family.VERRA,
        kind=ExportKind.PROJECTS,
        columns={
            "ID": Field.PROJECT,
            "Name": Field.PROJECT_NAME,
            "Country/Area": Field.COUNTRY,
            "Methodology": Field.METHODOLOGY,
            "Status": Field.STATUS,
        },
        telling=("ID", "Proponent", "Estimated Annual Emission Reductions", "Crediting Period Start Date"),
    ),
)
