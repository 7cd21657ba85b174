"""Name the places outside Wagtail that a public page may lead to, so that an editor never types an address."""

from importlib.util import find_spec

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# code -> (path below the language, what it is called, the module that answers there)
DESTINATIONS: dict[str, tuple[str, Promise, str]] = {
    "report": ("report/", _("Report a problem"), "grievances.public_urls"),
    "follow_up": ("report/follow-up/", _("Return with your receipt"), "grievances.public_urls"),
    "recruiters": ("recruiters/", _("Check a recruiter"), "recruiters.public_urls"),
    "verify": ("verify/", _("Check a licence"), "cms.urls"),
    "reports": ("reports/", _("Company reports"), "duediligence.public_urls"),
    "statistics": ("statistics/", _("Statistics"), "cms.urls"),
}


def choices() -> list[tuple[str, Promise]]:
    """Return the destinations as a form's choices."""
    return [(code, label) for code, (_path, label, _module) in DESTINATIONS.items()]


def is_open(code: str) -> bool:
    """Say whether the part of the product that answers there is installed."""
    return code in DESTINATIONS and find_spec(DESTINATIONS[code][2]) is not None


def address(code: str, language: str) -> str:
    """Return the address of a destination in a language; raises KeyError for a code that does not exist."""
    return f"/{language}/{DESTINATIONS[code][0]}"
