"""List what waits for a second person, for whoever may be that person: by references only, in two questions."""

from dataclasses import dataclass
from functools import cache
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
    rows = [row for row in _open().all() if row[-1] != user.pk]
    of = {NOBODYS, *(grievance for *_row, grievance, _by in rows)}
    known = set(Grievance.objects.visible_to(user).filter(pk__in=of).values_list("pk", flat=True))
    return [
        Agreement(ref, str(WORDS[kind]), _address(kind, ref, part))
        for kind, ref, part, grievance, _by in rows
        if grievance in known
    ][:MOST_SHOWN]


@cache
def _open() -> Any:
    """Return every kind of question that is open, with who asked it; few are at any time. Put together once."""
    newer = CaseState.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    closing = CaseState.objects.filter(state=CaseState.State.CLOSING).exclude(Exists(newer))
    referrals: Any = CaseReferral.objects.with_stage()
    holds = Hold.objects.standing().filter(lift_asked_by__isnull=False)
    return (
        _rows(SecondWord.objects.filter(answered_at=None), "decision", "grievance__ref", by="asked_by")
        .union(
            _rows(closing, "closing", "case__ref", of="case__grievance", by="by"),
            _rows(
                referrals.filter(now=Stage.WAITING), "referral", "case__ref", "ref", of="case__grievance", by="made_by"
            ),
            _rows(holds, "hold", "grievance__ref", by="lift_asked_by"),
            _rows(Erasure.objects.filter(settled_on=None), "erasure", "grievance__ref", by="asked_by"),
            all=True,
        )
        .order_by("which", "kind")
    )


def _rows(found: Any, kind: str, ref: str, part: str = "", of: str = "grievance", *, by: str) -> Any:
    """Return kind, reference, part, grievance and who asked of each row, in columns that fit the others."""
    text = CharField()
    columns = {"kind": Value(kind, text), "which": F(ref), "piece": F(part) if part else Value("", text)}
    who = {"of": F(of), "who": F(by)}
    return found.order_by().annotate(**columns, **who).values_list(*columns, *who)


def _address(kind: str, ref: str, part: str) -> str:
    if kind == "closing":
        return reverse("grievances:case", args=[ref])
    if kind == "referral":
        return reverse("grievances:referral", args=[ref, part])
    if kind == "decision":
        return f"{reverse('grievances:grievance', args=[ref])}#second"
    return reverse("grievances:kept", args=[ref])
