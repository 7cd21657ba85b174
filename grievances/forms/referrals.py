"""Refer somebody, and answer a referral: each thing about her has its own tick, and none is ticked beforehand."""

from typing import Any

from django import forms
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from core.models import Account, PartnerProfile
from core.roles import AccountKind
from core.standards import standard
from grievances.forms.named import NamedKeyedForm
from grievances.forms.staff import NOTHING_CHOSEN
from grievances.models import GrievanceFile, RemediationCase
from grievances.models.referrals import Basis, Stage
from grievances.reasons import (
    CONTACT_CHANNELS,
    OVERRIDES,
    REFERRAL_EXPLAINED,
    REFERRAL_FIELDS,
    REFERRAL_REASONS,
    URGENCIES,
)
from grievances.referring import (
    ANSWERS,
    CHILD_EXPLAINED,
    CHILD_FIELDS,
    DECLINE_REASONS,
    EXPLAINED,
    FIELDS,
    RETURN_REASONS,
)
from grievances.services.referrals import Wanted


def _area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReferForm(KeyedForm):
    """A referral of one person to one partner, in the order in which it is talked about."""

    hide_optional = True

    basis = forms.ChoiceField(label=_("Basis for sharing"), widget=forms.RadioSelect)
    explained = forms.MultipleChoiceField(
        label=_("What was explained to her first"),
        choices=[(code, REFERRAL_EXPLAINED[code]) for code in dict.fromkeys((*EXPLAINED, *CHILD_EXPLAINED))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed_channel = forms.ChoiceField(
        label=_("How she agreed"), choices=[NOTHING_CHOSEN, *CONTACT_CHANNELS.items()], required=False
    )
    stated_adult = forms.BooleanField(label=_("The person referred is 18 or older"), required=False)
    partner = forms.ModelChoiceField(Account.objects.none(), label=_("Who receives it"), empty_label="–")
    services = forms.MultipleChoiceField(label=_("Help asked for"), widget=forms.CheckboxSelectMultiple, required=False)
    urgency = forms.ChoiceField(label=_("How soon"), choices=[NOTHING_CHOSEN, *URGENCIES.items()])
    override_reason = forms.ChoiceField(
        label=_("Why it cannot wait for her consent"), choices=[NOTHING_CHOSEN, *OVERRIDES.items()], required=False
    )
    override_note = forms.CharField(
        label=_("Your reason in words"), help_text=_("Sealed."), widget=_area(), required=False, max_length=5000
    )
    notice = forms.CharField(
        label=_("What she is told of it"),
        help_text=_("Sent to her in the moment in which the second person agrees. Write in her language."),
        widget=_area(3),
        required=False,
        max_length=5000,
    )

    def __init__(self, *args: Any, case: RemediationCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = list(case.grievance.files.select_related("evidence"))
        self.fields["basis"].choices = Basis.choices  # type: ignore[attr-defined]
        partners = Account.objects.filter(kind=AccountKind.PARTNER).order_by("name")
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        protecting = set(PartnerProfile.objects.filter(child_protection=True).values_list("account", flat=True))
        child = translate("protects children")
        self.fields["partner"].label_from_instance = (  # type: ignore[attr-defined]
            lambda account: f"{account.name} ({child})" if account.pk in protecting else account.name
        )
        helps = [(each.code, translate(each.label)) for each in standard("referral").services]
        self.fields["services"].choices = helps  # type: ignore[attr-defined]
        for code in (*FIELDS, *CHILD_FIELDS):
            self.fields[f"tell_{code}"] = forms.BooleanField(label=str(REFERRAL_FIELDS[code]), required=False)
            self.fields[f"text_{code}"] = forms.CharField(
                label=str(REFERRAL_FIELDS[code]), required=False, max_length=2000, widget=_area()
            )
        for file in self.kept:
            self.fields[f"file_{file.pk}"] = forms.BooleanField(label=file.evidence.ref, required=False)

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return each thing about her with its own tick."""
        return [(self[f"tell_{code}"], self[f"text_{code}"]) for code in FIELDS]

    def child_pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the lines for a child."""
        return [(self[f"tell_{code}"], self[f"text_{code}"]) for code in CHILD_FIELDS]

    def kept_files(self) -> list[tuple[GrievanceFile, forms.BoundField]]:
        """Return each file with its own tick."""
        return [(file, self[f"file_{file.pk}"]) for file in self.kept]

    def wanted(self) -> Wanted:
        """Return the referral; what is not ticked is not in it, whatever was typed."""
        data = self.cleaned_data
        told = {
            code: data[f"text_{code}"]
            for code in (*FIELDS, *CHILD_FIELDS)
            if data[f"tell_{code}"] and data[f"text_{code}"].strip()
        }
        return Wanted(
            partner=data["partner"],
            basis=data["basis"],
            services=tuple(data["services"]),
            urgency=data["urgency"],
            told=told,
            files=tuple(file for file in self.kept if data[f"file_{file.pk}"]),
            explained=tuple(data["explained"]),
            agreed_channel=data["agreed_channel"],
            stated_adult=data["stated_adult"],
            override_reason=data["override_reason"],
            override_note=data["override_note"],
            notice=data["notice"],
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the words where something is ticked."""
        cleaned = super().clean() or {}
        for code in (*FIELDS, *CHILD_FIELDS):
            if cleaned.get(f"tell_{code}") and not str(cleaned.get(f"text_{code}", "")).strip():
                self.add_error(f"text_{code}", _("This may be told but is not filled in."))
        return cleaned


class AnswerForm(KeyedForm):
    """A partner's answer."""

    stage = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Reason, if you decline or return it"),
        choices=[
            NOTHING_CHOSEN,
            *((code, REFERRAL_REASONS[code]) for code in (*DECLINE_REASONS, *RETURN_REASONS)),
        ],
        required=False,
    )
    remark = forms.CharField(
        label=_("Message to the sender"),
        help_text=_("Sealed. Say no more about the person than is needed."),
        widget=_area(),
        required=False,
        max_length=1000,
    )

    def __init__(self, *args: Any, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            (code, Stage(code).label) for code in ANSWERS.get(stage, ())
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason that fits the answer."""
        cleaned = super().clean() or {}
        needed = {"declined": DECLINE_REASONS, "returned": RETURN_REASONS}.get(str(cleaned.get("stage")))
        if needed and cleaned.get("reason") not in needed:
            self.add_error("reason", _("Please choose the reason for this answer."))
        return cleaned


class AgainForm(NamedKeyedForm):
    """Answer a returned referral, within what was agreed."""

    name = "again"

    hide_optional = True

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in codes:
            self.fields[f"text_{code}"] = forms.CharField(
                label=str(REFERRAL_FIELDS[code]), required=False, max_length=2000, widget=_area()
            )

    def told(self) -> dict[str, str]:
        """Return what is said better now."""
        return {
            name.removeprefix("text_"): value
            for name, value in self.cleaned_data.items()
            if value and name.startswith("text_")
        }
