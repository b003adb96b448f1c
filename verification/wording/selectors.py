"""Reading wordings: those in force for officials at work, all of them for stewards."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from verification.audit.actors import Actor
from verification.wording.enums import Act, Language, WordedKind
from verification.wording.models import DecisionWording
from verification.wording.translation import translated


def wordings_in_force(
    claim_kind: str, *, scheme: str, on: date, acts: tuple[str, ...], language: str = Language.ENGLISH
) -> list[DecisionWording]:
    """Of each key the newest version that is published, not withdrawn, and valid on the day."""
    rows = DecisionWording.objects.filter(
        Q(scheme="") | Q(scheme=scheme),
        claim_kind__in=(claim_kind, WordedKind.ANY),
        act__in=acts,
        language=language,
        valid_from__lte=on,
        published_at__isnull=False,
        withdrawn_at=None,
    )
    newest: dict[str, DecisionWording] = {}
    for row in rows.order_by("act", "pk"):
        standing = newest.get(row.key)
        if standing is None or row.version > standing.version:
            newest[row.key] = row
    return list(newest.values())


def translation_of(text: str, language: str, *, claim_kind: str, scheme: str, on: date) -> str | None:
    """An English text in ``language``, where it is an approved wording word for word; else ``None``."""
    acts = tuple(Act.values)
    others = {
        row.key: row.text for row in wordings_in_force(claim_kind, scheme=scheme, on=on, acts=acts, language=language)
    }
    for row in wordings_in_force(claim_kind, scheme=scheme, on=on, acts=acts):
        if row.key in others and (found := translated(text, row.text, others[row.key])):
            return found
    return None


def wordings_for_officials(actor: Actor) -> QuerySet[DecisionWording]:
    """Every version, for stewards and approvers: they keep the texts."""
    rows = DecisionWording.objects.select_related("drafted_by", "published_by")
    return rows if actor.has_role("steward") or actor.has_role("approver") else rows.none()


def versions_of(wording: DecisionWording) -> QuerySet[DecisionWording]:
    """All versions of the same text in the same language, the newest first."""
    return DecisionWording.objects.filter(key=wording.key, language=wording.language).order_by("-version")
