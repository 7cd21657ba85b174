"""Forms about screening and watchlists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from recruiters.columns import SCREENED
from recruiters.forms.fields import date_field
from recruiters.models import HitDecision
from recruiters.models.watchlists import DEFAULT_MAX_AGE_DAYS
from recruiters.screening import DEFAULT_THRESHOLD
from recruiters.vocabulary import country_choices

FIELD_LABELS = {
    "name": _("Name"),
    "country": _("Country"),
    "licence_number": _("Licence number"),
    "registration_number": _("Company registration number"),
    "type": _("Person or organisation"),
    "birth_date": _("Date of birth"),
    "id": _("Your own number for the row"),
}


class ListForm(KeyedForm):
    """Bring a list to be screened: a file, or pasted lines."""

    title = forms.CharField(
        label=_("Title"), required=False, max_length=200, help_text=_("Under which you will find it again.")
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "CSV, Excel or JSON Lines, up to 20 MB. One row for each agency or person, with a column of names."
        ),
    )
    pasted = forms.CharField(
        label=_("Or paste the list here"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One name on each line, or rows copied from a spreadsheet with their heading."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or {}
        written = (cleaned.get("pasted") or "").strip()
        if not cleaned.get("file") and not written:
            self.add_error("file", _("Choose a file, or paste a list below."))
        if cleaned.get("file") and written:
            self.add_error("pasted", _("A file was chosen and a list was pasted. Only one can be screened at a time."))
        return cleaned


class ColumnsForm(KeyedForm):
    """Confirm which column holds what, and what holds for rows that leave it open."""

    default_type = forms.ChoiceField(
        label=_("Rows without that are"),
        required=False,
        choices=[("organisation", _("organisations")), ("person", _("people"))],
        help_text=_("Names of people are compared otherwise than names of organisations."),
    )
    default_country = forms.ChoiceField(
        label=_("Rows without a country are of"),
        required=False,
        choices=lambda: [("", _("no country: leave it open")), *country_choices()],
    )
    threshold = forms.FloatField(
        label=_("Show what is at least this much alike"),
        min_value=0.5,
        max_value=1.0,
        initial=DEFAULT_THRESHOLD,
        help_text=_("From 0.5 to 1. At 0.7 the lists are balanced; a lower figure shows more that is somebody else."),
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )
    headless = forms.BooleanField(
        label=_("The first row is no heading: screen it too"),
        required=False,
        help_text=_("Tick this where the column names above are somebody's name."),
    )

    def __init__(self, columns: list[str], mapping: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("not in this list")), *((column, column) for column in columns)]
        for field in SCREENED:
            self.fields[field] = forms.ChoiceField(
                label=FIELD_LABELS[field], choices=choices, required=field == "name", initial=mapping.get(field, "")
            )
        self.order_fields(
            ["name", "type", "default_type", "country", "default_country", "licence_number", "registration_number",
             "birth_date", "id", "headless", "threshold"]
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse one column for two things."""
        cleaned = super().clean() or {}
        used: dict[str, str] = {}
        for field in SCREENED:
            column = cleaned.get(field)
            if column and column in used:
                self.add_error(
                    field,
                    _("The column “%(column)s” was chosen twice, also as: %(other)s.")
                    % {"column": column, "other": FIELD_LABELS[used[column]]},
                )
            elif column:
                used[column] = field
        return cleaned

    def mapping(self) -> dict[str, str]:
        """Return the fields that the list gives."""
        return {field: self.cleaned_data[field] for field in SCREENED if self.cleaned_data.get(field)}

    def defaults(self) -> dict[str, str]:
        """Return what holds for rows that leave it open."""
        given = {"type": self.cleaned_data.get("default_type"), "country": self.cleaned_data.get("default_country")}
        given["headless"] = "yes" if self.cleaned_data.get("headless") else ""
        return {name: value for name, value in given.items() if value}


class HitForm(KeyedForm):
    """Decide about a hit."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=HitDecision.ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose true, false or unsure.")},
    )
    reason_code = forms.ChoiceField(
        label=_("Because"),
        choices=HitDecision.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    reason = forms.CharField(
        label=_("In words"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    together = forms.BooleanField(required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AssignForm(KeyedForm):
    """Give waiting hits to an officer."""

    officer = forms.ChoiceField(label=_("Officer"), required=False)
    how_many = forms.IntegerField(label=_("How many, the gravest first"), min_value=1, max_value=500, initial=50)

    def __init__(self, officers: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("nobody: free for all")), *officers]
        self.fields["officer"] = forms.ChoiceField(label=_("Officer"), required=False, choices=choices)
        self.order_fields(["officer", "how_many"])


class CertificateForm(KeyedForm):
    """Ask for a certificate of a screening."""

    language = forms.ChoiceField(label=_("Language of the certificate"))

    def __init__(self, languages: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(label=_("Language of the certificate"), choices=languages)


class VerifyForm(forms.Form):
    """Check a screening certificate: its reference, or the file itself."""

    reference = forms.CharField(
        label=_("Reference or digest"),
        required=False,
        max_length=80,
        help_text=_("Printed at the head and at the end of the certificate."),
    )
    file = forms.FileField(label=_("Or the file itself"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("reference"):
            self.add_error("reference", _("Type a reference or a digest, or choose the file."))
        return cleaned


class WatchlistForm(KeyedForm):
    """Bring an edition of a watchlist in."""

    name = forms.CharField(
        label=_("Name of the list"), max_length=60, help_text=_("The same name as before replaces its edition.")
    )
    publisher = forms.CharField(label=_("Publisher"), required=False, max_length=200)
    list_date = date_field(_("Edition of"), today=True, hint=_("The day for which the publisher calls it complete."))
    max_age_days = forms.IntegerField(
        label=_("Days after which it is too old"),
        min_value=1,
        max_value=3660,
        initial=DEFAULT_MAX_AGE_DAYS,
        help_text=_("With an older edition nothing is called clear."),
    )
    file = forms.FileField(
        label=_("File"), allow_empty_file=True, help_text=_("FollowTheMoney JSON Lines, CSV or Excel, up to 20 MB.")
    )
