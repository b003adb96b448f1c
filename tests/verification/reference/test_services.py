from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.factories.reference import OFFICIALS, SCHEME, PackWriter, published_release
from verification.audit.actors import Actor
from verification.audit.models import Event
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, MissingReference, NotAllowed
from verification.reference import selectors
from verification.reference.models import DefaultValue, Release, Scheme
from verification.reference.services import load_pack, publish_release

pytestmark = [pytest.mark.db, pytest.mark.django_db]

SYSTEM = Actor.system()
IN_2026 = date(2026, 3, 1)


def test_load_writes_a_draft_that_answers_nothing(tmp_path):
    loaded = load_pack(PackWriter().write(tmp_path), actor=SYSTEM)
    assert (loaded.is_new, loaded.release.number, loaded.release.is_published) == (True, 1, False)
    with pytest.raises(MissingReference, match="No release"):
        selectors.published_release(SCHEME)


def test_load_of_the_same_content_makes_no_new_release(tmp_path):
    folder = PackWriter().write(tmp_path)
    first = load_pack(folder, actor=SYSTEM, publish_with=OFFICIALS)
    second = load_pack(folder, actor=SYSTEM, publish_with=OFFICIALS)
    assert (second.is_new, second.release.pk) == (False, first.release.pk)
    assert Event.objects.filter(name="reference.release.published").count() == 1


def test_load_of_a_broken_pack_writes_nothing(tmp_path):
    writer = PackWriter()
    writer.rows["default_values"][0][5] = "x"
    with pytest.raises(InvalidInput):
        load_pack(writer.write(tmp_path), actor=SYSTEM)
    assert not Scheme.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("officials", [("O-1", "O-1"), ("O-1", " "), ("", "O-2"), ("O-1", "O-1 ")])
def test_publishing_needs_two_different_officials(tmp_path, officials):
    with pytest.raises(InvalidInput, match="two different officials"):
        load_pack(PackWriter().write(tmp_path), actor=SYSTEM, publish_with=officials)
    assert not Release.objects.exists()


def test_publishing_twice_is_refused(tmp_path):
    release = published_release(tmp_path)
    with pytest.raises(Conflict):
        publish_release(release, officials=OFFICIALS, actor=SYSTEM)


def test_only_a_steward_loads_packs(tmp_path):
    folder = PackWriter().write(tmp_path)
    with pytest.raises(NotAllowed):
        load_pack(folder, actor=Actor(kind="user", id="1", label="P", roles=frozenset({"reviewer"})))
    steward = Actor(kind="user", id="2", label="S", roles=frozenset({"steward"}))
    assert load_pack(folder, actor=steward).release.loaded_by == "S"


def test_first_release_may_reach_back_and_the_next_may_not(tmp_path):
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    writer = PackWriter()
    load_pack(writer.write(tmp_path / "a"), actor=SYSTEM, publish_with=OFFICIALS, published_at=long_ago)
    assert selectors.published_release(SCHEME, long_ago).number == 1
    writer.parameters[3]["values"]["2026-01-01"]["value"] = "90"
    with pytest.raises(Conflict, match="Only the first"):
        load_pack(writer.write(tmp_path / "b"), actor=SYSTEM, publish_with=OFFICIALS, published_at=long_ago)
    assert Release.objects.count() == 1


def test_new_release_leaves_what_was_known_before(tmp_path):
    writer = PackWriter()
    published_release(tmp_path / "a", writer)
    between = clock.now()
    writer.parameters[3]["values"]["2026-01-01"]["value"] = "90"
    published_release(tmp_path / "b", writer)
    assert selectors.parameter_at(SCHEME, "price", IN_2026).value == Decimal(90)
    assert selectors.parameter_at(SCHEME, "price", IN_2026, known_at=between).value == Decimal(80)


def test_release_that_comes_into_force_later_waits(tmp_path):
    tomorrow = clock.now() + timedelta(days=1)
    load_pack(PackWriter().write(tmp_path), actor=SYSTEM, publish_with=OFFICIALS, published_at=tomorrow)
    with pytest.raises(MissingReference):
        selectors.published_release(SCHEME)


def test_numbers_keep_every_digit(tmp_path):
    writer = PackWriter()
    digits = "2.1234567890123456789012345"
    writer.rows["default_values"][0][5] = digits
    published_release(tmp_path, writer)
    assert str(DefaultValue.objects.get(country="TR", cn_prefix="7208").total) == digits
    assert str(selectors.parameter_at(SCHEME, "mark_up", IN_2026).value) == "0.10"


def test_parameter_after_the_end_of_its_series_is_missing(tmp_path):
    published_release(tmp_path)
    assert selectors.certificate_price(SCHEME, date(2026, 6, 30)).value == Decimal(80)
    with pytest.raises(MissingReference, match="no price for 2026-07-01"):
        selectors.certificate_price(SCHEME, date(2026, 7, 1))


def test_year_factors_carry_their_references(tmp_path):
    published_release(tmp_path)
    factors = selectors.year_factors(SCHEME, 2027)
    assert (factors.cbam_factor.value, factors.mark_up_by_sector["steel"].value) == (Decimal("0.975"), Decimal("0.20"))
    assert factors.cbam_factor.reference == "Act 1, Article 1"


def test_good_is_found_by_long_and_spaced_codes(tmp_path):
    published_release(tmp_path)
    assert selectors.good_for_code(SCHEME, "7208 39 00 10", IN_2026).description == "Coil"
    with pytest.raises(MissingReference, match="99999999 is not a good"):
        selectors.good_for_code(SCHEME, "99999999", IN_2026)


def test_default_values_are_browsed_by_key(tmp_path):
    published_release(tmp_path)
    browse = selectors.public_default_values
    rows = list(browse(SCHEME, IN_2026))
    assert [row.row_key for row in rows] == ["1/TR/7208", "1/TR/7207", "1/other/7208", "1/other/72071111"]
    assert list(browse(SCHEME, IN_2026, after=rows[1].pk)) == rows[2:]
    assert list(browse(SCHEME, IN_2026, country="TR", values_only=True)) == rows[:1]
    assert list(browse(SCHEME, IN_2026, sector="steel")) == rows
    assert list(browse(SCHEME, IN_2026, sector="cement")) == []
    with pytest.raises(MissingReference):
        browse(SCHEME, date(2025, 12, 31))


def test_public_lists_of_the_scheme(tmp_path):
    published_release(tmp_path)
    assert selectors.known_schemes() == [SCHEME]
    assert selectors.country_names(SCHEME) == {"NO": "Norway", "TR": "Türkiye"}
    assert selectors.known_goods(SCHEME, IN_2026) == {"72071111": "Billet", "72083900": "Coil"}
    assert [row.code for row in selectors.categories(SCHEME)] == ["products"]
    assert [row.column for row in selectors.public_benchmarks(SCHEME, IN_2026, cn_code="7208")] == ["A", "B"]
    assert selectors.editions(SCHEME).count() == 5
