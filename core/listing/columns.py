"""Describe the columns of a list once, for the page and for its export."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape  # of plain text: Django's looks at each first for what is lazy
from typing import Generic, Literal, TypeVar

from django.utils import timezone
from django.utils.formats import date_format, get_format, number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_MONTH_IN_FULL = re.compile(r"(?<!\\)F")
_REFERENCE = re.compile(r"^[A-Z]{2,5}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$")  # never broken over two lines
_LONG = 40  # signs of one word that no column is wide enough for, such as a digest
_LONG_WORD = re.compile(rf"\S{{{_LONG},}}")
Row = TypeVar("Row")
Kind = Literal["text", "date", "number", "status"]
Exported = str | int | float | bool | dt.date | dt.datetime | None
Text = str | Promise
TONES = frozenset({"good", "warn", "bad", "info"})


@dataclass(frozen=True)
class Cell:
    """Hold what one cell of one row shows."""

    text: str
    kind: Kind = "text"
    href: str = ""
    tone: str = ""  # good, warn, bad, info; only for a status
    machine: str = ""  # ISO form of a date, for <time datetime>
    label: str = ""  # the column's label, for narrow screens
    heads_row: bool = False
    under: str = ""  # a second, smaller line; a date's tone colours it

    @property
    def html(self) -> SafeString:
        """Return the whole <td> or <th>; a page has hundreds of them, and a template takes many times as long."""
        inner = escape(self.text)
        if self.kind == "status":
            tone = f" tag--{self.tone}" if self.tone in TONES else ""
            inner = SafeString(f'<span class="tag{tone}">{inner}</span>') if self.text else inner
        elif self.machine:
            inner = SafeString(f'<time datetime="{self.machine}">{inner}</time>')
        elif self.kind == "text" and self.text:
            whole = ' class="nowrap"' if _REFERENCE.match(self.text) else ""
            if len(self.text) > _LONG:
                parts = map(escape, _LONG_WORD.sub(_broken, self.text).split("\x1f"))
                inner = SafeString("<wbr>".join(parts))
            inner = SafeString(f"<bdi{whole}>{inner}</bdi>")
        if self.href:
            inner = SafeString(f'<a href="{escape(self.href)}">{inner}</a>')
        if self.under:
            look = f"tag tag--{self.tone}" if self.tone in TONES and self.kind != "status" else "quiet"
            inner = SafeString(f'<span>{inner}<br><span class="{look}">{escape(self.under)}</span></span>')
        name, scope = ("th", ' scope="row"') if self.heads_row else ("td", "")
        return SafeString(f'<{name}{scope} class="kind-{self.kind}" data-label="{escape(self.label)}">{inner}</{name}>')


@dataclass(frozen=True)
class Heading:
    """Hold what one column head shows: its label, where to click to sort, how it is sorted now."""

    name: str
    label: Text
    kind: Kind
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """Say what one column is called, how it is read from a row, and by which database field it may be sorted.

    `name` goes into `?sort=`; `sort` is an ORM path ("party__name"), several of them, or None for not sortable.
    Without `value` the attribute called `name` is read ("party__name" walks relations). `link` gives the cell's
    address, `tone` the colour of a status, `under` a second, smaller line for the page alone. `export` gives another
    value for the file than for the page; False leaves it out, and `on_page=False` leaves a column to the file alone.
    """

    name: str
    label: Text
    sort: str | tuple[str, ...] | None = None
    value: Callable[[Row], object] | None = None
    link: Callable[[Row], str | None] | None = None
    kind: Kind = "text"
    tone: Callable[[Row], str] | None = None
    under: Callable[[Row], str] | None = None
    export: Callable[[Row], object] | Literal[False] | None = None
    on_page: bool = True

    def read(self, row: Row) -> object:
        """Return the raw value of this column for a row."""
        if self.value is not None:
            return self.value(row)
        found: object = row
        for step in self.name.split("__"):
            found = getattr(found, step, None)
            if found is None:
                return None
        return found() if callable(found) else found

    def cell(self, row: Row, *, label: str, heads_row: bool = False) -> Cell:
        """Return what the page shows for a row; the label comes in words, translated once for a whole page."""
        raw = self.read(row)
        return Cell(
            text=_short_date(raw) if type(raw) is dt.date else shown(raw),
            kind=self.kind,
            href=(self.link(row) or "") if self.link else "",
            tone=self.tone(row) if self.tone else "",
            machine=raw.isoformat() if isinstance(raw, dt.date) else "",
            label=label,
            heads_row=heads_row,
            under=self.under(row) if self.under else "",
        )

    def exported(self, row: Row) -> Exported:
        """Return what the export file holds for a row: numbers and dates stay numbers and dates."""
        raw = self.export(row) if callable(self.export) else self.read(row)
        if raw is None or isinstance(raw, str | int | float | dt.date):
            return raw
        return shown(raw)


def _broken(word: re.Match[str]) -> str:
    """Return a long word with a mark after every twentieth sign, where a line may end."""
    return "\x1f".join(word[0][start : start + 20] for start in range(0, len(word[0]), 20))


def _short_date(day: dt.date) -> str:
    """Return a day as the language writes it, its month shortened: a table's width is precious."""
    return _written(day, get_language() or "")


@lru_cache(maxsize=2048)
def _written(day: dt.date, language: str) -> str:
    """Return a day in the active language; a list has few days and many cells."""
    del language  # only tells apart what is kept
    return date_format(day, _MONTH_IN_FULL.sub("M", get_format("DATE_FORMAT")))


def shown(raw: object) -> str:
    """Return a value as a reader of the active language expects to see it."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return _("Yes") if raw else _("No")
    if isinstance(raw, dt.datetime):
        local = timezone.localtime(raw) if timezone.is_aware(raw) else raw
        return date_format(local, "SHORT_DATETIME_FORMAT")
    if isinstance(raw, dt.date):
        return date_format(raw, "DATE_FORMAT")
    if isinstance(raw, int | float):
        return number_format(raw)
    if isinstance(raw, list | tuple | set | frozenset):
        return ", ".join(shown(part) for part in raw)
    return str(raw)
