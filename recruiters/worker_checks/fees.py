"""The fee checker: a worker says what money is asked for, and learns what the standard and the laws say."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.standards import standard
from recruiters.contractterms import Unreadable, plain_number
from recruiters.feelookup import rules_for
from recruiters.feerules import PARTS, Payer, Payment, judge
from recruiters.forms.fields import DateInput
from recruiters.vocabulary import country_choices
from recruiters.worker_checks import fee_words
from recruiters.worker_checks.unstored import unstored

SITUATIONS = [
    ("asked", _("I am asked to pay it")),
    ("paid", _("I have paid it")),
    ("taken", _("It is taken from my pay")),
]
YES_NO = [("", _("I do not know")), ("yes", _("Yes")), ("no", _("No"))]
WORK = [
    ("", _("I do not want to say")),
    ("domestic", _("In a household")),
    ("sea", _("On a ship")),
    ("land", _("Other work")),
]
CURRENCIES = (
    "AED", "BDT", "BHD", "ETB", "EUR", "GBP", "GHS", "HKD", "IDR", "INR", "JOD", "JPY", "KES", "KRW", "KWD", "LBP",
    "LKR", "MMK", "MYR", "NPR", "OMR", "PHP", "PKR", "QAR", "SAR", "SGD", "THB", "TWD", "UGX", "USD", "VND",
)  # fmt: skip


PART_LABELS = {
    "FEE-B6/ticket": _("Air ticket"),
    "FEE-B6/other": _("Other travel, food or a place to stay"),
    "FEE-B7/visa": _("Visa"),
    "FEE-B7/other": _("Passport, permit or other papers"),
}


def kinds_of_payment() -> list[tuple[str, str]]:
    """Return what money is asked for: the standard's categories, taken apart where a law covers one part alone."""
    return [
        (kind, str(PART_LABELS.get(kind) or gettext(category.worker_label)))
        for category in standard("fees").categories
        for kind in ([f"{category.code}/{part}" for part in PARTS.get(category.code, ())] or [category.code])
    ]


UNPEOPLED = frozenset({"AQ", "BV", "GS", "HM", "IO", "TF", "UM"})


def _countries() -> list[tuple[str, str]]:
    return [("", gettext("Choose")), *(pair for pair in country_choices() if pair[0] not in UNPEOPLED)]


class NumberField(forms.CharField):
    """A number as people write it, in any of our scripts' digits."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(required=False, max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the number, or None when nothing was entered."""
        text = str(super().clean(value) or "")
        if not text:
            return None
        try:
            return plain_number(text)
        except Unreadable as error:
            raise forms.ValidationError(gettext("Please write a number, such as 8500.")) from error


class FeeCheckForm(forms.Form):
    """What a worker tells of a payment; only countries and kind are needed."""

    origin = forms.ChoiceField(label=_("Which country do you come from?"), choices=_countries)
    destination = forms.ChoiceField(label=_("Which country is the work in?"), choices=_countries)
    category = forms.MultipleChoiceField(
        label=_("What is the money for?"),
        help_text=_("Tick everything that it is for."),
        choices=kinds_of_payment,
        widget=forms.CheckboxSelectMultiple,
    )
    situation = forms.ChoiceField(label=_("What has happened?"), choices=SITUATIONS, widget=forms.RadioSelect)
    amount = NumberField(label=_("How much?"))
    currency = forms.ChoiceField(
        label=_("In which currency?"),
        required=False,
        choices=[("", pgettext_lazy("currency", "Choose")), *((c, c) for c in CURRENCIES)],
    )
    paid_on = forms.DateField(
        label=_("On which day?"),
        required=False,
        widget=DateInput(),
        help_text=_("Empty means today."),
    )
    receipt = forms.ChoiceField(label=_("Is there a receipt?"), choices=YES_NO, required=False)
    told = forms.ChoiceField(
        label=_("Were you told of it before you accepted the job?"), choices=YES_NO, required=False
    )
    work = forms.ChoiceField(label=_("What kind of work is it?"), choices=WORK, required=False)
    wage = NumberField(label=_("Your wage for one month, in the same currency"))

    def clean(self) -> dict[str, Any]:
        """Ask for the currency of an amount, and for a day that can be."""
        cleaned = super().clean() or {}
        if (cleaned.get("amount") is not None or cleaned.get("wage") is not None) and not cleaned.get("currency"):
            self.add_error("currency", gettext("Please choose the currency of the amount."))
        day = cleaned.get("paid_on")
        if day and not date(1990, 1, 1) <= day <= date(timezone.localdate().year + 2, 12, 31):
            self.add_error("paid_on", gettext("Please check the year."))
        return cleaned

    @property
    def kinds(self) -> dict[str, str]:
        """Return what was ticked with its label, in the order of the page."""
        return {kind: label for kind, label in kinds_of_payment() if kind in self.cleaned_data["category"]}

    def payments(self) -> list[Payment]:
        """Return what was told as the rules read it: one payment for each thing that the money is for."""
        told = self.cleaned_data
        known = {"yes": True, "no": False}
        amount: Decimal | None = told["amount"]
        kinds = [kind.partition("/") for kind in self.kinds]
        return [
            Payment(
                category=category,
                part=part,
                fee_class=standard("fees").category(category).fee_class,
                payer=Payer.EMPLOYER_RECOVERED if told["situation"] == "taken" else Payer.WORKER,
                amount=amount,
                shared=len(kinds) > 1,
                currency=told["currency"],
                paid_on=told["paid_on"] or timezone.localdate(),
                origin=told["origin"],
                destination=told["destination"],
                receipt_held=known.get(told["receipt"]),
                disclosed_before=known.get(told["told"]),
                work=told["work"],
                monthly_wage=told["wage"],
                wage_currency=told["currency"],
                paid=told["situation"] != "asked",
            )
            for category, _slash, part in kinds
        ]


@unstored
def fee_check(request: HttpRequest) -> HttpResponse:
    """Show the form, or the answer above it with everything that was entered."""
    if request.method != "POST":
        return render(request, "recruiters/worker_checks/fees.html", {"form": FeeCheckForm()})
    form = FeeCheckForm(request.POST)
    if not form.is_valid():
        return render(request, "recruiters/worker_checks/fees.html", {"form": form}, status=422)
    payments = form.payments()
    labels = list(form.kinds.values())
    rules = rules_for(form.cleaned_data["origin"], form.cleaned_data["destination"])
    judged = [(label, payment, judge(payment, rules)) for label, payment in zip(labels, payments, strict=True)]
    context = {
        "form": form,
        "answers": fee_words.answers(judged),
        "situation": form.cleaned_data["situation"],
        "receipt": form.cleaned_data["receipt"],
        "illegitimate": any(payment.fee_class in ("C", "X") for payment in payments),
        "category": labels[0] if len(labels) == 1 else gettext("May they ask me for this money?"),
    }
    return render(request, "recruiters/worker_checks/fee_answer.html", context)
