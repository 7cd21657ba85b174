"""Certificates of a licence: issue one, take the file, for officers and for the recruiter's own people."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import fetch, staff
from core.formkeys import KeyedForm
from core.roles import Role
from recruiters import services
from recruiters.models import Certificate, Licence
from recruiters.models.words import tone_of
from recruiters.presenting import status_word
from recruiters.signing import CannotSign, check_key
from recruiters.views.acting import carry_out, reader

ISSUED_BY = (Role.MINISTRY_OFFICER, Role.RECRUITER_MEMBER)


@staff(*ISSUED_BY)
def certificates(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show a licence's certificates, and issue one."""
    user = reader(request)
    licence = fetch(user, Licence.objects.select_related("recruiter__party"), ref=ref)
    own = licence.recruiter.belongs_to(user)
    form = KeyedForm(request.POST or None)

    def do(_data: dict[str, Any]) -> str:
        return services.issue_certificate(licence, actor=user).ref

    issued = carry_out(form, purpose="certificate.issue", do=do) if request.method == "POST" else None
    if issued:
        return redirect("recruiters:certificates", ref)
    standing = licence.standing()
    home = reverse("recruiters:own") if own else licence.recruiter.get_absolute_url()
    context = {
        "licence": licence,
        "form": form,
        "status": status_word(standing.code),
        "tone": tone_of(standing.code),
        "obstacle": _obstacle(licence, valid=standing.valid),
        "issued": licence.certificates.select_related("issued_by")[:50],
        "crumbs": ((_("My licences") if own else licence.recruiter.name, home),),
    }
    return render(request, "recruiters/licence_certificates.html", context, status=422 if form.is_bound else 200)


def _obstacle(licence: Licence, *, valid: bool) -> str:
    """Return why no certificate can be issued now; nothing if one can."""
    if not licence.recruiter.is_listed:
        return _("The public register does not show this recruiter, so nobody could check a certificate.")
    if not valid:
        return _("The licence is not valid today, so there is nothing to certify.")
    try:
        check_key()
    except CannotSign as problem:
        return str(problem)
    return ""


@staff(*ISSUED_BY)
def certificate_file(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Return a certificate's file as it was issued."""
    certificate = fetch(reader(request), Certificate, ref=ref)
    response = HttpResponse(
        services.take_certificate(certificate, actor=reader(request)), content_type="application/pdf"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{certificate.ref}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
