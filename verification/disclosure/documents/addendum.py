"""The declarant-specific addendum for imported electricity (2025/2547, Annex IV, 1.1.1): three items."""

from __future__ import annotations

from verification.accounting.model import ElectricityAddendum
from verification.disclosure.documents.drafting import Draft
from verification.disclosure.documents.shape import Document, Item, Kind
from verification.disclosure.documents.source import Source

SCHEMA = "electricity-addendum/1"
TITLE = "Addendum for imported electricity"
BASIS = "Implementing Regulation (EU) 2025/2547, Annex IV, 1.1.1"
SECTION = "electricity_addenda"


def electricity_addendum(source: Source, addendum: ElectricityAddendum) -> Document:
    return Document(SCHEMA, TITLE, BASIS, source.identity, _items(addendum))


def addendum_named(source: Source, addendum_id: str) -> ElectricityAddendum | None:
    return next((item for item in source.report.electricity_addenda if item.id == addendum_id), None)


def _items(addendum: ElectricityAddendum) -> tuple[Item, ...]:
    declarant = Draft("1", "Declarant", f"{BASIS}, item 1")
    declarant.say("eori", "EORI number", addendum.declarant_eori, kind=Kind.CODE, section=SECTION)
    criteria = Draft("2", "Criteria for the use of actual values", f"{BASIS}, item 2")
    confirmed = (
        ("contract_confirmed", "Point 5(a): power purchase agreement", addendum.contract_confirmed),
        ("capacity_confirmed", "Point 5(d): nominated capacity", addendum.capacity_confirmed),
    )
    for key, label, answer in confirmed:
        criteria.say(key, label, answer, kind=Kind.YES_NO, section=SECTION)
    criteria.say(
        "congestion_confirmed", "Point 5(b), where relevant: no physical congestion of the network",
        addendum.congestion_confirmed, kind=Kind.YES_NO,
    )  # fmt: skip
    criteria.say(
        "evidence_given", "Evidence went to the verifier (Annex II, D.2.4)", addendum.evidence_given,
        kind=Kind.YES_NO, section=SECTION,
    )  # fmt: skip
    criteria.note("Points of Regulation (EU) 2023/956, Annex IV, point 5.")
    quantity = Draft("3", "Electricity imported", f"{BASIS}, item 3")
    quantity.say(
        "imported_mwh", "Electricity that meets the criteria", addendum.amount_mwh, kind=Kind.NUMBER, unit="MWh",
        section=SECTION,
    )  # fmt: skip
    return declarant.done(), criteria.done(), quantity.done()
