"""Forms about what else an entry says: contacts, tied organisations, what a licence covers, guarantees."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from parties.models import Contact, Provenance, Relationship
from recruiters.forms.applying import CURRENCIES
from recruiters.forms.fields import country_field, date_field
from recruiters.models import Guarantee, LicenceTerm, Sector

SOURCES = [choice for choice in Provenance.choices if choice[0] not in (Provenance.IMPORT, Provenance.APPLICATION)]


class DatedForm(KeyedForm):
    """Something that holds from a day to a day."""

    starts = date_field(_("Since"), required=False)
    ends = date_field(_("Until"), required=False, hint=_("Leave empty if it still holds."))

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day lies before the first. Please check both."))
        return cleaned


class ContactForm(DatedForm):
    """Note an address, telephone, e-mail or web site."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Contact.Kind.choices, widget=forms.RadioSelect)
    value = forms.CharField(label=_("What it is"), max_length=400)
    city = forms.CharField(label=_("Town"), required=False, max_length=120, help_text=_("For an address."))
    provenance = forms.ChoiceField(label=_("Source"), choices=SOURCES)
    field_order = ("kind", "value", "city", "starts", "ends", "provenance")


class OrganisationTieForm(DatedForm):
    """Tie another organisation of the register."""

    ref = forms.CharField(label=_("Reference of the other organisation"), max_length=20, help_text=_("REC-…"))
    role = forms.ChoiceField(
        label=_("How they are tied"),
        choices=[
            (Relationship.Is.OWNER, _("the other owns this one")),
            (Relationship.Is.SUB_AGENT, _("the other is sub-agent of this one")),
            (Relationship.Is.SUCCESSOR, _("this one is the successor of the other")),
        ],
        widget=forms.RadioSelect,
    )
    provenance = forms.ChoiceField(label=_("Source"), choices=SOURCES)
    field_order = ("ref", "role", "starts", "ends", "provenance")


class GuaranteeForm(DatedForm):
    """Note a guarantee."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Guarantee.Kind.choices, widget=forms.RadioSelect)
    amount = forms.DecimalField(label=_("Amount"), min_value=Decimal(1), max_digits=14, decimal_places=2)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    issuer = forms.CharField(label=_("Issued by"), max_length=200)
    reference = forms.CharField(label=_("The issuer's reference"), required=False, max_length=80)
    provenance = forms.ChoiceField(label=_("Source"), choices=SOURCES)
    field_order = ("kind", "amount", "currency", "issuer", "reference", "starts", "ends", "provenance")


class TermForm(DatedForm):
    """Note what a licence covers or is limited to."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LicenceTerm.Kind.choices, widget=forms.RadioSelect)
    country = country_field(required=False, label=_("Country of destination"))
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("Choose a sector")), *Sector.choices])
    amount = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=1_000_000)
    order_number = forms.CharField(label=_("Number of the order"), required=False, max_length=80)
    field_order = ("kind", "country", "sector", "amount", "starts", "ends", "order_number")

    NEEDS = {"corridor": "country", "sector": "sector", "workers_a_year": "amount", "demand_letters": "amount"}

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind needs."""
        cleaned = super().clean()
        needed = self.NEEDS.get(cleaned.get("kind", ""))
        if needed and not cleaned.get(needed) and needed not in self.errors:
            self.add_error(needed, _("This is needed."))
        return cleaned

    def code(self) -> str:
        """Return the country or sector that is meant."""
        kind = self.cleaned_data["kind"]
        return str(self.cleaned_data["country" if kind == "corridor" else "sector"]) if kind in self.NEEDS else ""


class EndForm(KeyedForm):
    """Say on which day a role or a contact ended."""

    on = date_field(_("Last day"), today=True)

    def clean_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day
