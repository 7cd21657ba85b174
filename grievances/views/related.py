"""Show which parties come back, and link reports that name the same one; never a word, never what is hidden."""

from datetime import timedelta
from operator import attrgetter
from typing import Any, cast

from django.contrib import messages
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core import access
from core.listing import Column, ListingView
from core.models import User
from core.roles import Role
from grievances.models import Accused, Grievance
from grievances.places import country_name
from grievances.services import relating
from grievances.services.relating import RelatingRefused
from grievances.views.handling import case_officer, fetch
from parties.models import Party
from recruiters.models import Recruiter

REPEAT_FROM = 2
MONTHS_BACK = 12


@require_POST
@case_officer
def related(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Link a report to another that names the same party, or take the link back."""
    found = fetch(request, ref)
    other = access.fetch(request.user, Grievance, ref=request.POST.get("other", ""))
    user = cast("User", request.user)
    try:
        if request.POST.get("do") == "part":
            relating.part(found, other, actor=user)
            messages.success(request, _("The two are apart again. Nothing of either was changed."))
        else:
            relating.join(found, other, actor=user)
            messages.success(request, _("The two are one matter now. Each keeps its receipt and its clocks."))
    except RelatingRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("grievances:grievance", ref=found.ref)


def _register_page(row: Any) -> str:
    return reverse("recruiters:recruiter", args=[row.recruiter_ref]) if row.recruiter_ref else ""


class Repeats(ListingView[Party]):
    """Parties that several reports of the last year name, as far as this handler may know of them."""

    roles = (Role.CASE_OFFICER,)
    model = Party
    title = gettext_lazy("Named repeatedly")
    lede = gettext_lazy("Parties that two reports or more name within twelve months. Found without opening a word.")
    default_sort = "-reports"
    export_name = "repeats"
    empty_text = gettext_lazy("No party is named by two reports.")
    columns = (
        Column("name", gettext_lazy("Name"), sort="name", link=_register_page),
        Column("ref", gettext_lazy("Reference"), sort="ref"),
        Column(
            "country",
            gettext_lazy("Country"),
            sort="country",
            value=lambda row: country_name(row.country) if row.country else "",
            export=lambda row: row.country,
        ),
        Column("reports", gettext_lazy("Reports"), sort="reports", kind="number", value=attrgetter("reports")),
        Column("confirmed", gettext_lazy("Confirmed"), sort="confirmed", kind="number", value=attrgetter("confirmed")),
        Column("cases", gettext_lazy("Cases"), sort="cases", kind="number", value=attrgetter("cases")),
        Column("newest", gettext_lazy("Newest"), sort="newest", kind="date", value=attrgetter("newest")),
    )

    def records(self) -> QuerySet[Party]:
        """Return the parties with how often they are named in what the reader may know of."""
        since = timezone.localdate() - timedelta(days=30 * MONTHS_BACK)
        mine = Grievance.objects.visible_to(cast("User", self.request.user)).filter(received_on__gte=since)
        links = Accused.objects.filter(dropped_on=None, grievance__in=mine.values("pk")).order_by()
        sure = Q(basis=Accused.Basis.CONFIRMED)
        counted = links.values("party").annotate(
            reports=Count("grievance", distinct=True),
            confirmed=Count("grievance", filter=sure, distinct=True),
            cases=Count("grievance__case", distinct=True),
            newest=Max("grievance__received_on"),
        )
        return _with_counts(Party.objects.all(), counted.filter(reports__gte=REPEAT_FROM))


def _with_counts(parties: QuerySet[Party], counted: Any) -> QuerySet[Party]:
    """Return the parties that were counted, each with its numbers."""
    of_party = counted.filter(party=OuterRef("pk"))
    numbers = {name: Subquery(of_party.values(name)[:1]) for name in ("reports", "confirmed", "cases", "newest")}
    register = Recruiter.objects.filter(party=OuterRef("pk"), merged_into=None)
    return parties.filter(pk__in=counted.values("party")).annotate(
        **numbers, recruiter_ref=Subquery(register.values("ref")[:1])
    )
