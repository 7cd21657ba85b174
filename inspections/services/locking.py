"""Hold a row while its state is looked at and changed, so that two people cannot both be first."""

from django.db import models

CACHED = (
    "state",
    "standing",
    "history",
    "team",
    "stage",
    "steps_taken",
    "consents_given",
    "extensions_given",
    "due_on",
)


def hold(row: models.Model) -> None:
    """Lock a row until the transaction ends, and forget what was read of its state before."""
    type(row)._base_manager.select_for_update().only("pk").get(pk=row.pk)
    for name in CACHED:
        row.__dict__.pop(name, None)
