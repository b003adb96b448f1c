"""The index of the queue tells the state as well: whatever narrows the list by it reads along the index, not the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0012_goods_in_short")]

    operations = [
        migrations.RemoveIndex(model_name="claim", name="claim_queue"),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("due_on__isnull", False)), fields=["due_on", "id", "state"], name="claim_queue"
            ),
        ),
    ]
