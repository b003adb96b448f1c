"""A part of a serial is found by an index of its letters in threes, on PostgreSQL."""

from django.db import migrations

from verification.reference.sealing import SqlByVendor


class Migration(migrations.Migration):
    dependencies = [("claims", "0013_state_in_the_queue")]

    operations = [
        SqlByVendor(
            sqlite=[],
            postgresql=[
                "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                "CREATE INDEX unit_block_letters ON claims_unitblock USING gin "
                "(upper(serial::text) gin_trgm_ops, upper(raw_serial::text) gin_trgm_ops) WITH (fastupdate = off)",
            ],
            undo_postgresql=["DROP INDEX unit_block_letters"],
        ),
    ]
