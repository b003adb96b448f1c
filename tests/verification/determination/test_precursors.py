"""Values of a bought precursor: from a certificate that fits, else from the table of defaults."""

from datetime import date
from decimal import Decimal

import pytest

from verification.determination.precursors import (
    certificate_facts,
    default_for_precursor,
    demand_fitting,
    values_from_certificate,
)
from verification.determination.services import determine_question, question_for
from verification.kernel.errors import InvalidInput
from verification.registry.enums import AccreditationMeasureKind
from verification.registry.models import Accreditation
from verification.registry.services import record_accreditation_measure

pytestmark = pytest.mark.db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def certificate(claim_at):
    return claim_at("Aliağa").certificates.get().number


def codes(refusal):
    return [(problem.code, problem.field) for problem in refusal.value.problems]


def fit(number, **changes):
    asked = {"scheme": "eu-cbam", "period": YEAR, "is_period_explained": False, **changes}
    return demand_fitting(number, **asked)


def test_certificate_gives_its_approved_values_and_its_verifier(certificate, claim_at):
    good = claim_at("Aliağa").reading["goods"][0]
    answers = values_from_certificate(certificate, cn=good["cn"]).answers
    assert answers["see_direct"] == good["see_direct"]
    assert (answers["operator"], answers["country"]) == ("Karaçam Industries", "TR")
    assert (answers["period_starts_on"], answers["period_ends_on"]) == ("2026-01-01", "2026-12-31")
    assert answers["verifier"] == "Anadolu Verification"


def test_certificate_of_several_goods_wants_one_chosen(certificate):
    with pytest.raises(InvalidInput) as refusal:
        values_from_certificate(certificate)
    assert codes(refusal) == [("PCV-011", "cn")]


def test_revoked_certificate_gives_nothing(claim_at):
    with pytest.raises(InvalidInput) as refusal:
        values_from_certificate(claim_at("İskenderun").certificates.get().number)
    assert codes(refusal) == [("PCV-010", "certificate_number")]


def test_certificate_of_the_same_scheme_and_year_fits(certificate):
    assert fit(certificate) is None


def test_certificate_of_another_scheme_does_not_fit(certificate):
    with pytest.raises(InvalidInput) as refusal:
        fit(certificate, scheme="uk-cbam")
    assert codes(refusal) == [("PCV-014", "certificate_number")]


def test_certificate_of_another_period_fits_only_when_explained(certificate):
    other = (date(2027, 1, 1), date(2027, 12, 31))
    with pytest.raises(InvalidInput) as refusal:
        fit(certificate, period=other)
    assert codes(refusal) == [("PCV-016", "period_method")]
    assert fit(certificate, period=other, is_period_explained=True) is None


def test_certificate_whose_verifier_was_suspended_does_not_fit(certificate, acting):
    record_accreditation_measure(
        Accreditation.objects.get(),
        AccreditationMeasureKind.SUSPENDED,
        effective_on=date(2027, 3, 1),
        reason="Serious breach",
        actor=acting("reviewer"),
    )
    with pytest.raises(InvalidInput) as refusal:
        fit(certificate)
    assert codes(refusal) == [("PCV-015", "certificate_number")]
    assert "suspended" in certificate_facts([certificate])[certificate]["verifier_problem"]


def test_default_is_the_marked_up_value_of_the_country(world):
    found = default_for_precursor("eu-cbam", cn="72026000", country="ID", year=2026)
    assert Decimal(found.answers["see_direct"]) > 0
    assert found.answers["see_indirect"] == "0"
    assert found.answers["value_source"] == "default"


def test_default_of_a_good_with_indirect_scope_is_told_in_two_parts_that_make_the_whole(world):
    found = default_for_precursor("eu-cbam", cn="26011200", country="IN", year=2026).answers
    whole = determine_question(question_for("eu-cbam", "26011200", "IN", legal_date=date(2026, 12, 31))).value
    assert Decimal(found["see_direct"]) + Decimal(found["see_indirect"]) == whole


def test_unknown_code_has_no_default(world):
    with pytest.raises(InvalidInput) as refusal:
        default_for_precursor("eu-cbam", cn="99999999", country="IN", year=2026)
    assert codes(refusal) == [("PCV-012", "cn")]
