"""Read the rulesets of the rating from their reviewed files; a broken one stops the load and names its field. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from recruiters.licensing import Status

FOLDER = Path(__file__).parent / "data" / "rulesets"
SEVERITIES = ("minor", "moderate", "serious", "critical")
BANDS = ("critical", "high", "medium", "low")
STATES = ("standing", "disputed", "remedied", "withdrawn")


class BrokenRuleset(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """A ruleset that may not be used; its message names the ruleset and the field."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The least score for some statuses of a licence."""

    rule: str
    least: int
    statuses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ruleset:
    """One version of the rules: points, how facts fade, what is never less, from where a band begins."""

    name: str
    effective_from: date
    basis: str
    summary: str
    points: Mapping[str, int]
    severity_words: Mapping[str, tuple[str, ...]]
    half_life_days: Mapping[str, int]
    lasting: frozenset[str]
    forgotten_after_days: int
    lasting_share: float
    repeat_share: float
    state_share: Mapping[str, float]
    credit_points: int
    credit_lasts_days: int
    credit_lost_by: frozenset[str]
    looks: frozenset[str]
    looks_last_days: int
    bands: Mapping[str, int]
    floors: tuple[Floor, ...]


def _check(raw: Mapping[str, Any]) -> None:
    """Refuse what would break the promises of a rating: adverse facts never help, no share is above one."""
    points = [raw["points"][name] for name in SEVERITIES]
    shares = [*raw["state_share"].values(), raw["lasting_share"], raw["repeat_share"]]
    edges = [raw["bands"][name] for name in BANDS]
    statuses = {status for floor in raw["floors"] for status in floor["statuses"]}
    for wrong, field in (
        (points != sorted(points) or points[0] < 0, "points"),
        (any(not 0 <= share <= 1 for share in shares), "shares"),
        (set(raw["state_share"]) != set(STATES), "state_share"),
        (edges != sorted(edges, reverse=True) or edges[-1] != 0, "bands"),
        (any(days <= 0 for days in raw["half_life_days"].values()), "half_life_days"),
        ("default" not in raw["half_life_days"], "half_life_days"),
        (not statuses <= {str(status) for status in Status}, "floors"),
        (any(not 0 <= floor["least"] <= 100 for floor in raw["floors"]), "floors"),
        (raw["credit_points"] < 0, "credit_points"),
        (not set(raw["credit_lost_by"]) <= set(SEVERITIES), "credit_lost_by"),
    ):
        if wrong:
            raise BrokenRuleset(f"{raw['name']}: {field}")


def read(text: str) -> Ruleset:
    """Return the ruleset of a file's text; raises BrokenRuleset."""
    raw = yaml.safe_load(text)
    missing = [name for name in Ruleset.__dataclass_fields__ if name not in raw]
    if missing or len(raw) != len(Ruleset.__dataclass_fields__):
        raise BrokenRuleset(f"{raw.get('name', '?')}: {', '.join(missing) or 'unknown fields'}")
    _check(raw)
    lists = {name: frozenset(raw[name]) for name in ("lasting", "credit_lost_by", "looks")}
    return Ruleset(
        **{
            **raw,
            **lists,
            "severity_words": {name: tuple(words) for name, words in raw["severity_words"].items()},
            "floors": tuple(Floor(f["rule"], f["least"], frozenset(f["statuses"])) for f in raw["floors"]),
        }
    )


@cache
def rulesets() -> dict[str, Ruleset]:
    """Return every version by its name, the oldest first."""
    found = [read(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]
    return {each.name: each for each in sorted(found, key=lambda each: (each.effective_from, each.name))}


def newest() -> Ruleset:
    """Return the ruleset that ratings are made by today."""
    return list(rulesets().values())[-1]
