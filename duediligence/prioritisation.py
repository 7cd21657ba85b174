"""Put a company's risks in the order in which people are worst off, with reasons. Pure.

Rules (OECD due diligence guidance, UN Guiding Principles): severity comes before likelihood, its three factors are
never averaged, a harm whose remedy is slipping away goes first among equals, and neither leverage nor tier nor the
company's involvement nor its legal exposure has a say in the order. Involvement decides what response is owed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

METHOD = "severity-first/1"
TOP, SEVERE, SERIOUS = 4, 3, 2


class Involvement(StrEnum):
    """How the company has to do with the harm."""

    CAUSED = "caused"
    CONTRIBUTED = "contributed"
    LINKED = "linked"


class Band(StrEnum):
    """When to act; the bands follow severity alone, so that no likely trifle overtakes a grave harm."""

    FIRST = "first"
    NEXT = "next"
    PLAN = "plan"
    WATCH = "watch"


RESPONSES: dict[Involvement, tuple[str, ...]] = {
    Involvement.CAUSED: ("cease", "prevent_recurrence", "remedy"),
    Involvement.CONTRIBUTED: ("cease_contribution", "use_leverage", "remedy_share"),
    Involvement.LINKED: ("use_leverage", "may_help_remedy", "consider_exit"),
}


@dataclass(frozen=True)
class Assessment:
    """A risk as it was judged: every ladder runs from 0 to 4."""

    ref: str
    scale: int
    scope: int
    irremediability: int
    likelihood: int
    involvement: Involvement

    def __post_init__(self) -> None:
        """Refuse a rung that the ladders do not have."""
        for name in ("scale", "scope", "irremediability", "likelihood"):
            if not 0 <= getattr(self, name) <= TOP:
                raise ValueError(f"{name} runs from 0 to {TOP}")

    @property
    def severity(self) -> int:
        """Return the highest of the three factors; nothing is severe where no harm is done (scale 0)."""
        return max(self.scale, self.scope, self.irremediability) if self.scale else 0


@dataclass(frozen=True)
class Reason:
    """Why a risk stands where it stands: a code that is put into words for the reader, and the rung it rests on."""

    code: str
    rung: int = 0


@dataclass(frozen=True)
class Priority:
    """A risk's place, and why."""

    ref: str
    rank: int
    band: Band
    severity: int
    likelihood: int
    reasons: tuple[Reason, ...]
    responses: tuple[str, ...]


def prioritise(assessments: Iterable[Assessment]) -> tuple[Priority, ...]:
    """Rank risks, first to act on first; risks that nothing tells apart share a rank."""
    ordered = sorted(assessments, key=lambda one: (_order(one), one.ref))
    placed: list[Priority] = []
    previous: tuple[int, ...] | None = None
    for place, one in enumerate(ordered, start=1):
        order = _order(one)
        rank = placed[-1].rank if order == previous else place
        placed.append(_priority(one, rank))
        previous = order
    return tuple(placed)


def _order(one: Assessment) -> tuple[int, ...]:
    factors = sorted((one.scale, one.scope, one.irremediability), reverse=True)
    slipping_away = one.irremediability == TOP and one.scale > 0
    return (-one.severity, -int(slipping_away), -one.likelihood, -factors[1], -factors[2])


def _priority(one: Assessment, rank: int) -> Priority:
    return Priority(
        ref=one.ref,
        rank=rank,
        band=band_of(one.severity),
        severity=one.severity,
        likelihood=one.likelihood,
        reasons=_reasons(one),
        responses=RESPONSES[one.involvement],
    )


def band_of(severity: int) -> Band:
    """Return when to act on a harm of this severity."""
    if severity >= TOP:
        return Band.FIRST
    if severity >= SEVERE:
        return Band.NEXT
    return Band.PLAN if severity >= SERIOUS else Band.WATCH


def _reasons(one: Assessment) -> tuple[Reason, ...]:
    if not one.scale:
        return (Reason("no_harm"),)
    reasons = [
        Reason(f"severe_by_{name}", rung)
        for name, rung in (("scale", one.scale), ("scope", one.scope), ("irremediability", one.irremediability))
        if rung == one.severity
    ]
    if one.irremediability == TOP:
        reasons.append(Reason("remedy_slipping_away"))
    reasons.append(Reason("already_happening" if one.likelihood == TOP else "likelihood_second", one.likelihood))
    reasons.append(Reason(f"owed_{one.involvement.value}"))
    return tuple(reasons)
