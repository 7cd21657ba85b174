"""Show where a public page stands: above it, and in other languages."""

from dataclasses import dataclass
from typing import Any

from django import template

from cms.translations import published_translations

register = template.Library()


@dataclass(frozen=True)
class Step:
    """One page on the way from the first page to this one."""

    title: str
    url: str


@register.simple_tag
def breadcrumbs(page: Any) -> list[Step]:
    """Return the pages above this one, the first page foremost; nothing for the first page itself."""
    above = page.get_ancestors().live().filter(depth__gte=2)
    return [Step(ancestor.title, ancestor.url or "") for ancestor in above]


@register.simple_tag
def hreflang_links(page: Any) -> dict[str, str]:
    """Return language code to full address for search engines."""
    return {entry.code: entry.full_url for entry in published_translations(page)}
