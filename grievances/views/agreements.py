"""List what waits for a second person, for whoever may be that person: by references only, in one question."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import User
from grievances.models import CaseReferral, CaseState, Erasure, Grievance, Hold, SecondWord
from grievances.models.referrals import Stage

MOST_SHOWN = 20
WORDS: dict[str, str | Promise] = {
    "decision": _("A decision that was asked for"),
    "closing": _("Closing a case"),
    "referral": _("A referral without consent"),
    "hold": _("Lifting a hold"),
    "erasure": _("Deleting before its time"),
}


@dataclass(frozen=True)
class Agreement:
    """One matter that waits: its reference, what is asked for, and where it is answered."""

    ref: str
    words: str
    url: str


def waiting_for(user: User) -> list[Agreement]:
    """Return what others asked a second person for, as far as this one may know of it, the oldest reference first."""
    first, *others = _open(user)
    rows = first.union(*others, all=True).order_by("which", "kind")[:MOST_SHOWN]
    return [Agreement(ref, str(WORDS[kind]), _address(kind, ref, part)) for kind, ref, part in rows]


def _open(user: User) -> Iterator[Any]:
    seen = Grievance.objects.visible_to(user).values("pk")
    words = SecondWord.objects.filter(answered_at=None, grievance__in=seen).exclude(asked_by=user)
    yield _rows(words, "decision", "grievance__ref")
    newer = CaseState.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    closing = CaseState.objects.filter(state=CaseState.State.CLOSING, case__grievance__in=seen).exclude(by=user)
    yield _rows(closing.exclude(Exists(newer)), "closing", "case__ref")
    referrals: Any = CaseReferral.objects.with_stage()
    helped = referrals.filter(now=Stage.WAITING, case__grievance__in=seen)
    yield _rows(helped.exclude(made_by=user), "referral", "case__ref", "ref")
    holds = Hold.objects.standing().filter(lift_asked_by__isnull=False, grievance__in=seen)
    yield _rows(holds.exclude(lift_asked_by=user), "hold", "grievance__ref")
    erasures = Erasure.objects.filter(settled_on=None, grievance__in=seen).exclude(asked_by=user)
    yield _rows(erasures, "erasure", "grievance__ref")


def _rows(found: Any, kind: str, ref: str, part: str = "") -> Any:
    """Return kind, reference and part of each row, in columns that fit the others."""
    text = CharField()
    columns = {"kind": Value(kind, text), "which": F(ref), "piece": F(part) if part else Value("", text)}
    return found.order_by().annotate(**columns).values_list("kind", "which", "piece")


def _address(kind: str, ref: str, part: str) -> str:
    if kind == "closing":
        return reverse("grievances:case", args=[ref])
    if kind == "referral":
        return reverse("grievances:referral", args=[ref, part])
    if kind == "decision":
        return f"{reverse('grievances:grievance', args=[ref])}#second"
    return reverse("grievances:kept", args=[ref])
