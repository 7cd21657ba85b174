"""Put the standards' plain words into the reader's language."""

from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from core.standards import standard
from grievances.rulebook import grievance_standard
from grievances.statuses import Status


def worker_text(label: str) -> str:
    """Return a label of the standards in the active language."""
    return gettext(label)


def category_label(code: str) -> str:
    """Return a category in staff words; a code that the standard does not have is returned as it is."""
    return next(
        (gettext(category.label) for category in grievance_standard().categories if category.code == code), code
    )


def worker_category(code: str) -> str:
    """Return a category in the worker's words."""
    found = (category for category in grievance_standard().categories if category.code == code)
    return next((gettext(category.worker_label) for category in found), code)


def status_label(code: str) -> str:
    """Return a status in staff words."""
    return next((gettext(state.label) for state in grievance_standard().states if state.code == code), code)


def worker_status(code: str) -> str:
    """Return a status in the worker's words."""
    return next((gettext(state.worker_label) for state in grievance_standard().states if state.code == code), code)


def outcome_label(code: str) -> str:
    """Return how a case ended, in words."""
    return next((gettext(entry.label) for entry in grievance_standard().closure_reasons if entry.code == code), code)


def not_accepted_label(code: str) -> str:
    """Return why a grievance was not accepted, in words."""
    return next((gettext(entry.label) for entry in grievance_standard().not_accepted if entry.code == code), code)


def consent_label(code: str) -> str:
    """Return a purpose in staff words."""
    return next((gettext(entry.label) for entry in grievance_standard().consents if entry.code == code), code)


# Languages that workers write in and that Django does not name.
SPOKEN_BESIDES = {"am": _("Amharic"), "om": _("Oromo"), "so": _("Somali"), "ti": _("Tigrinya")}


def language_name(code: str) -> str:
    """Return a language's name in the active language; an unknown code is returned as it is."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return str(SPOKEN_BESIDES.get(code, code))


STATUS_TONES: dict[str, str] = {
    Status.RECEIVED: "warn",
    Status.ACKNOWLEDGED: "info",
    Status.NEEDS_INFORMATION: "warn",
    Status.ACCEPTED: "info",
    Status.REMEDY_DELIVERED: "good",
    Status.CLOSED: "",
    Status.REOPENED: "warn",
    Status.WITHDRAWN: "warn",
}


def fee_label(code: str) -> str:
    """Return a category of the fees standard in words; a code that it does not have is returned as it is."""
    return next((gettext(entry.label) for entry in standard("fees").categories if entry.code == code), code)


def form_label(code: str) -> str:
    """Return a form of remedy in words; a code that the standard does not have is returned as it is."""
    return next((gettext(entry.label) for entry in standard("remedy").forms if entry.code == code), code)
