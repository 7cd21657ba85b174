"""The recruiter's own pages: its licences, what is held against it, what it may ask for."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import fetch, staff
from core.models import User
from core.roles import Role
from recruiters import services
from recruiters.forms.applying import EntryForm
from recruiters.forms.own import DisputeForm, EntryDisputeForm
from recruiters.licensing import ALLOWED
from recruiters.models import (
    Appeal,
    Application,
    Assessment,
    Claim,
    Correction,
    Dispute,
    Licence,
    LicenceStatus,
    Recruiter,
    RiskFact,
)
from recruiters.models.risk import NEVER_SHOWN
from recruiters.presenting import LicenceRow, fact_rows, licence_rows
from recruiters.services.appeals import may_appeal
from recruiters.services.claims import begin_entry
from recruiters.views.acting import carry_out, form_page, reader


def own_or_none(user: User) -> Recruiter | None:
    """Return the recruiter that the user signs in for, if the register knows it."""
    accounts = user.account_ids(Role.RECRUITER_MEMBER)
    found = Recruiter.objects.select_related("party").filter(party__account__in=accounts, merged_into__isnull=True)
    return found.order_by("pk").first()


def own_recruiter(user: User) -> Recruiter:
    """Return the recruiter that the user signs in for, or raise Http404."""
    found = own_or_none(user)
    if found is None:
        raise Http404
    return found


HOME_URL = "recruiters:own"


def crumbs() -> tuple[tuple[Any, Any], ...]:
    """Return the way back to one's own pages."""
    return ((_("My licences"), reverse(HOME_URL)),)


@staff(Role.RECRUITER_MEMBER)
def own(request: HttpRequest) -> HttpResponseBase:
    """Show a recruiter's people what the register holds on it: never what a grievance or a watchlist said."""
    user = reader(request)
    recruiter = own_or_none(user)
    claims = Claim.objects.visible_to(user)
    if recruiter is None:
        return render(request, "recruiters/own_none.html", {"claims": claims.select_related("recruiter__party")[:20]})
    licences = list(recruiter.licences.prefetch_related("history"))
    applications = list(recruiter.applications.prefetch_related("steps"))
    open_ones = [each.licence_id for each in applications if each.state in Application.OPEN]
    disputes = list(recruiter.disputes.prefetch_related("steps"))
    disputed = {each.fact_id for each in disputes if each.state == Dispute.State.OPEN}
    # What is never told is not fetched either: how long the page takes must not tell of it.
    facts = recruiter.risk_facts.exclude(origin__in=NEVER_SHOWN).prefetch_related("steps")
    told = [fact for fact in facts if fact.may_be_told()]
    rows = licence_rows(licences, with_people=False)
    # All that anybody lodged for it, to know which orders wait for no other; shown are the reader's own.
    theirs = Appeal.objects.visible_to(user).values("pk")
    appeals = list(Appeal.objects.filter(Q(recruiter=recruiter) | Q(pk__in=theirs)))
    own_accounts = user.account_ids(Role.RECRUITER_MEMBER)
    appealed = {each.decision_id for each in appeals if each.state in (Appeal.State.LODGED, Appeal.State.DISMISSED)}
    context = {
        "recruiter": recruiter,
        "licences": [
            (row, row.standing.code in ALLOWED["renew"] and row.licence.pk not in open_ones, _appealable(row, appealed))
            for row in rows
        ],
        "may_apply": not licences and None not in open_ones,
        "facts": [(row, row.fact.pk in disputed) for row in fact_rows(told, show_grievances=False)],
        "applications": applications[:20],
        "disputes": disputes[:20],
        "appeals": [each for each in appeals if each.account_id in own_accounts][:20],
        "claims": claims.filter(recruiter=recruiter)[:5],
        "assessments": Assessment.objects.visible_to(user).filter(recruiter=recruiter)[:20],
        "corrections": recruiter.corrections.filter(state__in=Correction.WAITS_FOR_RECRUITER)[:5],
        "public_url": reverse("recruiters_public:recruiter", args=[recruiter.ref]),
    }
    return render(request, "recruiters/own.html", context)


def _appealable(row: LicenceRow, appealed: set[int | None]) -> LicenceStatus | None:
    """Return the order that rules a licence today and was not appealed yet."""
    rows, today = row.licence.standing_rows(), row.licence.today()
    begun = [one for one in rows if one.effective_on <= today]
    newest = next((one for one in (*rows[-1:], *begun[-1:]) if may_appeal(one)), None)
    return None if newest is None or newest.pk in appealed else newest


@staff(Role.RECRUITER_MEMBER)
def begin(request: HttpRequest) -> HttpResponseBase:
    """Enter one's own organisation, to apply for its first licence."""
    user = reader(request)
    if own_or_none(user) is not None:
        return redirect(HOME_URL)
    form = EntryForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("name", "country", "registration_number")}
        return begin_entry(actor=user, **given).ref

    if carry_out(form, purpose="recruiter.enter", do=do):
        return redirect("recruiters:own_apply")
    return form_page(
        request,
        form,
        title=_("Enter your organisation"),
        submit=_("Go on to the application"),
        back=reverse(HOME_URL),
        lede=_("The public register does not show it before a licence is granted."),
        crumbs=crumbs(),
    )


@staff(Role.RECRUITER_MEMBER)
def dispute(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Dispute a fact that one was told."""
    user = reader(request)
    recruiter = own_recruiter(user)
    told = recruiter.risk_facts.exclude(origin__in=NEVER_SHOWN)
    fact = get_object_or_404(told.prefetch_related("steps"), ref=ref)
    if not fact.may_be_told():
        raise Http404
    form = DisputeForm(request.POST or None, request.FILES or None)

    def do(data: dict[str, Any]) -> str:
        return services.open_dispute(
            fact, ground=data["ground"], words=data["words"], files=data["papers"] or (), actor=user
        ).ref

    if carry_out(form, purpose="dispute.open", do=do):
        return redirect(HOME_URL)
    return form_page(
        request,
        form,
        title=_("Dispute a fact"),
        submit=_("Hand in"),
        back=reverse(HOME_URL),
        lede=_fact_line(fact),
        crumbs=crumbs(),
    )


def _fact_line(fact: RiskFact) -> str:
    """Return what is disputed in one line: what it is, how grave, learned from what, and of which day."""
    row = fact_rows([fact], show_grievances=False)[0]
    return f"{row.label} · {row.severity} · {row.origin} · {date_format(fact.occurred_on, 'DATE_FORMAT')}"


@staff(Role.RECRUITER_MEMBER)
def dispute_entry(request: HttpRequest) -> HttpResponseBase:
    """Say that something in one's entry is wrong."""
    user = reader(request)
    recruiter = own_recruiter(user)
    form = EntryDisputeForm(request.POST or None, request.FILES or None)

    def do(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("about", "ground", "words")}
        return services.dispute_entry(recruiter, files=data["papers"] or (), actor=user, **given).ref

    if carry_out(form, purpose="dispute.entry", do=do):
        return redirect(HOME_URL)
    return form_page(
        request,
        form,
        title=_("Something in our entry is wrong"),
        submit=_("Hand in"),
        back=reverse(HOME_URL),
        lede=recruiter.name,
        crumbs=crumbs(),
    )


@staff(Role.RECRUITER_MEMBER)
@require_POST
def self_assess(request: HttpRequest) -> HttpResponseBase:
    """Begin a self-assessment, or go on with the open one."""
    user = reader(request)
    recruiter = own_recruiter(user)
    fetch(user, Recruiter, "apply", pk=recruiter.pk)
    begun = recruiter.assessments.filter(kind=Assessment.Kind.SELF, completed_on__isnull=True).first()
    made = begun or services.start_assessment(recruiter, kind=Assessment.Kind.SELF, actor=user)
    return redirect("recruiters:assessment", made.ref)


def own_licence(recruiter: Recruiter, ref: str) -> Licence:
    """Return a licence of one's own, or raise Http404."""
    return get_object_or_404(Licence, ref=ref, recruiter=recruiter)
