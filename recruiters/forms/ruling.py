"""The form that puts a rule of national law on record."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from recruiters.forms.fields import country_field, date_field
from recruiters.vocabulary import WORK, fee_choices


class FeeRuleForm(KeyedForm):
    """A limit in law; zero is a ban. Without an amount and a share, the law has a limit that is not on record."""

    jurisdiction = country_field(label=_("Law of"))
    origin = country_field(label=_("For workers from"), required=False)
    destination = country_field(label=_("For work in"), required=False)
    categories = forms.MultipleChoiceField(
        label=_("For"),
        required=False,
        choices=fee_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked means every fee and cost."),
    )
    work = forms.ChoiceField(label=_("Kind of work"), required=False, choices=[("", _("any")), *WORK])
    worker_max = forms.DecimalField(
        label=_("Most a worker may pay"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("0 means that nothing may be charged."),
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$", label=_("Currency"), required=False, help_text=_("Three letters, such as NPR.")
    )
    percent = forms.DecimalField(
        label=_("Or a share of one month's wage, in per cent"), required=False, min_value=0, max_value=1000
    )
    starts = date_field(_("From day"))
    ends = date_field(_("To day"), required=False)
    receipt_required = forms.BooleanField(label=_("A receipt is required"), required=False)
    disclosure_required = forms.BooleanField(label=_("It must be told before the job is accepted"), required=False)
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("Act, section, day of publication."))

    def clean(self) -> dict[str, Any]:
        """Let a rule be for one corridor at least on one side."""
        cleaned = super().clean() or {}
        if not cleaned.get("origin") and not cleaned.get("destination"):
            self.add_error("origin", gettext("Choose where the workers come from, or where the work is."))
        if cleaned.get("currency"):
            cleaned["currency"] = cleaned["currency"].upper()
        return cleaned

    def wage_share(self) -> Decimal | None:
        """Return the share of a month's wage, or nothing."""
        percent: Decimal | None = self.cleaned_data.get("percent")
        return None if percent is None else percent / 100
