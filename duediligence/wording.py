"""Put the codes of the rules into words, in the reader's language. Codes are kept; words are looked up each time."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = Mapping[str, str | Promise]

STATE_LABELS: Words = {
    "done": _("Done"),
    "under_way": _("Under way"),
    "not_done": _("Not done"),
    "not_applicable": _("Not applicable"),
    "none": _("None"),
    "not_known": _("Not known"),
    "withheld": _("Withheld"),
}
STATE_HINTS: Words = {
    "done": _("It was carried out. Say what, who is responsible and when."),
    "under_way": _("It has begun. Say what is done so far and who is responsible."),
    "not_done": _("It was not carried out. Say why."),
    "not_applicable": _("It does not apply to your company. Say why."),
    "none": _("You looked and found none. Say how you looked."),
    "not_known": _("You do not know yet. Say what is missing."),
    "withheld": _("You know but do not publish it. Say why; readers see the reason and nothing else."),
}
STATE_TONES: Mapping[str, str] = {
    "done": "good",
    "under_way": "info",
    "not_done": "warn",
    "not_applicable": "",
    "none": "",
    "not_known": "warn",
    "withheld": "warn",
}
PROGRESS_LABELS: Words = {
    "not_started": _("Not started"),
    "in_progress": _("In progress"),
    "answered": _("Answered, not published"),
}
PROGRESS_TONES: Mapping[str, str] = {"not_started": "", "in_progress": "info", "answered": "good"}

ISSUES: Words = {
    "unanswered": _("There is no answer yet. “Not done” or “Not known”, with a reason, is an answer too."),
    "text_missing": _("The answer does not say what is done."),
    "reason_missing": _("The answer gives no reason."),
    "owner_missing": _("The answer names nobody who is responsible."),
    "date_missing": _("The answer does not say when."),
    "date_in_future": _("The answer says “Done”, but its date is still to come."),
    "evidence_missing": _("No evidence is attached."),
    "decision_missing": _("It is not said what was decided."),
    "is_under_way": _("This is under way, not finished."),
    "is_not_done": _("This was not done."),
    "is_not_known": _("The company does not know this."),
    "is_withheld": _("The company knows this but does not publish it."),
    "period_not_over": _("The reporting period is not over yet."),
    "no_suppliers": _("No supplier is listed."),
    "no_recruiters": _("No recruiter is listed."),
    "no_risks": _("No risk to people is listed. Finding none often means that nobody looked."),
    "risk_not_assessed": _("A risk has not been assessed."),
    "severe_risk_without_action": _("No action is planned against a severe risk."),
    "action_without_owner": _("An action has nobody who is responsible."),
    "action_overdue": _("An action is overdue."),
    "cases_without_answer": _("Not every case has been answered by the company."),
}

BANDS: Words = {
    "first": _("Act first"),
    "next": _("Act next"),
    "plan": _("Plan"),
    "watch": _("Watch"),
}
BAND_TONES: Mapping[str, str] = {"first": "bad", "next": "warn", "plan": "info", "watch": ""}
REASONS: Words = {
    "no_harm": _("No harm to people is seen."),
    "severe_by_scale": _("Severity comes from how grave the harm is (%(rung)s of 4)."),
    "severe_by_scope": _("Severity comes from how many people it reaches (%(rung)s of 4)."),
    "severe_by_irremediability": _("Severity comes from how hard it is to put right (%(rung)s of 4)."),
    "remedy_slipping_away": _(
        "The harm cannot be put right, or soon no more: it goes before others of the same severity."
    ),
    "already_happening": _("It is happening or has happened."),
    "likelihood_second": _("Likelihood (%(rung)s of 4) only orders risks of the same severity."),
    "owed_caused": _("The company causes it: it must stop it, keep it from happening again and give remedy."),
    "owed_contributed": _(
        "The company contributes to it: it must stop its part, use its influence on the rest "
        "and give remedy for its share."
    ),
    "owed_linked": _("The company is linked to it: it must use its influence, and may help with remedy."),
}
INVOLVEMENT: Words = {"caused": _("Caused"), "contributed": _("Contributed"), "linked": _("Linked")}
RESPONSES: Words = {
    "cease": _("Stop it"),
    "prevent_recurrence": _("Keep it from happening again"),
    "remedy": _("Give remedy"),
    "cease_contribution": _("Stop your own part"),
    "use_leverage": _("Use your influence on the others"),
    "remedy_share": _("Give remedy for your share"),
    "may_help_remedy": _("You may help with remedy"),
    "consider_exit": _("Consider ending the relationship, if that does not harm workers more"),
}
SCALE: Words = {"0": _("None"), "1": _("Minor"), "2": _("Serious"), "3": _("Severe"),
                "4": _("Life, liberty or body, or signs of forced labour")}  # fmt: skip
SCOPE: Words = {"0": _("Nobody"), "1": _("One person"), "2": _("A few people"), "3": _("A group or a whole site"),
                "4": _("Many sites or a whole corridor")}  # fmt: skip
IRREMEDIABILITY: Words = {"0": _("Easily put right"), "1": _("Put right with effort"), "2": _("Put right in part"),
                          "3": _("Hardly put right"), "4": _("Cannot be put right, or soon no more")}  # fmt: skip
LIKELIHOOD: Words = {"0": _("Remote"), "1": _("Possible"), "2": _("Likely"), "3": _("Very likely"),
                     "4": _("It is happening or has happened")}  # fmt: skip

ACTION_STATES: Words = {
    "planned": _("Planned"),
    "under_way": _("Under way"),
    "done": _("Carried out"),
    "dropped": _("Given up"),
}
ACTION_TONES: Mapping[str, str] = {"planned": "info", "under_way": "info", "done": "good", "dropped": "warn"}

RESPONSE_KINDS: Words = {
    "provided": _("Remedy was provided"),
    "enabled": _("Others were enabled to provide remedy"),
    "leverage": _("Influence was used"),
    "under_way": _("Begun, not finished"),
    "nothing": _("Nothing was done"),
    "waiting": _("No answer yet"),
}

BASES: Words = {
    "law": _("set by the law"),
    "guidance": _("recommended by official guidance"),
    "ended": _("reports are no longer received"),
}
STANDINGS: Words = {
    "ahead": _("Ahead"),
    "soon": _("Due soon"),
    "late": _("Overdue"),
    "met": _("Met"),
    "met_late": _("Met late"),
    "no_date": _("No yearly date"),
}
STANDING_TONES: Mapping[str, str] = {"ahead": "info", "soon": "warn", "late": "bad", "met": "good", "met_late": "warn"}
ITEM_STATUS: Words = {
    "answered": pgettext_lazy("item of a law", "Answered"),
    "partial": _("Answered in part"),
    "not_applicable": _("Not applicable"),
    "missing": _("Missing"),
}
ITEM_TONES: Mapping[str, str] = {"answered": "good", "partial": "info", "not_applicable": "", "missing": "warn"}

PROBLEMS: Words = {
    "missing": _("This must not be empty."),
    "no_letters": _("This holds no letter."),
    "too_long": _("This is too long."),
    "unreadable": _("This holds signs that cannot be read. Was the file saved in another encoding?"),
    "unknown_country": _("No country is called this. Use a name or a two-letter code."),
    "not_a_number": _("This is not a number."),
    "not_on_earth": _("There is no such degree."),
    "half_a_position": _("A position needs both latitude and longitude."),
    "not_a_range": _("This is not a number of workers such as 120 or 100-150."),
    "mistyped_os_id": _("This Open Supply Hub number seems mistyped: its last character does not fit."),
    "unknown_tier": _("A tier is 1, 2, 3+ or unknown."),
    "too_few_cells": _("This row has fewer cells than the heading."),
}

CHANGE_KINDS: Words = {
    "first": _("First version"),
    "correction": _("Correction of a mistake"),
    "update": _("Update with new facts"),
    "wording": _("Wording or language"),
    "order": _("Ordered by an authority"),
}
BODIES: Words = {
    "board": _("Board of directors"),
    "committee": _("A committee of the board"),
    "members": _("The members or partners"),
    "owner": _("The owner"),
    "head": _("Head of a public body"),
    "other": _("Another body"),
}
WITHDRAWALS: Words = {
    "filed_in_error": _("Published by mistake"),
    "wrong_entity": _("Published for the wrong company"),
    "factual_correction": _("Facts were wrong"),
    "personal_data_removed": _("It held personal data"),
    "safety_of_workers": _("Safety of workers"),
    "court_order": _("Order of a court"),
    "entity_dissolved": _("The company no longer exists"),
    "superseded_by_group_statement": _("Replaced by a report of the whole group"),
}
# Only these reasons may hide what was published: safety, privacy, a court. All others leave it readable, and marked.
HIDING_WITHDRAWALS = frozenset({"personal_data_removed", "safety_of_workers", "court_order"})


def say(words: Words, code: str) -> str:
    """Return the words for a code in the active language, or the code itself."""
    return str(words.get(code, code))
