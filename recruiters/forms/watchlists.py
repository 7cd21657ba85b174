"""Forms about watchlists: an edition that is to be confirmed, one taken back, a list out of use."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm


class ConfirmEditionForm(KeyedForm):
    """Let an edition in; an older one and a large drop are allowed by a tick only."""

    allow_older = forms.BooleanField(
        label=_("It is right that an older edition takes the place of a newer one"), required=False
    )
    allow_drop = forms.BooleanField(
        label=_("It is right that more than a tenth of the records disappear"), required=False
    )
    hide_optional = True

    def __init__(self, *args: Any, faults: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fault, name in (("older", "allow_older"), ("drops", "allow_drop")):
            if fault not in faults:
                del self.fields[name]


class RetireListForm(KeyedForm):
    """Take a list out of use."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerRetirementForm(KeyedForm):
    """Agree with another officer, or do not."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=[("agree", _("I agree: the list goes out of use")), ("not", _("I do not agree: it stays in use"))],
        widget=forms.RadioSelect,
    )
