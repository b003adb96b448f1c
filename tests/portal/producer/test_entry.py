"""Filling in a claim page by page."""

import pytest
from django.urls import reverse

from portal.producer.entry.steps import STEPS
from verification.audit.models import Event
from verification.claims.models import Claim
from verification.claims.selectors import stored_answers
from verification.claims.services.producer import start_claim

pytestmark = pytest.mark.db


@pytest.fixture
def claim(claim_at, acting):
    """An empty claim of a registered site."""
    site = claim_at("Gaziantep").installation
    return start_claim(site, scheme="eu-cbam", year=2025, actor=acting("producer"))


def begin(producer, claim, **data):
    return producer.post(reverse("producer:claim_entry_begin", args=[claim.pk]), data)


def row_address(claim, section, key):
    return reverse("producer:claim_row", args=[claim.pk, section, key])


def problem_codes(claim):
    return sorted({problem["code"] for problem in Claim.objects.get(pk=claim.pk).reading["problems"]})


def test_form_starts_with_what_the_register_knows(producer, claim):
    assert begin(producer, claim).status_code == 302
    site = stored_answers(claim)["installation"]["-"]
    assert (site["city"], site["country"], site["un_locode"]) == ("Gaziantep", "TR", "TRGZT")
    assert stored_answers(claim)["period"]["-"] == {"starts_on": "2025-01-01", "ends_on": "2025-12-31"}


def test_task_list_has_one_part_for_each_page(producer, claim):
    begin(producer, claim)
    tasks = producer.get(reverse("producer:claim", args=[claim.pk])).context["tasks"]
    assert [str(task["label"]) for task in tasks[: len(STEPS)]] == [str(step.title) for step in STEPS]


@pytest.mark.parametrize("step", [step.key for step in STEPS])
def test_every_part_opens(producer, claim_at, step):
    response = producer.get(reverse("producer:claim_step", args=[claim_at("Gaziantep").pk, step]))
    assert response.status_code == 200


def test_every_row_opens(producer, claim_at):
    claim = claim_at("Gaziantep")
    opened = 0
    for section, rows in stored_answers(claim).items():
        if any(section in step.sections for step in STEPS):
            for key in rows:
                assert producer.get(row_address(claim, section, key)).status_code == 200, (section, key)
                opened += 1
    assert opened > 10


def test_what_is_typed_is_kept_and_said_to_be_wrong_at_its_field(producer, claim_at):
    claim = claim_at("Gaziantep")
    before = stored_answers(claim)["streams"]["S1"]
    response = producer.post(row_address(claim, "streams", "S1"), {**before, "activity_data": "lots"})
    assert response.status_code == 422
    assert "activity_data" in response.context["form"].errors
    assert stored_answers(claim)["streams"]["S1"]["activity_data"] == "lots"
    assert 'value="lots"' in response.content.decode()


def test_ambiguous_number_is_asked_back_where_it_stands(producer, claim_at):
    response = producer.get(row_address(claim_at("Gaziantep"), "energy_use", "P2"))
    (message,) = response.context["form"].errors["electricity"]
    assert "1,500" in message or "1500" in message


def test_saved_row_leads_back_to_its_part(producer, claim_at):
    claim = claim_at("Gaziantep")
    values = stored_answers(claim)["streams"]["S1"]
    response = producer.post(row_address(claim, "streams", "S1"), {**values, "name": "Burnt lime"})
    assert response["Location"] == reverse("producer:claim_step", args=[claim.pk, "streams"])
    assert stored_answers(claim)["streams"]["S1"]["name"] == "Burnt lime"


def test_unit_is_converted_and_the_conversion_shown(producer, claim_at):
    claim = claim_at("Gaziantep")
    values = stored_answers(claim)["energy_use"]["P2"]
    typed = {**values, "electricity": "1.5", "electricity.unit": "GWh"}
    producer.post(row_address(claim, "energy_use", "P2"), typed)
    claim.refresh_from_db()
    process = next(each for each in claim.reading["report"]["processes"] if each["id"] == "P2")
    assert process["electricity_mwh"] == "1500"
    assert "= 1500 MWh" in producer.get(row_address(claim, "energy_use", "P2")).content.decode()


def test_autosave_keeps_what_is_typed_and_records_no_event(producer, claim_at):
    claim = claim_at("Gaziantep")
    values, before = stored_answers(claim)["streams"]["S1"], Event.objects.count()
    response = producer.post(
        row_address(claim, "streams", "S1"), {**values, "name": "Half typ"}, headers={"X-Autosave": "1"}
    )
    assert response.status_code == 200
    assert 'id="saved"' in response.content.decode()
    assert stored_answers(claim)["streams"]["S1"]["name"] == "Half typ"
    assert Event.objects.count() == before


def test_autosave_says_nothing_of_numbers_that_the_page_does_not_show_yet(producer, claim):
    """The category brings up a number for each of its routes."""
    begin(producer, claim)
    producer.post(reverse("producer:claim_row_add", args=[claim.pk, "precursors"]))
    address = row_address(claim, "precursors", next(iter(stored_answers(claim)["precursors"])))
    assert producer.get(address).content.decode().count('id="base-purchases') == 1
    typed = {"name": "Pig iron", "category": "Pig iron", "purchases:0": "5"}
    for _saved in range(2):
        said = producer.post(address, typed, headers={"X-Autosave": "1"}).content.decode()
        assert said.count('id="base-purchases') == 1
    assert producer.get(address).content.decode().count('id="base-purchases') > 1


def test_row_is_added_and_removed_with_what_hangs_on_it(producer, claim):
    begin(producer, claim)
    for section in ("processes", "streams"):
        producer.post(reverse("producer:claim_row_add", args=[claim.pk, section]))
    producer.post(row_address(claim, "processes", "P1"), {"name": "Kiln", "category": "Cement clinker"})
    producer.post(
        row_address(claim, "streams", "S1"),
        {"name": "Coal", "method": "combustion", "activity_data": "10", "attribution:0": "100"},
    )
    assert list(stored_answers(claim)["attribution"]) == ["S1~P1"]
    producer.post(reverse("producer:claim_row_remove", args=[claim.pk, "processes", "P1"]))
    answers = stored_answers(claim)
    assert "attribution" not in answers
    assert "processes" not in answers
    assert list(answers["streams"]) == ["S1"]


def test_standard_factor_fills_the_row_with_its_source(producer, claim):
    begin(producer, claim)
    producer.post(reverse("producer:claim_row_add", args=[claim.pk, "streams"]))
    producer.post(
        row_address(claim, "streams", "S1"),
        {
            "name": "Gas",
            "method": "combustion",
            "activity_data": "12",
            "activity_data.unit": "kt",
            "fill": "standard",
            "standard_factor": "Natural gas",
        },
    )
    row = stored_answers(claim)["streams"]["S1"]
    assert (row["emission_factor"], row["net_calorific_value"]) == ("56.1", "48")
    assert "2025/2547" in row["factor_reference"]
    assert row["activity_data"] == "12"


def test_precursor_takes_the_values_of_a_certificate(producer, claim_at):
    claim = claim_at("Gaziantep")
    certificate = claim_at("Aliağa").certificates.get()
    good = claim_at("Aliağa").reading["goods"][0]
    producer.post(reverse("producer:claim_row_add", args=[claim.pk, "deliveries"]))
    key = list(stored_answers(claim)["deliveries"])[-1]
    typed = {"precursor": "PP1", "certificate_number": certificate.number, "cn": good["cn"], "amount": "10"}
    producer.post(row_address(claim, "deliveries", key), {**typed, "fill": "certificate"})
    row = stored_answers(claim)["deliveries"][key]
    assert row["see_direct"] == good["see_direct"]
    assert (row["value_source"], row["country"], row["verifier_accreditation"] != "") == ("measured", "TR", True)
    claim.refresh_from_db()
    assert claim.reading["precursor_certificates"][certificate.number]["status"] == "valid"


def test_unknown_certificate_is_refused_at_its_field(producer, claim_at):
    claim = claim_at("Gaziantep")
    producer.post(reverse("producer:claim_row_add", args=[claim.pk, "deliveries"]))
    key = list(stored_answers(claim)["deliveries"])[-1]
    response = producer.post(
        row_address(claim, "deliveries", key),
        {"precursor": "PP1", "certificate_number": "X-1", "amount": "10", "fill": "certificate"},
    )
    assert response.status_code == 422
    assert "PCV" not in str(response.context["form"].errors["certificate_number"])
    assert stored_answers(claim)["deliveries"][key]["certificate_number"] == "X-1"


def test_precursor_without_certificate_takes_the_default(producer, claim_at):
    claim = claim_at("Gaziantep")
    producer.post(reverse("producer:claim_row_add", args=[claim.pk, "deliveries"]))
    key = list(stored_answers(claim)["deliveries"])[-1]
    typed = {"precursor": "PP1", "cn": "72026000", "country": "ID", "amount": "10", "fill": "default"}
    producer.post(row_address(claim, "deliveries", key), typed)
    row = stored_answers(claim)["deliveries"][key]
    assert row["value_source"] == "default"
    assert row["default_reference"]


def test_new_year_starts_with_everything_but_the_numbers(producer, claim_at, acting):
    last = claim_at("Aliağa")
    claim = start_claim(last.installation, scheme="eu-cbam", year=2027, actor=acting("producer"))
    begin(producer, claim, earlier=str(last.pk))
    answers = stored_answers(claim)
    assert [row["name"] for row in answers["processes"].values()] == [
        process["name"] for process in last.reading["report"]["processes"]
    ]
    assert not any(row.get("activity_data") for row in answers["streams"].values())
    assert answers["period"]["-"]["starts_on"] == "2027-01-01"


def test_workbook_goes_on_in_the_form_with_its_numbers(producer, claim_at):
    claim = claim_at("Trabzon")
    goods = claim.reading["goods"]
    begin(producer, claim)
    claim.refresh_from_db()
    assert (claim.way_in, claim.template_file) == ("answers", None)
    assert [good["see_direct"] for good in claim.reading["goods"]] == [good["see_direct"] for good in goods]


def test_approved_claim_is_amended_with_its_numbers(producer, claim_at):
    approved = claim_at("Aliağa")
    assert producer.post(reverse("producer:claim_amend", args=[approved.pk])).status_code == 302
    newer = Claim.objects.get(amends=approved)
    assert newer.period_start == approved.period_start
    assert [good["see_direct"] for good in newer.reading["goods"]] == [
        good["see_direct"] for good in approved.reading["goods"]
    ]
    page = producer.get(reverse("producer:claim_changes", args=[newer.pk]))
    assert page.context["count"] == 0


def test_claim_is_amended_once_at_a_time(producer, claim_at):
    approved = claim_at("Aliağa")
    producer.post(reverse("producer:claim_amend", args=[approved.pk]))
    assert producer.post(reverse("producer:claim_amend", args=[approved.pk])).status_code == 409
    assert Claim.objects.filter(amends=approved).count() == 1


def test_claim_under_way_is_not_amended(producer, claim_at):
    assert producer.post(reverse("producer:claim_amend", args=[claim_at("Silifke").pk])).status_code == 409


def test_approved_claim_is_renewed_for_the_next_year_once(producer, claim_at):
    approved = claim_at("Aliağa")
    producer.post(reverse("producer:claim_renew", args=[approved.pk]))
    newer = Claim.objects.get(installation=approved.installation, period_start__year=2027)
    assert newer.way_in == "answers"
    assert producer.post(reverse("producer:claim_renew", args=[approved.pk])).status_code == 409


@pytest.mark.parametrize(
    ("section", "key", "typed", "field", "words"),
    [
        ("streams", "S1", {"oxidation": "0.98", "oxidation.unit": "%"}, "oxidation", "looks like a share of one"),
        ("streams", "S1", {"activity_data": "-5"}, "activity_data", ""),
    ],
)
def test_what_the_checks_find_is_said_at_the_field(producer, claim_at, section, key, typed, field, words):
    claim = claim_at("Gaziantep")
    values = {**stored_answers(claim)[section][key], **typed}
    response = producer.post(row_address(claim, section, key), values)
    assert response.status_code == 422
    assert words in str(response.context["form"].errors[field])


def test_process_that_makes_nothing_is_said_on_the_page_of_its_production(producer, claim_at):
    claim = claim_at("Gaziantep")
    values = {**stored_answers(claim)["production"]["P2"], "route_production:0": "0"}
    response = producer.post(row_address(claim, "production", "P2"), values)
    assert response.status_code == 422
    assert "The process makes nothing" in str(response.context["form"].errors)


def test_what_is_only_missing_so_far_does_not_hold_anybody_up(producer, claim_at):
    claim = claim_at("Gaziantep")
    values = {**stored_answers(claim)["processes"]["P1"], "direct_emissions": ""}
    assert producer.post(row_address(claim, "processes", "P1"), values).status_code == 302
    page = producer.get(row_address(claim, "processes", "P1"))
    assert [problem["code"] for problem in page.context["advice"]] == ["ENT-100"]
    step = producer.get(reverse("producer:claim_step", args=[claim.pk, "processes"]))
    assert step.context["count"] == 1


def test_amount_a_thousand_times_too_large_is_asked_about_at_its_row(producer, claim_at):
    claim = claim_at("Gaziantep")
    values = {**stored_answers(claim)["streams"]["S1"], "net_calorific_value": "48000"}
    producer.post(row_address(claim, "streams", "S1"), values)
    page = producer.get(row_address(claim, "streams", "S1"))
    said = [problem["code"] for problem in page.context["advice"]] + list(page.context["form"].errors)
    assert said
    assert any(code.startswith("STR-") for code in said)
