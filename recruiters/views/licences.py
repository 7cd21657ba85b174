"""Decide about licences."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.access import fetch, staff
from core.models import User
from core.roles import Role
from recruiters import services
from recruiters.appealterms import appeal_terms, lifts_orders
from recruiters.applywords import GRAVITY
from recruiters.forms.register import DecisionForm, LicenceForm
from recruiters.licensing import Status, decisions_from
from recruiters.models import Licence, Recruiter
from recruiters.presenting import DANGEROUS, DECISIONS, status_word
from recruiters.services.inspite import GIVING, Against, against
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.views.register import HOME


@staff(Role.MINISTRY_OFFICER)
def add(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Add a licence to a recruiter."""
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "decide", ref=ref)
    found = against(recruiter, "add")
    form = LicenceForm(request.POST or None, grave=bool(found.reasons))

    def do(data: dict[str, Any]) -> str:
        fields = ("number", "authority", "issued_on", "expires_on", "capacity", "order_number")
        licence = services.give_licence(
            recruiter,
            words=data.get("in_spite", ""),
            actor=reader(request),
            code=Status.PROVISIONAL if data["provisional"] else Status.ACTIVE,
            **{name: data[name] for name in fields},
        )
        return licence.ref

    if carry_out(form, purpose="licence.add", do=do):
        return redirect(recruiter)
    return form_page(
        request,
        form,
        title=_("Add a licence"),
        submit=_("Add the licence"),
        back=recruiter.get_absolute_url(),
        crumbs=(HOME, (recruiter.name, recruiter.get_absolute_url())),
        **_speaks(recruiter, found),
    )


def _speaks(recruiter: Recruiter, found: Against | None) -> dict[str, Any]:
    """Return what the page tells of what speaks against it."""
    if found is None or not found.reasons:
        return {}
    return {
        "grave": [GRAVITY[reason] for reason in found.reasons],
        "ties_at": reverse("recruiters:ties", args=[recruiter.ref]),
        "recruiter": recruiter,
        "watch": found.watch,
    }


@staff(Role.MINISTRY_OFFICER)
def decide(request: HttpRequest, ref: str, decision: str) -> HttpResponseBase:
    """Take one decision about a licence."""
    user = reader(request)
    licence = fetch(user, Licence.objects.select_related("recruiter__party"), "decide", ref=ref)
    recruiter = licence.recruiter
    if decision not in DECISIONS:
        raise Http404
    found = against(recruiter, decision) if decision in GIVING else None
    form = DecisionForm(decision, request.POST or None, grave=bool(found and found.reasons))
    if not lifts_orders(appeal_terms(), country=licence.country, lodged=licence.today()):
        form.fields.pop("holds_pending_appeal", None)  # no law lets it rest, and so nobody is asked

    def do(data: dict[str, Any]) -> str:
        carry(licence, decision, data, user)
        return licence.ref

    if carry_out(form, purpose=f"licence.{decision}", do=do):
        messages.success(request, _told(licence, form.cleaned_data["effective_on"]))
        return redirect(recruiter)
    now = licence.standing()
    lede = _("Licence %(number)s of %(name)s. Today: %(status)s.") % {
        "number": licence.number,
        "name": recruiter.name,
        "status": status_word(now.code),
    }
    return form_page(
        request,
        form,
        title=DECISIONS[decision],
        lede=lede,
        submit=DECISIONS[decision],
        back=recruiter.get_absolute_url(),
        danger=decision in DANGEROUS,
        crumbs=(HOME, (recruiter.name, recruiter.get_absolute_url())),
        impossible=decision not in decisions_from(now.code) and not form.is_bound,
        **_speaks(recruiter, found),
    )


def _told(licence: Licence, day: date) -> str:
    """Return what was done, and from which day on the public register shows it."""
    if day <= licence.today():
        return _("Decided. The public register shows it now.")
    return _("Decided. The public register shows it from %(day)s on; until then it shows the licence as it is.") % {
        "day": date_format(day, "DATE_FORMAT")
    }


def carry(licence: Licence, decision: str, data: dict[str, Any], user: User) -> None:
    """Call the verb of a decision with what its form gave."""
    on = data["effective_on"]
    if decision == "close":
        services.close_licence(licence, effective_on=on, order_number=data["order_number"], actor=user)
        return
    order = {"order_number": data["order_number"], "reason_code": data["reason_code"], "actor": user}
    paper = {name: data[name] for name in ("legal_basis", "authority", "decided_on") if name in data}
    holds = {"holds_pending_appeal": data.get("holds_pending_appeal", True)}
    if decision == "suspend":
        services.suspend_licence(
            licence, effective_on=on, until=data["until"], kind=data["kind"], **order, **paper, **holds
        )
    elif decision == "revoke":
        services.revoke_licence(licence, effective_on=on, **order, **paper, **holds)
    elif decision == "ban":
        services.ban_recruiter(licence, effective_on=on, **order, **paper, **holds)
    elif decision == "condition":
        services.set_conditions(licence, effective_on=on, conditions=data["conditions"], **order)
    elif decision in GIVING:
        ends = {"expires_on": data["expires_on"]} if "expires_on" in data else {}
        services.decide_in_favour(
            licence, decision, words=data.get("in_spite", ""), effective_on=on, **ends, **order, **paper
        )
    else:
        services.refuse_licence(licence, effective_on=on, **order, **paper)
