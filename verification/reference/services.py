"""Loading and publishing scheme packs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models as orm
from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.reference import policy
from verification.reference.models import (
    Benchmark,
    Country,
    DefaultValue,
    Edition,
    Good,
    GoodsCategory,
    HostAgreement,
    Parameter,
    Release,
    Scheme,
    UnitEligibility,
    UnitLimit,
    UnitProgramme,
    UnitType,
)
from verification.reference.pack import PackContent, TableContent, read_pack
from verification.reference.pack.findings import Findings
from verification.reference.pack.tables import MANIFEST
from verification.reference.pack.unit_tables import UNIT_KEYS

_BATCH = 1000
_MODELS: dict[str, type[orm.Model]] = {
    "categories": GoodsCategory,
    "goods": Good,
    "countries": Country,
    "default_values": DefaultValue,
    "benchmarks": Benchmark,
    "unit_programmes": UnitProgramme,
    "unit_types": UnitType,
    "unit_eligibility": UnitEligibility,
    "host_agreements": HostAgreement,
    "unit_limits": UnitLimit,
}


@dataclass(frozen=True)
class LoadedPack:
    """What a load did: ``is_new`` is false when this very content had been loaded before."""

    release: Release
    is_new: bool
    row_counts: dict[str, int]


def load_pack(
    path: Path | str, *, actor: Actor, publish_with: tuple[str, str] | None = None, published_at: datetime | None = None
) -> LoadedPack:
    """Validate the pack in the folder ``path`` and keep it as a release; publish it where two officials are named.

    Idempotent: content that is there already makes no new release. Raises ``InvalidInput`` with every
    problem of the pack, and then has written nothing; ``NotADirectoryError``; ``NotAllowed``.
    """
    policy.require_may_load_packs(actor)
    content = read_pack(Path(path))
    _demand_fitting_texts(content)
    with transaction.atomic():
        scheme, _ = Scheme.objects.get_or_create(code=content.definition["code"])
        release = Release.objects.filter(scheme=scheme, content_sha256=content.content_sha256).first()
        is_new = release is None
        if release is None:
            release = _write_release(scheme, content, actor)
        if publish_with and not release.is_published:
            publish_release(release, officials=publish_with, actor=actor, published_at=published_at)
    counts = {f"{table.kind} {table.edition['edition']}": len(table.rows) for table in content.tables}
    return LoadedPack(release, is_new, counts | {"parameters": len(content.parameters)})


def publish_release(
    release: Release, *, officials: tuple[str, str], actor: Actor, published_at: datetime | None = None
) -> Release:
    """Put a release into force for every question asked from now on.

    ``published_at`` may lie in the past only for the first release of a scheme: no earlier answer
    can change by it. Raises ``InvalidInput`` unless two different officials are named, ``Conflict``
    when it is published already or the instant would rewrite earlier answers.
    """
    policy.require_may_load_packs(actor)
    first, second = (name.strip() for name in officials)
    if not first or not second or first == second:
        raise InvalidInput(
            "A release is published by two different officials.",
            (
                Problem(
                    "block", "REF-012", "Two different officials must be named.", "Name the second.", field="publish"
                ),
            ),
        )
    now = clock.now()
    instant = published_at or now
    with transaction.atomic():
        if instant < now and Release.objects.filter(scheme=release.scheme, published_at__isnull=False).exists():
            raise Conflict("Only the first release of a scheme may be published with effect back in time.")
        changed = Release.objects.filter(pk=release.pk, published_at=None).update(
            published_at=instant, published_by_first=first, published_by_second=second
        )
        if changed != 1:
            raise Conflict(f"{release} has been published already.")
        release.refresh_from_db()
        record_event(
            "reference.release.published",
            actor=actor,
            subject_type="reference.release",
            subject_id=release.pk,
            facts={
                "scheme": release.scheme.code,
                "number": release.number,
                "content_sha256": release.content_sha256,
                "published_at": instant.isoformat(),
                "officials": [first, second],
            },
        )
    return release


def _write_release(scheme: Scheme, content: PackContent, actor: Actor) -> Release:
    newest = Release.objects.filter(scheme=scheme).aggregate(newest=orm.Max("number"))["newest"] or 0
    release = Release.objects.create(
        scheme=scheme,
        number=newest + 1,
        content_sha256=content.content_sha256,
        definition=content.definition,
        loaded_at=clock.now(),
        loaded_by=actor.label,
    )
    _write_tables(release, content)
    Parameter.objects.bulk_create((Parameter(release=release, **row) for row in content.parameters), batch_size=_BATCH)
    record_event(
        "reference.release.loaded",
        actor=actor,
        subject_type="reference.release",
        subject_id=release.pk,
        facts={"scheme": scheme.code, "number": release.number, "content_sha256": release.content_sha256},
    )
    return release


def _demand_fitting_texts(content: PackContent) -> None:
    """Refuse what PostgreSQL would refuse in words of its own, and SQLite would not. Raises ``InvalidInput``."""
    findings = Findings()
    for table in content.tables:
        _check_lengths(Edition, {**table.edition, "code": table.edition["edition"]}, MANIFEST, table.file, findings)
        for row, line in zip(table.rows, table.lines, strict=True):
            _check_lengths(_MODELS[table.kind], row, table.file, line, findings)
    for row in content.parameters:
        _check_lengths(Parameter, row, "parameters", f"{row['name']} {row['valid_from']}", findings)
    if findings.problems:
        raise InvalidInput("The pack has texts that are too long; nothing was loaded.", tuple(findings.problems))


def _check_lengths(model: type[orm.Model], row: dict[str, Any], file: str, place: object, findings: Findings) -> None:
    for name, most in _lengths_of(model).items():
        if len(str(row.get(name) or "")) > most:
            findings.add(
                "REF-015", file, "The text is too long to be kept.", "Shorten it.", row=place, field=name,
                found=f"{len(str(row[name]))} characters", expected=f"at most {most}",
            )  # fmt: skip


@cache
def _lengths_of(model: type[orm.Model]) -> dict[str, int]:
    texts = [each for each in model._meta.fields if isinstance(each, orm.CharField)]
    return {each.name: each.max_length for each in texts if each.max_length is not None}


def _write_tables(release: Release, content: PackContent) -> None:
    editions = {id(table): _write_edition(release, table) for table in content.tables}
    for table in content.tables_of("categories"):
        _write_rows(GoodsCategory, table, release=release)
    category_ids = dict(GoodsCategory.objects.filter(release=release).values_list("code", "pk"))
    for table in content.tables_of("goods"):
        rows = [{**row, "category_id": category_ids[row["category"]]} for row in table.rows]
        for row in rows:
            del row["category"]
        Good.objects.bulk_create((Good(release=release, **row) for row in rows), batch_size=_BATCH)
    for table in content.tables_of("countries"):
        _write_rows(Country, table, release=release)
    for table in content.tables_of("default_values"):
        _write_rows(DefaultValue, table, release=release, edition=editions[id(table)])
    for table in content.tables_of("benchmarks"):
        _write_rows(Benchmark, table, release=release, edition=editions[id(table)])
    for kind in UNIT_KEYS:
        for table in content.tables_of(kind):
            _write_rows(_MODELS[kind], table, release=release)


def _write_edition(release: Release, table: TableContent) -> Edition:
    stated = {key: value for key, value in table.edition.items() if key not in ("file", "edition")}
    return Edition.objects.create(release=release, code=table.edition["edition"], **stated)


def _write_rows(model: type[orm.Model], table: TableContent, **common: Any) -> None:
    model._default_manager.bulk_create((model(**common, **row) for row in table.rows), batch_size=_BATCH)
