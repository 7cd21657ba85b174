"""What every page here does first: who asks, for which visit, with which right; and how a form is carried out once."""

from collections.abc import Callable
from typing import Any, cast

from django.forms import Form
from django.http import HttpRequest

from core import formkeys
from core.access import fetch
from core.evidence import EvidenceRefused
from core.models import User
from inspections.errors import NotNow
from inspections.models import Visit


def reader(request: HttpRequest) -> User:
    """Return the signed-in user of a view behind the gate."""
    return cast("User", request.user)


def get_visit(request: HttpRequest, ref: str, right: str | None = None) -> Visit:
    """Return a visit that the user may see, or answer 404; with a right that is missing, 403."""
    found = Visit.objects.select_related("party", "site", "version", "account", "supervisor").with_state()
    return fetch(request.user, found, right, ref=ref)


def carry_out(form: Form, purpose: str, do: Callable[[], str]) -> formkeys.Once | None:
    """Carry out a valid form once per key; where the state of things forbids it, say so in the form and return None."""
    key: Any = form.cleaned_data.get("form_key", "")
    try:
        return formkeys.once(key, purpose=purpose, do=do)
    except (NotNow, EvidenceRefused) as refusal:
        form.add_error(None, str(refusal))
        return None
