"""Compare what a certificate said on its day with what the register says now. Pure: facts in, a verdict out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

COMPARED = ("name", "number", "authority", "country", "expires_on", "conditions")
"""The facts whose change a reader of the paper must know of; ``expires_on`` only where the term became shorter."""


class Verdict(StrEnum):
    """What a certificate is worth today."""

    HOLDS = "holds"
    CHANGED = "changed"
    NOT_VALID = "not_valid"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict, and which facts are no longer what the paper says."""

    verdict: Verdict
    changed: tuple[str, ...] = ()

    @property
    def reliable(self) -> bool:
        """Tell whether the holder may recruit today, whatever else changed."""
        return self.verdict in (Verdict.HOLDS, Verdict.CHANGED)


def compare(then: Mapping[str, Any], now: Mapping[str, Any] | None, *, valid: bool) -> Comparison:
    """Return what a certificate's facts are worth beside the register's of today; None is what it no longer shows."""
    if now is None:
        return Comparison(Verdict.NOT_SHOWN)
    changed = tuple(name for name in COMPARED if _differs(name, then, now))
    if not valid:
        return Comparison(Verdict.NOT_VALID, changed)
    return Comparison(Verdict.CHANGED if changed else Verdict.HOLDS, changed)


def _differs(name: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    before, after = then.get(name) or "", now.get(name) or ""
    if name == "expires_on" and after:
        return not before or str(after) < str(before)
    return bool(before != after)
