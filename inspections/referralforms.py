"""The referral flow as three short pages: what was explained and agreed, what is shared, with whom."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from core.models import Account, PartnerProfile
from core.roles import AccountKind
from core.standards import standard
from inspections.forms import spoken_languages, text
from inspections.models.referrals import Given, Route, Stage, Urgency
from inspections.referralcodes import (
    CHILD_EXPLAINED,
    CHILD_REQUIRED,
    DECLINE_REASONS,
    EXPLAINED,
    FIELDS,
    RETURN_REASONS,
    SAFETY,
)
from inspections.words import ANSWER_REASONS, CHILD_FIELDS
from inspections.words import EXPLAINED as EXPLAINED_WORDS
from inspections.words import FIELDS as FIELD_WORDS
from inspections.words import SAFETY as SAFETY_WORDS

ANSWERS = {
    Route.ADULT: [Given.AGREED, Given.REFUSED, Given.EMERGENCY],
    Route.CHILD: [Given.CHILD],
}


def _ticks(codes: tuple[str, ...], words: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(code, words[code]) for code in codes]


class ReferralForm(KeyedForm):
    """One person and one partner, on one page in the order in which it is talked about."""

    safety = forms.MultipleChoiceField(label=_("First: what was done for safety"), widget=forms.CheckboxSelectMultiple)
    explained = forms.MultipleChoiceField(
        label=_("What was explained, in words the person understands"), widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Language it was explained in"), choices=spoken_languages)
    interpreter = forms.BooleanField(required=False, label=_("Through an interpreter independent of the employer"))
    given = forms.ChoiceField(label=_("What the person decided"), widget=forms.RadioSelect)
    partner = forms.ModelChoiceField(Account.objects.none(), required=False, label=_("Who receives it"))
    services = forms.MultipleChoiceField(required=False, label=_("Help asked for"), widget=forms.CheckboxSelectMultiple)
    urgency = forms.ChoiceField(label=_("How soon"), choices=Urgency.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, route: Route, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.route = route
        explained = CHILD_EXPLAINED if route == Route.CHILD else EXPLAINED
        self._choices("safety", _ticks(SAFETY, SAFETY_WORDS))
        self._choices("explained", _ticks(explained, EXPLAINED_WORDS))
        self._choices("given", [(given.value, given.label) for given in ANSWERS[route]])
        self._choices("services", [(each.code, translate(each.label)) for each in standard("referral").services])
        if route == Route.CHILD:
            self.fields["given"].initial = Given.CHILD
        self.fields["partner"].queryset = partners_for(route)  # type: ignore[attr-defined]
        for code in CHILD_REQUIRED if route == Route.CHILD else ():
            self.fields[f"child_{code}"] = forms.CharField(label=str(CHILD_FIELDS[code]), max_length=200)
        for code in FIELDS:
            area = text(2) if code in ("summary", "risks", "health", "safe_contact") else forms.TextInput()
            self.fields[f"field_{code}"] = forms.CharField(
                required=False, label=str(FIELD_WORDS[code]), max_length=2000, widget=area
            )
            self.fields[f"share_{code}"] = forms.BooleanField(required=False, label=_("May be shared"))

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def shareable(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return each thing about the person with its own tick."""
        return [(self[f"field_{code}"], self[f"share_{code}"]) for code in FIELDS]

    def child_fields(self) -> list[forms.BoundField]:
        """Return the lines of the child route."""
        return [self[f"child_{code}"] for code in CHILD_REQUIRED] if self.route == Route.CHILD else []

    def details(self) -> dict[str, str]:
        """Return what was written about the person."""
        return {code: self.cleaned_data[f"field_{code}"] for code in FIELDS if self.cleaned_data[f"field_{code}"]}

    def agreed(self) -> tuple[str, ...]:
        """Return the codes of what may be shared."""
        return tuple(code for code in FIELDS if self.cleaned_data[f"share_{code}"])

    def child(self) -> dict[str, str]:
        """Return what the child route asks for."""
        return (
            {code: self.cleaned_data[f"child_{code}"] for code in CHILD_REQUIRED} if self.route == Route.CHILD else {}
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a partner where something is shared, and for words where something is ticked."""
        cleaned = super().clean() or {}
        if cleaned.get("given") in (Given.AGREED, Given.CHILD, Given.EMERGENCY):
            if not cleaned.get("partner"):
                self.add_error("partner", _("Please choose who shall receive this referral."))
            for code in FIELDS:
                if cleaned.get(f"share_{code}") and not str(cleaned.get(f"field_{code}", "")).strip():
                    self.add_error(f"field_{code}", _("This may be shared but is not filled in."))
        return cleaned


def partners_for(route: Route) -> QuerySet[Account]:
    """Return the partners that take referrals of this route."""
    found = Account.objects.filter(kind=AccountKind.PARTNER)
    if route == Route.CHILD:
        found = found.filter(pk__in=PartnerProfile.objects.filter(child_protection=True).values("account"))
    return found.order_by("name")


class RespondForm(KeyedForm):
    """The partner's answer."""

    stage = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(required=False, label=_("Reason, if you decline or return it"))
    remark = forms.CharField(
        required=False,
        label=_("Message to the sender"),
        max_length=1000,
        widget=text(2),
        help_text=_("Sealed. Say no more about the person than is needed."),
    )

    def __init__(self, *args: Any, stages: tuple[Stage, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in stages]  # type: ignore[attr-defined]
        reasons = [(code, ANSWER_REASONS[code]) for code in (*DECLINE_REASONS, *RETURN_REASONS)]
        self.fields["reason"].choices = [("", "–"), *reasons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason that fits the answer."""
        cleaned = super().clean() or {}
        stage, reason = cleaned.get("stage"), cleaned.get("reason")
        needed = {"declined": DECLINE_REASONS, "returned": RETURN_REASONS}.get(str(stage))
        if needed and reason not in needed:
            self.add_error("reason", _("Please choose the reason for this answer."))
        return cleaned


class SendAgainForm(KeyedForm):
    """Answer what the partner asked for, within what was agreed."""

    remark = forms.CharField(required=False, label=_("Message to the service"), max_length=1000, widget=text(2))

    def __init__(self, *args: Any, agreed: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in FIELDS:
            if code in agreed:
                self.fields[f"field_{code}"] = forms.CharField(
                    required=False, label=str(FIELD_WORDS[code]), max_length=2000, widget=text(2)
                )

    def details(self) -> dict[str, str]:
        """Return what was added."""
        return {
            name.removeprefix("field_"): value
            for name, value in self.cleaned_data.items()
            if value and name.startswith("field_")
        }
