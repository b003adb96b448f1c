"""Workbooks and papers that the people of the demonstration upload. Sites and firms are invented."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from verification.accounting.examples import example_report
from verification.accounting.model import InstallationReport
from verification.accounting.template.writer import write_template
from verification.claims.models import Snapshot
from verification.registry.services import InstallationDetails

Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Site:
    """A site of the demonstration: where it stands and which example its numbers come from."""

    key: str
    example: str
    name: str
    local_name: str
    address: str
    city: str
    unlocode: str
    latitude: str
    longitude: str
    activity: str
    scale: str = "1"

    @property
    def details(self) -> InstallationDetails:
        return InstallationDetails(
            name=self.name,
            local_name=self.local_name,
            address=self.address,
            city=self.city,
            country="TR",
            latitude=Decimal(self.latitude),
            longitude=Decimal(self.longitude),
            economic_activity=self.activity,
            unlocode=self.unlocode,
        )


STEEL, CEMENT = "Manufacture of basic iron and steel", "Manufacture of cement"
SITES = (
    Site(
        "aliaga", "integrated_steelworks", "Karaçam Steel, Aliağa Works", "Karaçam Çelik, Aliağa Tesisi",
        "Liman Caddesi 7", "Aliağa", "TRALI", "38.801944", "26.972222", STEEL,
    ),
    Site(
        "gebze", "stainless_steelworks", "Karaçam Special Steel, Gebze Works", "Karaçam Özel Çelik, Gebze",
        "Sanayi Caddesi 18", "Gebze", "TRGEB", "40.802310", "29.430680", STEEL,
    ),
    Site(
        "mersin", "cement", "Karaçam Cement, Mersin Works", "Karaçam Çimento, Mersin Tesisi",
        "Sahil Yolu 41", "Silifke", "TRMER", "36.319402", "33.881967", CEMENT,
    ),
    Site(
        "gemlik", "fertiliser", "Karaçam Fertiliser, Gemlik Plant", "Karaçam Gübre, Gemlik",
        "Liman Yolu 3", "Gemlik", "TRGEM", "40.425110", "29.120040", "Manufacture of fertilisers",
    ),
    Site(
        "dilovasi", "hydrogen", "Karaçam Gases, Dilovası Plant", "Karaçam Gaz, Dilovası",
        "Organize Sanayi 5", "Dilovası", "TRDRC", "40.787300", "29.544100", "Manufacture of industrial gases",
    ),
    Site(
        "sivas", "cement", "Karaçam Cement, Sivas Works", "Karaçam Çimento, Sivas",
        "Kayseri Yolu 12", "Sivas", "", "39.747700", "37.017900", CEMENT, "1.07",
    ),
    Site(
        "iskenderun", "integrated_steelworks", "Karaçam Steel, İskenderun Works", "Karaçam Çelik, İskenderun",
        "Demir Caddesi 1", "İskenderun", "TRISK", "36.727500", "36.203600", STEEL, "0.96",
    ),
    Site(
        "trabzon", "cement", "Karaçam Cement, Trabzon Works", "Karaçam Çimento, Trabzon",
        "Devlet Sahil Yolu 90", "Trabzon", "TRTZX", "41.002700", "39.716800", CEMENT, "1.02",
    ),
    Site(
        "karabuk", "integrated_steelworks", "Karaçam Steel, Karabük Works", "Karaçam Çelik, Karabük",
        "Fabrika Caddesi 2", "Karabük", "", "41.200400", "32.627500", STEEL, "1.04",
    ),
    Site(
        "gaziantep", "stainless_steelworks", "Karaçam Profile, Gaziantep Mill", "Karaçam Profil, Gaziantep",
        "Başpınar Organize Sanayi 41", "Gaziantep", "TRGZT", "37.074512", "37.315428", STEEL, "0.92",
    ),
)  # fmt: skip


def report_of(site: Site) -> InstallationReport:
    """The example's report, moved to the site and with its direct emissions scaled."""
    report = example_report(site.example)
    moved = replace(
        report.installation,
        name=site.name,
        name_local=site.local_name,
        street=site.address,
        city=site.city,
        country="TR",
        un_locode=site.unlocode,
        latitude=Decimal(site.latitude),
        longitude=Decimal(site.longitude),
        email="emissions@karacam.example",
        representative="Ayşe Korkmaz",
    )
    processes = tuple(
        replace(process, direct_emissions_tco2e=process.direct_emissions_tco2e * Decimal(site.scale))
        if process.direct_emissions_tco2e is not None
        else process
        for process in report.processes
    )
    return replace(report, installation=moved, processes=processes)


def workbook(site: Site, report: InstallationReport | None = None) -> bytes:
    """The workbook that the site uploads."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        write_template(report or report_of(site), path)
        return path.read_bytes()


def paper(
    title: str, paragraphs: list[str], rows: list[tuple[str, ...]] | None = None, heads: tuple[str, ...] = ()
) -> bytes:
    """A plain PDF paper with one table, as a verifier or producer would attach."""
    html = render_to_string(
        "demonstration/paper.html", {"title": title, "paragraphs": paragraphs, "rows": rows, "heads": heads}
    )
    style = Path(settings.BASE_DIR) / "templates" / "demonstration" / "paper.css"
    return HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"})).write_pdf(
        stylesheets=[CSS(filename=str(style), url_fetcher=URLFetcher(allowed_protocols={"file"}))]
    )


def verification_report(site: Site, snapshot: Snapshot, goods: list[dict[str, str]], dated_on: date) -> bytes:
    """The verifier's report about one snapshot."""
    return paper(
        f"Verification report: {site.name}",
        [
            "Reporting period 1 January to 31 December 2026. Standard: Implementing Regulation (EU) 2025/2546.",
            "We conclude with reasonable assurance that the specific embedded emissions below are free from "
            "material misstatement (materiality 5 % per customs code).",
            f"Sealed numbers confirmed in the portal: SHA-256 {snapshot.sha256}.",
            f"Dated {dated_on.isoformat()}. Lead auditor Emre Yıldırım, independent reviewer Selin Kaya.",
        ],
        [(row["cn"], row["process"], row["quantity"], row["see_applicable"]) for row in goods],
        ("Customs code", "Process", "Quantity, t", "Verified value, tCO2e/t"),
    )
