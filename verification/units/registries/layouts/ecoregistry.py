"""EcoRegistry: retirements of Cercarbono units, the block in columns of its own."""

from __future__ import annotations

from verification.units.registries.layouts.base import Field, Layout
from verification.units.registries.model import ExportKind
from verification.units.serials import Family

LAYOUTS = (
    Layout(
        registry="EcoRegistry",
        family=Family.ECOREGISTRY,
        kind=ExportKind.RETIREMENTS,
        columns={
            "project_name": Field.PROJECT_NAME,
            "project_id": Field.PROJECT,
            "serial": Field.SERIAL,
            "vintage": Field.VINTAGE_YEAR,
            "certificate_destination": Field.REASON,
            "end_user": Field.BENEFICIARY,
            "passive_subject": Field.TAXPAYER,
            "date": Field.EVENT,
            "quantity": Field.QUANTITY,
            "from": Field.BLOCK_FROM,
            "to": Field.BLOCK_TO,
        },
        telling=("serial", "from", "to", "quantity", "certificate_destination", "passive_subject"),
    ),
)
