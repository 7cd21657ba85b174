"""Forms about recruiters, their people and their licences."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from parties.models import Provenance, Relationship
from recruiters.duplicates import likely_registered
from recruiters.forms.destinations import CountriesField
from recruiters.forms.fields import country_field, date_field
from recruiters.models import Recruiter, Sector
from recruiters.models.words import NOT_ADVERSE, Reason, RecruiterKind


class RecruiterForm(KeyedForm):
    """Register a recruiter, or change what the register says."""

    name = forms.CharField(label=_("Registered name"), max_length=300)
    other_names = forms.CharField(
        label=_("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line: the name in its own script, trading names, short forms."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=RecruiterKind.choices)
    country = country_field()
    registration_number = forms.CharField(label=_("Company registration number"), required=False, max_length=80)
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), required=False, choices=Sector.choices, widget=forms.CheckboxSelectMultiple
    )
    destinations = CountriesField(label=_("Countries of destination"), required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=200)
    website = forms.CharField(label=_("Web site"), required=False, max_length=200)

    def clean_name(self) -> str:
        """Return a name that holds letters."""
        name = str(self.cleaned_data["name"]).strip()
        if not any(character.isalpha() for character in name):
            raise forms.ValidationError(_("A name holds letters."))
        return name


class NewRecruiterForm(RecruiterForm):
    """Register a recruiter; where likely ones are there already, only after they were looked at."""

    another = forms.BooleanField(label=_("I compared them: it is another organisation"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.likely: list[Recruiter] = []
        self.fields["another"].widget = forms.HiddenInput()

    def refuse_likely(self) -> None:
        """Show who is likely the same before somebody is entered twice; raises ValidationError where there is one."""
        told = self.cleaned_data
        if told.get("another"):
            return
        self.likely = likely_registered(told["name"], told["country"], told["registration_number"])
        if self.likely:
            self.fields["another"].widget = forms.CheckboxInput()
            raise forms.ValidationError(_("The register may hold it already. Compare those shown above first."))


class EditRecruiterForm(RecruiterForm):
    """Change what the register says; country and number stay as they were registered."""

    is_listed = forms.BooleanField(label=_("Shown in the public register"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["country"], self.fields["registration_number"]


class PersonForm(KeyedForm):
    """Note an owner, director, officer or agent."""

    name = forms.CharField(label=_("Name"), max_length=300)
    native_name = forms.CharField(label=_("Name in its own script"), required=False, max_length=300)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Relationship.Is.OWNER, _("owner")),
            (Relationship.Is.DIRECTOR, _("director")),
            (Relationship.Is.OFFICER, _("officer")),
            (Relationship.Is.SUB_AGENT, _("sub-agent")),
        ],
        widget=forms.RadioSelect,
    )
    country = country_field(required=False, label=_("Nationality"))
    starts = date_field(_("Since"), required=False)
    ends = date_field(_("Until"), required=False, hint=_("Leave empty if it still holds."))
    provenance = forms.ChoiceField(
        label=_("Source"), choices=Provenance.choices, required=False, initial=Provenance.REGISTER
    )

    def clean_provenance(self) -> str:
        """Return who says so; an officer where nothing was chosen."""
        return self.cleaned_data["provenance"] or Provenance.REGISTER

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("A role cannot end before it starts."))
        return cleaned


class DayForm(forms.Form):
    """Ask for another day than today."""

    hide_optional = True
    on = date_field(_("Day"))


def in_spite_field() -> forms.CharField:
    """Return the field for why a licence is given although something speaks against it."""
    return forms.CharField(
        label=_("Why it is given all the same"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Officers and auditors read it, the recruiter never does."),
    )


class LicenceForm(KeyedForm):
    """Add a licence."""

    number = forms.CharField(label=_("Licence number"), max_length=80)
    authority = forms.CharField(label=_("Authority"), max_length=200)
    issued_on = date_field(_("Issued"), today=True)
    expires_on = date_field(_("Term ends"))
    capacity = forms.IntegerField(label=_("Workers a year"), required=False, min_value=1, max_value=1_000_000)
    provisional = forms.BooleanField(label=_("Provisional, for a first or limited time"), required=False)
    order_number = forms.CharField(label=_("Number of the order"), required=False, max_length=80)

    def __init__(self, *args: Any, grave: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if grave:
            self.fields["in_spite"] = in_spite_field()

    def clean(self) -> dict[str, Any]:
        """Refuse a licence that ends before it starts."""
        cleaned = super().clean() or {}
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("A licence cannot end before it starts."))
        return cleaned


FOR_NO_FORM = (Reason.REQUIREMENTS_MET, Reason.PUT_RIGHT, Reason.APPEAL_UPHELD, Reason.APPEAL_PENDING,
               Reason.APPEAL_DISMISSED, Reason.REGISTER_IMPORT)  # fmt: skip
ADVERSE_REASONS = [choice for choice in Reason.choices if choice[0] not in FOR_NO_FORM]
FAVOURABLE_REASONS = [(reason.value, reason.label) for reason in NOT_ADVERSE]
FAVOURABLE = ("grant", "renew", "reinstate", "restore")
WITHOUT_ORDER = ("grant", "renew", "close")
FAR_OFF = 90
"""Days ahead after which the day of effect is asked about."""


class DecisionForm(KeyedForm):
    """Decide about a licence; which fields are there depends on the decision."""

    order_number = forms.CharField(
        label=_("Number of the order"), max_length=80, help_text=_("The paper that the decision rests on.")
    )
    reason_code = forms.ChoiceField(label=_("Reason"))
    effective_on = date_field(_("In effect from"), today=True)
    kind = forms.ChoiceField(
        label=_("Kind of suspension"),
        choices=[
            ("disciplinary", _("disciplinary")),
            ("preventive", _("preventive, while it is examined")),
            ("admin", _("for paper reasons")),
        ],
        widget=forms.RadioSelect,
        initial="disciplinary",
    )
    until = date_field(_("Last day of the suspension"), required=False, hint=_("Leave empty if it has no end yet."))
    expires_on = date_field(_("Term ends"))
    conditions = forms.CharField(label=_("Conditions"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
    legal_basis = forms.CharField(label=_("Legal basis"), required=False, max_length=200)
    authority = forms.CharField(label=_("Ordered by"), required=False, max_length=200)
    decided_on = date_field(_("Date of the order"), required=False, today=True)
    holds_pending_appeal = forms.BooleanField(
        label=_("It stays in force while an appeal is open"), required=False, initial=True
    )

    far_off = forms.BooleanField(
        label=_("It is right that it takes effect more than ninety days from now"),
        required=False,
        help_text=_("Until then the public register shows the licence as it is now."),
    )

    ONLY = {
        "kind": ("suspend",),
        "until": ("suspend",),
        "expires_on": ("grant", "renew"),
        "conditions": ("condition",),
        "legal_basis": ("suspend", "revoke", "ban", "reinstate", "restore", "refuse"),
        "authority": ("suspend", "revoke", "ban", "reinstate", "restore", "refuse"),
        "decided_on": ("suspend", "revoke", "ban", "reinstate", "restore", "refuse"),
        "holds_pending_appeal": ("suspend", "revoke", "ban"),
    }

    def __init__(self, decision: str, *args: Any, grave: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if grave:
            self.fields["in_spite"] = in_spite_field()
        for name, decisions in self.ONLY.items():
            if decision not in decisions:
                del self.fields[name]
        if not self._far_off():
            del self.fields["far_off"]
        favourable = decision in FAVOURABLE
        reasons = FAVOURABLE_REASONS if favourable else ADVERSE_REASONS
        if decision == "close":
            del self.fields["reason_code"]
            self.fields["order_number"].required = False
            return
        field = self.fields["reason_code"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Choose a reason")), *reasons]
        if decision in WITHOUT_ORDER:
            self.fields["order_number"].required = False

    def clean_effective_on(self) -> Any:
        """Refuse a day too far off to be meant."""
        day = self.cleaned_data["effective_on"]
        if abs((day - timezone.localdate()).days) > 3660:
            raise forms.ValidationError(_("This day is more than ten years off. Please check it."))
        return day

    def _far_off(self) -> bool:
        """Tell whether the day that was given is so far ahead that it may be a slip."""
        try:
            day = self.fields["effective_on"].clean(self.data.get(self.add_prefix("effective_on")))
        except forms.ValidationError:
            return False
        return bool(day) and (day - timezone.localdate()).days > FAR_OFF

    def clean(self) -> dict[str, Any]:
        """Ask about a day far ahead before anything is decided."""
        cleaned = super().clean() or {}
        if "far_off" in self.fields and not cleaned.get("far_off") and cleaned.get("effective_on"):
            self.add_error(
                "far_off",
                _("It would take effect only on %(day)s. Tick this if that is right, or correct the day.")
                % {"day": date_format(cleaned["effective_on"], "DATE_FORMAT")},
            )
        return cleaned
