"""Recruiters who bring workers to the company or its suppliers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import fetch
from core.listing import Column, ListingView
from core.listing.page import Action
from core.references import BadReference, parse_reference
from core.roles import Role
from duediligence import services
from duediligence.countrynames import country_label
from duediligence.filters import EngagementFilter
from duediligence.forms.suppliers import EndForm, EngagementForm
from duediligence.models import Engagement, Supplier
from duediligence.models.scope import CHANGE
from duediligence.views.pages import bound, carried_out, company_of, company_page, user_of
from parties.models import Party
from parties.search import search_parties
from recruiters.models import Recruiter
from recruiters.models.publications import published_for
from recruiters.models.words import StatusCode, tone_of
from recruiters.publicwording import answer_for
from recruiters.queries import public_recruiter

MOST_FOUND = 20


class EngagementList(ListingView[Engagement]):
    """All engagements of the reader's companies, current and ended."""

    model = Engagement
    roles = (Role.COMPANY_MEMBER, Role.AUDITOR)
    title = gettext_lazy("Recruiters who bring workers")
    lede = gettext_lazy("When a case concerns one of them, an entry without names reaches step 6 of your record.")
    empty_text = gettext_lazy("No recruiter yet. Ask each supplier who brings its workers, and add them here.")
    filterset_class = EngagementFilter
    default_sort = "-starts"
    export_name = "recruiters-engaged"
    columns: Sequence[Column[Any]] = (
        Column(
            "recruiter",
            gettext_lazy("Recruiter"),
            sort="recruiter__name",
            value=lambda row: row.recruiter.name,
            link=lambda row: reverse("duediligence:engagement", args=[row.ref]),
        ),
        Column("country", gettext_lazy("Country"), value=lambda row: country_label(row.recruiter.country)),
        Column(
            "status",
            gettext_lazy("Licence today"),
            kind="status",
            value=lambda row: StatusCode(row.standing).label if row.standing else "",
            tone=lambda row: tone_of(row.standing) if row.standing else "",
        ),
        Column(
            "supplier",
            gettext_lazy("Where"),
            sort="supplier__name",
            value=lambda row: row.supplier.name if row.supplier else _("Directly to us"),
        ),
        Column("workers", gettext_lazy("Workers"), sort="workers", kind="number"),
        Column("starts", gettext_lazy("Since"), sort="starts", kind="date"),
        Column("ends", gettext_lazy("Until"), sort="ends", kind="date"),
    )

    def records(self) -> QuerySet[Engagement]:
        """Return engagements with what the columns show, the register's word of today among it."""
        entry: Any = Recruiter.objects.listed().filter(party=OuterRef("recruiter")).with_status()
        today = Subquery(entry.values("status_code")[:1])
        return Engagement.objects.select_related("recruiter", "supplier").annotate(standing=today)

    def get_actions(self) -> list[Action]:
        """Offer to add a recruiter to whoever works on a record."""
        if not user_of(self.request).has_role(Role.COMPANY_MEMBER):
            return []
        return [Action(_("Add a recruiter"), reverse("duediligence:engagement_find"))]


@company_page
def find(request: HttpRequest) -> HttpResponse:
    """Find a recruiter in the register by name or reference, then say where it brings workers."""
    company = company_of(request)
    text = request.GET.get("q", "").strip()
    context = {
        "q": text,
        "found": _found(text) if text else [],
        "company": company,
        "supplier": request.GET.get("supplier", ""),
    }
    return render(request, "duediligence/engagement_find.html", context)


def _found(text: str) -> list[Recruiter]:
    register = Recruiter.objects.filter(is_listed=True).select_related("party").order_by("party__name")
    try:
        return list(register.filter(ref=parse_reference(text)))
    except BadReference:
        named = search_parties(text).values("pk")
        return list(register.filter(party__in=named)[:MOST_FOUND])


@company_page
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Say where a recruiter of the register brings workers, and since when."""
    company = company_of(request)
    recruiter: Party = get_object_or_404(Recruiter.objects.listed().select_related("party"), ref=ref).party
    chosen = Supplier.objects.filter(company=company, ref=request.GET.get("supplier", "")).first()
    form = bound(request, EngagementForm, initial={"supplier": chosen}, company=company)

    def save() -> str:
        data = form.cleaned_data
        return services.engage_recruiter(
            company, recruiter, supplier=data["supplier"], starts=data["starts"], ends=data["ends"],
            workers=data["workers"], actor=user_of(request),
        ).ref  # fmt: skip

    if carried_out(request, form, "engagement.add", save, said=_("The recruiter is listed.")):
        return redirect("duediligence:engagements")
    context = {
        "form": form,
        "title": recruiter.name,
        "lede": _("Where does this recruiter bring workers, and since when?"),
        "button": _("Add the recruiter"),
        "back": reverse("duediligence:engagement_find"),
    }
    return render(request, "duediligence/form.html", context)


@company_page
def engagement(request: HttpRequest, ref: str) -> HttpResponse:
    """Show an engagement and let it end."""
    right = CHANGE if request.method == "POST" else None
    rows = Engagement.objects.select_related("company__party", "supplier", "recruiter")
    found = fetch(user_of(request), rows, right, ref=ref)
    form = bound(request, EndForm, initial={"ends": found.ends})

    def save() -> str:
        return services.end_engagement(found, on=form.cleaned_data["ends"], actor=user_of(request)).ref

    if carried_out(request, form, "engagement.end", save, said=_("The engagement has an end now.")):
        return redirect("duediligence:engagements")
    entry = Recruiter.objects.filter(party=found.recruiter).first()
    register = public_recruiter(entry.ref) if entry else None
    licences = list(register.licences.prefetch_related("history__appeals")) if register else []
    today: date = timezone.localdate()
    context = {
        "engagement": found,
        "form": form,
        "register": register,
        "says": answer_for(register, licences) if register else None,
        "rating": published_for(register) if register else None,
        "is_current": found.starts <= today and (found.ends is None or found.ends >= today),
        "country": country_label(found.recruiter.country),
        "may_change": found.permits(user_of(request), CHANGE),
    }
    return render(request, "duediligence/engagement.html", context)
