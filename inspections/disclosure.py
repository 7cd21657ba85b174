"""Keep from an employer's sight what must stay inside: complaints, references, counts that point at a person. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

THRESHOLD = 5  # smallest number of people that is named

_REFERENCE = re.compile(r"\b(GRV|CAS|CASE|REF|VIS|INT|EVD|SEAL)-?[0-9A-Z]{4}-?[0-9A-Z]{4}-?[0-9A-Z]\b", re.IGNORECASE)
_COMPLAINT = re.compile(
    # "grievance channel" is a thing an employer should have; "a grievance" is somebody's
    r"\b(?!\w+\s+(?:channels?|mechanisms?|procedures?|systems?)\b)"
    r"(complain\w*|grievance\w*|tip[- ]?off\w*|informant\w*|whistle-?blow\w*|hotline|denounc\w*|report(?:ed|s)? by"
    r"|anonymous\w*)\b|شكو[ىا]|شكاو[ىي]|بلاغ|उजुरी|गुनासो",
    re.IGNORECASE,
)
_TRIGGER = re.compile(
    r"\b(because of a call|because (?:someone|a worker|one of)|triggered by|acting on information|following information"
    r"|on the basis of information|as requested by)\b",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:workers?|employees?|people|persons?|men|man|women|woman|nationals?|migrants?|interviewees?|of them"
    r"|عامل\w*|عمال|شخص\w*|कामदार|जना|व्यक्ति)"
)
_WORDS = dict(zip(("one", "a single", "two", "both", "three", "four"), (1, 1, 2, 2, 3, 4), strict=True))
_WORDS |= {"واحد": 1, "एक": 1, "दुई": 2, "तीन": 3, "चार": 4}
_SMALL = re.compile(rf"\b(?P<n>\d{{1,3}}|{'|'.join(_WORDS)})\s+(?:\w+\s+){{0,2}}?{_PEOPLE}", re.IGNORECASE)
_QUOTE = re.compile(r"[\"“”«»„][^\"“”«»„]{12,}[\"“”«»„]")


@dataclass(frozen=True)
class Leak:
    """A passage that an employer must not read, and why."""

    code: str  # reference, complaint, trigger, small_count, quote, forbidden
    passage: str


def leaks(text: str, forbidden: Iterable[str] = ()) -> tuple[Leak, ...]:
    """Return what in a text for the employer would point at a complaint, a person or this visit's cause.

    `forbidden` are words that this very case must not show: sealed references, the names that were sealed.
    """
    found = [Leak("reference", match.group()) for match in _REFERENCE.finditer(text)]
    found += [Leak("complaint", match.group()) for match in _COMPLAINT.finditer(text)]
    found += [Leak("trigger", match.group()) for match in _TRIGGER.finditer(text)]
    found += [Leak("quote", match.group()) for match in _QUOTE.finditer(text)]
    for match in _SMALL.finditer(text):
        spoken = match.group("n").lower()
        number = int(spoken) if spoken.isdigit() else _WORDS[spoken]
        if 0 < number < THRESHOLD:
            found.append(Leak("small_count", match.group()))
    folded = text.casefold()
    found += [Leak("forbidden", word) for word in forbidden if len(word) > 2 and word.casefold() in folded]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Count:
    """A number of people as an employer may read it; `shown` is None where it would point at somebody."""

    shown: int | None

    @property
    def is_hidden(self) -> bool:
        """Say whether the number is withheld."""
        return self.shown is None


def shown_count(number: int) -> Count:
    """Return a number of people, withheld where it is small but not nought."""
    return Count(None if 0 < number < THRESHOLD else number)
