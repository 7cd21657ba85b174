"""What identifiers and countries say about two subjects, apart from their names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parties.matching.births import compare_births
from parties.matching.subject import Subject

HELD_MORE_THAN_ONCE = frozenset({"phone", "email", "website", "address", "fax", "url", "alias"})
"""Schemes of which one subject may have several: a difference says nothing."""

_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """Say which identifiers agree, which contradict, and whether countries and births agree (None: not known)."""

    agreeing: tuple[tuple[str, str], ...] = ()
    contradicting: tuple[tuple[str, str, str], ...] = ()
    countries_agree: bool | None = None
    births_agree: bool | None = None


def plain_identifier(value: str) -> str:
    """Return an identifier without blanks, signs and leading zeros of its number parts, casefolded."""
    text = _SIGNS.sub(" ", value.casefold()).split()
    return "".join(part.lstrip("0") or "0" if part.isdigit() else part for part in text)


def _by_scheme(subject: Subject) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for scheme, value in subject.identifiers:
        plain = plain_identifier(value)
        if plain and scheme.strip():
            out.setdefault(scheme.strip().casefold(), {})[plain] = value
    return out


def compare_facts(query: Subject, candidate: Subject) -> Facts:
    """Compare identifiers scheme by scheme, and the countries."""
    ours, theirs = _by_scheme(query), _by_scheme(candidate)
    agreeing: list[tuple[str, str]] = []
    contradicting: list[tuple[str, str, str]] = []
    for scheme in sorted(ours.keys() & theirs.keys()):
        shared = ours[scheme].keys() & theirs[scheme].keys()
        if shared:
            agreeing.append((scheme, ours[scheme][min(shared)]))
        elif scheme.split(":")[0].split("/")[0] not in HELD_MORE_THAN_ONCE:
            contradicting.append((scheme, next(iter(ours[scheme].values())), next(iter(theirs[scheme].values()))))
    left, right = query.country.strip().casefold(), candidate.country.strip().casefold()
    agree = None if not left or not right else left == right
    people = query.kind == candidate.kind == "person"
    births = compare_births(query.born, candidate.born) if people else None
    return Facts(tuple(agreeing), tuple(contradicting), agree, births)
