"""What the pages of a company share: the gate, one effect per form, refusals beside the form."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from core.access import fetch, staff
from core.evidence import EvidenceRefused
from core.formkeys import once
from core.models import User
from core.roles import Role
from duediligence.models import Company, Record
from duediligence.models.scope import CHANGE
from duediligence.refusals import Refused

company_page = staff(Role.COMPANY_MEMBER, Role.AUDITOR)
F = TypeVar("F", bound=forms.Form)


def user_of(request: HttpRequest) -> User:
    """Return who is signed in; the gate has already let the request through."""
    return cast("User", request.user)


def record_of(request: HttpRequest, ref: str) -> Record:
    """Return a record that the reader may see; on a POST, one that the reader may change."""
    right = CHANGE if request.method == "POST" else None
    return fetch(user_of(request), Record.objects.select_related("company__party"), right, ref=ref)


def company_of(request: HttpRequest) -> Company:
    """Return the company that the page is about: the one named in the address, else the reader's first."""
    user = user_of(request)
    found = Company.objects.select_related("party")
    wanted = request.GET.get("company", "")
    if wanted:
        company = fetch(user, found, party__ref=wanted)
    else:
        mine = found.filter(party__account_id__in=user.account_ids(Role.COMPANY_MEMBER)).order_by("pk").first()
        if mine is None:
            raise Http404
        company = mine
    if not company.permits(user, CHANGE):
        raise PermissionDenied(_("You may read this, but you may not do that here."))
    return company


def bound(request: HttpRequest, form: type[F], *, initial: dict[str, Any] | None = None, **more: Any) -> F:
    """Return a form with what was sent, or with what is known."""
    if request.method == "POST":
        return form(request.POST, request.FILES, **more)
    return form(initial=initial, **more)


def carried_out(request: HttpRequest, form: forms.Form, purpose: str, do: Callable[[], str], *, said: str = "") -> str:
    """Carry a valid form out once and return its result; an empty text means that the form has something to say.

    A refusal of the rules or of a file becomes the form's own error, and everything typed stays.
    """
    if request.method != "POST" or not form.is_valid():
        return ""
    try:
        done = once(form.cleaned_data["form_key"], purpose=purpose, do=do)
    except EvidenceRefused as refusal:
        form.add_error("file" if "file" in form.fields else None, str(refusal))
        return ""
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return ""
    if said:
        messages.success(request, said)
    return done.result
