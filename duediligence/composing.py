"""Compose the content of a report from a record as it stands: what the board is asked to approve."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext

from core.models import EvidenceFile, User
from core.standards import standard
from core.standards.regimes import Regimes
from duediligence import regimes as deadline_rules
from duediligence.content import SCHEMA, changed_paths, digest, dump, pruned
from duediligence.gathering import Reading, actions_of, guidance, judge, read_record
from duediligence.models import AnswerEvidence, Prepared, Record, StepAnswer
from duediligence.prioritisation import METHOD
from duediligence.states import PUBLIC_WHEN_WITHHELD, AnswerState
from duediligence.suppression import THRESHOLD, Band, public_cases

ABOUT_CASES = {"cases_without_answer"}
"""Gaps that say that there are cases."""


def compose(record: Record, today: date) -> dict[str, Any]:
    """Return the whole content of a report, labels in the report's language."""
    return compose_from(read_record(record, today))


@dataclass(frozen=True)
class Sight:
    """Prepared content as one reader may know of it before publication, and how many values have changed since."""

    content: dict[str, Any]
    digest: str
    changed: int


def prepared_for(reader: User, prepared: Prepared, today: date) -> Sight:
    """Return prepared content as a reader may know of it.

    Who is tied to whom a case concerns finds the section of cases as if there were none but those he may know of, with
    the digest that it would have: from the true one, the content could be guessed. What is published is the whole.
    """
    record = prepared.record
    if not record.cases.exclude(pk__in=record.cases.visible_to(reader).values("pk")).exists():
        return Sight(prepared.data, prepared.digest, len(changed_paths(prepared.data, compose(record, today))))
    mine = compose_from(read_record(record, today, reader))
    gaps = [gap for gap in prepared.data["gaps"].values() if gap["code"] not in ABOUT_CASES]
    gaps += [gap for gap in mine["gaps"].values() if gap["code"] in ABOUT_CASES]
    numbered = {str(number): gap for number, gap in enumerate(gaps, start=1)}
    seen = {**prepared.data, "cases": mine["cases"], "gaps": numbered}
    return Sight(seen, digest(dump(seen)), len(changed_paths(seen, mine)))


def compose_from(read: Reading) -> dict[str, Any]:
    """Return the content of what was read."""
    record, company = read.record, read.record.company
    with translation.override(record.language):
        return pruned(
            {
                "schema": SCHEMA,
                "company": {
                    "name": company.party.name,
                    "ref": company.ref,
                    "country": company.party.country,
                    "sector": company.party.sector,
                    "legal_form": company.legal_form,
                    "contact": company.contact,
                },
                "period": {"start": record.period_start.isoformat(), "end": record.period_end.isoformat()},
                "standard": {"name": gettext(guidance(record).title), "edition": record.standard_edition},
                "gaps": _gaps(read),
                "answers": _answers(read),
                "suppliers": _suppliers(read),
                "risks": _risks(read),
                "actions": _actions(read),
                "cases": _cases(read),
                "laws": _laws(read),
            }
        )


def _answers(read: Reading) -> dict[str, Any]:
    content = {}
    for action in actions_of(read.record):
        answer = read.answers.get(action.code)
        found: dict[str, Any] = {"label": gettext(action.label), **(_answer(answer) if answer else {"state": ""})}
        files = read.evidence.get(action.code, [])
        if answer and files and answer.state != AnswerState.WITHHELD:
            found["evidence"] = {one.file.ref: _evidence(one, one.file) for one in files}
        content[action.code] = found
    return content


def _answer(answer: StepAnswer) -> dict[str, str]:
    found = {
        "state": answer.state,
        "reason": answer.reason,
        "text": answer.text,
        "decision": answer.decision,
        "owner": answer.owner,
        "on": answer.on.isoformat() if answer.on else "",
    }
    if answer.state == AnswerState.WITHHELD:
        return {key: value for key, value in found.items() if key in PUBLIC_WHEN_WITHHELD}
    return found


def _evidence(evidence: AnswerEvidence, file: EvidenceFile) -> dict[str, str]:
    return {
        "title": evidence.title,
        "dated": evidence.dated.isoformat() if evidence.dated else "",
        "checked_by": evidence.checked_by,
        "type": file.extension,
        "sha256": file.sha256,
    }


def _gaps(read: Reading) -> dict[str, Any]:
    warnings = judge(read).warnings
    return {
        str(number): {"code": issue.code, "subject": issue.subject or (str(issue.step) if issue.step else "")}
        for number, issue in enumerate(warnings, start=1)
    }


def _suppliers(read: Reading) -> dict[str, Any]:
    suppliers = read.suppliers
    countries = Counter(supplier.country for supplier in suppliers)
    content: dict[str, Any] = {
        "number": len(suppliers),
        "sites": sum(supplier.site_count for supplier in suppliers),
        "recruiters": read.recruiters,
        "countries": dict(sorted(countries.items(), key=lambda pair: (-pair[1], pair[0]))),
    }
    if read.record.publish_suppliers:
        content["list"] = {
            supplier.ref: {
                "name": supplier.name,
                "country": supplier.country,
                "sector": supplier.sector,
                "tier": str(supplier.tier),
                "sites": supplier.site_count,
            }
            for supplier in suppliers
        }
    return content


def _risks(read: Reading) -> dict[str, Any]:
    """Return the risks in their order; suppliers are never named beside a harm, for the sake of their workers."""
    content: dict[str, Any] = {}
    for one in read.risks:
        if one.judged is None or one.priority is None:
            continue
        content[one.risk.ref] = {
            "title": one.risk.title,
            "rank": one.priority.rank,
            "band": one.priority.band.value,
            "country": one.risk.country,
            "scale": str(one.judged.scale),
            "scope": str(one.judged.scope),
            "irremediability": str(one.judged.irremediability),
            "likelihood": str(one.judged.likelihood),
            "severity": one.priority.severity,
            "involvement": one.judged.involvement,
            "description": one.risk.description,
            "why": one.judged.why,
            "found_on": one.risk.found_on.isoformat(),
        }
    return {"method": METHOD, "list": content}


def _actions(read: Reading) -> dict[str, Any]:
    return {
        one.action.ref: {
            "title": one.action.title,
            "risk": one.action.risk.ref if one.action.risk else "",
            "owner": one.action.owner,
            "due_on": one.action.due_on.isoformat(),
            "state": one.state,
            "indicator": one.action.indicator,
            "note": one.note,
        }
        for one in read.planned
    }


def _cases(read: Reading) -> dict[str, Any]:
    """Return the cases in bands only, and how the company answered; no case, recruiter or site can be told apart."""
    cases = read.cases
    public = public_cases([case.codes for case in cases])
    replies = public_cases([(case.response or "waiting",) for case in cases])
    return {
        "total": _band(public.total),
        "threshold": THRESHOLD,
        "kinds_withheld": public.kinds_withheld,
        "kinds": {kind.code: _band(kind.band) for kind in public.kinds},
        "answers": {kind.code: _band(kind.band) for kind in replies.kinds},
    }


def _band(band: Band) -> str:
    return str(band.low) if band.low == band.high else f"{band.low}–{band.high}"


def _laws(read: Reading) -> dict[str, Any]:
    known: Regimes = standard("regimes")
    states = {code: AnswerState(answer.state) for code, answer in read.answers.items()}
    record, content = read.record, {}
    for deadline in deadline_rules.deadlines(laws_of(record), record.period_end, read.today):
        regime = known.regime(deadline.regime)
        content[regime.code] = {
            "name": gettext(regime.label),
            "due_on": deadline.due_on.isoformat() if deadline.due_on else "",
            "basis": deadline.basis.value if deadline.due_on or deadline.basis == deadline_rules.Basis.ENDED else "",
            "items": {
                item.item_code: deadline_rules.item_status(item.oecd, states).value
                for item in regime.items
                if item.in_force(record.period_end)
            },
        }
    return content


def laws_of(record: Record) -> list[str]:
    """Return the laws that the company reported under on the last day of the period or reports under now."""
    day = min(timezone.localdate(), record.period_end)
    return [law.regime for law in record.company.laws.all() if law.until is None or law.until >= day]
