"""Claims that were read from a workbook say so."""

from django.db import migrations


def mark_workbooks(apps, schema_editor):
    claims = apps.get_model("claims", "Claim").objects
    claims.exclude(template_file=None).update(way_in="workbook")


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_answers")]

    operations = [migrations.RunPython(mark_workbooks, migrations.RunPython.noop)]
