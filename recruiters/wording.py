"""Put our rules' codes into sentences, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from recruiters.hitfacts import scheme_label
from recruiters.isolating import isolated, unmarked
from recruiters.models.words import Origin, SeverityWord, StatusCode
from recruiters.vocabulary import (
    country_label,
    criterion_label,
    fee_label,
    finding_label,
    look_label,
    question_label,
    shared_label,
)

REJECTIONS = {
    "missing": gettext_lazy("the name is missing"),
    "no_letters": gettext_lazy("the name holds no letter"),
    "too_long": gettext_lazy("the text is too long"),
    "unreadable_date": gettext_lazy("this is not a date that can be read"),
    "ambiguous_date": gettext_lazy("the day and the month of this date cannot be told apart"),
    "another_name": gettext_lazy("its number is here under another name, and nobody said yet that it is the same"),
    "another_organisation": gettext_lazy("its number is here, and an officer said that it is another organisation"),
    "ends_before_it_starts": gettext_lazy("the licence ends before it starts"),
    "unknown_country": gettext_lazy("this country is not known"),
    "not_as_exported": gettext_lazy("this is not written as a register of Safeconduct writes it"),
    "several_licences": gettext_lazy(
        "this table tells one licence of each recruiter, and this one has several; bring the JSON Lines file or the "
        "table of licences"
    ),
}

REASONS = {
    "nothing_alike": gettext_lazy("Compared with every list; nothing alike was found."),
    "hit_match": gettext_lazy("The name matches and nothing speaks against it."),
    "hit_possible": gettext_lazy("A name is alike enough to be looked at by a person."),
    "hit_contradicted": gettext_lazy("The name agrees, but a number says that it is somebody else."),
    "hit_renamed": gettext_lazy("A number agrees, but the name is another one: renamed?"),
    "hit_clear": gettext_lazy("A name is alike at the lower threshold that was chosen."),
    "hit_history": gettext_lazy("A name is alike, but every measure on it has ended: history, nothing to decide."),
    "hit_registered": gettext_lazy("The name stands on the register; nothing speaks against it there."),
    "unreadable_row": gettext_lazy("Not screened: the row could not be read."),
    "empty_name": gettext_lazy("Not screened: the row has no name."),
    "name_without_letters": gettext_lazy("Not screened: the name holds no letter."),
    "name_too_short": gettext_lazy("Not screened: the name is too short to compare."),
    "engine_failed": gettext_lazy("Not screened: the comparison failed. Screen this row again, or by hand."),
    "no_watchlist": gettext_lazy("Not screened: no watchlist has been brought in."),
    "list_empty": gettext_lazy("Not screened: a list is empty."),
    "list_undated": gettext_lazy("Not screened: a list has no date."),
    "list_stale": gettext_lazy("Not screened: a list is too old to call anything clear by."),
    "list_from_future": gettext_lazy("Not screened: a list is dated in the future."),
    "waiting": gettext_lazy("Not screened yet."),
    "cancelled": gettext_lazy("Not screened: the screening was cancelled before this row."),
}

VERDICTS = {
    "match": gettext_lazy("match"),
    "possible": gettext_lazy("possible"),
    "contradicted": gettext_lazy("contradicted: somebody else of that name?"),
    "renamed": gettext_lazy("same number, renamed?"),
    "clear": gettext_lazy("weak"),
    "not_screened": gettext_lazy("not compared"),
}

NOTES = {
    "record_changed": gettext_lazy("Decided before; open again because the list's record has changed since."),
    "screened_again": gettext_lazy("The row was screened again later; what is to be decided waits there."),
    "list_retired": gettext_lazy("The list is no longer in use; nothing is to be decided here."),
    "measures_ended": gettext_lazy("Every measure on this record has ended: it is history, and nothing to decide."),
    "decided_before": gettext_lazy("Decided in an earlier screening; the list's record is still the same."),
}

FACT_CODES = {
    "licence": gettext_lazy("Licence: %(what)s"),
    "fee": gettext_lazy("Fee or cost: %(what)s"),
    "contract": gettext_lazy("Contract: %(what)s"),
    "gap": gettext_lazy("Requirement not met: %(what)s"),
    "inspection": gettext_lazy("Inspection finding: %(what)s"),
    "screening": gettext_lazy("Confirmed match with a watchlist"),
}


NAMED = 5
"""So many criteria that were not assessed are named; the rest is counted."""


def rejection_sentence(rejection: Mapping[str, Any]) -> str:
    """Return why a row was not taken in: number, column, reason."""
    rule = rejection["rule"]
    if rule in ("repeats_row", "same_number_as_row"):
        text = _("Row %(row)s: it has the same number or name as row %(other)s, which was taken in.")
        return text % {"row": rejection["row"], "other": rejection.get("other", "?")}
    why = REJECTIONS.get(rule, rule)
    if rejection.get("column"):
        return _("Row %(row)s, column “%(column)s”: %(why)s.") % {
            "row": rejection["row"],
            "column": rejection["column"],
            "why": why,
        }
    return _("Row %(row)s: %(why)s.") % {"row": rejection["row"], "why": str(why).rstrip(".")}


def drop_sentence(reason: str, count: int, lines: Iterable[int]) -> str:
    """Return what a watchlist's import left out, how often, and where first."""
    kind, _sep, what = reason.partition(":")
    words = {
        "property": _("not compared: property “%(what)s”"),
        "schema": _("left out: records of the kind “%(what)s”"),
        "not_json": _("left out: lines that are not JSON"),
        "not_an_entity": _("left out: lines that are no entity"),
        "no_name": _("left out: records without a name"),
        "repeated_id": _("left out: records whose id came before"),
        "country_not_known": _("country not known, so not compared"),
        "measure_without_entity": _("left out: measures on nobody in this file"),
        "unreadable_row": _("left out: rows that cannot be read"),
        "birth_unclear": _("date of birth not clear: at most its year is compared"),
        "topic": _("kept, but not known here: topic “%(what)s”"),
    }.get(kind, reason)
    where = ", ".join(str(line) for line in lines if line)
    text = f"{words % {'what': what}}: {count}"
    return f"{text} ({_('first in line')} {where})" if where else text


def row_reason(code: str) -> str:
    """Return why a screened row has its outcome."""
    return str(REASONS.get(code, code))


def problem_sentence(problem: str, names: Mapping[str, str]) -> str:
    """Return what is wrong with a list, by name."""
    rule, _sep, code = problem.partition(":")
    texts = {
        "no_watchlist": _("No watchlist has been brought in, so nothing can be called clear."),
        "list_empty": _("The list “%(name)s” is empty, so nothing can be called clear."),
        "list_undated": _("The list “%(name)s” has no date, so nothing can be called clear."),
        "list_stale": _("The list “%(name)s” is too old, so nothing can be called clear. Bring in a newer edition."),
        "list_from_future": _("The list “%(name)s” is dated in the future, so nothing can be called clear."),
    }
    return texts.get(rule, problem) % {"name": names.get(code, code)}


AGREE = frozenset(
    {
        "words_agree",
        "same_text",
        "acronym",
        "initials",
        "identifier_agrees",
        "country_agrees",
        "birth_agrees",
        "legal_form",
    }
)
AGAINST = frozenset(
    {
        "words_against",
        "numbers",
        "identifier_contradicts",
        "identifier_elsewhere",
        "country_differs",
        "birth_differs",
        "kind_differs",
        "order",
    }
)


@dataclass(frozen=True)
class HitWords:
    """What a comparison found, sorted for people."""

    agreed: tuple[str, ...]
    contradicted: tuple[str, ...]
    absent: tuple[str, ...]


def hit_words(features: Iterable[Mapping[str, Any]]) -> HitWords:
    """Return the sentences of a stored comparison: what agreed, what contradicted, what was absent or on one side."""
    agreed, against, absent = [], [], []
    for feature in features:
        facts = _worded(feature["name"], feature["facts"])
        sentence = gettext(feature["template"]) % {key: isolated(str(value)) for key, value in facts.items()}
        name, weight = feature["name"], feature["weight"]
        if name.endswith("_absent") or name == "words_left":
            absent.append(sentence)
        elif name in AGAINST or weight < 0:
            against.append(sentence)
        else:
            agreed.append(sentence)
    return HitWords(tuple(agreed), tuple(against), tuple(absent))


def _worded(name: str, facts: Mapping[str, str]) -> Mapping[str, str]:
    """Return what fills a sentence, countries and kinds of numbers by their names."""
    if name.startswith("country_") or name == "identifier_elsewhere":
        return {key: country_label(value) or value for key, value in facts.items()}
    if "scheme" in facts:
        label = scheme_label(facts["scheme"])
        in_english = (get_language() or "en").startswith("en")
        return {**facts, "scheme": label[:1].lower() + label[1:] if in_english else label}
    return facts


def reasons_text(features: Iterable[Mapping[str, Any]]) -> str:
    """Return all sentences of a comparison in one line, for an export."""
    words = hit_words(features)
    return unmarked(" ".join((*words.agreed, *words.contradicted, *words.absent)))


def age_words(days: int) -> str:
    """Return an age in the unit that people use."""
    if days < 60:
        if not days:
            return _("of today")
        return ngettext("%(count)s day old", "%(count)s days old", days) % {"count": days}
    months = days // 30
    if months < 24:
        return ngettext("%(count)s month old", "%(count)s months old", months) % {"count": months}
    return ngettext("%(count)s year old", "%(count)s years old", days // 365) % {"count": days // 365}


def fact_label(code: str) -> str:
    """Return what a fact is about, from its code; codes of other apps are shown by the label of their standard."""
    family, _dot, what = code.partition(".")
    if family in FACT_CODES and what:
        return str(FACT_CODES[family]) % {"what": _what(family, what)}
    return shared_label(code) or code.replace("_", " ")


def _what(family: str, what: str) -> str:
    if family == "licence":
        return str(StatusCode(what).label) if what in StatusCode.values else what
    if (family, what) == ("contract", "missing"):
        return _("something that belongs in it is missing")
    labels = {"fee": fee_label, "contract": finding_label, "gap": criterion_label, "inspection": question_label}
    return labels.get(family, str)(what)


def line_sentence(line: Mapping[str, Any], *, show_source: bool = True) -> str:
    """Return one line of a rating's account as a sentence."""
    rule = line["rule"]
    if rule in ("fact", "repeat"):
        parts = {
            "what": fact_label(line["code"]),
            "severity": SeverityWord(line["severity"]).label,
            "origin": Origin(line["origin"]).label,
            "age": age_words(line["age_days"]),
            "share": line["share_percent"],
            "source": f" {line['source_ref']}" if show_source and line["source_ref"] else "",
        }
        text: str = _("%(what)s (%(severity)s; %(origin)s%(source)s, %(age)s), counted at %(share)s %%") % parts
        if rule == "repeat":
            text += " " + _("because it comes from the same event as another fact")
        after = {
            "disputed": _("It is disputed."),
            "remedied": _("It was put right."),
            "withdrawn": _("It was withdrawn."),
        }
        return f"{text}. {after.get(line['state'], '')}".strip()
    others: dict[str, str] = {
        "credit": _("A positive assessment takes points off."),
        "floor_suspended": _("A suspended licence is never less than high."),
        "floor_ended": _("A licence that was taken away is never less than critical."),
        "floor_unknown_word": _("The licence's status is not clear, which is never less than medium."),
        "too_little_known": _(
            "Nobody has inspected or assessed this recruiter in two years, so it cannot be called low."
        ),
    }
    return others.get(rule, str(rule))


def assessment_reason(rule: str, criteria: Iterable[str]) -> str:
    """Return why an assessment came to its conclusion, with the criteria it rests on."""
    texts = {
        "critical_major_gap": _("A major gap on a critical criterion, which blocks a positive result: %(criteria)s."),
        "major_gap": _("A major gap: %(criteria)s."),
        "not_assessed": _("Not assessed, and so not counted as conforming: %(criteria)s."),
        "look_missing": _("A look that is needed was not held or not closed: %(criteria)s."),
        "minor_gap": _("A minor gap: %(criteria)s."),
        "all_conform": _("Everything applicable conforms."),
        "nothing_applicable": _("Nothing was found applicable, so nothing can be concluded."),
    }
    label = look_label if rule == "look_missing" else criterion_label
    labels = [label(code) for code in criteria]
    if rule == "not_assessed" and len(labels) > NAMED:  # the list of principles counts them
        labels = [*labels[:NAMED], f"… (+{len(labels) - NAMED})"]
    return texts.get(rule, rule) % {"criteria": "; ".join(labels)}


def relief_sentence(relief: Mapping[str, Any]) -> str:
    """Return what would lower a rating, and to what."""
    words = {
        "remedy": _("If “%(what)s” is put right: %(score)s."),
        "assessment": _("With a positive assessment: %(score)s."),
        "licence_restored": _("With a valid licence again: %(score)s."),
        "year_without_new_facts": _("After a year without new facts: %(score)s."),
    }[relief["rule"]]
    what = "; ".join(str(fact_label(code)) for code in relief["code"].split("+") if code)
    return words % {"what": what, "score": relief["score"]}


def public_advice(code: str) -> str:
    """Return in plain words what a status means for somebody who looks for work."""
    if code in ("active", "provisional", "active_conditions"):
        return _(
            "It may recruit today. This does not mean that every offer is honest: you should not be asked to pay, "
            "and your passport stays with you."
        )
    if code.startswith("suspended"):
        return _("It may not recruit now. Do not pay, do not hand over your passport, and do not travel for it.")
    if code in ("revoked", "cancelled", "banned_permanent", "renewal_denied", "delisted"):
        return _(
            "It may not recruit. Whoever recruits in its name breaks the law. Do not pay and do not travel for it."
        )
    if code in ("expired", "renewal_pending"):
        return _(
            "Its licence has run out. It may not recruit until it is renewed. Ask for the new licence before you agree."
        )
    if code == "none":
        return _(
            "This register knows the organisation, but no licence to recruit. Do not pay anybody who recruits for it."
        )
    return _("This is not a valid licence. Do not rely on it before the authority has confirmed it to you.")
