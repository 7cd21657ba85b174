"""Hold a checklist version as it was published: sections, items, their wording in each language. Pure."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

FALLBACK = "en"
CODE = re.compile(r"^[A-Z][A-Z0-9]{1,5}[-.][0-9]{2,3}$")
ADVERSE = re.compile(r"^(yes|no|>-?\d+|)$")


class Kind(StrEnum):
    """What an answer to an item looks like."""

    YES_NO_NA = "yes_no_na"
    COUNT = "count"
    MONEY = "money"
    SELECT_MANY = "select_many"
    TEXT = "text"
    DATE = "date"


class Severity(StrEnum):
    """How grave an adverse answer is, the gravest first."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    OBSERVATION = "observation"

    @property
    def rank(self) -> int:
        """Return 3 for the gravest, 0 for an observation."""
        return 3 - list(Severity).index(self)


@dataclass(frozen=True)
class Wording:
    """The same words in several languages."""

    texts: tuple[tuple[str, str], ...]

    def read(self, language: str) -> str:
        """Return the words in a language, in its base language, or in English."""
        known = dict(self.texts)
        return known.get(language) or known.get(language.split("-")[0]) or known[FALLBACK]

    def speaks(self, language: str) -> bool:
        """Say whether the words exist in this very language."""
        return bool(dict(self.texts).get(language))


@dataclass(frozen=True)
class Choice:
    """One option of an item of which several may be ticked."""

    code: str
    label: Wording


@dataclass(frozen=True)
class Item:
    """One question under a code that never changes its meaning."""

    code: str
    kind: Kind
    text: Wording
    severity: Severity = Severity.OBSERVATION
    adverse: str = ""
    indicators: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    basis: str = ""

    @property
    def field(self) -> str:
        """Return a name that a form field may have."""
        return self.code.replace("-", "_").replace(".", "_").lower()


@dataclass(frozen=True)
class Section:
    """Items that are answered together."""

    code: str
    title: Wording
    items: tuple[Item, ...]
    applies_if: Wording | None = None


@dataclass(frozen=True)
class Questionnaire:
    """A whole checklist version."""

    code: str
    title: Wording
    edition: str
    sections: tuple[Section, ...]
    source: str = ""

    def items(self) -> Iterator[Item]:
        """Walk all items in order."""
        for section in self.sections:
            yield from section.items

    def item(self, code: str) -> Item:
        """Return an item; raises KeyError."""
        for item in self.items():
            if item.code == code:
                return item
        raise KeyError(code)

    def section(self, code: str) -> Section:
        """Return a section; raises KeyError."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)

    def section_of(self, item_code: str) -> Section:
        """Return the section that holds an item; raises KeyError."""
        for section in self.sections:
            if any(item.code == item_code for item in section.items):
                return section
        raise KeyError(item_code)

    def languages(self) -> tuple[str, ...]:
        """Return the languages in which every question is worded."""
        known = [{language for language, text in item.text.texts if text} for item in self.items()]
        return tuple(sorted(set.intersection(*known))) if known else ()


def to_data(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return plain data from which `from_data` builds an equal questionnaire."""
    return {
        "code": questionnaire.code,
        "title": dict(questionnaire.title.texts),
        "edition": questionnaire.edition,
        "source": questionnaire.source,
        "sections": [
            {
                "code": section.code,
                "title": dict(section.title.texts),
                "applies_if": dict(section.applies_if.texts) if section.applies_if else None,
                "items": [_item_to_data(item) for item in section.items],
            }
            for section in questionnaire.sections
        ],
    }


def _item_to_data(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "kind": item.kind.value,
        "text": dict(item.text.texts),
        "severity": item.severity.value,
        "adverse": item.adverse,
        "indicators": list(item.indicators),
        "legal": list(item.legal),
        "replaces": list(item.replaces),
        "choices": [{"code": choice.code, "label": dict(choice.label.texts)} for choice in item.choices],
        "basis": item.basis,
    }


def from_data(data: Mapping[str, Any]) -> Questionnaire:
    """Build a questionnaire from plain data; raises KeyError or ValueError where something is missing or unknown."""
    return Questionnaire(
        code=str(data["code"]),
        title=wording(data["title"]),
        edition=str(data["edition"]),
        source=str(data.get("source", "")),
        sections=tuple(
            Section(
                code=str(section["code"]),
                title=wording(section["title"]),
                applies_if=wording(section["applies_if"]) if section.get("applies_if") else None,
                items=tuple(_item_from_data(item) for item in section["items"]),
            )
            for section in data["sections"]
        ),
    )


def _item_from_data(data: Mapping[str, Any]) -> Item:
    return Item(
        code=str(data["code"]),
        kind=Kind(data["kind"]),
        text=wording(data["text"]),
        severity=Severity(data.get("severity", "observation")),
        adverse=str(data.get("adverse") or ""),
        indicators=tuple(data.get("indicators", ())),
        legal=tuple(data.get("legal", ())),
        replaces=tuple(data.get("replaces", ())),
        choices=tuple(Choice(str(c["code"]), wording(c["label"])) for c in data.get("choices", ())),
        basis=str(data.get("basis", "")),
    )


def wording(texts: Mapping[str, str] | str) -> Wording:
    """Return a Wording from a text in English or from texts by language."""
    known = {FALLBACK: texts} if isinstance(texts, str) else dict(texts)
    return Wording(tuple(sorted((language, text) for language, text in known.items() if text)))


def canonical(questionnaire: Questionnaire) -> str:
    """Return the one text that stands for a questionnaire: equal content, equal text."""
    return json.dumps(to_data(questionnaire), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 of the canonical text, 64 hexadecimal characters."""
    return hashlib.sha256(canonical(questionnaire).encode()).hexdigest()
