"""The verbs of the grievance channel: nothing else writes its tables."""

from grievances.services.agreeing import answer_second
from grievances.services.closing import (
    CloseRefused,
    agree_to_close,
    close,
    close_withdrawn,
    decline_to_close,
)
from grievances.services.doors import PleaseWait, end_session, find_by_receipt, open_session
from grievances.services.handling import (
    HandlingRefused,
    drop_accused,
    link_accused,
    open_contact,
    open_words,
    recuse,
    send_message,
    take,
)
from grievances.services.keeping import escalate, purge
from grievances.services.lodging import Lodged, Report, keep_receipt, lodge
from grievances.services.overseeing import appoint, begin_reading
from grievances.services.regranting import give_all, locked_for, settle, vouch_for
from grievances.services.retaining import (
    RetentionRefused,
    ask_erasure,
    ask_to_lift,
    hold,
    lift,
    settle_erasure,
)
from grievances.services.seconding import SecondRefused, ask_to_lower, open_question
from grievances.services.stepping import (
    RemedyRefused,
    StepPlan,
    add_remedy_step,
    agree,
    confirm,
    deliver,
    note_attempt,
    refuse,
    replace_step,
    set_root_cause,
)
from grievances.services.triaging import Judgement, TriageRefused, preview, triage

__all__ = [
    "CloseRefused",
    "HandlingRefused",
    "Judgement",
    "Lodged",
    "PleaseWait",
    "RemedyRefused",
    "Report",
    "RetentionRefused",
    "SecondRefused",
    "StepPlan",
    "TriageRefused",
    "add_remedy_step",
    "agree",
    "agree_to_close",
    "answer_second",
    "appoint",
    "ask_erasure",
    "ask_to_lift",
    "ask_to_lower",
    "begin_reading",
    "close",
    "close_withdrawn",
    "confirm",
    "decline_to_close",
    "deliver",
    "drop_accused",
    "end_session",
    "escalate",
    "find_by_receipt",
    "give_all",
    "hold",
    "keep_receipt",
    "lift",
    "link_accused",
    "locked_for",
    "lodge",
    "note_attempt",
    "open_contact",
    "open_question",
    "open_session",
    "open_words",
    "preview",
    "purge",
    "recuse",
    "refuse",
    "replace_step",
    "send_message",
    "set_root_cause",
    "settle",
    "settle_erasure",
    "take",
    "triage",
    "vouch_for",
]
