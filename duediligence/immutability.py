"""The database's own refusal to change or delete what was published, for SQLite and PostgreSQL."""

from typing import Any

TABLES = ("duediligence_publication", "duediligence_withdrawal")


def install(connection: Any) -> None:
    """Make the database refuse changes of published versions and withdrawals."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION duediligence_refuse() RETURNS trigger AS $$ "
                "BEGIN RAISE EXCEPTION 'what was published is never changed or deleted'; END $$ LANGUAGE plpgsql"
            )
        for table in TABLES:
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the refusal away, to roll the migration back."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_immutable ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION duediligence_refuse()"
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'what was published is never changed or deleted'); END"
        for verb in ("UPDATE", "DELETE")
    ]
