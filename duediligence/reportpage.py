"""Prepare a content's layout for a template: every value shown, with its path and language beside it."""

from dataclasses import dataclass

from duediligence.changes import changes
from duediligence.content import Content
from duediligence.display import Reader
from duediligence.labels import LINES, NOTES, SECTIONS
from duediligence.layout import Section, Table, Value, layout
from duediligence.wording import STATE_TONES, say


@dataclass(frozen=True)
class ShownValue:
    """A value as a reader sees it."""

    path: str
    text: str
    kind: str
    machine: str
    language: str
    tone: str


@dataclass(frozen=True)
class ShownLine:
    """A value under its label."""

    label: str
    value: ShownValue


@dataclass(frozen=True)
class ShownCell:
    """A cell with its column's label, for narrow screens; a missing value is None."""

    label: str
    value: ShownValue | None


@dataclass(frozen=True)
class ShownTable:
    """A table with its caption."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[ShownCell, ...], ...]


@dataclass(frozen=True)
class ShownSection:
    """A section with its heading; the title is a value of the content or words of ours."""

    id: str
    level: int
    number: str
    title: ShownValue | None
    words: str
    note: str
    lines: tuple[ShownLine, ...]
    tables: tuple[ShownTable, ...]


def sections_for(content: Content, report_language: str) -> list[ShownSection]:
    """Return the report's sections in the active language."""
    reader = Reader(report_language)
    return [_section(section, reader) for section in layout(content)]


@dataclass(frozen=True)
class ShownChange:
    """Where a version differs from the one before, and in what."""

    anchor: str
    title: str
    labels: str


def changes_for(before: Content, after: Content, report_language: str) -> list[ShownChange]:
    """Return what changed between two versions in the active language."""
    reader = Reader(report_language)
    return [
        ShownChange(
            anchor=anchor_of(change.section),
            title=f"{change.section.number} {reader.show(change.section.title)}".strip()
            if change.section.title
            else say(SECTIONS, change.section.code),
            labels=", ".join(say(LINES, label) for label in change.labels),
        )
        for change in changes(before, after)
    ]


def anchor_of(section: Section) -> str:
    """Return a section's name within its page."""
    return f"{section.code}-{section.number}".rstrip("-").replace(".", "-")


def _section(section: Section, reader: Reader) -> ShownSection:
    return ShownSection(
        id=anchor_of(section),
        level=section.level,
        number=section.number if section.title else "",
        title=_value(section.title, reader) if section.title else None,
        words="" if section.title else say(SECTIONS, section.code),
        note=say(NOTES, section.note) if section.note else "",
        lines=tuple(ShownLine(say(LINES, line.label), _value(line.value, reader)) for line in section.lines),
        tables=tuple(_table(table, reader) for table in section.tables),
    )


def _table(table: Table, reader: Reader) -> ShownTable:
    heads = (say(LINES, table.key_head), *(say(LINES, head) for head in table.heads))
    return ShownTable(
        caption=say(LINES, table.name),
        heads=heads,
        rows=tuple(
            tuple(
                ShownCell(head, _value(cell, reader) if cell else None)
                for head, cell in zip(heads, (key, *row), strict=True)
            )
            for key, row in zip(table.keys, table.rows, strict=True)
        ),
    )


def _value(value: Value, reader: Reader) -> ShownValue:
    tone = STATE_TONES.get(str(value.raw), "") if value.words == "STATE_LABELS" else ""
    return ShownValue(
        path=value.path,
        text=reader.show(value),
        kind=value.kind,
        machine=reader.machine(value),
        language=reader.language_of(value),
        tone=tone,
    )
