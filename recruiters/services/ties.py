"""Decide whether a tie matters: an officer's word with a reason, kept with the path as it was shown."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import access, audit
from core.actors import Actor
from core.models import User
from recruiters.models import Recruiter, TieDecision
from recruiters.phoenix import LISTED, RULESET, JudgedPath
from recruiters.services.licences import DecisionRefused
from recruiters.tiegraph import Ties, ties_of


def as_kept(judged: JudgedPath, ties: Ties) -> dict[str, Any]:
    """Return a path as it is kept with a decision: what was shown, by names and days."""
    return {
        "ruleset": RULESET,
        "nodes": list(judged.path.nodes),
        "labels": _labels(judged, ties),
        "ties": [
            {
                "kind": tie.kind,
                "starts": tie.starts.isoformat() if tie.starts else None,
                "ends": tie.ends.isoformat() if tie.ends else None,
                "source": tie.source,
                "told": tie.told,
                "from_first": tie.a == node,
            }
            for tie, node in zip(judged.path.ties, judged.path.nodes, strict=False)
        ],
        "status": judged.barred.code,
        "since": judged.barred.since.isoformat() if judged.barred.since else None,
        "list": judged.barred.source,
        "reasons": [{"rule": reason.rule, "number": reason.number, "node": reason.node} for reason in judged.reasons],
    }


def _labels(judged: JudgedPath, ties: Ties) -> list[str]:
    """Return what the nodes are called: a thing as the side wrote it from which the path comes."""
    ways = [None, *judged.path.ties]
    return [
        (tie.told if tie is not None and tie.b == node else "") or ties.labels.get(node, node)
        for tie, node in zip(ways, judged.path.nodes, strict=True)
    ]


@transaction.atomic
def decide_tie(
    recruiter: Recruiter, path_key: str, *, relevant: bool, reason_code: str, actor: Actor, note: str = ""
) -> TieDecision:
    """Say whether a tie matters; raises DecisionRefused where the register no longer shows it or no reason is given."""
    access.require(actor, "decide", recruiter)
    ties = ties_of(recruiter)
    judged = next((found for found in ties.found if found.key == path_key), None)
    if judged is None:
        raise DecisionRefused(_("The register no longer shows this tie. Nothing was recorded; please look again."))
    allowed = TieDecision.FOR if relevant else [why for why in TieDecision.Why if why not in TieDecision.FOR[:-1]]
    if reason_code not in allowed:
        raise DecisionRefused(_("This reason does not fit the answer."))
    if reason_code == TieDecision.Why.OTHER and not note.strip():
        raise DecisionRefused(_("Say which reason it is."))
    decision = TieDecision.objects.create(
        recruiter=recruiter,
        other=ties.recruiters.get(judged.path.nodes[-1]),
        path_key=path_key,
        path=as_kept(judged, ties),
        strength=judged.strength,
        decided=TieDecision.Is.RELEVANT if relevant else TieDecision.Is.NOT_RELEVANT,
        reason_code=reason_code,
        note=note.strip()[:1000],
        by=actor if isinstance(actor, User) else None,
    )
    audit.record(
        "tie.decided",
        actor=actor,
        subject=recruiter.ref,
        tie=decision.ref,
        other=decision.other.ref if decision.other is not None else LISTED,
        decided=decision.decided,
        reason=reason_code,
        ruleset=RULESET,
    )
    return decision


def newest_decisions(recruiter: Recruiter) -> dict[str, TieDecision]:
    """Return the newest decision on each path of a recruiter, by the path's key."""
    rows = recruiter.tie_decisions.select_related("by", "other__party").order_by("pk")
    return {row.path_key: row for row in rows}
