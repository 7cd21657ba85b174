"""What else an entry says: contacts, tied organisations, guarantees, what a licence covers; and licences that end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import fetch, staff
from core.listing import Column, ListingView
from core.references import BadReference, parse_reference
from core.roles import Role
from parties.models import Contact
from recruiters.expiry import NOTICE_DAYS
from recruiters.forms.details import ContactForm, EndForm, GuaranteeForm, OrganisationTieForm, TermForm
from recruiters.licensing import MAY_RECRUIT
from recruiters.models import Guarantee, Licence, LicenceTerm, Recruiter
from recruiters.models.register import READERS
from recruiters.services import details
from recruiters.services.register import relate_organisation
from recruiters.templatetags.recruiters import term_value
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.views.recruiter import ending_page
from recruiters.views.register import HOME
from recruiters.vocabulary import country_label


class EndingList(ListingView[Recruiter]):
    """Valid licences whose term ends within ninety days, the nearest first."""

    model = Recruiter
    roles = READERS
    title = gettext_lazy("Licences that end soon")
    lede = gettext_lazy("Officers and holders are told ninety and thirty days before and on the last day.")
    default_sort = "ends"
    export_name = "licences-ending"
    columns = (
        Column(
            "name", gettext_lazy("Name"), sort="sort_name", value=lambda r: r.party.name,
            link=lambda r: r.get_absolute_url(),
        ),
        Column("number", gettext_lazy("Licence number"), value=lambda r: r.licence_number),
        Column("country", gettext_lazy("Country"), value=lambda r: country_label(r.country)),
        Column("ends", gettext_lazy("Term ends"), kind="date", sort="expires_on", value=lambda r: r.expires_on),
    )  # fmt: skip

    def records(self) -> QuerySet[Recruiter]:
        """Return recruiters whose term ends soon."""
        today = timezone.localdate()
        span = (today - timedelta(days=1), today + timedelta(days=max(NOTICE_DAYS)))
        valid = [str(code) for code in MAY_RECRUIT]
        return Recruiter.objects.filter(standing_code__in=valid, expires_on__range=span).select_related("party")


def _recruiter(request: HttpRequest, ref: str) -> Recruiter:
    return fetch(reader(request), Recruiter.objects.select_related("party"), "edit", ref=ref)


def _page(
    request: HttpRequest,
    recruiter: Recruiter,
    form: forms.Form,
    do: Callable[[dict[str, Any]], str],
    *,
    purpose: str,
    title: str,
    lede: str = "",
) -> HttpResponseBase:
    if carry_out(form, purpose=purpose, do=do):
        return redirect(recruiter)
    back = recruiter.get_absolute_url()
    return form_page(
        request, form, title=title, submit=_("Add"), back=back, lede=lede, crumbs=(HOME, (recruiter.name, back))
    )


@staff(Role.MINISTRY_OFFICER)
def add_contact(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Note an address, telephone, e-mail or web site."""
    recruiter = _recruiter(request, ref)
    form = ContactForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("kind", "value", "city", "starts", "ends", "provenance")}
        return str(details.add_contact(recruiter, actor=reader(request), **given).pk)

    title = _("Add an address, telephone, e-mail or web site")
    return _page(request, recruiter, form, do, purpose="recruiter.contact", title=title)


@staff(Role.MINISTRY_OFFICER)
def end_contact(request: HttpRequest, ref: str, pk: int) -> HttpResponseBase:
    """Ask on which day a contact ended, and end it."""
    recruiter = _recruiter(request, ref)
    contact = get_object_or_404(Contact, pk=pk, party=recruiter.party_id, ends__isnull=True)
    form = EndForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        details.end_contact(recruiter, contact, on=data["on"], actor=reader(request))
        return recruiter.ref

    if carry_out(form, purpose="recruiter.contact.end", do=do):
        return redirect(recruiter)
    return ending_page(request, recruiter, form, what=contact.value)


@staff(Role.MINISTRY_OFFICER)
def add_organisation(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Tie another organisation of the register."""
    recruiter = _recruiter(request, ref)
    form = OrganisationTieForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        try:
            wanted = parse_reference(data["ref"], "REC")
        except BadReference as problem:
            raise ValidationError(str(problem)) from problem
        other = Recruiter.objects.visible_to(reader(request)).filter(ref=wanted).select_related("party").first()
        if other is None:
            raise ValidationError(_("There is no such entry."))
        given = {name: data[name] for name in ("role", "starts", "ends", "provenance")}
        return str(relate_organisation(recruiter, other.survivor().party, actor=reader(request), **given).pk)

    title = _("Tie another organisation")
    return _page(request, recruiter, form, do, purpose="recruiter.organisation", title=title)


@staff(Role.MINISTRY_OFFICER)
def add_guarantee(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Note a guarantee."""
    recruiter = _recruiter(request, ref)
    form = GuaranteeForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        given = {name: value for name, value in data.items() if name != "form_key"}
        return details.add_guarantee(recruiter, actor=reader(request), **given).ref

    return _page(request, recruiter, form, do, purpose="recruiter.guarantee", title=_("Add a guarantee"))


@staff(Role.MINISTRY_OFFICER)
def release_guarantee(request: HttpRequest, ref: str, guarantee_ref: str) -> HttpResponseBase:
    """Ask on which day a guarantee ended, and end it."""
    recruiter = _recruiter(request, ref)
    rows = Guarantee.objects.select_related("recruiter__party").filter(recruiter=recruiter)
    guarantee = get_object_or_404(rows, ref=guarantee_ref)
    form = EndForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        return details.release_guarantee(guarantee, on=data["on"], actor=reader(request)).ref

    if carry_out(form, purpose="recruiter.guarantee.end", do=do):
        return redirect(recruiter)
    return ending_page(request, recruiter, form, what=f"{guarantee.issuer} {guarantee.reference}".strip())


@staff(Role.MINISTRY_OFFICER)
def add_term(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Note what a licence covers or is limited to."""
    licence = fetch(reader(request), Licence.objects.select_related("recruiter__party"), "decide", ref=ref)
    form = TermForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        given = {name: data[name] for name in ("kind", "amount", "starts", "ends", "order_number")}
        return str(details.set_term(licence, code=form.code(), actor=reader(request), **given).pk)

    title, lede = _("What the licence covers"), licence.number
    return _page(request, licence.recruiter, form, do, purpose="licence.term", title=title, lede=lede)


@staff(Role.MINISTRY_OFFICER)
def end_term(request: HttpRequest, ref: str, pk: int) -> HttpResponseBase:
    """Ask on which day a licence ceased to cover something, and end it."""
    licence = fetch(reader(request), Licence.objects.select_related("recruiter__party"), "decide", ref=ref)
    term = get_object_or_404(LicenceTerm, pk=pk, licence=licence)
    form = EndForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        return str(details.end_term(licence, term, on=data["on"], actor=reader(request)).pk)

    if carry_out(form, purpose="licence.term.end", do=do):
        return redirect(licence.recruiter)
    what = f"{licence.number}: {term.get_kind_display()} {term_value(term)}"
    return ending_page(request, licence.recruiter, form, what=what)
