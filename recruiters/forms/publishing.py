"""Forms about ratings: judge again for a day, propose, reply, decide, withdraw."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from recruiters.forms.fields import DateInput, date_field
from recruiters.models import PublicationStep
from recruiters.rulesets import rulesets
from recruiters.services.publications import HEARING_DAYS

Because = PublicationStep.Because


class JudgeForm(forms.Form):
    """Judge a recruiter for any past day by any ruleset on file."""

    day = forms.DateField(label=_("As of"), required=False, widget=DateInput())
    ruleset = forms.ChoiceField(label=_("Ruleset"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ruleset"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(name, name) for name in reversed(rulesets())]

    def clean_day(self) -> Any:
        """Refuse a day that has not come."""
        day = self.cleaned_data["day"] or timezone.localdate()
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("This day has not come yet."))
        return day


class ProposeForm(KeyedForm):
    """Propose a rating for publication."""

    reply_until = date_field(_("The recruiter may answer until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply_until"].initial = timezone.localdate() + timedelta(days=HEARING_DAYS)


class ReplyForm(KeyedForm):
    """Answer a proposed rating."""

    words = forms.CharField(
        label=_("Your answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It is sealed; only the officer who decides opens it."),
    )


class DecideForm(KeyedForm):
    """Publish a proposed rating or drop it."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=[("publish", _("Publish it")), ("drop", _("Do not publish it"))],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Because"),
        choices=[
            (each.value, each.label)
            for each in (Because.WARN_WORKERS, Because.RECOGNISE, Because.REPLY_PERSUADED, Because.FACTS_UNSURE)
        ],
    )
    note = forms.CharField(
        label=_("Why, in a sentence or two"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawForm(KeyedForm):
    """Take a published rating back."""

    reason = forms.ChoiceField(
        label=_("Because"),
        choices=[
            (each.value, each.label)
            for each in (Because.NEWER_FACTS, Because.FACTS_UNSURE, Because.COURT_ORDER, Because.TIME_PASSED)
        ],
    )
    note = forms.CharField(
        label=_("Why, in a sentence or two"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
