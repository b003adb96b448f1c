"""The index of the search on PostgreSQL, the queue of one reviewer, and claims that were screened together."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from verification.audit.immutability import MakeImmutable
from verification.reference.sealing import SqlByVendor


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0010_guards"),
        ("evidence", "0001_initial"),
        ("registry", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ScreeningList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("screened_at", models.DateTimeField()),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ["screened_at", "pk"]},
        ),
        migrations.CreateModel(
            name="ScreenedClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screened",
                        to="claims.screeninglist",
                    ),
                ),
                (
                    "recommendation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screened",
                        to="claims.recommendation",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("due_on__isnull", False)),
                fields=["reviewer", "due_on", "id"],
                name="claim_queue_by_reviewer",
            ),
        ),
        MakeImmutable("claims_screeninglist"),
        MakeImmutable("claims_screenedclaim"),
        SqlByVendor(
            sqlite=[],
            postgresql=[
                "ALTER TABLE claims_searchentry ADD COLUMN lexemes tsvector "
                "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(words), ' '))) STORED",
                "CREATE INDEX claim_search ON claims_searchentry USING gin (lexemes) WITH (fastupdate = off)",
            ],
            undo_postgresql=["ALTER TABLE claims_searchentry DROP COLUMN lexemes"],
        ),
    ]
