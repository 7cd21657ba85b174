"""Contracts: list the reviews, enter one in its versions, show every difference with its direction for the worker."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from core import evidence
from core.access import fetch, staff
from core.listing import Column, ListingView
from core.roles import Role
from core.standards import standard
from recruiters.forms.assessing import yes_no
from recruiters.forms.contracting import ContractReviewForm
from recruiters.models import ContractReview, Corridor, Recruiter
from recruiters.models.evidence import SEVERITIES
from recruiters.models.register import READERS
from recruiters.models.words import SourceKind
from recruiters.services.contracts import comparison_of, record_contract_review, short_notice
from recruiters.termwords import rows
from recruiters.views.acting import carry_out, reader
from recruiters.views.register import HOME
from recruiters.vocabulary import element_label

TONES = {"none": "", "minor": "", "moderate": "info", "serious": "warn", "critical": "bad"}


class ReviewFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Narrow contract reviews."""

    substituted = filters.ChoiceFilter(
        label=gettext_lazy("Substituted"),
        choices=[("True", gettext_lazy("Yes")), ("False", gettext_lazy("No"))],
        empty_label=gettext_lazy("Any"),
    )
    severity = filters.ChoiceFilter(label=gettext_lazy("Severity"), choices=SEVERITIES, empty_label=gettext_lazy("Any"))

    class Meta:
        model = ContractReview
        fields: tuple[str, ...] = ()


class ReviewList(ListingView[ContractReview]):
    """Contract reviews, the newest first."""

    model = ContractReview
    roles = READERS
    title = gettext_lazy("Contracts compared")
    lede = gettext_lazy("As offered, as signed and as lived. No worker is named.")
    filterset_class = ReviewFilter
    default_sort = "-recorded"
    export_name = "contracts"
    columns = (
        Column("ref", gettext_lazy("Reference"), sort="ref", value=lambda r: r.ref,
               link=lambda r: reverse("recruiters:contract_review", args=[r.ref])),
        Column("name", gettext_lazy("Recruiter"), sort="recruiter__sort_name", value=lambda r: r.recruiter.party.name),
        Column("corridor", gettext_lazy("Corridor"), value=lambda r: r.corridor or ""),
        Column("substituted", gettext_lazy("Substituted"), kind="status", sort="substituted",
               value=lambda r: gettext("yes") if r.substituted else gettext("no"),
               tone=lambda r: "bad" if r.substituted else ""),
        Column("worse", gettext_lazy("Worse"), kind="number", sort="worse"),
        Column("better", gettext_lazy("Better"), kind="number", sort="better"),
        Column("unclear", gettext_lazy("Cannot tell"), kind="number", sort="unclear"),
        Column("missing", gettext_lazy("Missing"), kind="number", sort="missing"),
        Column("severity", gettext_lazy("Severity"), kind="status", value=lambda r: r.get_severity_display(),
               tone=lambda r: TONES[r.severity]),
        Column("recorded", gettext_lazy("Recorded"), kind="date", sort="recorded_on", value=lambda r: r.recorded_on),
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[ContractReview]:
        """Return the reviews that the reader may see; a grievance's only to who handles grievances."""
        user = reader(self.request)
        found = ContractReview.objects.visible_to(user).select_related("recruiter__party", "corridor")
        handles = user.has_role(Role.MINISTRY_OFFICER, Role.CASE_OFFICER)
        return found if handles else found.exclude(source_kind=SourceKind.GRIEVANCE)


@staff(Role.MINISTRY_OFFICER)
def new(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Enter a contract in its versions and compare them."""
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "assess", ref=ref)
    form = ContractReviewForm(recruiter, request.POST or None, request.FILES or None)

    def do(data: dict[str, Any]) -> str:
        names = ("source_kind", "source_ref", "contract_language", "worker_language", "copy_given_on", "signed_on",
                 "departed_on", "read_whole", "clauses", "signs")  # fmt: skip
        made = record_contract_review(
            recruiter,
            terms=form.terms,
            corridor=Corridor.objects.filter(pk=data["corridor"]).first() if data["corridor"] else None,
            language_understood=yes_no(data["language_understood"]),
            explained=yes_no(data["explained"]),
            files=data["scans"] or (),
            actor=reader(request),
            **{name: data[name] for name in names},
        )
        return str(made.ref)

    made = carry_out(form, purpose="contract.review", do=do)
    if made:
        return redirect("recruiters:contract_review", made)
    context = {
        "form": form,
        "recruiter": recruiter,
        "crumbs": (HOME, (recruiter.name, recruiter.get_absolute_url())),
        "back": recruiter.get_absolute_url(),
    }
    return render(request, "recruiters/contract_new.html", context, status=422 if form.is_bound else 200)


def _review(request: HttpRequest, ref: str) -> ContractReview:
    user = reader(request)
    found = fetch(user, ContractReview.objects.select_related("recruiter__party", "corridor"), ref=ref)
    if found.source_kind == SourceKind.GRIEVANCE:
        fetch(user, Recruiter, "see_grievances", pk=found.recruiter_id)
    return found


@staff(*READERS)
def detail(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show what differs, what is missing and what must not be there."""
    found = _review(request, ref)
    compared = comparison_of(found)
    contract = standard("contract")
    signs = {entry.code: gettext(entry.label) for entry in contract.substitution_signs}
    clauses = {entry.code: gettext(entry.label) for entry in contract.clauses}
    context = {
        "review": found,
        "tone": TONES[found.severity],
        "rows": rows(compared),
        "missing": [(element_label(code), gettext(contract.element(code).certainty_note))
                    if contract.element(code).certainty_note else (element_label(code), "")
                    for code in compared.missing],
        "clauses": [clauses.get(code, code) for code in found.clauses],
        "signs": [signs.get(code, code) for code in found.signs],
        "late_copy": short_notice(found),
        "files": found.files.all(),
        "crumbs": ((_("Contracts compared"), reverse("recruiters:contracts")),),
    }  # fmt: skip
    return render(request, "recruiters/contract_review.html", context)


@staff(Role.MINISTRY_OFFICER)
def file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Hand out a scan to officers."""
    found = _review(request, ref)
    fetch(reader(request), Recruiter, "assess", pk=found.recruiter_id)
    return evidence.respond(get_object_or_404(found.files, ref=file_ref), actor=reader(request))
