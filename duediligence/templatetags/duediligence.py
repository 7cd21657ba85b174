"""Show states, standings, laws and labels of the standards in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.standards import standard
from core.templatetags.design import tag
from duediligence import wording
from duediligence.composing import laws_of
from duediligence.models import Record
from duediligence.overview import Standing

register = template.Library()

STANDING_WORDS = {
    "open": (_("Not published"), ""),
    "prepared": (_("Waiting for approval, not published"), "info"),
    "approved": (_("Approved, not published"), "info"),
    "published": (_("Published"), "good"),
    "withdrawn": (_("Withdrawn"), "bad"),
}


@register.simple_tag
def standing_tag(standing: Standing) -> SafeString:
    """Return where a record stands on its way to the public."""
    label, tone = STANDING_WORDS[standing.code]
    return tag(label, tone)


@register.simple_tag
def action_tag(state: str) -> SafeString:
    """Return how far an action is."""
    return tag(wording.say(wording.ACTION_STATES, state), wording.ACTION_TONES.get(state, ""))


@register.simple_tag
def law_items(action: Any, record: Record) -> list[Any]:
    """Return the items of the company's own laws that a practical action answers."""
    chosen = set(laws_of(record))
    found = standard("regimes").items_for(action.code, record.period_end)
    return [item for item in found if item.regime in chosen]


@register.filter
def label(entry: Any) -> str:
    """Return the label of a standard's entry in the active language."""
    return gettext(entry.label)


@register.filter
def law_name(code: str) -> str:
    """Return a law's name in the active language."""
    try:
        return gettext(standard("regimes").regime(code).label)
    except KeyError:
        return code


@register.filter
def basis_words(code: str) -> str:
    """Return where a due date comes from."""
    return wording.say(wording.BASES, code)


@register.filter
def no_date_words(code: str) -> str:
    """Return why a law has no due date for a period."""
    return wording.say(wording.BASES, code) if code == "ended" else gettext("sets no yearly date")


@register.filter
def standing_words(code: str) -> str:
    """Return how a report stands to a due date."""
    return wording.say(wording.STANDINGS, code)


@register.filter
def standing_tone(code: str) -> str:
    """Return the colour of that."""
    return wording.STANDING_TONES.get(code, "")


@register.filter
def state_words(code: str) -> str:
    """Return the words for an answer's state."""
    return wording.say(wording.STATE_LABELS, code)


@register.filter
def involvement_words(code: str) -> str:
    """Return the words for a company's part in a harm."""
    return wording.say(wording.INVOLVEMENT, code)
