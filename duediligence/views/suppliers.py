"""Suppliers: the list, one supplier, a new one, and lists that are read from a file."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import fetch
from core.listing import Column, ListingView
from core.listing.page import Action
from core.models import Job
from core.roles import Role
from core.tabular import TableRefused
from duediligence import services
from duediligence.countrynames import country_label
from duediligence.filters import SupplierFilter
from duediligence.forms.suppliers import EndForm, SupplierChangeForm, SupplierForm, SupplierListForm
from duediligence.importing import start_import
from duediligence.models import Engagement, Supplier, SupplierImport
from duediligence.models.scope import CHANGE
from duediligence.refusals import Refused
from duediligence.views.pages import bound, carried_out, company_of, company_page, user_of
from parties.sectors import sector_label

ROLES = (Role.COMPANY_MEMBER, Role.AUDITOR)


class SupplierList(ListingView[Supplier]):
    """All suppliers of the reader's companies."""

    model = Supplier
    roles = ROLES
    title = gettext_lazy("Suppliers")
    lede = gettext_lazy(
        "Who supplies you, from which sites. Cases reach your record through the recruiters engaged there."
    )
    empty_text = gettext_lazy("No supplier yet. Add one, or read a list from a file.")
    filterset_class = SupplierFilter
    default_sort = "name"
    export_name = "suppliers"
    columns: Sequence[Column[Any]] = (
        Column("name", gettext_lazy("Name"), sort="name", link=lambda row: row.get_absolute_url()),
        Column("ref", gettext_lazy("Reference")),
        Column("country", gettext_lazy("Country"), sort="country", value=lambda row: country_label(row.country)),
        Column(
            "sector",
            gettext_lazy("Sector"),
            sort="sector",
            value=lambda row: sector_label(row.sector),
            export=lambda row: row.sector,
        ),
        Column("tier", gettext_lazy("How near"), sort="tier", value=lambda row: row.get_tier_display()),
        Column("workers", gettext_lazy("Workers"), sort="workers", kind="number"),
        Column("sites", gettext_lazy("Sites"), kind="number", value=lambda row: row.site_count),
        Column("recruiters", gettext_lazy("Recruiters"), kind="number", value=lambda row: row.recruiter_count),
        Column("ends", gettext_lazy("Until"), sort="ends", kind="date"),
    )

    def records(self) -> QuerySet[Supplier]:
        """Return suppliers with their number of sites and recruiters."""
        return Supplier.objects.annotate(
            site_count=Count("sites", distinct=True), recruiter_count=Count("engagements__recruiter", distinct=True)
        )

    def get_actions(self) -> list[Action]:
        """Offer to add suppliers to whoever works on a record."""
        if not user_of(self.request).has_role(Role.COMPANY_MEMBER):
            return []
        return [
            Action(_("Add a supplier"), reverse("duediligence:supplier_add")),
            Action(_("Read a list"), reverse("duediligence:supplier_import"), secondary=True),
        ]


@company_page
def supplier(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one supplier with its sites and recruiters, and let it be changed."""
    right = CHANGE if request.method == "POST" else None
    found = fetch(user_of(request), Supplier.objects.select_related("company__party", "party"), right, ref=ref)
    fields = ("sector", "products", "tier", "workers", "starts")
    form = bound(request, SupplierChangeForm, initial={name: getattr(found, name) for name in fields})

    def save() -> str:
        services.change_supplier(found, actor=user_of(request), **{name: form.cleaned_data[name] for name in fields})
        return found.ref

    if carried_out(request, form, "supplier.change", save, said=_("Saved.")):
        return redirect(found)
    engagements = Engagement.objects.filter(supplier=found).select_related("recruiter").order_by("-starts")
    context = {
        "supplier": found,
        "form": form,
        "sites": found.sites.select_related("site"),
        "engagements": engagements,
        "country": country_label(found.country),
        "may_change": found.permits(user_of(request), CHANGE),
    }
    return render(request, "duediligence/supplier.html", context)


@company_page
def supplier_add(request: HttpRequest) -> HttpResponse:
    """Add one supplier with a site."""
    company = company_of(request)
    form = bound(request, SupplierForm)

    def save() -> str:
        data = form.cleaned_data
        added, _site, is_new = services.add_supplier(
            company, data["row"], starts=data["starts"], actor=user_of(request)
        )
        if not is_new:
            raise Refused(_("This supplier with this site is already listed: %(ref)s.") % {"ref": added.ref})
        return added.ref

    made = carried_out(request, form, "supplier.add", save, said=_("The supplier is listed."))
    if made:
        return redirect("duediligence:supplier", made)
    context = {"form": form, "title": _("Add a supplier"), "button": _("Add the supplier"), "company": company}
    return render(request, "duediligence/form.html", context)


@company_page
def supplier_end(request: HttpRequest, ref: str) -> HttpResponse:
    """End a supply relationship."""
    found = fetch(user_of(request), Supplier.objects.select_related("company__party"), CHANGE, ref=ref)
    form = bound(request, EndForm)

    def save() -> str:
        return services.end_supplier(found, on=form.cleaned_data["ends"], actor=user_of(request)).ref

    if carried_out(request, form, "supplier.end", save, said=_("The relationship has an end now.")):
        return redirect(found)
    context = {
        "form": form,
        "title": _("End the relationship with %(name)s") % {"name": found.name},
        "lede": _("Remedy does not end with a relationship: settle what is owed to workers first."),
        "button": _("Set the last day"),
        "back": found.get_absolute_url(),
    }
    return render(request, "duediligence/form.html", context)


@company_page
def supplier_import(request: HttpRequest) -> HttpResponse:
    """Read a list of suppliers from a file."""
    company = company_of(request)
    form = bound(request, SupplierListForm)

    def save() -> str:
        try:
            return start_import(company, form.cleaned_data["file"], actor=user_of(request)).ref
        except TableRefused as refusal:
            form.add_error("file", str(refusal))
            raise Refused(_("Nothing was read.")) from refusal

    made = carried_out(request, form, "suppliers.import", save)
    if made:
        return redirect("duediligence:import", made)
    context = {
        "form": form,
        "title": _("Read a supplier list"),
        "lede": _(
            "Rows that can be used go in, every other row is named with its reason. "
            "Reading a list again adds nothing twice."
        ),
        "button": _("Read the list"),
        "company": company,
        "imports": SupplierImport.objects.filter(company=company)[:10],
    }
    return render(request, "duediligence/supplier_import.html", context)


@company_page
def import_report(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what came of a list: how many rows went in, and each row that did not."""
    found = fetch(user_of(request), SupplierImport.objects.select_related("company__party", "by"), ref=ref)
    job = Job.objects.filter(kind="suppliers.import", payload__report=found.pk).order_by("-pk").first()
    problems = list(found.problems.all()[:500])
    context = {"report": found, "job": job, "problems": problems, "more": found.problems.count() - len(problems)}
    response = render(request, "duediligence/import.html", context)
    if job and not job.is_over:
        response["Refresh"] = "3"
    return response
