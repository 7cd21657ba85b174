"""Say loudly, to those who rely on them, that the periodic jobs stand still."""

from typing import Any

from django import template
from django.template import RequestContext
from django.utils import timezone

from core import due

register = template.Library()


@register.inclusion_tag("core/parts/standstill.html", takes_context=True)
def standstill(context: RequestContext) -> dict[str, Any]:
    """Return what stands still, for the reader of the page."""
    reader = context["request"].user
    return {"standstill": due.standstill(timezone.now(), known_since=reader.date_joined)}
