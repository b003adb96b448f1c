"""Writing a letter in the transaction of what it tells, and sealing it in the background with one effect."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.numbering import next_number
from verification.audit.services import record_event
from verification.certificates.seal import extend, seal
from verification.certificates.typography import language_for
from verification.claims.kinds import address_of
from verification.claims.models import Claim
from verification.jobs.services import enqueue
from verification.kernel import clock
from verification.kernel.canonical import canonical_bytes, sha256_of
from verification.kernel.crash import crash_point
from verification.letters.enums import LetterKind
from verification.letters.models import Letter, LetterEdition
from verification.letters.record import LetterFacts, Sender, build_record
from verification.letters.render import render_letter
from verification.notifications.services import notify
from verification.reference.selectors import published_release
from verification.registry.selectors import members_of
from verification.signing.editions import LEVELS_AT_ISSUE, SealLevel
from verification.signing.services import content_of, keep_edition
from verification.signing.signers import key_id
from verification.signing.upgrading import extend_each, not_extended
from verification.wording.enums import Language
from verification.wording.selectors import translation_of


@transaction.atomic
def request_letter(claim: Claim, kind: LetterKind, facts: LetterFacts, *, actor: Actor) -> Letter:
    """Word the letter now and queue its sealing: it stands or falls with the caller's transaction.

    One letter per claim, kind and subject, whatever the number of calls. Raises ``KeyError`` where the facts do
    not fill the letter's decisive sentence.
    """
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    standing = Letter.objects.filter(claim=claim, kind=kind, subject=facts.subject).first()
    if standing:
        return standing
    language = language_of(claim)
    sender = Sender(
        number=next_number("L"),
        authority=settings.AUTHORITY_NAME,
        contact=settings.CONTACT_ADDRESS,
        written_at=clock.now(),
        is_specimen=clock.demonstration() is not None,
    )
    record = facts.document(sender, language) if facts.document else _worded(claim, kind, facts, sender, language)
    letter = Letter(
        number=sender.number,
        claim=claim,
        kind=kind,
        subject=facts.subject,
        language=language,
        record=canonical_bytes(record).decode(),
        record_sha256=sha256_of(record),
        written_at=sender.written_at,
    )
    letter.save(force_insert=True)
    _record("letters.letter.written", letter, actor, {"record_sha256": letter.record_sha256})
    enqueue("letters.seal", key=f"letter-{letter.pk}", payload={"letter": str(letter.pk)})
    return letter


def _worded(claim: Claim, kind: LetterKind, facts: LetterFacts, sender: Sender, language: str) -> dict[str, Any]:
    translation = _translation(claim, facts, language)
    return build_record(kind, facts, sender=sender, claim=_claim(claim), language=language, translation=translation)


def _translation(claim: Claim, facts: LetterFacts, language: str) -> str | None:
    if language == facts.reasons_language:
        return None
    return translation_of(facts.reasons, language, claim_kind=claim.kind, scheme=claim.scheme, on=clock.today())


def seal_letter(letter_id: str) -> LetterEdition:
    """Render, seal and stamp outside any transaction, then keep the file and its row together.

    A second run, or two at once, leave one edition. Raises ``SealingError`` where key or time-stamping authority
    cannot be used; the letter is being sealed until a later run succeeds.
    """
    letter = Letter.objects.select_related("claim").get(pk=letter_id)
    existing = letter.editions.filter(level__in=LEVELS_AT_ISSUE).first()
    if existing:
        return existing
    crash_point("letters.seal_started")
    unsealed = render_letter(json.loads(letter.record))
    sealed = seal(unsealed, reason=f"Letter {letter.number}")
    edition = LetterEdition(
        letter=letter,
        level=SealLevel.B_T,
        unsealed_sha256=hashlib.sha256(unsealed).hexdigest(),
        key_id=key_id(),
        sealed_at=clock.now(),
    )
    return keep_edition(edition, sealed, told=_tell, dies_at="letters.file_kept")


def upgrade_letters(edition_ids: list[int]) -> dict[str, Any]:
    """Extend those of the editions that were not yet. Raises ``SealingError`` where any of them cannot be."""
    waiting = not_extended(LetterEdition).filter(pk__in=edition_ids).select_related("letter__claim")
    return extend_each(waiting, _upgrade_letter)


def _upgrade_letter(edition: LetterEdition) -> LetterEdition:
    extended = LetterEdition(
        letter=edition.letter,
        level=SealLevel.B_LTA,
        unsealed_sha256=edition.unsealed_sha256,
        key_id=edition.key_id,
        sealed_at=clock.now(),
    )
    return keep_edition(extended, extend(content_of(edition)), told=_tell_extended, dies_at="letters.upgrade_kept")


def language_of(claim: Claim) -> Language:
    """The claimant's own language where letters are worded in it, else English."""
    return language_for(claim.organisation.local_language)


def _claim(claim: Claim) -> dict[str, Any]:
    organisation = claim.organisation
    return {
        "number": claim.number,
        "kind": claim.kind,
        "scheme": claim.scheme,
        "scheme_name": published_release(claim.scheme).definition["name"],
        "year": str(claim.period_start.year),
        "place": claim.place,
        "addressee": {
            "name": organisation.name,
            "local_name": organisation.local_name,
            "address": organisation.address,
            "country": organisation.country,
        },
    }


def _tell_extended(edition: LetterEdition) -> None:
    _record("letters.letter.extended", edition.letter, Actor.system(), {"sha256": edition.sha256})


def _tell(edition: LetterEdition) -> None:
    letter = edition.letter
    facts = {"level": edition.level, "sha256": edition.sha256, "key_id": edition.key_id}
    _record("letters.letter.sealed", letter, Actor.system(), facts)
    notify(
        members_of(letter.claim.organisation_id),
        "letter_ready",
        address=address_of(letter.claim),
        letter=letter.number,
        claim=letter.claim.number,
        about=LetterKind(letter.kind).label,
    )


def _record(event: str, letter: Letter, actor: Actor, facts: dict[str, Any]) -> None:
    record_event(
        event,
        actor=actor,
        subject_type="letter",
        subject_id=letter.pk,
        facts={"number": letter.number, "claim": letter.claim.number, "kind": str(letter.kind), **facts},
    )
