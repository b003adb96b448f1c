import django.db.models.deletion
from django.db import migrations, models

from verification.audit.immutability import MakeImmutable


class Migration(migrations.Migration):
    """Files that were sealed until now bear no time stamp."""

    dependencies = [("letters", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="letteredition",
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
            model_name="letteredition",
            name="letter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                related_query_name="edition",
                to="letters.letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="letteredition",
            constraint=models.UniqueConstraint(fields=("letter", "level"), name="letter_edition_once_per_level"),
        ),
        migrations.AddConstraint(
            model_name="letteredition",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["B-B", "B-T", "B-LTA"])), name="letter_edition_level_known"
            ),
        ),
        MakeImmutable("letters_letteredition", again=True),
    ]
