"""Put a risk's place and its reasons into words for a page."""

from dataclasses import dataclass

from duediligence.countrynames import country_label
from duediligence.gathering import RankedRisk
from duediligence.models import PlannedAction, Risk
from duediligence.wording import BAND_TONES, BANDS, INVOLVEMENT, LIKELIHOOD, REASONS, RESPONSES, say


@dataclass(frozen=True)
class PlacedRisk:
    """A risk with its place, in words."""

    risk: Risk
    judged: bool
    rank: int
    band: str
    tone: str
    severity: int
    likelihood: int
    likely: str
    part: str
    country: str
    reasons: tuple[str, ...]
    owed: tuple[str, ...]
    actions: tuple[PlannedAction, ...]


def put_into_words(one: RankedRisk) -> PlacedRisk:
    """Return a ranked risk in the active language."""
    place, judged = one.priority, one.judged
    return PlacedRisk(
        risk=one.risk,
        judged=place is not None,
        rank=place.rank if place else 0,
        band=say(BANDS, place.band.value) if place else "",
        tone=BAND_TONES[place.band.value] if place else "",
        severity=place.severity if place else 0,
        likelihood=place.likelihood if place else 0,
        likely=say(LIKELIHOOD, str(place.likelihood)) if place else "",
        part=say(INVOLVEMENT, judged.involvement) if judged else "",
        country=country_label(one.risk.country),
        reasons=tuple(say(REASONS, reason.code) % {"rung": reason.rung} for reason in place.reasons) if place else (),
        owed=tuple(say(RESPONSES, response) for response in place.responses) if place else (),
        actions=one.actions,
    )


@dataclass(frozen=True)
class GridRow:
    """One severity of the grid: how many risks at each likelihood, 0 to 4."""

    severity: int
    cells: tuple[int, ...]

    @property
    def heat(self) -> str:
        """Return the row's colour: it follows severity alone, as the order does."""
        return {4: "hot", 3: "warm", 2: "cool"}.get(self.severity, "")


def grid(ranked: tuple[RankedRisk, ...]) -> tuple[GridRow, ...]:
    """Count risks by severity (4 first) and likelihood (0 first)."""
    places = [one.priority for one in ranked if one.priority]
    return tuple(
        GridRow(
            severity,
            tuple(
                sum((one.severity, one.likelihood) == (severity, likelihood) for one in places)
                for likelihood in range(5)
            ),
        )
        for severity in range(4, -1, -1)
    )
