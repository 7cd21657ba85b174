"""A chart is drawn as its template would: every bar in its place, every word escaped."""

from django.template.loader import render_to_string

from core.charts import Point, chart


def test_bars_words_and_target_are_drawn_and_nothing_typed_becomes_markup() -> None:
    points = [Point("26-Q1", 40.0, "40%"), Point("26-Q2", None, "<b>&", hidden=True), Point("26-Q3", None, "–")]
    shown = render_to_string(
        "core/parts/chart.html", {"chart": chart(points, code="c", title="T", summary="S", top=100.0, target=90.0)}
    )
    assert shown.count("<rect") == 2
    assert shown.count('class="chart-bar chart-bar--hidden"') == 1
    assert shown.count("<text") == 6
    assert '<line class="chart-target" x1="4" x2="316" y1="31" y2="31"/>' in shown
    assert "&lt;b&gt;&amp;" in shown
    assert "<b>" not in shown
    assert shown.index("26-Q1") < shown.index("26-Q2") < shown.index("26-Q3")


def test_a_chart_without_a_target_has_no_line_for_one() -> None:
    drawn = chart([Point("a", 1.0, "1")], code="c", title="T", summary="S")
    assert "chart-target" not in render_to_string("core/parts/chart.html", {"chart": drawn})
