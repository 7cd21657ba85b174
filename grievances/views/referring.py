"""Refer a worker from her case, follow the referral, take it back, answer what a partner asks, be the second person."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import formkeys
from core.evidence import EvidenceRefused
from core.models import User
from core.standards import standard
from core.vault import Locked
from grievances.forms.cases import ReadForm
from grievances.forms.referrals import AgainForm, ReferForm
from grievances.models import CaseReferral, RemediationCase
from grievances.models.referrals import OVER, Basis, Stage
from grievances.reasons import (
    CONTACT_CHANNELS,
    OVERRIDES,
    REFERRAL_EXPLAINED,
    REFERRAL_FAULTS,
    REFERRAL_FIELDS,
    REFERRAL_REASONS,
    URGENCIES,
    say,
)
from grievances.referring import REFER
from grievances.services import notes, referrals
from grievances.services.referrals import ReferralRefused
from grievances.services.writing import current_consents
from grievances.views.casefile import STAGE_TONES
from grievances.views.cases import fetch
from grievances.views.handling import case_officer
from grievances.views.sealednotes import ask_to_read, read_here


@case_officer
@never_cache
def refer(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Refer one person: what she heard first, what she agreed to, and to whom it goes."""
    found = fetch(request, ref)
    form = ReferForm(request.POST or None, case=found)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            return referrals.refer(found, form.wanted(), actor=cast("User", request.user)).ref

        try:
            done = formkeys.once(form.cleaned_data["form_key"], purpose=f"refer:{found.ref}", do=make)
        except ReferralRefused as refusal:
            for words in [say(REFERRAL_FAULTS, code) for code in refusal.faults] or [str(refusal)]:
                form.add_error(None, words)
        except EvidenceRefused as refusal:
            form.add_error(None, str(refusal))
        except Locked:
            form.add_error(
                None, _("A file is locked for you. Open the grievance's words first, or leave the file out.")
            )
        else:
            messages.success(request, _("The referral is recorded."))
            return redirect("grievances:referral", ref=found.ref, help_ref=done.result)
    consents = current_consents(found.grievance)
    context = {"case": found, "form": form, "agreed": consents.get(REFER), "child": found.grievance.under_18}
    return render(request, "grievances/staff/refer.html", context, status=422 if form.errors else 200)


def _referral(found: RemediationCase, help_ref: str) -> CaseReferral:
    rows = found.referrals.select_related("partner", "case__grievance", "made_by", "clock")
    row = rows.filter(ref=help_ref).first()
    if row is None:
        raise Http404
    return row


@case_officer
def referral(request: HttpRequest, ref: str, help_ref: str) -> HttpResponseBase:
    """Show a referral's way; take it back, send it again, decide as the second person."""
    found = fetch(request, ref)
    row = _referral(found, help_ref)
    if request.method != "POST":
        return _page(request, row)
    user, what = cast("User", request.user), request.POST.get("do", "")
    try:
        if what == "again":
            return _again(request, row)
        if what == "read" and (form := ask_to_read(request, row.ref)) is not None:
            return _page(request, row, read_form=form, status=422)
        if what in {"agree", "stop"}:
            referrals.decide_override(row, agree=what == "agree", actor=user)
        elif what == "back":
            referrals.revoke(row, reason="she_said_no", actor=user)
            messages.success(request, _("Taken back. The partner can read nothing of it any more."))
    except ReferralRefused as refusal:
        messages.error(request, str(refusal))
    except Locked:
        messages.error(request, _("You cannot open what she is to be told. Ask a colleague who can, then decide."))
    return redirect("grievances:referral", ref=found.ref, help_ref=row.ref)


def _again(request: HttpRequest, row: CaseReferral) -> HttpResponseBase:
    form = AgainForm(request.POST, codes=_codes(row))
    if not form.is_valid():
        return _page(request, row, again=form, status=422)

    def send() -> str:
        referrals.send_again(row, form.told(), actor=cast("User", request.user))
        return row.ref

    formkeys.once(form.cleaned_data["form_key"], purpose=f"referral.again:{row.ref}", do=send)
    return redirect("grievances:referral", ref=row.case.ref, help_ref=row.ref)


def _codes(row: CaseReferral) -> list[str]:
    return list(row.fields.values_list("code", flat=True))


def _page(request: HttpRequest, row: CaseReferral, *, status: int = 200, **more: Any) -> HttpResponse:
    stage, user = row.stage, cast("User", request.user)
    steps = list(row.steps.select_related("by"))
    noted = bool(row.override_note_id or row.notice_id or any(step.remark_id for step in steps))
    sealed = noted and row.case.grievance.emptied_on is None
    opened = read_here(request, row.ref, partial(notes.read_referral_notes, row)) if sealed else None
    context = {
        "case": row.case,
        "row": row,
        "stage": stage.label,
        "tone": STAGE_TONES[stage],
        "over": stage in OVER,
        "waiting": stage is Stage.WAITING,
        "mine": row.made_by_id == user.pk,
        "without_consent": row.basis == Basis.OVERRIDE,
        "reason": say(OVERRIDES, row.override_reason) if row.override_reason else "",
        "urgency": say(URGENCIES, row.urgency),
        "services": service_labels(row.services),
        "agreed": say(CONTACT_CHANNELS, row.agreed_channel) if row.agreed_channel else "",
        "explained": [say(REFERRAL_EXPLAINED, code) for code in row.explained],
        "told": [say(REFERRAL_FIELDS, code) for code in _codes(row)],
        "files": [each.ref for each in referrals.files_of(row)],
        "steps": [
            (step, step.get_stage_display(), _why(step.reason), opened.remarks.get(step.pk, "") if opened else "")
            for step in steps
        ],
        "opened": opened,
        "sealed": sealed and opened is None,
        "read_form": ReadForm(),
        "again": AgainForm(codes=_codes(row)) if stage is Stage.RETURNED else None,
        **more,
    }
    return render(request, "grievances/staff/referral.html", context, status=status)


def _why(code: str) -> str:
    if not code:
        return ""
    return say(OVERRIDES, code) if code in OVERRIDES else say(REFERRAL_REASONS, code)


def service_labels(codes: list[str]) -> list[str]:
    """Return the services of the referral standard in words."""
    labels = {str(each.code): _(each.label) for each in standard("referral").services}
    return [labels.get(code, code) for code in codes]
