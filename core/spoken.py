"""Know the languages that the product speaks, who reads what, and whether a native speaker has checked them. Pure."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).with_name("languages.yaml")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One language: its names, who finds what in it, and who has checked it."""

    code: str
    name: str
    own_name: str
    right_to_left: bool = False
    public: bool = False
    workspace: bool = False
    source: bool = False
    reviewed_by: str = ""
    reviewed_on: date | None = None

    def __post_init__(self) -> None:
        if bool(self.reviewed_by) != bool(self.reviewed_on):
            raise ValueError(f"{self.code}: say both who has checked the words and on which day, or neither.")

    @property
    def direction(self) -> str:
        """Return how it is written: rtl or ltr."""
        return "rtl" if self.right_to_left else "ltr"

    @property
    def unreviewed(self) -> bool:
        """Say whether it is a translation that no native speaker has checked yet."""
        return not (self.source or self.reviewed_by)


@cache
def spoken() -> dict[str, Spoken]:
    """Return every language by its code, in the order of the choosers; raises ValueError for a code given twice."""
    found: dict[str, Spoken] = {}
    for entry in _read()["languages"]:
        language = Spoken(**entry)
        if language.code in found:
            raise ValueError(f"{language.code} is there twice.")
        found[language.code] = language
    return found


def also_called() -> dict[str, str]:
    """Return other codes that phones send for languages of ours."""
    return {str(other): str(code) for other, code in _read()["also_called"].items()}


@cache
def _read() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return content
