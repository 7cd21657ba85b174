"""The recruiter's own pages: its licences, what is held against it, what it may ask for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import fetch, staff
from core.models import User
from core.roles import Role
from recruiters import services
from recruiters.forms.own import ApplicationForm, DisputeForm
from recruiters.licensing import ALLOWED
from recruiters.models import Application, Assessment, Licence, Recruiter, RiskFact
from recruiters.presenting import fact_rows, licence_rows
from recruiters.views.acting import carry_out, form_page, reader


def _own(user: User) -> Recruiter:
    """Return the recruiter that the user signs in for, or raise Http404."""
    accounts = user.account_ids(Role.RECRUITER_MEMBER)
    found = Recruiter.objects.select_related("party").filter(party__account__in=accounts).order_by("pk").first()
    if found is None:
        raise Http404
    return found


@staff(Role.RECRUITER_MEMBER)
def own(request: HttpRequest) -> HttpResponseBase:
    """Show a recruiter's people what the register holds on it: never what a grievance or a watchlist said."""
    accounts = reader(request).account_ids(Role.RECRUITER_MEMBER)
    recruiter = Recruiter.objects.select_related("party").filter(party__account__in=accounts).order_by("pk").first()
    if recruiter is None:
        return render(request, "recruiters/own_none.html")
    licences = list(recruiter.licences.prefetch_related("history"))
    open_for = set(recruiter.applications.filter(state__in=Application.OPEN).values_list("licence_id", flat=True))
    rows = licence_rows(licences, with_people=False)
    told = [fact for fact in recruiter.risk_facts.prefetch_related("steps", "disputes") if fact.may_be_told()]
    context = {
        "recruiter": recruiter,
        "today": timezone.localdate(),
        "licences": [(row, row.standing.code in ALLOWED["renew"] and row.licence.pk not in open_for) for row in rows],
        "may_apply": not licences and None not in open_for,
        "facts": [(row, _open_dispute(row.fact)) for row in fact_rows(told, show_grievances=False)],
        "applications": recruiter.applications.prefetch_related("steps")[:20],
        "disputes": recruiter.disputes.select_related("fact").prefetch_related("steps")[:20],
        "assessments": Assessment.objects.visible_to(reader(request)).filter(recruiter=recruiter)[:20],
        "public_url": reverse("recruiters_public:recruiter", args=[recruiter.ref]),
    }
    return render(request, "recruiters/own.html", context)


def _open_dispute(fact: RiskFact) -> bool:
    return any(dispute.state == "open" for dispute in fact.disputes.all())


@staff(Role.RECRUITER_MEMBER)
def apply(request: HttpRequest, licence_ref: str = "", application_ref: str = "") -> HttpResponseBase:
    """Apply for a licence, renew one, or complete an application that was returned."""
    user = reader(request)
    recruiter = _own(user)
    licence = get_object_or_404(Licence, ref=licence_ref, recruiter=recruiter) if licence_ref else None
    returned = None
    if application_ref:
        returned = get_object_or_404(Application, ref=application_ref, recruiter=recruiter, state="returned")
        licence = returned.licence
    initial = {
        "destinations": list(recruiter.corridors.values_list("destination", flat=True)),
        "workers_a_year": returned.workers_a_year if returned else licence.capacity if licence else None,
        "charges_no_fees": returned.charges_no_fees if returned else False,
    }
    form = ApplicationForm(request.POST or None, request.FILES or None, initial=initial)

    def do(data: dict[str, Any]) -> str:
        fields = {name: data[name] for name in ("destinations", "workers_a_year", "charges_no_fees")}
        made = services.submit_application(
            recruiter, actor=user, licence=licence, files=data["papers"] or (), application=returned, **fields
        )
        return made.ref

    if carry_out(form, purpose="application.submit", do=do):
        return redirect("recruiters:own")
    title = (
        _("Complete the application") if returned else _("Renew the licence") if licence else _("Apply for a licence")
    )
    last = returned.steps.order_by("-pk").first() if returned else None
    return form_page(
        request,
        form,
        title=title,
        submit=_("Hand in"),
        back=reverse("recruiters:own"),
        lede=last.note if last else licence.number if licence else "",
        crumbs=((_("My licences"), reverse("recruiters:own")),),
    )


@staff(Role.RECRUITER_MEMBER)
def dispute(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Dispute a fact that one was told."""
    user = reader(request)
    recruiter = _own(user)
    fact = get_object_or_404(recruiter.risk_facts.prefetch_related("steps"), ref=ref)
    if not fact.may_be_told():
        raise Http404
    form = DisputeForm(request.POST or None, request.FILES or None)

    def do(data: dict[str, Any]) -> str:
        return services.open_dispute(
            fact, ground=data["ground"], words=data["words"], files=data["papers"] or (), actor=user
        ).ref

    if carry_out(form, purpose="dispute.open", do=do):
        return redirect("recruiters:own")
    return form_page(
        request,
        form,
        title=_("Dispute a fact"),
        submit=_("Hand in"),
        back=reverse("recruiters:own"),
        lede=fact_rows([fact], show_grievances=False)[0].label,
        crumbs=((_("My licences"), reverse("recruiters:own")),),
    )


@staff(Role.RECRUITER_MEMBER)
@require_POST
def self_assess(request: HttpRequest) -> HttpResponseBase:
    """Begin a self-assessment, or go on with the open one."""
    user = reader(request)
    recruiter = _own(user)
    fetch(user, Recruiter, "apply", pk=recruiter.pk)
    begun = recruiter.assessments.filter(kind=Assessment.Kind.SELF, completed_on__isnull=True).first()
    made = begun or services.start_assessment(recruiter, kind=Assessment.Kind.SELF, actor=user)
    return redirect("recruiters:assessment", made.ref)
