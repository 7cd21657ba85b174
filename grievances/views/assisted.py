"""Write for a worker: one page, filed once; her first receipt is read to her or sent to her phone, and then gone."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.access import staff
from core.models import User
from grievances.forms.assisted import AssistedForm
from grievances.forms.worker import consents_by_default
from grievances.keys import BadToken, FormToken, new_token, read_token
from grievances.models import Grievance
from grievances.services import keep_receipt
from grievances.services.assisting import ROLES, file_for
from grievances.services.drafts import DraftContent
from grievances.services.lodging import Lodged, Report
from grievances.services.persons import CHILD


@never_cache
@staff(*ROLES)
def assisted(request: HttpRequest) -> HttpResponseBase:
    """Ask, then file; the same form again files nothing twice."""
    if request.method != "POST":
        initial = {"token": new_token().text, "language": get_language(), "consents": consents_by_default()}
        return _page(request, AssistedForm(initial=initial))
    if "done" in request.POST:
        return _done(request)
    form = AssistedForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        token = read_token(form.cleaned_data["token"])
    except BadToken:
        again = request.POST.copy()
        again["token"] = new_token().text
        form.data = again
        form.add_error(None, _("For your safety, please press the button again. Nothing that you entered is lost."))
        return _page(request, form, status=422)
    lodged = _file(form, token, actor=cast("User", request.user))
    return _handed(request, lodged, token, texted=bool(form.cleaned_data.get("text_to")))


def _file(form: AssistedForm, token: FormToken, *, actor: User) -> Lodged:
    told = form.cleaned_data
    report = Report(
        codes=tuple(told["codes"]),
        language=told["language"],
        danger_now=told["danger_now"],
        under_18=told["under_18"] or told.get("age_band") == CHILD,
        time_closing=told["time_closing"],
        people=told["people"] or Grievance.People.UNKNOWN,
        filed_by=told["filed_by"],
        country=told["country"],
        contact_mode=told["mode"],
        contact=form.contact(),
        consents=form.given(),
        channel=told["channel"],
    )
    content = DraftContent(
        words=told["words"], place=told["place"], employer=told["employer"], recruiter=told["recruiter"]
    )
    more = {name: told.get(name, "") for name in ("text_to", "age_band", "sex")}
    return file_for(token, report, content, agreed=told["agreed"], **more, actor=actor)


def _page(request: HttpRequest, form: AssistedForm, *, status: int = 200) -> HttpResponse:
    return render(request, "grievances/staff/assisted.html", {"form": form}, status=status)


def _handed(request: HttpRequest, lodged: Lodged, token: FormToken, *, texted: bool) -> HttpResponse:
    """Show the first receipt until it was read to her; never after that."""
    shown = not lodged.grievance.receipt_kept
    context = {"lines": lodged.receipt.lines if shown else (), "token": token.text, "texted": texted}
    return render(request, "grievances/staff/assisted_done.html", context)


def _done(request: HttpRequest) -> HttpResponse:
    """Note that she has her first receipt: from now on nothing shows it."""
    try:
        token = read_token(request.POST.get("token", ""))
    except BadToken:
        return redirect("grievances:assisted")
    grievance = Grievance.objects.filter(form_digest=token.digest, assisted__by=cast("User", request.user)).first()
    if grievance is not None:
        keep_receipt(grievance)
        messages.success(request, _("Filed. Nothing of it is left on this page."))
    return redirect("grievances:assisted")
