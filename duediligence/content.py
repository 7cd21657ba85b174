"""Shape what is published: one content, from which page, paper, JSON and CSV all take the same values. Pure.

A content is a tree of plain values in reading order. It is written down once, byte for byte, and its digest is the
SHA-256 of exactly those bytes: whoever downloads the JSON can check it without us.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SCHEMA = "safeconduct/due-diligence-report/1"
Scalar = str | int | bool
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Leaf:
    """One value and where it stands: "answers/1.1/text"."""

    path: str
    value: Scalar

    @property
    def text(self) -> str:
        """Return the value as CSV and other plain formats write it."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return str(self.value)


def dump(content: Content) -> str:
    """Return the one text of a content; equal contents give equal bytes."""
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def digest(text: str) -> str:
    """Return the SHA-256 of a content's text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def leaves(content: Content, path: str = "") -> Iterator[Leaf]:
    """Walk a content and return every value in reading order; raises TypeError for what a report cannot hold."""
    for key, value in content.items():
        here = f"{path}/{key}" if path else str(key)
        if isinstance(value, Mapping):
            yield from leaves(value, here)
        elif isinstance(value, str | int):
            yield Leaf(here, value)
        else:
            raise TypeError(f"{here} holds a {type(value).__name__}")


def pruned(content: Content) -> dict[str, Any]:
    """Return the content without empty texts and absent values; zero, false and empty groups stay."""
    kept: dict[str, Any] = {}
    for key, value in content.items():
        if isinstance(value, Mapping):
            kept[str(key)] = pruned(value)
        elif value is not None and value != "":
            kept[str(key)] = value
    return kept


def with_publication(content: Content, report: Content, approval: Content) -> dict[str, Any]:
    """Return the prepared content with who approved it and which version it is, in reading order."""
    rest = {key: value for key, value in content.items() if key != "schema"}
    return pruned({"schema": SCHEMA, "report": report, "approval": approval, **rest})


def changed_paths(before: Content, after: Content) -> tuple[str, ...]:
    """Return where two contents differ, in the reading order of the newer one, then what is gone."""
    old = {leaf.path: leaf.value for leaf in leaves(before)}
    new = {leaf.path: leaf.value for leaf in leaves(after)}
    changed = [path for path, value in new.items() if old.get(path) != value]
    return (*changed, *(path for path in old if path not in new))
