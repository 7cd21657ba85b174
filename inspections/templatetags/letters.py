"""Say a letter's fixed sentences on the page as on paper, and languages by their names."""

from typing import Any

from django import template

from inspections import paper, words

register = template.Library()


@register.simple_tag
def letter_opening() -> str:
    """Return the letter's first sentence."""
    return paper.letter_opening()


@register.simple_tag
def letter_closing() -> str:
    """Return the letter's last sentence."""
    return paper.letter_closing()


@register.simple_tag
def count_words(count: dict[str, Any] | None) -> str:
    """Return a finding's number in words."""
    return paper.count_words(count)


register.filter("language_words", words.language_words)
