"""Lay out what the pages show of licences, facts and ratings: the same words for staff and for the recruiter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruiters.licensing import Standing, decisions_from
from recruiters.models import Licence, LicenceStatus, Rating, RiskFact
from recruiters.models.risk import NEVER_SHOWN
from recruiters.models.words import Origin, Reason, SeverityWord, StatusCode, tone_of
from recruiters.wording import fact_label, line_sentence, relief_sentence

DECISIONS = {
    "grant": gettext_lazy("Grant"),
    "renew": gettext_lazy("Renew"),
    "condition": gettext_lazy("Attach conditions"),
    "suspend": gettext_lazy("Suspend"),
    "reinstate": gettext_lazy("Lift the suspension"),
    "revoke": gettext_lazy("Revoke"),
    "ban": gettext_lazy("Ban for good"),
    "refuse": gettext_lazy("Refuse"),
    "close": gettext_lazy("Close at the holder's request"),
    "restore": gettext_lazy("Give back after an appeal"),
}
DANGEROUS = ("suspend", "revoke", "ban", "refuse")
FACT_TONES = {"minor": "", "moderate": "info", "serious": "warn", "critical": "bad"}


@dataclass(frozen=True)
class Event:
    """One entry of a timeline."""

    at: date | datetime
    title: str
    text: str = ""
    who: str = ""
    tone: str = ""


@dataclass(frozen=True)
class LicenceRow:
    """One licence with what it says today, its history, and what may be decided."""

    licence: Licence
    standing: Standing
    label: str
    tone: str
    events: tuple[Event, ...]
    decisions: tuple[tuple[str, str, bool], ...]
    coming: tuple[tuple[LicenceStatus, str], ...] = ()
    """Orders that take effect later, with their status in words."""


@dataclass(frozen=True)
class FactRow:
    """One fact as a reader may see it."""

    fact: RiskFact
    label: str
    origin: str
    source: str
    severity: str
    tone: str
    state: str
    may_serve: bool
    served: bool
    open: bool


def status_word(code: str) -> str:
    """Return a status code in words."""
    return str(StatusCode(code).label) if code in StatusCode.values else code


def history_event(row: LicenceStatus, *, with_people: bool = True) -> Event:
    """Return a row of a licence's history as an entry of its timeline, newest decisions with their order."""
    parts = []
    if row.order_number:
        parts.append(_("Order %(number)s.") % {"number": row.order_number})
    if row.reason_code:
        parts.append(f"{Reason(row.reason_code).label}.")
    if row.legal_basis:
        parts.append(f"{row.legal_basis}.")
    if row.order_authority:
        parts.append(_("By %(authority)s.") % {"authority": row.order_authority})
    if row.order_number and row.decided_on and row.decided_on != row.effective_on:
        parts.append(_("Dated %(day)s.") % {"day": date_format(row.decided_on, "DATE_FORMAT")})
    if row.order_number and not row.holds_pending_appeal:
        parts.append(_("It does not hold while an appeal is open."))
    if row.appeal_ref:
        parts.append(_("Appeal %(ref)s.") % {"ref": row.appeal_ref})
    if row.until:
        parts.append(_("Until %(day)s.") % {"day": date_format(row.until, "DATE_FORMAT")})
    if row.expires_on:
        parts.append(_("Term ends %(day)s.") % {"day": date_format(row.expires_on, "DATE_FORMAT")})
    if row.raw:
        parts.append(_("The register's word: “%(word)s”.") % {"word": row.raw})
    who = str(row.recorded_by) if with_people and row.recorded_by_id else ""
    return Event(row.effective_on, status_word(row.code), " ".join(parts), who, tone_of(row.code))


def _withdrawn_event(row: LicenceStatus) -> Event:
    """Return an order that never took effect as staff see it in the timeline."""
    words = _("Order %(number)s, withdrawn before it took effect.") % {"number": row.order_number or "–"}
    withdrawal = getattr(row, "withdrawal", None)
    if withdrawal is None:
        return Event(row.effective_on, status_word(row.code), words)
    by = _("By order %(number)s.") % {"number": withdrawal.order_number} if withdrawal.order_number else ""
    text = " ".join(filter(None, (words, f"{withdrawal.get_reason_code_display()}.", by)))
    return Event(row.effective_on, status_word(row.code), text, str(withdrawal.by or ""))


def licence_rows(licences: Iterable[Licence], *, with_people: bool = True) -> list[LicenceRow]:
    """Return licences with their history, newest entry first; the caller has prefetched ``history``."""
    rows = []
    for licence in licences:
        standing = licence.standing()
        shown = licence.history.all() if with_people else licence.standing_rows()
        newest_first = sorted(shown, key=lambda row: (row.effective_on, row.pk), reverse=True)
        today = licence.today()
        rows.append(
            LicenceRow(
                licence=licence,
                standing=standing,
                label=status_word(standing.code),
                tone=tone_of(standing.code),
                events=tuple(
                    _withdrawn_event(row) if row.is_withdrawn else history_event(row, with_people=with_people)
                    for row in newest_first
                ),
                decisions=tuple((d, str(DECISIONS[d]), d in DANGEROUS) for d in decisions_from(standing.code)),
                coming=tuple(
                    (row, status_word(row.code)) for row in licence.standing_rows() if row.effective_on > today
                ),
            )
        )
    return rows


def fact_rows(facts: Iterable[RiskFact], *, show_grievances: bool) -> list[FactRow]:
    """Return facts for staff; who handles no grievances sees that there is one, not which."""
    rows = []
    for fact in facts:
        hidden = fact.origin == Origin.GRIEVANCE and not show_grievances
        served = any(step.state == "served" for step in fact.steps.all())
        rows.append(
            FactRow(
                fact=fact,
                label=_("A grievance") if hidden else fact_label(fact.code),
                origin=str(Origin(fact.origin).label),
                source="" if hidden else fact.source_ref,
                severity=str(SeverityWord(fact.severity).label),
                tone=FACT_TONES[fact.severity],
                state=fact.state,
                may_serve=fact.origin not in NEVER_SHOWN and not fact.may_be_told(),
                served=served,
                open=fact.state in ("standing", "disputed"),
            )
        )
    return rows


def rating_lines(rating: Rating, *, show_grievances: bool) -> list[tuple[int, str]]:
    """Return a rating's account: points and sentence, line by line."""
    lines = []
    for line in rating.lines:
        hidden = line["origin"] == Origin.GRIEVANCE and not show_grievances
        shown = {**line, "code": "grievance"} if hidden else line
        lines.append((line["points"], line_sentence(shown, show_source=not hidden)))
    return lines


def relief_lines(rating: Rating) -> list[str]:
    """Return what would lower a rating."""
    return [relief_sentence(relief) for relief in rating.relief]
