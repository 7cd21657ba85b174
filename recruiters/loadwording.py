"""Put into sentences what stands in the way of a load's reversal, and what a load would change."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recruiters.precedence import Outcome
from recruiters.undoing import Obstacle
from recruiters.wording import rejection_sentence
from recruiters.writtendates import read_date

FIELDS = {
    "name": gettext_lazy("name"),
    "phone": gettext_lazy("telephone"),
    "email": gettext_lazy("e-mail"),
    "website": gettext_lazy("web site"),
}


def obstacle_sentence(ref: str, obstacle: Obstacle) -> str:
    """Return why one recruiter's part of a load must stay."""
    texts = {
        "edited": _("%(ref)s: somebody has since changed it (%(detail)s)."),
        "decided": ngettext(
            "%(ref)s: %(count)s later decision rests on it.",
            "%(ref)s: %(count)s later decisions rest on it.",
            obstacle.count,
        ),
        "later_load": _("%(ref)s: another register's load changed it afterwards (%(detail)s)."),
        "certificate": ngettext(
            "%(ref)s: %(count)s certificate was issued on it.",
            "%(ref)s: %(count)s certificates were issued on it.",
            obstacle.count,
        ),
        "signs_in": _("%(ref)s: its people sign in here by now."),
        "acts": _("%(ref)s: %(detail)s were entered on it (%(count)s)."),
    }
    detail = obstacle.detail
    if obstacle.code == "edited":
        detail = ", ".join(str(FIELDS.get(name, name)) for name in obstacle.detail.split(", "))
    return texts[obstacle.code] % {"ref": ref, "detail": detail, "count": obstacle.count}


def kept_sentence(outcome: Outcome, status: str, ends: str) -> str:
    """Return why what a file says of a licence is not taken over."""
    said = _("The file says “%(status)s”, term until %(day)s.") if ends else _("The file says “%(status)s”.")
    why = {
        Outcome.ORDER: _("An order given here stands; it is lifted here, not by a file."),
        Outcome.OTHER_REGISTER: _("This is not its authority's own register, so the licence stays as it is."),
        Outcome.OLDER: _("What is written here is newer, so it stays as it is."),
    }
    return f"{said % {'status': status, 'day': ends}} {why.get(outcome, '')}"


def date_examples(examples: Iterable[Mapping[str, Any]], dates: str) -> str:
    """Return how the first dates of a file that can be read in two ways would be read by one order."""
    found = [(each["text"], read_date(each["text"], dates)) for each in list(examples)[:3]]
    return "; ".join(f"{text} = {date_format(day, 'DATE_FORMAT')}" for text, day in found if day)


def problem_sentences(number: int, problems: Iterable[Mapping[str, Any]]) -> str:
    """Return everything that is wrong with one row, in one text."""
    return " ".join(rejection_sentence({"row": number, **problem}) for problem in problems)
