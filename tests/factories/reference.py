"""A small scheme pack on disk that holds together, to be broken by tests."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

import yaml

from verification.audit.actors import Actor
from verification.reference.models import Release
from verification.reference.pack.tables import COLUMNS
from verification.reference.services import load_pack

SCHEME = "test-scheme"
OFFICIALS = ("O-1", "O-2")


def cited(value: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "reference": "Act 1, Article 1", "checked_on": "2026-01-01", **more}


def procedure_section() -> dict[str, Any]:
    """Periods of a procedure: 25 working days to decide, 15 to answer and to comment, two months to appeal."""
    terms = {
        "decision_working_days": 25, "attention_working_days": 5, "answer_working_days": 15,
        "hearing_working_days": 15, "appeal_months": 2, "answer_reminder_working_days": [5, 1],
        "renewal_reminder_days": [90, 30, 7], "last_use": "+1-09-30",
    }  # fmt: skip
    stated = {"certainty": "confirmed", "reference": "Act 1, Article 7"}
    return {
        "reference": "Act 1, Article 7",
        "calendar": {"name": "Test", "known_to": "2029-01-01", "holidays": ["2027-03-29"], **stated},
        "terms": {name: {"value": value, **stated} for name, value in terms.items()},
    }


class PackWriter:
    """The files of a pack as plain data; change what a test needs, then ``write``."""

    def __init__(self) -> None:
        self.definition: dict[str, Any] = {
            "code": SCHEME, "name": "Test scheme", "short_name": "Test", "authority": "Nobody",
            "instrument": "certificates", "currency": "EUR", "valid_from": "2026-01-01", "reference": "Act 1",
            "ladder": {
                "rungs": ["exemption", "override", "alternative_value", "country_default", "other_countries_default"],
                "reference": "Act 1, Article 2",
            },
            "mark_up": {"decimals": 3, "parameter_by_sector": {"steel": "mark_up"}, "reference": "Act 1, Article 3"},
            "obligation": {
                "cbam_factor": "factor", "cross_sectoral_correction": "correction", "price": "price",
                "reference": "Act 1, Article 4",
            },
            "rules": {"override_span": {"value": "imported_in_reporting_year", "reference": "Act 1, Article 5"}},
            "procedure": procedure_section(),
        }  # fmt: skip
        self.parameters: list[dict[str, Any]] = [
            {"name": "mark_up", "description": "Mark-up", "unit": "fraction",
             "values": {"2026-01-01": cited("0.10"), "2027-01-01": cited("0.20")}},
            {"name": "factor", "description": "Factor", "unit": "fraction",
             "values": {"2026-01-01": cited("0.975")}},
            {"name": "correction", "description": "Correction", "unit": "fraction",
             "values": {"2026-01-01": cited("1")}},
            {"name": "price", "description": "Price", "unit": "EUR/tCO2e", "valid_to": "2026-07-01",
             "values": {"2026-01-01": cited("80")}},
        ]  # fmt: skip
        self.rows: dict[str, list[list[str]]] = {
            "categories": [["products", "Products", "steel", "direct", "t", "CO2", "", "products"]],
            "goods": [
                ["72083900", "2026", "products", "direct", "t", "CO2", "confirmed", "", "2026-01-01", "", "Coil"],
                ["72071111", "2026", "products", "direct", "t", "CO2", "confirmed", "", "2026-01-01", "", "Billet"],
            ],
            "countries": [
                ["TR", "TUR", "792", "Türkiye", "third_country", "Act 1, Article 6"],
                ["NO", "NOR", "578", "Norway", "exempt", "Act 1, Annex I"],
            ],
            "default_values": [
                ["TR", "7208", "", "2.428", "", "2.428", "C", ""],
                ["TR", "7207", "", "", "", "", "", "dash"],
                ["other", "7208", "", "4.049", "", "4.049", "C", ""],
                ["other", "72071111", "", "3.000", "", "3.000", "C", ""],
            ],
            "benchmarks": [
                ["72083900", "A", "", "0.044", "2026-01-01", "2031-01-01"],
                ["72083900", "B", "C", "1.370", "2026-01-01", "2031-01-01"],
            ],
        }  # fmt: skip
        self.editions: dict[str, dict[str, Any]] = {
            kind: {
                "table": kind, "file": f"{kind}.csv", "edition": "1", "act": "Act 1", "annex": "Annex I",
                "published_on": "2026-01-01", "valid_from": "2026-01-01", "legal_status": "in_force",
                "source": "made for tests", "licence": "none needed",
            }
            for kind in self.rows
        }  # fmt: skip
        self.extra_columns: dict[str, list[str]] = {}

    def write(self, folder: Path) -> Path:
        """The pack in ``folder``; row counts and hashes are worked out unless an edition states its own."""
        (folder / "parameters").mkdir(parents=True, exist_ok=True)
        (folder / "tables").mkdir(exist_ok=True)
        _dump(folder / "scheme.yaml", self.definition)
        _dump(folder / "parameters" / "all.yaml", {"parameters": self.parameters})
        entries = []
        for kind, rows in self.rows.items():
            content = _csv_bytes([[*COLUMNS[kind], *self.extra_columns.get(kind, ())], *rows])
            (folder / "tables" / f"{kind}.csv").write_bytes(content)
            entries.append(
                {"row_count": len(rows), "sha256": hashlib.sha256(content).hexdigest(), **self.editions[kind]}
            )
        _dump(folder / "tables" / "manifest.yaml", {"tables": entries})
        return folder


class UnitPackWriter(PackWriter):
    """A small pack that takes reduction units up to a limit."""

    def __init__(self) -> None:
        super().__init__()
        self.definition["units"] = {
            "reference": "Act 2",
            "channels": [
                {"value": "none", "status": "in_force", "valid_from": "2026-01-01", "valid_to": "2027-01-01",
                 "certainty": "confirmed", "reference": "Act 2, Article 1"},
                {"value": "surrender_with_limit", "status": "in_force", "valid_from": "2027-01-01",
                 "certainty": "secondary", "reference": "Act 2, Article 2"},
                {"value": "inside_carbon_price", "status": "draft", "valid_from": "2026-01-01",
                 "certainty": "unconfirmed", "reference": "Draft act 3"},
            ],
            "switches": {
                "filing_deadline": {"value": "+1-09-30", "certainty": "confirmed", "reference": "Act 2, Article 3"},
                "intl_credit_cap": {"value": "0.10", "certainty": "unconfirmed", "reference": "Draft act 3"},
                "order": {"value": ["units", "price_credit"], "certainty": "confirmed", "reference": "Act 2"},
            },
        }  # fmt: skip
        held = ["2026-01-01", "", "confirmed", "Act 2, Annex", ""]
        self.rows |= {
            "unit_programmes": [["CDM", "Clean Development", "CDM registry", "", "kyoto", "off", *held]],
            "unit_types": [["CER", "Certified reduction", "CDM", "kyoto_12", "kyoto", "no", "tco2e", *held]],
            "unit_eligibility": [
                ["cer", "CDM", "CER", "accept", "AM*", "ACM0002*", "TR", "", "2021-01-01", "2026-12-31", "2016-01-01",
                 "2026-02-01", "2026-11-30", "OIMP|IMP", "", "Label", "Left out.", *held],
            ],
            "host_agreements": [["TR", "2025-05-01", "2026-03-01", "2028-01-01", "2", "", *held]],
            "unit_limits": [["general", "taxable", "5", "kyoto=50", "1", "40", "floor", "kyoto=0.5", *held]],
        }  # fmt: skip
        for kind in set(self.rows) - set(self.editions):
            self.editions[kind] = {**self.editions["goods"], "table": kind, "file": f"{kind}.csv"}

    def cell(self, table: str, column: str, value: str, row: int = 0) -> None:
        """Write one cell."""
        self.rows[table][row][list(COLUMNS[table]).index(column)] = value


def published_release(folder: Path, writer: PackWriter | None = None) -> Release:
    """A small pack, loaded and published."""
    path = (writer or PackWriter()).write(folder)
    return load_pack(path, actor=Actor.system(), publish_with=OFFICIALS).release


def _dump(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _csv_bytes(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
