"""American Carbon Registry, Climate Action Reserve and ART: three registries on one software, month before day."""

from __future__ import annotations

from dataclasses import replace

from verification.units.registries.layouts.base import Field, Layout
from verification.units.registries.model import ExportKind, RecordKind
from verification.units.serials import Family

_CORSIA = {
    "Eligible for CORSIA 2021-2023 Compliance Period (Pilot Phase)": Field.CORSIA_PILOT,
    "Eligible for CORSIA 2024-2026 Compliance Period (First Phase)": Field.CORSIA_FIRST,
}
_ACR = {
    "Date Issued (GMT)": Field.ISSUED,
    "Vintage": Field.VINTAGE_YEAR,
    "Project ID": Field.PROJECT,
    "Project Name": Field.PROJECT_NAME,
    "Project Methodology/Protocol": Field.METHODOLOGY,
    "Methodology/Protocol Version": Field.METHODOLOGY_VERSION,
    "Project Site Country": Field.COUNTRY,
}
_ACR_UNITS = {
    **_ACR,
    **_CORSIA,
    "Credit Serial Numbers": Field.SERIAL,
    "Quantity of Credits": Field.QUANTITY,
    "Vintage Assignment Period Start Date": Field.VINTAGE_FROM,
    "Vintage Assignment Period End Date": Field.VINTAGE_TO,
    "Account Holder": Field.ACCOUNT_HOLDER,
    "Status Effective (GMT)": Field.EVENT,
}
_ACR_TELLING = ("Credit Serial Numbers", "Project ID", "Quantity of Credits", "Status Effective (GMT)")
_CAR = {
    "Vintage": Field.VINTAGE_YEAR,
    "Offset Credit Serial Numbers": Field.SERIAL,
    "Quantity of Offset Credits": Field.QUANTITY,
    "Status Effective": Field.EVENT,
    "Project ID": Field.PROJECT,
    "Project Name": Field.PROJECT_NAME,
    "Protocol and Version": Field.METHODOLOGY,
    "Project Site Country": Field.COUNTRY,
    "Additional Certification(s)": Field.LABELS,
}
_CAR_TELLING = ("Offset Credit Serial Numbers", "Quantity of Offset Credits", "Project ID", "Status Effective")
_ART = {
    **_CORSIA,
    "Vintage": Field.VINTAGE_YEAR,
    "Credit Serial Numbers": Field.SERIAL,
    "Quantity of Credits": Field.QUANTITY,
    "Status Effective": Field.EVENT,
    "Program ID": Field.PROJECT,
    "Program Name": Field.PROJECT_NAME,
    "Crediting Program and Standard": Field.METHODOLOGY,
    "Standard Version": Field.METHODOLOGY_VERSION,
    "Program Country": Field.COUNTRY,
    "Date Approved": Field.ISSUED,
    "Account Holder": Field.ACCOUNT_HOLDER,
}
_ART_TELLING = ("Credit Serial Numbers", "Program ID", "Quantity of Credits", "Status Effective")
_RETIRED_FOR = {
    "Retired on Behalf of": Field.BENEFICIARY,
    "Retirement Reason": Field.REASON,
    "Purpose of Retirement": Field.PURPOSE,
}


def _cancelled(retirements: Layout, columns: dict[str, Field], telling: tuple[str, ...]) -> Layout:
    return replace(
        retirements,
        kind=ExportKind.CANCELLATIONS,
        record_kind=RecordKind.CANCELLATION,
        columns=columns,
        telling=telling,
    )


_ACR_RETIRED = Layout(
    registry="American Carbon Registry",
    family=Family.ACR,
    kind=ExportKind.RETIREMENTS,
    columns={**_ACR_UNITS, **_RETIRED_FOR},
    telling=(*_ACR_TELLING, "Retirement Reason"),
    has_month_first=True,
    timezone="GMT",
)
_CAR_RETIRED = Layout(
    registry="Climate Action Reserve",
    family=Family.CAR,
    kind=ExportKind.RETIREMENTS,
    columns={
        **_CAR,
        "Eligible for CORSIA 2021-2023 Compliance Period": Field.CORSIA_PILOT,
        "Eligible for CORSIA 2024-2026 Compliance Period": Field.CORSIA_FIRST,
        "Corresponding Adjustment": Field.ADJUSTMENT,
        "Account Holder": Field.ACCOUNT_HOLDER,
        "Retirement Reason": Field.REASON,
        "Retirement Reason Details": Field.PURPOSE,
    },
    telling=(*_CAR_TELLING, "Retirement Reason"),
    has_month_first=True,
)
_ART_RETIRED = Layout(
    registry="ART registry",
    family=Family.ART,
    kind=ExportKind.RETIREMENTS,
    columns={**_ART, **_RETIRED_FOR},
    telling=(*_ART_TELLING, "Retirement Reason"),
    has_month_first=True,
)

LAYOUTS = (
    _ACR_RETIRED,
    _cancelled(
        _ACR_RETIRED,
        {**_ACR_UNITS, "Cancellation Type": Field.REASON, "Cancellation Details": Field.PURPOSE},
        (*_ACR_TELLING, "Cancellation Type"),
    ),
    Layout(
        registry="American Carbon Registry",
        family=Family.ACR,
        kind=ExportKind.ISSUANCES,
        columns={
            **_ACR,
            "ReportingPeriodBegin": Field.VINTAGE_FROM,
            "ReportingPeriodEnd": Field.VINTAGE_TO,
            "Total Credits Issued": Field.QUANTITY,
        },
        telling=("Total Credits Issued", "Project ID", "ReportingPeriodBegin", "Date Issued (GMT)"),
        record_kind=RecordKind.ISSUANCE,
        has_month_first=True,
        timezone="GMT",
    ),
    _CAR_RETIRED,
    _cancelled(
        _CAR_RETIRED,
        {**_CAR, "Cancellation Reason": Field.REASON, "Export Notes": Field.PURPOSE},
        (*_CAR_TELLING, "Cancellation Reason"),
    ),
    _ART_RETIRED,
    _cancelled(
        _ART_RETIRED,
        {**_ART, "Cancellation Reason": Field.REASON, "Cancellation Details": Field.PURPOSE},
        (*_ART_TELLING, "Cancellation Reason"),
    ),
)
