"""Set up a company, open a record, answer a practical action, attach evidence."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from core.standards import standard
from duediligence.forms.fields import choice, day, line, prose
from duediligence.models.records import LegalForm
from duediligence.states import DEMANDS, AnswerState
from duediligence.wording import STATE_LABELS


class CompanyForm(KeyedForm):
    """Who the company is in law, under which laws it reports, whom readers may ask."""

    legal_form = choice(_("Legal form"), list(LegalForm.choices), hint=_("It decides who approves the report."))
    laws = forms.MultipleChoiceField(
        label=_("Laws that you report under"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each brings its own deadline and its own list of items. This is help, not legal advice."),
    )
    contact = line(
        _("Contact for questions about the report"),
        required=False,
        hint=_("An address or a telephone number. It is published."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = standard("regimes").regimes
        self.fields["laws"].choices = [  # type: ignore[attr-defined]
            (regime.code, _lazy(regime.label)) for regime in found if regime.kind in ("disclosure", "due_diligence")
        ]


def _lazy(text: str) -> Any:
    return _(text)  # labels of the standards are collected in core/standards/labels.py


class RecordForm(KeyedForm):
    """For which period, in which language."""

    period_start = day(_("First day of the period"))
    period_end = day(_("Last day of the period"), hint=_("Usually the last day of your financial year."))
    language = forms.ChoiceField(label=_("Language of the report"), choices=settings.WORKSPACE_LANGUAGES)
    carry = forms.BooleanField(
        label=_("Take over risks and open actions from the record before"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts, or lasts longer than two years."""
        found: dict[str, Any] = super().clean() or {}
        start, end = found.get("period_start"), found.get("period_end")
        if start and end and end <= start:
            self.add_error("period_end", _("The period must end after it starts."))
        elif start and end and (end - start).days > 731:
            self.add_error("period_end", _("A period lasts two years at most."))
        return found


class RecordSettingsForm(KeyedForm):
    """In which language the report is, and whether it lists the suppliers."""

    language = forms.ChoiceField(label=_("Language of the report"), choices=settings.WORKSPACE_LANGUAGES)
    publish_suppliers = forms.BooleanField(
        label=_("Publish the list of suppliers"),
        required=False,
        help_text=_("Names, countries and number of sites. Readers value it; laws and buyers increasingly ask for it."),
    )


class AnswerForm(KeyedForm):
    """The answer to one practical action. What is missing is saved all the same, and named at the check."""

    state = choice(_("Where do you stand?"), STATE_LABELS)
    text = prose(
        _("What is done, and what came of it"),
        hint=_("Figures, places and results. Never a worker's name or anything by which one could be found."),
        rows=6,
    )
    reason = prose(_("Reason"), hint=_("Needed unless you chose “Done” or “Under way”. Readers see it."), rows=3)
    decision = prose(_("What was decided"), rows=2)
    owner = line(_("Who is responsible"), required=False, hint=_("The role, and a name if you like. It is published."))
    on = day(_("When"), required=False, hint=_("The day it was done, decided or last reviewed."))

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the state is one: it is the whole answer there."""
        found: dict[str, Any] = super().clean() or {}
        state = found.get("state")
        if state and DEMANDS[AnswerState(state)].reason and not found.get("reason", "").strip():
            self.add_error("reason", _("Say why. With this choice, the reason is your answer."))
        if state == AnswerState.DONE and found.get("on") and found["on"] > timezone.localdate():
            self.add_error("on", _("You chose “Done”, but this day is still to come."))
        return found


class EvidenceForm(KeyedForm):
    """A file that shows what an answer says."""

    file = forms.FileField(
        label=_("File"), help_text=_("A photo, PDF, Word, Excel, text or sound file of at most 25 MB.")
    )
    title = line(
        _("What it is"),
        hint=_("For example: Recruitment policy, version 3. The title and the file's digest are published."),
    )
    dated = day(_("Date of the document"), required=False)
    checked_by = line(_("Who checked it"), required=False, hint=_("A role or body. It is published."))
