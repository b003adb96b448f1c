"""The database refuses what the services would never do."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.reference import OFFICIALS, PackWriter, published_release
from verification.audit.actors import Actor
from verification.kernel import clock
from verification.reference.models import Benchmark, Country, DefaultValue, Edition, Good, Parameter, Release
from verification.reference.services import load_pack

pytestmark = [pytest.mark.db, pytest.mark.django_db]

ROW_MODELS = [Benchmark, Country, DefaultValue, Edition, Good, Parameter]


@pytest.mark.parametrize("model", ROW_MODELS)
def test_row_is_never_updated(tmp_path, model):
    published_release(tmp_path)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(valid_to=None)


@pytest.mark.parametrize("model", [*ROW_MODELS, Release])
def test_row_is_never_deleted(tmp_path, model):
    published_release(tmp_path)
    table = model._meta.db_table
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def test_published_release_takes_no_more_rows(tmp_path):
    published_release(tmp_path)
    row = Parameter.objects.first()
    row.pk, row.name = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_publication_is_written_once(tmp_path):
    published_release(tmp_path)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(published_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(published_by_second="O-3")


@pytest.mark.parametrize("officials", [("O-1", "O-1"), ("O-1", None), ("", "O-2")])
def test_publication_needs_two_officials(tmp_path, officials):
    load_pack(PackWriter().write(tmp_path), actor=Actor.system())
    first, second = officials
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(published_at=clock.now(), published_by_first=first, published_by_second=second)


def test_content_of_a_release_is_fixed_before_publication_too(tmp_path):
    load_pack(PackWriter().write(tmp_path), actor=Actor.system())
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(content_sha256="0" * 64)


@pytest.mark.parametrize(
    "changes",
    [
        {"no_value_reason": "dash"},
        {"no_value_reason": "dash", "total": None},
        {"total": None},
        {"no_value_reason": "guess", "total": None, "direct": None},
        {"cn_prefix": "720"},
        {"reference": ""},
        {"valid_to": "2026-01-01"},
    ],
)
def test_default_value_that_contradicts_itself_is_refused(tmp_path, changes):
    release = load_pack(PackWriter().write(tmp_path), actor=Actor.system()).release
    row = DefaultValue.objects.get(release=release, country="TR", cn_prefix="7208")
    row.pk, row.variant = None, "new"
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_default_value_stands_once_in_an_edition(tmp_path):
    release = load_pack(PackWriter().write(tmp_path), actor=Actor.system()).release
    row = DefaultValue.objects.filter(release=release).first()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_draft_takes_officials_when_it_is_published(tmp_path):
    release = load_pack(PackWriter().write(tmp_path), actor=Actor.system(), publish_with=OFFICIALS).release
    assert (release.published_by_first, release.published_by_second) == OFFICIALS
