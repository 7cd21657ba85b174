"""Let an officer give a licence of their own motion: in spite of a grave tie or hit only with a written reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import access, audit, notices
from core.actors import Actor
from core.models import User
from recruiters.models import Licence, LicenceStatus, LicenceWaiver, Recruiter
from recruiters.services import licences
from recruiters.services.granting import gravity_for
from recruiters.services.licences import DecisionRefused
from recruiters.services.register import officers
from recruiters.tiegraph import ties_of
from recruiters.watchhits import Watch, watch_of

GIVING: dict[str, Callable[..., LicenceStatus]] = {
    "grant": licences.grant_licence,
    "renew": licences.renew_licence,
    "reinstate": licences.reinstate_licence,
    "restore": licences.restore_licence,
}
AFTER_AN_ORDER = ("reinstate", "restore")
"""These undo an order that was taken, so that one that was taken is no news."""


@dataclass(frozen=True)
class Against:
    """What speaks against giving this recruiter a licence today: rules' codes, and what watchlists hold."""

    reasons: tuple[str, ...]
    watch: Watch


def against(recruiter: Recruiter, decision: str) -> Against:
    """Return what a licence would be given in spite of."""
    watch = watch_of(recruiter)
    grave = gravity_for(recruiter, grant=True, workers=None, ties=ties_of(recruiter), watch=watch)
    passed_over = {"was_barred"} if decision in AFTER_AN_ORDER else set()
    return Against(tuple(reason for reason in grave.reasons if reason not in passed_over), watch)


@transaction.atomic
def give_licence(recruiter: Recruiter, *, words: str, actor: Actor, **fields: Any) -> Licence:
    """Add a licence without an application; raises DecisionRefused without words where something speaks against it."""
    access.require(actor, "decide", recruiter)
    found = _explained(recruiter, "add", words)
    licence = licences.add_licence(recruiter, actor=actor, **fields)
    _keep(licence, "add", found, words, actor)
    return licence


@transaction.atomic
def decide_in_favour(licence: Licence, decision: str, *, words: str, actor: Actor, **fields: Any) -> LicenceStatus:
    """Grant, renew or give back a licence; raises DecisionRefused without words where something speaks against it."""
    access.require(actor, "decide", licence)
    found = _explained(licence.recruiter, decision, words)
    row = GIVING[decision](licence, actor=actor, **fields)
    _keep(licence, decision, found, words, actor)
    return row


def _explained(recruiter: Recruiter, decision: str, words: str) -> Against:
    found = against(recruiter, decision)
    if found.reasons and not words.strip():
        raise DecisionRefused(_("Something speaks against it. Say why the licence is given all the same."))
    return found


def _keep(licence: Licence, decision: str, found: Against, words: str, actor: Actor) -> None:
    """Keep the words for officers, name in the audit trail what stood against it, and tell the other officers."""
    if not found.reasons:
        return
    hits = sorted(line.hit.ref for line in found.watch.severe)
    LicenceWaiver.objects.create(
        licence=licence, decision=decision, reasons=list(found.reasons), hits=hits, words=words.strip()[:1000],
        by=actor if isinstance(actor, User) else None,
    )  # fmt: skip
    audit.record(
        "licence.given_in_spite", actor=actor, subject=licence.ref, decision=decision,
        reasons="+".join(found.reasons)[:200],
    )  # fmt: skip
    for officer in officers():
        if officer != actor:
            notices.notify(officer, "licence_in_spite", subject_ref=licence.recruiter.ref)
