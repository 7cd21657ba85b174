"""Say where a version differs from the one before it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from duediligence.content import Content, changed_paths
from duediligence.layout import Section, layout

ENVELOPE = ("report/", "approval/")


@dataclass(frozen=True)
class Change:
    """One section in which values differ: its place on the page, and the labels of what differs there."""

    section: Section
    labels: tuple[str, ...]


def changes(before: Content, after: Content) -> tuple[Change, ...]:
    """Return the sections that differ, in the reading order of the newer version; its number and approval aside."""
    differing = {path for path in changed_paths(before, after) if not path.startswith(ENVELOPE)}
    found = []
    for section in layout(after):
        here = _paths(section)
        gone = [path for path in differing if path not in here and _belongs(path, section)]
        labels = dict.fromkeys([*(label for path, label in here.items() if path in differing), *("gone" for _ in gone)])
        if labels:
            found.append(Change(section, tuple(labels)))
            differing -= set(here) | set(gone)
    return tuple(found)


def _paths(section: Section) -> Mapping[str, str]:
    """Return each value's path in a section with the label it stands under."""
    found = {line.value.path: line.label for line in section.lines}
    if section.title:
        found[section.title.path] = "heading"
    for table in section.tables:
        for row in table.rows:
            for label, cell in zip(table.heads, row, strict=True):
                if cell:
                    found[cell.path] = label
    return found


def _belongs(path: str, section: Section) -> bool:
    """Say whether a value that is gone stood in this section of the earlier version."""
    top = path.split("/")[0]
    if section.code == "answer":
        return path.startswith(f"answers/{section.number}/")
    return section.level == 2 and section.code == top
