"""The verifier's sealed report as a document to read: items 1.1 to 4 of the Annex to 2025/2546."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from verification.disclosure.documents.drafting import Draft
from verification.disclosure.documents.shape import Column, Document, Field, Identity, Item, Kind, Table

SCHEMA = "verification-report/1"
TITLE = "Verification report"
BASIS = "Implementing Regulation (EU) 2025/2546, Annex"
TCO2E = "t CO2e"
Record = Mapping[str, Any]


def verification_document(record: Record, identity: Identity, words: Mapping[str, str]) -> Document:
    """``record`` is what was sealed; ``words`` are the labels of its coded values."""
    items = (
        _operator(record["operator"]),
        _identity(record["identity"]),
        _verifier(record["verifier"]),
        _team(record["team"], words),
        _visits(record["visits"], words),
        _terms(record["terms"], record["sectors_required"]),
        _methods(record["methods"], record["processes"]),
        _data(record),
        _precursors(record["precursors"], record["precursor_verifiers"]),
        _conclusion(record["conclusion"], words),
        *_annexed("3", record["summary"]),
        *(item for addendum in record["addenda"] for item in _annexed("4", addendum)),
    )
    return Document(SCHEMA, TITLE, BASIS, identity, items)


def _at(number: str) -> str:
    return f"{BASIS}, {number}"


def _said(number: str, title: str, rows: Iterable[tuple[str, str, Any]]) -> Draft:
    draft = Draft(number, title, _at(number))
    for key, label, value in rows:
        draft.say(key, label, value)
    return draft


def _operator(part: Record) -> Item:
    draft = _said(
        "1.1",
        "Operator and installation",
        (
            ("operator", "Operator", part["name"]),
            ("registration", "Registration number", part["registration"]),
            ("address", "Address", f"{part['address']}, {part['country']}"),
            ("installation", "Installation", f"{part['installation']}, {part['installation_code']}"),
            ("unlocode", "UN/LOCODE", part["unlocode"]),
            ("place", "Address of the installation", f"{part['installation_address']}, {part['installation_country']}"),
            ("coordinates", "Coordinates", f"{part['latitude']}, {part['longitude']}"),
        ),
    )
    return draft.done()


def _identity(part: Record) -> Item:
    draft = Draft("1.2", "Report and reporting period", _at("1.2"))
    draft.say("report_number", "Number of the report", part["report_number"])
    draft.say("starts_on", "Reporting period from", part["period_starts_on"], kind=Kind.DATE)
    draft.say("ends_on", "to", part["period_ends_on"], kind=Kind.DATE)
    draft.say("sha256", "Sealed numbers, SHA-256", part["snapshot_sha256"])
    return draft.done()


def _verifier(part: Record) -> Item:
    draft = _said(
        "1.3",
        "Verifier and accreditation",
        (
            ("name", "Verifier", part["name"]),
            ("address", "Address", f"{part['address']}, {part['country']}"),
            ("number", "Accreditation", part["accreditation_number"]),
            ("body", "Accreditation body", f"{part['accreditation_body']}, {part['accreditation_body_country']}"),
            ("sectors", "Scope", ", ".join(part["sectors"])),
        ),
    )
    draft.say("ends_before", "It ends before", part["accreditation_ends_before"], kind=Kind.DATE)
    return draft.done()


def _team(team: Sequence[Record], words: Mapping[str, str]) -> Item:
    draft = Draft("2.1", "Team", _at("2.1"))
    columns = (
        Column("name", "Name"),
        Column("role", "Part in the work"),
        Column("visited", "Visited the site", Kind.YES_NO),
        Column("english", "English", Kind.YES_NO),
        Column("local", "Operator’s language", Kind.YES_NO),
    )
    rows = [
        (each["name"], words[each["role"]], each["visited_site"], each["speaks_english"],
         each["speaks_operator_language"])
        for each in team
    ]  # fmt: skip
    draft.table("team", "People", columns, rows)
    return draft.done()


def _visits(part: Record, words: Mapping[str, str]) -> Item:
    draft = Draft("2.2", "Site visits", _at("2.2"))
    draft.say("kind", "Visit of the period", words[part["kind"]])
    for key, label in (("started_on", "First day"), ("ended_on", "Last day")):
        if part[key]:
            draft.say(key, label, part[key], kind=Kind.DATE)
    if part["days_on_site"]:
        draft.say("days_on_site", "Days on site", part["days_on_site"], kind=Kind.NUMBER)
    if part["last_physical_on"]:
        draft.say("last_physical_on", "Last visit in person", part["last_physical_on"], kind=Kind.DATE)
    if part["ground"]:
        draft.say("ground", "Why nobody came in person", part["ground"])
        draft.say("force_majeure", "Force majeure", part["is_force_majeure"])
    if part["others"]:
        draft.say("others", "Other visits", part["others"])
    columns = (Column("year", "Period"), Column("kind", "Visit"), Column("ground", "Where it is shown"))
    rows = [(str(row["year"]), words[row["kind"]], row["ground"]) for row in part["declared"]]
    draft.table("declared", "Earlier periods, as the verifier declares them", columns, rows)
    return draft.done()


def _terms(part: Record, sectors: Sequence[str]) -> Item:
    draft = _said(
        "2.3",
        "Objectives, scope, criteria",
        (
            ("objectives", "Objectives", part["objectives"]),
            ("scope", "Scope", part["scope"]),
            ("sectors", "Scope of accreditation that is needed", ", ".join(sectors)),
            ("plan_version", "Monitoring plan, version", part["plan_version"]),
        ),
    )
    draft.say("plan_dated_on", "Monitoring plan, date", part["plan_dated_on"], kind=Kind.DATE)
    draft.say("criteria", "Criteria", part["criteria"])
    draft.say("materiality", "Level of materiality", part["materiality_percent"], kind=Kind.NUMBER, unit="%")
    return draft.done()


def _methods(part: Record, processes: Sequence[Record]) -> Item:
    draft = Draft("2.4(a)", "Processes and methods", _at("2.4(a)"))
    none = "Does not arise"
    draft.say("attribution", "Attribution to processes", part["attribution"])
    draft.say("zero_rated_fuels", "Zero-rated fuels", part["zero_rated_fuels"] or none)
    draft.say("heat", "Measurable heat", part["heat"] or none)
    draft.say("waste_gases", "Waste gases", part["waste_gases"] or none)
    draft.say("co2_capture", "Capture and transfer of CO2", part["co2_capture"] or none)
    draft.say("benchmarks", "The benchmarks used are the right ones", part["confirms_benchmarks"])
    columns = (
        Column("name", "Process"),
        Column("category", "Category of goods"),
        Column("routes", "Routes"),
        Column("activity_level", "Activity level", Kind.NUMBER),
        Column("unit", "Unit"),
    )
    rows = [tuple(row[column.key] for column in columns) for row in processes]
    draft.table("processes", "Production processes", columns, rows)
    return draft.done()


def _data(record: Record) -> Item:
    draft = Draft("2.4(b)", "Verified emissions and goods", _at("2.4(b)"))
    draft.say(
        "total_direct", "Direct emissions of the installation", record["total_direct_tco2e"],
        kind=Kind.NUMBER, unit=TCO2E, decimals=0,
    )  # fmt: skip
    columns = (
        Column("cn", "CN code", Kind.CODE),
        Column("process", "Process"),
        Column("quantity", "Quantity", Kind.NUMBER),
        Column("unit", "Unit"),
        Column("see_direct", "Direct", Kind.NUMBER, "t CO2e per unit", 5),
        Column("see_indirect", "Indirect", Kind.NUMBER, "t CO2e per unit", 5),
        Column("see_applicable", "In the scheme’s scope", Kind.NUMBER, "t CO2e per unit", 5),
        Column("share_default", "On defaults", Kind.SHARE),
    )
    rows = [tuple(row[column.key] for column in columns) for row in record["goods"]]
    draft.table("goods", "Goods", columns, rows)
    electricity = (
        Column("name", "Process"),
        Column("electricity_mwh", "Electricity", Kind.NUMBER, "MWh", 0),
        Column("electricity_factor", "Factor", Kind.NUMBER, "t CO2e/MWh"),
        Column("electricity_factor_source", "Source of the factor"),
        Column("direct_tco2e", "Direct emissions", Kind.NUMBER, TCO2E, 0),
        Column("indirect_tco2e", "Indirect emissions", Kind.NUMBER, TCO2E, 0),
    )
    rows = [tuple(row[column.key] for column in electricity) for row in record["processes"]]
    draft.table("emissions", "Emissions of each process", electricity, rows)
    draft.note("Specific embedded free allocation of each good stands in part 3, item 4.")
    return draft.done()


def _precursors(precursors: Sequence[Record], verifiers: Sequence[Record]) -> Item:
    draft = Draft("2.5", "Precursors", _at("2.5"))
    if not precursors:
        return draft.does_not_apply("No precursor was bought.")
    columns = (
        Column("name", "Precursor"),
        Column("country", "Country"),
        Column("is_default", "Default value", Kind.YES_NO),
        Column("quantity", "Bought", Kind.NUMBER),
        Column("see_direct", "Direct", Kind.NUMBER, "t CO2e per unit", 5),
    )
    rows = [tuple(row[column.key] for column in columns) for row in precursors]
    draft.table("precursors", "Bought precursors", columns, rows)
    who = (
        Column("precursor", "Precursor"),
        Column("producer", "Producer"),
        Column("name", "Its verifier"),
        Column("accreditation_number", "Accreditation"),
        Column("accreditation_body", "Body"),
        Column("is_positive", "Positive statement", Kind.YES_NO),
        Column("issued_on", "Issued", Kind.DATE),
    )
    rows = [tuple(row[column.key] for column in who) for row in verifiers]
    draft.table("verifiers", "Who verified their values", who, rows)
    return draft.done()


def _conclusion(part: Record, words: Mapping[str, str]) -> Item:
    draft = Draft("2.6", "Statement and findings", _at("2.6"))
    draft.say("opinion", "Opinion", words[part["opinion"]])
    draft.say("assurance", "Level of assurance", words[part["assurance"]])
    columns = (
        Column("number", "No."),
        Column("kind", "Kind"),
        Column("is_material", "Material", Kind.YES_NO),
        Column("subject", "About"),
        Column("text", "What was found"),
        Column("outcome", "Outcome"),
        Column("reason", "Reason"),
    )
    rows = [
        (str(row["number"]), words[row["kind"]], row["is_material"], row["subject"], row["text"],
         words.get(row["outcome"], ""), row["reason"])
        for row in part["findings"]
    ]  # fmt: skip
    draft.table("findings", "Findings", columns, rows)
    if not rows:
        draft.say("findings", "Findings", "None")
    draft.say("impartiality", "Impartiality", part["impartiality"])
    draft.say("dated_on", "Date", part["dated_on"], kind=Kind.DATE)
    draft.say("signed_by", "Signed by", part["signed_by"])
    return draft.done()


def _annexed(number: str, record: Record | None) -> tuple[Item, ...]:
    """The operator's own report as items of this one."""
    if record is None:
        return ()
    return tuple(_item(number, each) for each in record["items"])


def _item(number: str, record: Record) -> Item:
    return Item(
        number=f"{number}.{record['number']}",
        title=record["title"],
        reference=record["reference"],
        fields=tuple(
            Field(each["key"], each["label"], each["value"], Kind(each["kind"]), each["unit"])
            for each in record["fields"]
        ),
        tables=tuple(_table(each) for each in record["tables"]),
        notes=tuple(record["notes"]),
        not_applicable=record["not_applicable"] or "",
    )


def _table(record: Record) -> Table:
    columns = tuple(Column(each["key"], each["label"], Kind(each["kind"]), each["unit"]) for each in record["columns"])
    rows = tuple(tuple(row[column.key] for column in columns) for row in record["rows"])
    return Table(record["key"], record["title"], columns, rows)
