"""What claims are compared with, out of the large readings, and the index that finds the newest of a period."""

from django.db import migrations, models

IN_SHORT = ("cn", "category", "process", "quantity", "see_direct", "see_applicable")


def copy_goods(apps, schema_editor):
    claims = apps.get_model("claims", "Claim").objects.filter(reading__isnull=False).only("reading")
    for claim in claims.order_by().iterator(chunk_size=200):
        claim.goods_in_short = [{name: row.get(name) for name in IN_SHORT} for row in claim.reading["goods"]]
        claim.save(update_fields=["goods_in_short"])


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_search")]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="goods_in_short",
            field=models.JSONField(
                help_text="What later claims are compared with: a narrow copy out of ``reading``.", null=True
            ),
        ),
        migrations.RunPython(copy_goods, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("decided_at__isnull", False), ("goods_in_short__isnull", False)),
                fields=["scheme", "period_start", "-decided_at"],
                name="claim_peers",
            ),
        ),
    ]
