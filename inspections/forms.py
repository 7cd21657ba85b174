"""Forms of visits, interviews, files, findings and actions. Referral forms are beside them in referralforms.py."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from checklists.models import ChecklistVersion
from checklists.sources import LABOUR, RECRUITER
from core.formkeys import KeyedForm
from core.models import User
from inspections.indicators import Outcome
from inspections.models import Visit
from inspections.models.actions import Step
from inspections.models.findings import Severity
from inspections.models.interviews import Interpreter, Person, Place
from inspections.models.visits import Agency
from inspections.words import (
    CANCEL_REASONS,
    CONDITIONS,
    OUTCOMES,
    REOPEN_REASONS,
    TRIGGERS,
    WITHDRAW_REASONS,
    language_words,
)
from parties.search import filter_by_name
from recruiters.models import Recruiter


class Day(forms.DateInput):
    """A day, chosen with the phone's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def text(rows: int = 3) -> forms.Textarea:
    """Return a text box of so many rows."""
    return forms.Textarea(attrs={"rows": rows})


def languages() -> list[tuple[str, str]]:
    """Return the languages offered for letters, each by its own name."""
    return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]


def spoken_languages() -> list[tuple[str, str]]:
    """Return every language that is known by name, in the reader's language, after an empty choice."""
    codes = (code for code, info in LANG_INFO.items() if "name" in info)
    named = sorted(((code, language_words(code)) for code in codes), key=lambda pair: pair[1].casefold())
    return [("", "–"), *named]


class PlanForm(KeyedForm):
    """Plan a visit to a site that was chosen before."""

    planned_for = forms.DateField(label=_("Day"), widget=Day())
    lead = forms.ModelChoiceField(User.objects.none(), label=_("Leading inspector"))
    others = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Other inspectors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    supervisor = forms.ModelChoiceField(
        User.objects.none(), label=_("Supervisor"), help_text=_("Is told of critical findings on the same day.")
    )
    version = forms.ModelChoiceField(ChecklistVersion.objects.none(), label=_("Checklist"))
    announced = forms.BooleanField(
        required=False,
        label=_("The employer is told of the visit beforehand"),
        help_text=_("Unannounced is the rule: an inspector may enter freely and without notice (C81 Art. 12)."),
    )
    trigger_kind = forms.ChoiceField(
        label=_("Why this visit"),
        choices=[("", "–"), *TRIGGERS.items()],
        help_text=_("Sealed. Only the leading inspector and the supervisor can read it; the employer never can."),
    )
    trigger_detail = forms.CharField(required=False, label=_("What led to it"), max_length=2000, widget=text(2))
    trigger_reference = forms.CharField(
        required=False, label=_("Reference"), max_length=40, help_text=_("Such as GRV-…; sealed with the rest.")
    )

    def __init__(self, *args: Any, team: QuerySet[User], supervisors: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("lead", team)
        self._choose("others", team)
        self._choose("supervisor", User.objects.filter(pk__in=[person.pk for person in supervisors]))
        newest = [ChecklistVersion.objects.newest(code) for code in (LABOUR, RECRUITER)]
        found = ChecklistVersion.objects.filter(pk__in=[version.pk for version in newest if version])
        self._choose("version", found)
        self.fields["version"].initial = newest[0]

    def _choose(self, name: str, queryset: QuerySet[Any]) -> None:
        field = self.fields[name]
        field.queryset = queryset  # type: ignore[attr-defined]

    def clean_planned_for(self) -> date:
        """Refuse days that are over."""
        day: date = self.cleaned_data["planned_for"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Please choose today or later."))
        return day


class StartForm(KeyedForm):
    """Declare and begin."""

    agencies = forms.MultipleChoiceField(
        required=False,
        label=_("Who else is here"),
        choices=Agency.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty if only labour inspectors are here."),
    )
    led_by = forms.ChoiceField(
        required=False,
        label=_("Who leads"),
        choices=[("", _("the labour inspectorate")), *Agency.choices],
        help_text=_("Workers often stay silent where police or immigration lead; the report says who did."),
    )
    no_interest = forms.BooleanField(label=_("I have no direct or indirect interest in this employer (C81 Art. 15)"))

    def presences(self) -> list[tuple[str, bool]]:
        """Return the agencies present, each with whether it leads."""
        led = self.cleaned_data["led_by"]
        found = {*self.cleaned_data["agencies"], *([led] if led else [])}
        return [(agency, agency == led) for agency in sorted(found)]


class ReasonForm(KeyedForm):
    """Choose a coded reason."""

    reason = forms.ChoiceField(label=_("Reason"))

    def __init__(self, *args: Any, reasons: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", "–"), *reasons.items()]  # type: ignore[attr-defined]


def cancel_form(*args: Any) -> ReasonForm:
    """Return the form that cancels a visit."""
    return ReasonForm(*args, reasons=CANCEL_REASONS)


def reopen_form(*args: Any) -> ReasonForm:
    """Return the form that sends a visit back."""
    return ReasonForm(*args, reasons=REOPEN_REASONS)


def withdraw_form(*args: Any) -> ReasonForm:
    """Return the form that withdraws a finding."""
    return ReasonForm(*args, reasons=WITHDRAW_REASONS)


class AssignForm(KeyedForm):
    """Add an inspector, or change the lead."""

    inspector = forms.ModelChoiceField(User.objects.none(), label=_("Inspector"))
    lead = forms.BooleanField(required=False, label=_("Leads from now on"))

    def __init__(self, *args: Any, team: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspector"].queryset = team  # type: ignore[attr-defined]


class InterviewForm(KeyedForm):
    """Under which conditions a worker is heard. There is no field for who it is."""

    person = forms.ChoiceField(label=_("Interview with"), choices=Person.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language spoken"), choices=spoken_languages)
    interpreter = forms.ChoiceField(label=_("Interpreter"), choices=Interpreter.choices, widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("Where"), choices=Place.choices, widget=forms.RadioSelect)
    conditions = forms.MultipleChoiceField(
        required=False, label=_("Done before the first question"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conditions"].choices = list(CONDITIONS.items())  # type: ignore[attr-defined]


class ExhibitForm(KeyedForm):
    """Add a photo or file."""

    file = forms.FileField(
        label=_("Photo or file"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,application/pdf,audio/*,.docx,.xlsx,.csv,.txt"}),
        help_text=_("Place and device are removed from photos. No faces, and no identity papers that can be read."),
    )
    item_code = forms.ChoiceField(required=False, label=_("Belongs to"))
    shows_people = forms.BooleanField(required=False, label=_("People can be recognised on it"))

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item_code"].choices = [("", _("the visit as a whole")), *items]  # type: ignore[attr-defined]


class FindingForm(KeyedForm):
    """Record what is not as it should be."""

    item_code = forms.ChoiceField(required=False, label=_("Checklist item"))
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices, widget=forms.RadioSelect)
    statement = forms.CharField(
        label=_("What was found"),
        max_length=500,
        widget=text(),
        help_text=_("The employer reads this. No names, nothing that a worker said, no number below five."),
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        help_text=_("National law first; an ILO convention only where ratified."),
    )
    required_action = forms.CharField(required=False, label=_("What must be done"), max_length=500, widget=text(2))
    deadline = forms.DateField(required=False, label=_("By when"), widget=Day())
    responsible = forms.CharField(
        required=False, label=_("Responsible function"), max_length=120, help_text=_("A function such as HR manager.")
    )
    proof = forms.CharField(required=False, label=_("How it will be verified"), max_length=300)
    recruiter = forms.CharField(
        required=False,
        label=_("Concerns a recruiter"),
        max_length=200,
        help_text=_("Name or reference (REC-…). It then counts in the recruiter's risk rating."),
    )
    note = forms.CharField(
        required=False,
        label=_("Note for us"),
        max_length=4000,
        widget=text(),
        help_text=_("Sealed. It never reaches the employer."),
    )

    def __init__(self, *args: Any, items: list[tuple[str, str]], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["item_code"].choices = [("", _("none")), *items]  # type: ignore[attr-defined]

    def clean_recruiter(self) -> Recruiter | None:
        """Return the one recruiter that was meant; where several bear the name, name them."""
        wanted: str = self.cleaned_data["recruiter"].strip()
        if not wanted:
            return None
        seen = Recruiter.objects.visible_to(self.user).select_related("party")
        named = seen.filter(ref__iexact=wanted) or filter_by_name(seen, wanted, "party_id")
        found = list(named[:6])
        if len(found) == 1:
            only: Recruiter = found[0]
            return only
        if not found:
            raise forms.ValidationError(_("No recruiter of this name or reference is on the register."))
        several = "; ".join(f"{recruiter.ref} {recruiter.party.name}" for recruiter in found[:5])
        raise forms.ValidationError(
            _("Several recruiters match. Please give the reference: %(several)s"), params={"several": several}
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a deadline where something must be done."""
        cleaned = super().clean() or {}
        if cleaned.get("required_action") and not cleaned.get("deadline"):
            self.add_error("deadline", _("Please give the day by which it must be done."))
        if cleaned.get("deadline") and not cleaned.get("required_action"):
            self.add_error("required_action", _("Please say what must be done by then."))
        return cleaned


class ExtendForm(KeyedForm):
    """Give more time."""

    until = forms.DateField(label=_("New deadline"), widget=Day())
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text(2))


class CheckForm(KeyedForm):
    """Say what checking showed."""

    state = forms.ChoiceField(
        label=_("Result"),
        widget=forms.RadioSelect,
        choices=[(step.value, step.label) for step in (Step.VERIFIED, Step.REJECTED, Step.PROSECUTION)],
    )
    remark = forms.CharField(label=_("How it was checked"), max_length=500, widget=text(2))


class HandInForm(KeyedForm):
    """Show that something was done."""

    file = forms.FileField(required=False, label=_("Photo or document"))
    remark = forms.CharField(required=False, label=_("What was done"), max_length=500, widget=text(2))


class JudgeForm(KeyedForm):
    """Decide on a screening."""

    decided = forms.ChoiceField(label=_("Decision"), choices=[], widget=forms.RadioSelect)
    reason = forms.CharField(
        required=False,
        label=_("Reason"),
        max_length=2000,
        widget=text(),
        help_text=_("Needed where you decide for less than the answers ask for. Sealed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided"].choices = [(outcome.value, OUTCOMES[outcome]) for outcome in Outcome]  # type: ignore[attr-defined]


class LetterForm(KeyedForm):
    """Issue the employer's letter."""

    language = forms.ChoiceField(label=_("Language of the letter"), choices=languages)


def items_of(visit: Visit, language: str) -> list[tuple[str, str]]:
    """Return a visit's checklist items as choices."""
    return [(item.code, f"{item.code} {item.text.read(language)}") for item in visit.version.questionnaire.items()]
