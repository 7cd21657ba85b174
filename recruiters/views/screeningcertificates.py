"""Certificates of screenings: make one, take its file, check it again. Nothing of it is public."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.access import fetch, staff
from core.listing import Column, ListingView
from core.listing.page import Action
from core.models import Job
from core.roles import Role
from recruiters import services
from recruiters.certificatepaper import facts_digest
from recruiters.forms.screening import CertificateForm, VerifyForm
from recruiters.models import Screening, ScreeningCertificate, ScreeningRow
from recruiters.services import ScreeningRefused
from recruiters.services.screeningcertificates import check_certificate
from recruiters.views.acting import carry_out, form_page, reader

READ_BY = (Role.MINISTRY_OFFICER, Role.AUDITOR)
HOME = (gettext_lazy("Screening"), reverse_lazy("recruiters:screenings"))
LIST = (gettext_lazy("Certificates"), reverse_lazy("recruiters:screening_certificates"))
MOST_BYTES = 60 * 1024 * 1024


class CertificateList(ListingView[ScreeningCertificate]):
    """Every certificate of a screening."""

    model = ScreeningCertificate
    roles = READ_BY
    title = gettext_lazy("Screening certificates")
    default_sort = "-issued"
    export_name = "screening-certificates"
    empty_text = gettext_lazy("None has been issued. One is made on the page of a finished screening.")
    columns = (
        Column("ref", gettext_lazy("Reference"), sort="ref", link=lambda c: c.get_absolute_url()),
        Column("screening", gettext_lazy("Screening"), value=lambda c: c.screening.title),
        Column("row", gettext_lazy("Row"), value=lambda c: c.row.number if c.row else _("all")),
        Column("by", gettext_lazy("Issued by"), value=lambda c: str(c.issued_by)),
        Column("issued", gettext_lazy("Issued on"), kind="date", sort="issued_at", value=lambda c: c.issued_at),
    )

    def records(self) -> QuerySet[ScreeningCertificate]:
        """Return the certificates with what the list shows of them."""
        return ScreeningCertificate.objects.select_related("screening", "row", "issued_by")

    def get_actions(self) -> tuple[Action, ...]:
        """Offer to check one."""
        return (Action(_("Check a certificate"), reverse("recruiters:screening_certificate_check")),)


def _languages() -> list[tuple[str, str]]:
    return [(code, _(str(name))) for code, name in settings.WORKSPACE_LANGUAGES]


@staff(*READ_BY)
def certify(request: HttpRequest, ref: str, number: int | None = None) -> HttpResponseBase:
    """Ask for a certificate of a screening, or of one row."""
    user = reader(request)
    screening = fetch(user, Screening, "export", ref=ref)
    row: ScreeningRow | None = None
    if number is not None:
        row = screening.rows.filter(number=number).first()
        if row is None:
            raise Http404
    form = CertificateForm(_languages(), request.POST or None, initial={"language": get_language()})

    def do(data: dict[str, Any]) -> str:
        return services.certify_screening(screening, language=data["language"], actor=user, row=row).ref

    made = carry_out(form, purpose="screening.certify", do=do)
    if made:
        return redirect("recruiters:screening_certificate", made)
    return form_page(
        request,
        form,
        title=_("Make a certificate"),
        submit=_("Make it"),
        back=screening.get_absolute_url(),
        lede=screening.title if row is None else f"{screening.title}: {row.name or row.number}",
        crumbs=(HOME, (screening.title, screening.get_absolute_url())),
    )


@staff(*READ_BY)
def detail(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show a certificate: what it states, where its file is, whether that still holds today."""
    certificates = ScreeningCertificate.objects.select_related("screening", "row", "issued_by", "job")
    found = fetch(reader(request), certificates, ref=ref)
    checked = check_certificate(actor=reader(request), text=found.ref)
    running = found.job is not None and found.file_id is None
    context = {
        "certificate": found,
        "checked": checked,
        "digest": facts_digest(found),
        "job": found.job if running else None,
        "outcomes": [(label, found.counts.get(code, 0)) for code, label in ScreeningRow.OUTCOMES],
        "crumbs": (HOME, LIST),
    }
    response = render(request, "recruiters/screening_certificate.html", context)
    if running and found.job is not None and found.job.state != Job.FAILED:
        response["Refresh"] = "3"
    return response


@staff(*READ_BY)
def take(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Hand the file out as it was issued."""
    found = fetch(reader(request), ScreeningCertificate.objects.select_related("file"), "take", ref=ref)
    try:
        data = services.take_certificate_file(found, actor=reader(request))
    except ScreeningRefused:
        return redirect(found)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{found.ref}.pdf")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@staff(*READ_BY)
def check(request: HttpRequest) -> HttpResponseBase:
    """Check a certificate by its reference, a digest, or the file itself."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    checked = None
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data.get("file")
        if upload and (upload.size or 0) > MOST_BYTES:
            form.add_error("file", _("This file is larger than any certificate. Nothing of it was kept."))
        else:
            data = upload.read() if upload else None
            text = form.cleaned_data["reference"]
            checked = check_certificate(actor=reader(request), text=text, data=data)
    context = {"form": form, "checked": checked, "crumbs": (HOME, LIST)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "recruiters/screening_certificate_check.html", context, status=status)
