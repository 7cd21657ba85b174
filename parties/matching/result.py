"""What the matcher answers: a score, a verdict, and named features with reasons a clerk can read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

ALERT = 0.70
"""At or above this score a pair is shown to a person. It means the same for people and organisations."""
CERTAIN = 0.85
"""At or above this score, with nothing against it, the pair is called a match."""


class Verdict(StrEnum):
    """Name what a score and the facts together mean."""

    CLEAR = "clear"
    POSSIBLE = "possible"
    MATCH = "match"
    CONTRADICTED = "contradicted"
    RENAMED = "renamed"
    NOT_SCREENED = "not_screened"


@dataclass(frozen=True, slots=True)
class Feature:
    """Say one thing that counted.

    ``value`` is 0 to 1, ``weight`` is what it added to (or took from) the score on the log-odds scale. ``template`` is
    a sentence with named places, to be translated; ``facts`` fill it.
    """

    name: str
    value: float
    weight: float
    template: str
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Return the sentence in English."""
        return self.template % self.facts


@dataclass(frozen=True, slots=True)
class Match:
    """Answer one comparison: ``score`` 0 to 1, ``verdict``, the features behind it, and the strings compared."""

    score: float
    verdict: Verdict
    features: tuple[Feature, ...] = ()
    query_name: str = ""
    candidate_name: str = ""
    algorithm: str = ""

    @property
    def alert(self) -> bool:
        """Tell whether a person has to look at this pair."""
        return self.verdict not in (Verdict.CLEAR, Verdict.NOT_SCREENED)

    @property
    def elsewhere(self) -> bool:
        """Tell whether the two are of different countries."""
        return any(feature.name == "country_differs" for feature in self.features)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the sentences of all features in English, strongest first."""
        return tuple(feature.reason for feature in self.features)
