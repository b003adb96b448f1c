"""Giving places in status lists, marking them, and signing: codes, credentials and lists.

Places are given and marked in the transaction of the certificate's own act. What is signed is signed by a job: the
key is where the workers are. Each signature is verified before it is kept.
"""

from __future__ import annotations

import json
import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from verification.credentials.data_integrity import demand_proof, secured
from verification.credentials.dcc import conformity_credential
from verification.credentials.did import did_of
from verification.credentials.jose import signed_credential, verified_credential
from verification.credentials.models import OfflineCode, SignedCredential, SignedList, StatusEntry, StatusList
from verification.credentials.offline import offline_code, read_offline_code
from verification.credentials.selectors import current_key_id
from verification.credentials.status import (
    LENGTH,
    PURPOSES,
    REVOCATION,
    SUSPENSION,
    address_of,
    bits_of,
    list_credential,
)
from verification.jobs.services import enqueue
from verification.kernel.clock import wall_now
from verification.signing.issuer import issuer_signer

MOST_IN_LIST = LENGTH // 2
"""A list that is half full is closed, so that a free place is found at once and never guessed from the taken ones."""
SIGN_LIST = "credentials.sign_list"
_MARKED_AT = {REVOCATION: "revoked_at", SUSPENSION: "suspended_at"}


def allot_status(subject: uuid.UUID) -> StatusEntry:
    """A free place at random. Must run in the transaction that grants the certificate."""
    chosen = _open_list()
    while True:
        try:
            with transaction.atomic():
                return StatusEntry.objects.create(list=chosen, index=secrets.randbelow(LENGTH), subject=subject)
        except IntegrityError:
            if StatusEntry.objects.filter(subject=subject).exists():
                raise


def credential_block(subject: uuid.UUID, code: str) -> dict[str, Any]:
    """What the record of a certificate says of its credential, with a place in the lists."""
    entry, site = allot_status(subject), settings.SITE_ADDRESS
    return {
        "id": f"{site}/credentials/{code}",
        "issuer": did_of(site),
        "status_list": address_of(site, REVOCATION, entry.list.number),
        "suspension_list": address_of(site, SUSPENSION, entry.list.number),
        "status_index": entry.index,
        "key_id": current_key_id(),
    }


def mark_revoked(subject: uuid.UUID) -> bool:
    """For good, in the transaction of the act. ``False`` for a certificate from before there were status lists."""
    return _mark(subject, REVOCATION, is_set=True)


def mark_suspended(subject: uuid.UUID, *, is_suspended: bool) -> bool:
    """Until it is lifted. ``False`` where there is no place, or nothing to change."""
    return _mark(subject, SUSPENSION, is_set=is_suspended)


def sign_list(number: int, purpose: str) -> SignedList:
    """Sign the list as it is. Of two at once the one that read the later state stays."""
    listed = StatusList.objects.get(number=number)
    version = listed.version
    marked = listed.entries.filter(**{f"{_MARKED_AT[purpose]}__isnull": False})
    signer, did, now = issuer_signer(), did_of(settings.SITE_ADDRESS), wall_now()
    credential = list_credential(
        address_of(settings.SITE_ADDRESS, purpose, number),
        purpose=purpose,
        bits=bits_of(marked.values_list("index", flat=True)),
        issuer=did,
        issuer_name=settings.AUTHORITY_NAME,
        signed_at=now,
    )
    token = signed_credential(credential, signer=signer, did=did)
    verified_credential(token, keys=[signer], did=did)
    values = {"version": version, "token": token, "key_id": signer.key_id, "signed_at": now}
    kept, is_new = SignedList.objects.get_or_create(list=listed, purpose=purpose, defaults=values)
    if not is_new:
        SignedList.objects.filter(pk=kept.pk, version__lte=version).update(**values)
        kept.refresh_from_db()
    return kept


def sign_every_list() -> dict[str, int]:
    """Every list of every purpose, so that none is older than a day."""
    numbers = list(StatusList.objects.values_list("number", flat=True))
    for number in numbers:
        for purpose in PURPOSES:
            sign_list(number, purpose)
    return {"lists": len(numbers)}


def keep_offline_code(subject: uuid.UUID, record: dict[str, Any]) -> str:
    """The certificate's offline code, signed once; whoever comes second gets the first one."""
    standing = OfflineCode.objects.filter(subject=subject).first()
    if standing:
        return standing.text
    signer = issuer_signer()
    text = offline_code(record, signer)
    read_offline_code(text, [signer])
    values = {"text": text, "key_id": signer.key_id, "signed_at": wall_now()}
    return OfflineCode.objects.get_or_create(subject=subject, defaults=values)[0].text


def sign_credential(subject: uuid.UUID, record: dict[str, Any], *, document_sha256: str) -> SignedCredential:
    """The credential that names this issued file, in both forms; once for each file."""
    standing = SignedCredential.objects.filter(subject=subject, document_sha256=document_sha256).first()
    if standing:
        return standing
    signer, did, now = issuer_signer(), record["credential"]["issuer"], wall_now()
    credential = conformity_credential(record, document_sha256=document_sha256)
    token = signed_credential(credential, signer=signer, did=did)
    verified_credential(token, keys=[signer], did=did)
    with_proof = secured(credential, signer=signer, did=did, signed_at=now)
    demand_proof(with_proof, signer.public_key)
    values = {
        "token": token,
        "secured": json.dumps(with_proof, ensure_ascii=False),
        "key_id": signer.key_id,
        "signed_at": now,
    }
    found, _is_new = SignedCredential.objects.get_or_create(
        subject=subject, document_sha256=document_sha256, defaults=values
    )
    return found


def _open_list() -> StatusList:
    """The newest list, or the next one once that is half full; a new list is signed before anyone asks for it."""
    newest = StatusList.objects.order_by("-number").first()
    if newest and newest.entries.count() < MOST_IN_LIST:
        return newest
    number = newest.number + 1 if newest else 1
    made, is_new = StatusList.objects.get_or_create(number=number, defaults={"created_at": wall_now()})
    if is_new:
        for purpose in PURPOSES:
            _have_signed(made, purpose)
    return made


@transaction.atomic
def _mark(subject: uuid.UUID, purpose: str, *, is_set: bool) -> bool:
    field = _MARKED_AT[purpose]
    changing = StatusEntry.objects.filter(subject=subject, **{f"{field}__isnull": is_set})
    entry = changing.select_related("list").first()
    if entry is None or not changing.update(**{field: wall_now() if is_set else None}):
        return False
    StatusList.objects.filter(pk=entry.list_id).update(version=F("version") + 1)
    _have_signed(StatusList.objects.get(pk=entry.list_id), purpose)
    return True


def _have_signed(listed: StatusList, purpose: str) -> None:
    enqueue(
        SIGN_LIST,
        key=f"status-{listed.number}-{purpose}-{listed.version}",
        payload={"list": listed.number, "purpose": purpose},
    )
