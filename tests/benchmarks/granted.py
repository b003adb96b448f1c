"""Granted certificates that wait for their seal, copied from one of the demonstration on PostgreSQL.

Rules that rows keep among each other are the approval's and are not tried here: foreign keys and triggers are off
while the rows are written. The copies share one claim and name decisions that are not there; sealing reads neither.
"""

from __future__ import annotations

import json
import uuid

from django.db import connection

from verification.certificates.models import Certificate
from verification.kernel.canonical import canonical_bytes, sha256_of
from verification.kernel.identifiers import new_check_code


def write_granted(like: Certificate, count: int, *, first: int = 1) -> list[Certificate]:
    """``count`` certificates as ``like``, each with a number, a code and a record of its own."""
    copies = [_copy(like, number) for number in range(first, first + count)]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Certificate.objects.bulk_create(copies, batch_size=200)
        cursor.execute("SET session_replication_role = DEFAULT")
    return copies


def _copy(like: Certificate, number: int) -> Certificate:
    record = json.loads(like.record)
    named, code = f"{like.number.rpartition('-')[0]}-{900_000 + number}", new_check_code()
    record["number"] = named
    text = canonical_bytes(record).decode().replace(like.code, code)
    return Certificate(
        id=uuid.uuid4(),
        number=named,
        number_year=int(named.split("-")[-2]),
        number_in_year=900_000 + number,
        code=code,
        claim_id=like.claim_id,
        decision_id=10_000_000 + number,
        record=text,
        record_sha256=sha256_of(json.loads(text)),
        valid_from=like.valid_from,
        valid_to=like.valid_to,
        issued_at=like.issued_at,
        is_specimen=like.is_specimen,
    )
