"""Approval, publication, withdrawal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from duediligence.forms.fields import choice, day, line, not_in_future, prose
from duediligence.models.publishing import ApprovalBody, ChangeKind
from duediligence.wording import HIDING_WITHDRAWALS, WITHDRAWALS


class ApprovalForm(KeyedForm):
    """Who approved the content, for which body, when, and the paper that shows it."""

    approver_name = line(_("Name of who approved it"), hint=_("It is published; several laws ask for it."))
    approver_title = line(_("Title"), hint=_("For example: Chair of the board. It is published."))
    body = choice(_("On behalf of"), list(ApprovalBody.choices))
    body_name = line(_("Name of the committee or body"), required=False)
    approved_on = day(_("Day of approval"))
    file = forms.FileField(
        label=_("Minutes or resolution"),
        required=False,
        help_text=_("Kept sealed; only its digest is published. A photo, PDF, Word or text file of at most 25 MB."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approved_on"].validators.append(not_in_future)


class PublishForm(KeyedForm):
    """What changed, for every version after the first."""

    kind = choice(
        _("Why is there a new version?"),
        [(code, label) for code, label in ChangeKind.choices if code != ChangeKind.FIRST],
    )
    note = prose(_("What changed, and why"), required=True, hint=_("It stands at the top of the new version."), rows=3)


class FirstPublishForm(KeyedForm):
    """The first version needs no more words."""


class WithdrawForm(KeyedForm):
    """Why a report is taken back."""

    reason = choice(_("Reason"), WITHDRAWALS)
    note = prose(_("What readers should know"), required=True, hint=_("It stays on the report's page."), rows=3)
    hide = forms.BooleanField(
        label=_("Hide the content as well"),
        required=False,
        help_text=_("Only for the safety of workers, personal data or a court's order."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to hide without one of the grave reasons."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("hide") and found.get("reason") not in HIDING_WITHDRAWALS:
            self.add_error("hide", _("This reason does not allow the content to be hidden."))
        return found
