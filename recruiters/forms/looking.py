"""Forms about looks, corrective actions and what becomes of an outcome."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from recruiters.forms.fields import FilesField, date_field
from recruiters.models import AssessmentStage, Correction, OutcomeStep
from recruiters.models.words import SeverityWord
from recruiters.vocabulary import MATURITY, criterion_label

Kind = AssessmentStage.Kind
YES_NO = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]


class BeginLookForm(KeyedForm):
    """Begin a look; of people only their number is asked."""

    held_on = date_field(_("Day"), today=True)
    heard = forms.IntegerField(
        label=_("How many people were heard"),
        required=False,
        min_value=0,
        max_value=5000,
        help_text=_("Only the number is kept: no name, no list."),
    )
    without_employer = forms.ChoiceField(
        label=_("Was nobody from the recruiter or employer present?"), choices=YES_NO, required=False
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Kind.DOCUMENTS:
            del self.fields["heard"]
        if kind != Kind.WORKERS:
            del self.fields["without_employer"]


class CloseLookForm(KeyedForm):
    """Close a look; what was not known when it began is asked here."""

    heard = BeginLookForm.declared_fields["heard"]
    without_employer = BeginLookForm.declared_fields["without_employer"]

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Kind.DOCUMENTS:
            del self.fields["heard"]
        if kind != Kind.WORKERS:
            del self.fields["without_employer"]


class AskCorrectionForm(KeyedForm):
    """Ask for something to be put right."""

    criterion = forms.ChoiceField(label=_("Criterion"))
    severity = forms.ChoiceField(label=_("Severity"), choices=SeverityWord.choices, initial=SeverityWord.MODERATE)
    what = forms.CharField(
        label=_("What must be put right"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The recruiter reads this. No worker's name, nothing that a worker said."),
    )
    owner = forms.ChoiceField(label=_("Whose task"), choices=Correction.Owner.choices)
    due_on = date_field(_("Due on"))

    def __init__(self, criteria: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["criterion"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(code, criterion_label(code)) for code in criteria]


class AnswerCorrectionForm(KeyedForm):
    """Say how something was put right."""

    words = forms.CharField(
        label=_("How it was put right"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It is sealed; only the officer who decides opens it."),
    )
    papers = FilesField(label=_("Papers"), help_text=_("PDF or photos, up to 25 MB each."))


class DecideCorrectionForm(KeyedForm):
    """Decide about an answer."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("accept", _("It is put right")),
            ("return", _("It is not enough: return it")),
            ("drop", _("It is not needed any more")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What the recruiter should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = date_field(_("New day, where it is returned"), required=False)


class OutcomeForm(KeyedForm):
    """Say what becomes of an outcome."""

    state = forms.ChoiceField(label=_("The outcome is"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Because"), choices=OutcomeStep.Because.choices)

    def __init__(self, allowed: tuple[OutcomeStep.Is, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(state.value, state.label) for state in allowed]


def maturity_field() -> forms.TypedChoiceField:
    """Return a choice of how far a practice has grown."""
    return forms.TypedChoiceField(
        label=_("Maturity (our proposal, no part of the standard)"),
        choices=[("", _("not judged")), *MATURITY],
        required=False,
        coerce=int,
        empty_value=None,
    )
