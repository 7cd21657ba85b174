"""Answer a request for a list: who may see what, filters, order, one page, or the whole set as a file."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView as DjangoListView

from core.access import staff
from core.listing.columns import Column, Text
from core.listing.counting import CappedCount, count_up_to
from core.listing.exporting import EXPORT_LABELS, ExportTooLarge, export_response
from core.listing.keyset import Key, Page, in_order, keys_for, page_of
from core.listing.page import Action, Listing, address, bare_address, has_filters, headings_for, rows_of
from core.roles import Role

if TYPE_CHECKING:
    from django_filters import FilterSet

    ListView = DjangoListView
else:

    class ListView(DjangoListView):
        """Django's own, with the type parameter that its stubs give it."""

        def __class_getitem__(cls, _item):
            return cls


M = TypeVar("M", bound=Model)


class ListingView(ListView[M]):
    """List records of one model; core/listing/__init__.py has an example.

    A queryset that knows `visible_to(user)` is narrowed to what the reader may see, before anything else.
    """

    template_name = "core/listing.html"
    base_template = "core/workspace.html"
    roles: Sequence[Role] = ()  # who may open the list at all; strangers get 404
    title: Text = ""
    lede: Text = ""
    empty_text: Text = gettext_lazy("There is nothing here yet.")
    nothing_found_text: Text = gettext_lazy("Nothing matches these filters.")
    unclear_text: Text = gettext_lazy(
        "A filter was not understood, so nothing is listed. Correct it, or clear the filters."
    )
    columns: Sequence[Column[M]] = ()
    filterset_class: "type[FilterSet] | None" = None
    default_sort = "-pk"  # a column's name or an ORM path; "-" for descending
    page_size = 25
    exports: Sequence[str] = ("csv", "xlsx")
    export_name = ""  # the file's name without its ending; the model's plural if empty
    http_method_names = ["get", "head", "options"]

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """Return the view, behind the gate for the roles it names."""
        view = super().as_view(**initkwargs)
        return staff(*cls.roles)(view) if cls.roles else view

    # What an app may say differently

    def records(self) -> QuerySet[M]:
        """Return the records before they are narrowed to the reader; override to select, join or annotate."""
        return super().get_queryset()

    def get_queryset(self) -> QuerySet[M]:
        """Return the records that the reader may see."""
        found = self.records()
        visible_to = getattr(found, "visible_to", None)
        return cast("QuerySet[M]", visible_to(self.request.user)) if visible_to else found

    def get_columns(self) -> Sequence[Column[M]]:
        """Return the columns for this reader."""
        return self.columns

    def get_actions(self) -> Sequence[Action]:
        """Return what this reader may do here, such as adding a record."""
        return ()

    def get_title(self) -> Text:
        """Return the page's heading."""
        return self.title

    def filtered(self, filterset: "FilterSet") -> QuerySet[M]:
        """Return the records that the filters keep."""
        return cast("QuerySet[M]", filterset.qs)

    def page_of(self, queryset: QuerySet[M], keys: Sequence[Key], **around: Any) -> Page[M]:
        """Return the page asked for; override for another order than the keys', or a quicker way to the same."""
        return page_of(queryset, keys, **around)

    def count(self, queryset: QuerySet[M]) -> CappedCount:
        """Count the records as far as a reader cares."""
        return count_up_to(queryset)

    # The request

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Answer with one page, or with the file that `?format=` asks for."""
        queryset = self.get_queryset()
        self.filterset = filterset = self._filterset(queryset)
        notice = ""
        if filterset is not None:
            queryset = self.filtered(filterset) if filterset.is_valid() else queryset.none()
        sort, keys = self.order(queryset)
        wanted = request.GET.get("format", "")
        if wanted in self.exports and (filterset is None or filterset.is_valid()):
            try:
                return cast(HttpResponse, export_response(self, in_order(queryset, keys), wanted, filterset))
            except ExportTooLarge as refusal:
                notice = str(refusal)
        listing = self._listing(queryset, filterset, sort, keys, notice)
        self.object_list = queryset
        return self.render_to_response(self.get_context_data(listing=listing))

    def get_context_data(self, *, object_list: Any = None, **kwargs: Any) -> dict[str, Any]:  # noqa: ARG002
        """Return the template's variables: `listing`, `title`, `lede`, `actions`, `base_template`."""
        return {
            "view": self,
            "title": self.get_title(),
            "lede": self.lede,
            "actions": self.get_actions(),
            "base_template": self.base_template,
            **(self.extra_context or {}),
            **kwargs,
        }

    def _filterset(self, queryset: QuerySet[M]) -> "FilterSet | None":
        if self.filterset_class is None:
            return None
        filterset = self.filterset_class(data=self.request.GET, queryset=queryset, request=self.request)
        filterset.form.hide_optional = True  # every filter is; no need to say so
        return filterset

    def order(self, queryset: QuerySet[M]) -> tuple[str, tuple[Key, ...]]:
        """Return the sort in force and its keys; an order that no column offers is passed over."""
        offered = {column.name: column.sort for column in self.get_columns() if column.sort is not None}
        asked = self.request.GET.get("sort", "")
        sort = asked if asked.removeprefix("-") in offered else self.default_sort
        name = sort.removeprefix("-")
        by = offered.get(name, name)
        paths = [by] if isinstance(by, str) else list(by)
        if sort.startswith("-"):
            paths = [path.removeprefix("-") if path.startswith("-") else f"-{path}" for path in paths]
        return sort, keys_for(queryset.model, paths, frozenset(queryset.query.annotations))

    def _listing(
        self, queryset: QuerySet[M], filterset: "FilterSet | None", sort: str, keys: tuple[Key, ...], notice: str
    ) -> Listing[M]:
        request, columns = self.request, [column for column in self.get_columns() if column.on_page]
        page = self.page_of(
            queryset,
            keys,
            size=self.page_size,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
            cursor_field=_cursor_field(queryset.model),
        )
        if page.moved:
            notice = _("The page you asked for is no longer there. This is the first page.")
        chosen = request.GET.get("sort", "")
        around = ("after", "before", "format")
        is_filtered = has_filters(filterset)
        is_unclear = filterset is not None and not filterset.is_valid()
        return Listing(
            headings=headings_for(columns, request, sort),
            rows=rows_of(page.rows, columns),
            total=self.count(queryset),
            filter=filterset,
            is_filtered=is_filtered,
            clear_url=bare_address(request, sort=chosen),
            first_url=address(request, drop=around) if page.before else "",
            previous_url=address(request, drop=around, before=page.before) if page.before else "",
            next_url=address(request, drop=around, after=page.after) if page.after else "",
            exports=tuple(
                Action(EXPORT_LABELS[kind], address(request, drop=around, format=kind))
                for kind in self.exports
                if page.rows
            ),
            carried=(("sort", chosen),) if chosen else (),
            notice=notice,
            empty_text=self.unclear_text if is_unclear else self.nothing_found_text if is_filtered else self.empty_text,
            is_unclear=is_unclear,
        )


def _cursor_field(model: type[Model]) -> str:
    """Return the field that names a row in an address: its reference where it has one, else its primary key."""
    try:
        return "ref" if model._meta.get_field("ref").unique else "pk"  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return "pk"
