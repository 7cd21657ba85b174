"""Let the database forget for good what was deleted: pages that still hold it are written over."""

from django.db import connection

from core.models import EvidenceFile, SealedRecord, StrongboxKey

# Tables of the ground floor in which something sealed or a key lay.
TABLES = (SealedRecord, EvidenceFile, StrongboxKey)


def settle() -> None:
    """Write over what deleted rows left behind, where no transaction is open; otherwise the next run does it.

    SQLite overwrites deleted content (secure_delete), but its log keeps older pages until it is emptied. PostgreSQL
    keeps dead rows until they are vacuumed.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif connection.vendor == "postgresql":
            for model in TABLES:
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
