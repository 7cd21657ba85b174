"""Let those who act on the same thing at the same moment act one after the other."""

from django.db import models


def take_turn(row: models.Model) -> None:
    """Hold a row until the transaction ends: who comes second sees what the first has done, and is judged by it.

    Call it before anything is recorded: the trail is held until the end too, and two could wait for each other.
    """
    type(row)._base_manager.select_for_update().only("pk").get(pk=row.pk)
