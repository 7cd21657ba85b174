"""The public register: who may recruit today. No watchlist hit, grievance, rating or person is ever shown here."""

import json
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from core.listing import Column, ListingView
from core.references import BadReference, parse_reference
from recruiters.filters import PublicFilter
from recruiters.licensing import MAY_RECRUIT
from recruiters.models import Licence, Recruiter
from recruiters.models.register import Sector
from recruiters.presenting import licence_rows, status_word
from recruiters.queries import public_recruiter
from recruiters.vocabulary import country_label
from recruiters.wording import public_advice


class PublicRegister(ListingView[Recruiter]):
    """Search the register as a worker types."""

    model = Recruiter
    base_template = "core/public.html"
    template_name = "recruiters/public_register.html"
    title = gettext_lazy("Is this recruiter licensed?")
    lede = gettext_lazy(
        "Search by name, in any script, or by licence number. The answer is what the register says today."
    )
    filterset_class = PublicFilter
    default_sort = "name"
    export_name = "public-register"
    exports = ("csv",)
    nothing_found_text = gettext_lazy(
        "This register has no such recruiter. Somebody who is not on it may not be allowed to recruit. "
        "Check the spelling, or try the licence number."
    )
    columns = (
        Column(
            "name",
            gettext_lazy("Name"),
            sort="sort_name",
            value=lambda r: r.party.name,
            link=lambda r: reverse("recruiters_public:recruiter", args=[r.ref]),
        ),
        Column(
            "country", gettext_lazy("Country"), sort=("country", "sort_name"), value=lambda r: country_label(r.country)
        ),
        Column(
            "status",
            gettext_lazy("Licence today"),
            kind="status",
            value=lambda r: r.status_label,
            tone=lambda r: r.status_tone,
        ),
        Column("number", gettext_lazy("Licence number"), value=lambda r: r.licence_number),
        Column("expires", gettext_lazy("Term ends"), kind="date", value=lambda r: r.expires_on),
        Column("ref", gettext_lazy("Reference"), value=lambda r: r.ref),
    )

    def get_queryset(self) -> QuerySet[Recruiter]:
        """Return what the register lists; everybody may see it."""
        return Recruiter.objects.listed().select_related("party")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the day that the answer holds for."""
        return super().get_context_data(**kwargs) | {"as_of": timezone.localdate()}


def recruiter(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show one recruiter in plain language, with its status as of today."""
    found = public_recruiter(ref)
    if found is None:
        return _unknown(request, ref)
    if found.ref != ref:
        return redirect("recruiters_public:recruiter", found.ref, permanent=True)
    licences = list(found.licences.prefetch_related("history"))
    today = timezone.localdate()
    context = {
        "recruiter": found,
        "as_of": today,
        "status": found.status_label,
        "tone": found.status_tone,
        "valid": found.current_code in MAY_RECRUIT,
        "advice": public_advice(found.current_code),
        "licences": licence_rows(licences, with_people=False),
        "names": [name.text for name in found.party.names.all() if name.text != found.party.name],
        "country": country_label(found.country),
        "sites": list(found.party.sites.all())[:20],
        "sectors": [Sector(code).label for code in found.sectors if code in Sector.values],
        "destinations": [country_label(corridor.destination) for corridor in found.corridors.all()],
        "json_ld": _json_ld(request, found, licences),
    }
    return render(request, "recruiters/public_recruiter.html", context)


def _unknown(request: HttpRequest, ref: str) -> HttpResponse:
    """Say of a mistyped reference that it is mistyped; of any other, that there is nothing."""
    try:
        parse_reference(ref, "REC")
    except BadReference as problem:
        return render(request, "recruiters/public_mistyped.html", {"problem": str(problem)}, status=404)
    raise Http404


def _json_ld(request: HttpRequest, found: Recruiter, licences: list[Licence]) -> SafeString:
    """Return the page's facts as schema.org JSON-LD, safe inside a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": "EmploymentAgency",
        "@id": request.build_absolute_uri(reverse("recruiters_public:recruiter", args=[found.ref])),
        "identifier": found.ref,
        "name": found.party.name,
        "alternateName": [name.text for name in found.party.names.all() if name.text != found.party.name],
        "address": {"@type": "PostalAddress", "addressCountry": found.country},
        "hasCredential": [
            {
                "@type": "EducationalOccupationalCredential",
                "credentialCategory": "licence",
                "identifier": licence.number,
                "recognizedBy": {"@type": "GovernmentOrganization", "name": licence.authority},
                "creativeWorkStatus": status_word(licence.standing().code),
                "expires": expires.isoformat() if (expires := licence.standing().expires_on) else None,
            }
            for licence in licences
        ],
        "dateModified": timezone.localdate().isoformat(),
    }
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(text)  # noqa: S308 - every sign that could end the script element is escaped above
