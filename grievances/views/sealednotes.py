"""Open what is sealed besides the worker's words, for a reason and half an hour; then the page is shown anew.

The page that shows them follows from a redirect, so that going back never asks whether to send a form again.
"""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.models import User
from core.vault import Locked
from grievances.forms.cases import ReadForm
from grievances.openings import opened_reason, remember_opening


def ask_to_read(request: HttpRequest, ref: str) -> ReadForm | None:
    """Let this session read what is sealed under a reference; return the form where no reason was given."""
    form = ReadForm(request.POST)
    if not form.is_valid():
        return form
    remember_opening(request, ref, form.cleaned_data["reason"])
    return None


def read_here(request: HttpRequest, ref: str, read: Callable[..., Any]) -> Any:
    """Return what was opened in this session, read by its reader; None where it is closed, or locked for her."""
    reason = opened_reason(request, ref)
    if not reason:
        return None
    try:
        return read(actor=cast("User", request.user), reason=reason)
    except Locked:
        messages.error(request, _("Your key is locked in this session. Sign out and sign in again with your password."))
        return None
