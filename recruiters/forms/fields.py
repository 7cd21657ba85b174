"""Fields that several forms share."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruiters.vocabulary import country_choices


class DateInput(forms.DateInput):
    """A calendar where the browser has one; a typed day elsewhere."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def date_field(label: Any, *, required: bool = True, hint: Any = "", today: bool = False) -> forms.DateField:
    """Return a field for a day; ``today`` proposes the present one."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=DateInput(),
        initial=timezone.localdate if today else None,
    )


def country_field(*, required: bool = True, label: Any = None) -> forms.ChoiceField:
    """Return a choice of one country."""
    return forms.ChoiceField(
        label=label or _("Country"),
        required=required,
        choices=lambda: [("", _("Choose a country")), *country_choices()],
    )


class ManyFilesInput(forms.ClearableFileInput):
    """Take several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; none when nothing was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ManyFilesInput())
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files that were sent."""
        single = super().clean
        return [single(file, initial) for file in data] if isinstance(data, list | tuple) else [f for f in [data] if f]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def a_year_from(day: date) -> date:
    """Return the last day of a year's term that begins on a day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
