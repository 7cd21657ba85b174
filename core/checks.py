"""Warn an operator while the vault is weaker than it could be: `manage.py check --database default`."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connection

from core.models import StrongboxKey
from core.vaultstate import vault_state


@register(Tags.database)
def the_vault_is_in_people_s_hands(*, databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Say what keeps the vault from being in people's hands alone."""
    if "default" not in (databases or ()):
        return []
    if StrongboxKey._meta.db_table not in connection.introspection.table_names():
        return []  # an empty database, which `migrate` checks before it fills it
    return [Warning(str(words), id=f"core.{code}") for code, words in vault_state().warnings]
