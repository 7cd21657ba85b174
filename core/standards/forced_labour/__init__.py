"""The ILO's eleven forced-labour indicators and the weighted operational indicators of trafficking of 2009."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from core.standards.entries import Entry, Standard, pick


class Strength(StrEnum):
    """How much one operational indicator weighs."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


@dataclass(frozen=True, kw_only=True)
class Indicator(Entry):
    """One of the eleven indicators, with signs to look for and questions to ask."""

    signs: tuple[str, ...]
    ask: tuple[str, ...]
    severity: int
    dimensions: tuple[str, ...]
    handling: str = ""
    nuance: str = ""


@dataclass(frozen=True, kw_only=True)
class OperationalIndicator(Entry):
    """One weighted indicator; a person group whose list lacks it has no strength."""

    adult: Strength | None
    child: Strength | None
    indicators: tuple[str, ...]
    disputed: str = ""

    @property
    def dimension(self) -> str:
        """Return the code of the dimension that it counts in."""
        return self.code.split(".")[0]

    def strength(self, person: Literal["adult", "child"]) -> Strength | None:
        """Return how much it weighs for an adult or a child."""
        return self.adult if person == "adult" else self.child


@dataclass(frozen=True, kw_only=True)
class Dimension(Entry):
    """One of the six dimensions, judged on its own."""

    phase: Literal["recruitment", "destination"]
    indicators: tuple[OperationalIndicator, ...]


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """Minimum numbers of indicators, all of which must be reached."""

    strong: int = 0
    medium: int = 0
    weak: int = 0
    medium_or_weak: int = 0


@dataclass(frozen=True, kw_only=True)
class DimensionRule(Entry):
    """When a dimension is positive: any one threshold reached."""

    positive_if_any: tuple[Threshold, ...]


@dataclass(frozen=True, kw_only=True)
class Combination(Entry):
    """What the judged dimensions add up to. `code` is the result."""

    recruitment: bool
    exploitation: bool
    coercion: bool


@dataclass(frozen=True, kw_only=True)
class QuestionGroup(Entry):
    """A group of the structured yes/no items."""

    items: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class ForcedLabour(Standard):
    """Both sets, their rules, and the words that a screening may use."""

    indicators: tuple[Indicator, ...]
    dimensions: tuple[Dimension, ...]
    dimension_rule: DimensionRule
    combinations: tuple[Combination, ...]
    combination_caution: Entry
    recruitment_dimensions: tuple[str, ...]
    exploitation_dimension: str
    coercion_dimension: str
    means_substitutes: tuple[str, ...]
    child_needs: tuple[str, ...]
    child_rules: tuple[Entry, ...]
    escalate_on: tuple[str, ...]
    questions: tuple[QuestionGroup, ...]
    definition: tuple[Entry, ...]
    not_forced_labour: tuple[Entry, ...]
    allowed_words: tuple[Entry, ...]
    banned_words: tuple[str, ...]
    rules: tuple[Entry, ...]

    @property
    def operational(self) -> tuple[OperationalIndicator, ...]:
        """Return every weighted indicator in order."""
        return tuple(each for dimension in self.dimensions for each in dimension.indicators)

    def indicator(self, code: str) -> Indicator:
        """Return one of the eleven; raises KeyError."""
        return pick(self.indicators, code)

    def dimension(self, code: str) -> Dimension:
        """Return one of the six dimensions; raises KeyError."""
        return pick(self.dimensions, code)
