"""The one word for a certificate that is checked now, before anything is explained."""

from __future__ import annotations

import json
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from verification.certificates.enums import CertificateStatus
from verification.certificates.models import Certificate
from verification.certificates.selectors import status_of
from verification.credentials.selectors import is_suspended


class Answer(models.TextChoices):
    """What whoever holds the paper has to know first. Never stored."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")
    BEING_SEALED = "being_sealed", _("Being sealed")
    ALTERED = "altered", _("Altered")
    UNKNOWN = "unknown", _("Unknown")


_BY_STATUS = {
    CertificateStatus.REVOKED: Answer.REVOKED,
    CertificateStatus.SUPERSEDED: Answer.REPLACED,
    CertificateStatus.BEING_SEALED: Answer.BEING_SEALED,
}


def answer_of(certificate: Certificate, today: date) -> Answer:
    """What ended a certificate comes before what is only for a time, and that before its last day of use."""
    status = status_of(certificate)
    if status is not CertificateStatus.VALID:
        return _BY_STATUS[status]
    if is_suspended(certificate.pk):
        return Answer.SUSPENDED
    last = last_day_of_use(certificate)
    return Answer.EXPIRED if last and today > last else Answer.VALID


def last_day_of_use(certificate: Certificate) -> date | None:
    """The last day on which a declaration may rest on it: after the span of imports. Early records name none."""
    named = json.loads(certificate.record).get("credential", {}).get("valid_until")
    return date.fromisoformat(named) if named else None
