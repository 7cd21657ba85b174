"""Say which signs of forced labour the answers show, and what is still unknown. Pure.

Two rules: the ILO's eleven indicators, and the weighted operational indicators of 2009 with their dimensions, for
adults and for children. Both detect and lead to help; neither decides about a person or a crime. A sign that was not
checked counts neither for nor against: it is listed, with what the result would be if it were found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Signal(StrEnum):
    """What an answer says about a sign."""

    FIRED = "fired"
    CLEAR = "clear"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """The only words a screening may use, the weakest first."""

    NO_INDICATION = "no_indication"
    INDICATION = "indication"
    STRONG_INDICATION = "strong_indication"
    REFER = "refer_for_assessment"

    @property
    def level(self) -> int:
        """Return 0 for no indication up to 3 for refer."""
        return list(Outcome).index(self)


class Person(StrEnum):
    """Which list of strengths applies; a person whose age is doubtful is taken for a child."""

    ADULT = "adult"
    CHILD = "child"


class Strength(StrEnum):
    """How much an operational indicator weighs."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


@dataclass(frozen=True)
class Reading:
    """One answer as the rules see it: the item, what it says, which indicators it speaks to."""

    item: str
    signal: Signal
    answer: str = ""
    eleven: tuple[str, ...] = ()
    operational: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Sign:
    """One indicator with the answers that speak to it."""

    code: str
    fired: tuple[Reading, ...]
    clear: tuple[Reading, ...]
    unknown: tuple[Reading, ...]

    @property
    def signal(self) -> Signal:
        """Return fired if any answer fires it, clear only if answers say so and none is missing."""
        if self.fired:
            return Signal.FIRED
        return Signal.CLEAR if self.clear and not self.unknown else Signal.UNKNOWN


@dataclass(frozen=True)
class Reason:
    """Why a result is what it is: a code, and the codes of what led to it."""

    code: str
    because: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class ElevenRule:
    """How the eleven indicators are read: data, versioned."""

    ruleset: str
    indicators: tuple[str, ...]
    refer_on: frozenset[str]
    strong_at: int


@dataclass(frozen=True)
class ElevenResult:
    """The eleven indicators, the outcome with its reasons, and what it could still become."""

    ruleset: str
    outcome: Outcome
    signs: tuple[Sign, ...]
    reasons: tuple[Reason, ...]
    could_become: Outcome
    unknown: tuple[str, ...]

    @property
    def fired(self) -> tuple[Sign, ...]:
        """Return the signs that fired."""
        return tuple(sign for sign in self.signs if sign.signal == Signal.FIRED)

    @property
    def is_open(self) -> bool:
        """Say whether what is not known could change the outcome."""
        return self.could_become != self.outcome


def eleven(readings: Iterable[Reading], rule: ElevenRule) -> ElevenResult:
    """Judge the answers by the ILO's eleven indicators."""
    known = tuple(readings)
    outcome, reasons = _eleven_outcome(known, rule)
    worst, _ = _eleven_outcome(tuple(_worst(reading) for reading in known), rule)
    return ElevenResult(
        ruleset=rule.ruleset,
        outcome=outcome,
        signs=tuple(_sign(code, [r for r in known if code in r.eleven]) for code in rule.indicators),
        reasons=reasons,
        could_become=worst,
        unknown=_unknown_items(known, rule) if worst != outcome else (),
    )


def _eleven_outcome(readings: tuple[Reading, ...], rule: ElevenRule) -> tuple[Outcome, tuple[Reason, ...]]:
    fired = [reading for reading in readings if reading.signal == Signal.FIRED]
    found = tuple(code for code in rule.indicators if any(code in reading.eleven for reading in fired))
    grave = tuple(dict.fromkeys(reading.item for reading in fired if reading.item in rule.refer_on))
    reasons = []
    if found:
        reasons.append(Reason("eleven_fired", found, len(found)))
    if grave:
        return Outcome.REFER, (Reason("one_is_enough", grave, len(grave)), *reasons)
    if len(found) >= rule.strong_at:
        return Outcome.STRONG_INDICATION, (Reason("several_together", found, rule.strong_at), *reasons)
    return (Outcome.INDICATION if found else Outcome.NO_INDICATION), tuple(reasons or [Reason("none_fired")])


def _unknown_items(readings: tuple[Reading, ...], rule: ElevenRule) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            r.item for r in readings if r.signal == Signal.UNKNOWN and (r.eleven or r.item in rule.refer_on)
        )
    )  # fmt: skip


def _worst(reading: Reading) -> Reading:
    """Return the reading as it would be if an unknown sign were found."""
    if reading.signal != Signal.UNKNOWN:
        return reading
    return Reading(reading.item, Signal.FIRED, reading.answer, reading.eleven, reading.operational, reading.source)


def _sign(code: str, readings: list[Reading]) -> Sign:
    def those(signal: Signal) -> tuple[Reading, ...]:
        return tuple(reading for reading in readings if reading.signal == signal)

    return Sign(code, those(Signal.FIRED), those(Signal.CLEAR), those(Signal.UNKNOWN))


@dataclass(frozen=True)
class Weighted:
    """One operational indicator with its strength in either list; None where the list lacks it."""

    code: str
    dimension: str
    adult: Strength | None
    child: Strength | None

    def strength(self, person: Person) -> Strength | None:
        """Return what it weighs for an adult or a child."""
        return self.adult if person == Person.ADULT else self.child


@dataclass(frozen=True)
class Threshold:
    """Numbers that make a dimension positive when all are reached."""

    strong: int = 0
    medium: int = 0
    weak: int = 0
    medium_or_weak: int = 0

    def reached(self, strong: int, medium: int, weak: int) -> bool:
        """Say whether the counts reach this threshold."""
        return (
            strong >= self.strong
            and medium >= self.medium
            and weak >= self.weak
            and medium + weak >= self.medium_or_weak
        )


@dataclass(frozen=True)
class OperationalRule:
    """How the operational indicators are weighed and combined: data, versioned, by country if need be."""

    ruleset: str
    weights: tuple[Weighted, ...]
    thresholds: tuple[Threshold, ...]
    combinations: Mapping[tuple[bool, bool, bool], str]  # recruitment, exploitation, coercion
    outcomes: Mapping[str, Outcome]
    recruitment: tuple[str, ...]
    exploitation: str
    coercion: str
    substitutes: tuple[str, ...]
    child_needs: tuple[str, ...]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions in order."""
        return tuple(dict.fromkeys(weight.dimension for weight in self.weights))


@dataclass(frozen=True)
class Weight:
    """One indicator of a dimension as weighed."""

    code: str
    strength: Strength
    sign: Sign


@dataclass(frozen=True)
class DimensionResult:
    """One dimension: what was counted, whether it is positive, whether the unknown could make it so."""

    code: str
    strong: int
    medium: int
    weak: int
    positive: bool
    threshold: Threshold | None
    weights: tuple[Weight, ...]
    could_turn: bool

    @property
    def fired(self) -> tuple[Weight, ...]:
        """Return the indicators that fired."""
        return tuple(weight for weight in self.weights if weight.sign.signal == Signal.FIRED)

    @property
    def unknown(self) -> tuple[Weight, ...]:
        """Return the indicators that nobody asked about."""
        return tuple(weight for weight in self.weights if weight.sign.signal == Signal.UNKNOWN)


@dataclass(frozen=True)
class OperationalResult:
    """The six dimensions, what they add up to, and what the unknown could make of it."""

    ruleset: str
    person: Person
    combination: str
    outcome: Outcome
    dimensions: tuple[DimensionResult, ...]
    reasons: tuple[Reason, ...]
    could_become: Outcome

    @property
    def positive(self) -> tuple[str, ...]:
        """Return the codes of the positive dimensions."""
        return tuple(dimension.code for dimension in self.dimensions if dimension.positive)

    @property
    def is_open(self) -> bool:
        """Say whether what is not known could change the outcome."""
        return self.could_become != self.outcome


def operational(readings: Iterable[Reading], rule: OperationalRule, person: Person) -> OperationalResult:
    """Judge the answers about one person by the weighted operational indicators of 2009."""
    known = tuple(readings)
    dimensions = tuple(_dimension(code, known, rule, person) for code in rule.dimensions)
    positive = {dimension.code for dimension in dimensions if dimension.positive}
    possible = positive | {dimension.code for dimension in dimensions if dimension.could_turn}
    combination, outcome, reasons = _combine(positive, rule, person)
    _combination, could_become, _reasons = _combine(possible, rule, person)
    return OperationalResult(rule.ruleset, person, combination, outcome, dimensions, reasons, could_become)


def _dimension(code: str, readings: tuple[Reading, ...], rule: OperationalRule, person: Person) -> DimensionResult:
    weights = []
    for weight in rule.weights:
        strength = weight.strength(person)
        if weight.dimension == code and strength is not None:
            sign = _sign(weight.code, [r for r in readings if weight.code in r.operational])
            weights.append(Weight(weight.code, strength, sign))
    fired = [weight for weight in weights if weight.sign.signal == Signal.FIRED]
    strong, medium, weak = (sum(weight.strength == strength for weight in fired) for strength in Strength)
    threshold = next((each for each in rule.thresholds if each.reached(strong, medium, weak)), None)
    maybe = [weight for weight in weights if weight.sign.signal != Signal.CLEAR]
    most = [sum(weight.strength == strength for weight in maybe) for strength in Strength]
    could = any(each.reached(*most) for each in rule.thresholds)
    return DimensionResult(
        code, strong, medium, weak, threshold is not None, threshold, tuple(weights), threshold is None and could
    )


def _combine(positive: set[str], rule: OperationalRule, person: Person) -> tuple[str, Outcome, tuple[Reason, ...]]:
    reasons = [Reason("dimension_positive", (code,)) for code in rule.dimensions if code in positive]
    if person == Person.CHILD and set(rule.child_needs) <= positive:
        return "child_exploitation", Outcome.REFER, (Reason("child_needs_no_means", rule.child_needs), *reasons)
    recruited = any(code in positive for code in rule.recruitment)
    exploited, coerced = rule.exploitation in positive, rule.coercion in positive
    combination = rule.combinations.get((recruited, exploited, coerced), "single_dimensions")
    if not (recruited or exploited or coerced) and positive:
        combination = "single_dimensions"
    outcome = rule.outcomes[combination]
    substitutes = tuple(code for code in rule.substitutes if code in positive)
    if exploited and not (recruited and coerced) and substitutes:
        reasons.append(Reason("vulnerability_may_stand_in", substitutes))
        outcome = max(outcome, Outcome.STRONG_INDICATION, key=lambda each: each.level)
    return combination, outcome, tuple(reasons or [Reason("no_dimension_positive")])
