"""Turn published releases into tables that people and programs can read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.models import StatisticsRelease
from cms.statistics.periods import read_period
from cms.statistics.suppression import OTHER
from core.standards import standard
from recruiters.countries import country_name

TOTAL, CHILDREN = "total", "under_18"
SHOWN_QUARTERS = 4


@dataclass(frozen=True)
class TableKind:
    """What one table tells, and how its rows are called."""

    code: str
    title: str | Promise
    note: str | Promise
    label: Callable[[str], str]
    counts_people: bool = True
    by_sex: bool = False  # columns are not periods but sexes, of the newest year


@dataclass(frozen=True)
class Value:
    """One figure: a number, hidden, or not told for that period at all."""

    number: int | None
    told: bool
    share: int = 0  # of the table's largest number, in percent

    @property
    def hidden(self) -> bool:
        """Say whether a number exists that is kept back to protect people."""
        return self.told and self.number is None


@dataclass(frozen=True)
class Row:
    """One row of a table."""

    code: str
    label: str
    values: tuple[Value, ...]
    least: int = 1  # the smallest number of people that is told here

    @property
    def newest(self) -> Value | None:
        """Return the newest quarter's figure."""
        return self.values[-1] if self.values else None


@dataclass(frozen=True)
class Table:
    """One table over the published periods."""

    kind: TableKind
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    year: str = ""  # of a table by sex

    @property
    def headings(self) -> list[str]:
        """Return the columns in words: periods, or sexes."""
        return [_sex(column) if self.kind.by_sex else period_label(column) for column in self.columns]


def _category(code: str) -> str:
    return gettext(standard("grievance").category(code).label)


def _outcome(code: str) -> str:
    reasons = {reason.code: reason.label for reason in standard("grievance").closure_reasons}
    return gettext(reasons[code]) if code in reasons else code


def _country(code: str) -> str:
    return gettext(country_name(code)) if code else gettext("Not said")


def _sex(code: str) -> str:
    labels = {entry.code: entry.label for entry in standard("statistics").sexes}
    return gettext("All together") if code == TOTAL else gettext(labels[code])


def _age(code: str) -> str:
    labels = {entry.code: entry.label for entry in standard("statistics").age_bands}
    return gettext(labels[code])


_WORDS: dict[str, str | Promise] = {
    "all": _("Reports received"),
    "closed": _("Visits finished"),
    "ordered": _("Corrective actions ordered"),
    "verified": _("Corrective actions checked and done"),
    "valid": _("Recruiters with a valid licence on the last day"),
    "suspended": _("Suspensions decided"),
    "ended": _("Licences ended by an authority"),
}


def _word(code: str) -> str:
    return str(_WORDS.get(code, code))


TABLES = (
    TableKind("grievances", _("Reports from workers"), _("How many reports arrived."), _word),
    TableKind(
        "categories",
        _("What the reports are about"),
        _("One report may name several things. Grave harm is told only by the year."),
        _category,
    ),
    TableKind(
        "people",
        _("Who reported, by age group and sex"),
        _("Only where the worker chose to say so. Told once a year."),
        _age,
        by_sex=True,
    ),
    TableKind(
        "categories_sex",
        _("What the reports are about, by sex"),
        _("Told once a year. Grave harm is never broken down."),
        _category,
        by_sex=True,
    ),
    TableKind("countries", _("Where the work is"), _("Countries with few reports are gathered."), _country),
    TableKind("outcomes", _("How cases ended"), _("Outcomes with few cases are gathered."), _outcome),
    TableKind("visits", _("Inspection visits"), _("Visits that were finished."), _word, counts_people=False),
    TableKind("actions", _("Corrective actions"), _("What employers had to put right."), _word, counts_people=False),
    TableKind("licences", _("Recruiters and licences"), _("From the public register."), _word, counts_people=False),
)


def period_label(period: str) -> str:
    """Return a period in words, such as "2026, quarter 3"."""
    read = read_period(period)
    if not read.quarter:
        return str(read.year)
    return gettext("%(year)s, quarter %(quarter)s") % {"year": read.year, "quarter": read.quarter}


def published() -> list[StatisticsRelease]:
    """Return the newest published year and the newest published quarters, in the order of the columns."""
    releases = {release.period: release for release in StatisticsRelease.objects.order_by("-period")[:40]}
    quarters = sorted((name for name in releases if "-" in name), reverse=True)[:SHOWN_QUARTERS]
    years = sorted((name for name in releases if "-" not in name), reverse=True)[:1]
    return [releases[name] for name in [*years, *sorted(quarters)]]


def tables() -> list[Table]:
    """Return every table that has figures."""
    releases = published()
    found = [_by_sex(kind, releases) if kind.by_sex else _table(kind, releases) for kind in TABLES]
    return [table for table in found if table.rows]


def table_of(code: str) -> Table | None:
    """Return one table by its code, or None."""
    return next((table for table in tables() if table.kind.code == code), None)


def _table(kind: TableKind, releases: list[StatisticsRelease]) -> Table:
    told = [release for release in releases if kind.code in release.figures]
    largest = max((number for _code, number in _numbers(kind, told)), default=0)
    rows = [_row(kind, code, told, largest) for code in _codes(kind, told)]
    return Table(kind, tuple(release.period for release in told), tuple(rows))


def _by_sex(kind: TableKind, releases: list[StatisticsRelease]) -> Table:
    """Return a table of the newest year whose columns are sexes; its keys are "row|sex"."""
    told = [release for release in releases if kind.code in release.figures]
    if not told:
        return Table(kind, (), ())
    cells = told[-1].figures[kind.code]["cells"]
    pairs = [tuple(key.split("|")) for key in cells]
    rows = _total_last(_in_order(kind.code, (row for row, _column in pairs)))
    columns = _total_last(_in_order("sexes", (column for _row, column in pairs)))
    found = tuple(
        Row(
            row,
            gettext("All together") if row == TOTAL else kind.label(row),
            tuple(Value(cells.get(f"{row}|{column}"), f"{row}|{column}" in cells) for column in columns),
            _least(kind, row),
        )
        for row in rows
    )
    return Table(kind, columns, found, year=told[-1].period)


def _in_order(of: str, codes: Iterable[str]) -> list[str]:
    """Return codes as their standard orders them: a database may give back a mapping's keys in another order."""
    figures, grievance = standard("statistics"), standard("grievance")
    orders = {
        "sexes": figures.sexes,
        "people": figures.age_bands,
        "categories": grievance.categories,
        "categories_sex": grievance.categories,
        "outcomes": grievance.closure_reasons,
    }
    places = {entry.code: place for place, entry in enumerate(orders.get(of, ()))}
    return sorted(dict.fromkeys(codes), key=lambda code: places.get(code, len(places)))


def _total_last(codes: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(codes)
    return (*(code for code in found if code != TOTAL), *([TOTAL] if TOTAL in found else []))


def _numbers(kind: TableKind, releases: list[StatisticsRelease]) -> Iterator[tuple[str, int]]:
    for release in releases:
        if "-" in release.period:
            for code, number in release.figures[kind.code]["cells"].items():
                if number:
                    yield code, number


def _codes(kind: TableKind, releases: list[StatisticsRelease]) -> list[str]:
    """Return the rows in the order in which they were published first; what was gathered and the total come last."""
    codes: dict[str, None] = {}
    for release in releases:
        codes.update(dict.fromkeys(release.figures[kind.code]["cells"]))
    last = [OTHER] if OTHER in codes else []
    total = [TOTAL] if any(TOTAL in release.figures[kind.code] for release in releases) else []
    first = _in_order(kind.code, (code for code in codes if code != OTHER))
    if kind.code == "countries":
        first.sort(key=kind.label)
    return [*first, *last, *total]


def _row(kind: TableKind, code: str, releases: list[StatisticsRelease], largest: int) -> Row:
    values = tuple(_value(kind, code, release, largest) for release in releases)
    label = {OTHER: gettext("All others together"), TOTAL: gettext("All together")}.get(code)
    return Row(code, label or kind.label(code), values, _least(kind, code))


def _least(kind: TableKind, code: str) -> int:
    """Return the smallest number that a row tells: more people where harm is grave, and of children."""
    figures = standard("statistics")
    grave = code in figures.sensitive if kind.code.startswith("categories") else code == CHILDREN
    return (figures.tier("public_sensitive" if grave else "public").k or 1) if kind.counts_people else 1


def rounding_of(kind: TableKind) -> int:
    """Return to a multiple of what the numbers of a table are rounded."""
    return (standard("statistics").tier("public").rounding or 1) if kind.counts_people else 1


def _value(kind: TableKind, code: str, release: StatisticsRelease, largest: int) -> Value:
    figures = release.figures[kind.code]
    cells = {**figures["cells"], **({TOTAL: figures[TOTAL]} if TOTAL in figures else {})}
    number = cells.get(code)
    return Value(number, code in cells, min(100, number * 100 // largest) if number and largest else 0)
