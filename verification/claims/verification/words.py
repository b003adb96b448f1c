"""Words of the verifier's work. Values are stored; labels are shown."""

from django.db import models


class TeamRole(models.TextChoices):
    """What a person does in a verification (2025/2546, Annex, 2.1; Delegated Regulation (EU) 2025/2551, Annex II)."""

    LEAD_AUDITOR = "lead_auditor", "Lead auditor"
    AUDITOR = "auditor", "CBAM auditor"
    TECHNICAL_EXPERT = "technical_expert", "Technical expert"
    INDEPENDENT_REVIEWER = "independent_reviewer", "Independent reviewer"


class FindingKind(models.TextChoices):
    """What the verifier found (2025/2546, Article 1 and Annex, 2.6)."""

    MISSTATEMENT = "misstatement", "Misstatement"
    NON_CONFORMITY = "non_conformity", "Non-conformity"
    NON_COMPLIANCE = "non_compliance", "Non-compliance"
    RECOMMENDATION = "recommendation", "Recommendation for improvement"


class FindingOutcome(models.TextChoices):
    """How the verifier closed what it had found."""

    CORRECTED = "corrected", "Corrected"
    REMAINING = "remaining", "Remains"
    WITHDRAWN = "withdrawn", "Taken back"


class Side(models.TextChoices):
    """Who wrote a message about a finding."""

    VERIFIER = "verifier", "Verifier"
    PRODUCER = "producer", "Producer"


class DraftPart(models.TextChoices):
    """The parts of the report that the verifier fills in (2025/2546, Annex)."""

    TEAM = "team", "Team"
    VISITS = "visits", "Site visits"
    TERMS = "terms", "Scope and criteria"
    METHODS = "methods", "Methods of the operator"
    PRECURSORS = "precursors", "Verifiers of precursors"
