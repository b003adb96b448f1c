from django.db import migrations

from verification.audit.immutability import MakeImmutable
from verification.reference.sealing import close_with_release

ROW_TABLES = (
    "reference_edition",
    "reference_goodscategory",
    "reference_good",
    "reference_country",
    "reference_defaultvalue",
    "reference_benchmark",
    "reference_parameter",
)
RELEASE_COLUMNS = (
    "id",
    "scheme_id",
    "number",
    "content_sha256",
    "definition",
    "loaded_at",
    "loaded_by",
    "published_at",
    "published_by_first",
    "published_by_second",
)
PUBLICATION = ("published_at", "published_by_first", "published_by_second")


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial")]

    operations = [
        MakeImmutable("reference_release", columns=RELEASE_COLUMNS, write_once=PUBLICATION),
        *(MakeImmutable(table) for table in ROW_TABLES),
        *(close_with_release(table) for table in ROW_TABLES),
    ]
