"""Draw what the pages share: pictograms, the wordmark, status tags, numbers and menus."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.template import RequestContext
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.menu import MenuEntry, menu_entries
from core.pictograms import PICTOGRAMS, WORDMARK

register = template.Library()

TONES = frozenset({"good", "warn", "bad", "info"})


@dataclass(frozen=True)
class Place:
    """One place in the workspace, as the navigation shows it."""

    label: str
    url: str
    current: bool


@register.simple_tag
def pictogram(code: str, size: int = 48, label: str = "") -> SafeString:
    """Return the drawing for a code as inline SVG, named by `label` for screen readers; nothing for an unknown code."""
    drawing = PICTOGRAMS.get(str(code))
    if drawing is None:
        return mark_safe("")
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="pictogram" viewBox="0 0 48 48" width="{0}" height="{0}" focusable="false" {1}>{2}</svg>',
        str(int(size)),
        named,
        mark_safe(drawing),  # noqa: S308 -- our own drawing
    )


@register.simple_tag
def wordmark() -> SafeString:
    """Return the product's mark and name."""
    return mark_safe(WORDMARK)  # noqa: S308 -- our own drawing


@register.simple_tag
def tag(label: object, tone: str = "") -> SafeString:
    """Return a status tag: its words carry the meaning, its colour only repeats it."""
    if not label:
        return mark_safe("")
    modifier = f" tag--{tone}" if tone in TONES else ""
    return format_html('<span class="tag{}">{}</span>', modifier, label)


@register.filter
def number(value: object) -> object:
    """Return a number with the language's own grouping and decimal mark; anything else unchanged."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    if type(value) is int and 0 <= value < 1000:  # nothing to group: a page has hundreds of them
        return str(value)
    return number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def entry(mapping: Mapping[Any, Any] | None, key: object) -> object:
    """Return what a mapping holds under a key, or an empty string."""
    return mapping.get(key, "") if mapping else ""


@register.simple_tag(takes_context=True)
def query(context: RequestContext, **changes: object) -> str:
    """Return the present query string with some parameters changed; a value of None or "" takes one out."""
    request = context.get("request")
    if request is None:
        return ""
    parameters = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    encoded = parameters.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag
def public_menu() -> list[MenuEntry]:
    """Return the public menu in the language of the page."""
    return menu_entries(get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def footer_menu() -> list[MenuEntry]:
    """Return the pages about the site itself, in the language of the page."""
    return menu_entries(get_language() or settings.LANGUAGE_CODE, in_footer=True)


@register.simple_tag(takes_context=True)
def workspace_places(context: RequestContext) -> list[Place]:
    """Return the reader's places in the workspace, marking the one whose address leads to the present page."""
    request = context.get("request")
    here = request.path if request is not None else ""
    places = [(entry.label, entry.url) for entry in context.get("workspace_entries") or ()]
    current = max((url for _label, url in places if here.startswith(url)), key=len, default="")
    return [Place(str(label), url, url == current) for label, url in places]


@register.filter
def count_errors(form: BaseForm) -> int:
    """Return how many things a form has to say; one field may have several."""
    return sum(len(found) for found in form.errors.values())


@register.simple_tag
def front_page() -> str:
    """Return the address of the first public page in the language of the page."""
    return f"/{get_language() or settings.LANGUAGE_CODE}/"


@register.simple_tag
def way_to_report() -> str:
    """Return the address of the worker's channel, in one tap from every public page; empty if it is not installed."""
    try:
        return reverse("grievances_public:start")
    except NoReverseMatch:
        return f"/{get_language() or settings.LANGUAGE_CODE}/report/"
