"""Draw how many reports arrived, quarter by quarter; the table beside it says the same."""

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from cms.statistics.presenting import Table, Value, period_label
from core.charts import Chart, Point, chart
from core.templatetags.design import number


def trend(tables: list[Table]) -> Chart | None:
    """Return the drawing of the table of all reports, or None where fewer than two quarters are published."""
    table = next((each for each in tables if each.kind.code == "grievances"), None)
    if table is None:
        return None
    told = [(column, value) for column, value in zip(table.columns, table.rows[0].values, strict=True) if "-" in column]
    if len(told) < 2:
        return None
    points = [
        Point(column[2:], None if value.number is None else float(value.number), _words(value), value.hidden)
        for column, value in told
    ]
    return chart(
        points,
        code="reports",
        title=str(table.kind.title),
        summary="; ".join(f"{period_label(column)}: {_words(value)}" for column, value in told),
        right_to_left=get_language_bidi(),
    )


def _words(value: Value) -> str:
    if value.hidden:
        return _("hidden")
    return "–" if value.number is None else str(number(value.number))
