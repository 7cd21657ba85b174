"""The database's own refusal to change or delete audit entries, for SQLite and PostgreSQL."""

from typing import Any

SQLITE_INSTALL = [
    """CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON core_auditentry
       BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON core_auditentry
       BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END""",
]
SQLITE_REMOVE = ["DROP TRIGGER IF EXISTS audit_no_update", "DROP TRIGGER IF EXISTS audit_no_delete"]
POSTGRES_INSTALL = [
    """CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger AS $$
       BEGIN RAISE EXCEPTION 'audit entries are never changed or deleted'; END $$ LANGUAGE plpgsql""",
    """CREATE OR REPLACE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON core_auditentry
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON core_auditentry
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
]
POSTGRES_REMOVE = [
    "DROP TRIGGER IF EXISTS audit_no_change ON core_auditentry",
    "DROP TRIGGER IF EXISTS audit_no_truncate ON core_auditentry",
]


def install(connection: Any) -> None:
    """Make the database refuse changes of the audit trail."""
    _run(connection, SQLITE_INSTALL if connection.vendor == "sqlite" else POSTGRES_INSTALL)


def remove(connection: Any) -> None:
    """Take the refusal away: for a restore, and for tests that empty their database."""
    _run(connection, SQLITE_REMOVE if connection.vendor == "sqlite" else POSTGRES_REMOVE)


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
