"""The public register: who may recruit today. No watchlist hit, grievance, rating or person is ever shown here."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.listing import Column
from core.listing.page import body_of, rows_of
from core.readers import speaks_every_language
from core.references import BadReference, parse_reference
from recruiters.alike import alike_recruiters
from recruiters.alllicences import ALL_LICENCES, with_all_licences
from recruiters.linkeddata import json_ld
from recruiters.models import Licence, LoadChange, Recruiter
from recruiters.models.register import Sector
from recruiters.models.terms import LicenceTerm
from recruiters.presenting import LicenceRow, licence_rows
from recruiters.public_filters import PublicSearch
from recruiters.publicwording import Answer, answer_for, answer_of
from recruiters.queries import public_recruiter
from recruiters.registerlisting import RegisterListing
from recruiters.vocabulary import country_label

SHOWN = (
    *("ref", "sort_name", "country", "licence_number", "expires_on", "is_listed", "party__name"),
    *("standing_code", "standing_then", "standing_turns_at"),
)
"""What the list shows and orders by; a page of it reads nothing else."""
ENOUGH = 10
"""With so many exact answers nobody is asked whether somebody else is meant."""
CODE = re.compile(r"^\s*(REC|LIC|CRT)\s*[-\u2013\u2014_ ]\s*\w", re.IGNORECASE)


class PublicRegister(RegisterListing):
    """Search the register as a worker types: exact answers first, then who else may be meant."""

    model = Recruiter
    base_template = "core/public.html"
    template_name = "recruiters/public_register.html"
    title = gettext_lazy("Is this recruiter licensed?")
    lede = gettext_lazy(
        "Type the name as you know it, in any script, or the number on the paper. The answer is what the register "
        "says today."
    )
    filterset_class = PublicSearch
    default_sort = "name"
    export_name = "public-register"
    exports = ("csv",)
    nothing_found_text = gettext_lazy(
        "This register has no recruiter of exactly this name. Somebody who is not on it may not be allowed to "
        "recruit: do not pay, and do not hand over your passport."
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
        ALL_LICENCES,
    )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead whoever types the code of a licence or a certificate to where codes are checked."""
        typed = request.GET.get("q", "")
        found = CODE.match(typed)
        if found and found[1].upper() != "REC":
            return redirect(f"{reverse('verify')}?{urlencode({'code': typed.strip()})}")
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Recruiter]:
        """Return what the register lists; everybody may see it."""
        found = Recruiter.objects.listed().select_related("party").only(*SHOWN)
        return with_all_licences(found) if self.request.GET.get("format") else found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the day that the answer holds for, who else may be meant, and a slip in a reference."""
        context = super().get_context_data(**kwargs)
        listing, asked = context["listing"], self.request.GET
        likely: list[Recruiter] = []
        slip = ""
        if CODE.match(asked.get("q", "")):
            slip = _slip(asked["q"])
        elif self.searched and not ("after" in asked or "before" in asked) and listing.total.number < ENOUGH:
            likely = alike_recruiters(self.searched.typed, self.fitting, known={row.record.pk for row in listing.rows})
        if listing.is_filtered:
            context["lede"] = ""  # whoever has asked wants the answer, not how to ask
        rows = rows_of(likely, [column for column in self.columns if column.on_page])
        return context | {"as_of": timezone.localdate(), "likely": body_of(rows), "slip": slip}


def _slip(typed: str) -> str:
    """Return what is wrong with a typed reference; nothing if nothing is."""
    try:
        parse_reference(typed)
    except BadReference:
        return _mistyped()
    return ""


def _mistyped() -> str:
    return _("This reference seems to be mistyped. Compare it with the paper, letter by letter.")


class DayForm(forms.Form):
    """Ask for another day than today."""

    hide_optional = True
    day = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@speaks_every_language
def recruiter(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show one recruiter in plain language, with its status as of today, and on another day if one is asked for."""
    found = public_recruiter(ref)
    if found is None:
        return _unknown(request, ref)
    if found.ref != ref:
        return redirect("recruiters_public:recruiter", found.ref, permanent=True, preserve_request=True)
    licences = list(found.licences.prefetch_related("history__appeals", "terms"))
    today = timezone.localdate()
    form = DayForm(request.GET if "day" in request.GET else None)
    day = form.cleaned_data["day"] if form.is_bound and form.is_valid() else None
    rows, spoken = licence_rows(licences, with_people=False), answer_for(found, licences)
    address = request.build_absolute_uri(reverse("recruiters_public:recruiter", args=[found.ref]))
    context = {
        "recruiter": found,
        "as_of": spoken.day,
        "form": form,
        "answer": spoken,
        "day": day,
        "on_day": [(row, answer_of(row.licence, day, today=today)) for row in rows] if day else [],
        "licences": [(row, _of_today(row.licence, licences), _covers(row, today)) for row in rows],
        "names": [name.text for name in found.party.names.all() if name.text != found.party.name],
        "country": country_label(found.country),
        "sites": list(found.party.sites.all())[:20],
        "sectors": [Sector(code).label for code in found.sectors if code in Sector.values],
        "destinations": sorted(country_label(corridor.destination) for corridor in found.corridors.all()),
        "json_ld": json_ld(found, [(row.licence, row.standing) for row in rows], address=address, day=today),
    }  # fmt: skip
    return render(request, "recruiters/public_recruiter.html", context)


def _of_today(licence: Licence, beside: list[Licence]) -> Answer:
    today = licence.today()
    return answer_of(licence, today, today=today, beside=beside)


def _covers(row: LicenceRow, today: date) -> list[str]:
    """Return the countries of work that a licence covers today, by name."""
    kinds = LicenceTerm.Kind
    held = [
        term.code for term in row.licence.terms.all()
        if term.kind == kinds.CORRIDOR and (term.starts is None or term.starts <= today)
        and (term.ends is None or term.ends >= today)
    ]  # fmt: skip
    return sorted(country_label(code.rpartition("-")[2]) for code in held)


def _unknown(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Say of a mistyped reference that it is mistyped, of a merged entry where it is now, of one taken back that it is.

    Of any other there is nothing.
    """
    try:
        wanted = parse_reference(ref, "REC")
    except BadReference:
        return render(request, "recruiters/public_mistyped.html", {"problem": _mistyped()}, status=404)
    merged = Recruiter.objects.filter(ref=wanted, merged_into__isnull=False).first()
    if merged is not None:
        survivor = merged.survivor()
        if survivor.is_listed:
            address = reverse("recruiters_public:recruiter", args=[survivor.ref])
            moved = HttpResponsePermanentRedirect(address)
            moved.status_code = 308
            return moved
    if LoadChange.objects.filter(
        recruiter_ref=wanted, kind=LoadChange.Kind.ADDED, fate=LoadChange.Fate.UNDONE
    ).exists():
        return render(request, "recruiters/public_withdrawn.html", {"ref": wanted}, status=410)
    raise Http404
