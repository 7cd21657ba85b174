"""Say to a worker in plain words where her grievance stands and by which day what happens next."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from grievances.clocks import last_day
from grievances.models import Grievance
from grievances.services import clockwork
from grievances.statuses import ENDED, ClockKind, Status
from grievances.wording import worker_status

# Which clocks are promises to the worker, in the order in which they are told.
PROMISES = (
    ClockKind.ACKNOWLEDGE,
    ClockKind.ANSWER,
    ClockKind.TRIAGE,
    ClockKind.FIRST_ACTION,
    ClockKind.UPDATE,
    ClockKind.RESOLVE,
)


@dataclass(frozen=True)
class Standing:
    """What a worker reads at the top of her page."""

    words: str
    next_step: str
    next_on: date | None
    since: date
    ended: bool


def standing_of(grievance: Grievance, *, asks: bool = False) -> Standing:
    """Return where a grievance stands, for its worker; `asks` says that a step waits for her word."""
    status = grievance.status
    newest = grievance.statuses.order_by("-pk").first()
    running = grievance.clocks.filter(kind__in=PROMISES, met_at=None, dropped_at=None).order_by("due_at", "pk").first()
    zone = clockwork.office_zone()
    answered = status == Status.REMEDY_DELIVERED and not asks
    return Standing(
        words=gettext("Thank you for telling us") if answered else worker_status(status),
        next_step=_promise(ClockKind(running.kind)) if running else "",
        next_on=last_day(running.due_at, zone) if running else None,
        since=newest.at.date() if newest else grievance.received_on,
        ended=status in ENDED or status == Status.WITHDRAWN,
    )


def _promise(kind: ClockKind) -> str:
    """Return what happens by the date, in the worker's words."""
    return {
        ClockKind.ACKNOWLEDGE: gettext("A person reads your report"),
        ClockKind.ANSWER: gettext("We answer your message"),
        ClockKind.TRIAGE: gettext("We decide how to help"),
        ClockKind.FIRST_ACTION: gettext("We take the first step"),
        ClockKind.UPDATE: gettext("We write to you how it stands"),
        ClockKind.RESOLVE: gettext("We aim to have it put right"),
    }[kind]
