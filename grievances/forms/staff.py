"""Forms of the case officer: decide, answer, name the accused, plan remedy, close."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from core.standards import standard
from grievances.forms.named import NamedForm, NamedKeyedForm
from grievances.models import Accused, CaseHarm, RemedyStep
from grievances.reasons import (
    CONTACT_CHANNELS,
    DECISIONS,
    OPEN_REASONS,
    PRIORITIES,
    RECUSAL_REASONS,
    REMEDY_ITEMS,
    ROOT_CAUSES,
)
from grievances.remedy import Outcome, Word
from grievances.rulebook import grievance_standard
from grievances.wording import category_label, not_accepted_label, outcome_label, worker_text

_CURRENCY_CODES = """
AED BDT BHD EUR GBP IDR INR JOD KES KWD LKR MMK MYR NPR OMR PHP PKR QAR SAR SGD THB USD VND
"""
CURRENCIES = _CURRENCY_CODES.split()


def _categories() -> list[tuple[str, str]]:
    return [(each.code, f"{each.code}: {category_label(each.code)}") for each in grievance_standard().categories]


def _not_accepted() -> list[tuple[str, str]]:
    return [("", "–"), *((entry.code, not_accepted_label(entry.code)) for entry in grievance_standard().not_accepted)]


# The forms of remedy as the IOM handbook names them (Part 5, quoting ICAT), with the standard's codes under each.
HANDBOOK_FORMS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Apology"), ("apology",)),
    (_("Restitution"), ("restitution",)),
    (_("Rehabilitation"), ("rehabilitation",)),
    (_("Compensation"), ("compensation_financial", "compensation_non_financial")),
    (_("Sanctions"), ("punitive_sanction",)),
    (_("Prevention of harm"), ("injunction",)),
    (_("Guarantees of non-repetition"), ("guarantee_non_repetition",)),
    (_("Besides"), ("satisfaction",)),
)
NOTHING_CHOSEN = ("", "–")


def _remedy_forms() -> list[Any]:
    labels = {form.code: worker_text(form.label) for form in standard("remedy").forms}
    groups = [(heading, [(code, labels[code]) for code in codes]) for heading, codes in HANDBOOK_FORMS]
    return [NOTHING_CHOSEN, *groups]


def _outcomes() -> list[tuple[str, str]]:
    return [NOTHING_CHOSEN, *((outcome.value, outcome_label(outcome)) for outcome in Outcome)]


class OpenForm(forms.Form):
    """Why sealed words are opened."""

    reason = forms.ChoiceField(label=_("Why do you open it?"), choices=[("", "–"), *OPEN_REASONS.items()])


class ContactOpenForm(NamedForm, OpenForm):
    """Why the contact is opened, on the page where the words are sealed too."""

    name = "contact"


class TriageForm(KeyedForm):
    """A decision on the coded facts."""

    codes = forms.MultipleChoiceField(
        label=_("Categories"),
        help_text=_("Correct what the worker ticked, if her words say otherwise."),
        choices=_categories,
        widget=forms.CheckboxSelectMultiple,
    )
    priority = forms.ChoiceField(
        label=_("Priority"),
        help_text=_("You can keep what the rule says, or raise it; lowering it needs a second person."),
        choices=list(PRIORITIES.items()),
    )
    decision = forms.ChoiceField(label=_("Decision"), choices=list(DECISIONS.items()), widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(label=_("If not accepted, why"), choices=_not_accepted, required=False)
    note = forms.CharField(
        label=_("Note for other handlers"),
        help_text=_("Sealed, like the worker's words."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        required=False,
    )


class LowerForm(NamedForm):
    """A priority below the present one, and why."""

    name = "lower"

    priority = forms.ChoiceField(label=_("New priority"), choices=[("high", _("High")), ("normal", _("Normal"))])
    note = forms.CharField(
        label=_("Why is it less grave?"),
        help_text=_("Sealed, like the worker's words."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


class MessageForm(NamedKeyedForm):
    """A message to the worker."""

    name = "message"

    words = forms.CharField(
        label=_("Message to the worker"),
        help_text=_("Write in her language, in short sentences. She may read it on a phone that others use."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=10_000,
    )


class FindPartyForm(forms.Form):
    """A name to look for among the registered parties."""

    hide_optional = True

    find = forms.CharField(label=_("Name or reference of the accused"), max_length=200, required=False)


class LinkForm(forms.Form):
    """A party that is accused, and in which part."""

    party = forms.CharField(widget=forms.HiddenInput, max_length=20)
    part = forms.ChoiceField(label=_("As"), choices=Accused.As.choices)


class RecuseForm(NamedForm):
    """Why a handler steps back."""

    name = "recuse"

    reason = forms.ChoiceField(label=_("Why do you step back?"), choices=list(RECUSAL_REASONS.items()))


class StepForm(NamedKeyedForm):
    """A step of remedy, tied to a harm; nothing is chosen beforehand: a slip would promise her the wrong thing."""

    name = "step"

    harm = forms.TypedChoiceField(label=_("For which harm"), coerce=int)
    form = forms.ChoiceField(label=_("Form of remedy"), choices=_remedy_forms)
    item = forms.ChoiceField(label=_("What"), choices=[NOTHING_CHOSEN, *REMEDY_ITEMS.items()])
    owner = forms.ChoiceField(label=_("Who must do it"), choices=[NOTHING_CHOSEN, *RemedyStep.Owner.choices])
    due_on = forms.DateField(label=_("Due on"), widget=forms.DateInput(attrs={"type": "date"}))
    amount = forms.DecimalField(
        label=_("Amount"), min_value=0, max_digits=14, decimal_places=2, required=False, localize=False
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", "–"), *((code, code) for code in CURRENCIES)], required=False
    )
    note = forms.CharField(
        label=_("Details"),
        help_text=_("Sealed."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5000,
    )

    def __init__(self, *args: Any, harms: Sequence[CaseHarm] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(each.number, f"{each.number}. {category_label(each.category)}") for each in harms]
        self.fields["harm"].choices = [NOTHING_CHOSEN, *shown]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the currency of an amount."""
        values = super().clean() or {}
        if values.get("amount") is not None and not values.get("currency"):
            self.add_error("currency", _("Choose the currency of the amount."))
        return values


class DeliverForm(forms.Form):
    """Proof that a step was delivered."""

    proof = forms.FileField(label=_("Proof"), help_text=_("A receipt, a transfer, a photo"), required=False)
    decision_number = forms.CharField(
        label=_("Number of the official decision"),
        help_text=_("For sanctions and orders"),
        max_length=40,
        required=False,
    )


class WordForm(forms.Form):
    """What the worker says about a step, and how she said it."""

    word = forms.ChoiceField(
        label=_("The worker says"),
        choices=[NOTHING_CHOSEN, (Word.ALL, _("All of it")), (Word.PART, _("A part")), (Word.NONE, _("Nothing"))],
    )
    channel = forms.ChoiceField(label=_("How she told"), choices=[NOTHING_CHOSEN, *CONTACT_CHANNELS.items()])


class AttemptForm(NamedKeyedForm):
    """A try to reach the worker."""

    name = "attempt"

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    channel = forms.ChoiceField(label=_("How"), choices=[NOTHING_CHOSEN, *CONTACT_CHANNELS.items()])
    reached = forms.BooleanField(label=_("She was reached"), required=False)


class CloseForm(NamedForm):
    """How a case ends, and what let it happen."""

    name = "close"

    hide_optional = True  # most ends ask for the root cause; the refusal says so

    root_cause = forms.ChoiceField(label=_("Root cause"), choices=[("", "–"), *ROOT_CAUSES.items()], required=False)
    outcome = forms.ChoiceField(label=_("How it ends"), choices=_outcomes)
