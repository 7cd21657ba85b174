"""Put what a respondent is asked into words: the same for the page, the letter and the handler who sends it."""

from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.documents import Document
from grievances.models import Grievance, ReplyRequest
from grievances.places import country_name
from grievances.reasons import DISCLOSED, REMEDY_ITEMS, say
from grievances.wording import category_label
from parties.models import Site

Row = tuple[str, str]


def rows_of(content: dict[str, Any], name: str = "") -> list[Row]:
    """Return what is told, line by line; what is not told has no line."""
    site = Site.objects.filter(ref=content.get("site", "")).first() if content.get("site") else None
    month = parse_date(f"{content['period']}-01") if content.get("period") else None
    values = {
        "categories": "; ".join(category_label(code) for code in content.get("categories", [])),
        "country": country_name(str(content["country"])) if content.get("country") else "",
        "site": site.name if site else "",
        "period": date_format(month, "YEAR_MONTH_FORMAT") if month else "",
        "people": str(Grievance.People(content["people"]).label) if content.get("people") else "",
        "remedy": "; ".join(say(REMEDY_ITEMS, code) for code in content.get("remedy", [])),
        "name": name,
    }
    return [(say(DISCLOSED, code), value) for code, value in values.items() if value]


def letter(request: ReplyRequest, rows: list[Row], language: str) -> bytes:
    """Return the letter to a respondent without an account, as PDF; raises MissingFont."""
    paper = Document(_("We ask for your reply"), language, request.ref)
    addressee = pgettext("addressee of a letter", "To")
    paper.facts([(addressee, request.party.name), (_("Reference"), request.ref), (_("Answer by"), _day(request))])
    paper.paragraph(
        _("We were told of a matter that concerns your organisation. Before anything is decided, you may answer.")
    )
    paper.facts(rows)
    paper.heading(_("Your answer"), 2)
    paper.blanks(_("What do you say, and what do you offer to put it right?"), 8)
    paper.paragraph(
        _("We undertake that nobody is treated worse because of this, and that we do not look for who complained.")
    )
    paper.signatures([_("Name, function, date and signature")])
    paper.note(
        _("We do not say who told us. Looking for that person, or treating anybody worse, is itself a grave matter.")
    )
    where = settings.OFFICE_ADDRESS.replace("\\n", "\n")
    for line in [where, settings.OFFICE_PHONE]:
        if line:
            paper.paragraph(line)
    return paper.render()


def _day(request: ReplyRequest) -> str:
    return date_format(request.due_on, "DATE_FORMAT")
