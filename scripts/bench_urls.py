"""The product's addresses, and beside them anchor A: a bare view that lists 25 of 100,000 rows."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from config.urls import urlpatterns as product
from parties.models import Party

_PAGE = engines["django"].from_string(
    "<!doctype html><title>A</title><table>{% for row in rows %}<tr><td>{{ row.ref }}<td>{{ row.name }}"
    "<td>{{ row.country }}<td>{{ row.sector }}</tr>{% endfor %}</table>"
)


def anchor(request: HttpRequest) -> HttpResponse:
    """List 25 rows in the plainest way that Django has."""
    return HttpResponse(_PAGE.render({"rows": Party.objects.order_by("name")[:25]}, request))


urlpatterns = [path("bench/a", anchor), *product]
