"""Put into sentences what stands in the way of a load's reversal, and what a load would change."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recruiters.undoing import Obstacle
from recruiters.wording import rejection_sentence

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


def problem_sentences(number: int, problems: Iterable[Mapping[str, Any]]) -> str:
    """Return everything that is wrong with one row, in one text."""
    return " ".join(rejection_sentence({"row": number, **problem}) for problem in problems)
