"""Find candidates for each question, with at most one of them called a match."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.references import BadReference, parse_reference
from parties.matching import CERTAIN
from recruiters.api.lookup import similar_many
from recruiters.api.reconcile.asked import Question
from recruiters.api.reconcile.vocabulary import described, types_of
from recruiters.engine import Hit, Query
from recruiters.exchange.reading import records_by_id
from recruiters.exchange.records import RecruiterRecord
from recruiters.models import Licence, Recruiter
from recruiters.registerrows import number_key

LEAST = 0.4
AHEAD = 5.0
"""The first candidate is a match only when it leads the second by so many points of a hundred."""


@dataclass(frozen=True)
class Candidate:
    """One candidate: whose primary key, its score of a hundred, whether it could be the one, and why."""

    recruiter_id: int
    score: float
    certain: bool
    features: tuple[tuple[str, float], ...] = ()

    @property
    def verbatim(self) -> bool:
        """Tell whether the name asked for is written just so."""
        return "same_text" in dict(self.features)

    @property
    def of_same_words(self) -> bool:
        """Tell whether its name is the one asked for, however it is written: two entries may bear one name."""
        told = dict(self.features)
        return self.verbatim or told.get("words_agree") == told.get("whole_name") == 1.0


def answers(questions: Mapping[str, Question]) -> dict[str, dict[str, Any]]:
    """Return the result for each question; the public records are fetched once for all of them."""
    names = list(questions)
    found = dict(zip(names, _candidates([questions[name] for name in names]), strict=True))
    records = records_by_id({one.recruiter_id for some in found.values() for one in some})
    return {name: {"result": _told(questions[name], found[name], records)} for name in questions}


def _candidates(questions: Sequence[Question]) -> list[list[Candidate]]:
    """Return each question's candidates: by reference or number where one is typed, else by name, all names at once."""
    found = [_exact(question) for question in questions]
    sought = [_query(question) for question in questions]
    named = [place for place, some in enumerate(found) if not some and sought[place].can_be_sought]
    queries = [sought[place] for place in named]
    limits = [questions[place].limit * 2 + 5 for place in named]
    for place, hits in zip(named, similar_many(queries, "register", limits=limits, threshold=LEAST), strict=True):
        found[place] = [_candidate(hit) for hit in hits if hit.target.recruiter_id]
    return found


def _exact(question: Question) -> list[Candidate]:
    if not question.text:
        return _by_number(question.licence_number)
    return _by_reference(question.text) or _by_number(question.text)


def _query(question: Question) -> Query:
    return Query(
        name=question.text,
        names=question.names,
        country=question.country,
        licence_number=question.licence_number,
        registration_number=question.registration_number,
    )


def _candidate(hit: Hit) -> Candidate:
    return Candidate(
        hit.target.recruiter_id or 0,
        round(hit.match.score * 100, 2),
        hit.match.verdict == "match" and hit.match.score >= CERTAIN,
        tuple((feature.name, round(feature.value, 4)) for feature in hit.match.features),
    )


def _by_reference(text: str) -> list[Candidate]:
    """Return the recruiter whose reference this is; one that went into another is found there."""
    try:
        ref = parse_reference(text, "REC")
    except BadReference:
        return []
    rows = Recruiter.objects.filter(ref=ref).values_list("pk", "merged_into_id")
    return [Candidate(into or pk, 100.0, certain=True, features=(("reference", 1.0),)) for pk, into in rows]


def _by_number(text: str) -> list[Candidate]:
    """Return the holders of a licence number; only a number that one holder has is certain."""
    key = number_key(text) if any(ch.isdigit() for ch in text) else ""
    if not key:
        return []
    held = Licence.objects.filter(number_key=key, recruiter__is_listed=True)
    holders = list(dict.fromkeys(held.order_by("pk").values_list("recruiter_id", flat=True)[:20]))
    alone = len(holders) == 1
    features = (("licence_number", 1.0),)
    return [Candidate(pk, 100.0 if alone else 90.0, certain=alone, features=features) for pk in holders]


def _told(question: Question, found: list[Candidate], records: Mapping[int, RecruiterRecord]) -> list[dict[str, Any]]:
    kept = [
        one
        for one in found
        if one.recruiter_id in records and (not question.kinds or records[one.recruiter_id].kind in question.kinds)
    ]
    kept.sort(key=lambda one: (-one.score, not one.certain, records[one.recruiter_id].ref))
    sure = bool(kept) and kept[0].certain and _leads(kept[0], kept[1:])
    return [
        _result(one, records[one.recruiter_id], match=sure and place == 0)
        for place, one in enumerate(kept[: question.limit])
    ]


def _leads(first: Candidate, others: Sequence[Candidate]) -> bool:
    """Tell whether one certain candidate stands clear of the others: by score, alone certain, or alone of that name."""
    if not others or first.score - others[0].score >= AHEAD or not any(one.certain for one in others):
        return True
    return first.verbatim and not any(one.of_same_words for one in others)


def _result(one: Candidate, record: RecruiterRecord, *, match: bool) -> dict[str, Any]:
    return {
        "id": record.ref,
        "name": record.name,
        "description": described(record),
        "type": types_of(record),
        "score": one.score,
        "match": match,
        "features": [{"id": name, "value": value} for name, value in one.features],
    }
