"""Offer the languages: on a worker's page all of them, elsewhere those in which the page is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template import RequestContext
from django.utils.translation import get_language

from core.readers import asked_language
from core.spoken import Spoken, spoken

register = template.Library()


@dataclass(frozen=True)
class LanguageLink:
    """One language that the present page, or the first page, can be read in."""

    code: str
    name: str
    direction: str
    url: str
    current: bool


@dataclass(frozen=True)
class Languages:
    """The languages of the present page, and the others, which lead to their own first page."""

    here: tuple[LanguageLink, ...] = ()
    others: tuple[LanguageLink, ...] = ()

    @property
    def current(self) -> LanguageLink | None:
        """Return the language of the page."""
        return next((link for link in self.here if link.current), None)


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> Languages:
    """Return the present page in each language; empty where the address does not carry a language.

    A page whose translations live elsewhere puts `alternates`, a mapping of code to address, in its context.
    """
    request = context.get("request")
    alternates: Mapping[str, str] | None = context.get("alternates")
    if request is None and alternates is None:
        return Languages()
    prefix, _slash, rest = request.get_full_path()[1:].partition("/") if request is not None else ("", "", "")
    if alternates is None and prefix not in spoken():
        return Languages()
    everywhere = alternates is None and getattr(request, "every_language", False)
    here = [each for each in spoken().values() if everywhere or each.public]
    others = [each for each in spoken().values() if each not in here]
    return Languages(
        tuple(
            _link(each, alternates.get(each.code, f"/{each.code}/") if alternates else f"/{each.code}/{rest}")
            for each in here
        ),
        tuple(_link(each, f"/{each.code}/") for each in others),
    )


def _link(language: Spoken, url: str) -> LanguageLink:
    return LanguageLink(language.code, language.own_name, language.direction, url, language.code == get_language())


@register.simple_tag
def workspace_languages() -> list[Spoken]:
    """Return the languages that staff pages are written in."""
    codes = dict(settings.WORKSPACE_LANGUAGES)
    return [each for code, each in spoken().items() if code in codes]


@register.simple_tag
def reader_language() -> Spoken | None:
    """Return the reader's language when the page is in English only for now."""
    return spoken().get(asked_language())


@register.simple_tag
def unreviewed() -> bool:
    """Say whether no native speaker has checked the words of this page yet."""
    found = spoken().get(get_language() or "")
    return found is not None and found.unreviewed
