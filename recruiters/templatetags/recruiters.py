"""Show the standards' codes and stored days in words."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django import template
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core.standards.entries import Entry
from core.standards.iris import Criterion
from core.templatetags.design import tag
from recruiters import hitfacts, presenting, vocabulary, wording
from recruiters.hitfacts import scheme_label
from recruiters.isolating import isolated
from recruiters.models import LicenceTerm, Publication, Rating, Recruiter, Sector
from recruiters.models.publications import published_for
from recruiters.screening import REGISTER
from recruiters.services import claims
from recruiters.zones import zone_name as name_of_zone

register = template.Library()
register.filter("scheme_label", scheme_label)


@register.filter
def relief_lines(rating: Rating) -> list[str]:
    """Return what would lower a rating."""
    return presenting.relief_lines(rating)


@register.filter
def row_reason(code: str) -> str:
    """Return why somebody was screened with this outcome, or was not."""
    return wording.row_reason(code)


@register.filter
def fee_label(code: str) -> str:
    """Return a fee category's label."""
    return vocabulary.fee_label(code)


@register.filter
def payer_label(code: str) -> str:
    """Return who paid, in words."""
    return str(dict(vocabulary.PAYERS).get(code, code))


@register.simple_tag
def fee_tag(verdict: str) -> SafeString:
    """Return one of the two answers about a payment as a tag."""
    label, tone = vocabulary.FEE_VERDICTS.get(verdict, (verdict, ""))
    return tag(label, tone)


@register.filter
def fee_reasons(codes: Iterable[str]) -> list[str]:
    """Return the sentences behind an answer about a payment."""
    return [str(vocabulary.FEE_REASONS.get(code, code)) for code in codes]


@register.filter
def element_label(code: str) -> str:
    """Return the label of an element of a contract."""
    return vocabulary.element_label(code)


@register.filter
def finding_label(code: str) -> str:
    """Return a contract finding in words."""
    return vocabulary.finding_label(code)


@register.filter
def outcome_label(code: str) -> str:
    """Return the finding on a criterion in words."""
    return str(dict(vocabulary.OUTCOMES).get(code, code))


@register.filter
def criterion_label(code: str) -> str:
    """Return the label of an assessment criterion."""
    return vocabulary.criterion_label(code)


@register.filter
def look_label(kind: str) -> str:
    """Return what a look is called."""
    return vocabulary.look_label(kind)


@register.filter
def proposed_label(reason: str) -> str:
    """Return why the looks suggest a finding."""
    return str(vocabulary.PROPOSED.get(reason, reason))


@register.filter
def criterion_number(criterion: Criterion) -> str:
    """Return the standard's own number of a criterion where it was read there, else ours."""
    return vocabulary.criterion_number(criterion)


@register.simple_tag
def standard_label(entry: Entry) -> str:
    """Return a standard's label in the reader's language."""
    return gettext(entry.label)


@register.simple_tag
def standard_text(text: str) -> str:
    """Return a standard's sentence in the reader's language."""
    return gettext(text) if text else ""


@register.filter
def iso_day(text: str | None) -> str:
    """Return a day stored as text as readers write it."""
    return date_format(date.fromisoformat(text), "DATE_FORMAT") if text else "–"


@register.filter
def list_name(name: str) -> str:
    """Return a list's name; the register's in the reader's language."""
    return gettext("the register") if name == REGISTER else name


@register.filter
def country(code: str) -> str:
    """Return a country by name."""
    return vocabulary.country_label(code)


@register.filter
def topics(codes: Iterable[str]) -> str:
    """Return what a record stands on a list for."""
    return ", ".join(vocabulary.topic_label(code) for code in codes)


@register.filter
def country_names(codes: Iterable[str]) -> str:
    """Return countries by name."""
    return ", ".join(vocabulary.country_label(code) for code in codes)


@register.filter
def licence_word(code: str) -> str:
    """Return what a licence is, in words."""
    return presenting.status_word(code)


@register.filter
def record_fields(codes: Iterable[str]) -> str:
    """Return the names of a list record's fields."""
    return hitfacts.field_names(codes)


@register.filter
def zone_name(country_code: str) -> str:
    """Return the time zone by whose midnight a licence of a country ends."""
    return name_of_zone(country_code)


register.filter("isolated", isolated)


@register.filter
def term_value(term: LicenceTerm) -> str:
    """Return what a licence covers, or its limit, in words."""
    if term.kind == LicenceTerm.Kind.CORRIDOR:
        return vocabulary.country_label(term.code)
    if term.kind == LicenceTerm.Kind.SECTOR:
        return str(Sector(term.code).label) if term.code in Sector.values else term.code
    return number_format(term.amount or 0, force_grouping=True)


@register.filter
def money(amount: Decimal) -> str:
    """Return an amount with the language's own grouping, without idle decimals."""
    whole = amount == amount.to_integral_value()
    return number_format(amount.quantize(Decimal(1)) if whole else amount, use_l10n=True, force_grouping=True)


@register.simple_tag
def published_rating(recruiter: Recruiter) -> Publication | None:
    """Return the rating that the public may read of a recruiter, if a person published one."""
    return published_for(recruiter)


@register.simple_tag
def open_publication(recruiter: Recruiter) -> Publication | None:
    """Return the rating that is proposed for publication, if there is one."""
    found: Publication | None = recruiter.publications.filter(state__in=Publication.OPEN).first()
    return found


@register.simple_tag
def claimed_by(recruiter: Recruiter) -> str:
    """Return the organisation that speaks for an entry; empty where nobody does. A claim verifies nothing."""
    claim = claims.claimed_by(recruiter)
    return claim.account.name if claim is not None else ""
