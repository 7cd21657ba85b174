"""Forms that share a page: each one's fields have ids of their own, so that a label leads to its own field."""

from typing import Any

from django import forms

from core.formkeys import KeyedForm


class NamedForm(forms.Form):
    """One of several forms on a page: the ids of its fields begin with its name."""

    name = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"{self.name}_%s"
        super().__init__(*args, **kwargs)


class NamedKeyedForm(NamedForm, KeyedForm):
    """The same with a key, so that it takes effect once."""
