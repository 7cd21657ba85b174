"""Keys, as people meet them: what is locked for me, who waits for my word, and what to do about it."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core import keypairs, keyring
from core.access import staff
from core.models import KeyPair, RecoveryKey, User
from core.roles import Role
from grievances import services
from grievances.models import Grievance
from grievances.openings import opened_reason
from grievances.services import HandlingRefused, locks, regranting

case_officer = staff(Role.CASE_OFFICER)
MOST_SHOWN = 50


@dataclass(frozen=True)
class KeyNews:
    """What a handler's landing page says of keys: nothing, as long as all is well."""

    locked: int
    waiting: int
    has_pair: bool
    trusted: bool
    at_hand: bool


def key_news(request: HttpRequest) -> KeyNews:
    """Return what is locked for whoever reads, and how many colleagues wait for somebody's word."""
    user = cast("User", request.user)
    pair = keypairs.live_pair(user)
    officers = KeyPair.objects.filter(retired_on=None, trusted_on=None, user__is_active=True).exclude(user=user)
    return KeyNews(
        locked=services.locked_for(user, public=pair.public if pair else "").count(),
        waiting=officers.filter(user__memberships__role=Role.CASE_OFFICER, user__memberships__until=None)
        .values("pk")
        .distinct()
        .count(),
        has_pair=pair is not None,
        trusted=pair is not None and pair.trusted_on is not None,
        at_hand=bool(keyring.current().pairs),
    )


def opened_or_locked(request: HttpRequest, grievance: Grievance) -> dict[str, Any]:
    """Return the words where they were opened for a reason just now, or that they are locked and whom to ask."""
    user = cast("User", request.user)
    presence = locks.presence(grievance, user)
    if not presence.opens:
        return {"opened": None, "locked": presence, "ask": locks.who_can_open(grievance)}
    reason = opened_reason(request, grievance.ref)
    opened = services.open_words(grievance, actor=user, reason=reason) if reason else None
    return {"opened": opened, "locked": None}


@case_officer
def keys(request: HttpRequest) -> HttpResponseBase:
    """Show my key, what is locked for me, and who waits for my word."""
    user = cast("User", request.user)
    pair = keypairs.live_pair(user)
    locked = services.locked_for(user)
    context = {
        "pair": pair,
        "fingerprint": keypairs.fingerprint(pair) if pair else "",
        "news": key_news(request),
        "locked": [(each, locks.who_can_open(each)) for each in locked.select_related("strongbox")[:MOST_SHOWN]],
        "waiting": regranting.colleagues_waiting(user),
        "recovery": RecoveryKey.objects.filter(live=True).first(),
        "uncovered": regranting.uncovered(user).count(),
    }
    return render(request, "grievances/staff/keys.html", context)


@require_POST
@case_officer
def give(request: HttpRequest) -> HttpResponseBase:
    """Vouch for a colleague's key and give her what she may read."""
    public = request.POST.get("public", "")
    pair = KeyPair.objects.filter(public=public).select_related("user").first()
    if pair is None:
        messages.error(request, _("This key was replaced meanwhile. Compare the new number first."))
        return redirect("grievances:keys")
    colleague = pair.user
    try:
        given = services.vouch_for(colleague, public, actor=cast("User", request.user))
    except HandlingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext(
            "%(name)s can open %(count)s more grievance now.", "%(name)s can open %(count)s more grievances now.", given
        )
        messages.success(request, words % {"name": colleague, "count": given} if given else _("Noted."))
    return redirect("grievances:keys")


@require_POST
@case_officer
def cover(request: HttpRequest) -> HttpResponseBase:
    """Seal everything that this handler can open for the recovery key too."""
    done = regranting.cover(actor=cast("User", request.user))
    words = ngettext(
        "%(count)s more grievance is sealed for the recovery key.",
        "%(count)s more grievances are sealed for the recovery key.",
        done,
    )
    messages.success(request, words % {"count": done})
    return redirect("grievances:keys")
