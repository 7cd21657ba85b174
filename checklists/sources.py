"""Build the checklists that ship with the product: questions from the standards, wordings by language beside them."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from checklists.questions import FALLBACK, Item, Kind, Questionnaire, Section, Severity, Wording, wording
from core.standards import standard
from core.standards.entries import Entry

WORDING = Path(__file__).parent / "wording"
LABOUR = "labour-inspection"
RECRUITER = "recruiter-inspection"
INTERVIEW = "worker-interview"
CLOSING = "closing-meeting"


@lru_cache(maxsize=8)
def _words(name: str) -> dict[str, dict[str, Any]]:
    """Return the wording files of a checklist by language: a new language is a new file."""
    found = {}
    for path in sorted((WORDING / name).glob("*.yaml")):
        found[path.stem] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _wording(name: str, group: str, code: str, english: str) -> Wording:
    texts = {FALLBACK: english}
    for language, words in _words(name).items():
        text = words.get(group, {}).get(code)
        if text:
            texts[language] = text
    return wording(texts)


def _adverse(rule: object, limits: dict[str, int], code: str) -> str:
    text = "" if rule is None else str(rule)
    if text == "national_limit":
        return f">{limits[code]}" if code in limits else ""
    return text


def labour_inspection(limits: dict[str, int] | None = None) -> Questionnaire:
    """Return the labour-inspection checklist; `limits` gives national limits, by item code, that counts are held to."""
    source = standard("inspection")
    return Questionnaire(
        code=LABOUR,
        title=_wording(LABOUR, "titles", "title", "Labour inspection for migrant workers"),
        edition=str(source.edition),
        source=f"inspection/{source.edition}",
        sections=tuple(
            Section(
                code=str(section.code),
                title=_wording(LABOUR, "sections", str(section.code), str(section.label)),
                applies_if=_wording(LABOUR, "applies_if", str(section.code), str(section.applies_if))
                if section.applies_if
                else None,
                items=tuple(
                    Item(
                        code=str(question.code),
                        kind=Kind(str(question.type)),
                        text=_wording(LABOUR, "questions", str(question.code), str(question.label)),
                        severity=Severity(str(question.severity)),
                        adverse=_adverse(question.adverse, limits or {}, str(question.code)),
                        indicators=tuple(str(code) for code in question.fl),
                        legal=tuple(str(place) for place in question.legal),
                        replaces=tuple(str(code) for code in question.replaces),
                        basis=str(question.basis),
                    )
                    for question in section.questions
                ),
            )
            for section in source.sections
        ),
    )


def worker_interview() -> Questionnaire:
    """Return the interview sheet: the operational indicators of 2009 as questions, one section per dimension."""
    source = standard("forced_labour")
    return Questionnaire(
        code=INTERVIEW,
        title=_wording(INTERVIEW, "titles", "title", "Private interview with a worker"),
        edition=str(source.edition),
        source=f"forced_labour/{source.edition}",
        sections=tuple(
            Section(
                code=str(dimension.code),
                title=_wording(INTERVIEW, "sections", str(dimension.code), str(dimension.label)),
                items=tuple(
                    Item(
                        code=str(indicator.code),
                        kind=Kind.YES_NO_NA,
                        text=_wording(INTERVIEW, "questions", str(indicator.code), str(indicator.label)),
                        severity=Severity.CRITICAL if str(indicator.adult) == "strong" else Severity.MAJOR,
                        adverse="yes",
                        indicators=tuple(str(code) for code in indicator.indicators),
                        basis=str(indicator.basis),
                    )
                    for indicator in dimension.indicators
                ),
            )
            for dimension in source.dimensions
        ),
    )


def _plain(
    name: str,
    title: str,
    section: tuple[str, str],
    entries: Iterable[Entry],
    severity: Severity,
    adverse_if_yes: frozenset[str] = frozenset(),
) -> Questionnaire:
    """Return a checklist of one section whose items are plain entries of the inspection standard; "no" is adverse.

    Their numbers follow the standard's order, which only grows at its end.
    """
    source = standard("inspection")
    code, heading = section
    return Questionnaire(
        code=name,
        title=_wording(name, "titles", "title", title),
        edition=str(source.edition),
        source=f"inspection/{source.edition}",
        sections=(
            Section(
                code=code,
                title=_wording(name, "sections", code, heading),
                items=tuple(
                    Item(
                        code=f"{code}-{number:02d}",
                        kind=Kind.YES_NO_NA,
                        text=_wording(name, "questions", f"{code}-{number:02d}", str(entry.label)),
                        severity=severity,
                        adverse="yes" if str(entry.code) in adverse_if_yes else "no",
                        basis=str(entry.basis),
                    )
                    for number, entry in enumerate(entries, start=1)
                ),
            ),
        ),
    )


def recruiter_inspection() -> Questionnaire:
    """Return the checklist for a recruiter's own office, from the standard's list of what to look at there."""
    entries = standard("inspection").recruiter_questions
    return _plain(
        RECRUITER,
        "Inspection of a recruiter's office",
        ("RCV", "Licence, money and files"),
        entries,
        Severity.MAJOR,
        frozenset({"RV-6", "RV-12"}),
    )


def closing_meeting() -> Questionnaire:
    """Return the list of the closing meeting; each "no" needs its reason."""
    entries = standard("inspection").closing_checklist
    return _plain(CLOSING, "Closing meeting", ("CLO", "Before you leave"), entries, Severity.OBSERVATION)


SHIPPED = {
    LABOUR: labour_inspection,
    RECRUITER: recruiter_inspection,
    INTERVIEW: worker_interview,
    CLOSING: closing_meeting,
}
