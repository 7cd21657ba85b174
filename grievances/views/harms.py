"""Put down harms and what was found of them; note what she said when asked whether she is punished."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import formkeys
from core.models import User
from grievances.forms.cases import FindingForm, HarmForm, SafetyForm
from grievances.services import harms, retaliation
from grievances.services.harms import HarmRefused, HarmTold
from grievances.views.casefile import Refused
from grievances.views.cases import back_to, fetch, page
from grievances.views.handling import case_officer


@require_POST
@case_officer
def add(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Put down a harm and what is owed for it."""
    found, form = fetch(request, ref), HarmForm(request.POST)
    if not form.is_valid():
        return page(request, found, harm_form=form, status=422)
    values = dict(form.cleaned_data)
    key = values.pop("form_key")

    def put_down() -> str:
        return str(harms.add_harm(found, HarmTold(**values), actor=cast("User", request.user)).number)

    try:
        done = formkeys.once(key, purpose=f"harm:{found.ref}", do=put_down)
    except HarmRefused as refusal:
        form.add_error(None, str(refusal))
        return page(request, found, harm_form=form, status=422)
    return back_to(found, f"harm-{done.result}")


@require_POST
@case_officer
def move(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Strike a harm off, or keep what was found out about it."""
    found, user = fetch(request, ref), cast("User", request.user)
    harm = found.harms.filter(number=number, struck_on=None).first()
    if harm is None:
        raise Http404
    form = FindingForm(request.POST)
    try:
        if request.POST.get("move") == "strike":
            harms.strike_harm(harm, actor=user)
        elif form.is_valid():
            harms.note_finding(harm, form.cleaned_data["result"], form.cleaned_data["method"], actor=user)
        else:
            raise HarmRefused(_("Choose what was found, and how."))
    except HarmRefused as refusal:
        refused = Refused("harm", number, str(refusal), "finding", request.POST)
        return page(request, found, refused=refused, status=422)
    return back_to(found, f"harm-{number}" if harm.struck_on is None else "harms")


@require_POST
@case_officer
def check(request: HttpRequest, ref: str, day: str) -> HttpResponseBase:
    """Note what the worker said when she was asked whether she is punished."""
    found, form = fetch(request, ref), SafetyForm(request.POST)
    due = _read(day)
    waiting = found.grievance.safety_checks.filter(done_on=None).select_related("grievance")
    row = waiting.filter(due_on=due).first() if due else None
    if row is None:
        raise Http404
    if not form.is_valid():
        refused = Refused("check", due.toordinal() if due else 0, "", "", request.POST)
        return page(request, found, safety_form=form, refused=refused, status=422)
    values = form.cleaned_data
    user = cast("User", request.user)
    retaliation.note_check(row, values["result"], channel=values["channel"], form=values["form"], actor=user)
    if values["result"] == "retaliation":
        messages.warning(request, _("The grievance is urgent now and open again. Every handler was told."))
        return redirect("grievances:case", ref=found.ref)
    return back_to(found, "safety")


def _read(day: str) -> date | None:
    """Return a day as an address writes it; nothing for what is no day."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None
