"""List what waits for a second person, for whoever may be that person: by references only, in two questions."""

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
NOBODYS = 0  # no grievance has this number: something is asked for even where nothing is open
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
    """Return what others asked a second person for, as far as this one may know of it, in the order of references.

    Both questions are always asked: whether anything was left out must not show in how many there were.
    """
    first, *others = _open(user)
    rows = list(first.union(*others, all=True).order_by("which", "kind"))
    of = {NOBODYS, *(grievance for *_row, grievance in rows)}
    known = set(Grievance.objects.visible_to(user).filter(pk__in=of).values_list("pk", flat=True))
    return [
        Agreement(ref, str(WORDS[kind]), _address(kind, ref, part))
        for kind, ref, part, grievance in rows
        if grievance in known
    ][:MOST_SHOWN]


def _open(user: User) -> Iterator[Any]:
    """Yield every kind of question that others have open; few are at any time."""
    yield _rows(SecondWord.objects.filter(answered_at=None).exclude(asked_by=user), "decision", "grievance__ref")
    newer = CaseState.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    closing = CaseState.objects.filter(state=CaseState.State.CLOSING).exclude(by=user).exclude(Exists(newer))
    yield _rows(closing, "closing", "case__ref", of="case__grievance")
    referrals: Any = CaseReferral.objects.with_stage()
    helped = referrals.filter(now=Stage.WAITING).exclude(made_by=user)
    yield _rows(helped, "referral", "case__ref", "ref", of="case__grievance")
    holds = Hold.objects.standing().filter(lift_asked_by__isnull=False).exclude(lift_asked_by=user)
    yield _rows(holds, "hold", "grievance__ref")
    yield _rows(Erasure.objects.filter(settled_on=None).exclude(asked_by=user), "erasure", "grievance__ref")


def _rows(found: Any, kind: str, ref: str, part: str = "", of: str = "grievance") -> Any:
    """Return kind, reference, part and grievance of each row, in columns that fit the others."""
    text = CharField()
    columns = {"kind": Value(kind, text), "which": F(ref), "piece": F(part) if part else Value("", text), "of": F(of)}
    return found.order_by().annotate(**columns).values_list("kind", "which", "piece", "of")


def _address(kind: str, ref: str, part: str) -> str:
    if kind == "closing":
        return reverse("grievances:case", args=[ref])
    if kind == "referral":
        return reverse("grievances:referral", args=[ref, part])
    if kind == "decision":
        return f"{reverse('grievances:grievance', args=[ref])}#second"
    return reverse("grievances:kept", args=[ref])
