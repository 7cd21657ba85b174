"""How long a grievance is kept: its days, holds, early deletion with a second person, and what figures need."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import staff
from core.models import User
from core.roles import Role
from grievances import services
from grievances.forms.keeping import ErasureForm, HoldForm, PersonForm
from grievances.models import Disposal, Erasure, Grievance, Hold, PersonFacts
from grievances.services import RetentionRefused
from grievances.services.persons import say_person
from grievances.statuses import ENDED
from grievances.views.handling import fetch

case_officer = staff(Role.CASE_OFFICER)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


@case_officer
def kept(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show until when everything is kept, and what stands in the way of deleting it."""
    return _page(request, fetch(request, ref))


def _page(request: HttpRequest, grievance: Grievance, *, status: int = 200, **forms: Any) -> HttpResponse:
    user, person = _user(request), PersonFacts.objects.filter(grievance=grievance).first()
    said = {"age_band": person.age_band, "sex": person.sex} if person else {}
    open_one = grievance.erasures.filter(settled_on=None).select_related("asked_by").first()
    context = {
        "grievance": grievance,
        "days": [
            (_("Words, messages and contact"), grievance.keep_until),
            (_("Files"), grievance.files_until),
            (_("Coded facts"), grievance.shell_until),
        ],
        "holds": grievance.holds.select_related("placed_by", "lift_asked_by", "lifted_by"),
        "asked": open_one,
        "asked_by_me": open_one is not None and open_one.asked_by_id == user.pk,
        "certificate": Disposal.objects.filter(subject_ref=grievance.ref).first(),
        "may_erase": grievance.emptied_on is None and grievance.status in ENDED and open_one is None,
        "hold_form": HoldForm(),
        "erasure_form": ErasureForm(),
        "person_form": PersonForm(initial=said),
        "user": user,
        **forms,
    }
    return render(request, "grievances/staff/kept.html", context, status=status)


def _do(request: HttpRequest, ref: str, verb: Callable[[], object], done: str) -> HttpResponse:
    """Carry out one act; what may not be done is said on the same page."""
    try:
        verb()
    except RetentionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("grievances:kept", ref=ref)


@require_POST
@case_officer
def hold(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Keep everything until two people lift it."""
    found, form = fetch(request, ref), HoldForm(request.POST)
    if not form.is_valid():
        return _page(request, found, hold_form=form, status=422)
    reason = Hold.Reason(form.cleaned_data["hold"])
    return _do(request, ref, lambda: services.hold(found, reason, actor=_user(request)), _("Nothing of it is deleted."))


def _numbered(grievance: Grievance, number: int) -> Hold:
    """Return a standing hold by its number within the grievance: one over all would count what others hold."""
    keys = list(grievance.holds.order_by("pk").values_list("pk", flat=True))
    return get_object_or_404(Hold.objects.standing(), pk=keys[number - 1] if 0 < number <= len(keys) else 0)


@require_POST
@case_officer
def lift(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """Ask that a hold be lifted, or answer as the second person."""
    standing = _numbered(fetch(request, ref), number)
    answer, user = request.POST.get("answer", ""), _user(request)
    if answer not in {"yes", "no"}:
        return _do(request, ref, lambda: services.ask_to_lift(standing, actor=user), _("A second person must agree."))
    said = _("The hold is lifted.") if answer == "yes" else _("The hold stands.")
    return _do(request, ref, lambda: services.lift(standing, agrees=answer == "yes", actor=user), said)


@require_POST
@case_officer
def erase(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Ask that words, files and contact go now, or answer as the second person."""
    found, user = fetch(request, ref), _user(request)
    answer = request.POST.get("answer", "")
    if answer in {"yes", "no"}:
        asked = get_object_or_404(Erasure, grievance=found, settled_on=None)
        said = _("Words, files and contact are gone.") if answer == "yes" else _("It is kept until its time is over.")
        return _do(request, ref, lambda: services.settle_erasure(asked, agrees=answer == "yes", actor=user), said)
    form = ErasureForm(request.POST)
    if not form.is_valid():
        return _page(request, found, erasure_form=form, status=422)
    reason = Erasure.Reason(form.cleaned_data["erase"])
    done = _("A second person must agree.")
    return _do(request, ref, lambda: services.ask_erasure(found, reason, actor=user), done)


@require_POST
@case_officer
def person(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Keep the age group and sex that she chose to say."""
    found, form = fetch(request, ref), PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, person_form=form, status=422)
    say_person(found, **form.cleaned_data, source=PersonFacts.Source.HANDLER, actor=_user(request))
    messages.success(request, _("Kept, for figures only."))
    return redirect("grievances:kept", ref=ref)
