"""Forms by which recruiters' people dispute and appeal, and the officers' answers to what they ask for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from recruiters.applying import FIELDS, TIES
from recruiters.applywords import FIELD_LABELS, field_value
from recruiters.forms.fields import FilesField, a_year_from, date_field
from recruiters.forms.register import ADVERSE_REASONS
from recruiters.models import Appeal, Claim, Dispute, Recruiter, TieDecision


class ReturnForm(KeyedForm):
    """Return an application field by field: whatever is written next to a field goes to the applicant."""

    hide_optional = True  # all of it is
    note = forms.CharField(
        label=_("What the applicant should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, given: Mapping[str, Any], told: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in (*FIELDS, *((TIES,) if told else ())):
            self.fields[f"finding_{field}"] = forms.CharField(
                label=FIELD_LABELS[field],
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2 if field != TIES else 5}),
                initial=told if field == TIES else "",
                help_text=_("Prepared from the ties that nobody set aside. It names no person.")
                if field == TIES
                else "; ".join(field_value(field, given.get(field))),
            )

    def findings(self) -> dict[str, str]:
        """Return what was found, by field."""
        return {
            name.removeprefix("finding_"): words
            for name, words in self.cleaned_data.items()
            if name.startswith("finding_") and words.strip()
        }

    def clean(self) -> dict[str, Any]:
        """Ask for at least one sentence."""
        cleaned = super().clean() or {}
        if not any((cleaned.get(name) or "").strip() for name in self.fields if name != "form_key"):
            self.add_error("note", _("Say why, so that the applicant knows what to do."))
        return cleaned


class ApplicationAnswerForm(KeyedForm):
    """Grant or refuse an application."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=[("grant", _("Grant")), ("refuse", _("Refuse"))], widget=forms.RadioSelect
    )
    expires_on = date_field(_("Term ends"), required=False, hint=_("Needed to grant."))
    number = forms.CharField(label=_("Licence number"), required=False, max_length=80)
    authority = forms.CharField(label=_("Authority"), required=False, max_length=200)
    order_number = forms.CharField(
        label=_("Number of the order"), required=False, max_length=80, help_text=_("Needed to refuse.")
    )
    reason_code = forms.ChoiceField(
        label=_("Reason for refusing"), required=False, choices=[("", _("Choose a reason")), *ADVERSE_REASONS]
    )
    note = forms.CharField(
        label=_("What the applicant should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    hit_words = forms.CharField(
        label=_("Why it is granted although a severe hit on a watchlist stands"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to grant. Officers and auditors read it, the applicant never does."),
    )

    def __init__(self, *args: Any, renewal: bool, severe: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.renewal, self.severe = renewal, severe
        if not severe:
            del self.fields["hit_words"]
        self.fields["expires_on"].initial = a_year_from(timezone.localdate())
        if renewal:
            del self.fields["number"], self.fields["authority"]

    def clean(self) -> dict[str, Any]:
        """Ask for what each answer needs."""
        cleaned = super().clean() or {}
        answer = cleaned.get("answer")
        if answer == "grant":
            needed = ("expires_on", *(() if self.renewal else ("number", "authority")))
            for name in (*needed, *(("hit_words",) if self.severe else ())):
                if not (cleaned.get(name) or ""):
                    self.add_error(name, _("This is needed to grant a licence."))
        elif answer:
            if not (cleaned.get("note") or "").strip():
                self.add_error("note", _("Say why, so that the applicant knows what to do."))
            for name in ("order_number", "reason_code"):
                if not cleaned.get(name):
                    self.add_error(name, _("This is needed to refuse."))
            cleaned["expires_on"] = None  # proposed to whoever grants; a refusal has no term
        return cleaned


class SecondForm(KeyedForm):
    """Agree with a proposal, or do not."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("agree", _("I agree: carry it out")), ("not", _("I do not agree: the proposal is dropped"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:  # nobody agrees with themselves, but anybody may take a proposal back
            field = self.fields["answer"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [("not", _("Take the proposal back"))]


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


class EntryDisputeForm(DisputeForm):
    """Dispute what the entry says."""

    about = forms.ChoiceField(
        label=_("What is wrong"),
        choices=[choice for choice in Dispute.About.choices if choice[0] != Dispute.About.FACT],
        widget=forms.RadioSelect,
    )
    field_order = ("about", "ground", "words", "papers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = True


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

    def __init__(self, *args: Any, entry: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if entry:
            field = self.fields["answer"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [
                ("accept", _("Accept: the entry was corrected")),
                ("reject", _("Reject: the entry stays as it is")),
            ]


class AppealForm(KeyedForm):
    """Appeal against a decision."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Appeal.Ground.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Why the decision should be another"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It is sealed; only the officer who decides opens it."),
    )
    papers = FilesField(label=_("Papers"), help_text=_("PDF or photos, up to 25 MB each."))


class AppealAnswerForm(KeyedForm):
    """Decide an appeal."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=[("uphold", _("Uphold the appeal")), ("dismiss", _("Dismiss the appeal"))],
        widget=forms.RadioSelect,
    )
    order_number = forms.CharField(label=_("Number of the order"), max_length=80)
    order_authority = forms.CharField(label=_("Ordered by"), required=False, max_length=200)
    decided_on = date_field(_("Date of the order"), today=True)
    note = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class ClaimAnswerForm(KeyedForm):
    """Answer a claim."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=[("approve", _("Approve")), ("refuse", _("Refuse"))], widget=forms.RadioSelect
    )
    in_place_of = forms.BooleanField(label="", required=False)
    reason_code = forms.ChoiceField(
        label=_("Reason for refusing"),
        required=False,
        choices=[
            ("", _("Choose a reason")),
            *((why.value, why.label) for why in (Claim.Why.NOT_SHOWN, Claim.Why.OTHERS, Claim.Why.NOT_READABLE)),
        ],
    )
    note = forms.CharField(
        label=_("What the claimant should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, rival: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rival:
            self.fields["in_place_of"].label = _("I know that %(name)s speaks for this entry now") % {"name": rival}
        else:
            del self.fields["in_place_of"]

    def clean(self) -> dict[str, Any]:
        """Ask for what a refusal needs."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "refuse":
            for name in ("reason_code", "note"):
                if not (cleaned.get(name) or "").strip():
                    self.add_error(name, _("This is needed to refuse."))
        return cleaned


class TieForm(KeyedForm):
    """Say whether a tie matters."""

    decided = forms.ChoiceField(label=_("Does it matter?"), choices=TieDecision.Is.choices, widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(label=_("Reason"), choices=TieDecision.Why.choices)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only officers read it."),
    )  # fmt: skip


class MergeForm(KeyedForm):
    """Confirm a merge."""

    survivor = forms.ChoiceField(label=_("Which entry goes on"), widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args: Any, entries: Iterable[Recruiter], reasons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("survivor", [(r.ref, f"{r.name} ({r.ref})") for r in entries]),
            ("reason_code", reasons),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = choices


class UndoMergeForm(KeyedForm):
    """Take a merge back."""

    note = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
