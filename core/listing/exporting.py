"""Hand out a whole list as a file, and write down who took it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.exports import ExportValue, csv_response, xlsx_response
from core.listing.columns import Column
from core.listing.page import has_filters
from core.models import User

if TYPE_CHECKING:
    from django_filters import FilterSet

    from core.listing.view import ListingView

EXPORT_LABELS = {"csv": gettext_lazy("Download as CSV"), "xlsx": gettext_lazy("Download as Excel")}
MOST_ROWS = 200_000
CHUNK = 2_000


class ExportTooLarge(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A list that is too long for one file; the message is for people."""


def export_response(
    view: "ListingView[Any]", queryset: QuerySet[Any], kind: str, filterset: "FilterSet | None"
) -> HttpResponseBase:
    """Return the filtered, sorted set as a stream and record `list.exported`; raises ExportTooLarge.

    The record says which list, how many rows and which filters were used, never their values: a value may be a name.
    What anybody may read without signing in is not recorded.
    """
    count = queryset.order_by().count()
    if count > MOST_ROWS:
        raise ExportTooLarge(
            _(
                "This list has %(count)s rows, and a file holds at most %(most)s. No file was made. "
                "Narrow the list with a filter and try again."
            )
            % {"count": number_format(count), "most": number_format(MOST_ROWS)}
        )
    user = view.request.user
    if isinstance(user, User):
        used = filterset.form.fields if filterset is not None and has_filters(filterset) else ()
        filters = "+".join(sorted(name for name in used if view.request.GET.get(name)))[:80]
        with transaction.atomic():
            audit.record(
                "list.exported",
                actor=user,
                subject=f"list:{queryset.model._meta.label_lower}",
                format=kind,
                rows=count,
                filters=filters,
            )
    columns = [column for column in view.get_columns() if column.export is not False]
    header = [str(column.label) for column in columns]
    respond = csv_response if kind == "csv" else xlsx_response
    return respond(_file_name(view, queryset, kind), header, _rows(queryset, columns))


def _rows(queryset: QuerySet[Any], columns: list[Column[Any]]) -> Iterator[list[ExportValue]]:
    for record in queryset.iterator(chunk_size=CHUNK):
        yield [column.exported(record) for column in columns]


def _file_name(view: "ListingView[Any]", queryset: QuerySet[Model], kind: str) -> str:
    stem = view.export_name or slugify(queryset.model.__name__) + "-list"
    return f"{stem}-{timezone.localdate().isoformat()}.{kind}"
