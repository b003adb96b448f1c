"""The database itself keeps the numbers of certificates: each once, none left out."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from verification.audit.guards import Guard, GuardInserts
from verification.audit.immutability import AllowChanges, MakeImmutable

TABLE = "certificates_certificate"
BEFORE = (
    "id", "number", "code", "claim_id", "decision_id", "record", "record_sha256", "valid_from", "valid_to",
    "issued_at", "is_specimen", "replaces_id", "superseded_by_id", "superseded_at",
)  # fmt: skip
COLUMNS = (*BEFORE, "number_year", "number_in_year")
ENDED = ("superseded_by_id", "superseded_at")
WRITTEN = (
    "'%-' || CAST(NEW.number_year AS TEXT) || '-' || (CASE WHEN NEW.number_in_year < 1000000 "
    "THEN substr(CAST(1000000 + NEW.number_in_year AS TEXT), 2) ELSE CAST(NEW.number_in_year AS TEXT) END)"
)
WITHOUT_THE_ONE_BEFORE = (
    "NEW.number_in_year > 1 AND NOT EXISTS (SELECT 1 FROM certificates_certificate c "
    "WHERE c.number_year = NEW.number_year AND c.number_in_year = NEW.number_in_year - 1)"
)


def read_from_numbers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """``EU-CBAM-2027-000418`` is the 418th of 2027."""
    certificates = apps.get_model("certificates", "Certificate").objects.order_by()
    for pk, number in certificates.values_list("pk", "number").iterator():
        year, in_year = (int(part) for part in number.rsplit("-", 2)[1:])
        certificates.filter(pk=pk).update(number_year=year, number_in_year=in_year)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0004_issuing_batches")]

    operations = [
        migrations.AddField("certificate", "number_year", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("certificate", "number_in_year", models.PositiveIntegerField(null=True)),
        migrations.RunPython(read_from_numbers, migrations.RunPython.noop),
        AllowChanges(TABLE, columns=BEFORE, write_once=ENDED),
        migrations.AlterField(
            "certificate",
            "number_year",
            models.PositiveSmallIntegerField(help_text="The year in ``number``, for which numbers run."),
        ),
        migrations.AlterField(
            "certificate",
            "number_in_year",
            models.PositiveIntegerField(help_text="From 1 without a gap, over all schemes together."),
        ),
        migrations.AddConstraint(
            "certificate",
            models.CheckConstraint(
                condition=models.Q(("number_in_year__gte", 1)), name="certificate_number_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            "certificate",
            models.UniqueConstraint(fields=("number_year", "number_in_year"), name="certificate_number_once_a_year"),
        ),
        MakeImmutable(TABLE, columns=COLUMNS, write_once=ENDED),
        GuardInserts(
            TABLE,
            [
                Guard(f"{TABLE}_number", f"NEW.number NOT LIKE {WRITTEN}", f"{TABLE}: the number is written otherwise"),
                Guard(f"{TABLE}_gap", WITHOUT_THE_ONE_BEFORE, f"{TABLE}: the number before this one was not given"),
            ],
        ),
    ]
