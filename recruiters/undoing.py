"""Judge whether what a load did to one recruiter can still be taken back. Pure: facts in, obstacles out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Code = Literal["edited", "decided", "later_load", "certificate", "signs_in", "acts"]


@dataclass(frozen=True, slots=True)
class Since:
    """What happened to a recruiter since a load touched it.

    ``left`` and ``now`` are the plain values as the load left them and as they are; ``acts`` counts, by what it is
    called, what people have since entered that rests on a row of the load.
    """

    left: Mapping[str, str]
    now: Mapping[str, str]
    decisions: int = 0
    certificates: int = 0
    later_loads: tuple[str, ...] = ()
    signs_in: bool = False
    acts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why it must stay: a code, and what or how many."""

    code: Code
    detail: str = ""
    count: int = 0


def obstacles(since: Since) -> tuple[Obstacle, ...]:
    """Return what stands in the way of taking a change back; nothing if nobody has built on it."""
    found: list[Obstacle] = []
    edited = sorted(name for name, value in since.left.items() if since.now.get(name, value) != value)
    if edited:
        found.append(Obstacle("edited", ", ".join(edited), len(edited)))
    if since.decisions:
        found.append(Obstacle("decided", count=since.decisions))
    found += [Obstacle("later_load", ref) for ref in since.later_loads]
    if since.certificates:
        found.append(Obstacle("certificate", count=since.certificates))
    if since.signs_in:
        found.append(Obstacle("signs_in"))
    found += [Obstacle("acts", name, count) for name, count in since.acts if count]
    return tuple(found)
