import django.db.models.deletion
from django.db import migrations, models

from verification.audit.immutability import MakeImmutable


class Migration(migrations.Migration):
    """Files that were sealed until now bear no time stamp."""

    dependencies = [("certificates", "0002_second_certificate")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="level",
            field=models.CharField(
                choices=[
                    ("B-B", "Sealed"),
                    ("B-T", "Sealed, time stamped"),
                    ("B-LTA", "Sealed, time stamped, with proofs for later years"),
                ],
                default="B-B",
                max_length=5,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="edition",
            name="certificate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                related_query_name="edition",
                to="certificates.certificate",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(fields=("certificate", "level"), name="edition_once_per_level"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["B-B", "B-T", "B-LTA"])), name="edition_level_known"
            ),
        ),
        MakeImmutable("certificates_edition", again=True),
    ]
