"""Forms about assessments, fees and contracts."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from recruiters.currencies import CURRENCY_CODES
from recruiters.forms.fields import FilesField, date_field
from recruiters.forms.looking import maturity_field
from recruiters.models import Assessment, Recruiter
from recruiters.models.words import SourceKind
from recruiters.vocabulary import COLLECTORS, FINDINGS, OUTCOMES, PAYERS, WORK, element_choices, fee_choices

YES_NO = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
STAFF_KINDS = [
    choice for choice in Assessment.Kind.choices if choice[0] in (Assessment.Kind.REVIEW, Assessment.Kind.SURVEILLANCE)
]


class StartAssessmentForm(KeyedForm):
    """Begin an assessment."""

    kind = forms.ChoiceField(label=_("Kind"), choices=STAFF_KINDS, widget=forms.RadioSelect)


class CriterionForm(forms.Form):
    """Record the finding on one criterion."""

    outcome = forms.ChoiceField(label=_("Finding"), choices=OUTCOMES, widget=forms.RadioSelect, initial="not_assessed")
    maturity = maturity_field()
    note = forms.CharField(
        label=_("What the finding rests on"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    evidence = FilesField(label=_("Evidence"), help_text=_("Photos, PDF, sound, Word or Excel, up to 25 MB each."))


def corridor_choices(recruiter: Recruiter) -> list[tuple[str, str]]:
    """Return a recruiter's corridors to choose from."""
    return [("", str(_("not known"))), *((str(c.pk), str(c)) for c in recruiter.corridors.all())]


class FactForm(KeyedForm):
    """What fee and contract facts have in common."""

    corridor = forms.ChoiceField(label=_("Corridor"), required=False)
    source_kind = forms.ChoiceField(
        label=_("Learned from"), choices=[c for c in SourceKind.choices if c[0] != SourceKind.GRIEVANCE]
    )
    source_ref = forms.CharField(
        label=_("Reference of the source"),
        required=False,
        max_length=40,
        help_text=_("A reference such as VIS-… or ASM-…; never a person's name."),
    )

    def __init__(self, recruiter: Recruiter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        corridor = self.fields["corridor"]
        assert isinstance(corridor, forms.ChoiceField)  # noqa: S101 - declared above
        corridor.choices = corridor_choices(recruiter)


class FeeForm(FactForm):
    """Record a payment."""

    category = forms.ChoiceField(label=_("What for"), choices=fee_choices)
    payer = forms.ChoiceField(label=_("Who bore it in the end"), choices=PAYERS)
    collector = forms.ChoiceField(
        label=_("Who collected it"), choices=[("", _("not known")), *COLLECTORS[:-1]], required=False
    )
    amount = forms.DecimalField(label=_("Amount"), required=False, min_value=0, max_digits=12, decimal_places=2)
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$", label=_("Currency"), required=False, help_text=_("Three letters, such as NPR.")
    )
    paid_on = date_field(_("Day of payment"), required=False)
    receipt_held = forms.ChoiceField(label=_("Is there a receipt?"), choices=YES_NO, required=False)
    disclosed_before = forms.ChoiceField(
        label=_("Was it disclosed before the job was accepted?"), choices=YES_NO, required=False
    )
    work = forms.ChoiceField(label=_("Kind of work"), choices=[("", _("not known")), *WORK], required=False)
    monthly_wage = forms.DecimalField(
        label=_("Wage a month, in the same currency"), required=False, min_value=0, max_digits=12, decimal_places=2
    )

    def clean_paid_on(self) -> date | None:
        """Refuse a day that has not come."""
        day: date | None = self.cleaned_data["paid_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean_currency(self) -> str:
        """Return a currency that exists, in capitals."""
        code = str(self.cleaned_data["currency"] or "").upper()
        if code and code not in CURRENCY_CODES:
            raise forms.ValidationError(_("No currency has this code. Three letters, such as NPR."))
        return code

    field_order = ("category", "payer", "collector", "amount", "currency", "paid_on", "receipt_held",
                   "disclosed_before", "corridor", "work", "monthly_wage", "source_kind", "source_ref")  # fmt: skip


class ContractForm(FactForm):
    """Record what was found about one element of contracts."""

    element = forms.ChoiceField(label=_("Element"), choices=element_choices)
    finding = forms.ChoiceField(label=_("Finding"), choices=FINDINGS)
    before = forms.CharField(label=_("As offered or registered"), required=False, max_length=200)
    after = forms.CharField(label=_("As signed or found"), required=False, max_length=200)
    observed_on = date_field(_("Day"), today=True)
    field_order = ("element", "finding", "before", "after", "observed_on", "corridor", "source_kind", "source_ref")


class SettleForm(KeyedForm):
    """Say what became of a fact."""

    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[
            ("remedied", _("It was put right")),
            ("withdrawn", _("It is withdrawn")),
            ("upheld", _("It is upheld")),
        ],
        widget=forms.RadioSelect,
    )
    reason_code = forms.ChoiceField(
        label=_("Because"),
        choices=[
            ("shown_by_papers", _("Papers show it")),
            ("confirmed_by_visit", _("A visit confirmed it")),
            ("workers_confirm", _("Workers confirm it")),
            ("wrong_party", _("It concerns somebody else")),
            ("not_shown", _("It could not be shown")),
        ],
    )


def yes_no(value: str) -> bool | None:
    """Return a yes, a no, or nothing known."""
    return {"yes": True, "no": False}.get(value)
