"""Small exports with the registries' own headers, and every cell as one likes it."""

from __future__ import annotations

import csv
import io

from verification.units.registries import ExportReading, read_export

VERRA = {
    "Issuance Date": "2026-03-20",
    "Vintage Start": "2024-10-01",
    "Vintage End": "2024-12-31",
    "ID": "4150",
    "Name": "DelAgua Clean Cooking Grouped Project in Rwanda",
    "Country/Area": "Rwanda",
    "Methodology": "VMR0006; VM0050",
    "Total Vintage Quantity": "1,209,664",
    "Quantity Issued": "3,644",
    "Serial Number": "19309-936487628-936491271-VCS-VCU-1491-VER-RW-3-4150-01102024-31122024-1",
    "Additional Certifications": "Article 6 Authorized – NDC Use; CORSIA - First Phase, 2024-2026 Scope",
    "Retirement/Cancellation Date": "2026-04-10",
    "Retirement Beneficiary": "Works Ltd",
    "Retirement Reason": "Retirement for Person or Organization",
    "Retirement Details": "CBAM 2026",
}
GOLD_STANDARD = {
    "Vintage": "2025",
    "Credit Status": "Retired",
    "Quantity": "5354",
    "GSID": "11603.0",
    "Project Name": "Cooking",
    "Country": "Kenya",
    "Methodology": "GS TPDDTEC v3.1",
    "Issuance Date": "2026-03-31",
    "Retirement Date": "2026-04-10",
    "Serial Number": "GS1-1-KE-GS11603-16-2025-30256-110-5463",
    "Note": "",
    "Aeroplane Operator Name": "",
    "Label": "ICVCM CCP, Emission Reduction",
    "Use Case": "Compliance",
    "Using Entity": "Works Ltd",
    "Article Six Authorization": "Not Applicable",
}
ACR = {
    "Credit Serial Numbers": "ACR-FR-1129-2025-2917-30932 to 35143",
    "Date Issued (GMT)": "6/30/2025 7:43:26 PM",
    "Vintage": "2025",
    "Vintage Assignment Period Start Date": "2/7/2025",
    "Vintage Assignment Period End Date": "3/19/2025",
    "Quantity of Credits": "4212",
    "Account Holder": "Trader Inc.",
    "Status Effective (GMT)": "4/13/2026 12:17:56 AM",
    "Retired on Behalf of": "Works Ltd",
    "Retirement Reason": "On Behalf of Third Party",
    "Purpose of Retirement": "",
    "Project ID": "ACR1129",
    "Project Name": "Tradewater - Middle East 1",
    "Project Methodology/Protocol": "Destruction of ODS",
    "Methodology/Protocol Version": "Version 1.0",
    "Project Site Country": "FR",
    "Eligible for CORSIA 2021-2023 Compliance Period (Pilot Phase)": "Yes",
    "Eligible for CORSIA 2024-2026 Compliance Period (First Phase)": "",
}
CAR = {
    "Vintage": "2025",
    "Offset Credit Serial Numbers": "CAR-ROC-US-2056-129-2283-WV-2025-8969-1 to 260294",
    "Quantity of Offset Credits": "260294",
    "Status Effective": "08/20/2025",
    "Project ID": "CAR2056",
    "Project Name": "American Eagle",
    "Protocol and Version": "Nitric Acid N2O - Version 2.2",
    "Project Site Country": "US",
    "Cancellation Reason": "ARB",
    "Export Notes": "",
}
ART = {
    "Vintage": "2021",
    "Credit Serial Numbers": "ART-GY-102-2021-11-2759599 to 2760598",
    "Quantity of Credits": "1000",
    "Status Effective": "02/28/2025",
    "Program ID": "ART102",
    "Program Name": "Guyana",
    "Crediting Program and Standard": "TREES",
    "Standard Version": "Version 2.0",
    "Program  Country": "GUYANA",
    "Date Approved": "2/28/2024 3:18:54 PM",
    "Account Holder": "Airline",
    "Cancellation Reason": "CORSIA Compliance",
    "Cancellation Details": "",
}
ECOREGISTRY = {
    "project_name": "Meta",
    "project_id": "7",
    "serial": "CDC_7_3_1_323_14_CO_1_2_2019",
    "vintage": "2019",
    "certificate_destination": "Colombian Carbon Tax",
    "end_user": "AEROSUCRE S.A.",
    "passive_subject": "TERPEL S.A.",
    "date": "2022-07-13 15:07:54",
    "quantity": "6404",
    "from": "22410",
    "to": "28813",
}


def table(*rows: dict[str, str], separator: str = ",") -> bytes:
    """A CSV with the header of the first row."""
    output = io.StringIO()
    writer = csv.writer(output, delimiter=separator)
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return output.getvalue().encode()


def read(row: dict[str, str], **changes: str) -> ExportReading:
    """An export of one row; names of ``changes`` are headers with underscores for spaces."""
    unknown = {name for name in changes if name.replace("_", " ") not in row}
    assert not unknown
    return read_export(table({**row, **{name.replace("_", " "): text for name, text in changes.items()}}), "export.csv")
