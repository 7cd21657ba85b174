"""Say in words what the parts and fields of an application are."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruiters.applying import SECTIONS
from recruiters.models import Guarantee, Sector
from recruiters.vocabulary import country_label

SECTION_LABELS = {
    "organisation": gettext_lazy("Your organisation"),
    "people": gettext_lazy("Owners, directors and agents"),
    "work": gettext_lazy("Where and how many"),
    "guarantee": gettext_lazy("Guarantee"),
    "papers": gettext_lazy("Papers"),
    "declarations": gettext_lazy("Declarations"),
    "ties": gettext_lazy("Ties to other organisations"),
}
ABOUT_OTHERS = {"organisation": gettext_lazy("The organisation")}
"""What an officer reads where the applicant reads of its own."""
FIELD_LABELS = {
    "legal_name": gettext_lazy("Registered name"),
    "registration_number": gettext_lazy("Company registration number"),
    "address": gettext_lazy("Address"),
    "city": gettext_lazy("Town"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "website": gettext_lazy("Web site"),
    "people": gettext_lazy("Owners, directors and officers"),
    "sub_agents": gettext_lazy("Sub-agents"),
    "destinations": gettext_lazy("Countries of destination"),
    "sectors": gettext_lazy("Sectors"),
    "workers_a_year": gettext_lazy("Workers you expect to place in a year"),
    "guarantee_kind": gettext_lazy("Kind of guarantee"),
    "guarantee_issuer": gettext_lazy("Guarantee issued by"),
    "guarantee_reference": gettext_lazy("The issuer's reference"),
    "guarantee_amount": gettext_lazy("Amount"),
    "guarantee_currency": gettext_lazy("Currency"),
    "guarantee_until": gettext_lazy("Guarantee holds until"),
    "papers": gettext_lazy("Papers"),
    "charges_no_fees": gettext_lazy("Workers pay no fee and no related cost, to you or to anybody on your behalf"),
    "no_barred_person": gettext_lazy("Nobody behind your organisation is barred from recruiting"),
    "ties": gettext_lazy("Ties to other organisations"),
}
STATES = {
    "empty": (gettext_lazy("not begun"), ""),
    "begun": (gettext_lazy("something is missing"), "warn"),
    "filled": (gettext_lazy("filled in, not yet handed in"), "info"),
    "returned": (gettext_lazy("returned to you"), "bad"),
}
GRAVITY = {
    "tie_relevant": gettext_lazy("a tie to an organisation whose licence was taken away was found to matter"),
    "tie_open": gettext_lazy("a strong tie has not been judged yet"),
    "hit_true": gettext_lazy("a severe match with a watchlist was decided to be true"),
    "hit_open": gettext_lazy("a severe hit on a watchlist is not decided yet"),
    "was_barred": gettext_lazy("its licence was taken away before"),
    "many_workers": gettext_lazy("very many workers would depend on it"),
}


def _person(row: Mapping[str, Any]) -> str:
    roles = {"owner": _("owner"), "director": _("director"), "officer": _("officer")}
    parts = [row["name"]]
    if row.get("native_name"):
        parts.append(f"({row['native_name']})")
    extra = [roles[row["role"]]] if row.get("role") in roles else []
    if row.get("country"):
        extra.append(country_label(row["country"]))
    if row.get("starts"):
        extra.append(_("since %(starts)s") % {"starts": _shown_day(row["starts"])})
    return " ".join(parts) + (f" – {', '.join(extra)}" if extra else "")


def _shown_day(text: str) -> str:
    day = parse_date(text)
    return date_format(day, "DATE_FORMAT") if day else text


def field_value(field: str, value: Any) -> list[str]:
    """Return what a field holds as lines for people; none where it is empty."""
    if value in (None, "", [], False):
        return []
    if field in ("people", "sub_agents"):
        return [_person(row) for row in value]
    if field == "destinations":
        return [country_label(code) for code in value]
    if field == "sectors":
        return [str(Sector(code).label) for code in value if code in Sector.values]
    if field in ("charges_no_fees", "no_barred_person"):
        return [_("declared")]
    if field == "guarantee_kind":
        return [str(Guarantee.Kind(value).label) if value in Guarantee.Kind.values else str(value)]
    if field == "guarantee_until":
        return [_shown_day(value)]
    if field == "guarantee_amount":
        try:
            return [number_format(Decimal(str(value)), use_l10n=True, force_grouping=True)]
        except InvalidOperation:
            return [str(value)]
    return [number_format(value, force_grouping=True) if isinstance(value, int) else str(value)]


def content_rows(
    content: Mapping[str, Any], *, of_others: bool = False
) -> list[tuple[str, str, list[tuple[str, str, list[str]]]]]:
    """Return an application's content as (part, its label, [(field, its label, lines)]); papers stand by themselves.

    ``of_others`` says that an officer reads it.
    """
    return [
        (section, str(ABOUT_OTHERS.get(section, SECTION_LABELS[section]) if of_others else SECTION_LABELS[section]),
         [(field, str(FIELD_LABELS[field]), field_value(field, content.get(field))) for field in fields])
        for section, fields in SECTIONS.items()
        if section != "papers"
    ]  # fmt: skip
