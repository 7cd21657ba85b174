"""Put evidence into sentences: what agreed, what contradicted, what was absent, and which facts spoke."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from parties.matching.evidence import MEASURES, Evidence
from parties.matching.facts import Facts
from parties.matching.normalise import Token
from parties.matching.result import Feature
from parties.matching.subject import Subject


def gettext_noop(text: str) -> str:
    """Mark a sentence for the message catalogues and return it as it is."""
    return text


SAME_TEXT: Final = gettext_noop("Both names are written alike: %(query)s.")
WORDS_AGREE: Final = gettext_noop("These words agree: %(pairs)s.")
NOTHING_AGREES: Final = gettext_noop("No word of one name agrees with a word of the other.")
ONLY_IN_QUERY: Final = gettext_noop("Only in the name asked for: %(words)s.")
ONLY_IN_CANDIDATE: Final = gettext_noop("Only in the name on the list: %(words)s.")
BOTH_DIFFER: Final = gettext_noop("Each name has a word of its own: %(left)s against %(right)s.")
TRADE: Final = gettext_noop("What both share besides is a word of the trade, which many carry; it tells nothing.")
ORDER: Final = gettext_noop("The words stand in another order.")
INITIALS: Final = gettext_noop("An initial stands for a word: %(pairs)s.")
FORMS_AGREE: Final = gettext_noop("Both have the same legal form.")
FORMS_DIFFER: Final = gettext_noop("The legal forms differ.")
NUMBERS_DIFFER: Final = gettext_noop("The numbers in the names differ.")
ACRONYM: Final = gettext_noop("One name is short for first letters of the other.")
WHOLE: Final = gettext_noop("Read aloud, the whole names are %(percent)s per cent alike.")
PLAIN: Final = gettext_noop("Compared as plain text only: %(query)s and %(candidate)s.")
ID_AGREES: Final = gettext_noop("The same %(scheme)s: %(value)s.")
ID_CONTRADICTS: Final = gettext_noop(
    "Another %(scheme)s: %(left)s against %(right)s. One holder has one, so this speaks for two."
)
COUNTRY_SAME: Final = gettext_noop("The same country: %(country)s.")
COUNTRY_OTHER: Final = gettext_noop("Another country: %(left)s against %(right)s.")
COUNTRY_ABSENT: Final = gettext_noop("A country is not known on both sides, so it was not compared.")
BIRTH_SAME: Final = gettext_noop("Born on the same day: %(day)s.")
BIRTH_OTHER: Final = gettext_noop("Another date of birth: %(left)s against %(right)s.")
BIRTH_ABSENT: Final = gettext_noop(
    "A date of birth is not known on both sides, or not well enough, so it decided nothing."
)
ID_ABSENT: Final = gettext_noop("No identifier of one scheme is known on both sides, so none was compared.")
KIND: Final = gettext_noop("One is a person and the other an organisation.")

SCRIPTS: Final = ("other_script", "script_without_vowels", "script_with_loss", "han_script", "loss_across_scripts")
_GROUPS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "words_agree",
        (
            "shorter_covered",
            "weight_matched",
            "worst_pair_eased",
            "loss_of_pairs",
            "one_word",
            "all_equal",
            "rarest_both",
            "rarest_one",
            "core_least",
            "only_common",
            "common_alone",
            "part_of_name",
        ),
    ),
    ("words_left", ("against_one",)),
    ("words_against", ("against_both", "words_left_both", "common_words_differ")),
    ("trade", ("trade_differs", "trade_and_more", "trade_and_near")),
    ("order", ("out_of_order",)),
    ("initials", ("initials",)),
    ("numbers", ("numbers_differ", "numbers_one_side")),
    ("legal_form", ("forms_differ", "forms_agree")),
    ("acronym", ("acronym",)),
    ("whole_name", ("whole_alike", "sorted_alike", *SCRIPTS)),
)

_PLACES: Final = tuple((name, tuple(map(MEASURES.index, parts))) for name, parts in _GROUPS)


def _joined(tokens: tuple[Token, ...], places: tuple[int, ...]) -> str:
    return " ".join(tokens[place].text for place in places)


def _left_over(evidence: Evidence) -> tuple[str, str]:
    used_left = {i for p in evidence.pairings for i in p.left}
    used_right = {j for p in evidence.pairings for j in p.right}
    a, b = evidence.left.tokens, evidence.right.tokens
    left = [t.text for i, t in enumerate(a) if i not in used_left]
    right = [t.text for j, t in enumerate(b) if j not in used_right]
    return " ".join(left), " ".join(right)


def _pairs(evidence: Evidence, initials: bool) -> str:
    a, b = evidence.left.tokens, evidence.right.tokens
    out: list[str] = []
    for pairing in sorted(evidence.pairings, key=lambda p: p.left):
        left, right = _joined(a, pairing.left), _joined(b, pairing.right)
        if initials != (min(len(left), len(right)) == 1 and left != right):
            continue
        out.append(left if left == right else f"{left} ~ {right}")
    return ", ".join(out)


def explain_names(
    evidence: Evidence | None, worths: Sequence[float], query: str, candidate: str, odds: float
) -> tuple[Feature, ...]:
    """Return the features of a comparison of names, strongest first; ``worths`` are those of the measures."""
    if evidence is None:
        if query == candidate:
            return (Feature("same_text", 1.0, round(odds, 2), SAME_TEXT, {"query": query}),)
        return (Feature("plain_text", 0.0, round(odds, 2), PLAIN, {"query": query, "candidate": candidate}),)
    measures = evidence.measures
    measured = dict(zip(MEASURES, measures, strict=True))
    left, right = _left_over(evidence)
    out: list[Feature] = []
    for name, places in _PLACES:
        found = _sentence(name, measured, evidence, left, right)
        if found is not None:
            worth = sum([worths[place] * measures[place] for place in places])
            value = max([measures[place] for place in places])
            out.append(Feature(name, round(min(1.0, value), 3), round(worth, 2), *found))
    return tuple(sorted(out, key=lambda f: -abs(f.weight)))


def _sentence(
    name: str, measured: dict[str, float], evidence: Evidence, left: str, right: str
) -> tuple[str, dict[str, str]] | None:
    """Return the sentence and its facts for one group of measures, or None where there is nothing to say."""
    if name == "words_agree":
        pairs = _pairs(evidence, initials=False)
        return (WORDS_AGREE, {"pairs": pairs}) if pairs else (NOTHING_AGREES, {})
    if name == "words_left" and bool(left) != bool(right):
        return (ONLY_IN_QUERY, {"words": left}) if left else (ONLY_IN_CANDIDATE, {"words": right})
    if name == "words_against" and left and right:
        return BOTH_DIFFER, {"left": left, "right": right}
    if name == "trade" and (measured["trade_differs"] or measured["trade_and_more"] or measured["trade_and_near"]):
        return TRADE, {}
    if name == "initials" and measured["initials"]:
        return INITIALS, {"pairs": _pairs(evidence, initials=True)}
    if name == "numbers" and measured["numbers_differ"]:
        return NUMBERS_DIFFER, {}
    if name == "legal_form" and measured["forms_agree"]:
        return FORMS_AGREE, {}
    if name == "legal_form" and measured["forms_differ"]:
        return FORMS_DIFFER, {}
    if name == "order" and measured["out_of_order"]:
        return ORDER, {}
    if name == "acronym" and measured["acronym"]:
        return ACRONYM, {}
    if name == "whole_name":
        return WHOLE, {"percent": str(round(100 * measured["whole_alike"]))}
    return None


def explain_facts(
    facts: Facts, query: Subject, candidate: Subject, agrees: float, differs: float, kind: float, born: float
) -> tuple[Feature, ...]:
    """Return the features that identifiers, countries and kinds give; absence is said too."""
    out: list[Feature] = [
        Feature("identifier_agrees", 1.0, 4.0, ID_AGREES, {"scheme": scheme, "value": value})
        for scheme, value in facts.agreeing
    ]
    out += [
        Feature("identifier_contradicts", 1.0, -4.0, ID_CONTRADICTS, {"scheme": scheme, "left": left, "right": right})
        for scheme, left, right in facts.contradicting
    ]
    if query.kind != candidate.kind:
        out.append(Feature("kind_differs", 1.0, kind, KIND))
    if facts.countries_agree is None:
        out.append(Feature("country_absent", 0.0, 0.0, COUNTRY_ABSENT))
    elif facts.countries_agree:
        out.append(Feature("country_agrees", 1.0, agrees, COUNTRY_SAME, {"country": query.country}))
    else:
        out.append(
            Feature("country_differs", 1.0, differs, COUNTRY_OTHER, {"left": query.country, "right": candidate.country})
        )
    if query.kind == candidate.kind == "person":
        out.append(_explain_births(facts, query, candidate, born))
    if not facts.agreeing and not facts.contradicting:
        out.append(Feature("identifier_absent", 0.0, 0.0, ID_ABSENT))
    return tuple(out)


def _explain_births(facts: Facts, query: Subject, candidate: Subject, born: float) -> Feature:
    if facts.births_agree is None:
        return Feature("birth_absent", 0.0, 0.0, BIRTH_ABSENT)
    if facts.births_agree:
        return Feature("birth_agrees", 1.0, born, BIRTH_SAME, {"day": min(set(query.born) & set(candidate.born))})
    told = {"left": ", ".join(query.born), "right": ", ".join(candidate.born)}
    return Feature("birth_differs", 1.0, -4.0, BIRTH_OTHER, told)
