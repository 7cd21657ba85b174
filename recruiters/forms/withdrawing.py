"""Forms about orders that are withdrawn before they take effect."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from recruiters.models import OrderWithdrawal


class WithdrawOrderForm(KeyedForm):
    """Withdraw an order: why, and by which paper."""

    reason_code = forms.ChoiceField(
        label=_("Reason"), choices=OrderWithdrawal.Why.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )  # fmt: skip
    order_number = forms.CharField(
        label=_("Number of the order"), max_length=80, help_text=_("The paper by which it is withdrawn.")
    )

    def __init__(self, *args: Any, needs_order: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order_number"].required = needs_order


class AnswerWithdrawalForm(KeyedForm):
    """Agree with another officer, or do not."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=[("agree", _("I agree: it is withdrawn")), ("not", _("I do not agree: it stands"))],
        widget=forms.RadioSelect,
    )
