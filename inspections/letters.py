"""Compose what an employer reads of a visit: findings, law, actions, deadlines. There is no place in it for a cause."""

from datetime import date
from typing import Any

from checklists.answers import Answer, State
from checklists.questions import Kind
from checklists.sheets import standing
from inspections.addresses import address_of
from inspections.disclosure import Leak, leaks, shown_count
from inspections.models import CorrectiveAction, Finding, Visit
from inspections.models.visits import State as VisitStanding

PEOPLE_COUNTS = frozenset({"DOC-04", "CHI-01", "CHI-02", "ACC-08"})  # items whose number counts people or their papers


def compose(visit: Visit, day: date) -> dict[str, Any]:
    """Return the content of a letter dated `day`, as plain data.

    The visit's day is given by month only where fewer people than the threshold work there; names of people, the
    visit's reference, its trigger and everything that a worker said are not part of it.
    """
    findings = [_finding(finding, visit) for finding in _standing_findings(visit)]
    begun = next((row.at for row in visit.history if row.state == VisitStanding.UNDER_WAY), None)
    return {
        "addressee": visit.party.name,
        "site": visit.site.name,
        "address": address_of(visit.site),
        "visited_on": begun.date().isoformat() if begun else "",
        "dated": day.isoformat(),
        "office": visit.account.name,
        "checklist": f"{visit.version.title} {visit.version.number}",
        "complete": visit.standing == VisitStanding.CLOSED,
        "findings": findings,
    }


def _standing_findings(visit: Visit) -> list[Finding]:
    return list(
        Finding.objects.filter(visit=visit)
        .standing()
        .prefetch_related("actions__steps", "actions__extensions")
        .order_by("-rank", "pk")
    )


def _finding(finding: Finding, visit: Visit) -> dict[str, Any]:
    return {
        "number": finding.ref,
        "severity": finding.severity,
        "statement": finding.statement,
        "legal_basis": finding.legal_basis,
        "required_action": finding.required_action,
        "count": _count(finding, visit),
        "actions": [_action(action) for action in finding.actions.all()],
    }


def _count(finding: Finding, visit: Visit) -> dict[str, Any] | None:
    """Return the number that the linked item counted, withheld where it would point at somebody."""
    if not finding.item_code:
        return None
    item = visit.version.questionnaire.item(finding.item_code)
    if item.kind != Kind.COUNT:
        return None
    answers = _answers(visit)
    answer = answers.get(item.code, Answer(item.code))
    if answer.state != State.ANSWERED or not isinstance(answer.value, int):
        return None
    if item.code not in PEOPLE_COUNTS:
        return {"number": answer.value, "hidden": False}
    count = shown_count(answer.value)
    return {"number": count.shown, "hidden": count.is_hidden}


def _answers(visit: Visit) -> dict[str, Answer]:
    cached = visit.__dict__.get("_letter_answers")
    if cached is None:
        cached = visit.__dict__["_letter_answers"] = dict(standing(visit.ref, visit.version).answers)
    return cached


def _action(action: CorrectiveAction) -> dict[str, Any]:
    return {
        "ref": action.ref,
        "what": action.what,
        "responsible": action.responsible,
        "proof": action.proof,
        "due": action.due.isoformat(),
    }


def leaks_in(content: dict[str, Any], visit: Visit) -> tuple[tuple[str, Leak], ...]:
    """Return what in a letter's free text would give away a complaint or a person, with the finding it stands in."""
    names = [person.display_name for person in (member.inspector for member in visit.team)]
    forbidden = [visit.ref, *names]
    found: list[tuple[str, Leak]] = []
    for finding in content["findings"]:
        texts = [finding["statement"], finding["legal_basis"], finding["required_action"]]
        for action in finding["actions"]:
            texts += [action["what"], action["responsible"], action["proof"]]
        found += [(finding["number"], leak) for leak in leaks("\n".join(texts), forbidden)]
    return tuple(found)
