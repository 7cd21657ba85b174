"""Say which recruiters a worker may mean who types a name nearly right: slips, scripts and spellings are forgiven."""

from collections.abc import Container
from typing import Any

from django.db.models import F, QuerySet

from parties.matching import Kind, Subject
from parties.matching.score import chance
from parties.models import Collection
from parties.search_candidates import Asked, likely
from parties.search_rarity import rarity_for
from parties.search_weighing import weigh
from recruiters.models import Recruiter

SHOWN = 8
CONSIDERED = 4 * SHOWN
"""So many of the names that sound likeliest are read, and compared in full."""
LEAST_ALIKE = 0.5
LEAST_LETTERS = 3
KIND: Kind = "organisation"


def alike_recruiters(typed: str, among: QuerySet[Recruiter], *, known: Container[int]) -> list[Recruiter]:
    """Return whoever of these recruiters may be meant by what was typed, likeliest first, without those known."""
    text = typed.strip()[:200]
    if sum(character.isalpha() for character in text) < LEAST_LETTERS:
        return []
    near = likely(Collection.PARTY, [Asked((text,), KIND)], CONSIDERED, other_kind=False)[0]
    # One question for all that is compared and all that is shown.
    named: QuerySet[Any] = among.filter(party__names__in=[one.owner for one in near])
    rows = {row.name_id: row for row in named.annotate(name_id=F("party__names"), name_text=F("party__names__text"))}
    if not rows:
        return []
    asked = Subject(text, KIND)
    subjects = {name: Subject(row.name_text, KIND, ref=row.ref) for name, row in rows.items()}
    rarity = rarity_for([asked, *subjects.values()], (Collection.PARTY,), KIND)
    scores: dict[int, float] = {}
    for one in weigh(asked, near, lambda _part: subjects, lambda _part: rarity):
        row, score = rows[one.owner], round(chance(one.odds), 4)
        if score >= LEAST_ALIKE and row.pk not in known:
            scores[row.pk] = max(score, scores.get(row.pk, 0.0))
    found = {row.pk: row for row in rows.values() if row.pk in scores}
    return sorted(found.values(), key=lambda row: (-scores[row.pk], row.sort_name, row.pk))[:SHOWN]
