"""The verbs of the recruiters' floor: nothing else writes its tables."""

from recruiters.services.applications import (
    hand_in,
    return_application,
    save_section,
    start_application,
    submit_application,
)
from recruiters.services.assessments import (
    answer_criteria,
    attach_evidence,
    complete_assessment,
    start_assessment,
)
from recruiters.services.confirming import confirm_load
from recruiters.services.contracts import NothingToCompare, record_contract, record_contract_review
from recruiters.services.decisions import assign_hits, decide_hit, hold_hit, undo_decision
from recruiters.services.disputes import answer_dispute, dispute_entry, open_dispute
from recruiters.services.evidence import RuleRefused, confirm_fee_rule, record_fee, set_fee_rule
from recruiters.services.granting import answer_proposal, decide_application
from recruiters.services.inspite import decide_in_favour, give_licence
from recruiters.services.intake import (
    ScreeningRefused,
    confirm_columns,
    preview_list,
    receive_list,
    watch_screening,
)
from recruiters.services.licencecertificates import CertificateRefused, issue_certificate, take_certificate
from recruiters.services.licences import (
    add_licence,
    ban_recruiter,
    close_licence,
    grant_licence,
    refuse_licence,
    reinstate_licence,
    renew_licence,
    restore_licence,
    revoke_licence,
    set_conditions,
    suspend_licence,
)
from recruiters.services.listproposals import propose_edition
from recruiters.services.loads import answer_dates, discard_load, load_register, receive_register
from recruiters.services.register import add_person, edit_recruiter, end_person, register_recruiter
from recruiters.services.reversal import undo_load
from recruiters.services.risk import note_risk, rate_recruiter, serve_fact, settle_fact
from recruiters.services.screeningcertificates import certify_screening, take_certificate_file
from recruiters.services.screenings import screen_chunk
from recruiters.services.staging import LoadRefused
from recruiters.services.standing import refresh_standing
from recruiters.services.watchlists import WatchlistRefused, load_watchlist
from recruiters.services.withdrawing import DecisionRefused, answer_withdrawal, withdraw_order

__all__ = [
    "CertificateRefused",
    "DecisionRefused",
    "LoadRefused",
    "NothingToCompare",
    "RuleRefused",
    "ScreeningRefused",
    "WatchlistRefused",
    "add_licence",
    "add_person",
    "answer_criteria",
    "answer_dates",
    "answer_dispute",
    "answer_proposal",
    "answer_withdrawal",
    "assign_hits",
    "attach_evidence",
    "ban_recruiter",
    "certify_screening",
    "close_licence",
    "complete_assessment",
    "confirm_columns",
    "confirm_fee_rule",
    "confirm_load",
    "decide_application",
    "decide_hit",
    "decide_in_favour",
    "discard_load",
    "dispute_entry",
    "edit_recruiter",
    "end_person",
    "give_licence",
    "grant_licence",
    "hand_in",
    "hold_hit",
    "issue_certificate",
    "load_register",
    "load_watchlist",
    "note_risk",
    "open_dispute",
    "preview_list",
    "propose_edition",
    "rate_recruiter",
    "receive_list",
    "receive_register",
    "record_contract",
    "record_contract_review",
    "record_fee",
    "refresh_standing",
    "refuse_licence",
    "register_recruiter",
    "reinstate_licence",
    "renew_licence",
    "restore_licence",
    "return_application",
    "revoke_licence",
    "save_section",
    "screen_chunk",
    "serve_fact",
    "set_conditions",
    "set_fee_rule",
    "settle_fact",
    "start_application",
    "start_assessment",
    "submit_application",
    "suspend_licence",
    "take_certificate",
    "take_certificate_file",
    "undo_decision",
    "undo_load",
    "watch_screening",
    "withdraw_order",
]
