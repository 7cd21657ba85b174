"""Read the words that the public site is first set up with."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class PlannedPage:
    """One page of the tree: its kind, where it stands and what it carries in every language."""

    key: str
    kind: str
    under: str = "home"
    in_menu: bool = False
    pictogram: str = ""
    audience: str = ""
    day: dt.date | None = None


def planned_pages(*, with_demo: bool) -> list[PlannedPage]:
    """Return the tree, parents before children; the made-up news only for a demonstration."""
    plan = _read("site")
    pages = [PlannedPage(**entry) for entry in plan["pages"]]
    if with_demo:
        pages += [PlannedPage(kind="news", under="news", **entry) for entry in plan["demo_news"]]
    return pages


def words(language: str) -> dict[str, dict[str, Any]]:
    """Return a language's words by page; raises FileNotFoundError for a language without a file."""
    return _read(language)


def languages() -> list[str]:
    """Return the languages that have a file of words."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "site")


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found
