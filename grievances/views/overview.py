"""Gather what a handler sees of a grievance without opening it: codes, reasons, clocks, parties, files, history."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.evidence import held_for
from core.models import User
from core.withheld import hold_words
from grievances.models import Accused, AssistedEntry, Grievance, GrievanceFile
from grievances.places import country_name
from grievances.reasons import (
    DECISIONS,
    FAMILIES,
    PRIORITIES,
    PRIORITY_TONES,
    ROUTES,
    TRIAGE_REASONS,
    say,
)
from grievances.services.texting.reaching import reach_of
from grievances.services.writing import current_consents
from grievances.views.duedates import DueDates, due_dates
from grievances.wording import (
    STATUS_TONES,
    category_label,
    consent_label,
    language_name,
    not_accepted_label,
    outcome_label,
    status_label,
)


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    tone: str = ""


@dataclass(frozen=True)
class ShownFile:
    """One file, and in a few words why it is withheld where it is."""

    row: GrievanceFile
    hold: str | Promise
    alarming: bool


@dataclass(frozen=True)
class Overview:
    """Everything about a grievance that needs no opening."""

    facts: tuple[tuple[str, str], ...]
    priority: str
    priority_tone: str
    status: str
    status_tone: str
    reasons: tuple[str, ...]
    routes: tuple[str, ...]
    due: DueDates
    accused: tuple[tuple[int, Accused], ...]
    consents: tuple[tuple[str, bool], ...]
    files: tuple[ShownFile, ...]
    history: tuple[Event, ...]
    handler: User | None
    is_mine: bool
    case: Any
    message_count: int
    unread_count: int


def overview(grievance: Grievance, user: User) -> Overview:
    """Return what a handler may see in codes."""
    decision = grievance.decisions.order_by("-pk").first()
    assignment = grievance.assignments.filter(until=None).select_related("user").first()
    handler = assignment.user if assignment else None
    return Overview(
        facts=_facts(grievance),
        priority=say(PRIORITIES, grievance.priority),
        priority_tone=PRIORITY_TONES[grievance.priority],
        status=status_label(grievance.status),
        status_tone=STATUS_TONES.get(grievance.status, ""),
        reasons=tuple(reason_words(code, detail) for code, detail in decision.reasons) if decision else (),
        routes=tuple(say(ROUTES, route) for route in decision.routes) if decision else (),
        due=due_dates(grievance),
        accused=numbered_accused(grievance),
        consents=tuple((consent_label(code), given) for code, given in current_consents(grievance).items()),
        files=_files(grievance),
        history=_history(grievance),
        handler=handler,
        is_mine=handler == user,
        case=getattr(grievance, "case", None),
        message_count=grievance.messages.count(),
        unread_count=grievance.messages.filter(sender="handler", read_on=None).count(),
    )


def numbered_accused(grievance: Grievance) -> tuple[tuple[int, Accused], ...]:
    """Return the parties named now, each with its number within the grievance.

    Numbers over all grievances, in an address or a form, would tell whoever counts them that others exist.
    """
    links = grievance.accusations.select_related("party").order_by("pk")
    return tuple((number, link) for number, link in enumerate(links, start=1) if link.dropped_on is None)


def reason_words(code: str, detail: str) -> str:
    """Return one reason of the triage rule as a sentence."""
    if code == "category":
        detail = ", ".join(category_label(each) for each in detail.split("+"))
    elif code in {"several_indicators", "forced_labour_pattern"}:
        detail = ", ".join(say(FAMILIES, family) for family in detail.split("+"))
    return say(TRIAGE_REASONS, code, detail=detail)


def _facts(grievance: Grievance) -> tuple[tuple[str, str], ...]:
    yes = _("yes")
    facts = (
        (_("Categories"), " · ".join(category_label(code) for code in grievance.codes)),
        (_("Received"), _date(grievance.received_on)),
        (_("Country"), country_name(grievance.country) if grievance.country else ""),
        (_("Language"), language_name(grievance.language)),
        (_("People affected"), str(Grievance.People(grievance.people).label)),
        (_("Somebody in danger now"), yes if grievance.danger_now else ""),
        (_("Somebody under 18"), yes if grievance.under_18 else ""),
        (_("Time is short"), yes if grievance.time_closing else ""),
        (_("May be reached"), str(Grievance.ContactMode(grievance.contact_mode).label)),
        (_("Phone, by its alias"), _alias(grievance)),
        (_("Came in by"), str(Grievance.Channel(grievance.channel).label)),
        (_("Worker's own receipt"), _own_receipt(grievance)),
    )
    return tuple((label, value) for label, value in facts if value)


def _alias(grievance: Grievance) -> str:
    reach = reach_of(grievance)
    return reach.alias if reach else ""


def _files(grievance: Grievance) -> tuple[ShownFile, ...]:
    """Return the files, each with a word on why it is withheld where it is."""
    files = grievance.files.select_related("evidence").prefetch_related("evidence__scans")
    return tuple(
        ShownFile(
            row=file,
            hold=hold_words(file.evidence),
            alarming=bool(file.evidence.scans.all()) and held_for(file.evidence) in {"infected", "not_checked"},
        )
        for file in files
    )


def _own_receipt(grievance: Grievance) -> str:
    """Say whether a worker for whom somebody wrote has taken a receipt of her own; nothing where she wrote herself."""
    entry = AssistedEntry.objects.filter(grievance=grievance).first()
    if entry is None:
        return ""
    return _date(entry.renewed_on) if entry.renewed_on else _("not yet")


def _date(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _history(grievance: Grievance) -> tuple[Event, ...]:
    """Return what happened, oldest first; reasons in words, never a note."""
    events = [
        Event(
            row.at,
            status_label(row.status),
            who=str(row.by or ""),
            text=_reason(row.reason),
            tone=STATUS_TONES.get(row.status, ""),
        )
        for row in grievance.statuses.select_related("by")
    ]
    events += [
        Event(
            row.at,
            _("Decided: %(what)s (%(priority)s)")
            % {"what": say(DECISIONS, row.decision), "priority": say(PRIORITIES, row.priority)},
            who=str(row.by or ""),
        )
        for row in grievance.decisions.exclude(decision="").select_related("by")
    ]
    return tuple(sorted(events, key=lambda event: event.at))


def _reason(code: str) -> str:
    if not code:
        return ""
    words = not_accepted_label(code)
    return outcome_label(code) if words == code else words
