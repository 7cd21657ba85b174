"""Say the codes of inspections in words that people read."""

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.standards import standard
from inspections.indicators import OperationalResult, Outcome, Reason, Strength, Threshold

Text = str | Promise

TRIGGERS: dict[str, Text] = {
    "random": _("Drawn at random"),
    "programme": _("Part of a programme (sector, season, area)"),
    "risk": _("High risk by our own data"),
    "complaint": _("A complaint or grievance"),
    "follow_up": _("To check what an earlier visit asked for"),
    "accident": _("An accident"),
    "other_agency": _("Asked for by another agency"),
}
CANCEL_REASONS: dict[str, Text] = {
    "site_closed": _("The place is closed or has moved"),
    "access_refused": _("Access was refused; a new visit follows"),
    "danger": _("Too dangerous for workers or inspectors"),
    "wrong_party": _("The wrong place or employer was planned"),
    "replaced": _("Another visit replaces it"),
}
REOPEN_REASONS: dict[str, Text] = {
    "evidence_missing": _("Evidence is missing"),
    "answers_unclear": _("Answers are unclear"),
    "findings_missing": _("An adverse answer has no finding"),
    "new_information": _("New information"),
}
WITHDRAW_REASONS: dict[str, Text] = {
    "mistake": _("Recorded by mistake"),
    "disproved": _("Shown to be wrong"),
    "double": _("Recorded twice"),
}
CONDITIONS: dict[str, Text] = {
    "purpose_told": _("The worker was told who asks and why"),
    "voluntary": _("The worker knew that answering is free"),
    "limits_told": _("The worker was told what can be kept confidential and what cannot"),
    "contact_agreed": _("A safe way to reach us afterwards was given"),
    "same_sex_offered": _("A woman or a man as interviewer was offered"),
    "two_adults": _("For a child: two adults were present"),
    "guardian": _("For a child: a guardian or child-rights organisation was present"),
}
EXPLAINED: dict[str, Text] = {
    "purpose": _("What help this is for"),
    "receiver": _("Who will read it, by name"),
    "fields": _("Each thing that would be shared, one by one"),
    "may_refuse": _("That they may say no, to all or to a part"),
    "may_withdraw": _("That they may take it back at any time, and how"),
    "refusing_costs_nothing": _("That saying no has no bad consequence with us"),
    "no_police_needed": _("That help does not depend on talking to the police"),
    "employer_not_told": _("That employer and recruiter will not be told"),
    "views_heard": _("The child was heard, and what the child wants is written down"),
}
SAFETY: dict[str, Text] = {
    "safe_now": _("Asked whether the person is safe now"),
    "moved_to_safety": _("Brought to a safe place"),
    "emergency_called": _("Emergency service called"),
    "numbers_given": _("Help numbers given in a safe way"),
    "safe_contact_agreed": _("Safe way and time of contact agreed"),
    "document_returned": _("Identity document returned"),
    "wants_to_wait": _("The person wants to think; a time was agreed"),
    "come_back_agreed": _("The person knows that they can come back at any time"),
}
FIELDS: dict[str, Text] = {
    "name": _("Name, or what the person wants to be called"),
    "safe_contact": _("How and when it is safe to make contact"),
    "language": _("Language, and whether an interpreter is needed"),
    "interviewer_preference": _("Prefers to talk to a woman or a man"),
    "group": _("Adult or child, and sex, if the service needs it"),
    "place": _("Where the person can be met"),
    "summary": _("What happened, in no more words than the service needs"),
    "risks": _("Risks to think of"),
    "health": _("Health needs"),
    "dependants": _("Children or others who depend on the person"),
}
CHILD_FIELDS: dict[str, Text] = {
    "age": _("Age, and how it is known"),
    "accompanied": _("Accompanied, unaccompanied or separated"),
    "guardian": _("Guardian, or who will be asked to name one"),
    "authority_notified_at": _("When the child-protection authority was told"),
    "interview_conditions": _("How the child was heard: who was there, where"),
}
ANSWER_REASONS: dict[str, Text] = {
    "no_capacity": _("No free place or time"),
    "not_our_service": _("We do not offer this"),
    "not_our_area": _("Outside our area"),
    "not_this_group": _("We do not serve this group"),
    "conflict_of_interest": _("We have an interest in this matter"),
    "unsafe": _("We could not keep the person safe"),
    "details_missing": _("Something that we need is missing"),
    "contact_not_safe": _("The contact given is not safe"),
    "not_reached": _("The person could not be reached"),
    "other_service_first": _("Another service must act first"),
}
OUTCOMES: dict[str, Text] = {
    Outcome.NO_INDICATION: _("No indication"),
    Outcome.INDICATION: _("Indication"),
    Outcome.STRONG_INDICATION: _("Strong indication"),
    Outcome.REFER: _("Refer for assessment"),
}
OUTCOME_TONES: dict[str, str] = {
    Outcome.NO_INDICATION: "",
    Outcome.INDICATION: "info",
    Outcome.STRONG_INDICATION: "warn",
    Outcome.REFER: "bad",
}
STRENGTHS: dict[str, Text] = {Strength.STRONG: _("strong"), Strength.MEDIUM: _("medium"), Strength.WEAK: _("weak")}
STATE_TONES: dict[str, str] = {"planned": "info", "under_way": "warn", "closed": "good", "cancelled": ""}
STEP_TONES: dict[str, str] = {
    "open": "info",
    "served": "info",
    "acknowledged": "info",
    "evidence_submitted": "warn",
    "rejected": "bad",
    "verified": "good",
    "referred_to_prosecution": "bad",
}
STAGE_TONES: dict[str, str] = {
    "recorded": "info",
    "sent": "warn",
    "accepted": "good",
    "service_started": "good",
    "service_completed": "good",
    "declined": "bad",
    "returned": "warn",
    "declined_by_person": "",
    "withdrawn": "",
}
LEAKS: dict[str, Text] = {
    "reference": _("a reference of ours"),
    "complaint": _("words that speak of a complaint"),
    "trigger": _("words that tell why the visit was made"),
    "small_count": _("a number of people so small that it points at somebody"),
    "quote": _("somebody's own words"),
    "forbidden": _("something that must not be named here"),
}


def language_words(code: str) -> str:
    """Return a language's name in the reader's language; an unknown code is returned as it is."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def combination_words(code: str) -> str:
    """Return what the judged dimensions add up to, in words."""
    own: dict[str, Text] = {
        "single_dimensions": _("Single dimensions are positive; the standard's example has no result for this"),
        "child_exploitation": _("A child, and exploitation: no means need to be shown"),
    }
    if code in own:
        return str(own[code])
    return gettext(next(entry.label for entry in standard("forced_labour").combinations if entry.code == code))


def indicator_words(code: str) -> str:
    """Return an indicator's or dimension's name for its code."""
    found = standard("forced_labour")
    if code.startswith("FL"):
        return gettext(found.indicator(code).label)
    if "." not in code:
        return gettext(found.dimension(code).label)
    return gettext(next(each.label for each in found.operational if each.code == code))


def reason_words(reason: Reason) -> str:
    """Return a reason as a sentence that a non-programmer can check."""
    names = ", ".join(
        indicator_words(code) if code.startswith(("FL", "D")) and not code.startswith("DOC") else code
        for code in reason.because
    )
    sentences: dict[str, str] = {
        "none_fired": gettext("None of the answers given fires an indicator."),
        "eleven_fired": ngettext(
            "%(number)s of the eleven indicators fired: %(names)s.",
            "%(number)s of the eleven indicators fired: %(names)s.",
            reason.number,
        ),
        "one_is_enough": gettext("One of these signs is enough to refer: %(names)s."),
        "several_together": gettext("Several indicators together (%(number)s or more): %(names)s."),
        "dimension_positive": gettext("%(names)s is positive."),
        "no_dimension_positive": gettext("No dimension is positive."),
        "child_needs_no_means": gettext("For a child, exploitation alone is enough: %(names)s."),
        "vulnerability_may_stand_in": gettext("Abuse of vulnerability may stand in for deception or force: %(names)s."),
    }
    return sentences[reason.code] % {"names": names, "number": reason.number}


def threshold_words(threshold: Threshold | None) -> str:
    """Return the threshold that made a dimension positive, in words."""
    if threshold is None:
        return ""
    parts = [
        (threshold.strong, gettext("%(number)s strong")),
        (threshold.medium, gettext("%(number)s medium")),
        (threshold.weak, gettext("%(number)s weak")),
        (threshold.medium_or_weak, gettext("%(number)s medium or weak")),
    ]
    return gettext(" and ").join(text % {"number": number} for number, text in parts if number)


def dimension_counts(result: OperationalResult) -> dict[str, str]:
    """Return for each dimension how many indicators of each strength fired, in words."""
    return {
        dimension.code: gettext("%(strong)s strong, %(medium)s medium, %(weak)s weak")
        % {"strong": dimension.strong, "medium": dimension.medium, "weak": dimension.weak}
        for dimension in result.dimensions
    }
