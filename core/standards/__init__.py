"""The one front door to what the standards say: `standard("iris")`. See README.md beside this file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, overload

from core.standards.bla import Bla
from core.standards.contract import Contract
from core.standards.disclosure import Disclosure
from core.standards.entries import Basis, Entry, Source, Standard
from core.standards.fees import Fees
from core.standards.forced_labour import ForcedLabour
from core.standards.grievance import Grievance
from core.standards.inspection import Inspection
from core.standards.iris import Iris
from core.standards.licence import Licence
from core.standards.oecd import Oecd
from core.standards.reading import BrokenStandardError, read_standard
from core.standards.referral import Referral
from core.standards.regimes import Regimes
from core.standards.remedy import Remedy
from core.standards.statistics import Statistics
from core.standards.supplychain import SupplyChain
from core.standards.vulnerability import Vulnerability

__all__ = [
    "STANDARDS",
    "Basis",
    "BrokenStandardError",
    "Entry",
    "Source",
    "Standard",
    "choices",
    "edition_on",
    "editions",
    "standard",
]

STANDARDS: dict[str, type[Standard]] = {
    "bla": Bla,
    "contract": Contract,
    "disclosure": Disclosure,
    "fees": Fees,
    "forced_labour": ForcedLabour,
    "grievance": Grievance,
    "inspection": Inspection,
    "iris": Iris,
    "licence": Licence,
    "oecd": Oecd,
    "referral": Referral,
    "regimes": Regimes,
    "remedy": Remedy,
    "statistics": Statistics,
    "supplychain": SupplyChain,
    "vulnerability": Vulnerability,
}

_ROOT = Path(__file__).parent


@overload
def standard(name: Literal["bla"], edition: str | None = None) -> Bla: ...
@overload
def standard(name: Literal["contract"], edition: str | None = None) -> Contract: ...
@overload
def standard(name: Literal["disclosure"], edition: str | None = None) -> Disclosure: ...
@overload
def standard(name: Literal["fees"], edition: str | None = None) -> Fees: ...
@overload
def standard(name: Literal["forced_labour"], edition: str | None = None) -> ForcedLabour: ...
@overload
def standard(name: Literal["grievance"], edition: str | None = None) -> Grievance: ...
@overload
def standard(name: Literal["inspection"], edition: str | None = None) -> Inspection: ...
@overload
def standard(name: Literal["iris"], edition: str | None = None) -> Iris: ...
@overload
def standard(name: Literal["licence"], edition: str | None = None) -> Licence: ...
@overload
def standard(name: Literal["oecd"], edition: str | None = None) -> Oecd: ...
@overload
def standard(name: Literal["referral"], edition: str | None = None) -> Referral: ...
@overload
def standard(name: Literal["regimes"], edition: str | None = None) -> Regimes: ...
@overload
def standard(name: Literal["remedy"], edition: str | None = None) -> Remedy: ...
@overload
def standard(name: Literal["statistics"], edition: str | None = None) -> Statistics: ...
@overload
def standard(name: Literal["supplychain"], edition: str | None = None) -> SupplyChain: ...
@overload
def standard(name: Literal["vulnerability"], edition: str | None = None) -> Vulnerability: ...
@overload
def standard(name: str, edition: str | None = None) -> Standard: ...


def standard(name: str, edition: str | None = None) -> Standard:
    """Return a standard, the newest edition unless one is named.

    Raises KeyError for a name or edition that we do not hold, BrokenStandardError for a file that is broken.
    """
    return _load(name, edition or editions(name)[-1])


@cache
def editions(name: str) -> tuple[str, ...]:
    """Return the editions that we hold, oldest first; raises KeyError for an unknown standard."""
    if name not in STANDARDS:
        raise KeyError(f"no standard {name!r}; there are {', '.join(STANDARDS)}")
    held = [_load(name, path.stem) for path in sorted((_ROOT / name).glob("*.yaml"))]
    return tuple(each.edition for each in sorted(held, key=lambda each: each.effective_from))


def edition_on(name: str, day: date) -> str:
    """Return the edition that was in force on a day; raises KeyError when none was."""
    held = [standard(name, edition) for edition in editions(name)]
    fitting = [
        each for each in held if each.effective_from <= day and (each.effective_to is None or day <= each.effective_to)
    ]
    if not fitting:
        raise KeyError(f"no edition of {name} was in force on {day.isoformat()}")
    return fitting[-1].edition


def choices(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Return (code, label) pairs for a form field or a model field."""
    return [(entry.code, entry.label) for entry in entries]


@cache
def _load(name: str, edition: str) -> Standard:
    if name not in STANDARDS:
        raise KeyError(f"no standard {name!r}; there are {', '.join(STANDARDS)}")
    path = _ROOT / name / f"{edition}.yaml"
    if not path.is_file():
        raise KeyError(f"no edition {edition!r} of {name}")
    return read_standard(STANDARDS[name], path, name=name, edition=edition)
