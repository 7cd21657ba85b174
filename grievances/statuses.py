"""Where a grievance, a case and a clock may stand: codes of the grievance standard and what may follow what. Pure."""

from enum import StrEnum


class Status(StrEnum):
    """Where a grievance stands; codes of the grievance standard's case flow."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    NEEDS_INFORMATION = "needs_information"
    ACCEPTED = "accepted"
    REFERRED_OUT = "referred_out"
    NOT_ACCEPTED = "not_accepted"
    UNDER_INQUIRY = "under_inquiry"
    REMEDY_PROPOSED = "remedy_proposed"
    REMEDY_AGREED = "remedy_agreed"
    REMEDY_IN_PROGRESS = "remedy_in_progress"
    REMEDY_DELIVERED = "remedy_delivered"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn_by_reporter"


ENDED = frozenset({Status.CLOSED, Status.NOT_ACCEPTED, Status.REFERRED_OUT})
WAITING_FOR_TRIAGE = frozenset({Status.RECEIVED, Status.ACKNOWLEDGED, Status.NEEDS_INFORMATION})
IN_REMEDY = frozenset(
    {
        Status.ACCEPTED,
        Status.UNDER_INQUIRY,
        Status.REMEDY_PROPOSED,
        Status.REMEDY_AGREED,
        Status.REMEDY_IN_PROGRESS,
        Status.REMEDY_DELIVERED,
        Status.REOPENED,
    }
)


class ClockKind(StrEnum):
    """What has to be done by a date."""

    ACKNOWLEDGE = "acknowledge"
    TRIAGE = "triage"
    FIRST_ACTION = "first_action"
    UPDATE = "update"
    RESOLVE = "resolve"
    ANSWER = "answer"
    PRESSURE_CHECK = "pressure_check"
    SECOND_PERSON = "second_person"
    REPLY = "reply"
    SAFETY_CHECK = "safety_check"
    LATE_PART = "late_part"


class Decision(StrEnum):
    """What triage decides."""

    ACCEPT = "accept"
    NEEDS_INFORMATION = "needs_information"
    REFER_OUT = "refer_out"
    NOT_ACCEPTED = "not_accepted"


STATUS_OF_DECISION = {
    Decision.ACCEPT: Status.ACCEPTED,
    Decision.NEEDS_INFORMATION: Status.NEEDS_INFORMATION,
    Decision.REFER_OUT: Status.REFERRED_OUT,
    Decision.NOT_ACCEPTED: Status.NOT_ACCEPTED,
}
