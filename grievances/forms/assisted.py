"""The form of whoever writes for a worker: the same codes and choices as on the web page and on paper."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.standards.grievance import Category
from grievances.forms.keeping import PersonForm
from grievances.forms.worker import ContactForm, WhatForm, WhereForm, category_choices
from grievances.models import AssistedEntry, Grievance
from grievances.rulebook import worker_categories
from grievances.services.assisting import can_text
from grievances.wording import language_name

MOST_WORDS = 20_000


def _languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code, _name in settings.LANGUAGES]


def _codes() -> list[tuple[str, str]]:
    return [(code, f"{code} · {label}") for code, label in category_choices()]


class AssistedForm(PersonForm, WhatForm, WhereForm, ContactForm):
    """Everything that the worker's four pages ask, on one page, and how she agreed."""

    hide_optional = True
    field_order = ["channel", "language", "agreed", "codes", "danger_now", "under_18", "time_closing"]

    channel = forms.ChoiceField(
        label=_("How she reached you"),
        choices=[
            (value, Grievance.Channel(value).label)
            for value in (Grievance.Channel.HOTLINE, Grievance.Channel.IN_PERSON, Grievance.Channel.PAPER)
        ],
    )
    language = forms.ChoiceField(label=_("Her language"), choices=_languages)
    agreed = forms.ChoiceField(
        label=_("How she agreed that you file this for her"),
        choices=AssistedEntry.Agreed.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Without her agreement it may not be filed. Ask her first.")},
    )
    words = forms.CharField(
        label=_("In her own words"),
        help_text=_("Sealed when you file it. You cannot open it again here."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=MOST_WORDS,
        required=False,
    )
    text_to = forms.CharField(
        label=_("Text her first receipt to this number"),
        help_text=_("With + and the country code. Then nobody but she sees it. Leave it empty to read it to her."),
        max_length=40,
        required=False,
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = self.fields["codes"]
        assert isinstance(codes, forms.MultipleChoiceField)  # noqa: S101 - as declared in WhatForm
        codes.choices = _codes
        if not settings.SMS_URL:
            del self.fields["text_to"]

    def choices_with_categories(self) -> list[tuple[Category, bool]]:
        """Return each category and whether it is ticked, for the page to draw."""
        ticked = set(self["codes"].value() or ())
        return [(category, category.code in ticked) for category in worker_categories()]

    def clean_text_to(self) -> str:
        """Ask for a number that a message can be sent to."""
        number = str(self.cleaned_data["text_to"]).strip()
        if number and not can_text(number):
            raise forms.ValidationError(_("Write the number with + and the country code, for example +974 5550 1234."))
        return number
