"""Fields that several forms share: a day, a long text, a ladder."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duediligence.wording import Words

LONG = 8000


def not_in_future(value: date) -> None:
    """Refuse a day that is still to come."""
    if value > timezone.localdate():
        raise ValidationError(_("This day is still to come."))


def day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a day as year-month-day, for example 2026-03-31.")},
    )


def prose(label: Any, *, required: bool = False, hint: Any = "", rows: int = 4) -> forms.CharField:
    """Return a field for several sentences."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


def line(label: Any, *, required: bool = True, hint: Any = "", longest: int = 200) -> forms.CharField:
    """Return a field for one line."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=longest,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def ladder(label: Any, rungs: Words, *, hint: Any = "") -> forms.TypedChoiceField:
    """Return radio buttons for a ladder from 0 to 4, the gravest first."""
    choices = [(rung, rungs[rung]) for rung in sorted(rungs, reverse=True)]
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )


def choice(
    label: Any, words: Words | list[tuple[str, Any]], *, hint: Any = "", required: bool = True
) -> forms.ChoiceField:
    """Return radio buttons for a few named choices."""
    choices = list(words.items()) if not isinstance(words, list) else words
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )
