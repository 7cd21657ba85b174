"""Draw charts: a page has hundreds of bars and words, and a template takes many times as long for them."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from core.charts import Chart, Column

register = template.Library()


@register.simple_tag
def drawn(chart: Chart) -> SafeString:
    """Return the lines of a chart: its base, its bars, its target and the words at each."""
    lines = [f'<line class="chart-base" x1="4" x2="316" y1="{chart.base}" y2="{chart.base}"/>\n']
    lines += [_bar(column) for column in chart.columns if not column.missing]
    lines.append("\n")
    if chart.target is not None:
        lines.append(f'<line class="chart-target" x1="4" x2="316" y1="{chart.target}" y2="{chart.target}"/>')
    lines.append("\n")
    lines += [_words(column) for column in chart.columns]
    return mark_safe("".join(lines))  # noqa: S308 - numbers, and words that are escaped


def _bar(column: Column) -> str:
    hidden = " chart-bar--hidden" if column.hidden else ""
    place = f'x="{column.x}" y="{column.y}" width="{column.width}" height="{column.height}"'
    return f'<rect class="chart-bar{hidden}" {place}/>'


def _words(column: Column) -> str:
    at = f'x="{column.middle}"'
    return (
        f'<text class="chart-value" {at} y="{column.words_at}" text-anchor="middle">{escape(column.words)}</text>'
        f'<text class="chart-label" direction="ltr" {at} y="130" text-anchor="middle">{escape(column.label)}</text>'
    )
