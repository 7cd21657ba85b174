"""Offer the model fields that every app uses."""

from typing import TYPE_CHECKING, Any

from django.db import models

from core.references import new_reference

if TYPE_CHECKING:
    Characters = models.CharField[str, str]  # Django's own class takes no subscript at run time
else:
    Characters = models.CharField


class ReferenceField(Characters):
    """A unique human reference, made when the row is: ReferenceField(prefix="VIS")."""

    def __init__(self, *args: Any, prefix: str = "REF", **kwargs: Any) -> None:
        self.prefix = prefix
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return what a migration needs to make this field again."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["prefix"] = self.prefix
        return str(name), path, list(args), kwargs

    def get_default(self) -> str:
        """Return a new reference for a new row."""
        return new_reference(self.prefix)

    def has_default(self) -> bool:
        """Say that a new row always gets a reference."""
        return True
