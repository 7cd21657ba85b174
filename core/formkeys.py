"""Give each form a key of its own, so that a double click or a retry has one effect and one receipt."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.db import IntegrityError, transaction

from core.models import FormSubmission


@dataclass(frozen=True)
class Once:
    """What a form led to, and whether this was a repetition."""

    result: str
    repeated: bool


def new_key() -> str:
    """Return a fresh form key."""
    return secrets.token_urlsafe(18)


def once(key: str, *, purpose: str, do: Callable[[], str]) -> Once:
    """Carry out `do` once per key and purpose and return its result (a reference); again, return the same result.

    Two requests at the same moment meet at the table's unique constraint: the loser's work is rolled back whole.
    """
    if not key or len(key) > 64:
        with transaction.atomic():
            return Once(do(), repeated=False)
    earlier = _earlier(key, purpose)
    if earlier is not None:
        return earlier
    try:
        with transaction.atomic():
            result = do()
            FormSubmission.objects.create(key=key, purpose=purpose, result=result)
            return Once(result, repeated=False)
    except IntegrityError:
        winner = _earlier(key, purpose)
        if winner is None:
            raise
        return winner


def _earlier(key: str, purpose: str) -> Once | None:
    result = FormSubmission.objects.filter(key=key, purpose=purpose).values_list("result", flat=True).first()
    return None if result is None else Once(result, repeated=True)


class KeyedForm(forms.Form):
    """A form that carries its own key in a hidden field."""

    form_key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=new_key)
