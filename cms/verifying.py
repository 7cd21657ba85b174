"""Look up what a paper claims: a licence number, a licence's or recruiter's reference, a certificate's code."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.references import BadReference, parse_reference
from recruiters import licencecertificates as certificates
from recruiters.countries import country_name
from recruiters.licencecertificates import Verified
from recruiters.models import Licence, Recruiter
from recruiters.models.words import StatusCode
from recruiters.publicwording import answer, answer_of
from recruiters.registerrows import number_key

SHOWN = 20


@dataclass(frozen=True)
class Finding:
    """What the register says about one licence, or about a recruiter without any."""

    name: str
    recruiter_ref: str
    number: str
    authority: str
    country: str
    status: str
    tone: str
    valid: bool
    since: dt.date | None = None
    expires_on: dt.date | None = None
    sentence: str = ""
    steps: tuple[str, ...] = ()
    but: str = ""


@dataclass(frozen=True)
class Line:
    """One fact of a certificate: what the paper says, what the register says today, and whether they differ."""

    label: str
    then: str
    now: str
    differs: bool


@dataclass(frozen=True)
class Paper:
    """A certificate as people check it: the paper's facts beside today's, and what it is worth."""

    found: Verified
    lines: list[Line]
    sentence: str
    steps: tuple[str, ...]


class Mistyped(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A reference of ours whose last character does not fit; the message is for people."""


def look_up(code: str, day: dt.date, *, today: dt.date | None = None) -> list[Finding]:
    """Return what the register says of a code on a day; raises Mistyped for a reference with a slip in it."""
    prefix, today = code.strip().upper()[:4], today or day
    if prefix == "REC-":
        recruiters = Recruiter.objects.listed().filter(ref=_reference(code))
        return [
            finding
            for recruiter in recruiters.select_related("party")
            for finding in _of_recruiter(recruiter, day, today)
        ]
    wanted = Q(ref=_reference(code)) if prefix == "LIC-" else Q(number_key=number_key(code)) & ~Q(number_key="")
    found = Licence.objects.filter(wanted, recruiter__is_listed=True)
    found = found.select_related("recruiter__party").prefetch_related(
        "history__appeals", "recruiter__licences__history"
    )
    return [
        _of_licence(licence, day, today, beside=licence.recruiter.licences.all())
        for licence in found.order_by("country", "authority", "pk")[:SHOWN]
    ]


def look_up_certificate(code: str) -> Paper | None:
    """Return a certificate by its code beside the register of today; raises Mistyped for a slip in the code."""
    try:
        found = certificates.verify_code(code)
    except BadReference:
        raise Mistyped(_("This code seems to be mistyped. Compare it with the paper, letter by letter.")) from None
    return paper_of(found) if found else None


def paper_of(found: Verified) -> Paper:
    """Return a certificate's facts laid out beside today's."""
    today = (
        answer(found.standing, found.as_of, today=found.as_of, order=found.order, but=found.but)
        if found.standing
        else None
    )
    lines = [
        Line(label, _shown(name, found.then), _shown(name, found.now) if found.now else "",
             name in found.comparison.changed)
        for name, label in _labels()
        if _shown(name, found.then) or (found.now and _shown(name, found.now))
    ]  # fmt: skip
    return Paper(found, lines, today.sentence if today else "", today.steps if today else ())


def _labels() -> list[tuple[str, str]]:
    return [
        ("name", _("Recruiter")),
        ("number", _("Licence")),
        ("authority", _("Authority")),
        ("country", _("Country")),
        ("status", _("Status")),
        ("expires_on", _("Runs until")),
        ("conditions", _("Conditions")),
    ]


def _shown(name: str, facts: Mapping[str, Any]) -> str:
    """Return a certificate's fact in the reader's language."""
    value = str(facts.get(name) or "")
    if name == "country":
        return _(country_name(value)) if value else ""
    if name == "status":
        return str(StatusCode(value).label) if value in StatusCode.values else value
    if name == "expires_on":
        return date_format(dt.date.fromisoformat(value), "DATE_FORMAT") if value else ""
    return value


def _reference(code: str) -> str:
    try:
        return parse_reference(code)
    except BadReference:
        raise Mistyped(_("This code seems to be mistyped. Compare it with the paper, letter by letter.")) from None


def _of_recruiter(recruiter: Recruiter, day: dt.date, today: dt.date) -> list[Finding]:
    licences = list(recruiter.licences.prefetch_related("history__appeals").select_related("recruiter__party")[:SHOWN])
    found = [_of_licence(licence, day, today, beside=licences) for licence in licences]
    none = Finding(recruiter.party.name, recruiter.ref, "", "", "", str(StatusCode.NONE.label), "", valid=False)
    return found or [none]


def _of_licence(licence: Licence, day: dt.date, today: dt.date, *, beside: Iterable[Licence]) -> Finding:
    standing = licence.standing(day)
    words = answer_of(licence, day, today=today, beside=beside)
    return Finding(
        name=licence.recruiter.party.name,
        recruiter_ref=licence.recruiter.ref,
        number=licence.number or licence.ref,
        authority=licence.authority,
        country=_(country_name(licence.country)) if licence.country else "",
        status=str(StatusCode(standing.code).label) if standing.code in StatusCode.values else standing.code,
        tone=words.tone,
        valid=standing.valid,
        since=standing.since,
        expires_on=standing.expires_on,
        sentence=words.sentence,
        steps=words.steps,
        but=words.but,
    )
