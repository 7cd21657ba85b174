"""The parts of an application, each a short form; nothing in them has to be filled before it can be saved."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from recruiters.applywords import FIELD_LABELS
from recruiters.forms.destinations import CountriesField
from recruiters.forms.fields import FilesField, country_field, date_field
from recruiters.models import ApplicationPaper, Guarantee, Sector

AFRICA = ("ETB", "GHS", "KES", "NGN", "UGX")
ASIA = ("BDT", "HKD", "IDR", "INR", "LKR", "MYR", "NPR", "PHP", "PKR", "SGD", "THB", "TWD", "VND")
ELSEWHERE = ("AED", "BHD", "EUR", "GBP", "JOD", "KWD", "OMR", "PLN", "QAR", "SAR", "UAH", "USD")
CURRENCIES = sorted(AFRICA + ASIA + ELSEWHERE)


def kept(value: Any) -> Any:
    """Return a cleaned value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


class SectionForm(KeyedForm):
    """One part; what it leaves empty is asked for before the application is handed in."""

    hide_optional = True

    def content(self) -> dict[str, Any]:
        """Return the fields as they are kept."""
        return {name: kept(value) for name, value in self.cleaned_data.items() if name != "form_key"}


class OrganisationSection(SectionForm):
    """Who applies."""

    legal_name = forms.CharField(label=FIELD_LABELS["legal_name"], required=False, max_length=300)
    registration_number = forms.CharField(label=FIELD_LABELS["registration_number"], required=False, max_length=80)
    address = forms.CharField(label=FIELD_LABELS["address"], required=False, max_length=400)
    city = forms.CharField(label=FIELD_LABELS["city"], required=False, max_length=120)
    phone = forms.CharField(
        label=FIELD_LABELS["phone"], required=False, max_length=200, help_text=_("Several are separated by commas.")
    )
    email = forms.EmailField(label=FIELD_LABELS["email"], required=False, max_length=200)
    website = forms.CharField(label=FIELD_LABELS["website"], required=False, max_length=200)


class WorkSection(SectionForm):
    """Where workers go, and how many."""

    destinations = CountriesField(label=FIELD_LABELS["destinations"], required=False)
    sectors = forms.MultipleChoiceField(
        label=FIELD_LABELS["sectors"], required=False, choices=Sector.choices, widget=forms.CheckboxSelectMultiple
    )
    workers_a_year = forms.IntegerField(
        label=FIELD_LABELS["workers_a_year"], required=False, min_value=1, max_value=1_000_000
    )


class GuaranteeSection(SectionForm):
    """What workers can be paid from."""

    guarantee_kind = forms.ChoiceField(
        label=FIELD_LABELS["guarantee_kind"], required=False, choices=Guarantee.Kind.choices, widget=forms.RadioSelect
    )
    guarantee_issuer = forms.CharField(
        label=FIELD_LABELS["guarantee_issuer"], required=False, max_length=200, help_text=_("The bank or insurer.")
    )
    guarantee_reference = forms.CharField(label=FIELD_LABELS["guarantee_reference"], required=False, max_length=80)
    guarantee_amount = forms.DecimalField(
        label=FIELD_LABELS["guarantee_amount"], required=False, min_value=Decimal(1), max_digits=14, decimal_places=2
    )
    guarantee_currency = forms.ChoiceField(
        label=FIELD_LABELS["guarantee_currency"], required=False,
        choices=[("", _("Choose a currency")), *((code, code) for code in CURRENCIES)],
    )  # fmt: skip
    guarantee_until = date_field(FIELD_LABELS["guarantee_until"], required=False)

    def clean_guarantee_until(self) -> date | None:
        """Refuse a guarantee that is over already."""
        until: date | None = self.cleaned_data["guarantee_until"]
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. The guarantee has to hold from today on."))
        return until


class DeclarationsSection(SectionForm):
    """What the applicant declares."""

    charges_no_fees = forms.BooleanField(
        label=_("We declare that workers pay no fee and no related cost, to us or to anybody on our behalf"),
        required=False,
    )
    no_barred_person = forms.BooleanField(
        label=_("We declare that nobody who owns, directs or works for us as agent is barred from recruiting"),
        required=False,
    )


class PapersForm(KeyedForm):
    """Add papers of one kind."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ApplicationPaper.Kind.choices, widget=forms.RadioSelect)
    papers = FilesField(label=_("Papers"), required=True, help_text=_("PDF or photos, up to 25 MB each."))


class PersonRow(forms.Form):
    """One owner, director or officer; an empty row is passed over."""

    hide_optional = True

    name = forms.CharField(label=_("Name"), required=False, max_length=300)
    native_name = forms.CharField(label=_("Name in its own script"), required=False, max_length=300)
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("owner", _("owner")), ("director", _("director")), ("officer", _("officer"))],
    )
    country = country_field(required=False, label=_("Nationality"))
    starts = date_field(_("Since"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a name where anything else was given."""
        cleaned = super().clean() or {}
        if not cleaned.get("name") and any(cleaned.get(field) for field in ("native_name", "country", "starts")):
            self.add_error("name", _("Give the name, or leave the whole row empty."))
        return cleaned


class AgentRow(PersonRow):
    """One sub-agent, a person or an organisation."""

    role = None  # type: ignore[assignment]
    native_name = None  # type: ignore[assignment]
    is_person = forms.BooleanField(label=_("It is a person"), required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=60)


MOST_ROWS = 60
PeopleRows = forms.formset_factory(PersonRow, extra=2, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
AgentRows = forms.formset_factory(AgentRow, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def rows_of(formset: Any) -> list[dict[str, Any]]:
    """Return the rows of a valid set that hold a name, as they are kept."""
    return [
        {name: kept(value) for name, value in form.cleaned_data.items()}
        for form in formset
        if form.cleaned_data.get("name")
    ]


SECTION_FORMS: dict[str, type[SectionForm]] = {
    "organisation": OrganisationSection,
    "work": WorkSection,
    "guarantee": GuaranteeSection,
    "declarations": DeclarationsSection,
}


class FindingAnswerForm(KeyedForm):
    """Answer one finding."""

    words = forms.CharField(
        label=_("What you changed, or why it is right as it is"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EntryForm(KeyedForm):
    """Enter one's own organisation."""

    name = forms.CharField(label=_("Registered name"), max_length=300)
    country = country_field()
    registration_number = forms.CharField(label=_("Company registration number"), max_length=80)


class ClaimForm(KeyedForm):
    """Claim an entry."""

    words = forms.CharField(
        label=_("How you can show that this entry is yours"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is sealed; only the officer who decides opens it."),
    )
    papers = FilesField(
        label=_("Papers"), required=True, help_text=_("The licence or company registration: PDF or photos.")
    )


class EndClaimForm(KeyedForm):
    """Give a claim up."""

    note = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
