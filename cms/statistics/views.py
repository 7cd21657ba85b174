"""Show the published figures as a page, as CSV and as JSON: the same numbers in each."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.caching import kept_for_a_minute
from cms.statistics.drawing import trend
from cms.statistics.packing import SUPPRESSION, package
from cms.statistics.presenting import Table, Value, rounding_of, table_of, tables
from core.exports import csv_response
from core.readers import speaks_every_language
from core.standards import standard

HIDDEN_MARK, UNTOLD_MARK = "c", "-"


@speaks_every_language
@require_safe
@kept_for_a_minute
def statistics(request: HttpRequest) -> HttpResponseBase:
    """Show every table."""
    figures = standard("statistics")
    found = tables()
    context = {
        "tables": found,
        "trend": trend(found),
        "k": figures.tier("public").k,
        "base": figures.tier("public").rounding,
    }
    return render(request, "cms/statistics.html", context)


@speaks_every_language
@require_safe
@kept_for_a_minute
def method(request: HttpRequest) -> HttpResponseBase:
    """Tell how the figures are made, and what they do not tell."""
    figures = standard("statistics")
    public, grave = figures.tier("public"), figures.tier("public_sensitive")
    return render(request, "cms/statistics_method.html", {"public": public, "grave": grave})


@require_safe
def as_package(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Return every table as one data package: CSV files and what their columns mean, in a zip."""
    response = HttpResponse(package(tables()), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="safeconduct-statistics.zip"'
    return response


def _found(code: str) -> Table:
    table = table_of(code)
    if table is None:
        raise Http404
    return table


def _written(value: Value) -> int | str:
    if value.number is not None:
        return value.number
    return HIDDEN_MARK if value.told else UNTOLD_MARK


@speaks_every_language
@require_safe
def as_csv(request: HttpRequest, code: str) -> HttpResponseBase:  # noqa: ARG001
    """Return one table as CSV; "c" marks a number kept back to protect people, "-" one that is not told.

    Each row says from which number of people on it tells anything; how numbers are kept back, the page linked to says.
    """
    table = _found(code)
    base = rounding_of(table.kind)
    rows = ([row.code, row.label, *(_written(value) for value in row.values), row.least, base] for row in table.rows)
    header = ["code", "label", *table.columns, "smallest_shown", "rounded_to"]
    response = csv_response(f"safeconduct-{code}.csv", header, rows)
    response["Link"] = f'<{reverse("statistics_method")}>; rel="describedby"'
    return response


@speaks_every_language
@require_safe
def as_json(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """Return one table as JSON; null is a number kept back to protect people, an absent period is not told."""
    table = _found(code)
    figures = standard("statistics")
    return JsonResponse(
        {
            "table": code,
            "title": str(table.kind.title),
            "note": str(table.kind.note),
            "counts_people": table.kind.counts_people,
            "standard": {"name": figures.name, "edition": figures.edition},
            "smallest_count_shown": min((row.least for row in table.rows), default=1),
            "rounded_to": rounding_of(table.kind),
            **({"suppression": SUPPRESSION} if table.kind.counts_people else {}),
            **(
                {"year": table.year, "columns": list(table.columns)} if table.year else {"periods": list(table.columns)}
            ),
            "rows": [
                {
                    "code": row.code,
                    "label": row.label,
                    "smallest_shown": row.least,
                    "values": {
                        period: value.number
                        for period, value in zip(table.columns, row.values, strict=True)
                        if value.told
                    },
                }
                for row in table.rows
            ],
        }
    )
