from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories.determination import installation, terms
from tests.factories.reference import SCHEME, published_release
from verification.audit.actors import Actor
from verification.audit.models import Event
from verification.determination.gains import gain_of_verified_value
from verification.determination.models import Override
from verification.determination.selectors import public_history_of, public_overrides_known_at, quantity_left
from verification.determination.services import (
    determine_question,
    end_override,
    open_override,
    question_for,
    span_of_override,
    supersede_override,
)
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, MissingReference, NotAllowed
from verification.kernel.spans import Span

pytestmark = [pytest.mark.db, pytest.mark.django_db]

APPROVER = Actor(kind="user", id="7", label="Approver", roles=frozenset({"approver"}))


@pytest.fixture
def site(tmp_path):
    published_release(tmp_path)
    return installation()


def opened(**changes):
    return open_override(SCHEME, terms(**changes), reporting_year=2026, actor=APPROVER)


def answer(legal_date=date(2026, 3, 1), known_at=None, **more):
    return determine_question(
        question_for(
            SCHEME, "7208 39 00", "tr", legal_date=legal_date, known_at=known_at, installation="TR-9001", **more
        )
    )


def copy_of(override, **changes):
    values = {field.attname: getattr(override, field.attname) for field in Override._meta.concrete_fields}
    del values["id"]
    return Override(**values | changes)


def refused(override):
    with pytest.raises(IntegrityError), transaction.atomic():
        override.save(force_insert=True)


def test_opening_is_known_from_now_and_not_before(site):
    before = clock.now()
    override = opened()
    assert answer().value == Decimal("1.80000")
    assert answer().override == str(override.pk)
    assert answer(known_at=before).basis == "default"


def test_span_comes_from_the_rule_of_the_pack(site):
    assert span_of_override(SCHEME, 2026) == Span.year(2026)
    override = opened()
    assert (override.valid_from, override.valid_to) == (date(2026, 1, 1), date(2027, 1, 1))


def test_every_digit_of_a_value_is_kept(site):
    override = opened(see_direct=Decimal("1.234567890123456789"))
    assert str(Override.objects.get(pk=override.pk).see_direct) == "1.234567890123456789"


def test_opening_is_recorded_with_its_grounds(site):
    override = opened()
    event = Event.objects.get(name="determination.override.opened")
    assert event.subject_id == str(override.pk)
    assert '"see_direct":"1.8"' in event.facts
    assert '"decision_reference":"D-1"' in event.facts


def test_second_approval_for_the_key_must_supersede(site):
    opened()
    with pytest.raises(Conflict, match="Supersede"):
        opened(claim_reference="CL-2")


@pytest.mark.parametrize("roles", [set(), {"reviewer"}, {"steward"}])
def test_only_an_approver_decides(site, roles):
    with pytest.raises(NotAllowed):
        open_override(SCHEME, terms(), reporting_year=2026, actor=Actor("user", "1", "X", frozenset(roles)))


@pytest.mark.parametrize(
    "changes", [{"category": "products"}, {"good_code": ""}, {"see_direct": Decimal(-1)}, {"see_total": Decimal(-1)}]
)
def test_incomplete_terms_are_refused(site, changes):
    with pytest.raises(InvalidInput):
        opened(**changes)
    assert not Override.objects.exists()


def test_superseding_changes_only_later_knowledge(site):
    first = opened()
    between = clock.now()
    second = supersede_override(
        first, terms(see_direct=Decimal("1.5"), decision_reference="D-2"), reporting_year=2026, actor=APPROVER
    )
    assert answer().value == Decimal("1.5")
    assert answer(known_at=between).value == Decimal("1.80000")
    assert second.continues == first
    assert list(public_history_of("TR-9001")) == [first, second]
    assert list(public_overrides_known_at(clock.now(), scheme=SCHEME)) == [second]


def test_superseding_what_is_no_longer_in_force_is_refused(site):
    first = opened()
    supersede_override(first, terms(), reporting_year=2026, actor=APPROVER)
    with pytest.raises(Conflict, match="no longer in force"):
        supersede_override(first, terms(), reporting_year=2026, actor=APPROVER)


def test_superseding_with_another_year_keeps_the_first_one(site):
    first = opened()
    supersede_override(first, terms(see_direct=Decimal("1.5")), reporting_year=2027, actor=APPROVER)
    assert answer(date(2026, 3, 1)).value == Decimal("1.80000")
    assert answer(date(2027, 3, 1)).value == Decimal("1.5")


def test_ending_back_to_the_first_day_leaves_nothing_but_the_past(site):
    override = opened()
    before = clock.now()
    assert end_override(override, effective_on=date(2026, 1, 1), decision_reference="R-1", actor=APPROVER) is None
    assert answer().basis == "default"
    assert answer(known_at=before).basis == "verified"


def test_ending_from_a_later_day_keeps_the_days_before(site):
    successor = end_override(opened(), effective_on=date(2026, 7, 1), decision_reference="R-1", actor=APPROVER)
    assert (successor.valid_to, successor.decision_reference) == (date(2026, 7, 1), "R-1")
    assert answer(date(2026, 6, 30)).basis == "verified"
    assert answer(date(2026, 7, 1)).basis == "default"
    assert '"effective_on":"2026-07-01"' in Event.objects.get(name="determination.override.ended").facts


def test_ending_after_the_last_day_or_twice_is_refused(site):
    override = opened()
    with pytest.raises(InvalidInput):
        end_override(override, effective_on=date(2027, 1, 1), decision_reference="R-1", actor=APPROVER)
    end_override(override, effective_on=date(2026, 1, 1), decision_reference="R-1", actor=APPROVER)
    with pytest.raises(Conflict):
        end_override(override, effective_on=date(2026, 1, 1), decision_reference="R-2", actor=APPROVER)


def test_verified_quantity_is_left_in_full_until_drawn(site):
    assert quantity_left(opened(verified_quantity_t=Decimal(1000))) == Decimal(1000)
    assert answer(quantity_t=Decimal(1200)).remainder.basis == "default"


def test_approval_for_a_category_answers_for_its_goods(site):
    opened(good_code="", category="products")
    assert answer().basis == "verified"


def test_gain_is_in_money_after_free_allocation(site):
    question = question_for(SCHEME, "72083900", "TR", legal_date=date(2026, 3, 1))
    gain = gain_of_verified_value(question, Decimal("1.8"))
    assert (gain.default.emissions_per_t, gain.default.benchmark.column) == (Decimal("2.671"), "B")
    assert gain.verified.benchmark.column == "A"
    assert gain.gain_per_t == (Decimal("2.671") - Decimal("1.33575") - Decimal("1.8") + Decimal("0.0429")) * 80


def test_gain_without_published_price_is_refused(site):
    question = question_for(SCHEME, "72083900", "TR", legal_date=date(2026, 8, 1))
    with pytest.raises(MissingReference):
        gain_of_verified_value(question, Decimal("1.8"))


@pytest.mark.parametrize("code", ["7208", "72O83900", "720839001"])
def test_question_with_a_code_of_other_length_is_refused(code):
    with pytest.raises(InvalidInput):
        question_for(SCHEME, code, "TR")


def test_database_refuses_overlap_in_both_times(site):
    override = opened()
    refused(copy_of(override))
    refused(copy_of(override, valid_from=date(2026, 12, 31), valid_to=None))


def test_database_allows_neighbours_and_other_keys(site):
    override = opened()
    copy_of(override, valid_from=date(2027, 1, 1), valid_to=date(2028, 1, 1)).save(force_insert=True)
    copy_of(override, valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1)).save(force_insert=True)
    copy_of(override, route="EAF").save(force_insert=True)
    copy_of(override, known_from=override.known_from.replace(year=2020), known_to=override.known_from).save(
        force_insert=True
    )
    assert Override.objects.count() == 5


@pytest.mark.parametrize(
    "changes",
    [
        {"good_code": "", "category": ""},
        {"category": "products"},
        {"valid_to": date(2026, 1, 1)},
        {"reference": ""},
        {"decision_reference": ""},
    ],
)
def test_database_refuses_rows_that_make_no_sense(site, changes):
    refused(copy_of(opened(), route="other", **changes))


@pytest.mark.parametrize("changes", [{"see_direct": Decimal(1)}, {"valid_to": None}, {"certificate_number": "C-2"}])
def test_database_refuses_changes(site, changes):
    opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.update(**changes)


def test_database_lets_known_to_be_written_once(site):
    opened()
    now = clock.now()
    Override.objects.update(known_to=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.update(known_to=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.update(known_to=None)


def test_database_refuses_deletion(site):
    opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.all().delete()
