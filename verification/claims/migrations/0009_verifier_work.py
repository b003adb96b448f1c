import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from verification.audit.immutability import MakeImmutable


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0008_due_process"),
        ("registry", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SealedReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("schema", models.CharField(max_length=40)),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_report",
                        to="claims.verificationstatement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VerificationWork",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("impartiality", models.TextField(help_text="The declaration in the words that were on the page.")),
                ("accepted_at", models.DateTimeField()),
                (
                    "accepted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="works", to="claims.claim"
                    ),
                ),
                (
                    "verifier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="works", to="registry.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-accepted_at"],
            },
        ),
        migrations.CreateModel(
            name="ReportDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("team", "Team"),
                            ("visits", "Site visits"),
                            ("terms", "Scope and criteria"),
                            ("methods", "Methods of the operator"),
                            ("precursors", "Verifiers of precursors"),
                        ],
                        max_length=12,
                    ),
                ),
                ("answers", models.JSONField(help_text="Plain: numbers as text, days in ISO.")),
                ("saved_at", models.DateTimeField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="claims.verificationwork"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VerifierFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("misstatement", "Misstatement"),
                            ("non_conformity", "Non-conformity"),
                            ("non_compliance", "Non-compliance"),
                            ("recommendation", "Recommendation for improvement"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_material", models.BooleanField()),
                (
                    "subject",
                    models.CharField(blank=True, help_text="The good, process or field it is about.", max_length=200),
                ),
                ("text", models.TextField()),
                ("raised_at", models.DateTimeField()),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.snapshot"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="claims.verificationwork",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="FindingMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("verifier", "Verifier"), ("producer", "Producer")], max_length=10)),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="claims.verifierfinding",
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FindingClosing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("corrected", "Corrected"), ("remaining", "Remains"), ("withdrawn", "Taken back")],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("closed_at", models.DateTimeField()),
                (
                    "closed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.snapshot"
                    ),
                ),
                (
                    "finding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closing", to="claims.verifierfinding"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="verificationwork",
            constraint=models.UniqueConstraint(fields=("claim", "verifier"), name="work_once_per_claim_and_verifier"),
        ),
        migrations.AddConstraint(
            model_name="reportdraft",
            constraint=models.UniqueConstraint(fields=("work", "part"), name="report_draft_part_once"),
        ),
        migrations.AddConstraint(
            model_name="reportdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["team", "visits", "terms", "methods", "precursors"])),
                name="report_draft_part_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="verifierfinding",
            constraint=models.UniqueConstraint(fields=("work", "number"), name="verifier_finding_number_once"),
        ),
        migrations.AddConstraint(
            model_name="verifierfinding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["misstatement", "non_conformity", "non_compliance", "recommendation"])
                ),
                name="verifier_finding_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="verifierfinding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "recommendation"), _negated=True), ("is_material", False), _connector="OR"
                ),
                name="verifier_recommendation_not_material",
            ),
        ),
        migrations.AddConstraint(
            model_name="findingmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["verifier", "producer"])), name="finding_message_side_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="findingclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["corrected", "remaining", "withdrawn"])),
                name="finding_closing_outcome_known",
            ),
        ),
        MakeImmutable("claims_verificationwork"),
        MakeImmutable("claims_verifierfinding"),
        MakeImmutable("claims_findingmessage"),
        MakeImmutable("claims_findingclosing"),
        MakeImmutable("claims_sealedreport"),
    ]
