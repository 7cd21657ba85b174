"""What a handler puts down of harms, what a respondent is asked, and what comes of asking whether she is safe."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from grievances.entitlements import ENTITLEMENTS
from grievances.forms.named import NamedKeyedForm
from grievances.forms.staff import NOTHING_CHOSEN, MessageForm
from grievances.models import HarmFinding, RemediationCase, Reply
from grievances.models.safetychecks import RESULTS
from grievances.reasons import CONTACT_CHANNELS, ENTITLED, OPEN_REASONS, REMEDY_ITEMS, RETALIATION_FORMS, say
from grievances.remedy import DECIDED_BY_AUTHORITY
from grievances.rulebook import grievance_standard
from grievances.wording import category_label
from parties.models import Party, Site

# What a respondent itself can do; what only an authority decides is not its to offer.
OFFERS = [(code, words) for code, words in REMEDY_ITEMS.items() if code not in DECIDED_BY_AUTHORITY]
CHANNELS = [NOTHING_CHOSEN, *CONTACT_CHANNELS.items()]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


def _categories() -> list[tuple[str, str]]:
    return [NOTHING_CHOSEN, *((each.code, category_label(each.code)) for each in grievance_standard().categories)]


class HarmForm(NamedKeyedForm):
    """A harm and what is owed for it."""

    name = "harm"

    category = forms.ChoiceField(label=_("What was done"), choices=_categories)
    entitlement = forms.ChoiceField(
        label=_("What she is owed"), choices=[NOTHING_CHOSEN, *((code, ENTITLED[code]) for code in ENTITLEMENTS)]
    )
    began_on = forms.DateField(label=_("Since"), required=False, widget=_day())
    ended_on = forms.DateField(label=_("Until"), required=False, widget=_day())
    note = forms.CharField(
        label=_("Details"),
        help_text=_("Sealed."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5000,
    )


class FindingForm(forms.Form):
    """What was found out of a harm, and how."""

    result = forms.ChoiceField(label=_("What was found"), choices=[NOTHING_CHOSEN, *HarmFinding.Result.choices])
    method = forms.ChoiceField(label=_("How"), choices=[NOTHING_CHOSEN, *HarmFinding.Method.choices])


class AskForm(KeyedForm):
    """What a respondent is to be told: each thing ticked is one that the worker said yes to."""

    hide_optional = True

    party = forms.ModelChoiceField(Party.objects.none(), label=_("Who is asked"), to_field_name="ref", empty_label="–")
    categories = forms.MultipleChoiceField(label=_("What it is about"), widget=forms.CheckboxSelectMultiple)
    country = forms.BooleanField(label=_("Tell the country"), required=False)
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Tell the site"), to_field_name="ref", required=False, empty_label="–"
    )
    period = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        label=_("Tell the month"),
        help_text=_("Such as 2026-03."),
        required=False,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-03"}),
    )
    people = forms.BooleanField(label=_("Tell how many are affected"), required=False)
    remedy = forms.MultipleChoiceField(
        label=_("Tell what would put it right"),
        choices=OFFERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    name = forms.CharField(
        label=_("The worker's name"),
        help_text=_("Only where she agreed that her employer learns it. Leave it empty otherwise."),
        required=False,
        max_length=200,
    )
    agreed_channel = forms.ChoiceField(
        label=_("How she agreed to exactly this"), choices=[NOTHING_CHOSEN, *CONTACT_CHANNELS.items()], required=False
    )

    def __init__(self, *args: Any, case: RemediationCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accused = case.grievance.accusations.filter(dropped_on=None, basis="confirmed").values("party")
        parties = Party.objects.filter(pk__in=accused)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]
        if len(parties) == 1:
            self.initial.setdefault("party", parties[0].ref)
        self.fields["site"].queryset = Site.objects.filter(party__in=accused)  # type: ignore[attr-defined]
        codes = [(code, category_label(code)) for code in case.grievance.codes]
        self.fields["categories"].choices = codes  # type: ignore[attr-defined]
        planned = {step.item for step in case.steps.all()}
        if planned:
            shown = [(code, say(REMEDY_ITEMS, code)) for code in REMEDY_ITEMS if code in planned]
            self.fields["remedy"].choices = shown  # type: ignore[attr-defined]

    def told(self, case: RemediationCase) -> dict[str, object]:
        """Return what would be told besides the categories; what is not ticked is not there."""
        values, grievance = self.cleaned_data, case.grievance
        found = {
            "country": grievance.country if values["country"] else "",
            "site": values["site"].ref if values["site"] else "",
            "period": values["period"],
            "people": grievance.people if values["people"] else "",
            "remedy": list(values["remedy"]),
        }
        return {code: value for code, value in found.items() if value}


class ReplyForm(KeyedForm):
    """A respondent's own answer."""

    stand = forms.ChoiceField(label=_("What do you say?"), choices=Reply.Stand.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("Sealed for the case officers. Do not guess who may have complained, and name no worker."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=10_000,
    )
    offers = forms.MultipleChoiceField(
        label=_("What do you offer?"),
        choices=OFFERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(
        label=_("A paper that shows it"), help_text=_("A receipt, a transfer, a photo"), required=False
    )
    undertakes = forms.BooleanField(
        label=_(
            "We undertake that nobody is treated worse because of this, and that we do not look for who complained."
        )
    )


class EnteredReplyForm(NamedKeyedForm):
    """A respondent's answer that came by letter or by telephone, as a handler enters it."""

    name = "entered"

    stand = forms.ChoiceField(label=_("What they say"), choices=[NOTHING_CHOSEN, *Reply.Stand.choices])
    words = forms.CharField(label=_("In their words"), widget=forms.Textarea(attrs={"rows": 5}), max_length=10_000)
    offers = forms.MultipleChoiceField(
        label=_("What they offer"),
        choices=OFFERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[NOTHING_CHOSEN, ("letter", _("By letter")), ("email", _("E-mail")), ("phone", _("Phone call"))],
    )
    undertakes = forms.BooleanField(
        label=_("They undertake that nobody is treated worse because of this"), required=False
    )
    file = forms.FileField(label=_("The letter, scanned"), required=False)


class ReadForm(forms.Form):
    """Why something sealed besides the worker's words is opened."""

    reason = forms.ChoiceField(label=_("Why do you open it?"), choices=[NOTHING_CHOSEN, *OPEN_REASONS.items()])


class TellForm(MessageForm):
    """What the worker is told of the answer: a message like any other."""


class SafetyForm(forms.Form):
    """What the worker said when she was asked whether she is punished."""

    hide_optional = True

    result = forms.ChoiceField(label=_("What she said"), choices=[NOTHING_CHOSEN, *RESULTS])
    form = forms.ChoiceField(
        label=_("How she is punished"), choices=[NOTHING_CHOSEN, *RETALIATION_FORMS.items()], required=False
    )
    channel = forms.ChoiceField(label=_("How she told"), choices=CHANNELS)
