"""Carry out a form once, and show refusals where the reader can act on them."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import formkeys
from core.evidence import EvidenceRefused
from core.models import User
from recruiters.services import CertificateRefused, DecisionRefused, LoadRefused, ScreeningRefused, WatchlistRefused
from recruiters.services.assessments import AssessmentClosed
from recruiters.services.contracts import NothingToCompare
from recruiters.services.corrections import CorrectionRefused
from recruiters.services.evidence import RuleRefused
from recruiters.services.looks import LookRefused
from recruiters.services.publications import PublicationRefused

REFUSALS = (
    CertificateRefused,
    LoadRefused,
    DecisionRefused,
    ScreeningRefused,
    WatchlistRefused,
    EvidenceRefused,
    AssessmentClosed,
    LookRefused,
    CorrectionRefused,
    NothingToCompare,
    PublicationRefused,
    RuleRefused,
    ValidationError,
)


def reader(request: HttpRequest) -> User:
    """Return who is signed in; the gate has made sure that somebody is."""
    return cast("User", request.user)


def carry_out(form: forms.Form, *, purpose: str, do: Callable[[dict[str, Any]], str]) -> str | None:
    """Return what a valid form led to, the same for a repeated one; None, with errors set, where it is refused."""
    if not form.is_valid():
        return None
    try:
        key = form.cleaned_data.get("form_key", "")
        return formkeys.once(key, purpose=purpose, do=lambda: do(form.cleaned_data)).result
    except REFUSALS as refusal:
        messages = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
        for message in messages:
            form.add_error(None, message)
        return None


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Any,
    submit: Any,
    back: str,
    lede: Any = "",
    crumbs: tuple[tuple[Any, Any], ...] = (),
    danger: bool = False,
    aside: str = "",
    **extra: Any,
) -> HttpResponse:
    """Show one form on a page of its own; a refused one with status 422, so that nothing takes it for done."""
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "back": back,
        "lede": lede,
        "crumbs": crumbs,
        "danger": danger,
        "aside": aside,
        "multipart": form.is_multipart(),
        **extra,
    }
    return render(request, "recruiters/form.html", context, status=422 if form.is_bound else 200)
