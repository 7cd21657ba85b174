"""Assemble the internal report of a visit as plain data, for the page and for the PDF alike."""

from typing import Any

from django.utils.translation import get_language

from checklists.answers import is_adverse, progress
from checklists.questions import FALLBACK, Section
from checklists.words import SEVERITY_TONES, SEVERITY_WORDS, answer_words
from inspections.addresses import address_of
from inspections.models import Visit
from inspections.models.visits import State
from inspections.screening import screen
from inspections.services.reports import OpenedReport
from inspections.words import OUTCOME_TONES, OUTCOMES, combination_words, indicator_words, reason_words


def report_of(visit: Visit, opened: OpenedReport) -> dict[str, Any]:
    """Return everything that the internal report says. Why the visit was made is not part of it: that stays sealed."""
    language = get_language() or FALLBACK
    found = screen(visit)
    standing = opened.standing
    moments = {row.state: row.at for row in visit.history}
    return {
        "ref": visit.ref,
        "employer": visit.party.name,
        "site": visit.site.name,
        "address": address_of(visit.site),
        "office": visit.account.name,
        "planned_for": visit.planned_for,
        "announced": visit.announced,
        "started": moments.get(State.UNDER_WAY),
        "closed": moments.get(State.CLOSED),
        "state": visit.standing.label,
        "team": [member.inspector.display_name or member.inspector.username for member in visit.team],
        "supervisor": visit.supervisor.display_name or visit.supervisor.username,
        "presences": [(presence.get_agency_display(), presence.led) for presence in visit.presences.all()],
        "checklist": f"{visit.version.questionnaire.title.read(language)} {visit.version.number}",
        "digest": visit.version.digest,
        "interviews": visit.interviews.count(),
        "exhibits": [
            (row.file.ref, row.file.extension, row.item_code, row.file.sha256)
            for row in visit.exhibits.select_related("file")
        ],
        "outcome": OUTCOMES[found.outcome],
        "tone": OUTCOME_TONES[found.outcome],
        "could": OUTCOMES[found.could_become] if found.could_become != found.outcome else "",
        "ruleset": f"{found.eleven.ruleset}, {found.workplace.ruleset}",
        "combination": combination_words(found.workplace.combination),
        "reasons": [reason_words(reason) for reason in found.eleven.reasons],
        "signs": [
            (sign.code, indicator_words(sign.code), ", ".join(sorted({reading.item for reading in sign.fired})))
            for sign in found.eleven.fired
        ],
        "findings": _findings(visit),
        "sections": [_section(section, opened, language) for section in visit.version.questionnaire.sections],
        "has_words": opened.has_words,
        "referrals": visit.referrals.count() if opened.has_words else None,
        "unchecked": sum(
            part.total - part.answered
            for part in (progress(s.items, standing.answers) for s in visit.version.questionnaire.sections)
        ),
    }


def _findings(visit: Visit) -> list[dict[str, Any]]:
    rows = visit.findings.standing()
    return [
        {
            "ref": finding.ref,
            "severity": finding.get_severity_display(),
            "tone": SEVERITY_TONES[finding.severity],
            "item": finding.item_code,
            "statement": finding.statement,
            "legal": finding.legal_basis,
            "actions": [(action.ref, action.what, action.due, action.stands.label) for action in finding.actions.all()],
        }
        for finding in rows.prefetch_related("actions__steps", "actions__extensions")
    ]


def _section(section: Section, opened: OpenedReport, language: str) -> dict[str, Any]:
    done = progress(section.items, opened.standing.answers)
    words = opened.words.get(section.code)
    rows = []
    for item in section.items:
        answer = opened.standing.answer(item.code)
        text = words.texts.get(item.code, "") if words else ""
        rows.append(
            {
                "code": item.code,
                "text": item.text.read(language),
                "answer": answer_words(item, answer, text),
                "comment": words.comments.get(item.code, "") if words else "",
                "adverse": item.severity.value if _is_adverse(section, item.code, opened) else "",
                "severity": SEVERITY_WORDS[item.severity],
                "tone": SEVERITY_TONES[item.severity],
            }
        )
    return {
        "code": section.code,
        "title": section.title.read(language),
        "answered": done.answered,
        "total": done.total,
        "rows": rows,
        "note": words.note if words else "",
    }


def _is_adverse(section: Section, code: str, opened: OpenedReport) -> bool:
    item = next(each for each in section.items if each.code == code)
    return bool(is_adverse(item, opened.standing.answer(code)))
