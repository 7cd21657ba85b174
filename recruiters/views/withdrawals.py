"""Withdraw an order about a licence before it takes effect."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.access import fetch, staff
from core.models import User
from core.roles import Role
from recruiters import services
from recruiters.forms.withdrawing import AnswerWithdrawalForm, WithdrawOrderForm
from recruiters.models import Licence, LicenceStatus, OrderWithdrawal
from recruiters.presenting import status_word
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.views.register import HOME


@staff(Role.MINISTRY_OFFICER)
def withdraw(request: HttpRequest, ref: str, pk: int) -> HttpResponseBase:
    """Withdraw an order that has not taken effect, or answer another officer's proposal to do so."""
    user = reader(request)
    licence = fetch(user, Licence.objects.select_related("recruiter__party"), "decide", ref=ref)
    decision = get_object_or_404(licence.history.select_related("licence__recruiter__party"), pk=pk)
    waiting = OrderWithdrawal.objects.filter(decision=decision, two_people=True, agreed_at=None).first()
    if waiting is not None and waiting.by_id != user.pk:
        return _answer(request, decision, waiting, user)
    form = WithdrawOrderForm(request.POST or None, needs_order=bool(decision.order_number))

    def do(data: dict[str, Any]) -> str:
        made = services.withdraw_order(
            decision, reason_code=data["reason_code"], order_number=data["order_number"], actor=user
        )
        done, proposed = _("Withdrawn. It does not take effect."), _("Proposed. A second officer has to agree.")
        messages.success(request, proposed if made.waits else done)
        return licence.ref

    if carry_out(form, purpose="licence.withdraw", do=do):
        return redirect(licence.recruiter)
    return form_page(
        request, form, title=_("Withdraw an order before it takes effect"), submit=_("Withdraw the order"),
        lede=_told(decision), back=licence.recruiter.get_absolute_url(), danger=True, crumbs=_crumbs(licence),
    )  # fmt: skip


def _answer(request: HttpRequest, decision: LicenceStatus, waiting: OrderWithdrawal, user: User) -> HttpResponseBase:
    licence = decision.licence
    form = AnswerWithdrawalForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        services.answer_withdrawal(waiting, agree=data["answer"] == "agree", actor=user)
        return licence.ref

    if carry_out(form, purpose="licence.withdraw_answer", do=do):
        return redirect(licence.recruiter)
    lede = _("%(order)s %(who)s proposes to withdraw it: %(reason)s.") % {
        "order": _told(decision), "who": waiting.by or "–", "reason": waiting.get_reason_code_display(),
    }  # fmt: skip
    return form_page(
        request, form, title=_("Withdraw an order before it takes effect"), submit=_("Save"), lede=lede,
        back=licence.recruiter.get_absolute_url(), crumbs=_crumbs(licence),
    )  # fmt: skip


def _told(decision: LicenceStatus) -> str:
    return _("Order %(number)s: licence %(licence)s is “%(status)s” from %(day)s on.") % {
        "number": decision.order_number or "–",
        "licence": decision.licence.number or decision.licence.ref,
        "status": status_word(decision.code),
        "day": date_format(decision.effective_on, "DATE_FORMAT"),
    }


def _crumbs(licence: Licence) -> tuple[tuple[Any, Any], ...]:
    return (HOME, (licence.recruiter.name, licence.recruiter.get_absolute_url()))
