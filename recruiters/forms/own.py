"""Forms of the recruiters' own people, and the officers' answers to them."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from recruiters.forms.fields import FilesField, a_year_from, countries_field, date_field
from recruiters.models import Dispute


class ApplicationForm(KeyedForm):
    """Apply for a licence or its renewal."""

    destinations = countries_field(label=_("Countries of destination"), hint=_("Hold Ctrl to choose several."))
    workers_a_year = forms.IntegerField(
        label=_("Workers you expect to place in a year"), required=False, min_value=1, max_value=1_000_000
    )
    charges_no_fees = forms.BooleanField(
        label=_("We declare that workers pay no fee and no related cost, to us or to anybody on our behalf"),
        required=False,
    )
    papers = FilesField(
        label=_("Papers"),
        help_text=_("Trade licence, guarantee, tax clearance and the like: PDF or photos, up to 25 MB each."),
    )


class ApplicationAnswerForm(KeyedForm):
    """Answer an application."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[("grant", _("Grant")), ("return", _("Return for completion")), ("refuse", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    expires_on = date_field(_("Term ends"), required=False, hint=_("Needed to grant."))
    number = forms.CharField(label=_("Licence number"), required=False, max_length=80)
    authority = forms.CharField(label=_("Authority"), required=False, max_length=200)
    order_number = forms.CharField(label=_("Number of the order"), required=False, max_length=80)
    note = forms.CharField(
        label=_("What the applicant should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, renewal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.renewal = renewal
        self.fields["expires_on"].initial = a_year_from(timezone.localdate())
        if renewal:
            del self.fields["number"], self.fields["authority"]

    def clean(self) -> dict[str, Any]:
        """Ask for what each answer needs."""
        cleaned = super().clean() or {}
        answer = cleaned.get("answer")
        if answer == "grant":
            for name in ("expires_on", *(() if self.renewal else ("number", "authority"))):
                if not cleaned.get(name):
                    self.add_error(name, _("This is needed to grant a licence."))
        elif answer and not (cleaned.get("note") or "").strip():
            self.add_error("note", _("Say why, so that the applicant knows what to do."))
        return cleaned


class DisputeForm(KeyedForm):
    """Dispute a fact."""

    ground = forms.ChoiceField(label=_("Why it is wrong"), choices=Dispute.Ground.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It is sealed; only the officer who decides opens it."),
    )
    papers = FilesField(label=_("Papers"), help_text=_("PDF or photos, up to 25 MB each."))


class DisputeAnswerForm(KeyedForm):
    """Answer a dispute."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[("accept", _("Accept: the fact no longer counts as it did")), ("reject", _("Reject: the fact stays"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What the recruiter should know"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
