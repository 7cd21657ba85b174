"""Risks to people in the order of action, and what is done about them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import fetch
from core.standards import standard
from duediligence import services
from duediligence.forms.risks import ActionForm, ActionMoveForm, AssessmentForm, RiskForm
from duediligence.gathering import RankedRisk, ranked_risks, tracked, tracked_actions
from duediligence.models import PlannedAction, Risk
from duediligence.models.scope import CHANGE
from duediligence.riskwords import grid, put_into_words
from duediligence.views.pages import bound, carried_out, company_page, record_of, user_of

LADDERS = ("scale", "scope", "irremediability", "likelihood", "involvement", "why")


@company_page
def risks(request: HttpRequest, ref: str) -> HttpResponse:
    """List the risks, first to act on first, each with the reasons for its place."""
    record = record_of(request, ref)
    ranked = ranked_risks(record)
    context = {
        "record": record,
        "risks": [put_into_words(one) for one in ranked],
        "grid": grid(ranked),
        "rules": standard("oecd", record.standard_edition).priority_rules,
        "may_change": record.permits(user_of(request), CHANGE),
    }
    return render(request, "duediligence/risks.html", context)


@company_page
def risk_add(request: HttpRequest, ref: str) -> HttpResponse:
    """Name a risk."""
    record = record_of(request, ref)
    form = bound(request, RiskForm, record=record)

    def save() -> str:
        data = form.cleaned_data
        return services.add_risk(
            record, title=data["title"], description=data["description"], supplier=data["supplier"],
            country=data["country"], actor=user_of(request),
        ).ref  # fmt: skip

    made = carried_out(request, form, "risk.add", save)
    if made:
        return redirect("duediligence:risk", record.ref, made)
    context = {"form": form, "title": _("Name a risk to people"), "record": record, "button": _("Go on to judge it")}
    return render(request, "duediligence/form.html", context)


@company_page
def risk(request: HttpRequest, ref: str, risk_ref: str) -> HttpResponse:
    """Judge a risk; see where it stands and why."""
    record = record_of(request, ref)
    rows = Risk.objects.filter(record=record).select_related("record__company__party", "supplier")
    found = fetch(user_of(request), rows, ref=risk_ref)
    history = list(found.assessments.select_related("by").order_by("-pk"))
    initial = {name: getattr(history[0], name) for name in LADDERS} if history else None
    form = bound(request, AssessmentForm, initial=initial)

    def save() -> str:
        data = {name: form.cleaned_data[name] for name in LADDERS}
        return str(services.assess_risk(found, actor=user_of(request), **data).pk)

    if carried_out(request, form, "risk.assess", save, said=_("The risk is judged and has its place in the list.")):
        return redirect("duediligence:risks", record.ref)
    place = next((one for one in ranked_risks(record) if one.risk.pk == found.pk), RankedRisk(found, None, None, ()))
    context = {
        "record": record,
        "risk": found,
        "place": put_into_words(place),
        "form": form,
        "history": history,
        "may_change": record.permits(user_of(request), CHANGE),
    }
    return render(request, "duediligence/risk.html", context)


@company_page
def actions(request: HttpRequest, ref: str) -> HttpResponse:
    """List the actions, the earliest due first."""
    record = record_of(request, ref)
    context = {
        "record": record,
        "actions": tracked_actions(record, timezone.localdate()),
        "may_change": record.permits(user_of(request), CHANGE),
    }
    return render(request, "duediligence/actions.html", context)


@company_page
def action_add(request: HttpRequest, ref: str) -> HttpResponse:
    """Plan an action."""
    record = record_of(request, ref)
    against = Risk.objects.filter(record=record, ref=request.GET.get("risk", "")).first()
    form = bound(request, ActionForm, initial={"risk": against}, record=record)

    def save() -> str:
        data = form.cleaned_data
        return services.plan_action(
            record, title=data["title"], owner=data["owner"], due_on=data["due_on"], risk=data["risk"],
            indicator=data["indicator"], actor=user_of(request),
        ).ref  # fmt: skip

    if carried_out(request, form, "action.plan", save, said=_("The action is planned.")):
        return redirect("duediligence:actions", record.ref)
    context = {"form": form, "title": _("Plan an action"), "record": record, "button": _("Plan the action")}
    return render(request, "duediligence/form.html", context)


@company_page
def action(request: HttpRequest, ref: str, action_ref: str) -> HttpResponse:
    """Say how far an action is."""
    record = record_of(request, ref)
    rows = PlannedAction.objects.filter(record=record).select_related("record__company__party", "risk")
    found = fetch(user_of(request), rows, ref=action_ref)
    now = tracked(found, timezone.localdate())
    initial = {"state": now.state, "note": now.note, "due_on": found.due_on, "owner": found.owner}
    form = bound(request, ActionMoveForm, initial=initial)

    def save() -> str:
        data, user = form.cleaned_data, user_of(request)
        services.move_action(found, data["state"], note=data["note"], actor=user)
        if (data["owner"], data["due_on"]) != (found.owner, found.due_on):
            services.change_action(
                found, owner=data["owner"], due_on=data["due_on"], indicator=found.indicator, actor=user
            )
        return found.ref

    if carried_out(request, form, "action.move", save, said=_("Saved.")):
        return redirect("duediligence:actions", record.ref)
    context = {
        "record": record,
        "action": found,
        "now": now,
        "form": form,
        "history": found.states.select_related("by").order_by("-pk"),
        "may_change": record.permits(user_of(request), CHANGE),
    }
    return render(request, "duediligence/action.html", context)
