from django.db import migrations

from verification.audit.immutability import MakeImmutable
from verification.reference.sealing import SqlByVendor

COLUMNS = (
    "id",
    "scheme_id",
    "installation_code",
    "good_code",
    "category",
    "route",
    "variant",
    "valid_from",
    "valid_to",
    "known_from",
    "known_to",
    "see_direct",
    "see_indirect",
    "see_total",
    "unit",
    "verified_quantity_t",
    "claim_reference",
    "snapshot_sha256",
    "certificate_number",
    "decision_reference",
    "reference",
    "continues_id",
)
KEY = ("scheme_id", "installation_code", "good_code", "category", "route", "variant")
MESSAGE = "determination_override: another approved value holds for this key on the same day at the same time"

SQLITE_REFUSE_OVERLAP = f"""CREATE TRIGGER determination_override_no_overlap
BEFORE INSERT ON determination_override FOR EACH ROW
WHEN EXISTS (
  SELECT 1 FROM determination_override AS other
  WHERE {" AND ".join(f"other.{column} = NEW.{column}" for column in KEY)}
    AND (other.valid_to IS NULL OR NEW.valid_from < other.valid_to)
    AND (NEW.valid_to IS NULL OR other.valid_from < NEW.valid_to)
    AND (other.known_to IS NULL OR NEW.known_from < other.known_to)
    AND (NEW.known_to IS NULL OR other.known_from < NEW.known_to)
)
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""  # noqa: S608 - constants of this file

POSTGRESQL_REFUSE_OVERLAP = f"""ALTER TABLE determination_override
ADD CONSTRAINT determination_override_no_overlap EXCLUDE USING gist (
  {", ".join(f"{column} WITH =" for column in KEY)},
  daterange(valid_from, valid_to, '[)') WITH &&,
  tstzrange(known_from, known_to, '[)') WITH &&
)"""


class Migration(migrations.Migration):
    dependencies = [("determination", "0001_initial")]

    operations = [
        MakeImmutable("determination_override", columns=COLUMNS, write_once=["known_to"]),
        SqlByVendor(
            sqlite=[SQLITE_REFUSE_OVERLAP],
            postgresql=["CREATE EXTENSION IF NOT EXISTS btree_gist", POSTGRESQL_REFUSE_OVERLAP],
            undo_sqlite=["DROP TRIGGER determination_override_no_overlap"],
            undo_postgresql=["ALTER TABLE determination_override DROP CONSTRAINT determination_override_no_overlap"],
        ),
    ]
