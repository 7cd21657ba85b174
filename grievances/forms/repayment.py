"""Forms of a repayment: its terms, fees taken, rates of exchange, a plan, payments, the worker's word, checks."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.standards import standard
from grievances.forms.named import NamedKeyedForm
from grievances.forms.staff import CURRENCIES
from grievances.models import ClawbackCheck, RepaymentItem
from grievances.models.repayments import METHODS, PAYEES, WAYS
from grievances.reasons import CONTACT_CHANNELS
from grievances.remedy import Word
from grievances.repayment import Payee, ways
from grievances.wording import worker_text

_CHOOSE = ("", "–")
_CURRENCIES = [_CHOOSE, *((code, code) for code in CURRENCIES)]


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def _amount(label: Any, *, places: int = 3, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=15, decimal_places=places, min_value=0, localize=False, **more)


def _fees() -> list[tuple[str, str]]:
    return [_CHOOSE, *((entry.code, worker_text(entry.label)) for entry in standard("fees").categories)]


class TermsForm(NamedKeyedForm):
    """In which currency and for which day it is reckoned, to whom it goes, at which stated interest."""

    name = "terms"

    currency = forms.ChoiceField(label=_("Currency in which it is paid back"), choices=_CURRENCIES)
    reckoned_on = _day(_("Calculated as of the day"))
    payee = forms.ChoiceField(label=_("Where the worker is now"), choices=PAYEES)
    interest_percent = _amount(
        _("Simple interest, percent a year"),
        places=2,
        max_value=100,
        required=False,
        help_text=_("Leave it empty where only interest really paid on a loan counts."),
    )
    interest_source = forms.CharField(label=_("Where this rate of interest comes from"), max_length=200, required=False)


class FeeForm(NamedKeyedForm):
    """One fee or cost that was taken."""

    name = "fee"

    category = forms.ChoiceField(label=_("What it was for"), choices=_fees)
    collector = forms.ChoiceField(label=_("Who took it"), choices=[_CHOOSE, *RepaymentItem.Collector.choices])
    paid_on = _day(_("Paid on"), help_text=_("If only the month is known, its first day."))
    currency = forms.ChoiceField(label=_("Currency"), choices=_CURRENCIES)
    amount = _amount(_("Amount"))
    method = forms.ChoiceField(label=_("How it is known"), choices=METHODS, initial="individual_declaration")
    other_amount = _amount(
        _("Amount known in another way"), required=False, help_text=_("The higher of the two counts.")
    )
    other_method = forms.ChoiceField(label=_("How that is known"), choices=[_CHOOSE, *METHODS], required=False)
    chosen = forms.ChoiceField(
        label=_("The worker asks that this one counts"),
        choices=[("", _("No wish: the higher one counts")), *METHODS],
        required=False,
    )
    loan = forms.BooleanField(
        label=_("The interest of a loan taken for it is entered as a fee of its own"), required=False
    )
    proof = forms.FileField(label=_("Receipt or other paper"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask that a second amount says how it is known, and that a wish names an amount that is there."""
        values = super().clean() or {}
        if values.get("other_amount") and not values.get("other_method"):
            self.add_error("other_method", _("Say how this amount is known."))
        if values.get("other_method") and values["other_method"] == values.get("method"):
            self.add_error("other_method", _("Choose another way than for the first amount."))
        if values.get("chosen") and values["chosen"] not in {values.get("method"), values.get("other_method")}:
            self.add_error("chosen", _("No amount is entered that is known in this way."))
        return values

    @property
    def amounts(self) -> dict[str, Decimal]:
        """Return each amount under the way in which it is known."""
        values = self.cleaned_data
        found = {values["method"]: values["amount"]}
        if values.get("other_amount"):
            found[values["other_method"]] = values["other_amount"]
        return found


class RateForm(NamedKeyedForm):
    """What one unit of a currency was worth on a day, and who says so."""

    name = "rate"

    currency = forms.ChoiceField(label=_("One unit of"), choices=_CURRENCIES)
    on = _day(_("On the day"))
    value = forms.DecimalField(label=_("Was worth"), max_digits=18, decimal_places=8, min_value=0, localize=False)
    source = forms.CharField(label=_("Source"), help_text=_("For example the central bank"), max_length=200)


class PlanForm(NamedKeyedForm):
    """In how many monthly parts it is paid, from which day."""

    name = "plan"

    count = forms.IntegerField(label=_("Number of monthly parts"), min_value=1, max_value=60, initial=1)
    first_on = _day(_("First part by"))


class PaymentForm(NamedKeyedForm):
    """One payment back to the worker."""

    name = "payment"

    on = _day(_("Paid on"))
    amount = _amount(_("Amount"))
    currency = forms.ChoiceField(label=_("Currency"), choices=_CURRENCIES)
    way = forms.ChoiceField(label=_("How it reached her"))
    proof = forms.FileField(
        label=_("Proof"), help_text=_("Without proof a payment does not count towards what is owed."), required=False
    )

    def __init__(self, *args: Any, payee: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = ways(Payee(payee))
        self.fields["way"].choices = [(way, label) for way, label in WAYS if way in able]  # type: ignore[attr-defined]


class ProofForm(NamedKeyedForm):
    """The paper that proves a payment noted before."""

    name = "prove"

    proof = forms.FileField(label=_("Proof"))


class PaymentWordForm(NamedKeyedForm):
    """What the worker says of one payment."""

    name = "word"

    word = forms.ChoiceField(
        label=_("The worker says"),
        choices=[_CHOOSE, (Word.ALL, _("All of it")), (Word.PART, _("A part")), (Word.NONE, _("Nothing"))],
    )
    received = _amount(_("If a part: how much she got"), required=False)
    channel = forms.ChoiceField(label=_("How she told"), choices=[_CHOOSE, *CONTACT_CHANNELS.items()])

    def clean(self) -> dict[str, Any]:
        """Ask how much a part was, at the field that takes it."""
        values = super().clean() or {}
        if values.get("word") == Word.PART and values.get("received") is None and "received" not in self.errors:
            self.add_error("received", _("Enter how much of it she got."))
        return values


class CheckForm(forms.Form):
    """What came of asking whether the money was taken back."""

    result = forms.ChoiceField(label=_("What she says"), choices=[_CHOOSE, *ClawbackCheck.Result.choices])
