"""Rules for units in the database, and as the record that the pure rooms read."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories.reference import SCHEME, PackWriter, UnitPackWriter, published_release
from verification.audit.actors import Actor
from verification.kernel import clock
from verification.kernel.canonical import canonical_bytes
from verification.kernel.errors import InvalidInput, MissingReference
from verification.reference import selectors
from verification.reference.models import (
    Country,
    Edition,
    HostAgreement,
    UnitEligibility,
    UnitLimit,
    UnitProgramme,
    UnitType,
)
from verification.reference.services import load_pack
from verification.units.rules import UnitRules

pytestmark = [pytest.mark.db, pytest.mark.django_db]

UNIT_MODELS = [HostAgreement, UnitEligibility, UnitLimit, UnitProgramme, UnitType]


@pytest.mark.parametrize("model", [*UNIT_MODELS, Country, Edition])
def test_published_rows_stay_as_they_are(tmp_path, model):
    published_release(tmp_path, UnitPackWriter())
    row = model.objects.first()
    for change in (lambda: model.objects.update(valid_to=date(2030, 1, 1)), lambda: row.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    row.pk, row.valid_from = None, date(2031, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (UnitProgramme, {"serial_family": "guess"}),
        (UnitProgramme, {"lookup_mode": "always"}),
        (UnitProgramme, {"certainty": "sure"}),
        (UnitProgramme, {"reference": ""}),
        (UnitProgramme, {"valid_to": date(2025, 1, 1)}),
        (UnitType, {"treaty_basis": "montreal"}),
        (UnitType, {"metric": "kg"}),
        (UnitEligibility, {"outcome": "perhaps"}),
        (UnitEligibility, {"outcome": "refuse", "exclusion_note": ""}),
        (UnitEligibility, {"vintage_to": date(2020, 12, 31)}),
        (UnitEligibility, {"cancelled_to": date(2026, 1, 31)}),
        (HostAgreement, {"in_force_to": date(2026, 3, 1)}),
        (HostAgreement, {"loa_levy_percent": Decimal("100.1")}),
        (HostAgreement, {"loa_levy_percent": Decimal("-0.1")}),
        (UnitLimit, {"base": "net"}),
        (UnitLimit, {"rounding": "up"}),
        (UnitLimit, {"percent": Decimal("100.01")}),
        (UnitLimit, {"percent": Decimal(-1)}),
        (UnitLimit, {"carry_over_cap": Decimal(101)}),
    ],
)
def test_row_that_contradicts_itself_is_refused_by_the_database(tmp_path, model, changes):
    release = load_pack(UnitPackWriter().write(tmp_path), actor=Actor.system()).release
    row = model.objects.get(release=release)
    row.pk, row.valid_from = None, date(2025, 6, 1)
    with transaction.atomic():
        row.save(force_insert=True)
        transaction.set_rollback(True)
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("model", UNIT_MODELS)
def test_row_of_one_key_begins_once(tmp_path, model):
    release = load_pack(UnitPackWriter().write(tmp_path), actor=Actor.system()).release
    row = model.objects.get(release=release)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_record_holds_every_row_as_plain_text(tmp_path):
    release = published_release(tmp_path, UnitPackWriter())
    record = selectors.unit_rules_record(SCHEME)
    assert canonical_bytes(record)
    assert (record["release"], record["content_sha256"]) == (1, release.content_sha256)
    assert record["limits"] == [
        {"valid_from": "2026-01-01", "valid_to": None,
         "reference": "Act 2, Annex", "certainty": "confirmed", "note": "",
         "code": "general", "base": "taxable", "percent": "5",
         "sublimits": [{"class": "kyoto", "percent_of_limit": "50"}], "carry_over_years": 1, "carry_over_cap": "40",
         "rounding": "floor", "unit_factors": [{"class": "kyoto", "factor": "0.5"}]}
    ]  # fmt: skip
    assert [channel["value"] for channel in record["channels"]] == [
        "none",
        "surrender_with_limit",
        "inside_carbon_price",
    ]
    assert record["switches"]["intl_credit_cap"]["value"] == "0.10"
    assert record["agreements"][0]["loa_levy_percent"] == "2"


def test_record_becomes_the_rules(tmp_path):
    published_release(tmp_path, UnitPackWriter())
    rules = UnitRules.from_record(selectors.unit_rules_record(SCHEME))
    assert rules.limit_for(date(2026, 1, 1)).percent == Decimal(5)
    assert rules.type_on("CER", date(2026, 1, 1)).requires_corresponding_adjustment is False
    assert rules.programme_on("CDM", date(2026, 1, 1)).serial_family == "kyoto"
    assert rules.agreement_with("TR", date(2026, 3, 1)).loa_levy_percent == Decimal(2)
    assert [row.code for row in rules.eligibility_on(date(2026, 3, 1))] == ["cer"]


def test_scheme_without_units_takes_none(tmp_path):
    published_release(tmp_path)
    rules = UnitRules.from_record(selectors.unit_rules_record(SCHEME))
    assert (rules.channels, rules.eligibility, rules.takes_units_on(date(2026, 1, 1))) == ((), (), False)
    with pytest.raises(MissingReference):
        rules.limit_for(date(2026, 1, 1))


def test_record_is_what_was_known_at_the_instant(tmp_path):
    writer = UnitPackWriter()
    published_release(tmp_path / "a", writer)
    between = clock.now()
    writer.cell("unit_limits", "percent", "7")
    published_release(tmp_path / "b", writer)
    assert selectors.unit_rules_record(SCHEME)["limits"][0]["percent"] == "7"
    assert selectors.unit_rules_record(SCHEME, known_at=between)["limits"][0]["percent"] == "5"
    with pytest.raises(MissingReference):
        selectors.unit_rules_record("nowhere")


def test_standing_of_a_country_is_that_of_the_day(tmp_path):
    writer = PackWriter()
    writer.extra_columns["countries"] = ["valid_from", "valid_to"]
    writer.rows["countries"] = [
        ["TR", "TUR", "792", "Türkiye", "exempt", "Act 1", "2026-01-01", "2026-07-01"],
        ["TR", "TUR", "792", "Türkiye", "third_country", "Act 1", "2026-07-01", ""],
    ]
    published_release(tmp_path, writer)
    standing = {day: selectors.countries(SCHEME, day).get().standing for day in (
        date(2025, 1, 1), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2028, 1, 1)
    )}  # fmt: skip
    assert list(standing.values()) == ["exempt", "exempt", "exempt", "third_country", "third_country"]
    assert selectors.countries(SCHEME).count() == 2
    assert selectors.country_names(SCHEME) == {"TR": "Türkiye"}


def test_scheme_without_price_or_free_allocation_says_so(tmp_path):
    writer = PackWriter()
    writer.definition["obligation"] = {"reference": "Act 1, Article 4"}
    published_release(tmp_path, writer)
    with pytest.raises(MissingReference, match="sets no price"):
        selectors.certificate_price(SCHEME, date(2026, 1, 1))
    factors = selectors.year_factors(SCHEME, 2026)
    assert (factors.cbam_factor, factors.cross_sectoral_correction) == (None, None)
    assert factors.mark_up_by_sector["steel"].value == Decimal("0.10")


def test_scheme_that_was_published_first_comes_first(tmp_path):
    published_release(tmp_path / "z")
    writer = PackWriter()
    writer.definition["code"] = "another-scheme"
    published_release(tmp_path / "a", writer)
    published_release(tmp_path / "again", UnitPackWriter())
    assert selectors.known_schemes() == [SCHEME, "another-scheme"]


@pytest.mark.parametrize(
    ("table", "column", "length", "kept"),
    [("unit_programmes", "reference", 301, 300), ("unit_types", "name", 101, 100), ("countries", "name", 101, 100)],
)
def test_text_that_is_too_long_is_told_on_every_database(tmp_path, table, column, length, kept):
    writer = UnitPackWriter()
    writer.cell(table, column, "x" * kept)
    load_pack(writer.write(tmp_path / "fits"), actor=Actor.system())
    writer.cell(table, column, "x" * length)
    with pytest.raises(InvalidInput) as refused:
        load_pack(writer.write(tmp_path / "long"), actor=Actor.system())
    (problem,) = refused.value.problems
    assert (problem.code, problem.sheet, problem.cell, problem.field) == ("REF-015", f"tables/{table}.csv", "2", column)
